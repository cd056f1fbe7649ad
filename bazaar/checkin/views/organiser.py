"""The organisers' phones: pairing, the list, one phone, revoking."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from flask import g, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.badges import qr
from bazaar.checkin import actions, queries
from bazaar.checkin.forms import PhoneForm
from bazaar.checkin.models import Scan
from bazaar.checkin.names import KINDS, SHORT, STATUSES, clock_words, label_of
from bazaar.checkin.rules import PAIRING_MINUTES
from bazaar.checkin.views.blueprint import blueprint
from bazaar.db import db
from bazaar.employers.queries import exhibitors_of
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organised_fair, role_at
from bazaar.people.asking import signed_in
from bazaar.people.models import Person
from bazaar.programme.queries import talks_of


@blueprint.get("/organise/<slug>/devices")
def devices(slug: str) -> str:
    person = signed_in()
    fair = g.fair = organised_fair(person, slug)
    return _list(person, fair, _phone_form(fair))


@blueprint.post("/organise/<slug>/devices")
def pair_device(slug: str) -> str | tuple[str, int]:
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    form = _phone_form(fair)
    if not form.validate():
        return _list(person, fair, form), 422
    exhibitors = {str(one.id): one for one in exhibitors_of(fair.id)}
    talks = {str(one.id): one for one in talks_of(fair.id)}
    purpose = form.purpose.data
    exhibitor = exhibitors[form.exhibitor.data] if purpose == "booth" else None
    talk = talks.get(form.talk.data) if purpose == "session" else None
    label = (form.label.data or "").strip() or label_of(purpose, exhibitor, talk.title if talk else "")
    code = actions.make_pairing_code(
        fair.id, purpose, label=label, exhibitor_id=exhibitor.id if exhibitor else None,
        talk_id=talk.id if talk else None, may_list=purpose == "booth", by=person,
    )  # fmt: skip
    db.session.commit()
    return code_page("organise.html", code, label, url_for("checkin.devices", slug=slug))


@blueprint.get("/organise/<slug>/devices/<uuid:device_id>")
def device(slug: str, device_id: uuid.UUID) -> str:
    person = signed_in()
    fair = g.fair = organised_fair(person, slug)
    phone = queries.device_in(fair.id, device_id)
    scans = queries.scans_of(fair.id, phone.id)
    return render_template(
        "checkin/device.html", phone=phone, scans=scans, purposes=SHORT, kinds=KINDS, statuses=STATUSES,
        names=names_in(scans), corrections=queries.corrections_of(fair.id, [scan.id for scan in scans]),
        may_change=role_at(person, fair.id) != "viewer",
    )  # fmt: skip


@blueprint.post("/organise/<slug>/devices/<uuid:device_id>/revoke")
def revoke(slug: str, device_id: uuid.UUID) -> Response:
    person = signed_in()
    fair = organised_fair(person, slug, to_change=True)
    actions.revoke(queries.device_in(fair.id, device_id), person)
    db.session.commit()
    web.say(_("The phone is revoked. What still waits on it comes to the desk."))
    return web.go("checkin.devices", slug=slug)


@blueprint.post("/organise/<slug>/devices/codes/<uuid:pairing_id>/take-back")
def take_code_back(slug: str, pairing_id: uuid.UUID) -> Response:
    person = signed_in()
    fair = organised_fair(person, slug, to_change=True)
    actions.take_back(queries.pairing_in(fair.id, pairing_id), person)
    db.session.commit()
    web.say(_("The code is taken back."))
    return web.go("checkin.devices", slug=slug)


def _phone_form(fair: Fair) -> PhoneForm:
    form = PhoneForm()
    form.offer(
        [(one.id, one.organisation.name) for one in exhibitors_of(fair.id)],
        [(one.id, one.title) for one in talks_of(fair.id)],
    )
    return form


def _list(person: Person, fair: Fair, form: PhoneForm) -> str:
    return render_template(
        "checkin/devices.html", clock_words=clock_words, devices=queries.devices_of(fair.id), counts=queries.scan_counts(fair.id), form=form, codes=queries.open_codes(fair.id),
        purposes=SHORT, conflicts=queries.conflict_count(fair.id), may_change=role_at(person, fair.id) != "viewer",
    )  # fmt: skip


def code_page(layout: str, code: str, label: str, back: str, **more: str) -> str:
    """The code, large, and as a picture that opens the scanner on the phone that reads it."""
    address = web.address("checkin.scanner")
    path, modules = qr.svg_path(f"{address}#{code}")
    return render_template(
        "checkin/code.html", layout=layout, code=code, label=label, back=back, address=address, path=path,
        modules=modules, until=clock.now() + timedelta(minutes=PAIRING_MINUTES), **more,
    )  # fmt: skip


def names_in(scans: Sequence[Scan]) -> dict[uuid.UUID, str]:
    """Whose badges these scans were: jobseekers by the name that is shown, others by their own."""
    others = [scan.person_id for scan in scans if scan.registration is None and scan.person_id]
    names = queries.people_names(others) if others else {}
    return {
        scan.id: scan.registration.shown_name
        if scan.registration
        else names.get(scan.person_id, "")
        if scan.person_id
        else ""
        for scan in scans
    }
