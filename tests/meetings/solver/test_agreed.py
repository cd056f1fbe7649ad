from dataclasses import replace

import pytest
from hypothesis import given, settings

from bazaar.meetings.solver import drawing
from bazaar.meetings.solver.agreed import question_of, solve_all
from bazaar.meetings.solver.chains import Rearranging
from bazaar.meetings.solver.clauses import answers
from bazaar.meetings.solver.layout import lay_out
from bazaar.meetings.solver.problem import Party, Problem, Resource, Wish
from bazaar.meetings.solver.room import has_room
from tests.meetings.solver.days import Slots, breaks_of, can_be_held, every_timetable, small_days, wrong_with


def fewest_breaks(problem: Problem) -> int | None:
    """By trying every timetable; None where not everything can be held."""
    most = problem.max_break_difference
    return min(
        (
            sum(breaks)
            for held in every_timetable(problem)
            if len(held) == len(problem.wishes)
            and (breaks := breaks_of(problem, held)) is not None
            and (most is None or not breaks or max(breaks) - min(breaks) <= most)
        ),
        default=None,
    )


def asked_of_the_clauses(problem: Problem) -> int | None:
    layout = lay_out(problem)
    if not has_room(layout):
        return None
    *_, last = answers(question_of(layout))
    if last.least is None or last.slots is None:
        return None
    held = {wish.id: slot for wish, slot in zip(problem.wishes, last.slots, strict=True)}
    assert can_be_held(problem, held)
    assert sum(breaks_of(problem, held)) == last.breaks == last.least
    return last.breaks


@given(small_days("all"))
@settings(max_examples=150, deadline=None)
def test_the_clauses_know_the_fewest_breaks_and_what_cannot_be_held(problem: Problem) -> None:
    assert asked_of_the_clauses(problem) == fewest_breaks(problem)


@pytest.mark.soak
@given(small_days("all"))
@settings(max_examples=5000, deadline=None)
def test_the_clauses_know_thousands_of_small_days(problem: Problem) -> None:
    assert asked_of_the_clauses(problem) == fewest_breaks(problem)


@given(small_days("all"))
@settings(max_examples=8, deadline=None)
def test_what_is_said_of_a_small_day_is_so(problem: Problem) -> None:
    timetable = solve_all(problem, seconds=10.0, seed=1)
    fewest = fewest_breaks(problem)
    assert timetable.status == ("infeasible" if fewest is None else "optimal")
    if fewest is None:
        allowed = ("not held", "breaks: from")  # nothing else may be wrong with what is held all the same
        assert all(any(words in line for words in allowed) for line in wrong_with(problem, timetable))
    else:
        assert timetable.breaks == fewest
        assert wrong_with(problem, timetable) == []


@pytest.mark.parametrize("seed", [13, 15])
def test_an_agreed_day_is_held_with_the_fewest_breaks(seed: int) -> None:
    problem = drawing.agreed_day(seed)
    timetable = solve_all(problem, seconds=60.0, seed=1)
    assert timetable.status == "optimal"
    assert wrong_with(problem, timetable) == []


def test_agreed_days_are_of_the_size_that_is_promised() -> None:
    for seed in range(40):
        day = drawing.agreed_day(seed)
        assert 40 <= len(day.parties) <= 80
        assert 125 <= len(day.wishes) <= 300
        assert 8 <= day.slots <= 22


def test_rearranging_keeps_every_rule_and_only_ever_betters() -> None:
    problem = drawing.agreed_day(15)
    problem = replace(problem, wishes=(*problem.wishes[:-1], replace(problem.wishes[-1], resource="ti")),
                      resources=(Resource("ti", (1,) * problem.slots),))  # fmt: skip
    layout = lay_out(problem)
    first = next(iter(answers(question_of(layout))))
    assert first.slots is not None
    chains = Rearranging(layout, first.slots)
    for _ in range(40):
        before = chains.breaks
        if chains.go_on():
            assert chains.breaks < before
            held: Slots = dict(
                zip([wish.id for wish in problem.wishes], chains.board.best.tolist(), strict=True)
            )
            assert can_be_held(problem, held)
            assert sum(breaks_of(problem, held)) == chains.breaks
    assert chains.breaks < first.breaks


def test_contradicting_pins_are_infeasible_and_the_rest_is_held() -> None:
    problem = Problem("all", 2, (Party("a"), Party("b"), Party("c")), (
        Wish("w1", ("a", "b"), fixed=0), Wish("w2", ("a", "c"), fixed=0), Wish("w3", ("b", "c")),
    ))  # fmt: skip
    timetable = solve_all(problem, seconds=10.0, seed=1)
    assert timetable.status == "infeasible"
    assert len(timetable.meetings) == 2
    assert timetable.seconds < 5.0


def test_more_wishes_than_a_cap_are_infeasible_without_a_search() -> None:
    problem = Problem("all", 9, (Party("a", cap=1), Party("b"), Party("c")), (
        Wish("w1", ("a", "b")), Wish("w2", ("a", "c")),
    ))  # fmt: skip
    timetable = solve_all(problem, seconds=10.0, seed=1)
    assert (timetable.status, [unmet.reason for unmet in timetable.unmet]) == ("infeasible", ["own_cap"])


def test_more_meetings_than_seats_are_infeasible_without_a_search() -> None:
    guests = [Party(f"j{number}") for number in range(30)]
    wishes = [
        Wish(f"w{number}", ("e", guest.id), slots=frozenset(range(9))) for number, guest in enumerate(guests)
    ]
    problem = Problem("all", 29, (Party("e", parallel=3), *guests), tuple(wishes))
    assert solve_all(problem, seconds=10.0, seed=1).status == "infeasible"


def test_wishes_that_wait_for_each_other_are_infeasible() -> None:
    problem = Problem("all", 9, (Party("a"), Party("b"), Party("c")), (
        Wish("w1", ("a", "b"), after=("w2",)), Wish("w2", ("a", "c"), after=("w1",)),
    ))  # fmt: skip
    assert solve_all(problem, seconds=10.0, seed=1).status == "infeasible"


def test_when_the_time_is_up_what_is_known_is_given() -> None:
    problem = drawing.agreed_day(6)
    timetable = solve_all(problem, seconds=0.5, seed=1)
    assert timetable.status in ("feasible", "unknown", "optimal")
    assert timetable.seconds < 3.0
