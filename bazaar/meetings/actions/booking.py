"""Booking and asking, accepting and declining, moving."""

import uuid
from collections.abc import Collection

from flask_babel import gettext as _

from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import representatives_of
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.meetings import letters, queries, rules
from bazaar.meetings.actions.ending import expire_between, put_block
from bazaar.meetings.actions.times import offer
from bazaar.meetings.actions.together import (
    Pair,
    clash_with,
    free_slot,
    given_up,
    keep,
    must_be,
    noted,
    put_into,
    refuse_clash,
    refuse_most,
    refuse_pair,
    refuse_window,
    together,
    together_for,
    vacancy_of,
    whole,
)  # fmt: skip
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.rules import Time
from bazaar.sharing.actions import share
from bazaar.sharing.rules import USUAL


def book(
    fair: Fair,
    registration: Registration,
    exhibitor: Exhibitor,
    slot_id: uuid.UUID,
    *,
    language: str,
    fields: Collection[str] = USUAL,
    vacancy_id: uuid.UUID | None = None,
) -> Meeting:
    """Take an open time. Booking is a yes to showing the exhibitor these fields of the profile."""
    pair = together(fair, registration.id, exhibitor.id)
    if not pair.exhibitor.open_slots:
        raise Refused(
            _("%(employer)s does not take bookings. You may ask for a meeting.", employer=pair.employer)
        )
    slot = free_slot(pair, slot_id, only_open=True)
    refuse_window(pair, slot.starts_at)
    expire_between(pair)
    refuse_pair(pair)
    refuse_most(pair)
    refuse_clash(pair, slot)
    meeting = Meeting(
        fair_id=fair.id,
        exhibitor_id=pair.exhibitor.id,
        registration_id=pair.registration.id,
        vacancy_id=vacancy_of(pair, vacancy_id),
        came_by="open_slot",
        status="booked",
        decided_at=pair.moment,
    )
    put_into(meeting, slot)
    keep(pair, meeting)
    share(pair.registration, pair.exhibitor, "booking", language, fields=fields)
    noted("book", meeting, pair.registration.person_id)
    letters.booked(fair, whole(meeting))
    return meeting


def ask(
    fair: Fair,
    registration: Registration,
    exhibitor: Exhibitor,
    message: str,
    *,
    language: str,
    fields: Collection[str] = USUAL,
    vacancy_id: uuid.UUID | None = None,
) -> Meeting:
    """Ask for a meeting; the exhibitor answers and sets the time."""
    pair = together(fair, registration.id, exhibitor.id)
    if not pair.exhibitor.by_request:
        raise Refused(_("%(employer)s does not take requests for meetings.", employer=pair.employer))
    hours = [opening for _day, openings in queries.hours_of(fair, exhibitor.id) for opening in openings]
    if not hours:
        raise Refused(_("%(employer)s has no day at the fair yet.", employer=pair.employer))
    last_closing = max(opening.closes_at for opening in hours)
    refuse_window(pair, last_closing)
    expire_between(pair)
    refuse_pair(pair)
    refuse_most(pair)
    if rules.too_many_requests(pair.pending, pair.limits):
        raise Refused(
            _("%(number)s of your requests wait for an answer. Wait for one, or take one back.", number=pair.limits.max_pending)
        )  # fmt: skip
    meeting = Meeting(
        fair_id=fair.id,
        exhibitor_id=pair.exhibitor.id,
        registration_id=pair.registration.id,
        vacancy_id=vacancy_of(pair, vacancy_id),
        came_by="request",
        status="requested",
        message=message,
        expires_at=rules.request_expires_at(
            pair.moment,
            on_fair_day=queries.is_fair_day(fair, pair.moment),
            last_closing=last_closing,
            limits=pair.limits,
        ),
    )
    keep(pair, meeting)
    share(pair.registration, pair.exhibitor, "booking", language, fields=fields)
    noted("ask", meeting, pair.registration.person_id)
    letters.requested(fair, whole(meeting))
    return meeting


def move_to_open(fair: Fair, meeting: Meeting, slot_id: uuid.UUID, actor: uuid.UUID) -> None:
    """The jobseeker takes another open time of the same exhibitor instead."""
    pair, meeting = together_for(fair, meeting)
    must_be(meeting, "booked")
    slot = free_slot(pair, slot_id, only_open=True)
    refuse_window(pair, slot.starts_at)
    refuse_clash(pair, slot, besides=meeting.id)
    _move(pair, meeting, slot, "jobseeker", actor)


def accept(fair: Fair, meeting: Meeting, slot_id: uuid.UUID, actor: uuid.UUID) -> None:
    """Say yes to a request and set its time; everything is looked at again, inside the lock."""
    pair, meeting = together_for(fair, meeting)
    if rules.has_expired(meeting.status, meeting.expires_at, pair.moment):
        raise Refused(_("The request ran out before it was answered. It has ended."))
    must_be(meeting, "requested")
    slot = free_slot(pair, slot_id, only_open=False)
    _refuse_for_exhibitor(pair, slot, meeting)
    if pair.has_the_most:
        raise Refused(_("%(name)s has no room for more meetings.", name=pair.registration.shown_name))
    meeting.status = "booked"
    meeting.decided_at = pair.moment
    put_into(meeting, slot)
    keep(pair, meeting)
    noted("accept", meeting, actor)
    letters.accepted(fair, whole(meeting))


def accept_at(fair: Fair, meeting: Meeting, time: Time, table: int, actor: uuid.UUID) -> None:
    """Say yes at a time of one's own, which is made on the spot and kept for this request."""
    pair, meeting = together_for(fair, meeting)
    made, _left_out = offer(
        fair, pair.exhibitor, [table], [time], is_open=False, recruiter_id=None, actor=actor
    )
    if not made:
        raise Refused(_("You have another time there already. Choose it, or write another."))
    accept(fair, meeting, made[0].id, actor)


def _refuse_for_exhibitor(pair: Pair, slot: Slot, meeting: Meeting) -> None:
    """What stands in the way, without telling the exhibitor of anybody else's meetings."""
    name = pair.registration.shown_name
    if slot.starts_at <= pair.moment:
        raise Refused(_("This time has passed. Choose another."))
    if queries.pair_block(pair.registration.id, pair.exhibitor.id):
        raise Refused(_("%(name)s does not meet you at this fair.", name=name))
    if clash_with(pair, slot, besides=meeting.id):
        raise Refused(_("%(name)s cannot come then. Choose another time.", name=name))


def decline(fair: Fair, meeting: Meeting, words: str, actor: uuid.UUID, *, and_block: bool = False) -> None:
    """Say no to a request, in kind words that the jobseeker reads; `and_block`: nor to another one."""
    pair, meeting = together_for(fair, meeting)
    must_be(meeting, "requested")
    meeting.status = "declined"
    meeting.decided_at = pair.moment
    meeting.reason = words
    if and_block:
        put_block(pair, "exhibitor", actor)
    noted("decline", meeting, actor)
    letters.declined(fair, whole(meeting))


def move(fair: Fair, meeting: Meeting, slot_id: uuid.UUID, actor: uuid.UUID) -> None:
    """The exhibitor gives a booked meeting another of its times, at any table."""
    pair, meeting = together_for(fair, meeting)
    must_be(meeting, "booked")
    slot = free_slot(pair, slot_id, only_open=False)
    _refuse_for_exhibitor(pair, slot, meeting)
    _move(pair, meeting, slot, "exhibitor", actor)


def _move(pair: Pair, meeting: Meeting, slot: Slot, by: str, actor: uuid.UUID) -> None:
    given_up(meeting)
    put_into(meeting, slot)
    meeting.decided_at = pair.moment
    meeting.sequence += 1
    keep(pair, meeting)
    noted("move", meeting, actor, by=by)
    letters.moved(pair.fair, whole(meeting), by)


def hand_over(fair: Fair, meeting: Meeting, colleague_id: uuid.UUID, actor: uuid.UUID) -> None:
    """A colleague takes the meeting at its time. A free time of theirs then goes the other way."""
    pair, meeting = together_for(fair, meeting)
    must_be(meeting, "booked")
    if colleague_id not in {each.person_id for each in representatives_of(pair.exhibitor.organisation_id)}:
        raise NotFound
    slot = queries.slot_of(pair.exhibitor, meeting.slot_id or uuid.UUID(int=0))
    at_that_time = queries.overlapping_slots(pair.exhibitor, Time(slot.starts_at, slot.ends_at))
    theirs = [other for other in at_that_time if other.recruiter_id == colleague_id and other.id != slot.id]
    if queries.meetings_in(theirs):
        raise Refused(_("Your colleague has another meeting then."))
    for other in theirs:
        other.recruiter_id = slot.recruiter_id
    slot.recruiter_id = colleague_id
    meeting.sequence += 1
    noted("hand_over", meeting, actor)
    letters.handed_over(fair, whole(meeting))
