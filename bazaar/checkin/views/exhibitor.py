"""An exhibitor's own phones."""

import uuid

from flask import g, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.checkin import actions, queries
from bazaar.checkin.forms import RecruiterForm
from bazaar.checkin.names import clock_words
from bazaar.checkin.views.blueprint import blueprint
from bazaar.checkin.views.organiser import code_page
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibited, representatives_of
from bazaar.errors import Refused
from bazaar.people.asking import signed_in
from bazaar.people.models import Person


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/scanner")
def exhibitor_devices(slug: str, exhibitor_id: uuid.UUID) -> str:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    return _page(exhibitor, _form(person, exhibitor))


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/scanner")
def pair_exhibitor_device(slug: str, exhibitor_id: uuid.UUID) -> str | tuple[str, int]:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id, to_change=True)
    form = _form(person, exhibitor)
    if not form.validate():
        return _page(exhibitor, form), 422
    if exhibitor.status != "approved":
        raise Refused(_("The phones can be paired when your place at the fair is approved."))
    g.fair, name = exhibitor.fair, exhibitor.organisation.name
    code = actions.make_pairing_code(
        exhibitor.fair_id, "booth", label=name, exhibitor_id=exhibitor.id,
        may_list=form.may_list.data, by=person, holder=uuid.UUID(form.holder.data),
    )  # fmt: skip
    db.session.commit()
    back = url_for("checkin.exhibitor_devices", slug=slug, exhibitor_id=exhibitor_id)
    return code_page("exhibit.html", code, name, back, organisation=name)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/scanner/<uuid:device_id>/revoke")
def revoke_exhibitor_device(slug: str, exhibitor_id: uuid.UUID, device_id: uuid.UUID) -> Response:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    actions.revoke(queries.device_in(exhibitor.fair_id, device_id, exhibitor.id), person)
    db.session.commit()
    web.say(_("The phone is revoked. What still waits on it comes to the organisers' desk."))
    return web.go("checkin.exhibitor_devices", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/scanner/codes/<uuid:pairing_id>/take-back")
def take_exhibitor_code_back(slug: str, exhibitor_id: uuid.UUID, pairing_id: uuid.UUID) -> Response:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    actions.take_back(queries.pairing_in(exhibitor.fair_id, pairing_id, exhibitor.id), person)
    db.session.commit()
    web.say(_("The code is taken back."))
    return web.go("checkin.exhibitor_devices", slug=slug, exhibitor_id=exhibitor_id)


def _form(person: Person, exhibitor: Exhibitor) -> RecruiterForm:
    form = RecruiterForm(holder=str(person.id))
    parts = representatives_of(exhibitor.organisation_id)
    form.offer([(part.person_id, part.person.name) for part in parts if part.ended_at is None])
    return form


def _page(exhibitor: Exhibitor, form: RecruiterForm) -> str:
    fair = g.fair = exhibitor.fair
    return render_template(
        "checkin/exhibitor.html", clock_words=clock_words, exhibitor=exhibitor, organisation=exhibitor.organisation, form=form,
        devices=queries.devices_of(fair.id, exhibitor.id), counts=queries.scan_counts(fair.id), codes=queries.open_codes(fair.id, exhibitor.id),
    )  # fmt: skip
