"""Small days for the engine, and every timetable that they could have."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from hypothesis import strategies as st

from bazaar.meetings.checker import clashes
from bazaar.meetings.solver.files import problem_form, timetable_form
from bazaar.meetings.solver.problem import EMPLOYER, JOBSEEKER, Party, Problem, Resource, Timetable, Wish

Slots = Mapping[str, int]  # the slot of each wish that is held


@st.composite
def small_days(draw: st.DrawFn, mode: str = "best") -> Problem:
    """Everything that the form knows, in every combination, on a day that can be tried out."""
    slots = draw(st.integers(0, 4))
    some_slots = st.frozensets(st.integers(0, slots - 1)) if slots else st.just(frozenset())
    parties = tuple(
        Party(
            f"p{number}",
            parallel=draw(st.integers(1, 2)),
            cap=draw(st.none() | st.integers(0, 3)),
            blocked=draw(some_slots) if draw(st.booleans()) else frozenset(),
            compact=draw(st.booleans()),
            role=draw(st.sampled_from((JOBSEEKER, EMPLOYER))),
            place=draw(st.none() | st.tuples(st.floats(0, 9), st.floats(0, 9))),
        )
        for number in range(draw(st.integers(2, 5)))
    )
    hours = st.lists(st.integers(0, 2), min_size=slots, max_size=slots)
    resources = tuple(Resource(name, tuple(draw(hours))) for name in draw(st.sampled_from(((), ("ti",)))))
    wishes: list[Wish] = []
    for number in range(draw(st.integers(0, 5))):
        two = draw(
            st.lists(st.sampled_from(parties), min_size=2, max_size=2, unique_by=lambda party: party.id)
        )
        wishes.append(
            Wish(
                f"w{number}",
                (two[0].id, two[1].id),
                weight=draw(st.integers(1, 5)),
                slots=draw(st.none() | some_slots),
                fixed=draw(st.none() | st.integers(0, slots - 1)) if slots else None,
                after=tuple(draw(st.sets(st.sampled_from([wish.id for wish in wishes]), max_size=1)))
                if wishes
                else (),
                resource=draw(st.sampled_from((None, *(one.id for one in resources)))),
            )
        )
    return Problem(
        mode=mode,
        slots=slots,
        parties=parties,
        wishes=tuple(wishes),
        resources=resources,
        tables=draw(st.none() | st.integers(0, 3)),
        max_break_difference=draw(st.none() | st.integers(0, 1)) if mode == "all" else None,
    )


def wrong_with(problem: Problem, timetable: Timetable) -> list[str]:
    return clashes(problem_form(problem), timetable_form(timetable))


def every_timetable(problem: Problem) -> Iterator[Slots]:
    choices = [[None, *range(problem.slots)] for _ in problem.wishes]
    for slots in product(*choices):
        held = {wish.id: slot for wish, slot in zip(problem.wishes, slots, strict=True) if slot is not None}
        if can_be_held(problem, held):
            yield held


def can_be_held(problem: Problem, held: Slots) -> bool:
    """All hard rules, written down once more."""
    wishes = {wish.id: wish for wish in problem.wishes}
    at = Counter((party, slot) for name, slot in held.items() for party in wishes[name].parties)
    in_day = Counter(party for name in held for party in wishes[name].parties)
    need = Counter((wishes[name].resource, slot) for name, slot in held.items())
    hall = Counter(held.values())
    return (
        all(_may(problem, wishes[name], slot, held) for name, slot in held.items())
        and all(
            at[party.id, slot] <= party.parallel for party in problem.parties for slot in range(problem.slots)
        )
        and all(party.cap is None or in_day[party.id] <= party.cap for party in problem.parties)
        and all(
            need[one.id, slot] <= most for one in problem.resources for slot, most in enumerate(one.per_slot)
        )
        and all(problem.tables is None or count <= problem.tables for count in hall.values())
    )


def _may(problem: Problem, wish: Wish, slot: int, held: Slots) -> bool:
    return slot in common_slots(problem, wish) and all(held.get(before, slot) < slot for before in wish.after)


def common_slots(problem: Problem, wish: Wish) -> set[int]:
    """The slots in which the wish may be held and neither party is blocked."""
    blocked = {slot for party in problem.parties if party.id in wish.parties for slot in party.blocked}
    allowed = set(range(problem.slots)) if wish.slots is None else set(wish.slots)
    return (allowed if wish.fixed is None else allowed & {wish.fixed}) - blocked


def coverage_and_weight(problem: Problem, held: Slots) -> tuple[int, int, int]:
    wishes = {wish.id: wish for wish in problem.wishes}
    meetings = Counter(party for name in held for party in wishes[name].parties)
    theirs = [meetings[party.id] for party in problem.parties if party.role == JOBSEEKER]
    return (
        sum(count >= 1 for count in theirs),
        sum(count >= 2 for count in theirs),
        sum(wishes[name].weight for name in held),
    )


def breaks_of(problem: Problem, held: Slots) -> list[int]:
    """Of each compact party."""
    breaks = []
    for party in problem.parties:
        if party.compact:
            busy = sorted(
                {held[wish.id] for wish in problem.wishes if party.id in wish.parties and wish.id in held}
            )
            breaks.append(sum(later - slot > 1 for slot, later in pairwise(busy)))
    return breaks
