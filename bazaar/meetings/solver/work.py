"""What the process does once its libraries are there, and the small day that has its code compiled before."""

import gc
import multiprocessing
import time

from bazaar.meetings.solver import drawing
from bazaar.meetings.solver.agreed import solve_all
from bazaar.meetings.solver.best import TIDY, TIDYING, solve_best
from bazaar.meetings.solver.chains import Rearranging
from bazaar.meetings.solver.compiled import is_compiled
from bazaar.meetings.solver.flow import select
from bazaar.meetings.solver.layout import lay_out
from bazaar.meetings.solver.problem import Party, Problem, Timetable, Wish
from bazaar.meetings.solver.reasons import unmet_wishes
from bazaar.meetings.solver.replan import replan
from bazaar.meetings.solver.search import Search
from bazaar.meetings.solver.seats import day_of, empty_seats, seat_those

__all__ = ["replan", "solve", "warm_up"]


def solve(problem: Problem, *, seconds: float, seed: int, coverage: bool = True) -> Timetable:
    if problem.mode == "all":
        return solve_all(problem, seconds=seconds, seed=seed)
    return solve_best(problem, seconds=seconds, seed=seed, coverage=coverage)


def warm_up() -> None:
    """Numba compiles a function where it is first called, and keeps it for the next process.

    The first time two processes share the work, half of it each; what the other compiled is found then.
    """
    gc.disable()  # the compiler leaves nothing to collect, and looking for it takes a tenth of the time
    layout = lay_out(drawing.fair_day(12, 3, 6, 1, interpreters=True))
    beside = multiprocessing.get_context("spawn").Process(target=compile_the_rest, daemon=True)
    if not is_compiled():
        beside.start()
    search = Search(layout, day_of(layout), seed=1, until=time.monotonic() + 0.05)
    search.run(TIDY, TIDYING, search.line())
    search.hand_out(TIDYING)
    if beside.pid is not None:
        beside.join()
    compile_the_rest()
    gc.enable()


def compile_the_rest() -> None:
    """All but the annealing of mode best, which takes as long as everything else."""
    layout = lay_out(drawing.fair_day(12, 3, 6, 1, interpreters=True))
    day = day_of(layout)
    seats = empty_seats(day)
    select(layout)
    unmet_wishes(layout, day, seats, layout.may)
    seat_those(day, seats, seats.slot)
    two = (Party("a", compact=True), Party("b", compact=True))
    Rearranging(lay_out(Problem("all", 1, two, (Wish("w", ("a", "b")),))), [0]).go_on()
