"""The desk: how it stands at the doors, scans that wait for a decision, and scans that were a mistake."""

import uuid
from datetime import datetime, time

from flask import g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, i18n, web
from bazaar.checkin import actions, queries
from bazaar.checkin.forms import ReasonForm
from bazaar.checkin.names import KINDS, MEANINGS, REASONS, STATUSES, VERBS
from bazaar.checkin.views.blueprint import blueprint
from bazaar.checkin.views.organiser import names_in
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import staffed_fair
from bazaar.people.asking import signed_in


@blueprint.get("/desk/<slug>/live")
def live(slug: str) -> str:
    fair = g.fair = staffed_fair(signed_in(), slug)
    scans = queries.scans_of(fair.id, limit=12)
    return render_template(
        "checkin/live.html", live=queries.live(fair.id, clock.now(), _midnight(fair)), scans=scans, kinds=KINDS,
        statuses=STATUSES, names=names_in(scans), corrections=queries.corrections_of(fair.id, [scan.id for scan in scans]),
    )  # fmt: skip


@blueprint.get("/desk/<slug>/conflicts")
def conflicts(slug: str) -> str:
    fair = g.fair = staffed_fair(signed_in(), slug)
    scans = queries.open_conflicts(fair.id)
    firsts = queries.firsts(
        db.session.connection(), fair.id, [scan.first_id for scan in scans if scan.first_id]
    )
    return render_template(
        "checkin/conflicts.html",
        scans=scans,
        firsts=firsts,
        kinds=KINDS,
        reasons=REASONS,
        names=names_in(scans),
    )


@blueprint.post("/desk/<slug>/conflicts/<uuid:scan_id>")
def settle(slug: str, scan_id: uuid.UUID) -> Response:
    person = signed_in()
    fair = staffed_fair(person, slug)
    scan = queries.scan_in(fair.id, scan_id)
    actions.settle(scan, request.form.get("verb", ""), person)
    db.session.commit()
    web.say(
        _("The scan counts now.")
        if request.form["verb"] == "accept"
        else _("The scan is dismissed. It is kept, and counts for nothing.")
    )
    return web.go("checkin.conflicts", slug=slug)


@blueprint.get("/desk/<slug>/scans/<uuid:scan_id>")
def scan(slug: str, scan_id: uuid.UUID) -> str:
    fair = g.fair = staffed_fair(signed_in(), slug)
    return _scan_page(fair, scan_id, ReasonForm())


@blueprint.post("/desk/<slug>/scans/<uuid:scan_id>")
def void(slug: str, scan_id: uuid.UUID) -> Response | tuple[str, int]:
    person = signed_in()
    fair = g.fair = staffed_fair(person, slug)
    form = ReasonForm()
    if not form.validate():
        return _scan_page(fair, scan_id, form), 422
    actions.void(queries.scan_in(fair.id, scan_id), person, (form.why.data or "").strip())
    db.session.commit()
    web.say(_("The scan is voided: it stays, and counts for nothing."))
    return web.go("checkin.scan", slug=slug, scan_id=scan_id)


def _scan_page(fair: Fair, scan_id: uuid.UUID, form: ReasonForm) -> str:
    one = queries.whole_scan(fair.id, scan_id)
    decided = queries.corrections_to(fair.id, scan_id)
    why = (REASONS if one.status == "conflict" else MEANINGS).get(one.reason or "")
    return render_template(
        "checkin/scan.html", scan=one, name=names_in([one])[one.id], decided=decided, form=form, kinds=KINDS,
        statuses=STATUSES, why=why, verbs=VERBS, may_void=all(row.verb != "void" for row, _name in decided),
    )  # fmt: skip


def _midnight(fair: Fair) -> datetime:
    return i18n.moment_of(i18n.local(clock.now(), fair).date(), time(), fair)
