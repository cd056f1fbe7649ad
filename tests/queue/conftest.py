"""A fair that runs today, with Bolt AB at booth 14, and people who come to it; the clock can be set."""

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
from bazaar.queue import actions
from bazaar.queue.models import Place
from tests import make


@dataclass
class Cast:
    fair: Fair
    bolt: Exhibitor
    bo: Person
    set_clock: Callable[[int, int], None]

    def join(self, *names: str) -> list[Place]:
        """These people stand in Bolt's queue, in this order."""
        return [self.stands(make.jobseeker(self.fair, name)) for name in names]

    def stands(self, registration: Registration) -> Place:
        return actions.join(self.fair, registration, self.bolt, by="jobseeker", actor=registration.person_id)

    def call(self) -> Place:
        return actions.call_next(self.fair, self.bolt, self.bo)

    @property
    def page(self) -> str:
        return f"/exhibit/spring/{self.bolt.id}/queue"

    def way_of(self, place: Place) -> str:
        return f"{self.page}/{place.id}"

    @property
    def mine(self) -> str:
        return f"/me/spring/employers/{self.bolt.id}/queue"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    reader = app.test_client()
    reader.set_cookie("lang", "en")
    return reader


@pytest.fixture
def cast(clean_database: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """It is ten o'clock on the first day."""
    fair = make.fair()
    bolt = make.exhibitor(fair)
    make.booth(bolt, 14)

    def set_clock(hour: int, minute: int = 0) -> None:
        moment: datetime = make.at(fair, hour, minute)
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock(10, 0)
    return Cast(fair, bolt, make.representative(bolt), set_clock)


def letters(purpose: str) -> list[Letter]:
    db.session.flush()
    query = db.select(Letter).where(Letter.purpose == purpose).order_by(Letter.id)
    return list(db.session.scalars(query))
