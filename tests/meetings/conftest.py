"""A fair in ten days with Bolt AB that offers open times, Dora and Elias; and a clock that can be set."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.messages.models import Letter
from bazaar.people.models import Person
from tests import make


@dataclass
class Cast:
    fair: Fair
    bolt: Exhibitor
    bo: Person
    dora: Registration
    elias: Registration

    def at(self, hour: int, minute: int = 0, day: int = 0) -> datetime:
        return make.at(self.fair, hour, minute, day)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that reads English."""
    reader = app.test_client()
    reader.set_cookie("lang", "en")
    return reader


@pytest.fixture
def cast(clean_database: None) -> Cast:
    fair = make.fair()
    bolt = make.exhibitor(fair, open_slots=True)
    return Cast(fair, bolt, make.representative(bolt), make.jobseeker(fair), make.jobseeker(fair, "Elias"))


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """It is this moment now."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def letters(purpose: str = "") -> list[Letter]:
    """What waits in the outbox, in order."""
    db.session.flush()
    query = db.select(Letter).order_by(Letter.id)
    return [letter for letter in db.session.scalars(query) if not purpose or letter.purpose == purpose]
