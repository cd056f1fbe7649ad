"""The last seats of a talk and two hundred people at once, over real HTTP: exactly as many get one as there are.

The control takes the lock away and runs the same race: it shows that this test would notice.
"""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.serving import make_server

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.people.models import SignIn
from bazaar.programme import queries
from bazaar.programme.models import Seat
from bazaar.words import hashed, new_token
from tests import make
from tests.live import Live, free_port
from tests.programme import cast

pytestmark = pytest.mark.race
CROWD = 200
PLACES = 3


def app_on(database_url: str, port: int) -> Flask:
    return create_app(
        Settings.from_environment(
            {"DATABASE_URL": database_url, "SECRET_KEY": "x" * 40, "BASE_URL": f"http://127.0.0.1:{port}"}
        )
    )


def prepared(app: Flask, crowd: int) -> tuple[str, list[str]]:
    """A talk with few places, and many people who are signed in; its address and their cookies."""
    tokens = []
    with app.app_context():
        db.create_all()
        fair = make.fair()
        talk = cast.talk(fair, places=PLACES)
        for one in range(crowd):
            registration = make.jobseeker(fair, f"Person {one}")
            tokens.append(new_token())
            sign_in = SignIn(token_hash=hashed(tokens[-1]), person_id=registration.person_id, device="test")
            make.add(sign_in)
        address = f"/f/spring/programme/{talk.id}"
        db.session.commit()
    return address, tokens


def one_tap(port: int, address: str, token: str, start: Barrier) -> int:
    """Open the page, wait for the others, press the button."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", address, headers={"Cookie": f"bazaar={token}"})
    page = connection.getresponse()
    cookies = [c.split(";")[0] for c in page.headers.get_all("Set-Cookie", [])]
    form_token = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
    assert form_token is not None
    cookie = "; ".join([f"bazaar={token}", *cookies])
    start.wait(120)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Referer": "http://x/"}
    connection.close()
    connection.request("POST", f"{address}/sign-up", f"csrf_token={form_token[1]}", headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def race(port: int, address: str, tokens: list[str]) -> Counter[int]:
    start = Barrier(len(tokens))
    with ThreadPoolExecutor(len(tokens)) as crowd:
        return Counter(crowd.map(lambda token: one_tap(port, address, token, start), tokens))


def outcome(app: Flask) -> Counter[str]:
    with app.app_context():
        statuses = Counter(db.session.scalars(db.select(Seat.status)).all())
        db.session.remove()
        db.engine.dispose()
        return statuses


def test_exactly_as_many_have_a_seat_as_there_are_places(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    live = Live(new_database(), tmp_path_factory.mktemp("seats"))
    live.run("db", "upgrade")
    app = app_on(live.database_url, live.port)
    address, tokens = prepared(app, CROWD)
    try:
        live.start()
        assert race(live.port, address, tokens) == {303: CROWD}
    finally:
        live.stop()
    assert outcome(app) == {"going": PLACES, "waiting": CROWD - PLACES}


@contextmanager
def serving(app: Flask, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_without_the_lock_the_race_would_be_lost(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the lock is let go between the count and the seat."""
    port = free_port()
    app = app_on(new_database(), port)
    address, tokens = prepared(app, 40)
    counted = queries.asked_of

    def count_and_let_go(talk_id: object) -> object:
        asked = counted(talk_id)
        db.session.commit()
        time.sleep(0.05)
        return asked

    monkeypatch.setattr(queries, "asked_of", count_and_let_go)
    with serving(app, port):
        race(port, address, tokens)
    assert outcome(app)["going"] > PLACES
