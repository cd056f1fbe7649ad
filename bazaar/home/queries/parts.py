"""Everything a person takes part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation, Representative
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import is_open
from bazaar.jobseekers.models import Registration
from bazaar.people.models import Person


@dataclass(frozen=True)
class Left:
    """A published fair whose registration this person withdrew."""

    fair: Fair
    may_come_back: bool


@dataclass(frozen=True)
class Parts:
    """Everything a person takes part in."""

    registrations: Sequence[Registration]
    organised: Sequence[Fair]
    staffed: Sequence[Fair]
    exhibited: Sequence[Exhibitor]
    organisations: Sequence[Organisation]
    left: Sequence[Left]

    def __bool__(self) -> bool:
        return any((self.registrations, self.organised, self.staffed, self.exhibited, self.organisations))


def exhibited_by(person: Person) -> Sequence[Exhibitor]:
    query = (
        select(Exhibitor)
        .join(Representative, Representative.organisation_id == Exhibitor.organisation_id)
        .where(
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
            Exhibitor.status != "withdrawn",
        )
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation))
        .order_by(Exhibitor.id.desc())
    )
    return db.session.scalars(query).all()


def organisations_of(person: Person) -> Sequence[Organisation]:
    query = (
        select(Organisation)
        .join(Representative, Representative.organisation_id == Organisation.id)
        .where(Representative.person_id == person.id, Representative.ended_at.is_(None))
        .order_by(Organisation.folded_name)
    )
    return db.session.scalars(query).all()


def left_by(person: Person, moment: datetime) -> Sequence[Left]:
    query = (
        select(Fair)
        .join(Registration, Registration.fair_id == Fair.id)
        .where(
            Registration.person_id == person.id,
            Registration.status == "cancelled",
            Fair.published,
            Fair.withdrawn_at.is_(None),
        )
        .order_by(Registration.id.desc())
    )
    return [Left(fair, is_open(fair.id, "jobseekers", moment)) for fair in db.session.scalars(query)]


def registrations_of(person: Person) -> Sequence[Registration]:
    query = (
        select(Registration)
        .where(Registration.person_id == person.id, Registration.status.in_(("registered", "started")))
        .options(joinedload(Registration.fair))
        .order_by(Registration.id.desc())
    )
    return db.session.scalars(query).all()
