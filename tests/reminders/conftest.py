"""A fair in ten days at which Dora meets Bolt AB on the first day at ten, and a clock that can be set."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting
from bazaar.messages.models import Letter
from bazaar.people.models import Person
from bazaar.reminders.actions import remind
from tests import make


@dataclass
class Cast:
    fair: Fair
    bolt: Exhibitor
    bo: Person
    dora: Registration
    meeting: Meeting

    def at(self, hour: int, minute: int = 0, day: int = 0) -> datetime:
        return make.at(self.fair, hour, minute, day)

    @property
    def start(self) -> datetime:
        return self.at(10)


@pytest.fixture
def cast(clean_database: None) -> Cast:
    fair = make.fair()
    bolt = make.exhibitor(fair, open_slots=True)
    make.booth(bolt, 14)
    dora = make.jobseeker(fair)
    bo = make.representative(bolt)
    return Cast(fair, bolt, bo, dora, make.meeting(dora, make.slot(bolt, make.at(fair, 10))))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that reads English."""
    reader = app.test_client()
    reader.set_cookie("lang", "en")
    return reader


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """It is this moment now."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def reminded(set_clock: Callable[[datetime], None], cast: Cast) -> str:
    """A day before the meeting Dora is reminded; the address in her letter."""
    set_clock(cast.start - timedelta(hours=24))
    return link_of(*remind_now())


def remind_now() -> list[Letter]:
    """The clock's reminders are written; those that are new."""
    before = set(db.session.scalars(db.select(Letter.id)))
    remind(clock.now())
    db.session.commit()
    return [letter for letter in reminders() if letter.id not in before]


def reminders() -> list[Letter]:
    """All reminders in the outbox, in order."""
    query = db.select(Letter).where(Letter.purpose.startswith("reminder")).order_by(Letter.id)
    return list(db.session.scalars(query))


def link_of(letter: Letter) -> str:
    """The address of the page that a reminder leads to."""
    found = re.search(r"/r/\S+", letter.words)
    assert found, letter.words
    return found[0]
