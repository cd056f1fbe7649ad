"""Reading a fair's outbox, and trying a stuck letter again."""

from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.errors import NotFound, Refused
from bazaar.messages.actions import claim, put_in_outbox, stop, try_again
from bazaar.messages.queries import letter_of, letters_of
from tests import make


def letter(fair, status="sent", secret=False):
    row = put_in_outbox(
        channel="email", address="dora@example.org", language="sv", purpose="test", subject="Hej", words="Hej!",
        fair_id=fair.id, secret=secret,
    )  # fmt: skip
    row.status = status
    return make.add(row)


def test_pages_lead_to_one_another_and_miss_nothing():
    fair = make.fair()
    all_ids = sorted((letter(fair).id for _ in range(7)), reverse=True)
    first = letters_of(fair.id, rows=3)
    second = letters_of(fair.id, rows=3, before=first.older)
    third = letters_of(fair.id, rows=3, before=second.older)
    assert [row.id for page in (first, second, third) for row in page.rows] == all_ids
    assert (first.newer, third.older) == (None, None)
    assert letters_of(fair.id, rows=3, after=third.newer) == second
    assert letters_of(fair.id, rows=3, after=second.newer) == first


def test_stuck_letters_can_be_seen_alone():
    fair = make.fair()
    stuck = {letter(fair, status).id for status in ("failed", "perhaps_sent")}
    for status in ("waiting", "claimed", "sent", "expired"):
        letter(fair, status)
    assert {row.id for row in letters_of(fair.id, stuck=True).rows} == stuck


def test_another_fairs_letters_are_not_there():
    ours, theirs = make.fair("spring"), make.fair("autumn")
    other = letter(theirs)
    assert not letters_of(ours.id).rows
    with pytest.raises(NotFound):
        letter_of(ours.id, other.id)


@pytest.mark.parametrize("status", ["failed", "perhaps_sent"])
def test_a_stuck_letter_waits_again(status):
    fair = make.fair()
    stuck = letter(fair, status)
    stuck.tries = 8
    try_again(stuck, make.organiser(fair).id)
    assert (stuck.status, stuck.tries) == ("waiting", 0)


@pytest.mark.parametrize(
    ("status", "secret"), [("sent", False), ("waiting", False), ("expired", False), ("failed", True)]
)
def test_other_letters_are_not_sent_again(status, secret):
    fair = make.fair()
    with pytest.raises(Refused):
        try_again(letter(fair, status, secret), make.organiser(fair).id)


def test_a_waiting_letter_is_stopped_and_sent_after_all_not_before_its_time(client):
    fair = make.fair()
    later = clock.now() + timedelta(days=1)
    waits = letter(fair, "waiting")
    make.sign_in(client, make.organiser(fair))
    client.set_cookie("lang", "en")
    address = f"/organise/{fair.slug}/letters/{waits.id}"
    assert "Stop the letter" in client.get(address).text
    assert client.post(f"{address}/stop").status_code == 303
    assert waits.status == "stopped"
    assert claim() is None
    page = client.get(address).text
    assert ("Stopped" in page, "Send it after all" in page, "Stop the letter" in page) == (True, True, False)
    waits.next_try_at = later
    client.post(f"{address}/again")
    assert (waits.status, waits.next_try_at) == ("waiting", later)


@pytest.mark.parametrize(("status", "secret"), [("waiting", True), ("claimed", False), ("sent", False)])
def test_a_letter_with_a_code_or_on_its_way_is_not_stopped(status, secret):
    fair = make.fair()
    with pytest.raises(Refused):
        stop(letter(fair, status, secret), make.organiser(fair).id)
