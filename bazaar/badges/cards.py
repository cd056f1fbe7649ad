"""The cards of a fair in the order in which they are handed out. Of thousands only a few hundred are held at a time."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from bazaar.badges import qr
from bazaar.badges.printing import Printed
from bazaar.badges.queries import address_of, staff_ids
from bazaar.badges.rules import EVERYBODY, JOBSEEKERS, REPRESENTATIVES, STAFF, Appointment, Card
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation, Representative
from bazaar.fairs.models import Fair, Staff
from bazaar.fairs.queries import days_of
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import CODE_LENGTH
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from bazaar.programme.models import Seat, Talk

AT_ONCE = 500


def printed_fair(fair: Fair, how_many: int) -> Printed:
    address = address_of("0" * CODE_LENGTH)[:-CODE_LENGTH]
    days = [day.date for day in days_of(fair.id)]
    return Printed(fair.name, fair.zone, days, fair.accent, qr.codes(address, CODE_LENGTH, how_many))


@dataclass(frozen=True)
class Chosen:
    """Whose badges are printed: their codes, representatives by organisation, then staff, then jobseekers, each by name."""

    representatives: Sequence[str] = ()
    staff: Sequence[str] = ()
    jobseekers: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.representatives) + len(self.staff) + len(self.jobseekers)

    def parts(self) -> Iterator[Sequence[str]]:
        for codes in (self.representatives, self.staff, self.jobseekers):
            yield from _parts(codes)


def chosen(fair: Fair, who: str, *, new_only: bool = False) -> Chosen:
    def codes(groups: tuple[str, ...], query: Any) -> Sequence[str]:
        if who not in groups:
            return ()
        return db.session.scalars(query.where(Badge.printed_at.is_(None)) if new_only else query).all()

    return Chosen(
        codes((REPRESENTATIVES, EVERYBODY), _representatives(fair.id).with_only_columns(Badge.code)),
        codes((STAFF, EVERYBODY), _staff(fair.id).with_only_columns(Badge.code)),
        codes((JOBSEEKERS, EVERYBODY), _jobseekers(fair.id).with_only_columns(Badge.code)),
    )


def cards_of(fair: Fair, them: Chosen) -> Iterator[Card]:
    """Their cards, read part by part while they are drawn."""
    for part in _parts(them.representatives):
        for row in db.session.execute(_representatives(fair.id).where(Badge.code.in_(part))):
            yield Card(row.code, row.name, "representative", line=row.organisation)
    for part in _parts(them.staff):
        for row in db.session.execute(_staff(fair.id).where(Badge.code.in_(part))):
            yield Card(row.code, row.name, "staff", line=row.task or _("Staff"))
    booths = _booths(fair.id) if them.jobseekers else _Booths([])
    for part in _parts(them.jobseekers):
        rows = db.session.execute(_jobseekers(fair.id).where(Badge.code.in_(part))).all()
        yield from _with_days(fair.id, rows, booths)


def own_card(registration: Registration) -> Card | None:
    """A jobseeker's own badge to print."""
    fair_id = registration.fair_id
    rows = db.session.execute(_jobseekers(fair_id).where(Registration.id == registration.id)).all()
    return next(_with_days(fair_id, rows, _booths(fair_id)), None)


def _parts(codes: Sequence[str]) -> Iterable[Sequence[str]]:
    return (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))


# --- Who ---------------------------------------------------------------------------------------


def _representatives(fair_id: uuid.UUID) -> Any:
    return (
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


def _staff(fair_id: uuid.UUID) -> Any:
    return (
        select(Badge.code, Person.name, Staff.task)
        .join(Person, Person.id == Badge.person_id)
        .outerjoin(Staff, (Staff.person_id == Person.id) & (Staff.fair_id == fair_id))
        .where(
            Badge.fair_id == fair_id, Badge.kind == "staff", Badge.voided_at.is_(None),
            Badge.person_id.in_(staff_ids(fair_id)),
        )
        .order_by(Person.folded_name, Badge.code)
    )  # fmt: skip


def _jobseekers(fair_id: uuid.UUID) -> Any:
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


# --- Their day ---------------------------------------------------------------------------------


def _with_days(fair_id: uuid.UUID, rows: Sequence[Any], booths: "_Booths") -> Iterator[Card]:
    days = _days(fair_id, [row.id for row in rows], booths)
    for row in rows:
        name = row.alias if row.protected else row.name
        yield Card(row.code, name, "jobseeker", registration=str(row.id), day=days.get(row.id, []))


def _days(
    fair_id: uuid.UUID, registrations: Sequence[uuid.UUID], booths: "_Booths"
) -> dict[uuid.UUID, list[Appointment]]:
    """Meetings and talks of these jobseekers, by time."""
    meetings = (
        select(Meeting.registration_id, Meeting.starts_at, Meeting.exhibitor_id, Organisation.name)
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Meeting.fair_id == fair_id, Meeting.status.in_(("booked", "held")))
        .where(Meeting.registration_id.in_(registrations))
    )
    talks = (
        select(Seat.registration_id, Talk.starts_at, Talk.title, Talk.room)
        .join(Talk, Talk.id == Seat.talk_id)
        .where(Seat.fair_id == fair_id, Seat.status == "going", Talk.cancelled_at.is_(None))
        .where(Seat.registration_id.in_(registrations))
    )
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
