"""Finding slots and meetings, and what the rules want to know of them."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from bazaar import clock
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Representative
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import days_of, is_open, phase_of
from bazaar.i18n import local, moment_of
from bazaar.ical import Happening
from bazaar.jobseekers.models import Registration
from bazaar.meetings import rules
from bazaar.meetings.models import Feed, Meeting, PairBlock, Slot
from bazaar.meetings.rules import Limits, Opening, Time
from bazaar.people.models import Contact, Person
from bazaar.programme.queries import own_events, seat_times
from bazaar.words import hashed

K = TypeVar("K")

# --- What the rules want to know ------------------------------------------------------------


def limits_of(fair: Fair) -> Limits:
    """The fair's settings, as the rules take them."""
    return Limits(
        gap=timedelta(minutes=fair.gap_minutes),
        walk=timedelta(minutes=fair.walk_minutes),
        opens_before=timedelta(days=fair.booking_opens_days),
        closes_before=timedelta(minutes=fair.booking_closes_minutes),
        request_life=timedelta(hours=fair.request_hours),
        request_life_on_day=timedelta(minutes=fair.request_minutes_on_day),
        max_pending=fair.max_pending,
        max_meetings=fair.max_meetings,
        start_window=timedelta(minutes=fair.start_window_minutes),
    )


def openings_of(fair: Fair) -> list[Opening]:
    """The fair's own hours, day by day."""
    return [_opening(day, fair) for day in days_of(fair.id)]


def _opening(day: FairDay, fair: Fair) -> Opening:
    return Opening(moment_of(day.date, day.opens, fair), moment_of(day.date, day.closes, fair))


def hours_of(fair: Fair, exhibitor_id: uuid.UUID) -> list[tuple[FairDay, list[Opening]]]:
    """When this exhibitor may be met: its blocks at a booth, or the whole day while it has none that day."""
    days = db.session.scalars(
        select(FairDay)
        .join(ExhibitorDay, ExhibitorDay.fair_day_id == FairDay.id)
        .where(FairDay.fair_id == fair.id, ExhibitorDay.exhibitor_id == exhibitor_id)
        .order_by(FairDay.date)
    ).all()
    blocks = db.session.execute(
        select(Block.fair_day_id, Block.starts_at, Block.ends_at)
        .join(BoothBooking, BoothBooking.block_id == Block.id)
        .where(
            BoothBooking.fair_id == fair.id,
            BoothBooking.exhibitor_id == exhibitor_id,
            BoothBooking.held_until.is_(None),
        )
        .order_by(Block.starts_at)
    ).all()
    at_booth = {
        day.id: [Opening(starts, ends) for day_id, starts, ends in blocks if day_id == day.id] for day in days
    }
    return [(day, at_booth[day.id] or [_opening(day, fair)]) for day in days]


def is_fair_day(fair: Fair, moment: datetime) -> bool:
    return local(moment, fair).date() in {day.date for day in days_of(fair.id)}


@dataclass(frozen=True)
class Closed:
    """Meetings cannot be booked now; `opens_at` says from when they can, where that is still to come."""

    opens_at: datetime | None


def closed_until(fair: Fair, moment: datetime) -> Closed | None:
    """None while meetings may be booked and asked for."""
    openings, phase = openings_of(fair), phase_of(fair.id, "booking")
    if not openings or phase is None:
        return Closed(None)
    opens_at = max(rules.booking_opens_at(openings[0].opens_at, limits_of(fair)), phase.opens_at)
    if moment < opens_at:
        return Closed(opens_at)
    return Closed(None) if moment >= min(phase.closes_at, openings[-1].closes_at) else None


# --- Where an exhibitor stands --------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """An exhibitor's booth during one block."""

    exhibitor_id: uuid.UUID
    number: int
    hall_id: uuid.UUID
    hall: str
    starts_at: datetime
    ends_at: datetime


class Stands:
    """The booths of some exhibitors: where each stands at a moment."""

    def __init__(self, stands: Iterable[Stand]) -> None:
        self._of: dict[uuid.UUID, list[Stand]] = {}
        for stand in stands:
            self._of.setdefault(stand.exhibitor_id, []).append(stand)

    def at(self, exhibitor_id: uuid.UUID, moment: datetime) -> Stand | None:
        """Its booth then; None while it has none."""
        return next(
            (stand for stand in self._of.get(exhibitor_id, ()) if stand.starts_at <= moment < stand.ends_at),
            None,
        )

    def next(self, exhibitor_id: uuid.UUID, moment: datetime) -> Stand | None:
        """Its booth then, or the first one after; failing that its last."""
        all_of_it = self._of.get(exhibitor_id, [])
        coming = (stand for stand in all_of_it if stand.ends_at > moment)
        return next(coming, all_of_it[-1] if all_of_it else None)


def stands_of(fair_id: uuid.UUID, exhibitor_ids: Collection[uuid.UUID]) -> Stands:
    query = (
        select(BoothBooking.exhibitor_id, Booth.number, Hall.id, Hall.name, Block.starts_at, Block.ends_at)
        .join(Booth, Booth.id == BoothBooking.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .join(Block, Block.id == BoothBooking.block_id)
        .where(
            BoothBooking.fair_id == fair_id,
            BoothBooking.exhibitor_id.in_(exhibitor_ids),
            BoothBooking.held_until.is_(None),
        )
        .order_by(Block.starts_at, Booth.number)
    )
    return Stands(Stand(*row) for row in db.session.execute(query))


# --- Exhibitors and where people are reached ------------------------------------------------------------


def exhibitor_at(fair: Fair, exhibitor_id: uuid.UUID) -> Exhibitor:
    """An approved exhibitor of this fair, with fair and organisation: anybody's to see, once the fair shows them."""
    if fair.results_visible_from is not None and fair.results_visible_from > clock.now():
        raise NotFound
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == exhibitor_id, Exhibitor.fair_id == fair.id, Exhibitor.status == "approved")
        .options(joinedload(Exhibitor.organisation), joinedload(Exhibitor.fair))
    )
    if exhibitor is None:
        raise NotFound
    return exhibitor


def reached_at(person_id: uuid.UUID) -> Contact | None:
    """Where a letter finds somebody: a verified address, e-mail before phone."""
    query = (
        select(Contact)
        .where(Contact.person_id == person_id, Contact.verified_at.is_not(None))
        .order_by(Contact.kind, Contact.id)
    )
    return db.session.scalars(query).first()


# --- Slots ----------------------------------------------------------------------------------


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


# --- Meetings -------------------------------------------------------------------------------


def _with_everything() -> Select[Meeting]:
    return select(Meeting).options(
        joinedload(Meeting.exhibitor).joinedload(Exhibitor.organisation),
        joinedload(Meeting.registration).joinedload(Registration.person),
        joinedload(Meeting.slot).joinedload(Slot.recruiter),
        joinedload(Meeting.vacancy),
    )


def meeting_of(registration: Registration, meeting_id: uuid.UUID) -> Meeting:
    """One of this jobseeker's own meetings."""
    return _or_not_found(
        _with_everything().where(
            Meeting.id == meeting_id,
            Meeting.fair_id == registration.fair_id,
            Meeting.registration_id == registration.id,
        )
    )


def exhibitors_meeting(exhibitor: Exhibitor, meeting_id: uuid.UUID) -> Meeting:
    """One of this exhibitor's meetings."""
    return _or_not_found(
        _with_everything().where(
            Meeting.id == meeting_id,
            Meeting.fair_id == exhibitor.fair_id,
            Meeting.exhibitor_id == exhibitor.id,
        )
    )


def _or_not_found(query: Select[Meeting]) -> Meeting:
    meeting = db.session.scalar(query)
    if meeting is None:
        raise NotFound
    return meeting


def meetings_of(registration: Registration) -> Sequence[Meeting]:
    """All meetings of a jobseeker at this fair, requests too: by time, those without one last."""
    query = (
        _with_everything()
        .where(Meeting.fair_id == registration.fair_id, Meeting.registration_id == registration.id)
        .order_by(Meeting.starts_at.is_(None), Meeting.starts_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def meetings_of_exhibitor(exhibitor_id: uuid.UUID) -> Sequence[Meeting]:
    """All meetings of an exhibitor, requests too: by time, those without one last."""
    query = (
        _with_everything()
        .where(Meeting.exhibitor_id == exhibitor_id)
        .order_by(Meeting.starts_at.is_(None), Meeting.starts_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def next_meeting(registration: Registration, moment: datetime) -> Meeting | None:
    """The booked meeting that runs or comes next."""
    query = (
        _with_everything()
        .where(
            Meeting.fair_id == registration.fair_id,
            Meeting.registration_id == registration.id,
            Meeting.status == "booked",
            Meeting.ends_at > moment,
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return db.session.scalar(query)


def is_pending(moment: datetime) -> ColumnElement[bool]:
    """A request that still waits for its answer."""
    return and_(Meeting.status == "requested", or_(Meeting.expires_at.is_(None), Meeting.expires_at > moment))


def requests_to(exhibitor_id: uuid.UUID, moment: datetime) -> Sequence[Meeting]:
    """The requests an exhibitor has still to answer, the most pressing first."""
    query = (
        _with_everything()
        .where(Meeting.exhibitor_id == exhibitor_id, is_pending(moment))
        .order_by(Meeting.expires_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def open_meeting(registration_id: uuid.UUID, exhibitor_id: uuid.UUID, moment: datetime) -> Meeting | None:
    """The request or booking that stands between these two."""
    query = select(Meeting).where(
        Meeting.registration_id == registration_id,
        Meeting.exhibitor_id == exhibitor_id,
        or_(Meeting.status == "booked", is_pending(moment)),
    )
    return db.session.scalar(query)


def has_open_meeting(registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> bool:
    """Whether a request or booking stands in the table between these two, run out or not."""
    return bool(
        _count(
            Meeting.registration_id == registration_id,
            Meeting.exhibitor_id == exhibitor_id,
            Meeting.status.in_(rules.OPEN),
        )
    )


def expired_requests(
    moment: datetime, registration_id: uuid.UUID | None = None, exhibitor_id: uuid.UUID | None = None
) -> Sequence[Meeting]:
    """Requests that ran out and are not yet marked so: at any fair, or between these two. Locked."""
    query = select(Meeting).where(Meeting.status == "requested", Meeting.expires_at <= moment)
    if registration_id is not None:
        query = query.where(Meeting.registration_id == registration_id, Meeting.exhibitor_id == exhibitor_id)
    # Those that somebody is answering this very moment are left for the next time.
    query = query.order_by(Meeting.id).with_for_update(skip_locked=True)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def has_expired_requests(moment: datetime) -> bool:
    """Whether any request ran out and is not yet marked so."""
    ran_out = exists().where(Meeting.status == "requested", Meeting.expires_at <= moment)
    return bool(db.session.scalar(select(ran_out)))


def open_meetings_locked(
    fair: Fair, conditions: Iterable[ColumnElement[bool]], moment: datetime
) -> Sequence[Meeting]:
    """Bookings to come and requests of a fair, locked, always in the same order."""
    query = (
        select(Meeting)
        .where(
            Meeting.fair_id == fair.id,
            Meeting.status.in_(rules.OPEN),
            or_(Meeting.ends_at.is_(None), Meeting.ends_at > moment),
            *conditions,
        )
        .order_by(Meeting.id)
        .with_for_update()
    )
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def on_days(
    exhibitor: Exhibitor, days: Collection[uuid.UUID], moment: datetime
) -> tuple[list[Meeting], list[Slot]]:
    """An exhibitor's bookings to come and its times, on these days of the fair."""
    fair = db.session.get_one(Fair, exhibitor.fair_id)
    dates = {day.date for day in days_of(fair.id) if day.id in days}
    query = select(Meeting).where(
        Meeting.fair_id == fair.id,
        Meeting.exhibitor_id == exhibitor.id,
        Meeting.status == "booked",
        Meeting.ends_at > moment,
    )
    booked = [
        m for m in db.session.scalars(query) if m.starts_at and local(m.starts_at, fair).date() in dates
    ]
    offered = select(Slot).where(
        Slot.fair_id == fair.id,
        Slot.exhibitor_id == exhibitor.id,
        Slot.withdrawn_at.is_(None),
        Slot.ends_at > moment,
    )
    times = [slot for slot in db.session.scalars(offered) if local(slot.starts_at, fair).date() in dates]
    return booked, times


def bookings_between(fair: Fair, begins: datetime, ends: datetime) -> Sequence[Meeting]:
    """Bookings that begin from the one moment on, before the other."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.fair_id == fair.id, Meeting.status == "booked")
        .where(Meeting.starts_at >= begins, Meeting.starts_at < ends)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def slots_between(fair: Fair, begins: datetime, ends: datetime) -> Sequence[Slot]:
    """Times of all exhibitors that begin from the one moment on, before the other; withdrawn ones too."""
    return db.session.scalars(
        select(Slot)
        .where(Slot.fair_id == fair.id, Slot.starts_at >= begins, Slot.starts_at < ends)
        .order_by(Slot.starts_at, Slot.id)
    ).all()


def meetings_outside_hours(fair: Fair, moment: datetime) -> Sequence[Meeting]:
    """Bookings to come that do not fit the hours their exhibitor has at the fair now."""
    query = select(Meeting).where(
        Meeting.fair_id == fair.id, Meeting.status == "booked", Meeting.starts_at > moment
    )
    meetings = db.session.scalars(query.order_by(Meeting.id)).all()
    hours = _all_hours(fair, {meeting.exhibitor_id for meeting in meetings})
    return [
        meeting
        for meeting in meetings
        if meeting.starts_at
        and meeting.ends_at
        and not rules.is_inside(Time(meeting.starts_at, meeting.ends_at), hours[meeting.exhibitor_id])
    ]


def slots_outside_hours(fair: Fair, moment: datetime) -> Sequence[Slot]:
    """Times to come that do not fit the hours their exhibitor has at the fair now."""
    query = select(Slot).where(Slot.fair_id == fair.id, Slot.withdrawn_at.is_(None), Slot.starts_at > moment)
    slots = db.session.scalars(query.order_by(Slot.id)).all()
    hours = _all_hours(fair, {slot.exhibitor_id for slot in slots})
    return [
        slot
        for slot in slots
        if not rules.is_inside(Time(slot.starts_at, slot.ends_at), hours[slot.exhibitor_id])
    ]


def _all_hours(fair: Fair, exhibitor_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Opening]]:
    return {
        exhibitor_id: [opening for _day, openings in hours_of(fair, exhibitor_id) for opening in openings]
        for exhibitor_id in exhibitor_ids
    }


def whole_meeting(meeting_id: uuid.UUID) -> Meeting:
    """A meeting just changed, with everybody in it and its fair."""
    query = (
        _with_everything()
        .options(joinedload(Meeting.registration).joinedload(Registration.fair))
        .where(Meeting.id == meeting_id)
    )
    return db.session.scalars(query).one()


def meeting_around(
    registration_id: uuid.UUID, exhibitor_id: uuid.UUID, moment: datetime, limits: Limits
) -> Meeting | None:
    """The meeting between these two within whose start window or time a moment falls."""
    query = (
        select(Meeting)
        .where(
            Meeting.registration_id == registration_id,
            Meeting.exhibitor_id == exhibitor_id,
            Meeting.status.in_(rules.STANDING),
        )
        .order_by(Meeting.starts_at)
    )
    for meeting in db.session.scalars(query):
        if (
            meeting.starts_at
            and meeting.ends_at
            and rules.is_around(meeting.starts_at, meeting.ends_at, moment, limits)
        ):
            return meeting
    return None


def standing_of(registration: Registration) -> Sequence[Meeting]:
    """A jobseeker's meetings at this fair that stand or wait for an answer, as they are now: what booking looks at."""
    query = select(Meeting).where(
        Meeting.fair_id == registration.fair_id,
        Meeting.registration_id == registration.id,
        Meeting.status.in_({*rules.OPEN, *rules.STANDING}),
    )
    return db.session.scalars(query.order_by(Meeting.id), execution_options={"populate_existing": True}).all()


def busy_times(registration: Registration, *, besides: uuid.UUID | None = None) -> list[Time]:
    """When a jobseeker is taken, by any employer of the fair or a seat at a talk; `besides` leaves one meeting out."""
    return meeting_times(registration, besides=besides) + seats_taken(registration)


def seats_taken(registration: Registration) -> list[Time]:
    return [Time(starts_at, ends_at, talk=title) for title, starts_at, ends_at in seat_times(registration)]


def meeting_times(registration: Registration, *, besides: uuid.UUID | None = None) -> list[Time]:
    """When a jobseeker has meetings, over all employers of the fair."""
    query = select(Meeting).where(
        Meeting.fair_id == registration.fair_id,
        Meeting.registration_id == registration.id,
        Meeting.status.in_(rules.STANDING),
    )
    meetings = [meeting for meeting in db.session.scalars(query) if meeting.id != besides]
    exhibitors = {meeting.exhibitor_id for meeting in meetings}
    return times_of(meetings, stands_of(registration.fair_id, exhibitors) if meetings else Stands([]))


def times_of(meetings: Iterable[Meeting], stands: Stands) -> list[Time]:
    """When these meetings are, each in the hall where its exhibitor stands then."""
    times = []
    for meeting in meetings:
        if meeting.starts_at and meeting.ends_at:
            stand = stands.at(meeting.exhibitor_id, meeting.starts_at)
            times.append(Time(meeting.starts_at, meeting.ends_at, stand.hall_id if stand else None))
    return times


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Meeting.id)).where(*conditions)) or 0


def _by_key(query: Select[K, int]) -> dict[K, int]:
    return {key: number for key, number in db.session.execute(query)}  # noqa: C416 - rows are not pairs to mypy


def counts_of(fair_id: uuid.UUID, moment: datetime, exhibitor_id: uuid.UUID | None = None) -> dict[str, int]:
    """How many meetings there are of each status: at the fair, or at one exhibitor."""
    tally = select(Meeting.status, func.count(Meeting.id)).where(Meeting.fair_id == fair_id)
    ran_out = [Meeting.fair_id == fair_id, Meeting.status == "requested", ~is_pending(moment)]
    if exhibitor_id is not None:
        tally = tally.where(Meeting.exhibitor_id == exhibitor_id)
        ran_out.append(Meeting.exhibitor_id == exhibitor_id)
    counts = _by_key(tally.group_by(Meeting.status))
    late = _count(*ran_out)
    if late:
        counts["requested"] -= late
        counts["expired"] = counts.get("expired", 0) + late
    return counts


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
    return _by_key(query)


# --- Pairs, talks and calendars -------------------------------------------------------------


def pair_block(registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> PairBlock | None:
    return db.session.scalar(
        select(PairBlock).where(
            PairBlock.registration_id == registration_id, PairBlock.exhibitor_id == exhibitor_id
        )
    )


def blocked_by(exhibitor: Exhibitor) -> Sequence[PairBlock]:
    """The people whose requests an exhibitor does not take."""
    query = (
        select(PairBlock)
        .where(
            PairBlock.fair_id == exhibitor.fair_id,
            PairBlock.exhibitor_id == exhibitor.id,
            PairBlock.by == "exhibitor",
        )
        .options(joinedload(PairBlock.registration))
        .order_by(PairBlock.at)
    )
    return db.session.scalars(query).all()


def standing_feed(
    fair_id: uuid.UUID, person_id: uuid.UUID, kind: str, exhibitor_id: uuid.UUID | None = None
) -> Feed | None:
    """The calendar address of this kind that works now."""
    query = select(Feed).where(
        Feed.fair_id == fair_id,
        Feed.person_id == person_id,
        Feed.kind == kind,
        Feed.exhibitor_id.is_(None) if exhibitor_id is None else Feed.exhibitor_id == exhibitor_id,
        Feed.ended_at.is_(None),
    )
    return db.session.scalars(query).first()


@dataclass(frozen=True)
class Subscription:
    """What a secret calendar address leads to."""

    feed: Feed
    fair: Fair
    person: Person
    meetings: Sequence[Meeting]
    talks: Sequence[Happening]


def subscription(token: str) -> Subscription:
    """What stands behind a calendar address, while its owner still is who they were."""
    row = db.session.execute(
        select(Feed, Fair, Person)
        .join(Fair, Fair.id == Feed.fair_id)
        .join(Person, Person.id == Feed.person_id)
        .where(Feed.token_hash == hashed(token), Feed.ended_at.is_(None))
    ).first()
    if row is None:
        raise NotFound
    feed, fair, person = row
    if feed.exhibitor_id is None:
        return _jobseekers_calendar(feed, fair, person)
    return _exhibitors_calendar(feed, fair, person)


def _jobseekers_calendar(feed: Feed, fair: Fair, person: Person) -> Subscription:
    registration = db.session.scalar(
        select(Registration)
        .where(
            Registration.fair_id == fair.id,
            Registration.person_id == person.id,
            Registration.status == "registered",
        )
        .options(joinedload(Registration.fair))
    )
    if registration is None:
        raise NotFound
    booked = [meeting for meeting in meetings_of(registration) if meeting.status in rules.STANDING]
    return Subscription(feed, fair, person, booked, own_events(registration))


def _exhibitors_calendar(feed: Feed, fair: Fair, person: Person) -> Subscription:
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .join(Representative, Representative.organisation_id == Exhibitor.organisation_id)
        .where(
            Exhibitor.id == feed.exhibitor_id,
            Exhibitor.status == "approved",
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
        )
    )
    if exhibitor is None:
        raise NotFound
    booked = [meeting for meeting in meetings_of_exhibitor(exhibitor.id) if meeting.status in rules.STANDING]
    if feed.kind == "recruiter":
        booked = [meeting for meeting in booked if meeting.slot and meeting.slot.recruiter_id == person.id]
    return Subscription(feed, fair, person, booked, [])
