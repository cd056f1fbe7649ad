"""200 jobseekers at once for the last time: one has it, 199 read that somebody was faster.

The control takes away what prevents doubles, and runs the same race: it shows that this test would notice.
"""

import os
import re
import threading
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from tests import make
from tests.live import ROOT, Live
from tests.races.test_last_booth import Answer, Browser, cookie_of

pytestmark = pytest.mark.race

CLIENTS = 200

# What Python reads as it starts: in this server nobody looks whether a time is taken, and nothing is locked.
CARELESS = """
from bazaar.db import db
from bazaar.meetings import queries
from bazaar.meetings.actions import together

queries.meetings_in = lambda slots: {}
together.locked = lambda model, key: db.session.get_one(model, key)
"""


@dataclass
class LastSlot:
    """A live fair with one free time left, and everybody who wants it."""

    live: Live
    site: Flask
    page: str
    slot: str
    cookies: list[str]

    def meetings(self) -> list[str]:
        """Whose the time is now."""
        with self.site.app_context():
            standing = db.session.scalars(db.select(Meeting).where(Meeting.status == "booked"))
            found = [str(meeting.registration_id) for meeting in standing]
            db.session.remove()
            return found


@pytest.fixture
def last_slot(live_server: Callable[..., Live]) -> Iterator[Callable[..., LastSlot]]:
    sites: list[Flask] = []

    def ready(**settings: str) -> LastSlot:
        live = live_server(**settings)
        site = create_app(
            Settings.from_environment({"DATABASE_URL": live.database_url, "SECRET_KEY": "s" * 40})
        )
        sites.append(site)
        with site.app_context():
            db.create_all()
            fair = make.fair("race", days=1)
            bolt = make.exhibitor(fair, open_slots=True)
            make.representative(bolt)
            slot = make.slot(bolt, make.at(fair, 10))
            cookies = []
            for number in range(CLIENTS):
                registration = make.jobseeker(fair, f"Person {number}")
                cookies.append(cookie_of(db.session.get_one(Person, registration.person_id)))
            race = LastSlot(live, site, f"{live.url}/me/race/employers/{bolt.id}/book", str(slot.id), cookies)
            db.session.commit()
        return race

    yield ready
    for site in sites:
        with site.app_context():
            db.engine.dispose()


def everybody_at_once(race: LastSlot) -> list[Answer]:
    """Each opens the page, all wait for the last, then all press the button."""
    gate = threading.Barrier(CLIENTS)

    def press(cookie: str) -> Answer:
        browser = Browser(cookie)
        _status, html = browser.open(f"{race.page}?slot={race.slot}")
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', html)
        gate.wait(120)
        assert found, html
        fields = {"csrf_token": found[1], "slot": race.slot}
        return browser.open(race.page, urllib.parse.urlencode(fields).encode())

    with ThreadPoolExecutor(CLIENTS) as crowd:
        return list(crowd.map(press, race.cookies))


def test_200_at_once_for_the_last_time_one_has_it_and_199_are_told_in_words(last_slot):
    race = last_slot()
    answers = everybody_at_once(race)
    assert Counter(status for status, _html in answers) == {303: 1, 409: CLIENTS - 1}
    assert all("Somebody was faster: 10:00 is taken." in html for status, html in answers if status == 409)
    assert len(race.meetings()) == 1


def test_the_constraint_alone_keeps_doubles_out_in_words(last_slot, tmp_path: Path):
    """Were the lock and the look ever forgotten, the database would still let one in, and 199 be told."""
    race = last_slot(PYTHONPATH=careless(tmp_path))
    answers = everybody_at_once(race)
    assert Counter(status for status, _html in answers) == {303: 1, 409: CLIENTS - 1}
    assert len(race.meetings()) == 1


def test_without_lock_and_constraint_this_test_would_see_doubles(last_slot, tmp_path: Path):
    """The control: the same crowd, the same pages, but nothing keeps two from the same time."""
    race = last_slot(PYTHONPATH=careless(tmp_path))
    with race.site.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP INDEX uq_meeting_slot"))
    answers = everybody_at_once(race)
    assert Counter(status for status, _html in answers)[303] > 1
    assert len(race.meetings()) > 1


def careless(folder: Path) -> str:
    """A path from which Python starts the careless server."""
    (folder / "sitecustomize.py").write_text(CARELESS)
    return os.pathsep.join([str(folder), str(ROOT)])
