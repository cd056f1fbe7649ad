"""The way of a reminder through real processes, with the clock moved to the day: sender, mail scanner, person, next one."""

import re
import time
import urllib.parse
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from tests import make
from tests.live import Live
from tests.races.test_last_booth import Browser, cookie_of

pytestmark = pytest.mark.race


class Day:
    """A fair where Dora meets Bolt AB at ten and Crane AB at eleven, served at whatever moment is asked for."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.database_url, self.folder = database_url, folder
        self.live: Live | None = None
        Live(database_url, folder).run("db", "upgrade")
        self.site: Flask = create_app(
            Settings.from_environment({"DATABASE_URL": database_url, "SECRET_KEY": "s" * 40})
        )
        with self.site.app_context():
            fair = make.fair(days=1)
            dora, elias = make.jobseeker(fair), make.jobseeker(fair, "Elias")
            bolt, crane = (make.exhibitor(fair, name, open_slots=True) for name in ("Bolt AB", "Crane AB"))
            make.representative(bolt)
            slot = make.slot(bolt, make.at(fair, 10))
            make.meeting(dora, slot)
            make.meeting(dora, make.slot(crane, make.at(fair, 11)))
            self.start, self.slot = make.at(fair, 10), str(slot.id)
            self.book = f"/me/spring/employers/{bolt.id}/book"
            self.elias = cookie_of(db.session.get_one(Person, elias.person_id))
            db.session.commit()
            db.session.remove()

    def at(self, now: datetime) -> Live:
        """The same fair, with the clock started there."""
        self.end()
        self.live = Live(self.database_url, self.folder, now=now)
        with self.site.app_context():
            db.engine.dispose()
        return self.live.start("serve", "--workers", "1")

    def end(self) -> None:
        if self.live is not None:
            self.live.stop()

    def statuses(self) -> list[str]:
        with self.site.app_context():
            found = list(
                db.session.scalars(db.select(Meeting.status).order_by(Meeting.starts_at, Meeting.id))
            )
            db.session.remove()
            return found


@pytest.fixture
def day(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Day]:
    one = Day(new_database(), tmp_path)
    yield one
    one.end()
    with one.site.app_context():
        db.engine.dispose()


def printed(live: Live, pattern: str, seconds: float = 20) -> str:
    """What the sender has printed that fits, once it has."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := re.search(pattern, live.log(), re.DOTALL):
            return found[found.lastindex or 0]
        time.sleep(0.1)
    raise AssertionError(live.log())


def link_about(live: Live, employer: str) -> str:
    """The link of the reminder about this employer."""
    return printed(live, rf"Reminder: {employer}.*?(http\S+/r/\S+)")


def answer(link: str, said: str) -> int:
    browser = Browser("")
    _status, html = browser.open(f"{link}?lang=en")
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert token, html
    return browser.open(link, urllib.parse.urlencode({"csrf_token": token[1], "answer": said}).encode())[0]


def test_the_reminder_comes_a_scanner_opens_it_thrice_and_the_answer_frees_the_time(day: Day) -> None:
    live = day.at(day.start - timedelta(hours=24, seconds=1))
    link = link_about(live, "Bolt AB")
    for _ in range(3):
        status, _html = Browser("").open(link)
        assert status == 200
    assert day.statuses() == ["booked", "booked"]
    assert answer(link, "coming") == 303
    assert answer(link, "cannot") == 303
    assert day.statuses() == ["cancelled", "booked"]
    elias = Browser(day.elias)
    _status, html = elias.open(f"{live.url}{day.book}?slot={day.slot}")
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', html)
    assert token, html
    fields = urllib.parse.urlencode({"csrf_token": token[1], "slot": day.slot}).encode()
    assert elias.open(f"{live.url}{day.book}", fields)[0] == 303
    assert sorted(day.statuses()) == ["booked", "booked", "cancelled"]
    assert answer(link, "coming") == 409
    assert printed(live, "Cancelled: Dora")


def test_an_hour_before_it_comes_again_and_after_the_start_it_has_kind_words(day: Day) -> None:
    live = day.at(day.start)
    link = link_about(live, "Crane AB")
    assert "Bolt AB" not in live.log(), "that meeting has begun"
    assert answer(link, "coming") == 303
    path = urllib.parse.urlsplit(link).path
    live = day.at(day.start + timedelta(hours=1, minutes=1))
    status, html = Browser("").open(f"{live.url}{path}?lang=en")
    assert status == 200
    assert "Your meeting has begun" in html
    assert day.statuses() == ["booked", "booked"]
