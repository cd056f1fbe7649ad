"""Everybody at the booth presses "Call next" at once: each calls somebody else.

The control takes the lock away and runs the same race: it shows that this test would notice.
"""

import os
import re
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.journal.models import Entry
from bazaar.queue.models import Place
from tests import make
from tests.live import ROOT, Live
from tests.races.test_last_booth import Browser, cookie_of

pytestmark = pytest.mark.race

RECRUITERS = 8

# What Python reads as it starts: in this server nothing is locked, and between looking and calling there is time.
CARELESS = """
import time

from bazaar.db import db
from bazaar.queue import rules
from bazaar.queue.actions import calling

calling.locked = lambda model, key: db.session.get_one(model, key)
first_who_may_come = rules.first_who_may_come


def slowly(line, wanted):
    time.sleep(0.3)
    return first_who_may_come(line, wanted)


rules.first_who_may_come = slowly
"""


@dataclass
class Booth:
    """A booth with a queue that is long enough for all who call."""

    live: Live
    site: Flask
    page: str
    cookies: list[str]

    def called(self) -> list[int]:
        """The numbers that were called, as the journal has them."""
        with self.site.app_context():
            found = db.session.scalars(db.select(Entry).where(Entry.verb == "call")).all()
            numbers = sorted(entry.facts["number"] for entry in found)
            db.session.remove()
            return numbers


@pytest.fixture
def booth(live_server: Callable[..., Live]) -> Iterator[Callable[..., Booth]]:
    sites: list[Flask] = []

    def ready(**settings: str) -> Booth:
        live = live_server(**settings)
        site = create_app(
            Settings.from_environment({"DATABASE_URL": live.database_url, "SECRET_KEY": "s" * 40})
        )
        sites.append(site)
        with site.app_context():
            db.create_all()
            fair = make.fair("race", days=1)
            bolt = make.exhibitor(fair)
            cookies = [cookie_of(make.representative(bolt, f"Bo {number}")) for number in range(RECRUITERS)]
            for number in range(1, RECRUITERS + 3):
                make.add(
                    Place(
                        fair_id=fair.id,
                        exhibitor_id=bolt.id,
                        registration_id=make.jobseeker(fair, f"Person {number}").id,
                        number=number,
                        by="jobseeker",
                        until=make.at(fair, 17),
                    )
                )
            found = Booth(live, site, f"{live.url}/exhibit/race/{bolt.id}/queue", cookies)
            db.session.commit()
        return found

    yield ready
    for site in sites:
        with site.app_context():
            db.engine.dispose()


def everybody_calls(booth: Booth) -> list[int]:
    """Each opens the page, all wait for the last, then all press; the numbers that were called."""
    gate = threading.Barrier(RECRUITERS)

    def press(cookie: str) -> int:
        browser = Browser(cookie)
        _status, html = browser.open(booth.page)
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', html)
        assert token, html
        gate.wait(120)
        body = urllib.parse.urlencode({"csrf_token": token[1]}).encode()
        return browser.open(f"{booth.page}/call", body)[0]

    with ThreadPoolExecutor(RECRUITERS) as recruiters:
        assert set(recruiters.map(press, booth.cookies)) == {303}
    return booth.called()


def test_eight_at_once_call_the_first_eight_each_somebody_else(booth):
    assert everybody_calls(booth()) == list(range(1, RECRUITERS + 1))


def test_without_the_lock_this_test_would_see_one_person_called_twice(booth, tmp_path: Path):
    """The control."""
    (tmp_path / "sitecustomize.py").write_text(CARELESS)
    numbers = everybody_calls(booth(PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)])))
    assert len(set(numbers)) < len(numbers)
