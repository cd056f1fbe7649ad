"""Letters leave the outbox once, wait when nobody takes them, and keep no secrets afterwards."""

import io
import shutil
import ssl
import subprocess
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy.orm import make_transient

from bazaar import clock
from bazaar.config import Settings
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.messages import actions
from bazaar.messages.commands import send_waiting
from bazaar.messages.models import Letter
from bazaar.messages.post import Console, MailServer
from bazaar.messages.rules import WAITS
from tests.live import free_port
from tests.messages.conftest import fresh, letter

SENDER = "Bazaar <hello@fair.example.org>"


def posts(url=None):
    console = Console(io.StringIO())
    return {"email": MailServer(url, SENDER) if url else console, "sms": console}


def due(row: Letter) -> None:
    """It is time to try again."""
    fresh(row).next_try_at = clock.now()
    db.session.commit()


def test_without_a_mail_server_letters_are_printed_with_code_and_all():
    letter(words="Your code is 123456.", secret=True, purpose="code")
    letter("+46701740605", channel="sms", words="654321 is your code")
    ways = posts()
    assert send_waiting(ways)["sent"] == 2
    said = ways["sms"].out.getvalue()
    assert "E-mail to dora@example.org" in said
    assert "Your code is 123456." in said
    assert "SMS to +46701740605" in said


def test_a_letter_arrives_as_it_was_written(mail_server):
    server = mail_server()
    row = letter()
    assert send_waiting(posts(server.url)) == {"sent": 1}
    [message] = server.taken
    assert message["Subject"] == "Hej då"
    assert message["From"] == SENDER
    assert message["To"] == "dora@example.org"
    assert message["Content-Language"] == "sv"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{row.id}@fair.example.org>"
    assert abs(parsedate_to_datetime(message["Date"]) - clock.now()) < timedelta(minutes=1)
    assert message.get_content().splitlines() == ["Välkommen till mässan!", "Klockan 10:45."]
    row = fresh(row)
    assert (row.status, row.tries, row.problem) == ("sent", 1, None)
    assert row.sent_at is not None
    assert row.words != ""
    assert send_waiting(posts(server.url)) == {}


def test_a_long_link_arrives_whole(mail_server):
    server = mail_server()
    link = "https://fair.example.org/sign-in/link/" + "x=.y" * 60
    letter(words=f"Open\n{link}\n.\n..two dots")
    send_waiting(posts(server.url))
    assert server.taken[0].get_content().splitlines() == ["Open", link, ".", "..two dots"]


def test_no_line_of_a_subject_becomes_a_header(mail_server):
    server = mail_server()
    letter(subject="Hej\r\nBcc: eve@example.org")
    assert send_waiting(posts(server.url)) == {"sent": 1}
    assert server.taken[0]["Bcc"] is None
    assert server.taken[0]["Subject"] == "Hej Bcc: eve@example.org"


def test_codes_go_before_other_letters(mail_server):
    server = mail_server()
    for number in range(5):
        letter(f"dora{number}@example.org")
    letter("elias@example.org", purpose="code")
    send_waiting(posts(server.url))
    assert server.taken[0]["To"] == "elias@example.org"


def test_what_a_secret_letter_said_is_forgotten_once_it_is_sent(mail_server):
    server = mail_server()
    row = letter(words="Your code is 123456.", secret=True)
    send_waiting(posts(server.url))
    assert "123456" in server.taken[0].get_content()
    assert (fresh(row).status, fresh(row).words) == ("sent", "")


def test_a_letter_that_is_too_late_is_not_sent_and_its_words_go(mail_server):
    server = mail_server()
    row = letter(words="123456", secret=True, expires_at=clock.now() - timedelta(seconds=1))
    reminder = letter(expires_at=clock.now() - timedelta(seconds=1))
    told = letter("elias@example.org", expires_at=clock.now() + timedelta(minutes=5))
    send_waiting(posts(server.url))
    assert [message["To"] for message in server.taken] == ["elias@example.org"]
    assert (fresh(row).status, fresh(row).words) == ("expired", "")
    assert (fresh(reminder).status, fresh(reminder).words) == ("expired", "")
    fresh(told).expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    send_waiting(posts(server.url))
    assert (fresh(told).status, fresh(told).words != "") == ("sent", True)


def test_an_address_that_is_refused_is_given_up_and_not_repeated_in_the_reason(mail_server):
    server = mail_server(answers={"dora@example.org": "550 <dora@example.org>: no such mailbox"})
    row, other = letter(secret=True), letter("elias@example.org")
    assert send_waiting(posts(server.url)) == {"failed": 1, "sent": 1}
    row = fresh(row)
    assert row.status == "failed"
    assert "no such mailbox" in row.problem
    assert "dora" not in row.problem
    assert row.words == ""
    assert fresh(other).status == "sent"


def test_an_address_that_is_busy_is_tried_later_and_given_up_at_last(mail_server):
    server = mail_server(answers={"dora@example.org": "451 try later"})
    row = letter()
    for tries in range(1, len(WAITS) + 1):
        assert send_waiting(posts(server.url)) == {"waiting": 1}
        row = fresh(row)
        assert (row.status, row.tries) == ("waiting", tries)
        wait = row.next_try_at - clock.now()
        assert WAITS[tries - 1] - timedelta(seconds=5) < wait <= WAITS[tries - 1]
        assert send_waiting(posts(server.url)) == {}, "not before its time"
        due(row)
    assert send_waiting(posts(server.url)) == {"failed": 1}
    assert "451" in fresh(row).problem


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(mail_server):
    server = mail_server()
    row, other = letter("dåra@example.org"), letter("elias@example.org")
    assert send_waiting(posts(server.url)) == {"failed": 1, "sent": 1}
    assert fresh(row).status == "failed"
    assert fresh(other).status == "sent"


def test_what_is_due_and_cannot_be_written_does_not_stop_the_others(mail_server, monkeypatch):
    def broken(_moment):
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "_due", [actions.Due(lambda _moment: True, broken)])
    server = mail_server()
    letter()
    assert send_waiting(posts(server.url)) == {"sent": 1}


def test_without_an_answer_letters_wait_and_only_one_try_is_spent():
    rows = [letter(f"dora{number}@example.org") for number in range(3)]
    assert send_waiting(posts(f"smtp://127.0.0.1:{free_port()}")) == {"waiting": 1}
    assert sorted(fresh(row).tries for row in rows) == [0, 0, 1]
    assert {fresh(row).status for row in rows} == {"waiting"}


@pytest.mark.parametrize(
    ("purpose", "status"),
    [("invitation", "perhaps_sent"), ("code", "waiting"), ("meeting_cancelled", "waiting")],
)
def test_when_the_line_breaks_after_the_letter_nobody_knows(mail_server, purpose, status):
    server = mail_server(hangs_up=True)
    row = letter(purpose=purpose)
    assert send_waiting(posts(server.url)) == {status: 1}
    assert len(server.taken) == 1
    assert fresh(row).status == status
    due(row)
    server.hangs_up = False
    send_waiting(posts(server.url))
    assert len(server.taken) == (2 if status == "waiting" else 1)


def test_a_closed_console_loses_nothing():
    row = letter()
    ways = posts()

    class Closed(io.StringIO):
        def write(self, _words):
            raise BrokenPipeError(32, "Broken pipe")

    ways["email"].out = Closed()
    assert send_waiting(ways) == {"waiting": 1}
    assert fresh(row).words != ""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_the_line_is_encrypted_when_the_server_offers_it(mail_server, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = mail_server(tls=context)
    letter()
    way = MailServer(server.url, SENDER)
    line = way._open_line()
    assert isinstance(line.sock, ssl.SSLSocket)
    assert send_waiting({"email": way, "sms": way}) == {"sent": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"SMTP_URL": "mail.example.org"},
        {"SMTP_URL": "http://mail.example.org"},
        {"SMTP_URL": "smtp://mail.example.org:many"},
        {"SMS_URL": "https://sms.example.org"},
        {"MAIL_FROM": "the fair"},
        {"TRUSTED_PROXIES": "²"},
        {"BAZAAR_NOW": "yesterday"},
        {"BAZAAR_NOW": "2027-04-21T10:00:00"},
    ],
)
def test_a_wrong_setting_is_named_in_one_line(wrong):
    [name] = wrong
    with pytest.raises(Refused, match=f"^{name}: ") as refused:
        Settings.from_environment(wrong)
    assert "\n" not in refused.value.reason


def test_a_stumble_is_logged_by_its_kind_and_rule_without_what_people_wrote(monkeypatch, caplog):
    def stumble():
        twice = letter("secret.name@example.org")
        db.session.expunge(twice)
        make_transient(twice)
        db.session.add(twice)
        db.session.flush()

    monkeypatch.setattr(actions, "write_due", stumble)
    send_waiting(posts())
    assert "letters that are due were not written: IntegrityError " in caplog.text
    for personal in ("secret.name", "DETAIL", "Key (", "Traceback"):
        assert personal not in caplog.text
