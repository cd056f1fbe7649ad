"""Putting somebody who was scanned in the booth's queue."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import PairBlock
from bazaar.queue.models import Place
from bazaar.sharing.queries import standing_share
from tests import make
from tests.checkin.test_booth import Phone


@pytest.fixture
def fair() -> Fair:
    return make.fair(first_day=clock.now().date())


@pytest.fixture
def bolt(fair: Fair) -> Exhibitor:
    return make.exhibitor(fair)


@pytest.fixture
def dora(fair: Fair) -> Registration:
    return make.jobseeker(fair, "Dora")


@pytest.fixture
def phone(client: FlaskClient, bolt: Exhibitor) -> Phone:
    return Phone(client, bolt)


@pytest.fixture
def at_ten(fair: Fair, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once it is called, it is ten o'clock on the fair's day."""
    moment = make.at(fair, 10)
    return lambda: monkeypatch.setattr(clock, "now", lambda: moment)


def test_who_was_scanned_stands_in_the_queue_once_and_shows_nothing_by_that(
    phone: Phone, dora: Registration, bolt: Exhibitor, at_ten: Callable[[], None]
) -> None:
    code = make.badge_code(dora)
    phone.scan(code)
    at_ten()
    said = phone.ask("/device/queue", {"code": code}).json
    assert said == {"number": 1, "words": "They are next"}
    assert phone.ask("/device/queue", {"code": code}).json == said
    [place] = db.session.scalars(db.select(Place)).all()
    assert (place.by, place.status) == ("scanner", "waiting")
    assert standing_share(dora.id, bolt.id) is None
    elias = make.jobseeker(db.session.get_one(Fair, bolt.fair_id), "Elias")
    phone.scan(make.badge_code(elias))
    assert phone.ask("/device/queue", {"code": make.badge_code(elias)}).json == {
        "number": 2,
        "words": "1 before them, about 15 minutes",
    }


def test_somebody_never_scanned_here_is_not_put_in_the_queue(
    phone: Phone, dora: Registration, at_ten: Callable[[], None]
) -> None:
    at_ten()
    assert phone.ask("/device/queue", {"code": make.badge_code(dora)}).status_code == 404


def test_the_booth_is_told_why_not_without_being_told_why(
    phone: Phone, dora: Registration, bolt: Exhibitor, at_ten: Callable[[], None]
) -> None:
    code = make.badge_code(dora)
    phone.scan(code)
    at_ten()
    make.add(PairBlock(fair_id=bolt.fair_id, registration_id=dora.id, exhibitor_id=bolt.id, by="jobseeker"))
    refused = phone.ask("/device/queue", {"code": code})
    assert (refused.status_code, refused.json["error"]) == (409, "They cannot stand in your queue.")
