"""Who is next, and how long the others wait."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bazaar.meetings.rules import Opening, Time
from bazaar.queue import rules
from bazaar.queue.rules import Booth

TEN = datetime(2026, 4, 21, 10, tzinfo=UTC)
FIVE_O_CLOCK = datetime(2026, 4, 21, 17, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def time(begins: int, ends: int) -> Time:
    """So many minutes after ten."""
    return Time(TEN + minutes(begins), TEN + minutes(ends))


def booth(*taken: Time, tables: int = 1, back: int | None = None, length: int = 15) -> Booth:
    back_at = None if back is None else TEN + minutes(back)
    return Booth(tables, minutes(length), FIVE_O_CLOCK, back_at, taken)


def waits(line: list[list[Time]], at: Booth) -> list[int | None]:
    return [turn and int((turn - TEN) / minutes(1)) for turn in rules.turns(line, at, TEN)]


NOBODY_ELSEWHERE: list[list[Time]] = [[], [], [], []]


def test_one_table_takes_one_after_the_other():
    assert waits(NOBODY_ELSEWHERE, booth()) == [0, 15, 30, 45]


def test_two_tables_take_two_at_a_time():
    assert waits(NOBODY_ELSEWHERE, booth(tables=2)) == [0, 0, 15, 15]


def test_a_booked_meeting_in_between_is_waited_for():
    assert waits(NOBODY_ELSEWHERE, booth(time(20, 35))) == [0, 35, 50, 65]


def test_nobody_is_called_before_the_booth_is_back():
    assert waits(NOBODY_ELSEWHERE[:2], booth(back=40)) == [40, 55]


def test_whoever_is_in_a_meeting_elsewhere_is_passed_over_and_comes_next():
    assert waits([[time(10, 25)], [], []], booth()) == [30, 0, 15]


def test_a_turn_after_closing_is_no_turn():
    assert waits([[]] * 30, booth(length=60))[6:8] == [360, None]


def test_those_before_one_are_those_called_before():
    turns = rules.turns([[time(10, 25)], [], []], booth(), TEN)
    assert [rules.before(turns, n) for n in range(3)] == [2, 0, 1]


def test_a_length_is_known_after_three_conversations():
    slot = minutes(15)
    assert rules.typical_length([minutes(5), minutes(5)], slot) == slot
    assert rules.typical_length([minutes(5), minutes(6), minutes(40)], slot) == minutes(6)
    assert rules.typical_length([minutes(0)] * 3, slot) == rules.SHORTEST


def test_waits_are_rounded_as_people_say_them():
    said = [rules.rounded(minutes(number)) for number in (1, 5, 16, 59, 61, 90)]
    assert said == [minutes(number) for number in (5, 5, 20, 60, 75, 90)]


def test_a_booth_is_open_through_blocks_that_follow_one_another_and_shut_in_its_pause():
    hours = [Opening(TEN, TEN + minutes(60)), Opening(TEN + minutes(60), TEN + minutes(120))]
    assert rules.open_until(hours, TEN) == TEN + minutes(120)
    assert rules.open_until(hours, TEN + minutes(120)) is None
    assert rules.open_until(hours[1:], TEN) is None


def test_a_queue_that_does_not_move_is_not_known():
    call = minutes(5)
    assert not rules.stands_still(TEN - minutes(20), booth(), call, TEN)
    assert rules.stands_still(TEN - minutes(21), booth(), call, TEN)
    assert not rules.stands_still(TEN - minutes(90), booth(back=10), call, TEN)
    assert not rules.stands_still(TEN - minutes(90), booth(time(-5, 10)), call, TEN)


def test_no_show_only_once_the_time_to_come_has_passed():
    assert not rules.may_be_no_show(TEN, TEN + minutes(4), minutes(5))
    assert rules.may_be_no_show(TEN, TEN + minutes(5), minutes(5))


times = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda pair: time(pair[0], pair[0] + pair[1]))


@given(
    st.lists(st.lists(times, max_size=2), max_size=6),
    st.lists(times, max_size=3),
    st.integers(1, 3),
    st.integers(5, 30),
)
def test_nobody_is_called_while_elsewhere_and_no_table_is_taken_twice(line, taken, tables, length):
    turns = rules.turns(line, booth(*taken, tables=tables, length=length), TEN)
    talks = [Time(turn, turn + minutes(length)) for turn in turns if turn]
    for busy, turn in zip(line, turns, strict=True):
        assert turn is None or rules.may_come(busy, Time(turn, turn + minutes(length)))
    for talk in talks:
        room = [each for each in taken if rules.overlap(each, talk)]
        assert rules.most_at_once([*talks, *room], Time(talk.starts_at, talk.starts_at + minutes(1))) <= max(
            tables, rules.most_at_once(taken, Time(talk.starts_at, talk.starts_at + minutes(1)))
        )
