"""Calling meetings off and taking that back; leaving, joining, running out."""

import uuid
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from bazaar import clock
from bazaar.db import db, locked
from bazaar.employers.models import Exhibitor
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.meetings import letters, queries, rules
from bazaar.meetings.actions.together import (
    Pair,
    free_slot,
    given_up,
    keep,
    must_be,
    noted,
    refuse_clash,
    refuse_most,
    refuse_pair,
    together,
    together_for,
    whole,
)  # fmt: skip
from bazaar.meetings.models import Meeting, PairBlock


def cancel(fair: Fair, meeting: Meeting, by: str, reason: str, actor: uuid.UUID | None) -> None:
    """Either side calls a booked meeting or a request off. The time is free again, and so is the quota.

    by: jobseeker | exhibitor | organiser.
    """
    meeting = locked(Meeting, meeting.id)
    moment = clock.now()
    if rules.status_at(meeting.status, meeting.expires_at, moment) not in rules.OPEN:
        raise Refused(_("This meeting does not stand any more."))
    if meeting.ends_at is not None and meeting.ends_at <= moment:
        raise Refused(_("This meeting is over."))
    call_off(meeting, by, reason, actor)
    letters.cancelled(fair, whole(meeting), by)


def call_off(meeting: Meeting, by: str, reason: str, actor: uuid.UUID | None) -> None:
    given_up(meeting)
    meeting.status = "cancelled"
    meeting.ended_by = by
    meeting.reason = reason
    meeting.decided_at = clock.now()
    meeting.sequence += 1
    noted("cancel", meeting, actor, by=by)


def restore(fair: Fair, meeting: Meeting, by: str, actor: uuid.UUID) -> None:
    """Undo one's own cancellation, while the time is still free and nothing else came in between."""
    pair, meeting = together_for(fair, meeting)
    must_be(meeting, "cancelled")
    if meeting.ended_by != by:
        raise Refused(_("The other side has cancelled this meeting."))
    refuse_pair(pair)
    if meeting.slot_id is None:
        _restore_request(pair, meeting)
    else:
        _restore_booking(pair, meeting, meeting.slot_id)
    meeting.ended_by = meeting.reason = ""
    meeting.sequence += 1
    keep(pair, meeting)
    noted("restore", meeting, actor, by=by)
    if meeting.slot_id:
        letters.restored(fair, whole(meeting), by)


def _restore_request(pair: Pair, meeting: Meeting) -> None:
    if meeting.expires_at is None or meeting.expires_at <= pair.moment:
        raise Refused(_("The request has run out. Ask again."))
    if rules.too_many_requests(pair.pending, pair.limits):
        raise Refused(_("Too many of your requests wait for an answer."))
    meeting.status = "requested"


def _restore_booking(pair: Pair, meeting: Meeting, slot_id: uuid.UUID) -> None:
    slot = free_slot(pair, slot_id, only_open=False)
    if slot.starts_at <= pair.moment:
        raise Refused(_("This time has passed. Choose another."))
    refuse_most(pair)
    refuse_clash(pair, slot)
    meeting.status = "booked"


def block(
    fair: Fair, registration: Registration, exhibitor: Exhibitor, by: str, actor: uuid.UUID, reason: str = ""
) -> None:
    """Not this employer, or not this person: what stands between the two is called off, nothing new comes about."""
    pair = together(fair, registration.id, exhibitor.id)
    put_block(pair, by, actor)
    standing = pair.between
    if standing is not None:
        call_off(standing, by, reason, actor)
        letters.cancelled(fair, whole(standing), by)


def put_block(pair: Pair, by: str, actor: uuid.UUID) -> None:
    if queries.pair_block(pair.registration.id, pair.exhibitor.id) is None:
        said = PairBlock(
            fair_id=pair.fair.id, registration_id=pair.registration.id, exhibitor_id=pair.exhibitor.id, by=by
        )
        db.session.add(said)
        db.session.flush()
        note("block", "pair_block", said.id, fair_id=pair.fair.id, actor=actor, by=by)


def unblock(registration_id: uuid.UUID, exhibitor_id: uuid.UUID, by: str, actor: uuid.UUID) -> None:
    """Take one's own no back; the other side's stays."""
    said = queries.pair_block(registration_id, exhibitor_id)
    if said is None or said.by != by:
        raise Refused(_("There is nothing of yours to take back."))
    db.session.delete(said)
    note("unblock", "pair_block", said.id, fair_id=said.fair_id, actor=actor, by=by)


def call_off_all(
    fair: Fair,
    conditions: list[ColumnElement[bool]],
    by: str,
    reason: str,
    actor: uuid.UUID | None,
    *,
    tell: bool = True,
) -> int:
    meetings = queries.open_meetings_locked(fair, conditions, clock.now())
    for meeting in meetings:
        call_off(meeting, by, reason, actor)
        if tell:
            letters.cancelled(fair, whole(meeting), by)
    return len(meetings)


def expire(meeting: Meeting, moment: datetime) -> None:
    meeting.status = "expired"
    meeting.decided_at = moment
    noted("expire", meeting, None)
    ended = whole(meeting)
    letters.expired(ended.registration.fair, ended)


def expire_between(pair: Pair) -> None:
    """A request between the two that ran out must not stand in the way of a new one."""
    if not any(pair.ran_out(meeting) for meeting in pair.meetings):
        return
    for meeting in queries.expired_requests(pair.moment, pair.registration.id, pair.exhibitor.id):
        expire(meeting, pair.moment)
