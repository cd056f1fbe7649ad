"""`python -m bazaar.meetings.solver make | solve | replan`: the engine as a process of its own.

Its libraries and compiled code are heavy, so nothing else loads them. Exit status: 0 a timetable (or a problem); 1
infeasible or unknown, the file is written all the same; 2 wrong usage or bad input, in one line that says where.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import NoReturn

from bazaar.meetings.solver import drawing
from bazaar.meetings.solver.files import (
    NotOfTheForm,
    read_problem,
    read_timetable,
    refuse_unwritable,
    write_problem,
    write_timetable,
)
from bazaar.meetings.solver.problem import Timetable

FOUND = ("optimal", "feasible")
USUAL_SECONDS = {"best": 10.0, "all": 60.0}  # in mode all it ends as soon as the proof is there


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise NotOfTheForm(message)


def main() -> int:
    begun = time.monotonic()
    try:
        asked = _parser().parse_args()
        refuse_unwritable(asked.out)
        if asked.command == "make":
            return _make(asked)
        return _plan(asked, begun)
    except NotOfTheForm as error:
        sys.stderr.write(f"bazaar: {' '.join(str(error).split())}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="bazaar timetable", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", allow_abbrev=False)
    for size, least in (("jobseekers", 0), ("employers", 1), ("slots", 0)):
        make.add_argument(f"--{size}", type=_whole(least), default=None)
    make.add_argument("--hard", action="store_true")
    make.add_argument("--interpreters", action="store_true")
    make.add_argument("--agreed", action="store_true")
    solve = commands.add_parser("solve", allow_abbrev=False)
    solve.add_argument("problem", type=Path)
    solve.add_argument("--no-coverage", action="store_true")
    replan = commands.add_parser("replan", allow_abbrev=False)
    replan.add_argument("problem", type=Path)
    replan.add_argument("timetable", type=Path)
    replan.add_argument("--now", type=_whole(0), required=True)
    replan.add_argument("--no-moves", action="store_true")
    for plans, seconds in ((solve, None), (replan, 6.0)):
        plans.add_argument("--seconds", type=_seconds, default=seconds)
    for command in (make, solve, replan):
        command.add_argument("--seed", type=_whole(0, 2**32 - 1), default=7)
        command.add_argument("--out", type=Path, required=True)
    return parser


class _whole:  # noqa: N801 - argparse shows the name
    """A whole number of at least so much."""

    def __init__(self, least: int, most: int = 1_000_000) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or not self.least <= int(text) <= self.most:
            raise argparse.ArgumentTypeError(f"a whole number from {self.least} to {self.most} is wanted")
        return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= 86_400.0:
        raise argparse.ArgumentTypeError("a number of seconds above 0 is wanted")
    return seconds


def _make(asked: argparse.Namespace) -> int:
    sizes = (asked.jobseekers, asked.employers, asked.slots)
    if asked.agreed:
        problem = drawing.agreed_day(asked.seed)
    elif None in sizes:
        raise NotOfTheForm("make: --jobseekers, --employers and --slots are wanted, or --agreed")
    else:
        problem = drawing.fair_day(*sizes, asked.seed, hard=asked.hard, interpreters=asked.interpreters)
    write_problem(problem, asked.out)
    print(f"{len(problem.parties)} parties, {len(problem.wishes)} wishes, {problem.slots} slots")
    return 0


def _plan(asked: argparse.Namespace, begun: float) -> int:
    """Read, solve or replan, write and say how it went. The libraries load here, where they can be timed."""
    problem = read_problem(asked.problem)
    published = None
    if asked.command == "replan":
        published = read_timetable(asked.timetable, problem, also_gone=True)
        if asked.now >= problem.slots:
            raise NotOfTheForm(
                f"--now: {asked.now} is not a slot of {asked.problem} (0..{problem.slots - 1})"
            )
    read = time.monotonic()
    from bazaar.meetings.solver import work

    work.warm_up()
    ready = time.monotonic()
    if published is None:
        seconds = asked.seconds or USUAL_SECONDS[problem.mode]
        timetable = work.solve(problem, seconds=seconds, seed=asked.seed, coverage=not asked.no_coverage)
    else:
        timetable = work.replan(
            problem,
            published,
            now=asked.now,
            moves=not asked.no_moves,
            seconds=asked.seconds,
            seed=asked.seed,
        )
    solved = time.monotonic()
    write_timetable(timetable, asked.out)
    files = read - begun + time.monotonic() - solved
    print(f"beside it: files {files:.2f} s, libraries and compiled code {ready - read:.2f} s")
    print(said(timetable))
    return 0 if timetable.status in FOUND else 1


def said(timetable: Timetable) -> str:
    """The last line; the per cent are cut, not rounded, so that only the bound itself is 100.000 %."""
    thousandths = 100_000 * timetable.weight // timetable.bound if timetable.bound else 100_000
    return (
        f"{timetable.status}: weight {timetable.weight} of at most {timetable.bound} ({thousandths / 1000:.3f} %), "
        f"{len(timetable.meetings)} meetings, {timetable.idle} idle, {timetable.breaks} breaks, "
        f"{timetable.moved} moved, {timetable.seconds:.3f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
