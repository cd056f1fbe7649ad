"""What became of a meeting, and what is owed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bazaar.followups import rules
from bazaar.followups.rules import Booking
from bazaar.meetings.rules import Limits, is_around

TEN = datetime(2027, 4, 21, 10, tzinfo=UTC)
WINDOW = timedelta(minutes=15)
AFTERWARDS = TEN + timedelta(hours=5)


def at(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def meeting(status: str = "booked", length: int = 20) -> Booking:
    return Booking(status, TEN, at(length))


def state(booking: Booking, *scans: int, now: datetime = AFTERWARDS) -> str:
    return rules.state_of(booking, [at(scan) for scan in scans], now, WINDOW)


@pytest.mark.parametrize("minutes", [-15, -1, 0, 14, 20])
def test_a_scan_in_the_start_window_or_the_time_means_that_it_was_held(minutes):
    assert state(meeting(), minutes) == "held"


@pytest.mark.parametrize("minutes", [-16, 21, 200])
def test_a_scan_at_another_time_says_nothing_of_the_meeting(minutes):
    assert state(meeting(), minutes) == "unknown"


def test_a_short_meeting_may_begin_as_late_as_its_window():
    assert state(meeting(length=10), 15) == "held"
    assert state(meeting(length=10), 16) == "unknown"


def test_the_recruiter_may_say_that_it_was_held_without_a_scan():
    assert state(meeting("held")) == "held"


def test_neither_scan_nor_word_is_unknown_and_not_a_no_show():
    assert state(meeting()) == "unknown"
    assert state(meeting("no_show")) == "no_show"


def test_a_scan_is_a_fact_also_where_the_recruiter_said_no_show():
    assert state(meeting("no_show"), 5) == "held"


def test_a_meeting_that_is_not_over_is_still_to_come():
    assert state(meeting(), now=at(-60)) == "to_come"
    assert state(meeting(), now=at(20)) == "to_come"
    assert state(meeting(), now=at(21)) == "unknown"
    assert state(meeting(), 2, now=at(3)) == "held"


def test_a_request_waits_until_it_runs_out():
    assert state(Booking("requested", expires_at=at(1)), now=TEN) == "asked"
    assert state(Booking("requested", expires_at=at(1)), now=at(1)) == "expired"
    assert state(Booking("requested"), now=TEN) == "asked"


@pytest.mark.parametrize("status", ["declined", "cancelled", "expired"])
def test_what_did_not_come_about_is_never_held_by_a_scan(status):
    assert state(Booking(status, TEN, at(20)), 5) == status


@pytest.mark.parametrize("minutes", range(-40, 60, 5))
def test_the_window_is_the_one_in_which_recruiters_may_say_held(minutes):
    nothing = timedelta(0)
    limits = Limits(nothing, nothing, nothing, nothing, nothing, nothing, 5, 6, WINDOW)
    assert rules.is_within(TEN, at(20), at(minutes), WINDOW) == is_around(TEN, at(20), at(minutes), limits)


def test_a_scan_without_a_booking_is_a_meeting_only_if_the_recruiter_wrote_something():
    def status(says_something):
        return rules.status_of([], scanned=True, shares=True, says_something=says_something)

    assert status(True) == "met"
    assert status(False) == "scanned"
    assert rules.status_of([], scanned=False, shares=True, says_something=True) == "shared"


def test_one_word_says_the_most_of_somebody():
    def word(*states, scanned=False):
        return rules.status_of(states, scanned=scanned, shares=True, says_something=False)

    assert word("cancelled", "held") == "met"
    assert word("unknown", "to_come") == "to_come"
    assert word("unknown", scanned=True) == "scanned"
    assert word("asked") == "asked"
    assert word() == "shared"


def test_next_steps_are_read_out_of_one_number():
    assert rules.steps_in(0) == []
    assert rules.steps_in(0b0101) == ["call", "send_cv"]
    assert rules.steps_in(0b1010) == ["interview", "other"]


def test_an_answer_is_owed_so_many_days_after_the_last_day():
    assert rules.answer_by(date(2027, 4, 22), 14) == date(2027, 5, 6)


@pytest.mark.parametrize(("day", "debt"), [(5, "coming"), (6, "today"), (7, "late")])
def test_a_promise_is_coming_due_today_or_late(day, debt):
    known = {"promised": True, "answered": False, "due": date(2027, 5, 6)}
    assert rules.debt_of(**known, today=date(2027, 5, day)) == debt


def test_who_was_promised_nothing_is_owed_nothing():
    day = date(2027, 5, 6)
    assert rules.debt_of(promised=False, answered=False, due=day, today=day) == "nothing"
    assert rules.debt_of(promised=False, answered=True, due=day, today=day) == "answered"


def test_the_sum_adds_up_and_answers_beyond_the_promise_are_told_apart():
    people = [
        (True, True, "answered"), (True, True, "late"), (True, True, "today"), (True, True, "coming"),
        (True, False, "nothing"), (True, False, "answered"), (False, False, "nothing"), (False, True, "coming"),
    ]  # fmt: skip
    debt = rules.debt_sum(people)
    assert (debt.met, debt.promised, debt.answered, debt.also_answered) == (6, 5, 1, 1)
    assert debt.answered + debt.late + debt.today + debt.coming == debt.promised


def test_an_answer_can_be_taken_back_for_ten_minutes_and_is_not_shown_before():
    assert rules.may_undo(TEN, at(9))
    assert not rules.is_known_to_jobseeker(TEN, at(9))
    assert not rules.may_undo(TEN, at(10))
    assert rules.is_known_to_jobseeker(TEN, at(10))
