"""`bazaar timetable` as whoever scripts against it meets it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT

LAST = re.compile(
    r"(optimal|feasible|infeasible|unknown): weight \d+ of at most \d+ \(\d+\.\d{3} %\), \d+ meetings, \d+ idle, "
    r"\d+ breaks, \d+ moved, \d+\.\d{3} s"
)


@pytest.fixture
def timetable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=":")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")  # none is needed
    return tmp_path


def run(*words: str, status: int = 0) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bazaar", "timetable", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert status != 2 or (done.stdout == "" and done.stderr.count("\n") == 1), done.stderr
    return (done.stderr if status == 2 else done.stdout).splitlines()


def small(folder: Path) -> None:
    run("make", "--jobseekers", "30", "--employers", "5", "--slots", "6", "--out", "p.json")
    assert (folder / "p.json").exists()


def test_a_day_is_made_solved_checked_and_replanned(timetable: Path) -> None:
    small(timetable)
    said = run("solve", "p.json", "--out", "t.json", "--seconds", "1", "--seed", "3")
    assert LAST.fullmatch(said[-1])
    assert "libraries and compiled code" in said[-2]
    weight = json.loads((timetable / "t.json").read_text())["weight"]
    (checked,) = run("check", "p.json", "t.json")
    assert re.fullmatch(rf"ok: \d+ meetings, weight {weight}", checked)
    said = run("replan", "p.json", "t.json", "--now", "1", "--no-moves", "--seconds", "1", "--out", "n.json")
    assert LAST.fullmatch(said[-1])
    assert ", 0 moved," in said[-1]
    run("check", "p.json", "n.json")


def test_a_clash_is_a_line_and_exit_one(timetable: Path) -> None:
    small(timetable)
    run("solve", "p.json", "--out", "t.json", "--seconds", "1")
    form = json.loads((timetable / "t.json").read_text())
    form["weight"] += 1
    (timetable / "t.json").write_text(json.dumps(form))
    assert f"weight: {form['weight']} is said, it is {form['weight'] - 1}" in run(
        "check", "p.json", "t.json", status=1
    )


def test_what_cannot_be_held_is_written_all_the_same(timetable: Path) -> None:
    parties = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    wishes = [
        {"id": "w1", "parties": ["a", "b"], "fixed": 0},
        {"id": "w2", "parties": ["a", "c"], "fixed": 0},
    ]
    problem = {
        "format": "bazaar-timetable-problem/1",
        "mode": "all",
        "slots": 1,
        "parties": parties,
        "wishes": wishes,
    }
    (timetable / "p.json").write_text(json.dumps(problem))
    assert run("solve", "p.json", "--out", "t.json", status=1)[-1].startswith("infeasible: ")
    form = json.loads((timetable / "t.json").read_text())
    assert (len(form["meetings"]), form["unmet"][0]["reason"]) == (1, "employer_full")
    assert "not held, and every wish must be" in run("check", "p.json", "t.json", status=1)[0]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("", "make, replan, solve"),
        ("solve", "--out"),
        ("solve p.json", "--out"),
        ("solve nowhere.json --out t.json", "nowhere.json: cannot be read"),
        ("solve p.json --out no/such/folder/t.json", "--out: no/such/folder/t.json cannot be written"),
        ("solve p.json --out t.json --seconds 0", "--seconds"),
        ("solve p.json --out t.json --seconds nan", "--seconds"),
        ("solve p.json --out t.json --seed x", "--seed"),
        ("solve p.json --out t.json --colour red", "--colour"),
        ("replan p.json t.json --now 6 --out n.json", "--now: 6 is not a slot of p.json (0..5)"),
        ("replan p.json t.json --now -1 --out n.json", "--now"),
        ("replan p.json t.json --out n.json", "--now"),
        ("replan p.json q.json --now 1 --out n.json", "not one of these wishes is in the problem"),
        ("check p.json", "TIMETABLE"),
        ("check p.json q.json", 'meetings[0].wish: the problem has no wish "other"'),
        ("make --jobseekers 3 --out p.json", "--employers"),
        ("make --jobseekers 3 --employers 0 --slots 4 --out p.json", "--employers"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_two(words: str, complaint: str, timetable: Path) -> None:
    parties = [{"id": "a"}, {"id": "b"}]
    wishes = [{"id": "w", "parties": ["a", "b"]}]
    problem = {
        "format": "bazaar-timetable-problem/1",
        "mode": "best",
        "slots": 6,
        "parties": parties,
        "wishes": wishes,
    }
    (timetable / "p.json").write_text(json.dumps(problem))
    for name, wish in (("t", "w"), ("q", "other")):
        form = {"format": "bazaar-timetable/1", "status": "optimal", "meetings": [{"wish": wish, "slot": 0}]}
        (timetable / f"{name}.json").write_text(json.dumps(form))
    (line,) = run(*words.split(), status=2)
    assert line.startswith("bazaar: ")
    assert complaint in line
