"""What hangs on a day, a hall or the fair, and who is told when it changes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, or_, select

from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Representative
from bazaar.employers.queries import language_of
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Staff
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting, Slot
from bazaar.messages.models import Letter
from bazaar.people.models import Contact, Person
from bazaar.programme.models import Talk

CONCERNED = ("applied", "approved", "waitlisted")  # exhibitors who hope for a place, or have one


@dataclass(frozen=True)
class Reached:
    """Somebody concerned, and where they are written to: an e-mail address before a phone number."""

    person_id: uuid.UUID | None  # None: an organisation for which nobody acts yet
    name: str
    language: str
    kind: str
    address: str


def _reached(people: Select[uuid.UUID] | CompoundSelect[uuid.UUID]) -> list[Reached]:
    query = (
        select(Person.id, Person.name, Person.language, Contact.kind, Contact.address)
        .join(Contact, Contact.person_id == Person.id)
        .where(Person.id.in_(people), Person.erased_at.is_(None))
        .order_by(Person.id, Contact.kind, Contact.id)
    )
    first: dict[uuid.UUID, Reached] = {}
    for row in db.session.execute(query):
        first.setdefault(row[0], Reached(*row))
    return list(first.values())


def _representatives(*where: ColumnElement[bool]) -> Select[uuid.UUID]:
    return (
        select(Representative.person_id)
        .join(Exhibitor, Exhibitor.organisation_id == Representative.organisation_id)
        .where(Representative.ended_at.is_(None), Exhibitor.status.in_(CONCERNED), *where)
    )


def _organisations_alone(fair: Fair, *where: ColumnElement[bool]) -> list[Reached]:
    """Exhibitors for which nobody acts yet, at the organisation's own e-mail address."""
    acting = select(Representative.id).where(
        Representative.organisation_id == Organisation.id, Representative.ended_at.is_(None)
    )
    query = (
        select(Organisation.name, Organisation.email)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.status.in_(CONCERNED), *where)
        .where(Organisation.email != "", ~acting.exists())
        .order_by(Organisation.id)
    )
    language = language_of(fair)
    return [Reached(None, name, language, "email", address) for name, address in db.session.execute(query)]


def concerned_by_day(fair: Fair, day: FairDay, moved: bool) -> list[Reached]:
    """Who takes part on a day: its exhibitors; and where it is moved or goes, its jobseekers and the staff."""
    there = select(ExhibitorDay.exhibitor_id).where(
        ExhibitorDay.fair_id == fair.id, ExhibitorDay.fair_day_id == day.id
    )
    exhibitors = _representatives(Exhibitor.fair_id == fair.id, Exhibitor.id.in_(there))
    alone = _organisations_alone(fair, Exhibitor.id.in_(there))
    if not moved:
        return _reached(exhibitors) + alone
    coming = _registered(
        fair, or_(Registration.arrival_day_id == day.id, Registration.arrival_day_id.is_(None))
    )
    return _reached(exhibitors.union(coming, _staff(fair))) + alone


def everybody(fair: Fair, besides: Person) -> list[Reached]:
    """Everybody with a part in a fair, but for one person."""
    organisers = select(Organiser.person_id).where(Organiser.fair_id == fair.id)
    parts = _representatives(Exhibitor.fair_id == fair.id).union(_registered(fair), _staff(fair), organisers)
    people = [one for one in _reached(parts) if one.person_id != besides.id]
    return people + _organisations_alone(fair)


def _registered(fair: Fair, *where: ColumnElement[bool]) -> Select[uuid.UUID]:
    return select(Registration.person_id).where(
        Registration.fair_id == fair.id, Registration.status == "registered", *where
    )


def _staff(fair: Fair) -> Select[uuid.UUID]:
    return select(Staff.person_id).where(Staff.fair_id == fair.id)


def count_letters(fair_id: uuid.UUID) -> int:
    return db.session.scalar(select(func.count()).where(Letter.fair_id == fair_id)) or 0


def count_exhibitors(fair: Fair) -> int:
    query = select(func.count()).where(Exhibitor.fair_id == fair.id, Exhibitor.status.in_(CONCERNED))
    return db.session.scalar(query) or 0


def count_exhibitors_on(day: FairDay) -> int:
    query = (
        select(func.count())
        .select_from(ExhibitorDay)
        .join(Exhibitor, Exhibitor.id == ExhibitorDay.exhibitor_id)
        .where(
            ExhibitorDay.fair_id == day.fair_id,
            ExhibitorDay.fair_day_id == day.id,
            Exhibitor.status.in_(CONCERNED),
        )
    )
    return db.session.scalar(query) or 0


def blocks_on(day: FairDay) -> Sequence[Block]:
    query = select(Block).where(Block.fair_id == day.fair_id, Block.fair_day_id == day.id)
    return db.session.scalars(query.order_by(Block.starts_at)).all()


def blocks_of(fair: Fair) -> Sequence[Block]:
    return db.session.scalars(select(Block).where(Block.fair_id == fair.id)).all()


def booths_in(hall: Hall) -> Sequence[Booth]:
    query = select(Booth).where(Booth.fair_id == hall.fair_id, Booth.hall_id == hall.id)
    return db.session.scalars(query.order_by(Booth.number)).all()


def count_exhibitors_in(block_ids: Sequence[uuid.UUID]) -> int:
    """How many exhibitors have a booth in these blocks."""
    query = select(func.count(BoothBooking.exhibitor_id.distinct())).where(
        BoothBooking.block_id.in_(block_ids)
    )
    return db.session.scalar(query) or 0


def count_exhibitors_at(booth_ids: Sequence[uuid.UUID]) -> int:
    """How many exhibitors have one of these booths."""
    query = select(func.count(BoothBooking.exhibitor_id.distinct())).where(
        BoothBooking.booth_id.in_(booth_ids)
    )
    return db.session.scalar(query) or 0


def stands_on_the_clock(fair: Fair) -> bool:
    """Whether there is anything whose moment would mean another time on another clock."""
    things = (Slot, Meeting, Talk, BoothBooking)
    return any(
        db.session.scalar(select(thing.id).where(thing.fair_id == fair.id).limit(1)) is not None
        for thing in things
    )
