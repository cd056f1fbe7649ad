"""Everybody changes meetings at once, on both sides: nobody waits for ever, nothing falls over, nothing clashes."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import begin_writing, db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.meetings import actions, queries, rules
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.rules import Appointment, Time
from tests import make

pytestmark = pytest.mark.race

THREADS, DEEDS = 8, 40


@pytest.fixture
def site(new_database: Callable[[], str]) -> Flask:
    app = create_app(Settings.from_environment({"DATABASE_URL": new_database(), "SECRET_KEY": "s" * 40}))
    with app.app_context():
        db.create_all()
        fair = make.fair(days=1)
        for number in range(3):
            exhibitor = make.exhibitor(fair, f"Employer {number}", open_slots=True)
            make.representative(exhibitor, f"Recruiter {number}")
            for n in range(16):
                make.slot(exhibitor, make.at(fair, 10) + timedelta(minutes=20 * n), is_open=n % 4 > 0)
        for number in range(5):
            make.jobseeker(fair, f"Jobseeker {number}")
        db.session.commit()
    return app


def deed(chance: random.Random) -> None:
    """One person does one thing."""
    fair = db.session.scalars(db.select(Fair)).one()
    registration = chance.choice(db.session.scalars(db.select(Registration)).all())
    exhibitor = chance.choice(db.session.scalars(db.select(Exhibitor)).all())
    slot = chance.choice(db.session.scalars(db.select(Slot).where(Slot.exhibitor_id == exhibitor.id)).all())
    meeting = db.session.scalars(
        db.select(Meeting).where(Meeting.exhibitor_id == exhibitor.id).order_by(db.func.random()).limit(1)
    ).first()
    what = chance.choice(
        ["book", "book", "ask", "accept", "move", "cancel", "restore", "withdraw", "leave", "own"]
    )
    someone = uuid.uuid4()
    if what == "book":
        actions.book(fair, registration, exhibitor, slot.id, language="en")
    elif what == "ask":
        actions.ask(fair, registration, exhibitor, "", language="en")
    elif what == "withdraw":
        actions.withdraw_slots(fair, exhibitor, [slot], "", someone)
        actions.reopen_slots(exhibitor, [slot.id], someone)
    elif what == "leave":
        actions.cancel_all_of(fair, registration, "jobseeker", someone)
    elif meeting is not None:
        change(what, fair, meeting, slot, someone)


def change(what: str, fair: Fair, meeting: Meeting, slot: Slot, someone: uuid.UUID) -> None:
    if what == "accept":
        actions.accept(fair, meeting, slot.id, someone)
    elif what == "own":
        time = Time(slot.starts_at + timedelta(minutes=3), slot.ends_at)
        actions.accept_at(fair, meeting, time, 2, someone)
    elif what == "move":
        actions.move(fair, meeting, slot.id, someone)
    elif what == "cancel":
        actions.cancel(fair, meeting, "exhibitor", "", someone)
    else:
        actions.restore(fair, meeting, "exhibitor", someone)


def test_both_sides_change_meetings_at_once(site: Flask):
    gate = threading.Barrier(THREADS)

    def live(number: int) -> Counter[str]:
        chance, ended = random.Random(number), Counter[str]()
        gate.wait(60)
        for _ in range(DEEDS):
            with site.app_context():
                begin_writing()
                try:
                    deed(chance)
                    db.session.commit()
                    ended["done"] += 1
                except (Refused, NotFound):
                    db.session.rollback()
                    ended["refused"] += 1
        return ended

    with ThreadPoolExecutor(THREADS) as crowd:
        ended = sum(crowd.map(live, range(THREADS)), Counter())
    assert ended["done"] + ended["refused"] == THREADS * DEEDS
    assert ended["done"] > THREADS
    with site.app_context():
        fair = db.session.scalars(db.select(Fair)).one()
        rows = db.session.execute(
            db.select(
                Meeting.registration_id, Meeting.exhibitor_id, Slot.table, Meeting.starts_at, Meeting.ends_at
            )
            .join(Slot, Slot.id == Meeting.slot_id)
            .where(Meeting.status.in_(rules.STANDING))
        )
        plan = [Appointment(who, whom, table, Time(start, end)) for who, whom, table, start, end in rows]
        assert plan
        assert rules.clashes(plan, queries.limits_of(fair)) == []
        db.session.rollback()
        db.engine.dispose()
