"""Finding talks, who goes to them and who waits."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bazaar import web
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.i18n import local
from bazaar.ical import Happening
from bazaar.jobseekers.models import Registration
from bazaar.programme.models import Seat, Talk
from bazaar.programme.rules import GOING, STANDING, WAITING, Asked, Time, overlap
from bazaar.words import fold

# --- Talks ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attendance:
    """How many have a seat at a talk, and how many wait for one."""

    going: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Filters:
    kind: str = ""
    language: str = ""


def talks_of(fair_id: uuid.UUID, filters: Filters | None = None, *, cancelled: bool = True) -> Sequence[Talk]:
    """The talks of a fair by time and room."""
    query = select(Talk).where(Talk.fair_id == fair_id).order_by(Talk.starts_at, Talk.room, Talk.id)
    if not cancelled:
        query = query.where(Talk.cancelled_at.is_(None))
    if filters and filters.kind:
        query = query.where(Talk.kind == filters.kind)
    if filters and filters.language:
        query = query.where(Talk.language == filters.language)
    return db.session.scalars(query).all()


def talk_at(fair: Fair, talk_id: uuid.UUID) -> Talk:
    """One talk of this fair, also a cancelled one."""
    talk = db.session.scalar(select(Talk).where(Talk.fair_id == fair.id, Talk.id == talk_id))
    if talk is None:
        raise NotFound
    return talk


def attendance_of(fair_id: uuid.UUID, talk_id: uuid.UUID | None = None) -> dict[uuid.UUID, Attendance]:
    """How full each talk is; talks that nobody asked for are not there."""
    query = (
        select(Seat.talk_id, Seat.status, func.count())
        .where(Seat.fair_id == fair_id, Seat.status.in_(STANDING))
        .group_by(Seat.talk_id, Seat.status)
    )
    if talk_id is not None:
        query = query.where(Seat.talk_id == talk_id)
    found: dict[uuid.UUID, Attendance] = {}
    for key, status, number in db.session.execute(query):
        found[key] = replace(found.get(key, Attendance()), **{status: number})
    return found


def attendance_at(talk: Talk) -> Attendance:
    return attendance_of(talk.fair_id, talk.id).get(talk.id, Attendance())


def by_day(talks: Sequence[Talk], fair: Fair) -> dict[Any, list[Talk]]:
    """Talks by the day on the fair's clock."""
    days: dict[Any, list[Talk]] = {}
    for talk in talks:
        days.setdefault(local(talk.starts_at, fair).date(), []).append(talk)
    return days


def in_room_then(
    fair_id: uuid.UUID, room: str, time: Time, *, besides: uuid.UUID | None = None
) -> Talk | None:
    """The talk that has this room for any of this time. Rooms are told apart as people read them."""
    query = select(Talk).where(
        Talk.fair_id == fair_id,
        Talk.cancelled_at.is_(None),
        Talk.starts_at < time.ends_at,
        Talk.ends_at > time.starts_at,
    )
    if besides is not None:
        query = query.where(Talk.id != besides)
    return next((talk for talk in db.session.scalars(query) if fold(talk.room) == fold(room)), None)


def rooms_of(fair_id: uuid.UUID) -> Sequence[str]:
    """The rooms that talks are in so far, to choose from."""
    query = select(Talk.room).where(Talk.fair_id == fair_id).distinct().order_by(Talk.room)
    return db.session.scalars(query).all()


def outside_hours(fair: Fair, talks: Sequence[Talk]) -> set[uuid.UUID]:
    """Which of these talks lie outside the hours of the fair's days."""
    hours = {day.date: (day.opens, day.closes) for day in days_of(fair.id)}

    def inside(talk: Talk) -> bool:
        starts, ends = local(talk.starts_at, fair), local(talk.ends_at, fair)
        opens, closes = hours.get(starts.date(), (None, None))
        return bool(
            opens
            and closes
            and starts.date() == ends.date()
            and opens <= starts.time()
            and ends.time() <= closes
        )

    return {talk.id for talk in talks if talk.cancelled_at is None and not inside(talk)}


# --- Seats ----------------------------------------------------------------------------------------


def asked_of(talk_id: uuid.UUID) -> list[Asked]:
    """Everybody who has a seat or waits, as the rules take them."""
    query = select(Seat.id, Seat.status, Seat.asked_at).where(
        Seat.talk_id == talk_id, Seat.status.in_(STANDING)
    )
    return [Asked(*row) for row in db.session.execute(query)]


def seats_with(ids: Collection[uuid.UUID]) -> Sequence[Seat]:
    """These seats, each with whose they are."""
    query = select(Seat).where(Seat.id.in_(ids)).options(*_whose()).order_by(Seat.asked_at, Seat.id)
    return db.session.scalars(query).all()


def standing_seats(talk: Talk) -> Sequence[Seat]:
    """Those who go, then those who wait, each in the order in which they asked."""
    query = (
        select(Seat)
        .where(Seat.fair_id == talk.fair_id, Seat.talk_id == talk.id, Seat.status.in_(STANDING))
        .options(*_whose())
        .order_by(Seat.status, Seat.asked_at, Seat.id)
    )
    return db.session.scalars(query).all()


def _whose() -> list[Any]:
    registration = joinedload(Seat.registration)
    return [registration.joinedload(Registration.person), registration.joinedload(Registration.fair)]


def seat_in(talk: Talk, seat_id: uuid.UUID) -> Seat:
    """A seat of this talk."""
    seat = db.session.scalar(select(Seat).where(Seat.talk_id == talk.id, Seat.id == seat_id))
    if seat is None:
        raise NotFound
    return seat


def seat_at(talk_id: uuid.UUID, registration_id: uuid.UUID) -> Seat | None:
    """This jobseeker's seat at a talk, also one given up."""
    query = select(Seat).where(Seat.talk_id == talk_id, Seat.registration_id == registration_id)
    return db.session.scalar(query)


def seats_of(registration: Registration) -> Sequence[Seat]:
    """The talks a jobseeker goes to or waits for, by time, each with its talk. Cancelled talks are not there."""
    query = (
        select(Seat)
        .join(Seat.talk)
        .where(
            Seat.fair_id == registration.fair_id,
            Seat.registration_id == registration.id,
            Seat.status.in_(STANDING),
            Talk.cancelled_at.is_(None),
        )
        .options(joinedload(Seat.talk))
        .order_by(Talk.starts_at, Talk.id)
    )
    return db.session.scalars(query).all()


def seat_times(registration: Registration) -> list[tuple[str, datetime, datetime]]:
    """When this jobseeker has a seat somewhere: title, beginning and end. The waitlist takes nobody's time."""
    query = (
        select(Talk.title, Talk.starts_at, Talk.ends_at)
        .join(Seat, Seat.talk_id == Talk.id)
        .where(
            Seat.fair_id == registration.fair_id,
            Seat.registration_id == registration.id,
            Seat.status == GOING,
            Talk.cancelled_at.is_(None),
        )
        .order_by(Talk.starts_at)
    )
    return [(title, starts_at, ends_at) for title, starts_at, ends_at in db.session.execute(query)]


def at_the_same_time(registration: Registration, talk: Talk) -> list[Talk]:
    """The other talks this jobseeker goes to or waits for that overlap this one."""
    wanted = Time(talk.starts_at, talk.ends_at)
    others = (seat.talk for seat in seats_of(registration) if seat.talk_id != talk.id)
    return [other for other in others if overlap(wanted, Time(other.starts_at, other.ends_at))]


def place_in_line(seat: Seat) -> int:
    """How many stand before this one on the waitlist, and itself."""
    before = select(func.count()).where(
        Seat.talk_id == seat.talk_id, Seat.status == WAITING, Seat.asked_at < seat.asked_at
    )
    return (db.session.scalar(before) or 0) + 1


@dataclass(frozen=True)
class Participant:
    """One line of a talk's list: by alias where the identity is protected."""

    seat_id: uuid.UUID
    name: str
    protected: bool
    language: str
    status: str
    asked_at: datetime


def participants_of(talk: Talk) -> list[Participant]:
    """Everybody on a talk's list. Somebody who was erased stays as a line without a name."""
    return [
        Participant(
            seat.id,
            "" if seat.registration.person.erased_at else seat.registration.shown_name,
            seat.registration.protected,
            seat.registration.person.language,
            seat.status,
            seat.asked_at,
        )
        for seat in standing_seats(talk)
    ]


def for_export(talk: Talk) -> Iterator[Participant]:
    """The same without protected people: they stand in no file."""
    return (one for one in participants_of(talk) if not one.protected)


# --- Calendars ------------------------------------------------------------------------------------


def happening_of(talk: Talk, fair: Fair) -> Happening:
    """A talk as calendars take it: its UID never changes, every change raises its SEQUENCE."""
    place = ", ".join(part for part in (talk.room, fair.venue, fair.city) if part)
    url = web.address("programme.talk", slug=fair.slug, talk_id=talk.id)
    return Happening(
        uid=f"talk-{talk.id}@{urlsplit(url).netloc}",
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        title=talk.title,
        place=place,
        words="\n".join(part for part in (talk.speaker, talk.words) if part),
        url=url,
        sequence=talk.sequence,
        cancelled=talk.cancelled_at is not None,
    )


def events_of(fair_id: uuid.UUID) -> list[Happening]:
    """The fair's programme for its public calendar; what was cancelled is struck out there too."""
    fair = db.session.get_one(Fair, fair_id)
    return [happening_of(talk, fair) for talk in talks_of(fair_id)]


def own_events(registration: Registration) -> list[Happening]:
    """The talks at which this jobseeker has a seat."""
    return [
        happening_of(seat.talk, registration.fair) for seat in seats_of(registration) if seat.status == GOING
    ]
