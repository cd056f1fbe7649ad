"""The meeting engine beside its targets: whole commands in processes of their own, as people run them.

Seconds are those the command says (problem in memory to timetable in memory); start-up, files and compiling stand
beside. Every timetable is looked at by `bazaar timetable check` before its figures count.
"""

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.tables import table

LAST_LINE = re.compile(
    r"(\w+): weight (\d+) of at most (\d+) \((\S+) %\), (\d+) meetings, (\d+) idle, .* (\S+) s$"
)
SIZE = ("--jobseekers", "3000", "--employers", "300", "--slots", "24", "--seed", "7")
SMALL = ("--jobseekers", "1000", "--employers", "120", "--slots", "16", "--seed", "7")
AGREED = range(1, 21)
LP_SECONDS = 900.0


@dataclass(frozen=True)
class Said:
    """What a command said of its timetable; `wall` seconds are those of the whole process."""

    status: str
    weight: int
    share: str  # per cent of the bound
    meetings: int
    idle: int
    seconds: float
    wall: float
    beside: str

    @property
    def idle_each(self) -> float:
        return self.idle / max(1, self.meetings)

    def row(self, name: str, target: str) -> tuple[str, ...]:
        reached = f"{self.share} %, {self.idle_each:.4f} idle a meeting" + (
            ", proven optimal" if self.status == "optimal" else ""
        )
        return name, target, reached, f"{self.seconds:.2f}", f"{self.wall:.1f}"


class Day:
    """A problem in a file, and the timetable last made of it."""

    def __init__(self, folder: Path, name: str, *options: str) -> None:
        self.problem, self.timetable = folder / f"{name}.json", folder / f"{name}-timetable.json"
        if options:
            _bazaar("make", *options, "--out", str(self.problem))

    def solve(self, *options: str, seconds: float | None = None) -> Said:
        limit = () if seconds is None else ("--seconds", str(seconds))
        return self._run("solve", str(self.problem), *limit, *options)

    def replan(self, published: Path, *options: str) -> Said:
        return self._run("replan", str(self.problem), str(published), "--now", "0", *options)

    def held(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.timetable.read_text())
        return read

    def slots(self) -> dict[str, int]:
        return {meeting["wish"]: meeting["slot"] for meeting in self.held()["meetings"]}

    def _run(self, *command: str) -> Said:
        begun = time.monotonic()
        lines = _bazaar(*command, "--out", str(self.timetable)).splitlines()
        wall = time.monotonic() - begun
        _bazaar("check", str(self.problem), str(self.timetable))
        found = LAST_LINE.fullmatch(lines[-1])
        assert found, lines[-1]
        status, weight, _bound, share, meetings, idle, seconds = found.groups()
        return Said(status, int(weight), share, int(meetings), int(idle), float(seconds), wall, lines[0])


def _bazaar(*command: str) -> str:
    """Raises where the command does not end well: a timetable with a clash is no figure."""
    whole = [sys.executable, "-m", "bazaar", "timetable", *command]
    return subprocess.run(whole, check=True, capture_output=True, text=True).stdout


def run() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows, beside = _fair_days(folder)
        head = ("day", "target", "reached", "seconds", "whole process")
        table("Timetables of a fair day: 3000 jobseekers, 300 employers, 24 slots", head, rows)
        print(f"\nA first process: {beside}")
        _replanning(folder)
        _agreed(folder)
        _memory(folder)


def _fair_days(folder: Path) -> tuple[list[tuple[str, ...]], str]:
    ordinary = Day(folder, "ordinary", *SIZE)
    first = ordinary.solve(seconds=1)
    tight = Day(folder, "tight", *SIZE, "--interpreters")
    hard = Day(folder, "hard", *SIZE, "--hard")
    scarce = Day(folder, "scarce", *SIZE, "--hard", "--interpreters")
    small = Day(folder, "small", *SMALL, "--hard")
    best = ordinary.solve(seconds=5)
    without = Day(folder, "ordinary").solve("--no-coverage", seconds=5)
    hardest = hard.solve(seconds=10)
    rows = [
        first.row("ordinary, 1 s", ">= 99.9 %"),
        best.row("ordinary, 5 s", ">= 99.99 %, <= 0.002"),
        tight.solve(seconds=15).row("tight interpreters, 15 s", ">= 99.9 %, <= 0.02"),
        hardest.row("hard, 10 s", ">= 99.8 %, <= 0.005"),
        ("hard: of the LP bound", ">= 99.85 %", _of_the_lp_bound(hard, hardest), "–", "–"),
        scarce.solve(seconds=13).row("hard, scarce interpreters, 13 s", ">= 99.6 %"),
        small.solve(seconds=10).row("hard 1000 x 120 x 16, 10 s", "proven optimal"),
        (
            "two meetings for everybody", "<= 3 % of weight",
            f"{100 - 100 * best.weight / without.weight:.2f} %", "–", "–",
        ),
    ]  # fmt: skip
    return rows, first.beside


def _of_the_lp_bound(day: Day, said: Said) -> str:
    """The linear relaxation of the whole day, solved apart: no timetable with this coverage weighs more."""
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from bazaar.meetings.solver.exact import solve_exactly\n"
        "from bazaar.meetings.solver.files import read_problem\n"
        "from bazaar.meetings.solver.layout import lay_out\n"
        "layout = lay_out(read_problem(Path(sys.argv[1])))\n"
        "found = solve_exactly(layout, (4000, 1000), time.monotonic() + float(sys.argv[2]), most_columns=10**7)\n"
        "print(found.worth if found else '')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(day.problem), str(LP_SECONDS)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    if not ended.stdout.strip():
        return f"not solved in {LP_SECONDS:.0f} s"
    once, twice = day.held()["coverage"]
    bound = int(ended.stdout) - 4000 * once - 1000 * twice
    return f"{100 * said.weight / bound:.3f} %"


def _replanning(folder: Path) -> None:
    """5 % of jobseekers cancel, 2 % of employers leave; beside it, the day planned anew from nothing."""
    published = Day(folder, "ordinary")
    published.solve(seconds=5)
    problem = json.loads(published.problem.read_text())
    draw = random.Random(1)
    gone = {
        party["id"] for party in problem["parties"] if draw.random() < (0.05 if party["compact"] else 0.02)
    }
    problem["parties"] = [party for party in problem["parties"] if party["id"] not in gone]
    problem["wishes"] = [wish for wish in problem["wishes"] if not gone & set(wish["parties"])]
    left = Day(folder, "left")
    left.problem.write_text(json.dumps(problem))
    possible = {wish["id"] for wish in problem["wishes"]}
    standing = {wish: slot for wish, slot in published.slots().items() if wish in possible}
    anew = left.solve(seconds=10)
    quick = left.replan(published.timetable, "--no-moves")
    improved = left.replan(published.timetable)
    now = left.slots()
    touched = sum(now.get(wish) != slot for wish, slot in standing.items()) / len(standing)
    rows = [
        ("zero-move answer", "0.2 s", f"{quick.meetings} meetings, {quick.share} %", f"{quick.seconds:.3f}"),
        (
            "improved plan", "<= 1 % touched, <= 0.1 % below a full plan, 6.5 s",
            (f"{100 * touched:.2f} % touched, "
            f"{100 - 100 * improved.weight / anew.weight:.3f} % below, {improved.share} % of what can still be reached"),
            f"{improved.seconds:.2f}",
        ),
    ]  # fmt: skip
    table("Planning again after 5 % and 2 % have left", ("answer", "target", "reached", "seconds"), rows)


def _agreed(folder: Path) -> None:
    seconds, breaks, most, proven = [], [], 0.0, 0
    for seed in AGREED:
        day = Day(folder, f"agreed-{seed}", "--agreed", "--seed", str(seed))
        peak, said = _peak(day.solve)
        seconds.append(said.seconds)
        breaks.append(day.held()["breaks"])
        most, proven = max(most, peak), proven + (said.status == "optimal")
    table(
        f"Mode all: {len(AGREED)} agreed days",
        ("", "target", "reached"),
        [
            ("proven optimal", "20", f"{proven}"),
            ("longest", "20 s", f"{max(seconds):.1f} s"),
            ("sum", "80 s", f"{sum(seconds):.1f} s"),
            ("most memory, all its processes", "350 MB", f"{most:.0f} MB"),
            ("breaks", "–", ", ".join(map(str, breaks))),
        ],
    )


def _peak(work: Callable[[], Said]) -> tuple[float, Said]:
    """Megabytes of this process's children at the most while `work` runs, and what it said."""
    done, most = threading.Event(), [0.0]

    def watch() -> None:
        while not done.wait(0.05):
            most[0] = max(most[0], _children_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        said = work()
    finally:
        done.set()
        watcher.join()
    return most[0], said


def _children_mb() -> float:
    """Proportional memory of all processes below this one."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        parents.setdefault(int(words[1]), []).append(int(stat.parent.name))
    below, found = [*parents.get(os.getpid(), [])], 0.0
    while below:
        process = below.pop()
        below += parents.get(process, [])
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        found += int(re.search(r"^Pss: +(\d+)", rollup, re.MULTILINE).group(1)) / 1024  # type: ignore[union-attr]
    return found


def _memory(folder: Path) -> None:
    """The process at its fullest, less what it takes for a day of twelve people: libraries and compiled code."""
    tiny = Day(folder, "tiny", "--jobseekers", "12", "--employers", "3", "--slots", "6", "--seed", "1")
    little, _said = _peak(partial(tiny.solve, seconds=1))
    rows = []
    for name in ("ordinary", "hard", "scarce"):
        day = Day(folder, name)
        much, _said = _peak(partial(day.solve, seconds=5))
        rows.append((name, "250 MB", f"{much - little:.0f} MB", f"{little:.0f} MB"))
    table("Memory at 3000 jobseekers", ("day", "target", "beyond the libraries", "libraries"), rows)
