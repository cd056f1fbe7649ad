"""The whole day as one linear programme: a proof of how good a timetable can be, often the best one itself.

One column for each wish in each slot it may have, and two for each jobseeker's coverage. The relaxation of a fair
day is nearly always whole-numbered (it is a flow but for the slots), so the dual simplex method mostly ends with
the best timetable; where it does not, branch and bound goes on while there is time. Both are HiGHS (highs.dev).
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from bazaar.meetings.solver.layout import NO_CAP, PLACES, Layout
from bazaar.meetings.solver.seats import NONE, Ints

MOST_COLUMNS = 80_000  # some 150 MB while it is solved
WHOLE = 1e-6


@dataclass(frozen=True)
class Exact:
    """`slots`: the timetable found (NONE where not held), or None. `worth`: no timetable has a greater
    weight + bonuses x coverage."""

    slots: Ints | None
    worth: int
    bonuses: tuple[int, int]


@dataclass(frozen=True)
class _Model:
    matrix: Any  # sparse, rows x columns: matrix @ x <= limit
    limit: NDArray[np.float64]
    gain: NDArray[np.float64]
    wish: Ints
    slot: Ints


def solve_exactly(
    layout: Layout, bonuses: tuple[int, int], until: float, *, most_columns: int = MOST_COLUMNS
) -> Exact | None:
    """The best timetable by weight + bonuses x coverage, or what is known of it at `until` (time.monotonic)."""
    if not 0 < int(layout.may.sum()) <= most_columns:
        return None
    model = _model(layout, bonuses)
    options = {"time_limit": until - time.monotonic()}
    if options["time_limit"] <= 0:
        return None
    relaxed = linprog(
        -model.gain, A_ub=model.matrix, b_ub=model.limit, bounds=(0, 1), method="highs-ds", options=options
    )
    if relaxed.status != 0:
        return None
    worth = int(np.floor(-relaxed.fun + WHOLE))
    if np.abs(relaxed.x - np.round(relaxed.x)).max(initial=0.0) < WHOLE:
        return Exact(_slots(layout, model, relaxed.x), worth, bonuses)
    return _branch(layout, model, worth, bonuses, until)


def _branch(layout: Layout, model: _Model, worth: int, bonuses: tuple[int, int], until: float) -> Exact:
    """Whole numbers by branch and bound, as far as the time goes."""
    left = until - time.monotonic()
    if left < 0.1:
        return Exact(None, worth, bonuses)
    found = milp(
        -model.gain,
        constraints=LinearConstraint(model.matrix, -np.inf, model.limit),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(model.gain)),
        options={"time_limit": left, "mip_rel_gap": 0.0},
    )
    if found.mip_dual_bound is not None:
        worth = min(worth, int(np.floor(-found.mip_dual_bound + WHOLE)))
    return Exact(None if found.x is None else _slots(layout, model, found.x), worth, bonuses)


def _slots(layout: Layout, model: _Model, x: NDArray[np.float64]) -> Ints:
    slots = np.full(len(layout.weight), NONE, np.int64)
    held = x[: len(model.wish)] > 0.5
    slots[model.wish[held]] = model.slot[held]
    return slots


def _model(layout: Layout, bonuses: tuple[int, int]) -> _Model:
    wish, slot = np.nonzero(layout.may)
    seekers = np.flatnonzero(layout.jobseeker) if any(bonuses) else np.zeros(0, np.int64)
    columns = len(wish) + 2 * len(seekers)
    rows = _Rows(columns)
    rows.add(wish, np.arange(len(wish)), np.ones(len(layout.weight)))
    for place in range(PLACES):
        at = layout.places[wish, place].astype(np.int64)
        used = at >= 0
        numbers = at[used] * layout.slots + slot[used]
        rows.add(numbers, np.flatnonzero(used), layout.room.reshape(-1))
        if place < 2:
            rows.add(at, np.arange(len(wish)), np.minimum(layout.cap, NO_CAP))
    _cover(rows, layout, wish, seekers)
    _keep_order(rows, layout, wish, slot)
    gain = np.zeros(columns)
    gain[: len(wish)] = layout.weight[wish]
    gain[len(wish) : len(wish) + len(seekers)] = bonuses[0]
    gain[len(wish) + len(seekers) :] = bonuses[1]
    return _Model(*rows.built(), gain, wish, slot)


class _Rows:
    """Rows of a sparse matrix, gathered kind by kind; those that can never be full are left out."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.parts: list[Any] = []
        self.limits: list[NDArray[np.float64]] = []

    def add(
        self, row: Ints, column: Ints, limit: NDArray[Any], value: NDArray[np.float64] | None = None
    ) -> None:
        values = np.ones(len(row)) if value is None else value
        part = sparse.csr_array((values, (row, column)), shape=(len(limit), self.columns))
        can_be_full = np.asarray(part.maximum(0).sum(axis=1)).ravel() > limit
        self.parts.append(part[can_be_full])
        self.limits.append(np.asarray(limit, np.float64)[can_be_full])

    def built(self) -> tuple[Any, NDArray[np.float64]]:
        return sparse.vstack(self.parts, format="csr"), np.concatenate(self.limits)


def _cover(rows: _Rows, layout: Layout, wish: Ints, seekers: Ints) -> None:
    """A jobseeker's bonuses cannot be more than the meetings held."""
    if not len(seekers):
        return
    position = np.full(len(layout.room), NONE, np.int64)
    position[seekers] = np.arange(len(seekers))
    count, columns = len(seekers), np.arange(len(wish))
    row, column, value = [np.arange(count)] * 2, [len(wish) + np.arange(2 * count)], [np.ones(2 * count)]
    for place in range(2):
        at = position[layout.places[wish, place]]
        row.append(at[at >= 0])
        column.append(columns[at >= 0])
        value.append(-np.ones(int((at >= 0).sum())))
    rows.add(np.concatenate(row), np.concatenate(column), np.zeros(count), np.concatenate(value))


def _keep_order(rows: _Rows, layout: Layout, wish: Ints, slot: Ints) -> None:
    """A wish in slot s needs each of those before it in an earlier slot."""
    first = np.searchsorted(wish, np.arange(len(layout.weight) + 1))
    row, column, value = [], [], []
    count = 0
    for later, befores in enumerate(layout.before):
        for before in befores:
            theirs = np.arange(first[before], first[before + 1])
            for own in range(first[later], first[later + 1]):
                earlier = theirs[slot[theirs] < slot[own]]
                row += [count] * (len(earlier) + 1)
                column += [own, *earlier]
                value += [1.0, *[-1.0] * len(earlier)]
                count += 1
    if count:
        rows.add(np.array(row), np.array(column), np.zeros(count), np.array(value))
