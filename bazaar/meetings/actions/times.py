"""The times an exhibitor offers."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from bazaar import clock
from bazaar.db import db, locked
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import representatives_of
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import moment_words
from bazaar.journal.actions import note
from bazaar.meetings import queries, rules
from bazaar.meetings.actions.ending import call_off_all
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.rules import Time


def offer(
    fair: Fair,
    exhibitor: Exhibitor,
    tables: Iterable[int],
    times: Sequence[Time],
    *,
    is_open: bool,
    recruiter_id: uuid.UUID | None,
    actor: uuid.UUID,
) -> tuple[list[Slot], int]:
    """Offer these times at each of these tables; those that overlap a time already there are left out.

    Answers the new slots and how many were left out. Refused where a time lies outside the exhibitor's hours.
    """
    exhibitor = locked(Exhibitor, exhibitor.id)
    hours = [opening for _day, openings in queries.hours_of(fair, exhibitor.id) for opening in openings]
    outside = next((time for time in times if not rules.is_inside(time, hours)), None)
    if outside is not None:
        raise Refused(
            _("%(when)s is outside your hours at the fair.", when=moment_words(outside.starts_at, fair))
        )
    taken = [
        _Seat(slot.table, slot.recruiter_id, Time(slot.starts_at, slot.ends_at))
        for slot in queries.slots_of(exhibitor)
    ]
    offered = []
    wanted = [_Seat(table, recruiter_id, time) for table in tables for time in times]
    for seat in wanted:
        if not any(seat.collides(other) for other in taken):
            offered.append(_offer_one(exhibitor, seat, is_open=is_open))
            taken.append(seat)
    db.session.flush()
    note("offer", "exhibitor", exhibitor.id, fair_id=fair.id, actor=actor, slots=len(offered), open=is_open)
    return offered, len(wanted) - len(offered)


@dataclass(frozen=True)
class _Seat:
    """A table, who sits there if that is said, and a time."""

    table: int
    recruiter_id: uuid.UUID | None
    time: Time

    def collides(self, other: "_Seat") -> bool:
        """The same table, or the same recruiter, at overlapping times."""
        same = self.table == other.table or (
            self.recruiter_id is not None and self.recruiter_id == other.recruiter_id
        )
        return same and rules.overlap(self.time, other.time)


def _offer_one(exhibitor: Exhibitor, seat: _Seat, *, is_open: bool) -> Slot:
    """A new slot, or the one withdrawn there before."""
    slot = db.session.scalar(
        select(Slot).where(
            Slot.exhibitor_id == exhibitor.id, Slot.table == seat.table, Slot.starts_at == seat.time.starts_at
        )
    )
    if slot is None:
        slot = Slot(
            fair_id=exhibitor.fair_id,
            exhibitor_id=exhibitor.id,
            table=seat.table,
            starts_at=seat.time.starts_at,
        )
        db.session.add(slot)
    slot.ends_at = seat.time.ends_at
    slot.recruiter_id = seat.recruiter_id
    slot.is_open = is_open
    slot.withdrawn_at = None
    return slot


def open_slots(exhibitor: Exhibitor, slots: Sequence[Slot], actor: uuid.UUID, *, is_open: bool) -> None:
    """Let these times be booked directly, or keep them for requests. What is booked in them stands."""
    for slot in slots:
        slot.is_open = is_open
    verb = "open" if is_open else "keep"
    note(verb, "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=actor, slots=len(slots))


def seat(
    exhibitor: Exhibitor, slots: Sequence[Slot], recruiter_id: uuid.UUID | None, actor: uuid.UUID
) -> None:
    """Say who sits at these times. Nobody sits at two tables at once."""
    exhibitor = locked(Exhibitor, exhibitor.id)
    if recruiter_id is not None:
        if recruiter_id not in {each.person_id for each in representatives_of(exhibitor.organisation_id)}:
            raise NotFound
        chosen = {slot.id for slot in slots}
        theirs = [s for s in queries.slots_of(exhibitor) if s.recruiter_id == recruiter_id or s.id in chosen]
        seats = [_Seat(0, recruiter_id, Time(slot.starts_at, slot.ends_at)) for slot in theirs]
        if any(one.collides(other) for n, one in enumerate(seats) for other in seats[:n]):
            raise Refused(_("Your colleague would sit at two tables at once. Choose other times."))
    for slot in slots:
        slot.recruiter_id = recruiter_id
    note("seat", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=actor, slots=len(slots))


def withdraw_slots(
    fair: Fair, exhibitor: Exhibitor, slots: Sequence[Slot], reason: str, actor: uuid.UUID
) -> int:
    """These times are no longer offered. Meetings to come in them are called off, their jobseekers told."""
    locked(Exhibitor, exhibitor.id)
    ids = [slot.id for slot in slots]
    number = call_off_all(fair, [Meeting.slot_id.in_(ids)], "exhibitor", reason, actor)
    for slot in slots:
        slot.withdrawn_at = clock.now()
    note(
        "withdraw", "exhibitor", exhibitor.id, fair_id=fair.id, actor=actor, slots=len(slots), meetings=number
    )
    return number


def reopen_slots(exhibitor: Exhibitor, slot_ids: Collection[uuid.UUID], actor: uuid.UUID) -> int:
    """Undo a withdrawal, for those times that nothing has been put over since."""
    exhibitor = locked(Exhibitor, exhibitor.id)
    taken = [
        _Seat(s.table, s.recruiter_id, Time(s.starts_at, s.ends_at)) for s in queries.slots_of(exhibitor)
    ]
    back = 0
    for slot in queries.withdrawn_slots(exhibitor, slot_ids):
        wanted = _Seat(slot.table, slot.recruiter_id, Time(slot.starts_at, slot.ends_at))
        if not any(wanted.collides(other) for other in taken):
            slot.withdrawn_at = None
            back += 1
    note("offer", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=actor, slots=back)
    return back


def choose_ways(
    exhibitor: Exhibitor, *, open_slots: bool, by_request: bool, walk_up: bool, tables: int, actor: uuid.UUID
) -> None:
    """How this exhibitor meets people at the fair."""
    exhibitor.open_slots = open_slots
    exhibitor.by_request = by_request
    exhibitor.walk_up = walk_up
    exhibitor.tables = tables
    note("choose_ways", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=actor,
         open_slots=open_slots, by_request=by_request, walk_up=walk_up, tables=tables)  # fmt: skip
