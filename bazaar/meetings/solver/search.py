"""One search for seats: a day, who sits where so far, and the time there is."""

import time
from dataclasses import dataclass

import numpy as np

from bazaar.meetings.solver.annealing import (
    Line,
    Price,
    anneal,
    fill,
    hand_out,
    line_of,
    new_move,
    start_from,
)
from bazaar.meetings.solver.layout import Layout
from bazaar.meetings.solver.measures import coverage_of, weight_of
from bazaar.meetings.solver.seats import NONE, Day, Flags, Ints, Seats, empty_seats, seat_those

CHUNK = 20_000  # moves between two looks at the clock
HAND_OUT, PASSES = 0.5, 64  # seconds at the very end, and how often the clock is looked at


@dataclass(frozen=True)
class Stage:
    """A stretch of annealing: its share of the time left, moves for each wish at most, and the temperatures."""

    share: float
    moves: int
    hot: float
    cold: float
    push: float  # how often a waiting wish is tried, rather than a held one moved


class Search:
    def __init__(
        self,
        layout: Layout,
        day: Day,
        *,
        seed: int,
        until: float,
        coverage: bool = True,
        seats: Seats | None = None,
    ) -> None:
        self.layout, self.day, self.until, self.coverage = layout, day, until, coverage
        self.seats = empty_seats(day) if seats is None else seats
        self.possible: Flags = np.asarray(layout.may.any(axis=1))
        self.move = new_move()
        start_from(seed)

    def left(self) -> float:
        """Seconds."""
        return self.until - time.monotonic()

    def line(self, among: Flags | None = None) -> Line:
        """The wishes that are not held but might be."""
        waits = self.possible & (self.seats.slot == NONE)
        return line_of(np.flatnonzero(waits if among is None else waits & among), len(waits))

    def run(self, stage: Stage, price: Price, line: Line, *, until_seated: bool = False) -> None:
        """Anneal through a stage, or until nobody in line waits."""
        price = self._priced(price)
        begun, lasts = time.monotonic(), max(stage.share * self.left(), 1e-3)
        most = stage.moves * int(self.possible.sum())
        done = 0
        while (passed := time.monotonic() - begun) < lasts and done < most:
            if until_seated and line.size[0] == 0:
                break
            heat = stage.hot * (stage.cold / stage.hot) ** max(passed / lasts, done / most)
            moves = min(CHUNK, most - done)
            anneal(self.day, self.seats, line, self.move, price, moves, heat, stage.push)
            done += moves

    def standing(self) -> tuple[int, int, int]:
        """Coverage and weight, to be compared."""
        coverage = coverage_of(self.layout, self.seats) if self.coverage else (0, 0)
        return (*coverage, weight_of(self.layout, self.seats))

    def take_over(self, slots: Ints) -> None:
        """Sit as `slots` say instead, if that is better."""
        before, now = self.seats, self.standing()
        self.seats = empty_seats(self.day)
        if seat_those(self.day, self.seats, slots) > 0 or self.standing() <= now:
            self.seats = before

    def hand_out(self, price: Price) -> None:
        """No wish that could simply be added is left over, nor, as far as time goes, one that is worth more than what
        it would put out."""
        price, hurried = self._priced(price), time.monotonic() + HAND_OUT
        gained = True
        while gained and time.monotonic() < hurried:
            gained = False
            for some in np.array_split(self._waiting(), PASSES):
                if time.monotonic() < hurried:
                    gained |= hand_out(self.day, self.seats, price, self.move, some) > 0
        while fill(self.day, self.seats, self._waiting()) > 0:
            pass

    def _waiting(self) -> Ints:
        """What is not held and might be, the heaviest first."""
        waits = np.flatnonzero(self.possible & (self.seats.slot == NONE))
        return waits[np.argsort(-self.layout.weight[waits], kind="stable")]

    def _priced(self, price: Price) -> Price:
        return price if self.coverage else price._replace(first=0.0, second=0.0)
