"""Mode best: which wishes are held and when, as good as the time allows, and how good it could be at most.

A flow says which wishes are worth holding and bounds what can be reached. They are seated; on most days that is the
best weight already. What does not fit is traded for what does, while another thread solves the day as a linear
programme. Then every day is tidied: idle slots, breaks, walking.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import numpy as np

from bazaar.meetings.solver.annealing import Price
from bazaar.meetings.solver.exact import Exact, solve_exactly
from bazaar.meetings.solver.flow import MANY, Selection, select
from bazaar.meetings.solver.layout import Layout, lay_out
from bazaar.meetings.solver.measures import (
    could_be_covered,
    coverage_of,
    idle_and_breaks,
    meetings_of,
    weight_of,
)
from bazaar.meetings.solver.problem import Problem, Timetable
from bazaar.meetings.solver.reasons import unmet_wishes
from bazaar.meetings.solver.search import Search, Stage
from bazaar.meetings.solver.seats import Flags, day_of

SEAT = Stage(share=0.25, moves=150, hot=3.0, cold=1.0, push=0.8)
TRADE = Stage(share=0.25, moves=400, hot=2.0, cold=1.0, push=0.4)
WAIT = Stage(share=0.05, moves=100, hot=1.0, cold=1.0, push=0.1)
TIDY = Stage(share=1.0, moves=1500, hot=1.0, cold=0.05, push=0.1)

# In idle slots. While seating and trading weight may be lent for order; while tidying it may not.
SEATING = Price(first=8.0, second=8.0, weight=8.0, idle=0.1)
TRADING = Price(first=4000.0, second=800.0, weight=8.0, idle=1.0, pause=0.01)
TIDYING = Price(first=20000.0, second=4000.0, weight=40.0, idle=1.0, pause=0.01, metre=0.0005)

# In units of weight, in the linear programme: enough to come before weight, small enough for floating point.
BONUSES = (4000, 1000)
NO_BONUSES = (0, 0)

Best = Callable[[tuple[int, int] | None], Selection]  # the best flow for some bonuses


def solve_best(problem: Problem, *, seconds: float, seed: int, coverage: bool = True) -> Timetable:
    """A timetable within about `seconds`; `coverage`: first a meeting for everybody, then a second, then weight."""
    begun = time.monotonic()
    layout = lay_out(problem)
    best = partial(select, layout)
    flow = best(None if coverage else NO_BONUSES)
    search = Search(
        layout,
        day_of(layout),
        seed=seed,
        until=begun + seconds - _to_finish(layout, seconds),
        coverage=coverage,
    )
    search.run(SEAT, SEATING, search.line(flow.chosen), until_seated=True)
    exact = None
    if short_of(search, flow):
        with ThreadPoolExecutor(1) as beside:
            until = time.monotonic() + 0.75 * search.left()
            exact = _trade(search, beside.submit(solve_exactly, layout, bonuses_of(search), until))
    search.run(TIDY, TIDYING, search.line())
    search.hand_out(TIDYING)
    return finished(search, flow, exact, layout.may, best, begun)


def _to_finish(layout: Layout, seconds: float) -> float:
    """Seconds that the reasons will take."""
    return min(0.3 * seconds, 0.05 + len(layout.weight) / 120_000)


def short_of(search: Search, flow: Selection) -> bool:
    coverage = flow.coverage if search.coverage else NO_BONUSES
    return search.standing() < (*coverage, flow.weight)


def bonuses_of(search: Search) -> tuple[int, int]:
    return BONUSES if search.coverage else NO_BONUSES


def _trade(search: Search, exact: Future[Exact | None]) -> Exact | None:
    """Trade what waits for what is held until the linear programme is done, and take its timetable if it is better."""
    search.run(TRADE, TRADING, search.line())
    while not exact.done() and search.left() > 0:
        search.run(WAIT, TIDYING, search.line())
    found = exact.result()
    if found is not None and found.slots is not None:
        search.take_over(found.slots)
    return found


def finished(
    search: Search, flow: Selection, exact: Exact | None, common: Flags, best: Best, begun: float
) -> Timetable:
    """The timetable as it stands, with what is known of the best one. `flow`: `best` for the bonuses searched with."""
    layout, seats = search.layout, search.seats
    reached, weight = coverage_of(layout, seats), weight_of(layout, seats)
    most = flow.coverage if search.coverage else could_be_covered(layout)
    bound = flow.weight if reached == most or not search.coverage else _bound_beside(layout, best, reached)
    if exact is not None:
        bound = min(bound, exact.worth - sum(np.multiply(exact.bonuses, reached)))
    idle, breaks = idle_and_breaks(layout, seats)
    proven = weight == bound and (reached == most or not search.coverage)
    return Timetable(
        status="optimal" if proven else "feasible",
        weight=weight,
        bound=int(bound),
        coverage=reached,
        coverage_bound=most,
        idle=idle,
        breaks=breaks,
        meetings=meetings_of(layout, seats),
        unmet=unmet_wishes(layout, search.day, seats, common),
        seconds=round(time.monotonic() - begun, 3),
    )


def _bound_beside(layout: Layout, best: Best, reached: tuple[int, int]) -> int:
    """A bound on the weight of timetables with this coverage, where the flow reaches another.

    For any bonuses, weight + bonuses x coverage of a timetable is no more than that of the best flow for them.
    """
    heaviest = int(layout.weight.max(initial=1))
    bonuses = (heaviest // 2, heaviest, 2 * heaviest) if len(layout.weight) < MANY else (heaviest,)
    bounds = []
    for bonus in bonuses:
        flow = best((bonus, bonus))
        gaps = (most - now for most, now in zip(flow.coverage, reached, strict=True))
        bounds.append(flow.weight + sum(bonus * gap for gap in gaps))
    return min(bounds)
