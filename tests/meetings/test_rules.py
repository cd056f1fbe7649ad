"""Every rule of PRODUCT.md "Meetings", as a sentence; each setting changed and the answer changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bazaar.meetings import rules
from bazaar.meetings.rules import Appointment, Limits, Opening, Time

DAY = datetime(2027, 4, 21, tzinfo=UTC)
USUAL = Limits(
    gap=timedelta(minutes=10),
    walk=timedelta(minutes=5),
    opens_before=timedelta(days=14),
    closes_before=timedelta(minutes=60),
    request_life=timedelta(hours=24),
    request_life_on_day=timedelta(minutes=60),
    max_pending=5,
    max_meetings=6,
    start_window=timedelta(minutes=15),
)


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def time(starts: str, ends: str, hall: str | None = None) -> Time:
    return Time(at(starts), at(ends), hall)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


# --- Gap and walking ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "close"),
    [("9:35", "9:50", False), ("9:36", "9:51", True), ("10:00", "10:15", True), ("10:24", "10:39", True), ("10:25", "10:40", False)],
)  # fmt: skip
def test_ten_minutes_lie_between_two_meetings(starts: str, ends: str, close: bool):
    assert rules.too_close(time(starts, ends), time("10:00", "10:15"), USUAL) is close


def test_a_fair_may_ask_for_another_gap():
    one, other = time("10:00", "10:15"), time("10:20", "10:35")
    assert rules.too_close(one, other, USUAL)
    assert not rules.too_close(one, other, replace(USUAL, gap=minutes(5)))
    assert rules.too_close(one, time("10:25", "10:40"), replace(USUAL, gap=minutes(11)))


def test_walking_to_another_hall_takes_more():
    here, there = time("10:00", "10:15", "A"), time("10:25", "10:40", "B")
    assert rules.too_close(here, there, USUAL)
    assert not rules.too_close(here, replace(there, hall="A"), USUAL)
    assert not rules.too_close(here, replace(there, hall=None), USUAL)
    assert not rules.too_close(here, there, replace(USUAL, walk=minutes(0)))


def test_the_first_clash_is_named_whichever_employer_it_is_with():
    busy = [time("9:00", "9:15"), time("10:00", "10:15"), time("11:00", "11:15")]
    assert rules.first_clash(time("10:20", "10:35"), busy, USUAL) == busy[1]
    assert rules.first_clash(time("10:25", "10:40"), busy, USUAL) is None


# --- Window ---------------------------------------------------------------------------------


def test_booking_opens_fourteen_days_before_the_fair():
    opens, slot = at("9:00"), at("15:00")
    assert rules.outside_window(opens, slot, opens - timedelta(days=14, seconds=1), USUAL) == "too_early"
    assert rules.outside_window(opens, slot, opens - timedelta(days=14), USUAL) is None
    earlier = replace(USUAL, opens_before=timedelta(days=20))
    assert rules.outside_window(opens, slot, opens - timedelta(days=15), earlier) is None


def test_booking_closes_an_hour_before_the_slot():
    opens, slot = at("9:00"), at("15:00")
    assert rules.outside_window(opens, slot, at("14:00"), USUAL) is None
    assert rules.outside_window(opens, slot, at("14:01"), USUAL) == "too_late"
    assert rules.outside_window(opens, slot, at("14:50"), replace(USUAL, closes_before=minutes(10))) is None
    assert (
        rules.outside_window(opens, slot, at("14:51"), replace(USUAL, closes_before=minutes(10)))
        == "too_late"
    )


def test_nothing_is_booked_while_the_phase_is_closed():
    assert rules.may_be_booked(at("9:00"), at("15:00"), at("9:00"), USUAL, phase_open=True)
    assert not rules.may_be_booked(at("9:00"), at("15:00"), at("9:00"), USUAL, phase_open=False)


# --- How many -------------------------------------------------------------------------------


def test_six_meetings_are_the_most_unless_the_fair_says_otherwise():
    assert not rules.over_the_most(5, USUAL)
    assert rules.over_the_most(6, USUAL)
    assert not rules.over_the_most(6, replace(USUAL, max_meetings=7))


def test_five_unanswered_requests_are_the_most_unless_the_fair_says_otherwise():
    assert not rules.too_many_requests(4, USUAL)
    assert rules.too_many_requests(5, USUAL)
    assert rules.too_many_requests(4, replace(USUAL, max_pending=4))


# --- Requests -------------------------------------------------------------------------------


def test_a_request_waits_a_day():
    asked = at("9:00") - timedelta(days=5)
    until = rules.request_expires_at(asked, on_fair_day=False, last_closing=at("17:00"), limits=USUAL)
    assert until == asked + timedelta(hours=24)
    longer = replace(USUAL, request_life=timedelta(hours=48))
    until = rules.request_expires_at(asked, on_fair_day=False, last_closing=at("17:00"), limits=longer)
    assert until == asked + timedelta(hours=48)


def test_on_the_day_a_request_waits_an_hour():
    until = rules.request_expires_at(at("10:00"), on_fair_day=True, last_closing=at("17:00"), limits=USUAL)
    assert until == at("11:00")
    shorter = replace(USUAL, request_life_on_day=minutes(30))
    until = rules.request_expires_at(at("10:00"), on_fair_day=True, last_closing=at("17:00"), limits=shorter)
    assert until == at("10:30")


def test_no_request_outlives_the_fair():
    until = rules.request_expires_at(at("16:30"), on_fair_day=True, last_closing=at("17:00"), limits=USUAL)
    assert until == at("17:00")


def test_a_request_that_ran_out_is_never_shown_as_pending():
    assert rules.status_at("requested", at("11:00"), at("10:59")) == "requested"
    assert rules.status_at("requested", at("11:00"), at("11:00")) == "expired"
    assert rules.status_at("booked", at("11:00"), at("12:00")) == "booked"


# --- At the table ---------------------------------------------------------------------------


def test_no_show_may_be_said_only_after_the_start_window():
    assert not rules.may_be_no_show(at("10:00"), at("10:15"), USUAL)
    assert rules.may_be_no_show(at("10:00"), at("10:16"), USUAL)
    assert rules.may_be_no_show(at("10:00"), at("10:06"), replace(USUAL, start_window=minutes(5)))


def test_held_may_be_said_from_a_quarter_of_an_hour_before():
    assert not rules.may_be_held(at("10:00"), at("9:44"), USUAL)
    assert rules.may_be_held(at("10:00"), at("9:45"), USUAL)
    assert not rules.may_be_held(at("10:00"), at("9:45"), replace(USUAL, start_window=minutes(10)))


def test_a_scan_within_the_start_window_or_the_time_means_held():
    around = [at("9:45"), at("10:00"), at("10:20")]
    assert all(rules.is_around(at("10:00"), at("10:20"), moment, USUAL) for moment in around)
    assert not rules.is_around(at("10:00"), at("10:20"), at("9:44"), USUAL)
    assert not rules.is_around(at("10:00"), at("10:20"), at("10:21"), USUAL)
    assert rules.is_around(at("10:00"), at("10:10"), at("10:15"), USUAL)


# --- Slots ----------------------------------------------------------------------------------


def test_a_day_is_cut_into_slots_with_a_pause_and_a_lunch():
    times = rules.cut_into_slots(
        Opening(at("10:00"), at("12:00")), minutes(15), minutes(10), without=Opening(at("10:45"), at("11:15"))
    )
    assert times == [time("10:00", "10:15"), time("10:25", "10:40"), time("11:15", "11:30"), time("11:40", "11:55")]  # fmt: skip


def test_a_slot_lies_within_the_hours_at_the_booth():
    morning, noon, evening = Opening(at("9:00"), at("11:00")), Opening(at("11:00"), at("13:00")), Opening(at("14:00"), at("17:00"))  # fmt: skip
    assert rules.is_inside(time("10:50", "11:10"), [noon, morning])
    assert not rules.is_inside(time("12:50", "13:10"), [morning, noon, evening])
    assert not rules.is_inside(time("8:50", "9:10"), [morning, noon])


# --- The whole plan -------------------------------------------------------------------------


def test_the_checker_finds_what_booking_must_never_let_through():
    first = Appointment("Dora", "Bolt AB", 1, time("10:00", "10:15", "A"))
    assert rules.clashes([first], USUAL) == []
    assert (
        rules.clashes([first, Appointment("Dora", "Crane AB", 1, time("10:25", "10:40", "A"))], USUAL) == []
    )
    assert rules.clashes([first, Appointment("Dora", "Crane AB", 1, time("10:25", "10:40", "B"))], USUAL)
    assert rules.clashes([first, Appointment("Dora", "Crane AB", 1, time("10:20", "10:35", "A"))], USUAL)
    assert rules.clashes([first, Appointment("Elias", "Bolt AB", 1, time("10:00", "10:15", "A"))], USUAL)
    assert (
        rules.clashes([first, Appointment("Elias", "Bolt AB", 2, time("10:00", "10:15", "A"))], USUAL) == []
    )
    assert rules.clashes([first], replace(USUAL, max_meetings=0))
