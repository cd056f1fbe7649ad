"""What the desk looks up: people by code or name, when they came, and what stands against joining two."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bazaar.checkin.models import Scan
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import (
    STANDING,
    all_ids_of,
    badge_of,
    holds_office,
    languages_of,
    likely_same,
    registration_behind,
    wanted_work,
)
from bazaar.jobseekers.rules import normal_code, shown_code
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import limits_of, meetings_of, stands_of
from bazaar.meetings.rules import OPEN, Time, too_close
from bazaar.meetings.rules import STANDING as MEETINGS_STANDING
from bazaar.people.queries import contacts_of
from bazaar.programme.queries import seats_of
from bazaar.words import fold

MOST_FOUND = 30


@dataclass(frozen=True)
class Found:
    """What the desk found: nothing was looked for, or nobody, or somebody."""

    looked: bool
    people: Sequence[Registration]


def found_by_code(fair: Fair, typed: str) -> Registration | None:
    """Whose badge of this fair this is. One that was joined with another leads to that other."""
    code = normal_code(typed)
    registration = registration_behind(fair.id, code) if code else None
    if registration is not None and registration.joined_to is not None:
        return _whole(registration.joined_to)
    return registration


def _whole(registration_id: uuid.UUID) -> Registration | None:
    return db.session.scalar(
        select(Registration)
        .where(Registration.id == registration_id)
        .options(joinedload(Registration.fair), joinedload(Registration.person))
    )


def found_by_name(fair: Fair, typed: str) -> Sequence[Registration]:
    """At most thirty of this fair whose shown name has these words."""
    query = (
        select(Registration)
        .where(Registration.fair_id == fair.id, Registration.status.in_((*STANDING, "cancelled")))
        .order_by(Registration.folded_name, Registration.id)
        .limit(MOST_FOUND)
    )
    for word in fold(typed).split():
        query = query.where(Registration.folded_name.contains(word, autoescape=True))
    return db.session.scalars(query).all()


def already_here(fair: Fair, name: str, address: str | None) -> list[Registration]:
    """Who may be the one now standing at the desk: the same name, or a similar one at the same address."""
    return likely_same(fair.id, fold(name), [address] if address else [])


def came_at(registration: Registration) -> datetime | None:
    """When somebody first came through the door, by the scans of all their badges."""
    query = (
        select(Scan.at)
        .where(
            Scan.fair_id == registration.fair_id,
            Scan.registration_id.in_(all_ids_of(registration)),
            Scan.kind == "in",
            Scan.status != "conflict",
        )
        .order_by(Scan.at)
        .limit(1)
    )
    return db.session.scalar(query)


def has_other_parts(person_id: uuid.UUID, besides: Registration) -> bool:
    """Whether somebody is more than this registration: at another fair too, or in an office."""
    elsewhere = select(Registration.id).where(
        Registration.person_id == person_id,
        Registration.id != besides.id,
        Registration.status.in_(STANDING),
    )
    return db.session.scalar(elsewhere.limit(1)) is not None or holds_office(person_id)


# --- What stands against joining two ------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """A meeting of the registration that gives way, and those of the other beside which it cannot stand."""

    theirs: Meeting
    mine: list[Meeting]

    @property
    def may_choose(self) -> bool:
        """What has been held stays: only meetings still to come can give way."""
        return all(meeting.status in OPEN for meeting in self.mine)


def clashes_between(kept: Registration, gone: Registration) -> list[Clash]:
    """Meetings that one person cannot both have: with the same exhibitor, or too close in time."""
    limits = limits_of(kept.fair)
    mine = _standing_with_times(kept)
    found = []
    for theirs, time in _standing_with_times(gone):
        against = [
            meeting
            for meeting, other in mine
            if (meeting.exhibitor_id == theirs.exhibitor_id and {meeting.status, theirs.status} <= set(OPEN))
            or (time and other and too_close(time, other, limits))
        ]
        if against:
            found.append(Clash(theirs, against))
    return found


def _standing_with_times(registration: Registration) -> list[tuple[Meeting, Time | None]]:
    meetings = [one for one in meetings_of(registration) if one.status in (*OPEN, *MEETINGS_STANDING)]
    stands = stands_of(registration.fair_id, {one.exhibitor_id for one in meetings})
    found: list[tuple[Meeting, Time | None]] = []
    for one in meetings:
        time = None
        if one.starts_at and one.ends_at and one.status in MEETINGS_STANDING:
            stand = stands.at(one.exhibitor_id, one.starts_at)
            time = Time(one.starts_at, one.ends_at, stand.hall_id if stand else None)
        found.append((one, time))
    return found


@dataclass(frozen=True)
class Side:
    """One of two registrations as the desk compares them."""

    registration: Registration
    code: str
    contacts: list[str]
    work: list[str]
    languages: list[str]
    meetings: int
    seats: int
    scans: int


def side_of(registration: Registration) -> Side:
    code = badge_of(registration)
    scans = select(func.count()).where(
        Scan.fair_id == registration.fair_id, Scan.registration_id.in_(all_ids_of(registration))
    )
    return Side(
        registration,
        shown_code(code) if code else "",
        [] if registration.protected else [_hinted(c.address) for c in contacts_of(registration.person_id)],
        [work.words for work in wanted_work(registration)],
        [language.tag for language in languages_of(registration)],
        sum(one.status in (*OPEN, *MEETINGS_STANDING) for one in meetings_of(registration)),
        len([seat for seat in seats_of(registration) if seat.status != "cancelled"]),
        db.session.scalar(scans) or 0,
    )


def _hinted(address: str) -> str:
    """Enough of an address to compare with what somebody says it is: d…@example.org, …0605."""
    if "@" in address:
        name, _at, domain = address.partition("@")
        return f"{name[:1]}…@{domain}"
    return f"…{address[-4:]}"
