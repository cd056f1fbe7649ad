"""Keys are ordered by time, in the order of making, and never guessable."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import RFC_4122

import pytest

from bazaar import clock
from bazaar.db import new_id

NOON = datetime(2027, 4, 21, 12, tzinfo=UTC)


@pytest.fixture
def still(monkeypatch):
    """The clock stands still."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_keys_of_one_millisecond_stand_in_the_order_of_making(still):
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert {(key.version, key.variant) for key in made} == {(7, RFC_4122)}


def test_a_key_is_not_guessed_from_the_one_before(still):
    made = [new_id().int & ((1 << 62) - 1) for _ in range(1000)]
    steps = {(later - earlier) % (1 << 62) for earlier, later in pairwise(made)}
    assert len(steps) == 999
    assert max(steps) > 1 << 60


def test_a_key_tells_when_it_was_made(monkeypatch):
    later = NOON + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert new_id().int >> 80 == int(later.timestamp() * 1000)


def test_a_clock_set_back_by_a_second_leaves_the_order_and_by_a_day_is_believed(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    first = new_id()
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(seconds=1))
    assert new_id() > first
    monkeypatch.setattr(clock, "now", lambda: NOON - timedelta(days=1))
    assert new_id() < first


def test_many_threads_never_make_the_same_key(still):
    with ThreadPoolExecutor(8) as hands:
        made = list(hands.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == 4000
