import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bazaar.meetings.solver.best import solve_best
from bazaar.meetings.solver.files import (
    NotOfTheForm,
    problem_form,
    read_problem,
    read_timetable,
    timetable_form,
    write_problem,
    write_timetable,
)
from bazaar.meetings.solver.problem import Party, Problem, Wish
from tests.meetings.solver.days import small_days
from tests.meetings.solver.test_checker import PROBLEM, TIMETABLE

WAY = list[str | int]


@given(small_days("all"))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, problem: Problem) -> None:
    folder = tmp_path_factory.mktemp("files")
    write_problem(problem, folder / "problem.json")
    assert read_problem(folder / "problem.json") == problem
    timetable = solve_best(problem, seconds=0.05, seed=1)
    write_timetable(timetable, folder / "timetable.json")
    assert read_timetable(folder / "timetable.json", problem) == timetable
    assert sorted(path.name for path in folder.iterdir()) == ["problem.json", "timetable.json"]


def test_what_is_left_out_means_what_the_form_says(tmp_path: Path) -> None:
    wishes = [{"id": "w", "parties": ["e", "j"]}]
    parties = [{"id": "e"}, {"id": "j", "compact": True}]
    form = {"format": PROBLEM["format"], "mode": "best", "slots": 1, "parties": parties, "wishes": wishes}
    (tmp_path / "problem.json").write_text(json.dumps(form))
    assert read_problem(tmp_path / "problem.json") == Problem(
        "best", 1, (Party("e"), Party("j", compact=True, role="jobseeker")), (Wish("w", ("e", "j")),)
    )


def put(form: dict[str, Any], way: WAY, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(form)
    place: Any = changed
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("way", "value", "words"),
    [
        (["format"], "bazaar-timetable-problem/2", 'format: one of "bazaar-timetable-problem/1" is wanted'),
        (["mode"], "some", 'mode: one of "best", "all" is wanted'),
        (["slots"], -1, "slots: a whole number from 0 to 1000 is wanted"),
        (["slots"], True, "slots: a whole number from 0 to 1000 is wanted"),
        (["colour"], 1, 'the file: unknown key "colour"'),
        (["parties"], {}, "parties: a list is wanted"),
        (["parties", 0], 3, "parties[0]: an object is wanted"),
        (["parties", 1, "id"], "e1", 'parties[1].id: "e1" is there twice'),
        (["parties", 1, "id"], "", "parties[1].id: a text is wanted"),
        (["parties", 1, "id"], "e\n2", "parties[1].id: a text without control characters is wanted"),
        (["parties", 1, "parallel"], 0, "parties[1].parallel: a whole number from 1 to 1000000 is wanted"),
        (["parties", 1, "cap"], -1, "parties[1].cap: a whole number from 0 to 1000000 is wanted"),
        (["parties", 0, "blocked", 0], 4, "parties[0].blocked[0]: 4 is not a slot (0..3)"),
        (["parties", 2, "compact"], 1, "parties[2].compact: true or false is wanted"),
        (["parties", 2, "role"], "guest", 'parties[2].role: one of "jobseeker", "employer" is wanted'),
        (["parties", 2, "place"], [1], "parties[2].place: two numbers of metres are wanted"),
        (["parties", 2, "place"], [1, "x"], "parties[2].place[1]: a number is wanted"),
        (["resources", 0, "per_slot"], [1], "resources[0].per_slot: 4 numbers are wanted, one for each slot"),
        (["wishes", 4, "id"], "w1", 'wishes[4].id: "w1" is there twice'),
        (["wishes", 0, "parties"], ["e1"], "wishes[0].parties: two different parties are wanted"),
        (["wishes", 0, "parties"], ["e1", "e1"], "wishes[0].parties: two different parties are wanted"),
        (["wishes", 0, "parties", 1], "j9", 'wishes[0].parties[1]: no party has the id "j9"'),
        (["wishes", 0, "weight"], 0, "wishes[0].weight: a whole number from 1 to 1000000 is wanted"),
        (["wishes", 0, "weight"], 1.5, "wishes[0].weight: a whole number from 1 to 1000000 is wanted"),
        (["wishes", 0, "fixed"], 9, "wishes[0].fixed: 9 is not a slot (0..3)"),
        (["wishes", 0, "slots"], ["x"], 'wishes[0].slots[0]: "x" is not a slot (0..3)'),
        (["wishes", 0, "after"], ["w9"], 'wishes[0].after[0]: no wish has the id "w9"'),
        (["wishes", 0, "after"], ["w1"], "wishes[0].after[0]: a wish cannot come after itself"),
        (["wishes", 0, "resource"], "so", 'wishes[0].resource: no resource has the id "so"'),
        (["tables"], "two", "tables: a whole number from 0 to 1000000 is wanted"),
    ],
)  # fmt: skip
def test_a_problem_not_of_the_form_is_refused_with_the_place(
    way: WAY, value: object, words: str, tmp_path: Path
) -> None:
    (tmp_path / "problem.json").write_text(json.dumps(put(PROBLEM, way, value)))
    with pytest.raises(NotOfTheForm) as refused:
        read_problem(tmp_path / "problem.json")
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("way", "value", "words"),
    [
        (["status"], "fine", 'status: one of "optimal", "feasible", "infeasible", "unknown" is wanted'),
        (["meetings", 0, "slot"], 4, "meetings[0].slot: 4 is not a slot (0..3)"),
        (["meetings", 0, "slot"], None, "meetings[0].slot: null is not a slot (0..3)"),
        (["meetings", 0, "wish"], "w9", 'meetings[0].wish: the problem has no wish "w9"'),
        (["meetings", 1, "wish"], "w1", 'meetings[1].wish: "w1" is there twice'),
        (["unmet", 0, "wish"], "w1", 'unmet[0].wish: "w1" is there twice'),
        (["unmet", 0, "reason"], "tired", 'unmet[0].reason: one of "no_common_slot", "own_cap", '),
        (["weight"], -1, "weight: a whole number of at least 0 is wanted"),
        (["coverage"], [1], "coverage: two numbers are wanted"),
        (["seconds"], "long", "seconds: a number is wanted"),
        (["colour"], 1, 'the file: unknown key "colour"'),
    ],
)  # fmt: skip
def test_a_timetable_not_of_the_form_is_refused_with_the_place(
    way: WAY, value: object, words: str, tmp_path: Path
) -> None:
    (tmp_path / "problem.json").write_text(json.dumps(PROBLEM))
    (tmp_path / "timetable.json").write_text(json.dumps(put(TIMETABLE, way, value)))
    with pytest.raises(NotOfTheForm) as refused:
        read_timetable(tmp_path / "timetable.json", read_problem(tmp_path / "problem.json"))
    assert str(refused.value).startswith(words)


def test_a_published_timetable_may_name_wishes_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "timetable.json").write_text(json.dumps(TIMETABLE))
    (tmp_path / "problem.json").write_text(json.dumps({**PROBLEM, "wishes": PROBLEM["wishes"][:3]}))
    problem = read_problem(tmp_path / "problem.json")
    assert len(read_timetable(tmp_path / "timetable.json", problem, also_gone=True).meetings) == 4
    (tmp_path / "problem.json").write_text(json.dumps({**PROBLEM, "wishes": []}))
    with pytest.raises(NotOfTheForm, match="not one of these wishes is in the problem"):
        read_timetable(tmp_path / "timetable.json", read_problem(tmp_path / "problem.json"), also_gone=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "line 1 column 1"),
        (b"{", "line 1 column 2"),
        (b"\xff\xfe", "not UTF-8 at byte 0"),
        (b"[]", "the file: an object is wanted"),
        (b"[" * 100_000, "too deep"),
        (b'{"slots": NaN}', "NaN is not a number of JSON"),
        (b'{"slots": ' + b"9" * 5_000 + b"}", "4300 digits"),
    ],
    ids=["nothing", "half", "no text", "a list", "a tower", "no number", "a huge number"],
)
def test_what_is_no_json_is_refused_with_the_place(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_bytes(content)
    with pytest.raises(NotOfTheForm) as refused:
        read_problem(tmp_path / "problem.json")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=3), st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_stands_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: object, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for form, name in ((PROBLEM, "problem"), (TIMETABLE, "timetable")):
        place: Any = form
        way: WAY = []
        while isinstance(place, dict | list) and place and (not way or data.draw(st.booleans())):
            way.append(
                data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            )
            place = place[way[-1]]
        (folder / f"{name}.json").write_text(json.dumps(put(form, way, value)))
    try:
        problem = read_problem(folder / "problem.json")
        timetable = read_timetable(folder / "timetable.json", problem)
    except NotOfTheForm:
        return
    assert problem_form(problem)["wishes"] is not None
    assert timetable_form(timetable)["meetings"] is not None
