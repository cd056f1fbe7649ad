"""Leaving the fair, a day that changes, a person registered twice, requests that run out."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select, update

from bazaar import clock
from bazaar.db import db
from bazaar.employers.actions.places import hang
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import days_of_exhibitor
from bazaar.fairs.models import Fair
from bazaar.fairs.rules import shifted
from bazaar.i18n import moment_of
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.meetings import letters, queries, rules
from bazaar.meetings.actions.ending import call_off, call_off_all, expire
from bazaar.meetings.actions.together import given_up, lock_row, noted, whole
from bazaar.meetings.models import Meeting, PairBlock, Slot
from bazaar.messages.actions import when_due
from bazaar.people.models import Person


def cancel_all_of(
    fair: Fair, registration: Registration, ended_by: str, actor: uuid.UUID | None, *, tell: bool = True
) -> int:
    """The jobseeker leaves: every meeting and request still to come is called off; the exhibitors are told."""
    lock_row(Registration, registration.id)
    return call_off_all(
        fair,
        [Meeting.registration_id == registration.id],
        ended_by,
        _("They have left the fair."),
        actor,
        tell=tell,
    )


def cancel_all_of_exhibitor(
    fair: Fair, exhibitor: Exhibitor, ended_by: str, reason: str, actor: uuid.UUID | None
) -> int:
    """The exhibitor leaves: its times are withdrawn, every meeting to come is called off; the jobseekers are told."""
    lock_row(Exhibitor, exhibitor.id)
    number = call_off_all(fair, [Meeting.exhibitor_id == exhibitor.id], ended_by, reason, actor)
    db.session.execute(
        update(Slot)
        .where(Slot.fair_id == fair.id, Slot.exhibitor_id == exhibitor.id, Slot.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
    return number


def cancel_outside_hours(fair: Fair, reason: str, actor: uuid.UUID | None) -> int:
    """A day or its hours changed: meetings that fall outside are called off, both sides told, their times withdrawn."""
    ids = [meeting.id for meeting in queries.meetings_outside_hours(fair, clock.now())]
    for slot in queries.slots_outside_hours(fair, clock.now()):
        slot.withdrawn_at = clock.now()
    return call_off_all(fair, [Meeting.id.in_(ids)], "organiser", reason, actor)


def meetings_follow_day(fair: Fair, day: date, later: int, actor: uuid.UUID) -> list[Meeting]:
    """A day of the fair is so many days later: times and bookings still to come keep their time of day. Those moved.

    Nobody is told yet, as some may not fit the new hours.
    """
    begins, ends = moment_of(day, time.min, fair), moment_of(day + timedelta(days=1), time.min, fair)
    there = (shifted(begins, later, fair.zone), shifted(ends, later, fair.zone))
    db.session.execute(  # what once was offered on the other date, and given up with it, would be in the way
        delete(Slot).where(
            Slot.fair_id == fair.id, Slot.withdrawn_at.is_not(None), Slot.starts_at.between(*there)
        )
    )
    meetings = queries.bookings_between(fair, max(begins, clock.now()), ends)
    for slot in queries.slots_between(fair, max(begins, clock.now()), ends):
        slot.starts_at = shifted(slot.starts_at, later, fair.zone)
        slot.ends_at = shifted(slot.ends_at, later, fair.zone)
    for meeting in meetings:
        given_up(meeting)
        meeting.starts_at = meeting.starts_at and shifted(meeting.starts_at, later, fair.zone)
        meeting.ends_at = meeting.ends_at and shifted(meeting.ends_at, later, fair.zone)
        meeting.decided_at = clock.now()
        meeting.sequence += 1
        noted("move", meeting, actor, by="organiser")
    db.session.flush()
    return list(meetings)


def tell_of_meetings(fair: Fair, meetings: Iterable[Meeting]) -> None:
    """The jobseekers of moved meetings that still stand get their new time."""
    for meeting in meetings:
        if meeting.status == "booked":
            letters.moved(fair, whole(meeting), "organiser")


def join(
    fair: Fair, from_registration: Registration, to_registration: Registration, actor: uuid.UUID | None
) -> list[Meeting]:
    """The same person registered twice: meetings and blocks go over to `to_registration`.

    Where both cannot be kept, the one being joined gives way; those called off so are answered.
    """
    lock_row(Registration, min(from_registration.id, to_registration.id))
    lock_row(Registration, max(from_registration.id, to_registration.id))
    gone = [
        meeting for meeting in _meetings_with(from_registration) if _gives_way(fair, meeting, to_registration)
    ]
    for meeting in gone:
        call_off(meeting, "organiser", _("They were registered twice."), actor)
        letters.cancelled(fair, whole(meeting), "jobseeker")
    db.session.flush()
    _hand_to(Meeting, from_registration, to_registration)
    known = {said.exhibitor_id for said in _blocks_of(to_registration)}
    for said in _blocks_of(from_registration):
        if said.exhibitor_id in known:
            db.session.delete(said)
    db.session.flush()
    _hand_to(PairBlock, from_registration, to_registration)
    note("join", "registration", to_registration.id, fair_id=fair.id, actor=actor, called_off=len(gone))
    return gone


def _meetings_with(registration: Registration) -> Sequence[Meeting]:
    return [
        each for each in queries.meetings_of(registration) if each.status in (*rules.OPEN, *rules.STANDING)
    ]


def _gives_way(fair: Fair, meeting: Meeting, to_registration: Registration) -> bool:
    if meeting.status in rules.OPEN and queries.has_open_meeting(to_registration.id, meeting.exhibitor_id):
        return True
    if meeting.slot is None:
        return False
    wanted = queries.time_of(meeting.slot, queries.stands_of(fair.id, [meeting.exhibitor_id]))
    return (
        rules.first_clash(wanted, queries.meeting_times(to_registration), queries.limits_of(fair)) is not None
    )


def _blocks_of(registration: Registration) -> Sequence[PairBlock]:
    return db.session.scalars(select(PairBlock).where(PairBlock.registration_id == registration.id)).all()


def _hand_to(
    model: type[Meeting] | type[PairBlock], from_registration: Registration, to_registration: Registration
) -> None:
    db.session.execute(
        update(model)
        .where(model.fair_id == to_registration.fair_id, model.registration_id == from_registration.id)
        .values(registration_id=to_registration.id)
    )


def expire_requests(moment: datetime) -> int:
    """Mark the requests that ran out at any fair and tell who asked. Run it as often as one likes."""
    ran_out = queries.expired_requests(moment)
    for meeting in ran_out:
        expire(meeting, moment)
    return len(ran_out)


# --- What hangs on an exhibitor's days ------------------------------------------------------


def hangs_on(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> list[str]:
    """In words, what goes when the exhibitor leaves these days of the fair."""
    moment = clock.now()
    booked, times = queries.on_days(exhibitor, days, moment)
    asked = queries.requests_to(exhibitor.id, moment) if _is_all(exhibitor, days) else []
    said = []
    if booked:
        said.append(
            ngettext(
                "%(num)s booked meeting is cancelled", "%(num)s booked meetings are cancelled", len(booked)
            )
        )
    if asked:
        said.append(ngettext("%(num)s request is cancelled", "%(num)s requests are cancelled", len(asked)))
    if times:
        said.append(
            ngettext("%(num)s offered time is withdrawn", "%(num)s offered times are withdrawn", len(times))
        )
    return said


def let_go(exhibitor: Exhibitor, days: Collection[uuid.UUID], by: Person | None) -> None:
    """The exhibitor leaves these days: meetings on them are called off, times withdrawn; on the last, requests too."""
    fair = db.session.get_one(Fair, exhibitor.fair_id)
    actor = by.id if by else None
    if _is_all(exhibitor, days):
        cancel_all_of_exhibitor(fair, exhibitor, "exhibitor", _("They have left the fair."), actor)
        return
    lock_row(Exhibitor, exhibitor.id)
    booked, times = queries.on_days(exhibitor, days, clock.now())
    ids = [meeting.id for meeting in booked]
    call_off_all(fair, [Meeting.id.in_(ids)], "exhibitor", _("They will not be there that day."), actor)
    for slot in times:
        slot.withdrawn_at = clock.now()


def _is_all(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> bool:
    return {day.id for day in days_of_exhibitor(exhibitor.id)} <= set(days)


hang(hangs_on, let_go)
when_due(queries.has_expired_requests, expire_requests)
