"""Finding what stands on a badge: one person's, or those of a whole fair in the order in which they are handed out."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from bazaar import web
from bazaar.badges import qr
from bazaar.badges.printing import Printed
from bazaar.badges.rules import EVERYBODY, JOBSEEKERS, KIND_OF, REPRESENTATIVES, STAFF, Appointment, Card
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation, Representative
from bazaar.fairs.models import Fair, Organiser, Staff
from bazaar.fairs.queries import days_of
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import CODE_LENGTH, normal_code, shown_code
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from bazaar.programme.models import Seat, Talk

# --- One badge on a screen ----------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What `badges/_badge.html` draws: the code as one SVG path, and what it is in letters."""

    name: str
    code: str
    path: str
    modules: int
    line: str = ""


def shown(name: str, code: str, line: str = "") -> Shown:
    path, modules = qr.svg_path(address_of(code))
    return Shown(name, shown_code(code), path, modules, line)


def shown_badge(registration: Registration) -> Shown | None:
    """A jobseeker's badge for their own page; None before the registration is finished."""
    code = db.session.scalars(
        select(Badge.code)
        .where(Badge.registration_id == registration.id, Badge.voided_at.is_(None))
        .order_by(Badge.made_at, Badge.code)
    ).first()
    return shown(registration.shown_name, code) if code else None


def address_of(code: str) -> str:
    """What the square code says: in capitals it is smaller, so its modules are bigger."""
    return web.address("badges.visit", code=code).upper()


def own_fair(person: Person | None, typed: str) -> str | None:
    """The slug of the fair at which this is the person's own jobseeker badge; None for every other code."""
    code = normal_code(typed)
    if person is None or code is None:
        return None
    return db.session.scalar(
        select(Fair.slug)
        .join(Badge, Badge.fair_id == Fair.id)
        .join(Registration, Registration.id == Badge.registration_id)
        .where(
            Badge.code == code,
            Badge.person_id == person.id,
            Registration.person_id == person.id,
            Registration.status == "registered",
        )
    )


def badge_code(fair_id: uuid.UUID, person_id: uuid.UUID, kind: str) -> str | None:
    """The code of somebody's badge of this kind, if it has been made."""
    return db.session.scalars(
        select(Badge.code)
        .where(
            Badge.fair_id == fair_id,
            Badge.person_id == person_id,
            Badge.kind == kind,
            Badge.voided_at.is_(None),
        )
        .order_by(Badge.made_at)
    ).first()


# --- The badges of a fair -----------------------------------------------------------------------


def printed_fair(fair: Fair, how_many: int) -> Printed:
    address = address_of("0" * CODE_LENGTH)[:-CODE_LENGTH]
    days = [day.date for day in days_of(fair.id)]
    return Printed(fair.name, fair.zone, days, fair.accent, qr.codes(address, CODE_LENGTH, how_many))


def cards_of(fair: Fair, who: str, *, new_only: bool = False) -> list[Card]:
    """Everybody's badges: representatives by organisation, then staff, then jobseekers, each by name."""
    cards: list[Card] = []
    if who in (REPRESENTATIVES, EVERYBODY):
        cards += _representatives(fair.id, new_only=new_only)
    if who in (STAFF, EVERYBODY):
        cards += _staff(fair.id, new_only=new_only)
    if who in (JOBSEEKERS, EVERYBODY):
        cards += _jobseekers(_registered(fair.id), fair.id, new_only=new_only)
    return cards


def own_card(registration: Registration) -> Card | None:
    """A jobseeker's own badge to print."""
    query = _registered(registration.fair_id).where(Registration.id == registration.id)
    return next(iter(_jobseekers(query, registration.fair_id)), None)


def counts_of(fair_id: uuid.UUID) -> dict[str, tuple[int, int]]:
    """For each of rules.WHO but everybody: how many there are, and how many of their badges were printed."""
    counts = {}
    for who, people in (
        (JOBSEEKERS, _jobseeker_ids(fair_id)),
        (REPRESENTATIVES, representative_ids(fair_id)),
        (STAFF, staff_ids(fair_id)),
    ):
        there = people.subquery()
        printed = (
            select(func.count(Badge.person_id.distinct()))
            .join(there, there.c.person_id == Badge.person_id)
            .where(Badge.fair_id == fair_id, Badge.kind == KIND_OF[who], Badge.voided_at.is_(None))
            .where(Badge.printed_at.is_not(None))
        )
        counts[who] = (
            db.session.scalar(select(func.count()).select_from(there)) or 0,
            db.session.scalar(printed) or 0,
        )
    return counts


def _jobseeker_ids(fair_id: uuid.UUID) -> Select[Any]:
    return select(Registration.person_id.label("person_id")).where(
        Registration.fair_id == fair_id, Registration.status == "registered"
    )


def representative_ids(fair_id: uuid.UUID) -> Select[Any]:
    """Who acts for an exhibitor that takes part, each once."""
    return (
        select(Representative.person_id.label("person_id"))
        .join(Exhibitor, Exhibitor.organisation_id == Representative.organisation_id)
        .where(
            Exhibitor.fair_id == fair_id, Exhibitor.status == "approved", Representative.ended_at.is_(None)
        )
        .distinct()
    )


def staff_ids(fair_id: uuid.UUID) -> Select[Any]:
    """Who works at the door or the desk, and who organises, each once."""
    staff = select(Staff.person_id.label("person_id")).where(Staff.fair_id == fair_id)
    organisers = select(Organiser.person_id.label("person_id")).where(Organiser.fair_id == fair_id)
    return select(staff.union(organisers).subquery().c.person_id)


def _representatives(fair_id: uuid.UUID, *, new_only: bool) -> list[Card]:
    query = (
        select(Badge.code, Person.name, func.min(Organisation.name).label("organisation"))
        .join(Person, Person.id == Badge.person_id)
        .join(Representative, Representative.person_id == Person.id)
        .join(Exhibitor, Exhibitor.organisation_id == Representative.organisation_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(
            Badge.fair_id == fair_id, Badge.kind == "representative", Badge.voided_at.is_(None),
            Exhibitor.fair_id == fair_id, Exhibitor.status == "approved", Representative.ended_at.is_(None),
        )
        .group_by(Badge.code, Person.name, Person.folded_name)
        .order_by(func.min(Organisation.folded_name), Person.folded_name, Badge.code)
    )  # fmt: skip
    if new_only:
        query = query.where(Badge.printed_at.is_(None))
    return [
        Card(row.code, row.name, "representative", line=row.organisation) for row in db.session.execute(query)
    ]


def _staff(fair_id: uuid.UUID, *, new_only: bool) -> list[Card]:
    query = (
        select(Badge.code, Person.name, Staff.task)
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(Staff, (Staff.person_id == Person.id) & (Staff.fair_id == fair_id))
        .where(
            Badge.fair_id == fair_id, Badge.kind == "staff", Badge.voided_at.is_(None),
            Badge.person_id.in_(staff_ids(fair_id)),
        )
        .order_by(Person.folded_name, Badge.code)
    )  # fmt: skip
    if new_only:
        query = query.where(Badge.printed_at.is_(None))
    return [
        Card(row.code, row.name, "staff", line=row.task or _("Staff")) for row in db.session.execute(query)
    ]


def _registered(fair_id: uuid.UUID) -> Any:
    return (
        select(
            Badge.code, Registration.id, Registration.name, Registration.alias, Registration.protected
        )
        .join(Registration, Registration.id == Badge.registration_id)
        .where(
            Badge.fair_id == fair_id, Badge.voided_at.is_(None),
            Registration.fair_id == fair_id, Registration.status == "registered",
        )
        .order_by(Registration.folded_name, Badge.code)
    )  # fmt: skip


def _jobseekers(query: Any, fair_id: uuid.UUID, *, new_only: bool = False) -> list[Card]:
    if new_only:
        query = query.where(Badge.printed_at.is_(None))
    rows = db.session.execute(query).all()
    days = _days(fair_id, rows[0].id if len(rows) == 1 else None)
    return [
        Card(
            row.code, row.alias if row.protected else row.name, "jobseeker", registration=str(row.id),
            day=days.get(row.id, []),
        )
        for row in rows
    ]  # fmt: skip


def _days(fair_id: uuid.UUID, registration_id: uuid.UUID | None) -> dict[uuid.UUID, list[Appointment]]:
    """Meetings and talks of everybody at a fair, or of one, by time."""
    meetings = (
        select(Meeting.registration_id, Meeting.starts_at, Meeting.exhibitor_id, Organisation.name)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(
            Meeting.fair_id == fair_id, Meeting.status.in_(("booked", "held")), Meeting.starts_at.is_not(None)
        )
    )
    talks = (
        select(Seat.registration_id, Talk.starts_at, Talk.title, Talk.room)
        .join(Talk, Talk.id == Seat.talk_id)
        .where(Seat.fair_id == fair_id, Seat.status == "going", Talk.cancelled_at.is_(None))
    )
    if registration_id is not None:
        meetings = meetings.where(Meeting.registration_id == registration_id)
        talks = talks.where(Seat.registration_id == registration_id)
    booths = _booths(fair_id)
    days: dict[uuid.UUID, list[Appointment]] = defaultdict(list)
    for owner, at, exhibitor_id, name in db.session.execute(meetings):
        if at is not None:
            days[owner].append(Appointment(at, name, booth=booths.at(exhibitor_id, at)))
    for owner, starts_at, title, room in db.session.execute(talks):
        days[owner].append(Appointment(starts_at, title, room=room))
    for appointments in days.values():
        appointments.sort(key=lambda one: one.at)
    return days


class _Booths:
    """Where each exhibitor stands when."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._of: dict[uuid.UUID, list[tuple[datetime, datetime, int]]] = defaultdict(list)
        for exhibitor_id, begins, ends, number in rows:
            self._of[exhibitor_id].append((begins, ends, number))

    def at(self, exhibitor_id: uuid.UUID, moment: datetime) -> int | None:
        there = (number for begins, ends, number in self._of[exhibitor_id] if begins <= moment < ends)
        return min(there, default=None)


def _booths(fair_id: uuid.UUID) -> _Booths:
    query = (
        select(BoothBooking.exhibitor_id, Block.starts_at, Block.ends_at, Booth.number)
        .join(Block, Block.id == BoothBooking.block_id)
        .join(Booth, Booth.id == BoothBooking.booth_id)
        .where(BoothBooking.fair_id == fair_id, BoothBooking.held_until.is_(None))
    )
    return _Booths(db.session.execute(query).all())
