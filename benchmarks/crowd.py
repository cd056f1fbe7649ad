"""Fairs of the size that a benchmark asks for, written straight into the tables."""

import os
import uuid

from flask import Flask
from sqlalchemy import insert, select, text

from bazaar import clock
from bazaar.app import create_app
from bazaar.checkin import actions as checkin
from bazaar.config import Settings
from bazaar.db import db, new_id
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.fairs.models import Fair, Organiser, Phase
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import new_badge_code
from bazaar.people.models import Person, SignIn
from bazaar.words import fold, hashed, new_token

FIRST = (
    "Amina",
    "Dawit",
    "Elin",
    "Farid",
    "Hodan",
    "Karl",
    "Lucía",
    "Mehmet",
    "Oksana",
    "Reza",
    "Selam",
    "Yonas",
)
LAST = ("Ali", "Berg", "Demir", "Farah", "Haile", "Lind", "Nilsson", "Petrenko", "Rahimi", "Warsame")


def app_on(database_url: str) -> Flask:
    return create_app(
        Settings.from_environment({**os.environ, "DATABASE_URL": database_url, "SECRET_KEY": "x" * 32})
    )


def add_jobseekers(fair_id: uuid.UUID, count: int) -> list[tuple[uuid.UUID, str]]:
    """Registered jobseekers with badges; gives (person, badge code) of each."""
    now = clock.now()
    made = []
    for start in range(0, count, 5000):
        people, registrations, badges = [], [], []
        for number in range(start, min(start + 5000, count)):
            name = f"{FIRST[number % 12]} {LAST[number // 12 % 10]} {number}"
            person_id, registration_id, code = new_id(), new_id(), new_badge_code()
            people.append({"id": person_id, "name": name, "folded_name": fold(name), "language": "sv",
                           "may_organise": False, "created_at": now})  # fmt: skip
            registrations.append({"id": registration_id, "fair_id": fair_id, "person_id": person_id, "status": "registered",
                                  "name": name, "folded_name": fold(name), "created_at": now, "registered_at": now,
                                  "swedish": "sfi_c", "swedish_by": "sfi"})  # fmt: skip
            badges.append({"code": code, "fair_id": fair_id, "kind": "jobseeker", "person_id": person_id,
                           "registration_id": registration_id, "made_at": now})  # fmt: skip
            made.append((person_id, code))
        for model, rows in ((Person, people), (Registration, registrations), (Badge, badges)):
            db.session.execute(insert(model), rows)
        db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return made


def sign_in(person_id: uuid.UUID | None) -> str:
    """A session's cookie for this person."""
    token = new_token()
    db.session.add(SignIn(token_hash=hashed(token), person_id=person_id, device="bench"))
    db.session.commit()
    return f"bazaar={token}"


def door_token(fair: Fair) -> str:
    _device, token = checkin.pair(checkin.make_pairing_code(fair.id, "door", label="Door"), "Bench")
    db.session.commit()
    return token


def scan(code: str) -> dict[str, object]:
    now = clock.now()
    return {"id": str(uuid.uuid4()), "code": code, "kind": "in", "at": now.isoformat(), "offline": False}


def organiser_cookie(fair: Fair) -> str:
    """A session of the fair's owner."""
    return sign_in(
        db.session.scalars(select(Organiser.person_id).where(Organiser.fair_id == fair.id)).first()
    )


def fill_public_page() -> None:
    """Sixty approved exhibitors for the fair `bench`, and its phases open."""
    fair = db.session.scalars(select(Fair).where(Fair.slug == "bench")).one()
    fair.published = True
    for number in range(60):
        name = f"Employer {number:02}"
        organisation = Organisation(name=name, folded_name=fold(name), sector="it")
        db.session.add(organisation)
        db.session.flush()
        db.session.add(Exhibitor(fair_id=fair.id, organisation_id=organisation.id, status="approved"))
    now = clock.now()
    for phase in db.session.scalars(select(Phase).where(Phase.fair_id == fair.id)):
        phase.opens_at = min(phase.opens_at, now)
    db.session.commit()
