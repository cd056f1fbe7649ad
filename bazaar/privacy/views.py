"""Leaving a fair, being erased, seeing what is kept; and what anybody may read about data and accessibility."""

import json
import uuid
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, current_app, g, render_template, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock, web
from bazaar.db import db
from bazaar.fairs.queries import organised_fair
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import my_registration, registration_at
from bazaar.people.asking import COOKIE, signed_in
from bazaar.privacy import actions, queries, words

blueprint = Blueprint("privacy", __name__)

LOOKED_THROUGH = date(2026, 11, 22)  # when the words about accessibility were last held against the pages


# --- For anybody to read ------------------------------------------------------------------------------


@blueprint.get("/privacy")
def notice() -> str:
    fairs: Sequence[object] = queries.published_fairs()
    return render_template("privacy/notice.html", fairs=fairs, contact=_contact())


@blueprint.get("/accessibility")
def accessibility() -> str:
    return render_template(
        "privacy/accessibility.html", contact=_contact(), base_url=_base_url(), looked_through=LOOKED_THROUGH
    )


def _contact() -> str:
    """The address that letters come from is read by whoever runs this installation."""
    sender: str = current_app.config["SETTINGS"].mail_from
    return sender.rpartition("<")[2].rstrip(">").strip()


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)


# --- Leaving ------------------------------------------------------------------------------------------


@blueprint.route("/me/<slug>/leave", methods=["GET", "POST"])
def leave(slug: str) -> str | AnyResponse:
    """What hangs on the registration is said before; then all of it is cancelled in one act."""
    person = signed_in()
    registration = my_registration(person, slug, also_started=True)
    fair = g.fair = registration.fair
    if request.method == "GET":
        return _leave_page("privacy/leave.html", registration)
    said = _("You have left %(fair)s. You can register again if you change your mind.", fair=fair.name)
    actions.leave(registration, "jobseeker", person.id)
    db.session.commit()
    web.say(said)
    return web.go("home.me")


def _leave_page(template: str, registration: Registration) -> str:
    return render_template(template, registration=registration, hanging=queries.hanging_on(registration))


@blueprint.route("/organise/<slug>/jobseekers/<uuid:registration_id>/cancel", methods=["GET", "POST"])
def cancel_for(slug: str, registration_id: uuid.UUID) -> str | AnyResponse:
    """An organiser cancels for somebody who asked; they get a letter."""
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    registration = registration_at(fair, registration_id)
    if request.method == "GET":
        return _leave_page("privacy/cancel_for.html", registration)
    actions.leave(registration, "organiser", person.id)
    db.session.commit()
    web.say(_("Cancelled. They and those they were to meet have been told."))
    return web.go("jobseekers.person", slug=slug, registration_id=registration_id)


# --- Being erased, and seeing what is kept --------------------------------------------------------------


@blueprint.route("/me/erase", methods=["GET", "POST"])
def erase() -> str | AnyResponse:
    """A plain question, for it cannot be undone."""
    person = signed_in()
    if request.method == "GET":
        standing = queries.standing_registrations(person)
        fairs = queries.fairs_of({registration.fair_id for registration in standing})
        return render_template("privacy/erase.html", fairs=list(fairs.values()))
    actions.erase(person)
    db.session.commit()
    session.clear()
    web.say(_("Everything about you is erased."))
    response = web.go("home.start")
    response.delete_cookie(COOKIE)
    return response


@blueprint.get("/me/data")
def mine() -> str:
    """Everything that is kept on whoever asks, to read and to take along."""
    return render_template("privacy/mine.html", parts=queries.everything_on(signed_in()), words=words)


@blueprint.get("/me/data.json")
def mine_json() -> Response:
    parts = {part.table: part.rows for part in queries.everything_on(signed_in())}
    told = {"made": clock.rfc3339(clock.now()), "data": parts}
    response = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
