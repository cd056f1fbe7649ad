"""Fewer breaks by swapping two slots along a chain of meetings: how a day in mode all comes near its best. Compiled.

Move a meeting from slot a to slot b: if one of its two parties meets somebody then, that meeting goes to a, and so on
along the chain. Everybody inside the chain is busy in both slots before and after; only the parties at its two ends
are busy at another time. (Kempe chains; Johnson, Aragon, McGeoch, Schevon: Optimization by Simulated Annealing,
Operations Research 39, 1991.)
"""

from typing import NamedTuple

import numpy as np

from bazaar.meetings.solver.compiled import entry, inner
from bazaar.meetings.solver.layout import PLACES, Layout
from bazaar.meetings.solver.seats import NONE, Day, Ints, day_of

CANNOT = -2
ROUND = 20_000  # moves between two looks at the clock
HOT, COLD = 0.35, 0.12
IDLE = 0.1  # an empty slot, against a break
FIRST_LAP = 100  # rounds from hot to cold; each lap is longer than the one before
LONGER = 1.5


class Board(NamedTuple):
    """Who meets in which slot. Every party has one table and every wish is held."""

    slot: Ints  # W
    at: Ints  # N x S: the wish that a party meets for, or NONE
    taken: Ints  # N x S: seats of resources and of the hall
    chain: Ints  # the wishes that the move at hand swaps
    best: Ints  # W: the best so far


def can_rearrange(layout: Layout) -> bool:
    """Chains are chains only where every party has one table; nor do they look at how alike parties are."""
    one_table_each = layout.room[: len(layout.problem.parties)] <= 1
    return bool(one_table_each.all()) and layout.problem.max_break_difference is None


class Rearranging:
    """A timetable with every wish held, on its way to fewer breaks."""

    def __init__(self, layout: Layout, slots: list[int]) -> None:
        self.day = day_of(layout)
        self.board = _board(self.day, np.array(slots, np.int64))
        self.breaks = int(_all_breaks(self.day, self.board))
        self._lap, self._round = FIRST_LAP, 0

    def go_on(self) -> bool:
        """Another round; whether it found a timetable with fewer breaks (`breaks`, `board.best`)."""
        heat = HOT * (COLD / HOT) ** (self._round / self._lap)
        fewest = int(rearrange(self.day, self.board, ROUND, heat, self.breaks))
        self._round += 1
        if self._round >= self._lap:
            self._lap, self._round = int(self._lap * LONGER), 0
        better = fewest < self.breaks
        self.breaks = min(self.breaks, fewest)
        return better


def _board(day: Day, slots: Ints) -> Board:
    at = np.full(day.room.shape, NONE, np.int64)
    taken = np.zeros(day.room.shape, np.int64)
    for w, slot in enumerate(slots):
        at[day.places[w, :2], slot] = w
        shared = day.places[w, 2:]
        taken[shared[shared >= 0], slot] += 1
    return Board(slots.copy(), at, taken, np.zeros(len(slots), np.int64), slots.copy())


@inner
def _breaks(board: Board, n: int) -> tuple[int, int]:
    """Breaks of a party, and the empty slots in them."""
    breaks, idle, last = 0, 0, NONE
    for s in range(board.at.shape[1]):
        if board.at[n, s] >= 0:
            if last >= 0 and s - last > 1:
                breaks += 1
                idle += s - last - 1
            last = s
    return breaks, idle


@entry
def _all_breaks(day: Day, board: Board) -> int:
    total = 0
    for n in range(board.at.shape[0]):
        if day.compact[n]:
            total += _breaks(board, n)[0]
    return total


@inner
def _other(day: Day, w: int, n: int) -> int:
    return int(day.places[w, 1] if day.places[w, 0] == n else day.places[w, 0])


@inner
def _follow(day: Day, board: Board, n: int, a: int, b: int, size: int) -> tuple[int, int]:
    """Add to the chain what has to leave slot b for n's sake, what that pushes out of a, and so on.

    Gives the chain's size and the party at its end: NONE where it closes, CANNOT where a wish may not go there.
    """
    start = board.chain[0]
    here, there = a, b
    while True:
        w = board.at[n, there]
        if w < 0:
            return size, n
        if w == start:
            return size, NONE
        if not day.may[w, here]:
            return size, CANNOT
        board.chain[size] = w
        size += 1
        n = _other(day, w, n)
        here, there = there, here


@inner
def _chain(day: Day, board: Board, w: int, a: int, b: int) -> tuple[int, int, int]:
    """All that has to change places if w goes from a to b: how many, and the parties at the two ends."""
    board.chain[0] = w
    size, one = _follow(day, board, day.places[w, 0], a, b, 1)
    if one < 0:
        return size, one, one
    size, other = _follow(day, board, day.places[w, 1], a, b, size)
    return size, one, other


@inner
def _of_both(day: Day, board: Board, one: int, other: int) -> tuple[int, int]:
    """Breaks and idle slots of the parties at the ends of a chain; a closed one has none."""
    breaks, idle = 0, 0
    for n in (one, other):
        if n >= 0 and day.compact[n]:
            theirs, empty = _breaks(board, n)
            breaks += theirs
            idle += empty
    return breaks, idle


@inner
def _swap(day: Day, board: Board, size: int, a: int, b: int) -> None:
    """Every wish of the chain goes to the other of the two slots."""
    for i in range(size):
        w = board.chain[i]
        s = board.slot[w]
        for p in range(PLACES):
            n = day.places[w, p]
            if n >= 0 and p < 2:
                if board.at[n, s] == w:
                    board.at[n, s] = NONE
            elif n >= 0:
                board.taken[n, s] -= 1
        board.slot[w] = a + b - s
        s = a + b - s
        for p in range(PLACES):
            n = day.places[w, p]
            if n >= 0 and p < 2:
                board.at[n, s] = w
            elif n >= 0:
                board.taken[n, s] += 1


@inner
def _allowed(day: Day, board: Board, size: int) -> bool:
    """Whether, after the swap, no resource nor the hall is overfull and everything is in its order."""
    for i in range(size):
        w = board.chain[i]
        s = board.slot[w]
        for p in range(2, PLACES):
            n = day.places[w, p]
            if n >= 0 and board.taken[n, s] > day.room[n, s]:
                return False
        for k in range(day.earlier[w], day.later[w]):
            if board.slot[day.chain[k]] >= s:
                return False
        for k in range(day.later[w], day.earlier[w + 1]):
            if board.slot[day.chain[k]] <= s:
                return False
    return True


@inner
def _beside(board: Board, n: int) -> int:
    """A slot next to one in which n meets somebody."""
    slots = board.at.shape[1]
    s = np.random.randint(slots)
    while board.at[n, s] < 0:
        s = s + 1 if s + 1 < slots else 0
    return s - 1 if np.random.random() < 0.5 else s + 1


@entry
def rearrange(day: Day, board: Board, moves: int, heat: float, fewest: int) -> int:
    """Try so many moves at one temperature; keep a timetable with fewer breaks than `fewest` in `best`."""
    breaks = _all_breaks(day, board)
    for _ in range(moves):
        w = np.random.randint(len(board.slot))
        a, b = board.slot[w], _beside(board, day.places[w, np.random.randint(2)])
        if b < 0 or b >= board.at.shape[1] or b == a or not day.may[w, b]:
            continue
        size, one, other = _chain(day, board, w, a, b)
        if CANNOT in (one, other):
            continue
        before, idle_before = _of_both(day, board, one, other)
        _swap(day, board, size, a, b)
        after, idle_after = _of_both(day, board, one, other)
        change = after - before + IDLE * (idle_after - idle_before)
        if not _allowed(day, board, size) or (change > 0.0 and np.random.random() > np.exp(-change / heat)):
            _swap(day, board, size, a, b)
            continue
        breaks += after - before
        if breaks < fewest:
            fewest = breaks
            for k in range(len(board.slot)):
                board.best[k] = board.slot[k]
    return fewest
