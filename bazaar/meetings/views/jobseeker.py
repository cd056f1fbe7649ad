"""The jobseeker's own pages: booking, asking, the day plan, moving and calling off."""

import uuid
from datetime import date
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import published_vacancies_of
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, language_now, local, moment_words
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import my_registration
from bazaar.meetings import actions, queries, rules
from bazaar.meetings.forms import AskForm, BookForm, ReasonForm, SlotForm, one_of_ours
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.views.blueprint import Page, blueprint, by_day, way_on
from bazaar.meetings.words import closed_words, status_words
from bazaar.people.asking import signed_in
from bazaar.programme.queries import seats_of
from bazaar.sharing.queries import own_profile, standing_share
from bazaar.sharing.rules import USUAL


def _mine(slug: str) -> Registration:
    registration = my_registration(signed_in(), slug)
    g.fair = registration.fair
    return registration


def _other_times(slug: str, exhibitor_id: uuid.UUID) -> tuple[str, str]:
    address = url_for("meetings.employer", slug=slug, exhibitor_id=exhibitor_id, times="all", _anchor="times")
    return _("See the free times"), address


def _shown_before(registration: Registration, exhibitor: Exhibitor) -> list[str]:
    share = standing_share(registration.id, exhibitor.id)
    return list(share.fields if share else USUAL)


def _refuse_closed(fair: Fair, exhibitor: Exhibitor) -> None:
    """A form that cannot be sent is not shown."""
    closed = queries.closed_until(fair, clock.now())
    if closed is not None:
        employer = url_for("meetings.employer", slug=fair.slug, exhibitor_id=exhibitor.id)
        raise Refused(closed_words(closed.opens_at, fair), [(exhibitor.organisation.name, employer)])


# --- Booking and asking ---------------------------------------------------------------------


@blueprint.route("/me/<slug>/employers/<uuid:exhibitor_id>/book", methods=["GET", "POST"])
def book(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Take a free time; the page says what the employer then sees."""
    registration = _mine(slug)
    fair = registration.fair
    exhibitor = queries.exhibitor_at(fair, exhibitor_id)
    employer = exhibitor.organisation.name
    vacancies = published_vacancies_of(fair.id, exhibitor.id)
    form = BookForm().about(vacancies)
    form.offering(own_profile(registration), _shown_before(registration, exhibitor))
    if form.validate_on_submit():
        with way_on(_other_times(slug, exhibitor_id), (_("My day"), url_for("meetings.mine", slug=slug))):
            meeting = actions.book(
                fair, registration, exhibitor, form.slot.data,
                language=language_now(), fields=form.fields_chosen, vacancy_id=form.vacancy.data,
            )  # fmt: skip
            when = moment_words(meeting.starts_at or clock.now(), fair)
            db.session.commit()
        web.say(_("Booked: %(employer)s, %(when)s.", employer=employer, when=when))
        return web.go("meetings.mine", slug=slug)
    asked_for = form.slot.data if form.is_submitted() else one_of_ours(request.args.get("slot", ""))
    slots = queries.bookable_slots(fair, exhibitor, clock.now(), registration)
    page = render_template(
        "meetings/book.html",
        form=form,
        exhibitor=exhibitor,
        registration=registration,
        vacancies=vacancies,
        slot=next((each for each in slots if each.id == asked_for), None),
        days=by_day(slots, fair),
    )
    return (page, 422) if form.errors else page


@blueprint.route("/me/<slug>/employers/<uuid:exhibitor_id>/ask", methods=["GET", "POST"])
def ask(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Ask for a meeting; the employer answers and sets the time."""
    registration = _mine(slug)
    fair = registration.fair
    exhibitor = queries.exhibitor_at(fair, exhibitor_id)
    employer = exhibitor.organisation.name
    _refuse_closed(fair, exhibitor)
    vacancies = published_vacancies_of(fair.id, exhibitor.id)
    form = AskForm().about(vacancies)
    form.offering(own_profile(registration), _shown_before(registration, exhibitor))
    if form.validate_on_submit():
        with way_on((employer, url_for("meetings.employer", slug=slug, exhibitor_id=exhibitor_id))):
            meeting = actions.ask(
                fair, registration, exhibitor, form.message.data or "",
                language=language_now(), fields=form.fields_chosen, vacancy_id=form.vacancy.data,
            )  # fmt: skip
            when = moment_words(meeting.expires_at or clock.now(), fair)
            db.session.commit()
        web.say(
            _("You have asked %(employer)s. They answer before %(when)s.", employer=employer, when=when)
        )  # fmt: skip
        return web.go("meetings.mine", slug=slug)
    page = render_template(
        "meetings/ask.html", form=form, exhibitor=exhibitor, registration=registration, vacancies=vacancies
    )
    return (page, 422) if form.errors else page


# --- My day ---------------------------------------------------------------------------------


@blueprint.get("/me/<slug>/meetings")
def mine(slug: str) -> Page:
    """The day plan: meetings and talks by the clock, requests that wait, and what has ended."""
    registration = _mine(slug)
    fair, moment = registration.fair, clock.now()
    meetings = queries.meetings_of(registration)
    stands = queries.stands_of(fair.id, {meeting.exhibitor_id for meeting in meetings})
    standing = [meeting for meeting in meetings if meeting.status in rules.STANDING]
    waiting = [m for m in meetings if m.status == "requested" and not _ran_out(m)]
    ended = [m for m in meetings if m not in standing and m not in waiting]
    return render_template(
        "meetings/mine.html",
        registration=registration,
        days=_plan(registration, standing, stands),
        waiting=waiting,
        ended=[
            (meeting, status_words(rules.status_at(meeting.status, meeting.expires_at, moment)))
            for meeting in ended
        ],
        upcoming=queries.next_meeting(registration, moment),
        stands=stands,
        left=max(0, fair.max_meetings - len(standing)),
    )


def _ran_out(meeting: Meeting) -> bool:
    return rules.has_expired(meeting.status, meeting.expires_at, clock.now())


def _plan(
    registration: Registration, meetings: list[Meeting], stands: queries.Stands
) -> list[tuple[date, list[dict[str, Any]]]]:
    """The rows of each day in order; a walk to another hall stands before the row it leads to."""
    fair, moment = registration.fair, clock.now()
    rows: list[dict[str, Any]] = []
    for meeting in meetings:
        if meeting.starts_at is not None and meeting.ends_at is not None:
            over = meeting.ends_at <= moment
            status = "unknown" if over and meeting.status == "booked" else meeting.status
            rows.append({
                "starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "meeting": meeting, "over": over,
                "title": meeting.exhibitor.organisation.name, "status": status_words(status) if over else "",
                "stand": stands.at(meeting.exhibitor_id, meeting.starts_at),
            })  # fmt: skip
    for seat in seats_of(registration):
        talk = seat.talk
        rows.append({
            "starts_at": talk.starts_at, "ends_at": talk.ends_at, "talk": talk, "title": talk.title,
            "over": talk.ends_at <= moment, "room": talk.room,
            "status": _("On the waiting list") if seat.status == "waiting" else "",
        })  # fmt: skip
    days: dict[date, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda each: each["starts_at"]):
        days.setdefault(local(row["starts_at"], fair).date(), []).append(row)
    for plan in days.values():
        _add_walks(plan)
    return sorted(days.items())


def _add_walks(plan: list[dict[str, Any]]) -> None:
    hall = None
    for row in plan:
        stand = row.get("stand")
        if stand is not None:
            row["walk"] = hall is not None and hall != stand.hall_id
            hall = stand.hall_id


@blueprint.get("/me/<slug>/meetings/<uuid:meeting_id>")
def meeting(slug: str, meeting_id: uuid.UUID) -> Page:
    """One meeting: when, where, with whom, and what may be done about it."""
    registration = _mine(slug)
    fair, moment = registration.fair, clock.now()
    one = queries.meeting_of(registration, meeting_id)
    status = rules.status_at(one.status, one.expires_at, moment)
    is_over = one.ends_at is not None and one.ends_at <= moment
    stands = queries.stands_of(fair.id, [one.exhibitor_id])
    return render_template(
        "meetings/meeting.html",
        meeting=one,
        status=status,
        status_words=status_words("unknown" if is_over and status == "booked" else status),
        stand=stands.next(one.exhibitor_id, one.starts_at or moment),
        may_change=status in rules.OPEN and not is_over,
        blocked=queries.pair_block(registration.id, one.exhibitor_id),
        other_times=status == "booked" and not is_over and bool(_open_times(registration, one)),
    )


def _open_times(registration: Registration, meeting: Meeting) -> list[Slot]:
    """Where this meeting may move: the same time at another of their tables is no other time."""
    slots = queries.bookable_slots(
        registration.fair, meeting.exhibitor, clock.now(), registration, besides=meeting.id
    )
    return [slot for slot in slots if slot.starts_at != meeting.starts_at]


# --- Changing one's mind --------------------------------------------------------------------


@blueprint.route("/me/<slug>/meetings/<uuid:meeting_id>/cancel", methods=["GET", "POST"])
def cancel(slug: str, meeting_id: uuid.UUID) -> Page:
    """I cannot come: the employer is told, the time is free for somebody else."""
    registration = _mine(slug)
    one = queries.meeting_of(registration, meeting_id)
    employer = one.exhibitor.organisation.name
    form = ReasonForm()
    if form.validate_on_submit():
        with way_on((_("My day"), url_for("meetings.mine", slug=slug))):
            actions.cancel(
                registration.fair, one, "jobseeker", form.reason.data or "", registration.person_id
            )
        db.session.commit()
        web.say_with_undo(
            _("The meeting with %(employer)s is cancelled. They have been told.", employer=employer),
            url_for("meetings.restore", slug=slug, meeting_id=meeting_id),
        )
        return web.go("meetings.mine", slug=slug)
    page = render_template("meetings/cancel.html", form=form, meeting=one)
    return (page, 422) if form.errors else page


@blueprint.post("/me/<slug>/meetings/<uuid:meeting_id>/restore")
def restore(slug: str, meeting_id: uuid.UUID) -> Response:
    """Undo my cancellation, while the time is still free."""
    registration = _mine(slug)
    one = queries.meeting_of(registration, meeting_id)
    employer = one.exhibitor.organisation.name
    with way_on(_other_times(slug, one.exhibitor_id), (_("My day"), url_for("meetings.mine", slug=slug))):
        actions.restore(registration.fair, one, "jobseeker", registration.person_id)
        db.session.commit()
    web.say(_("The meeting with %(employer)s stands again.", employer=employer))
    return web.go("meetings.mine", slug=slug)


@blueprint.route("/me/<slug>/meetings/<uuid:meeting_id>/move", methods=["GET", "POST"])
def move(slug: str, meeting_id: uuid.UUID) -> Page:
    """Take another free time of the same employer."""
    registration = _mine(slug)
    fair = registration.fair
    one = queries.meeting_of(registration, meeting_id)
    form = SlotForm()
    if form.validate_on_submit():
        with way_on((_("Choose another time"), url_for("meetings.move", slug=slug, meeting_id=meeting_id))):
            actions.move_to_open(fair, one, form.slot.data, registration.person_id)
            when = clock_time(one.starts_at or clock.now(), fair)
            db.session.commit()
        web.say(_("Your meeting is now at %(time)s.", time=when))
        return web.go("meetings.mine", slug=slug)
    page = render_template(
        "meetings/move.html", form=form, meeting=one, days=by_day(_open_times(registration, one), fair)
    )
    return (page, 422) if form.errors else page


@blueprint.route("/me/<slug>/employers/<uuid:exhibitor_id>/block", methods=["GET", "POST"])
def block(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Not this employer; the page says first what that calls off."""
    registration = _mine(slug)
    fair = registration.fair
    exhibitor = queries.exhibitor_at(fair, exhibitor_id)
    employer = exhibitor.organisation.name
    if request.method == "POST":
        actions.block(fair, registration, exhibitor, "jobseeker", registration.person_id)
        db.session.commit()
        web.say_with_undo(
            _("You will not be booked with %(employer)s.", employer=employer),
            url_for("meetings.unblock", slug=slug, exhibitor_id=exhibitor_id),
        )
        return web.go("meetings.mine", slug=slug)
    standing = queries.open_meeting(registration.id, exhibitor.id, clock.now())
    return render_template("meetings/block.html", exhibitor=exhibitor, standing=standing)


@blueprint.post("/me/<slug>/employers/<uuid:exhibitor_id>/unblock")
def unblock(slug: str, exhibitor_id: uuid.UUID) -> Response:
    registration = _mine(slug)
    exhibitor = queries.exhibitor_at(registration.fair, exhibitor_id)
    employer = exhibitor.organisation.name
    actions.unblock(registration.id, exhibitor.id, "jobseeker", registration.person_id)
    db.session.commit()
    web.say(_("You may book a meeting with %(employer)s again.", employer=employer))
    return web.go("meetings.employer", slug=slug, exhibitor_id=exhibitor_id)
