"""Real senders: two at once, one that is killed, one that is asked to stop."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bazaar import clock
from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.messages.actions import put_in_outbox
from bazaar.messages.models import Letter
from tests.live import Live

pytestmark = pytest.mark.race


@pytest.fixture
def house(new_database: Callable[[], str], tmp_path, monkeypatch) -> Iterator[Live]:
    """A database of its own, with the command ready to run on it."""
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    live = Live(new_database(), tmp_path)
    live.run("db", "upgrade")
    yield live
    live.stop()


@contextmanager
def outbox(house: Live) -> Iterator[None]:
    with create_app(Settings.from_environment({"DATABASE_URL": house.database_url})).app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def put_in(house: Live, *letters: dict[str, object]) -> None:
    with outbox(house):
        for facts in letters:
            put_in_outbox(
                **{
                    "channel": "email", "address": "dora@example.org", "language": "en", "purpose": "invitation",
                    "subject": "Hello", "words": "Words", **facts,
                }
            )  # fmt: skip
        db.session.commit()


def statuses(house: Live) -> dict[str, str]:
    with outbox(house):
        return {row.purpose: row.status for row in db.session.scalars(db.select(Letter))}


def start(house: Live, *options: str, **settings: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "bazaar", "send", *options],
        cwd=house.folder,
        env=house.environment | settings,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_senders_at_once_send_nothing_twice(house, mail_server):
    server = mail_server()
    house.environment["SMTP_URL"] = server.url
    put_in(house, *({"address": f"dora{number}@example.org"} for number in range(60)))
    senders = [start(house) for _ in range(3)]
    said = [sender.communicate(timeout=60)[0] for sender in senders]
    assert Counter(message["To"] for message in server.taken) == Counter(
        f"dora{number}@example.org" for number in range(60)
    )
    assert sum(int(words.split(" sent")[0].splitlines()[-1]) for words in said) == 60
    assert set(statuses(house).values()) == {"sent"}


def test_a_killed_senders_letter_is_perhaps_sent_and_a_code_goes_again(house, mail_server):
    server = mail_server(stuck=Event())
    house.environment["SMTP_URL"] = server.url
    put_in(house, {"purpose": "invitation"}, {"purpose": "code", "address": "elias@example.org",
           "secret": True, "expires_at": clock.now() + timedelta(minutes=10)})  # fmt: skip
    for _ in range(2):
        sender = start(house)
        assert server.stuck.wait(20)
        server.stuck.clear()
        sender.kill()
        sender.communicate()
    assert statuses(house) == {"invitation": "claimed", "code": "claimed"}
    server.stuck = None
    assert house.run("send").startswith("0 sent, 2 waiting")
    house.environment["BAZAAR_NOW"] = (clock.now() + timedelta(minutes=3)).isoformat()
    house.run("send")
    assert statuses(house) == {"invitation": "perhaps_sent", "code": "waiting"}
    house.environment["BAZAAR_NOW"] = (clock.now() + timedelta(minutes=4)).isoformat()
    assert house.run("send") == "1 sent, 0 waiting, 0 failed\n"
    assert statuses(house) == {"invitation": "perhaps_sent", "code": "sent"}
    assert Counter(message["To"] for message in server.taken) == {
        "dora@example.org": 1,
        "elias@example.org": 2,
    }


def test_a_killed_senders_code_is_not_sent_when_it_is_too_late(house, mail_server):
    server = mail_server(stuck=Event())
    house.environment["SMTP_URL"] = server.url
    put_in(house, {"purpose": "code", "secret": True, "expires_at": clock.now() + timedelta(minutes=10)})
    sender = start(house)
    assert server.stuck.wait(20)
    sender.kill()
    sender.communicate()
    server.stuck = None
    house.environment["BAZAAR_NOW"] = (clock.now() + timedelta(minutes=11)).isoformat()
    house.run("send")
    assert len(server.taken) == 1
    with outbox(house):
        row = db.session.scalars(db.select(Letter)).one()
        assert (row.status, row.words) == ("perhaps_sent", "")


def test_the_lasting_sender_sends_what_comes_and_ends_when_asked(house, mail_server):
    server = mail_server()
    sender = start(house, "--forever", SMTP_URL=server.url)
    put_in(house, {"address": "dora@example.org"})
    deadline = time.monotonic() + 20
    while not server.taken and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(server.taken) == 1
    sender.send_signal(signal.SIGTERM)
    sender.communicate(timeout=10)
    assert sender.returncode == 0
    assert statuses(house) == {"invitation": "sent"}


def test_the_lasting_sender_does_not_outlive_its_server(house):
    put_in(house, {})
    code = (
        "import subprocess, sys; "
        "print(subprocess.Popen([sys.executable, '-m', 'bazaar', 'send', '--forever']).pid, flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=house.folder,
        env=house.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        sender = int(server.stdout.readline())
        while "Words" not in server.stdout.readline():
            pass
        server.kill()
        deadline = time.monotonic() + 20
        while is_running(sender) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not is_running(sender)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"


def test_the_command_says_how_many_were_sent(house):
    put_in(house, {}, {"channel": "sms", "address": "+46701740605"})
    said = house.run("send")
    assert "E-mail to dora@example.org" in said
    assert "SMS to +46701740605" in said
    assert said.splitlines()[-1] == "2 sent, 0 waiting, 0 failed"
