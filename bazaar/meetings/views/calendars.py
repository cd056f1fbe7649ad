"""Calendar files: one meeting, a person's whole day to subscribe to, and the fair's public one."""

import uuid
from collections.abc import Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, ical, web
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, public_fair
from bazaar.i18n import moment_of, words_for
from bazaar.ical import Happening, Sender
from bazaar.jobseekers.queries import my_registration
from bazaar.meetings import actions, queries
from bazaar.meetings.models import Meeting
from bazaar.meetings.views.blueprint import Page, blueprint
from bazaar.meetings.views.exhibitor import entered, name_of
from bazaar.people.asking import signed_in
from bazaar.programme.queries import events_of
from bazaar.sharing.models import Share
from bazaar.sharing.queries import standing_shares

Shares = dict[uuid.UUID, Share]
EXHIBITORS_KINDS = ("recruiter", "exhibitor")


# --- What calendars show --------------------------------------------------------------------


def _sender(fair: Fair) -> Sender:
    """The organiser of every event: the fair, at the address its letters come from."""
    _name, address = parseaddr(current_app.config["SETTINGS"].mail_from)
    return Sender(fair.name, address)


def _uid(kind: str, key: object) -> str:
    host = urlsplit(current_app.config["SETTINGS"].base_url).netloc
    return f"{kind}-{key}@{host}"


def _place(meeting: Meeting, stands: queries.Stands, fair: Fair) -> str:
    stand = stands.at(meeting.exhibitor_id, meeting.starts_at) if meeting.starts_at else None
    booth = _("Booth %(number)s, %(hall)s", number=stand.number, hall=stand.hall) if stand else ""
    return ", ".join(part for part in (booth, fair.venue, fair.city) if part)


def _happening(
    fair: Fair, meeting: Meeting, stands: queries.Stands, shares: Shares, *, for_exhibitor: bool
) -> Happening:
    if meeting.starts_at is None or meeting.ends_at is None:
        raise NotFound
    if for_exhibitor:
        title = _(
            "Meeting: %(name)s", name=name_of(meeting, shares.get(meeting.registration_id), clock.now())
        )
        url = web.address("meetings.exhibitor_plan", slug=fair.slug, exhibitor_id=meeting.exhibitor_id)
    else:
        title = _("Meeting: %(name)s", name=meeting.exhibitor.organisation.name)
        url = web.address("meetings.mine", slug=fair.slug)
    return Happening(
        uid=_uid("meeting", meeting.id),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=title,
        place=_place(meeting, stands, fair),
        words=meeting.vacancy.title if meeting.vacancy else "",
        url=url,
        sequence=meeting.sequence,
        cancelled=meeting.status == "cancelled",
    )


def _happenings(fair: Fair, meetings: Sequence[Meeting], *, for_exhibitor: bool) -> list[Happening]:
    stands = queries.stands_of(fair.id, {meeting.exhibitor_id for meeting in meetings})
    shares = _shares_with(meetings) if for_exhibitor else {}
    return [_happening(fair, meeting, stands, shares, for_exhibitor=for_exhibitor) for meeting in meetings]


def _shares_with(meetings: Sequence[Meeting]) -> Shares:
    """Who of these still shows themselves to the one exhibitor whose meetings these are."""
    people = {meeting.registration_id for meeting in meetings}
    return standing_shares(meetings[0].exhibitor_id, people) if meetings else {}


def _days(fair: Fair) -> list[Happening]:
    """The fair's days with their hours."""
    return [
        Happening(
            uid=_uid("day", day.id),
            starts_at=moment_of(day.date, day.opens, fair),
            ends_at=moment_of(day.date, day.closes, fair),
            title=fair.name,
            place=", ".join(part for part in (fair.venue, fair.address, fair.city) if part),
            words=fair.tagline,
            url=f"{current_app.config['SETTINGS'].base_url}/f/{fair.slug}/",
        )
        for day in days_of(fair.id)
    ]


def _file(content: bytes, mime: str, name: str) -> Response:
    response = Response(content, content_type=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


# --- One meeting ----------------------------------------------------------------------------


@blueprint.get("/me/<slug>/meetings/<uuid:meeting_id>.ics")
def ics(slug: str, meeting_id: uuid.UUID) -> Response:
    """A jobseeker's meeting as a calendar file; of a cancelled one, the file that strikes it out."""
    registration = my_registration(signed_in(), slug)
    fair = registration.fair
    meeting = queries.meeting_of(registration, meeting_id)
    (happening,) = _happenings(fair, [meeting], for_exhibitor=False)
    return _file(*ical.one(happening, _sender(fair), clock.now()), "meeting")


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/meetings/<uuid:meeting_id>.ics")
def exhibitor_ics(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Response:
    """The same for the exhibitor, with the jobseeker's name as it is shown."""
    _person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    (happening,) = _happenings(fair, [meeting], for_exhibitor=True)
    return _file(*ical.one(happening, _sender(fair), clock.now()), "meeting")


# --- Public ---------------------------------------------------------------------------------


@blueprint.get("/f/<slug>/calendar.ics")
def calendar(slug: str) -> Response:
    """The fair's days and its programme."""
    fair = public_fair(slug)
    happenings = [*_days(fair), *events_of(fair.id)]
    return _file(*ical.many(happenings, _sender(fair), clock.now(), fair.name), fair.slug)


# --- Feeds ----------------------------------------------------------------------------------


@blueprint.get("/calendar/<token>.ics")
def feed(token: str) -> Response:
    """A secret address that a phone's calendar subscribes to."""
    subscription = queries.subscription(token)
    fair = subscription.fair
    with words_for(subscription.person.language):
        happenings = _happenings(
            fair, subscription.meetings, for_exhibitor=subscription.feed.exhibitor_id is not None
        )
        happenings += subscription.talks
    content, mime = ical.many(happenings, _sender(fair), clock.now(), fair.name)
    response = Response(content, content_type=mime)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.route("/me/<slug>/calendar", methods=["GET", "POST"])
def my_calendar(slug: str) -> Page:
    """Make, renew or end the address of my calendar; it is shown once."""
    registration = my_registration(signed_in(), slug)
    fair = g.fair = registration.fair
    person_id = registration.person_id
    address = _made_or_ended(fair, person_id, "jobseeker", None) if request.method == "POST" else None
    standing = queries.standing_feed(fair.id, person_id, "jobseeker")
    return render_template("meetings/my_calendar.html", address=address, standing=standing)


@blueprint.route("/exhibit/<slug>/<uuid:exhibitor_id>/calendar", methods=["GET", "POST"])
def exhibitor_calendar(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """The same for a recruiter's own meetings and for all of the exhibitor's."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    person_id, place_id = person.id, exhibitor.id
    kind = request.form.get("kind", "")
    if request.method == "POST" and kind not in EXHIBITORS_KINDS:
        raise NotFound
    address = _made_or_ended(fair, person_id, kind, place_id) if request.method == "POST" else None
    _person, fair, exhibitor = entered(slug, exhibitor_id)
    return render_template(
        "meetings/exhibitor_calendar.html",
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        address=address,
        kind=kind,
        standing={
            each: queries.standing_feed(fair.id, person_id, each, place_id) for each in EXHIBITORS_KINDS
        },
    )


def _made_or_ended(fair: Fair, person_id: uuid.UUID, kind: str, exhibitor_id: uuid.UUID | None) -> str | None:
    """The new address, or None where the old one was ended."""
    if request.form.get("act") == "end":
        actions.end_feed(fair.id, person_id, kind, exhibitor_id)
        db.session.commit()
        return None
    token = actions.new_feed(fair.id, person_id, kind, exhibitor_id)
    db.session.commit()
    return web.address("meetings.feed", token=token)
