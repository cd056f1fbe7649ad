"""When letters are tried again, and which may go out twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bazaar.messages.rules import WAITS, goes_again, next_try

NOON = datetime(2027, 4, 21, 12, tzinfo=UTC)


def test_each_try_waits_longer_and_the_last_gives_up():
    moments = [next_try(tries, NOON) for tries in range(1, len(WAITS) + 1)]
    assert moments == sorted(moments)
    assert moments[0] == NOON + timedelta(seconds=5)
    assert next_try(len(WAITS) + 1, NOON) is None


@pytest.mark.parametrize(
    ("purpose", "again"),
    [("code", True), ("meeting_cancelled", True), ("fair_day_cancelled", True), ("invitation", False), ("meeting_booked", False)],
)  # fmt: skip
def test_only_codes_and_cancellations_go_out_twice(purpose, again):
    assert goes_again(purpose) is again
