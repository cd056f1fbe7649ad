"""The queue at a booth as it stands: who waits, who is called, how long it takes."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Badge, Registration
from bazaar.meetings.models import Meeting, PairBlock
from bazaar.meetings.queries import hours_of
from bazaar.meetings.rules import Time
from bazaar.queue import rules
from bazaar.queue.models import Place
from bazaar.queue.rules import Booth

NOW_TAKEN = ("booked", "held")  # of a meeting: somebody sits, or will sit, there


@dataclass(frozen=True)
class Turn:
    """Somebody who waits: how many are before them, and when it may be their turn (None: not before closing)."""

    place: Place
    before: int
    at: datetime | None
    elsewhere_until: datetime | None = None  # the meeting for which they are passed over now

    @property
    def is_near(self) -> bool:
        return self.before <= rules.NEAR


@dataclass(frozen=True)
class Line:
    """The queue at one booth at one moment."""

    fair: Fair
    exhibitor: Exhibitor
    moment: datetime
    closes_at: datetime | None  # None: the booth is not open now
    at_table: Sequence[Place]
    turns: Sequence[Turn]
    stands_still: bool
    booth: Booth | None = None
    busy: list[list[Time]] = field(default_factory=list)

    @property
    def away_until(self) -> datetime | None:
        """Until when nobody is at the booth, where that was said."""
        back_at = self.exhibitor.back_at
        return back_at if back_at and back_at > self.moment else None

    def turn_of(self, place_id: uuid.UUID) -> Turn | None:
        return next((turn for turn in self.turns if turn.place.id == place_id), None)

    def newcomer(self) -> tuple[int, datetime | None]:
        """How many would be before whoever joins now, and when it would be their turn."""
        if self.booth is None:
            return len(self.turns), None
        found = rules.turns([*self.busy, []], self.booth, self.moment)
        return rules.before(found, len(found) - 1), found[-1]


def line_at(fair: Fair, exhibitor: Exhibitor, moment: datetime) -> Line:
    """Who stands in the queue of this exhibitor, in order, and when each may expect to be called."""
    closes_at = closing_of(fair, exhibitor, moment)
    places = standing_at(exhibitor.id, moment)
    at_table = [place for place in places if place.status in rules.AT_TABLE]
    waiting = [place for place in places if place.status == "waiting"]
    if closes_at is None:
        turns = [Turn(place, n, None) for n, place in enumerate(waiting)]
        return Line(fair, exhibitor, moment, None, at_table, turns, stands_still=False)
    booth = _booth(fair, exhibitor, at_table, closes_at, moment)
    meetings = meetings_elsewhere({place.registration_id for place in waiting}, moment)
    busy = [meetings.get(place.registration_id, []) for place in waiting]
    found = rules.turns(busy, booth, moment)
    turns = [
        Turn(place, rules.before(found, n), found[n], _elsewhere_until(busy[n], booth.length, moment))
        for n, place in enumerate(waiting)
    ]
    call = timedelta(minutes=fair.call_minutes)
    still = bool(waiting) and rules.stands_still(_last_act(exhibitor, waiting, moment), booth, call, moment)
    return Line(fair, exhibitor, moment, closes_at, at_table, turns, still, booth, busy)


def closing_of(fair: Fair, exhibitor: Exhibitor, moment: datetime) -> datetime | None:
    """Until when this exhibitor is at its booth; None outside its hours."""
    hours = hours_of(fair, exhibitor.id)
    return next((until for _day, each in hours if (until := rules.open_until(each, moment))), None)


def _standing(moment: datetime) -> Select[Place]:
    blocked = exists().where(
        PairBlock.registration_id == Place.registration_id, PairBlock.exhibitor_id == Place.exhibitor_id
    )
    return select(Place).where(Place.status.in_(rules.STANDING), Place.until > moment, ~blocked)


def standing_at(exhibitor_id: uuid.UUID, moment: datetime, *, fresh: bool = False) -> Sequence[Place]:
    """Everybody in the queue of an exhibitor, in order; `fresh`: as they are now, for whoever holds the exhibitor."""
    query = (
        _standing(moment)
        .where(Place.exhibitor_id == exhibitor_id)
        .options(joinedload(Place.registration).joinedload(Registration.person))
        .order_by(Place.number)
    )
    return db.session.scalars(query, execution_options={"populate_existing": fresh}).all()


def standing_of(registration: Registration, moment: datetime) -> Sequence[Place]:
    """The queues somebody stands in, those that call first."""
    query = (
        _standing(moment)
        .where(Place.fair_id == registration.fair_id, Place.registration_id == registration.id)
        .options(joinedload(Place.exhibitor).joinedload(Exhibitor.organisation))
        .order_by(Place.called_at.is_(None), Place.joined_at, Place.id)
    )
    return db.session.scalars(query).all()


def lines_of(registration: Registration, moment: datetime) -> list[tuple[Place, Line]]:
    """The same, each with its queue."""
    fair = registration.fair
    return [(place, line_at(fair, place.exhibitor, moment)) for place in standing_of(registration, moment)]


def place_between(registration_id: uuid.UUID, exhibitor_id: uuid.UUID, moment: datetime) -> Place | None:
    """Where somebody stands in an exhibitor's queue."""
    query = _standing(moment).where(
        Place.registration_id == registration_id, Place.exhibitor_id == exhibitor_id
    )
    return db.session.scalar(query)


def place_at(exhibitor: Exhibitor, place_id: uuid.UUID) -> Place:
    """A place in this exhibitor's queue, whatever became of it."""
    place = db.session.scalar(
        select(Place)
        .where(Place.id == place_id, Place.fair_id == exhibitor.fair_id, Place.exhibitor_id == exhibitor.id)
        .options(joinedload(Place.registration))
    )
    if place is None:
        raise NotFound
    return place


def last_place(registration: Registration, exhibitor: Exhibitor) -> Place | None:
    """The place somebody had last in an exhibitor's queue."""
    query = (
        select(Place)
        .where(Place.registration_id == registration.id, Place.exhibitor_id == exhibitor.id)
        .order_by(Place.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def next_number(exhibitor_id: uuid.UUID) -> int:
    """Ask for it with the exhibitor locked."""
    return (
        db.session.scalar(select(func.max(Place.number)).where(Place.exhibitor_id == exhibitor_id)) or 0
    ) + 1


# --- What the rules want to know ------------------------------------------------------------


def meetings_elsewhere(
    registration_ids: Collection[uuid.UUID], moment: datetime
) -> dict[uuid.UUID, list[Time]]:
    """The booked meetings that run or are still to come, of each of these people."""
    query = select(Meeting.registration_id, Meeting.starts_at, Meeting.ends_at).where(
        Meeting.registration_id.in_(registration_ids), Meeting.status.in_(NOW_TAKEN), Meeting.ends_at > moment
    )
    found: dict[uuid.UUID, list[Time]] = {}
    for registration_id, starts_at, ends_at in db.session.execute(query) if registration_ids else ():
        if starts_at and ends_at:
            found.setdefault(registration_id, []).append(Time(starts_at, ends_at))
    return found


def _elsewhere_until(busy: Sequence[Time], length: timedelta, moment: datetime) -> datetime | None:
    in_the_way = [time for time in busy if not rules.may_come([time], Time(moment, moment + length))]
    return max((time.ends_at for time in in_the_way), default=None)


def _booth(
    fair: Fair, exhibitor: Exhibitor, at_table: Sequence[Place], closes_at: datetime, moment: datetime
) -> Booth:
    length = length_at(fair, exhibitor)
    talks = [
        Time(began, max(began + length, moment + rules.MINUTE))
        for began in (place.here_at or place.called_at or moment for place in at_table)
    ]
    booked = select(Meeting.starts_at, Meeting.ends_at).where(
        Meeting.exhibitor_id == exhibitor.id, Meeting.status.in_(NOW_TAKEN), Meeting.ends_at > moment,
        Meeting.starts_at < closes_at,
    )  # fmt: skip
    meetings = [Time(starts, ends) for starts, ends in db.session.execute(booked) if starts and ends]
    return Booth(exhibitor.tables, length, closes_at, exhibitor.back_at, [*talks, *meetings])


def length_at(fair: Fair, exhibitor: Exhibitor) -> timedelta:
    """How long a conversation from the queue takes at this booth."""
    query = (
        select(Place.here_at, Place.ended_at)
        .where(Place.exhibitor_id == exhibitor.id, Place.status == "met", Place.here_at.is_not(None))
        .order_by(Place.ended_at.desc())
        .limit(rules.RECENT)
    )
    lengths = [ended - began for began, ended in db.session.execute(query) if began and ended]
    return rules.typical_length(lengths, timedelta(minutes=fair.slot_minutes))


def _last_act(exhibitor: Exhibitor, waiting: Sequence[Place], moment: datetime) -> datetime:
    """When the queue last moved, or could not: since then nothing is known."""
    acts = db.session.execute(
        select(func.max(Place.called_at), func.max(Place.ended_at)).where(
            Place.exhibitor_id == exhibitor.id, Place.status != "left"
        )
    ).one()
    last_meeting = select(func.max(Meeting.ends_at)).where(
        Meeting.exhibitor_id == exhibitor.id, Meeting.status.in_(NOW_TAKEN), Meeting.ends_at <= moment
    )
    back_at = exhibitor.back_at if exhibitor.back_at and exhibitor.back_at <= moment else None
    known = [*acts, db.session.scalar(last_meeting), back_at, min(place.joined_at for place in waiting)]
    return max(at for at in known if at is not None)


def missed_meetings(exhibitor: Exhibitor, since: datetime, until: datetime) -> Sequence[Meeting]:
    """Booked meetings that began between these moments, of which nobody has said what became."""
    query = (
        select(Meeting)
        .where(
            Meeting.fair_id == exhibitor.fair_id, Meeting.exhibitor_id == exhibitor.id, Meeting.status == "booked",
            Meeting.starts_at >= since, Meeting.starts_at < until,
        )
        .options(joinedload(Meeting.registration))
        .order_by(Meeting.starts_at, Meeting.id)
    )  # fmt: skip
    return db.session.scalars(query).all()


def code_endings(registration_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The last four characters of each one's badge code: what a booth calls those whose name it does not see."""
    query = select(Badge.registration_id, Badge.code).where(
        Badge.registration_id.in_(registration_ids), Badge.voided_at.is_(None)
    )
    return {key: code[-4:] for key, code in db.session.execute(query) if key is not None}
