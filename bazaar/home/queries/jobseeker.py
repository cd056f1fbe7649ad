"""The jobseeker's day: meetings and talks in the order of time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bazaar.booths.models import Booth, BoothBooking
from bazaar.checkin.models import Scan
from bazaar.checkin.queries import COUNTS
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import stands_of
from bazaar.meetings.queries.stands import Stand
from bazaar.programme.models import Seat, Talk
from bazaar.queue.models import Place
from bazaar.queue.queries import Line, Turn, lines_of


@dataclass(frozen=True)
class Appointment:
    """One row of a jobseeker's day: a meeting or a talk."""

    kind: str  # meeting | talk
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str  # a booth number, or a room
    id: uuid.UUID
    exhibitor_id: uuid.UUID | None = None
    hall: str = ""


def appointments(registration: Registration) -> list[Appointment]:
    """Booked and held meetings and talks, in the order of time."""
    meetings = db.session.scalars(
        select(Meeting)
        .where(
            Meeting.fair_id == registration.fair_id, Meeting.registration_id == registration.id,
            Meeting.status.in_(("booked", "held")), Meeting.starts_at.is_not(None),
        )
        .options(joinedload(Meeting.exhibitor).joinedload(Exhibitor.organisation))
    ).all()  # fmt: skip
    stands = _booths_at(registration.fair_id, [m.exhibitor_id for m in meetings])
    rows = []
    for m in meetings:
        if m.starts_at and m.ends_at:
            number, hall = _booth_at(stands.get(m.exhibitor_id, []), m.starts_at)
            name = m.exhibitor.organisation.name
            rows.append(
                Appointment("meeting", m.starts_at, m.ends_at, name, number, m.id, m.exhibitor_id, hall)
            )
    talks = db.session.scalars(
        select(Talk)
        .join(Seat, Seat.talk_id == Talk.id)
        .where(
            Talk.fair_id == registration.fair_id, Seat.registration_id == registration.id, Seat.status == "going",
            Talk.cancelled_at.is_(None),
        )
    ).all()  # fmt: skip
    rows += [Appointment("talk", t.starts_at, t.ends_at, t.title, t.room, t.id) for t in talks]
    return sorted(rows, key=lambda row: row.starts_at)


@dataclass(frozen=True)
class Queueing:
    """A queue that a jobseeker stands in."""

    place: Place
    line: Line
    turn: Turn | None  # none once they are called
    stand: Stand | None


def queueing(registration: Registration, moment: datetime) -> list[Queueing]:
    """The queues this jobseeker stands in; the one that calls is first."""
    lines = lines_of(registration, moment)
    if not lines:
        return []
    stands = stands_of(registration.fair_id, {place.exhibitor_id for place, _line in lines})
    return [
        Queueing(place, line, line.turn_of(place.id), stands.next(place.exhibitor_id, moment))
        for place, line in lines
    ]


def _booths_at(
    fair_id: uuid.UUID, exhibitors: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[datetime, datetime, int, str]]]:
    rows = db.session.scalars(
        select(BoothBooking)
        .where(
            BoothBooking.fair_id == fair_id, BoothBooking.exhibitor_id.in_(exhibitors),
            BoothBooking.held_until.is_(None),
        )
        .options(joinedload(BoothBooking.block), joinedload(BoothBooking.booth).joinedload(Booth.hall))
    ).all()  # fmt: skip
    found: dict[uuid.UUID, list[tuple[datetime, datetime, int, str]]] = {}
    for row in rows:
        stay = (row.block.starts_at, row.block.ends_at, row.booth.number, row.booth.hall.name)
        found.setdefault(row.exhibitor_id, []).append(stay)
    return found


def _booth_at(stays: list[tuple[datetime, datetime, int, str]], at: datetime) -> tuple[str, str]:
    """The booth's number and hall at a moment, or two empty words."""
    for starts, ends, number, hall in stays:
        if starts <= at < ends:
            return str(number), hall
    return "", ""


def met_count(registration: Registration) -> int:
    """How many employers a jobseeker has met: a meeting held, or a scan at a booth."""
    held = select(Meeting.exhibitor_id).where(
        Meeting.fair_id == registration.fair_id,
        Meeting.registration_id == registration.id,
        Meeting.status == "held",
    )
    scanned = select(Scan.exhibitor_id).where(
        Scan.fair_id == registration.fair_id, Scan.registration_id == registration.id,
        Scan.kind.in_(("booth", "meeting")), COUNTS,
    )  # fmt: skip
    return db.session.scalar(select(func.count()).select_from(held.union(scanned).subquery())) or 0
