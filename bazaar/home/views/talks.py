"""Taking a seat at a talk: here, because a meeting may stand in the way."""

import uuid

from flask import g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import public_fair
from bazaar.home import actions
from bazaar.home.views.blueprint import blueprint
from bazaar.i18n import clock_time
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import registration_of
from bazaar.people.asking import signed_in, who
from bazaar.programme import queries, rules
from bazaar.programme.models import Seat


@blueprint.post("/f/<slug>/programme/<uuid:talk_id>/sign-up")
def take_seat(slug: str, talk_id: uuid.UUID) -> Response:
    """One tap: a seat, or a place on the waitlist."""
    g.fair = fair = public_fair(slug)
    the_talk = queries.talk_at(fair, talk_id)
    here = url_for("programme.talk", slug=slug, talk_id=talk_id)
    if who() is None:
        return redirect(url_for("people.sign_in", next=here), 303)
    registration = registration_of(signed_in().id, slug)
    if registration is None or registration.status != "registered":
        web.say(_("Register for the fair first. Then you can take a seat."), "warn")
        return web.go("programme.talk", slug=slug, talk_id=talk_id)
    seat = actions.take_seat(fair, the_talk, registration)
    db.session.commit()
    _say_seat(fair, registration, seat)
    return web.go("programme.talk", slug=slug, talk_id=talk_id)


def _say_seat(fair: Fair, registration: Registration, seat: Seat) -> None:
    the_talk = queries.talk_at(fair, seat.talk_id)
    if seat.status == rules.GOING:
        web.say(_("You have a seat."))
    else:
        number = queries.place_in_line(seat)
        web.say(
            _(
                "All seats are taken. You are number %(number)s in line. We write when a seat is yours.",
                number=number,
            ),
            "warn",
        )
    for other in queries.at_the_same_time(registration, the_talk):
        web.say(
            _(
                "Note: “%(title)s” is at the same time (%(starts)s–%(ends)s).",
                title=other.title,
                starts=clock_time(other.starts_at, fair),
                ends=clock_time(other.ends_at, fair),
            ),
            "warn",
        )
