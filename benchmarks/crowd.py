"""Fairs of the size that a benchmark asks for, written straight into the tables."""

import os
import uuid
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from itertools import count, islice
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, text

from bazaar import clock
from bazaar.app import create_app
from bazaar.checkin import actions as checkin
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.config import Settings
from bazaar.db import db, new_id
from bazaar.employers.models import Exhibitor, Organisation, Representative
from bazaar.fairs.models import Fair, Organiser, Phase
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import new_badge_code
from bazaar.meetings.models import Meeting, Slot
from bazaar.people.models import Person, SignIn
from bazaar.sharing.models import Share
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
    analyse()
    return made


def analyse() -> None:
    """As a database that has run for some time."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def add_meetings(fair: Fair, met: Sequence[int]) -> None:
    """Everybody registered who has none yet: a meeting in a slot. The first exhibitors met so many each, all of whom
    were scanned, wrote of and shared; the rest goes round among the others."""
    exhibitors = list(
        db.session.scalars(select(Exhibitor.id).where(Exhibitor.fair_id == fair.id).order_by(Exhibitor.id))
    )
    free = select(Registration.id, Registration.person_id).where(
        Registration.fair_id == fair.id,
        Registration.id.not_in(select(Meeting.registration_id).where(Meeting.fair_id == fair.id)),
    )
    people = deque(db.session.execute(free.order_by(Registration.id)).all())
    for exhibitor_id, many in zip(exhibitors, met, strict=False):
        _meet(fair, exhibitor_id, [people.popleft() for _ in range(many)], whole=True)
    others = exhibitors[len(met) :]
    for place, exhibitor_id in enumerate(others):
        _meet(fair, exhibitor_id, list(islice(people, place, None, len(others))), whole=False)
    analyse()


def _meet(fair: Fair, exhibitor_id: uuid.UUID, people: Sequence[Any], *, whole: bool) -> None:
    starts_at = clock.now() - timedelta(days=1)
    rows: dict[Any, list[dict[str, Any]]] = {Slot: [], Meeting: [], Share: [], Scan: [], Remark: []}
    if whole:
        device = Device(fair_id=fair.id, purpose="booth", exhibitor_id=exhibitor_id, label="Booth", held_by="Ria",
                        token_hash=hashed(new_token()), salt="s")  # fmt: skip
        db.session.add(device)
        db.session.flush()
    tables = count(
        1 + (db.session.scalar(select(func.max(Slot.table)).where(Slot.exhibitor_id == exhibitor_id)) or 0)
    )
    for number, person in enumerate(people):
        at = starts_at + timedelta(minutes=15 * (number % 16))
        both = {"fair_id": fair.id, "exhibitor_id": exhibitor_id}
        pair = {**both, "registration_id": person.id}
        slot_id = new_id()
        times = {"starts_at": at, "ends_at": at + timedelta(minutes=15)}
        rows[Slot].append({"id": slot_id, **both, "table": next(tables), "is_open": True, **times})
        rows[Meeting].append({"id": new_id(), **pair, "slot_id": slot_id, "came_by": "open_slot", "status": "booked",
                              "made_at": at, "message": "", "ended_by": "", "reason": "", "sequence": 0, **times})  # fmt: skip
        if whole:
            rows[Share].append({"id": new_id(), **pair, "how": "page", "fields": ["name", "work", "swedish"],
                                "words": "?", "language": "sv", "at": at})  # fmt: skip
            rows[Scan].append({"id": uuid.uuid4(), **pair, "device_id": device.id, "code": "X" * 16, "kind": "booth",
                               "at_said": at, "at": at, "received_at": at, "offline": False, "status": "recorded",
                               "badge_kind": "jobseeker", "person_id": person.person_id,
                               "note": "", "star": 0, "next_step": "none"})  # fmt: skip
            rows[Remark].append({"id": new_id(), **pair, "author": device.id, "author_name": "Ria", "at": at,
                                 "note": f"Good talk {number}", "star": number % 4, "next_step": NEXT_STEPS[number % 4]})  # fmt: skip
    for model, added in rows.items():
        if added:
            db.session.execute(insert(model), added)
    db.session.commit()


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


def recruiter_cookie(exhibitor_id: uuid.UUID) -> str:
    """A session of somebody who acts for this exhibitor."""
    organisation_id = db.session.get_one(Exhibitor, exhibitor_id).organisation_id
    person = Person(name="Ria", folded_name="ria", language="sv")
    db.session.add(person)
    db.session.flush()
    db.session.add(Representative(organisation_id=organisation_id, person_id=person.id, role="recruiter"))
    return sign_in(person.id)


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
