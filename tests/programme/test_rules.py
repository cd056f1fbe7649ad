"""Who has a seat and who is next."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from bazaar.programme import rules
from bazaar.programme.rules import Asked, Time

NINE = datetime(2027, 4, 21, 9, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def asked(status: str, minutes: int) -> Asked:
    return Asked(uuid.uuid4(), status, after(minutes))


@pytest.mark.parametrize(
    ("starts", "ends", "both"), [(-30, 0, False), (-30, 1, True), (10, 20, True), (60, 90, False)]
)
def test_talks_overlap_unless_one_ends_before_the_other_starts(starts, ends, both):
    hour = Time(after(0), after(60))
    other = Time(after(starts), after(ends))
    assert rules.overlap(hour, other) is both
    assert rules.overlap(other, hour) is both


def test_one_may_sign_up_until_a_talk_begins_and_unless_it_is_cancelled():
    assert rules.closed(after(1), None, NINE) is None
    assert rules.closed(NINE, None, NINE) == "begun"
    assert rules.closed(after(60), after(-5), NINE) == "cancelled"


def test_the_first_as_many_as_there_are_places_have_a_seat_and_the_next_waits():
    assert [rules.status_for_next(2, going) for going in range(4)] == ["going", "going", "waiting", "waiting"]
    assert rules.status_for_next(None, 10_000) == "going"


def test_who_asked_first_is_let_in_first():
    going, second, first, third = (
        asked("going", 0),
        asked("waiting", 2),
        asked("waiting", 1),
        asked("waiting", 3),
    )
    assert rules.let_in([going, second, first, third], 3) == [first.seat_id, second.seat_id]
    assert rules.let_in([going, second, first, third], None) == [first.seat_id, second.seat_id, third.seat_id]
    assert rules.let_in([going, second], 1) == []
    assert rules.let_in([going, asked("going", 1), second], 1) == []


def test_with_fewer_places_those_who_asked_last_lose_their_seat():
    first, second, third = asked("going", 1), asked("going", 2), asked("going", 3)
    assert rules.too_many([third, first, second], 1) == [second.seat_id, third.seat_id]
    assert rules.too_many([third, first, second], 3) == []
    assert rules.too_many([third, first, second], None) == []


def test_free_seats_are_never_fewer_than_none():
    assert rules.free_seats(10, 12) == 0
    assert rules.free_seats(10, 4) == 6
    assert rules.free_seats(None, 4) is None
