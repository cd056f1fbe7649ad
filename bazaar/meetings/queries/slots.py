"""Finding slots: those that are free, and an exhibitor's own."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import is_open
from bazaar.jobseekers.models import Registration
from bazaar.meetings import rules
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.queries.busy import busy_times
from bazaar.meetings.queries.hours import limits_of, openings_of
from bazaar.meetings.queries.meetings import by_key
from bazaar.meetings.queries.stands import Stands, stands_of
from bazaar.meetings.rules import Time


def _standing_in(slot_id: Any) -> ColumnElement[bool]:
    return exists().where(Meeting.slot_id == slot_id, Meeting.status.in_(rules.STANDING))


def free_slots(
    exhibitor: Exhibitor, moment: datetime, *, until: datetime | None = None, also_kept: bool = False
) -> Sequence[Slot]:
    """Times nobody has, that start after `moment`; those kept for requests only with `also_kept`."""
    query = (
        select(Slot)
        .where(
            Slot.fair_id == exhibitor.fair_id,
            Slot.exhibitor_id == exhibitor.id,
            Slot.withdrawn_at.is_(None),
            Slot.starts_at > moment,
            ~_standing_in(Slot.id),
        )
        .options(joinedload(Slot.recruiter))
        .order_by(Slot.starts_at, Slot.table)
    )
    if not also_kept:
        query = query.where(Slot.is_open)
    if until is not None:
        query = query.where(Slot.starts_at <= until)
    return db.session.scalars(query).all()


def bookable_slots(
    fair: Fair,
    exhibitor: Exhibitor,
    moment: datetime,
    registration: Registration | None = None,
    *,
    besides: uuid.UUID | None = None,
) -> list[Slot]:
    """The times that may be booked right now, one of each start; for a jobseeker, those their day has room for.

    `besides` is a meeting of theirs that would be given up for it.
    """
    openings, limits = openings_of(fair), limits_of(fair)
    if not openings or not exhibitor.open_slots or not is_open(fair.id, "booking", moment):
        return []
    opens_at = openings[0].opens_at
    stands = stands_of(fair.id, [exhibitor.id])
    busy = busy_times(registration, besides=besides) if registration else []
    chosen: dict[datetime, Slot] = {}
    for slot in free_slots(exhibitor, moment):
        if rules.outside_window(opens_at, slot.starts_at, moment, limits) is None and not rules.first_clash(
            time_of(slot, stands), busy, limits
        ):
            chosen.setdefault(slot.starts_at, slot)
    return list(chosen.values())


def time_of(slot: Slot, stands: Stands) -> Time:
    """A slot as the rules see it: from, to, and in which hall."""
    stand = stands.at(slot.exhibitor_id, slot.starts_at)
    return Time(slot.starts_at, slot.ends_at, stand.hall_id if stand else None)


def slots_of(exhibitor: Exhibitor) -> Sequence[Slot]:
    """All its times, in order; the withdrawn ones are not there."""
    query = (
        select(Slot)
        .where(
            Slot.fair_id == exhibitor.fair_id, Slot.exhibitor_id == exhibitor.id, Slot.withdrawn_at.is_(None)
        )
        .options(joinedload(Slot.recruiter))
        .order_by(Slot.starts_at, Slot.table)
    )
    return db.session.scalars(query).all()


def withdrawn_slots(exhibitor: Exhibitor, slot_ids: Collection[uuid.UUID]) -> Sequence[Slot]:
    query = select(Slot).where(
        Slot.fair_id == exhibitor.fair_id,
        Slot.exhibitor_id == exhibitor.id,
        Slot.id.in_(slot_ids),
        Slot.withdrawn_at.is_not(None),
    )
    return db.session.scalars(query.order_by(Slot.starts_at)).all()


def slots_among(exhibitor: Exhibitor, slot_ids: Collection[uuid.UUID]) -> Sequence[Slot]:
    """Those of its standing times that were chosen."""
    return [slot for slot in slots_of(exhibitor) if slot.id in slot_ids]


def slot_of(exhibitor: Exhibitor, slot_id: uuid.UUID) -> Slot:
    """One of its times, also while taken."""
    slot = db.session.scalar(
        select(Slot)
        .where(
            Slot.id == slot_id,
            Slot.fair_id == exhibitor.fair_id,
            Slot.exhibitor_id == exhibitor.id,
            Slot.withdrawn_at.is_(None),
        )
        .options(joinedload(Slot.recruiter))
    )
    if slot is None:
        raise NotFound
    return slot


def meetings_in(slots: Collection[Slot]) -> dict[uuid.UUID, Meeting]:
    """What hangs on these slots: the meeting in each that has one."""
    query = (
        select(Meeting)
        .where(Meeting.slot_id.in_([slot.id for slot in slots]), Meeting.status.in_(rules.STANDING))
        .options(joinedload(Meeting.registration))
    )
    return {meeting.slot_id: meeting for meeting in db.session.scalars(query) if meeting.slot_id}


def overlapping_slots(exhibitor: Exhibitor, time: Time) -> Sequence[Slot]:
    """Its standing times that overlap this one, at any table."""
    query = select(Slot).where(
        Slot.fair_id == exhibitor.fair_id,
        Slot.exhibitor_id == exhibitor.id,
        Slot.withdrawn_at.is_(None),
        Slot.starts_at < time.ends_at,
        Slot.ends_at > time.starts_at,
    )
    return db.session.scalars(query).all()


def free_slot_counts(fair_id: uuid.UUID, moment: datetime) -> dict[uuid.UUID, int]:
    """How many open times each exhibitor of a fair still has; those with none are not there."""
    query = (
        select(Slot.exhibitor_id, func.count(Slot.id))
        .where(
            Slot.fair_id == fair_id,
            Slot.withdrawn_at.is_(None),
            Slot.is_open,
            Slot.starts_at > moment,
            ~_standing_in(Slot.id),
        )
        .group_by(Slot.exhibitor_id)
    )
    return by_key(query)
