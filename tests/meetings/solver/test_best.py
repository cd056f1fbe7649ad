from dataclasses import replace

import pytest
from hypothesis import given, settings

from bazaar.meetings.solver import drawing
from bazaar.meetings.solver.best import solve_best
from bazaar.meetings.solver.problem import EMPLOYER, JOBSEEKER, Party, Problem, Resource, Timetable, Wish
from tests.meetings.solver.days import (
    can_be_held,
    common_slots,
    coverage_and_weight,
    every_timetable,
    small_days,
    wrong_with,
)


def holds_up(problem: Problem, *, coverage: bool = True) -> None:
    timetable = solve_best(problem, seconds=0.2, seed=1, coverage=coverage)
    assert wrong_with(problem, timetable) == []
    assert timetable.weight <= timetable.bound
    values = [coverage_and_weight(problem, held) for held in every_timetable(problem)]
    best = max(values) if coverage else max(values, key=lambda value: value[2])
    alike = [weight for *covered, weight in values if not coverage or tuple(covered) == timetable.coverage]
    assert max(alike) <= timetable.bound
    if coverage:
        assert best[:2] <= timetable.coverage_bound
    if timetable.status == "optimal":
        assert timetable.weight == best[2]
        assert not coverage or timetable.coverage == best[:2]
    reasons_hold(problem, timetable)


def reasons_hold(problem: Problem, timetable: Timetable) -> None:
    """The first reason that fits is given, and whoever is in the way would make room by going."""
    held = {meeting.wish: meeting.slot for meeting in timetable.meetings}
    for unmet in timetable.unmet:
        wish = next(wish for wish in problem.wishes if wish.id == unmet.wish)
        assert unmet.reason == first_reason(problem, wish, held)
        assert not any(can_be_held(problem, {**held, wish.id: slot}) for slot in range(problem.slots))
        if unmet.reason == "worth_less" and unmet.because and not any(each.after for each in problem.wishes):
            without = {name: slot for name, slot in held.items() if name not in unmet.because}
            assert any(can_be_held(problem, {**without, wish.id: slot}) for slot in range(problem.slots))


def first_reason(problem: Problem, wish: Wish, held: dict[str, int]) -> str:
    two = [party for party in problem.parties if party.id in wish.parties]
    wishes = {each.id: each for each in problem.wishes}

    def meets(party: Party, slot: int) -> int:
        return sum(party.id in wishes[name].parties and at == slot for name, at in held.items())

    def served(slot: int) -> bool:
        supply = {one.id: one.per_slot[slot] for one in problem.resources}
        used = sum(wishes[name].resource == wish.resource and at == slot for name, at in held.items())
        return wish.resource is None or used < supply[wish.resource]

    common = common_slots(problem, wish)
    if not common:
        return "no_common_slot"
    if any(
        party.cap is not None and sum(party.id in wishes[name].parties for name in held) >= party.cap
        for party in two
    ):
        return "own_cap"
    employers = [party for party in two if party.role == EMPLOYER]
    if all(any(meets(party, slot) >= party.parallel for party in employers) for slot in common):
        return "employer_full"
    free = [slot for slot in common if all(meets(party, slot) < party.parallel for party in two)]
    return "no_interpreter" if free and not any(served(slot) for slot in free) else "worth_less"


@given(small_days())
@settings(max_examples=150, deadline=None)
def test_small_days_are_kept_in_order_bounded_and_explained(problem: Problem) -> None:
    holds_up(problem)


@given(small_days())
@settings(max_examples=60, deadline=None)
def test_without_coverage_weight_alone_counts(problem: Problem) -> None:
    holds_up(problem, coverage=False)


@pytest.mark.soak
@given(small_days())
@settings(max_examples=5000, deadline=None)
def test_thousands_of_small_days(problem: Problem) -> None:
    holds_up(problem)
    holds_up(problem, coverage=False)


@pytest.mark.parametrize("seed", range(4))
def test_a_fair_day_is_kept_in_order(seed: int) -> None:
    problem = drawing.fair_day(60, 8, 8, seed, hard=seed % 2 == 1, interpreters=seed > 1)
    timetable = solve_best(problem, seconds=1.0, seed=seed)
    assert wrong_with(problem, timetable) == []
    assert timetable.weight >= 0.98 * timetable.bound


def test_a_day_that_can_hold_everything_does() -> None:
    problem = replace(drawing.agreed_day(7), mode="best")
    timetable = solve_best(problem, seconds=4.0, seed=1)
    assert timetable.status == "optimal"
    assert len(timetable.meetings) == len(problem.wishes)


def test_everybody_has_a_meeting_before_anybody_has_a_better_one() -> None:
    seekers = (Party("j1", compact=True, role=JOBSEEKER), Party("j2", compact=True, role=JOBSEEKER))
    problem = Problem("best", 1, (Party("e1"), Party("e2"), *seekers), (
        Wish("w1", ("e1", "j1"), 9), Wish("w2", ("e2", "j1"), 1), Wish("w3", ("e1", "j2"), 1),
    ))  # fmt: skip
    timetable = solve_best(problem, seconds=0.2, seed=1)
    assert (timetable.status, timetable.coverage, timetable.weight) == ("optimal", (2, 0), 2)
    alone = solve_best(problem, seconds=0.2, seed=1, coverage=False)
    assert (alone.status, alone.weight) == ("optimal", 9)


def test_an_interpreter_without_hours_is_why_nothing_is_held() -> None:
    problem = Problem(
        "best", 2, (Party("e"), Party("j", role=JOBSEEKER)), (Wish("w", ("e", "j"), resource="ti"),),
        resources=(Resource("ti", (0, 0)),),
    )  # fmt: skip
    timetable = solve_best(problem, seconds=0.2, seed=1)
    assert [unmet.reason for unmet in timetable.unmet] == ["no_interpreter"]
    assert "ti" in timetable.unmet[0].words


def test_somebody_blocked_all_day_has_no_slot_in_common_with_anybody() -> None:
    blocked = Party("j", blocked=frozenset({0, 1}), role=JOBSEEKER)
    timetable = solve_best(
        Problem("best", 2, (Party("e"), blocked), (Wish("w", ("e", "j")),)), seconds=0.2, seed=1
    )
    assert (timetable.status, timetable.unmet[0].reason) == ("optimal", "no_common_slot")


@pytest.mark.parametrize("slots", [0, 3])
def test_a_day_without_wishes_is_planned_at_once(slots: int) -> None:
    timetable = solve_best(Problem("best", slots, (Party("e"),), ()), seconds=5.0, seed=1)
    assert (timetable.status, timetable.bound, timetable.seconds < 1.0) == ("optimal", 0, True)


def test_of_two_wishes_pinned_to_one_seat_the_heavier_is_held() -> None:
    problem = Problem("best", 2, (Party("e"), Party("j1"), Party("j2")), (
        Wish("w1", ("e", "j1"), 2, fixed=0), Wish("w2", ("e", "j2"), 3, fixed=0),
    ))  # fmt: skip
    timetable = solve_best(problem, seconds=0.2, seed=1)
    assert [meeting.wish for meeting in timetable.meetings] == ["w2"]


@pytest.mark.parametrize("jobseekers", [3_000, pytest.param(18_200, marks=pytest.mark.soak)])
def test_more_wishes_than_anybody_has_are_answered_in_time(jobseekers: int) -> None:
    problem = drawing.fair_day(jobseekers, jobseekers // 10, 24, 3)
    assert len(problem.wishes) > 5 * jobseekers
    timetable = solve_best(problem, seconds=2.0, seed=1)
    assert timetable.seconds < 60.0
    assert wrong_with(problem, timetable) == []
    assert timetable.weight >= 0.95 * timetable.bound
