"""Mode all: every wish is held, with the fewest breaks, and the proof that fewer cannot be.

What cannot be held for want of room is said at once. Else another process asks the clauses, and proves from below
how many breaks are too few, while annealing along chains finds from above how few can be reached, until the two meet.
Where there is no timetable with every wish, another kind of annealing holds as many as it can.
"""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

import numpy as np

from bazaar.meetings.solver.annealing import Price
from bazaar.meetings.solver.chains import Rearranging, can_rearrange
from bazaar.meetings.solver.clauses import Answer, Question, ask
from bazaar.meetings.solver.layout import Layout, lay_out
from bazaar.meetings.solver.measures import (
    breaks_of_each,
    could_be_covered,
    coverage_of,
    idle_and_breaks,
    meetings_of,
    weight_of,
)
from bazaar.meetings.solver.problem import Problem, Status, Timetable
from bazaar.meetings.solver.reasons import unmet_wishes
from bazaar.meetings.solver.room import has_room
from bazaar.meetings.solver.search import Search, Stage
from bazaar.meetings.solver.seats import NONE, day_of, seat_those

MOST_PAIRS = 1_500_000  # of slots that exclude each other, of the same wish: some 200 MB of clauses
TO_ASK = 0.8  # of the time; the rest is for annealing
SEAT = Stage(share=0.7, moves=2_000, hot=8.0, cold=1.0, push=0.9)
SETTLE = Stage(share=1.0, moves=1_000, hot=3.0, cold=0.1, push=0.5)
HOLDING = Price(first=0.0, second=0.0, weight=10.0)
PAUSING = Price(first=0.0, second=0.0, weight=10.0, idle=0.02, pause=1.0)


@dataclass
class _Known:
    """What has been said so far."""

    least: int = 0  # breaks that any timetable has
    breaks: int = 0
    slots: list[int] | None = None  # a timetable with so many breaks
    impossible: bool = False

    def settled(self) -> bool:
        return self.impossible or (self.slots is not None and self.breaks <= self.least)

    def hear(self, answer: Answer) -> None:
        if answer.least is None:
            self.impossible = True
            return
        self.least = max(self.least, answer.least)
        if self.slots is None or answer.breaks < self.breaks:
            self.breaks, self.slots = answer.breaks, answer.slots


def solve_all(problem: Problem, *, seconds: float, seed: int) -> Timetable:
    """Every wish held with the fewest breaks; `infeasible` where it is proven that they cannot all be held."""
    begun = time.monotonic()
    layout = lay_out(problem)
    search = _search(layout, seed, begun + seconds)
    known = _Known(impossible=not has_room(layout))
    if not known.impossible and _can_be_asked(layout):
        with _asked(question_of(layout), seconds) as ear:
            _from_both_sides(layout, ear, known, begun + TO_ASK * seconds)
    if known.slots is not None:
        seat_those(search.day, search.seats, np.array(known.slots, np.int64))
    else:
        search.run(SEAT, HOLDING, search.line(), until_seated=True)
        search.run(SETTLE, PAUSING, search.line())
        search.hand_out(HOLDING)
    return _timetable(layout, search, known, begun)


def _search(layout: Layout, seed: int, until: float) -> Search:
    """With weights ignored."""
    alike = replace(layout, weight=np.ones_like(layout.weight))
    return Search(alike, day_of(alike), seed=seed, until=until, coverage=False)


def question_of(layout: Layout) -> Question:
    return Question(
        slots=layout.slots,
        may=[np.flatnonzero(may).tolist() for may in layout.may],
        places=[[int(place) for place in places if place >= 0] for places in layout.places],
        room=layout.room.tolist(),
        before=layout.before,
        compact=np.flatnonzero(layout.compact).tolist(),
        hall=len(layout.room) - 1 if layout.problem.tables is not None else None,
        most_difference=layout.problem.max_break_difference,
    )


def _can_be_asked(layout: Layout) -> bool:
    return int((layout.may.sum(axis=1) ** 2).sum()) <= MOST_PAIRS


@contextmanager
def _asked(question: Question, seconds: float) -> Iterator[Connection]:
    """A process that asks the clauses, to be listened to; it is stopped at the end."""
    spawn = multiprocessing.get_context("spawn")
    ear, mouth = spawn.Pipe(duplex=False)
    asking = spawn.Process(target=ask, args=(mouth, question, seconds), daemon=True)
    asking.start()
    mouth.close()
    try:
        yield ear
    finally:
        asking.kill()
        asking.join()


def _from_both_sides(layout: Layout, ear: Connection, known: _Known, until: float) -> None:
    """The clauses say how many breaks are too few; annealing along chains tries to do with as many."""
    chains = None
    while not known.settled() and (left := until - time.monotonic()) > 0:
        try:
            if ear.poll(left if chains is None else 0.0):
                known.hear(ear.recv())
                if chains is None and known.slots is not None and can_rearrange(layout):
                    chains = Rearranging(layout, known.slots)
        except EOFError:
            return
        if chains is not None and not known.settled() and chains.go_on():
            known.hear(Answer(known.least, chains.breaks, chains.board.best.tolist()))


def _timetable(layout: Layout, search: Search, known: _Known, begun: float) -> Timetable:
    seats = search.seats
    idle, breaks = idle_and_breaks(layout, seats)
    return Timetable(
        status=_status(layout, search, known),
        weight=weight_of(layout, seats),
        bound=int(layout.weight.sum()),
        coverage=coverage_of(layout, seats),
        coverage_bound=could_be_covered(layout),
        idle=idle,
        breaks=breaks,
        meetings=meetings_of(layout, seats),
        unmet=unmet_wishes(layout, search.day, seats, layout.may),
        seconds=round(time.monotonic() - begun, 3),
    )


def _status(layout: Layout, search: Search, known: _Known) -> Status:
    if known.impossible:
        return "infeasible"
    if (search.seats.slot == NONE).any() or not _alike_enough(layout, search):
        return "unknown"
    _, breaks = idle_and_breaks(layout, search.seats)
    return "optimal" if breaks == known.least else "feasible"


def _alike_enough(layout: Layout, search: Search) -> bool:
    """Whether no two compact parties differ by more breaks than they may."""
    most = layout.problem.max_break_difference
    breaks = breaks_of_each(layout, search.seats)
    return most is None or int(np.ptp(breaks)) <= most if breaks.size else True
