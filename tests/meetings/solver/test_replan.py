import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bazaar.meetings.solver import drawing
from bazaar.meetings.solver.best import solve_best
from bazaar.meetings.solver.problem import STANDING, Problem, Timetable
from bazaar.meetings.solver.replan import replan
from tests.meetings.solver.days import can_be_held, small_days, wrong_with


def without(problem: Problem, gone: set[str]) -> Problem:
    """Parties who cancelled, and all wishes for them."""
    wishes = [wish for wish in problem.wishes if not gone & set(wish.parties)]
    left = {wish.id for wish in wishes}
    return replace(
        problem,
        parties=tuple(party for party in problem.parties if party.id not in gone),
        wishes=tuple(replace(wish, after=tuple(set(wish.after) & left)) for wish in wishes),
    )


def slots_of(timetable: Timetable) -> dict[str, int]:
    return {meeting.wish: meeting.slot for meeting in timetable.meetings}


def goes_on(problem: Problem, published: Timetable, new: Timetable, now: int, *, moves: bool) -> None:
    before, after = slots_of(published), slots_of(new)
    there = {wish.id for wish in problem.wishes}
    kept = {name: slot for name, slot in before.items() if name in there}
    assert wrong_with(problem, new) == []
    assert new.moved == sum(name in after and after[name] != slot for name, slot in before.items())
    assert new.dropped == sum(name not in after for name in before)
    if can_be_held(problem, kept):  # it can unless something was to come after a meeting that is gone
        assert all(after[name] == slot for name, slot in kept.items() if slot <= now + STANDING)
        assert moves or all(after.get(name) == slot for name, slot in kept.items())
    assert all(slot > now + STANDING for name, slot in after.items() if before.get(name) != slot)
    assert moves or new.moved == 0
    assert new.weight <= new.bound


@given(small_days(), st.data(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whoever_cancels_what_stands_stands(problem: Problem, data: st.DataObject, moves: bool) -> None:
    published = solve_best(problem, seconds=0.1, seed=1)
    gone = data.draw(st.sets(st.sampled_from([party.id for party in problem.parties]), max_size=2))
    now = data.draw(st.integers(-3, 2))
    left = without(problem, gone)
    if now < problem.slots:
        goes_on(left, published, replan(left, published, now=now, moves=moves, seconds=0.1), now, moves=moves)


@pytest.mark.parametrize("moves", [True, False])
def test_a_fair_that_loses_people_goes_on(moves: bool) -> None:
    problem = drawing.fair_day(300, 40, 12, 5)
    published = solve_best(problem, seconds=1.0, seed=1)
    draw = random.Random(1)
    gone = set(draw.sample([party.id for party in problem.parties if party.compact], 15)) | {"e3"}
    left = without(problem, gone)
    new = replan(left, published, now=2, moves=moves, seconds=1.0)
    goes_on(left, published, new, 2, moves=moves)
    assert new.moved <= 0.03 * len(published.meetings)


def test_a_freed_seat_goes_to_the_next_in_line() -> None:
    problem = drawing.fair_day(60, 4, 8, 2)
    published = solve_best(problem, seconds=0.5, seed=1)
    first = next(meeting for meeting in published.meetings if meeting.slot == 7)
    seeker = next(wish.parties[1] for wish in problem.wishes if wish.id == first.wish)
    left = without(problem, {seeker})
    new = replan(left, published, now=3, moves=False, seconds=0.5)
    assert set(slots_of(new)) - set(slots_of(published))


def test_a_smaller_table_drops_what_no_longer_fits() -> None:
    problem = drawing.fair_day(60, 4, 8, 2)
    published = solve_best(problem, seconds=0.5, seed=1)
    smaller = replace(problem, parties=tuple(replace(party, parallel=1) for party in problem.parties))
    new = replan(smaller, published, now=0, seconds=0.5)
    assert wrong_with(smaller, new) == []
    assert new.dropped > 0


@pytest.mark.soak
@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=60, deadline=None)
def test_many_fairs_go_on(seed: int, moves: bool) -> None:
    draw = random.Random(seed)
    problem = drawing.fair_day(200, 25, 12, seed, hard=seed % 2 == 0, interpreters=seed % 3 == 0)
    published = solve_best(problem, seconds=0.5, seed=1)
    gone = {party.id for party in problem.parties if draw.random() < 0.05}
    now = draw.randrange(12)
    left = without(problem, gone)
    goes_on(left, published, replan(left, published, now=now, moves=moves, seconds=0.5), now, moves=moves)
