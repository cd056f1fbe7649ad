"""Each kind of clash, made by hand, is found; what is in order is not complained of."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bazaar.meetings.checker import clashes

Json = dict[str, Any]

PROBLEM: Json = {
    "format": "bazaar-timetable-problem/1",
    "mode": "best",
    "slots": 4,
    "tables": 2,
    "parties": [
        {"id": "e1", "blocked": [3]},
        {"id": "e2", "parallel": 2},
        {"id": "j1", "compact": True, "cap": 2},
        {"id": "j2", "compact": True},
        {"id": "j3", "compact": True, "blocked": [0, 1, 2, 3]},
    ],
    "resources": [{"id": "ti", "per_slot": [1, 0, 1, 0]}],
    "wishes": [
        {"id": "w1", "parties": ["e1", "j1"], "weight": 5},
        {"id": "w2", "parties": ["e2", "j1"], "weight": 4, "after": ["w1"]},
        {"id": "w3", "parties": ["e2", "j2"], "weight": 3, "resource": "ti", "slots": [0, 2]},
        {"id": "w4", "parties": ["e1", "j2"], "weight": 2, "fixed": 1},
        {"id": "w5", "parties": ["e2", "j3"]},
    ],
}
TIMETABLE: Json = {
    "format": "bazaar-timetable/1",
    "status": "optimal",
    "weight": 14,
    "bound": 14,
    "coverage": [2, 2],
    "coverage_bound": [2, 2],
    "idle": 1,
    "breaks": 1,
    "meetings": [
        {"wish": "w1", "slot": 0},
        {"wish": "w2", "slot": 2},
        {"wish": "w3", "slot": 0},
        {"wish": "w4", "slot": 1},
    ],
    "unmet": [{"wish": "w5", "reason": "no_common_slot", "words": "", "because": []}],
}


def test_what_is_in_order_is_not_complained_of() -> None:
    assert clashes(PROBLEM, TIMETABLE) == []


def move(wish: str, slot: int) -> Callable[[Json, Json], None]:
    def change(_: Json, timetable: Json) -> None:
        next(meeting for meeting in timetable["meetings"] if meeting["wish"] == wish)["slot"] = slot

    return change


def set_in(what: str, key: str, value: Any) -> Callable[[Json, Json], None]:
    """`what`: the timetable itself, its unmet wish, or the id of something in the problem."""

    def change(problem: Json, timetable: Json) -> None:
        named = {one["id"]: one for kind in ("parties", "resources", "wishes") for one in problem[kind]}
        {**named, "problem": problem, "timetable": timetable, "unmet": timetable["unmet"][0]}[what][key] = (
            value
        )

    return change


def forget(
    wish: str, *, unmet: str | None = None, because: list[str] | None = None
) -> Callable[[Json, Json], None]:
    def change(_: Json, timetable: Json) -> None:
        timetable["meetings"] = [meeting for meeting in timetable["meetings"] if meeting["wish"] != wish]
        if unmet is not None:
            timetable["unmet"].append({"wish": wish, "reason": unmet, "words": "", "because": because or []})

    return change


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (move("w4", 0), "e1: 2 meetings in slot 0, 1 at once"),
        (move("w1", 3), "e1: meets in slot 3, which is blocked"),
        (set_in("j1", "cap", 1), "j1: 2 meetings, at most 1 in the day"),
        (set_in("ti", "per_slot", [0, 0, 1, 0]), "ti: 1 needed in slot 0, there are 0"),
        (set_in("problem", "tables", 1), "the hall: 2 meetings in slot 0, 1 tables"),
        (set_in("w3", "slots", [2]), "w3: held in slot 0, which it may not have"),
        (move("w4", 2), "w4: held in slot 2, fixed at 1"),
        (set_in("w4", "after", ["w2"]), "w4: held in slot 1, not after w2 in slot 2"),
        (set_in("w4", "after", ["w5"]), "w4: held, but w5 must be held before it and is not"),
        (set_in("timetable", "weight", 13), "weight: 13 is said, it is 14"),
        (set_in("timetable", "bound", 13), "bound: 13 is said, the timetable weighs 14"),
        (set_in("timetable", "idle", 0), "idle: 0 is said, it is 1"),
        (set_in("timetable", "breaks", 2), "breaks: 2 is said, it is 1"),
        (set_in("timetable", "coverage", [2, 1]), "coverage: [2, 1] is said, it is [2, 2]"),
        (set_in("timetable", "unmet", []), "w5: neither held nor unmet"),
        (set_in("problem", "mode", "all"), "w5: not held, and every wish must be"),
        (forget("w3", unmet="worth_less"), "w3: unmet, but it could be added in slot 0"),
        (set_in("unmet", "reason", "own_cap"), "w5: unmet as own_cap is said, it is no_common_slot"),
        (
            set_in("unmet", "reason", "employer_full"),
            "w5: unmet as employer_full is said, it is no_common_slot",
        ),
        (
            set_in("unmet", "reason", "no_interpreter"),
            "w5: unmet as no_interpreter is said, it is no_common_slot",
        ),
        (set_in("unmet", "because", ["w5"]), "w5: unmet because of w5, which is not held"),
    ],
)
def test_every_kind_of_clash_is_found(change: Callable[[Json, Json], None], line: str) -> None:
    problem, timetable = copy.deepcopy(PROBLEM), copy.deepcopy(TIMETABLE)
    change(problem, timetable)
    assert line in clashes(problem, timetable)


def test_parties_whose_breaks_differ_too_much_are_found() -> None:
    problem = {**copy.deepcopy(PROBLEM), "mode": "all", "max_break_difference": 0}
    assert "breaks: from 0 to 1, they may differ by 0" in clashes(problem, TIMETABLE)


def test_after_a_replan_what_was_over_could_not_be_added() -> None:
    problem, timetable = copy.deepcopy(PROBLEM), copy.deepcopy(TIMETABLE)
    forget("w4", unmet="worth_less")(problem, timetable)
    timetable |= {"weight": 12, "coverage": [2, 1]}
    assert "w4: unmet, but it could be added in slot 1" in clashes(problem, timetable)
    assert clashes(problem, {**timetable, "now": 0}) == []
