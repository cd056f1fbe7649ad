"""The cast, made quickly: Ada organises, Bolt AB and Crane AB exhibit, Dora and Elias look for work,
Sam scans at the door, Eve belongs to another fair and must see nothing.

Every function adds rows to the session, flushes, and returns the row; tests commit by asking a page.
"""

import secrets
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from bazaar import clock
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Representative, Vacancy
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Phase, Staff
from bazaar.jobseekers.models import Badge, Registration
from bazaar.meetings.models import Meeting, Slot
from bazaar.occupations.models import Field, Group
from bazaar.people.models import Contact, Person, SignIn
from bazaar.words import fold, hashed, new_token

PHASES = ("exhibitors", "booths", "jobseekers", "wishes", "booking", "fair", "followup")


def add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def person(name: str, address: str | None = None, language: str = "en", may_organise: bool = False) -> Person:
    someone = add(Person(name=name, folded_name=fold(name), language=language, may_organise=may_organise))
    address = address or f"{fold(name).replace(' ', '.')}@example.org"
    kind = "email" if "@" in address else "phone"
    add(Contact(person_id=someone.id, kind=kind, address=address, verified_at=clock.now()))
    return someone


def fair(
    slug: str = "spring", days: int = 2, *, first_day: date | None = None, published: bool = True
) -> Fair:
    """A published fair that begins in ten days, 9-17, with every phase open and one hall."""
    the_fair = add(
        Fair(slug=slug, name=f"Fair {slug}", venue="Kajhallarna", city="Stockholm", published=published)
    )
    start = first_day or (clock.now() + timedelta(days=10)).date()
    for number in range(days):
        date_ = start + timedelta(days=number)
        add(FairDay(fair_id=the_fair.id, date=date_, opens=time(9), closes=time(17)))
    for kind in PHASES:
        opens = clock.now() - timedelta(days=30)
        add(Phase(fair_id=the_fair.id, kind=kind, opens_at=opens, closes_at=clock.now() + timedelta(days=60)))
    add(Hall(fair_id=the_fair.id, name="Hall A"))
    return the_fair


def days(the_fair: Fair) -> list[FairDay]:
    query = db.select(FairDay).where(FairDay.fair_id == the_fair.id).order_by(FairDay.date)
    return list(db.session.scalars(query))


def hall(the_fair: Fair) -> Hall:
    return db.session.scalars(db.select(Hall).where(Hall.fair_id == the_fair.id)).first() or add(
        Hall(fair_id=the_fair.id, name="Hall A")
    )


def organiser(the_fair: Fair, name: str = "Ada", role: str = "owner") -> Person:
    someone = person(name, may_organise=True)
    add(Organiser(fair_id=the_fair.id, person_id=someone.id, role=role))
    return someone


def staff(the_fair: Fair, name: str = "Sam", supervisor: bool = False) -> Person:
    someone = person(name)
    add(Staff(fair_id=the_fair.id, person_id=someone.id, supervisor=supervisor))
    return someone


def exhibitor(the_fair: Fair, name: str = "Bolt AB", status: str = "approved", **facts: object) -> Exhibitor:
    """An organisation at this fair, on all its days."""
    organisation = db.session.scalar(db.select(Organisation).where(Organisation.name == name)) or add(
        Organisation(name=name, folded_name=fold(name), sector="industry")
    )
    place = add(Exhibitor(fair_id=the_fair.id, organisation_id=organisation.id, status=status, **facts))
    for day in days(the_fair):
        add(ExhibitorDay(fair_id=the_fair.id, exhibitor_id=place.id, fair_day_id=day.id))
    return place


def representative(place: Exhibitor, name: str = "Bo", role: str = "admin") -> Person:
    someone = person(name)
    add(Representative(organisation_id=place.organisation_id, person_id=someone.id, role=role))
    return someone


def jobseeker(the_fair: Fair, name: str = "Dora", **profile: object) -> Registration:
    """A registered jobseeker with a badge code (see `badge_code`)."""
    someone = person(name)
    registration = add(
        Registration(
            fair_id=the_fair.id,
            person_id=someone.id,
            status="registered",
            name=name,
            folded_name=fold(name),
            registered_at=clock.now(),
            privacy_version=1,
            privacy_language="en",
            privacy_at=clock.now(),
            **profile,
        )
    )
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = "".join(secrets.choice(alphabet) for _ in range(16))
    add(Badge(code=code, fair_id=the_fair.id, person_id=someone.id, registration_id=registration.id))
    return registration


def badge_code(registration: Registration) -> str:
    query = db.select(Badge.code).where(Badge.registration_id == registration.id, Badge.voided_at.is_(None))
    return db.session.scalars(query).one()


def occupation(code: str = "5330", field: str = "health", name: str = "Care assistants") -> Group:
    if db.session.get(Field, field) is None:
        add(Field(code=field, concept_id=f"concept-{field}", name_sv=field, name_en=field, position=1))
    return db.session.get(Group, code) or add(
        Group(code=code, field_code=field, name_sv=name, name_en=name, common=True)
    )


def vacancy(place: Exhibitor, title: str = "Care assistant", **facts: object) -> Vacancy:
    """A published vacancy with every expectation fact."""
    group = occupation()
    known: dict[str, object] = {
        "openings": 3, "group_code": group.code, "pay_from": 27400, "pay_to": 31200, "pay_period": "month",
        "hours": "full_time", "place": "Farsta", "swedish": "sfi_c", "recognition": "not_needed",
        "licence": "none", "interviews_today": True, "decides_today": False,
    }  # fmt: skip
    return add(
        Vacancy(
            fair_id=place.fair_id,
            exhibitor_id=place.id,
            title=title,
            folded_title=fold(title),
            **{"status": "published", **known, **facts},
        )
    )


def sign_in(client: FlaskClient, someone: Person) -> None:
    """This browser is now this person's."""
    token = new_token()
    add(SignIn(token_hash=hashed(token), person_id=someone.id, address=None, device="test"))
    db.session.commit()
    client.set_cookie("bazaar", token)


def sign_out(client: FlaskClient) -> None:
    client.delete_cookie("bazaar")


def at(the_fair: Fair, hour: int, minute: int = 0, day: int = 0) -> datetime:
    """A wall-clock time on a day of the fair, as a moment in UTC."""

    date_ = days(the_fair)[day].date
    return datetime.combine(date_, time(hour, minute), ZoneInfo(the_fair.zone)).astimezone(UTC)


def some_id() -> uuid.UUID:
    return uuid.uuid4()


def slot(
    place: Exhibitor, starts_at: datetime, *, table: int = 1, minutes: int = 15, **facts: object
) -> Slot:
    """A time at an exhibitor's table that may be booked directly, unless `is_open=False`."""
    return add(
        Slot(
            fair_id=place.fair_id,
            exhibitor_id=place.id,
            table=table,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            **facts,
        )
    )


def meeting(registration: Registration, time: Slot, status: str = "booked", **facts: object) -> Meeting:
    """A meeting in this slot, as it stands after booking."""
    return add(
        Meeting(
            fair_id=registration.fair_id,
            exhibitor_id=time.exhibitor_id,
            registration_id=registration.id,
            slot_id=time.id,
            came_by="open_slot",
            status=status,
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            **facts,
        )
    )


def booth(place: Exhibitor, number: int, hall_name: str = "Hall A") -> Booth:
    """This exhibitor stands at a booth with this number, all day, on every day of the fair."""
    the_fair = db.session.get_one(Fair, place.fair_id)
    the_hall = db.session.scalar(
        db.select(Hall).where(Hall.fair_id == the_fair.id, Hall.name == hall_name)
    ) or add(Hall(fair_id=the_fair.id, name=hall_name))
    stand = add(Booth(fair_id=the_fair.id, hall_id=the_hall.id, number=number, row=0, column=number * 3))
    for n, day in enumerate(days(the_fair)):
        block = db.session.scalar(db.select(Block).where(Block.fair_day_id == day.id)) or add(
            Block(
                fair_id=the_fair.id,
                fair_day_id=day.id,
                starts_at=at(the_fair, 9, day=n),
                ends_at=at(the_fair, 17, day=n),
            )
        )
        add(BoothBooking(fair_id=the_fair.id, booth_id=stand.id, block_id=block.id, exhibitor_id=place.id))
    return stand
