"""The programme as visitors see it, one's own seats, and their calendar files."""

import uuid
from collections.abc import Container
from email.utils import parseaddr

from flask import Response, current_app, g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock, ical, web
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import public_fair
from bazaar.i18n import LANGUAGES
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import my_registration, registration_of
from bazaar.people.asking import signed_in, who
from bazaar.programme import actions, names, queries, rules
from bazaar.programme.queries import Filters
from bazaar.programme.views.blueprint import blueprint


def _registration(fair: Fair) -> Registration | None:
    """The place at the fair of whoever is looking, if they have one."""
    person = who()
    registration = registration_of(person.id, fair.slug) if person else None
    return registration if registration and registration.status == "registered" else None


@blueprint.get("/f/<slug>/programme")
def public(slug: str) -> str:
    """All talks by day, or those of one kind or language."""
    g.fair = fair = public_fair(slug)
    chosen = Filters(
        kind=_one_of("kind", names.KINDS),
        language=_one_of("language", LANGUAGES),
    )
    everything = queries.talks_of(fair.id)
    shown = queries.talks_of(fair.id, chosen)
    registration = _registration(fair)
    mine = {seat.talk_id: seat.status for seat in queries.seats_of(registration)} if registration else {}
    return render_template(
        "programme/public.html",
        days=queries.by_day(shown, fair),
        number=sum(talk.cancelled_at is None for talk in shown),
        all_number=sum(talk.cancelled_at is None for talk in everything),
        chosen=chosen,
        kinds={key: words for key, words in names.KINDS.items() if key in {talk.kind for talk in everything}},
        tongues=[tag for tag in LANGUAGES if tag in {talk.language for talk in everything}],
        kind_names=names.KINDS,
        attendance=queries.attendance_of(fair.id),
        nobody=queries.Attendance(),
        mine=mine,
    )


def _one_of(name: str, known: Container[str]) -> str:
    asked = request.args.get(name, "")
    return asked if asked in known else ""


@blueprint.get("/f/<slug>/programme/<uuid:talk_id>")
def talk(slug: str, talk_id: uuid.UUID) -> str:
    """One talk, and the button that takes a seat."""
    g.fair = fair = public_fair(slug)
    the_talk = queries.talk_at(fair, talk_id)
    registration = _registration(fair)
    seat = queries.seat_at(the_talk.id, registration.id) if registration else None
    attendance = queries.attendance_at(the_talk)
    return render_template(
        "programme/talk.html",
        talk=the_talk,
        kind=names.KINDS.get(the_talk.kind, the_talk.kind),
        icon_name=names.ICONS.get(the_talk.kind, "education"),
        registration=registration,
        seat=seat,
        in_line=queries.place_in_line(seat) if seat and seat.status == rules.WAITING else None,
        attendance=attendance,
        free=rules.free_seats(the_talk.places, attendance.going),
        closed=rules.closed(the_talk.starts_at, the_talk.cancelled_at, clock.now()),
        clashes=queries.at_the_same_time(registration, the_talk) if registration else [],
        here=url_for("programme.talk", slug=slug, talk_id=talk_id),
    )


@blueprint.post("/f/<slug>/programme/<uuid:talk_id>/withdraw")
def withdraw(slug: str, talk_id: uuid.UUID) -> AnyResponse:
    """Give up one's seat, or one's place in line."""
    person = signed_in()
    registration = my_registration(person, slug)
    g.fair = fair = registration.fair
    the_talk = queries.talk_at(fair, talk_id)
    actions.withdraw(the_talk, registration)
    db.session.commit()
    again = url_for("home.take_seat", slug=slug, talk_id=talk_id)
    web.say_with_undo(_("You have given up your seat at “%(title)s”.", title=the_talk.title), again)
    return web.go("programme.talk", slug=slug, talk_id=talk_id)


# --- Calendars ------------------------------------------------------------------------------------


def _sender(fair: Fair) -> ical.Sender:
    return ical.Sender(fair.name, parseaddr(current_app.config["SETTINGS"].mail_from)[1])


def _calendar(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@blueprint.get("/f/<slug>/programme/<uuid:talk_id>.ics")
def ics(slug: str, talk_id: uuid.UUID) -> Response:
    """One talk for a calendar; one that was cancelled strikes itself out."""
    g.fair = fair = public_fair(slug)
    happening = queries.happening_of(queries.talk_at(fair, talk_id), fair)
    return _calendar(*ical.one(happening, _sender(fair), clock.now()), f"{slug}-talk")


@blueprint.get("/me/<slug>/programme.ics")
def own_ics(slug: str) -> Response:
    """All talks at which one has a seat."""
    registration = my_registration(signed_in(), slug)
    g.fair = fair = registration.fair
    name = _("My programme, %(fair)s", fair=fair.name)
    file, kind = ical.many(queries.own_events(registration), _sender(fair), clock.now(), name)
    return _calendar(file, kind, f"{slug}-my-programme")
