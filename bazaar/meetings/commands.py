"""`bazaar timetable`: make, solve, check and replan a day in files (docs/meetings.md)."""

import os
import sys
from pathlib import Path

import click

import bazaar
from bazaar.errors import Refused
from bazaar.meetings.checker import clashes
from bazaar.meetings.solver.files import NotOfTheForm, plain, read_problem, read_timetable

ENGINE = "bazaar.meetings.solver"


@click.group()
def timetable() -> None:
    """Wishes in a file, a timetable in another."""


def _engine(name: str, does: str) -> None:
    """A command that this process hands over to: the engine's libraries are heavy, and it reads its own options."""

    @timetable.command(
        name,
        help=does,
        short_help=does,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True},
    )
    @click.argument("options", nargs=-1, type=click.UNPROCESSED)
    def become(options: tuple[str, ...]) -> None:
        sys.stdout.flush()
        root = str(Path(bazaar.__path__[0]).parent)  # this very code, wherever it was started from
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        os.execve(  # noqa: S606 - no shell is wanted
            sys.executable,
            [sys.executable, "-P", "-m", ENGINE, name, *options],
            {**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )


_engine("make", "Draw a day to measure and test with.")
_engine("solve", "Choose which wishes are held, and when.")
_engine("replan", "Go on from a published timetable.")


@timetable.command("check")
@click.argument("problem_file", metavar="PROBLEM", type=click.Path(path_type=Path))
@click.argument("timetable_file", metavar="TIMETABLE", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, problem_file: Path, timetable_file: Path) -> None:
    """Look at every rule, sum and reason. Exit status 1 where something is wrong, a line each."""
    try:
        problem = read_problem(problem_file)
        held = read_timetable(timetable_file, problem).meetings
        wrong = clashes(plain(problem_file), plain(timetable_file))
    except NotOfTheForm as error:
        raise Refused(str(error)) from error
    for line in wrong:
        click.echo(line)
    if wrong:
        context.exit(1)
    weight = {wish.id: wish.weight for wish in problem.wishes}
    click.echo(f"ok: {len(held)} meetings, weight {sum(weight[meeting.wish] for meeting in held)}")
