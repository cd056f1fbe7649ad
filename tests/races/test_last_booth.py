"""200 exhibitors at once for the last booth: one has it, 199 read who."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text

from bazaar.app import create_app
from bazaar.booths import actions, queries
from bazaar.config import Settings
from bazaar.db import db
from bazaar.people.models import Person, SignIn
from bazaar.words import hashed, new_token
from tests import make
from tests.live import Live

pytestmark = pytest.mark.race

CLIENTS = 200
Answer = tuple[int, str]


@dataclass
class LastBooth:
    """A live fair with one booth left, and everybody who wants it."""

    live: Live
    site: Flask
    addresses: list[tuple[str, str]]  # page, cookie
    booth: str
    blocks: list[str]

    def holders(self) -> list[str]:
        with self.site.app_context():
            rows = db.session.execute(
                text("SELECT exhibitor_id FROM booth_booking WHERE booth_id = :booth"), {"booth": self._key()}
            )
            holders = [str(row[0]) for row in rows]
            db.session.remove()
            return holders

    def _key(self) -> str:
        return self.booth.replace("-", "") if db.engine.dialect.name == "sqlite" else self.booth


def cookie_of(person: Person) -> str:
    token = new_token()
    make.add(SignIn(token_hash=hashed(token), person_id=person.id, device="test"))
    return token


@pytest.fixture
def last_booth(live_server: Callable[..., Live]) -> Iterator[Callable[[], LastBooth]]:
    sites: list[Flask] = []

    def ready() -> LastBooth:
        live = live_server()
        site = create_app(
            Settings.from_environment({"DATABASE_URL": live.database_url, "SECRET_KEY": "s" * 40})
        )
        with site.app_context():
            db.create_all()
            fair = make.fair("race", days=1)
            booth = actions.make(fair, "Hall A", 1, 1)[0]
            addresses = []
            for number in range(CLIENTS):
                place = make.exhibitor(fair, f"Exhibitor {number} AB")
                cookie = cookie_of(make.representative(place, f"Person {number}"))
                addresses.append((f"{live.url}/exhibit/race/{place.id}/booth", cookie))
            blocks = [str(block.id) for block in queries.blocks_of(fair)]
            found = LastBooth(live, site, addresses, str(booth.id), blocks)
            db.session.commit()
        sites.append(site)
        return found

    yield ready
    for site in sites:
        with site.app_context():
            db.engine.dispose()


def everybody_at_once(race: LastBooth) -> list[Answer]:
    """Each opens the page, all wait for the last, then all press the button."""
    gate = threading.Barrier(CLIENTS)

    def press(who: tuple[str, str]) -> Answer:
        page, cookie = who
        browser = Browser(cookie)
        _status, html = browser.open(f"{page}?booth={race.booth}&lang=en")
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        gate.wait(120)
        assert found, html
        fields = [
            ("csrf_token", found[1]),
            ("booth", race.booth),
            *(("blocks", block) for block in race.blocks),
        ]
        return browser.open(f"{page}/hold?lang=en", urllib.parse.urlencode(fields).encode())

    with ThreadPoolExecutor(CLIENTS) as crowd:
        return list(crowd.map(press, race.addresses))


class Browser:
    """Just enough of one: it keeps its cookies and stays on the page that answers."""

    def __init__(self, cookie: str) -> None:
        self.cookies = {"bazaar": cookie, "lang": "en"}

    def open(self, url: str, body: bytes | None = None) -> Answer:
        request = urllib.request.Request(url, body)
        request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        try:
            with OPENER.open(request, timeout=120) as response:
                self._keep(response)
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def _keep(self, response: object) -> None:
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


OPENER = urllib.request.build_opener(Stay)


def test_200_at_once_for_the_last_booth_one_has_it_and_199_read_who(last_booth):
    race = last_booth()
    answers = everybody_at_once(race)
    assert Counter(status for status, _html in answers) == {303: 1, 409: CLIENTS - 1}
    assert all(
        re.search(r"Booth 1 is held for Exhibitor \d+ AB", html) for status, html in answers if status == 409
    )
    assert len(race.holders()) == len(race.blocks)
    assert len(set(race.holders())) == 1


def test_without_the_constraint_this_test_would_see_doubles(last_booth):
    """The control: the same crowd, the same pages, but the database lets two in."""
    race = last_booth()
    with race.site.app_context():
        let_two_in()
    answers = everybody_at_once(race)
    assert Counter(status for status, _html in answers)[303] > 1
    assert len(set(race.holders())) > 1


def let_two_in() -> None:
    """Take the constraint away. SQLite cannot drop one, so its table is made anew without."""
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(
                text("ALTER TABLE booth_booking DROP CONSTRAINT uq_booth_booking_booth_id_block_id")
            )
        else:
            connection.execute(text("CREATE TABLE loose AS SELECT * FROM booth_booking"))
            connection.execute(text("DROP TABLE booth_booking"))
            connection.execute(text("ALTER TABLE loose RENAME TO booth_booking"))
