"""A problem laid out in arrays, the way the counting parts of the engine want it.

Whatever a meeting takes up is a *place*: each party, each resource and the hall itself, with so many meetings at
once in each slot. A meeting takes one seat at each of at most four places.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bazaar.meetings.solver.problem import JOBSEEKER, Party, Problem, Wish

NO_CAP = 1 << 30
PLACES = 4  # of a meeting: two parties, a resource, the hall


@dataclass(frozen=True)
class Layout:
    """W wishes, N places, S slots."""

    problem: Problem
    weight: NDArray[np.int64]  # W
    places: NDArray[np.int32]  # W x 4, -1 where a meeting needs none
    may: NDArray[np.bool_]  # W x S: allowed, and neither party blocked
    room: NDArray[np.int32]  # N x S
    cap: NDArray[np.int64]  # N: most meetings in the day
    compact: NDArray[np.bool_]  # N
    jobseeker: NDArray[np.bool_]  # N
    spot: NDArray[np.float64]  # N x 2, metres; NaN where unknown
    before: list[list[int]]  # W: wishes that must be held earlier

    @property
    def slots(self) -> int:
        return int(self.room.shape[1])


def lay_out(problem: Problem) -> Layout:
    number = {party.id: index for index, party in enumerate(problem.parties)}
    resource = {one.id: len(number) + index for index, one in enumerate(problem.resources)}
    hall = len(number) + len(resource) if problem.tables is not None else -1
    count = len(number) + len(resource) + (hall >= 0)
    room = np.zeros((count, problem.slots), np.int32)
    for index, party in enumerate(problem.parties):
        room[index] = party.parallel
        room[index, sorted(party.blocked)] = 0
    for index, one in enumerate(problem.resources, len(number)):
        room[index] = one.per_slot
    if problem.tables is not None:
        room[hall] = problem.tables
    wish_number = {wish.id: index for index, wish in enumerate(problem.wishes)}
    places = np.full((len(problem.wishes), PLACES), -1, np.int32)
    for index, wish in enumerate(problem.wishes):
        a, b = (number[party] for party in wish.parties)
        places[index] = a, b, resource.get(wish.resource or "", -1), hall
    may = (room[places[:, 0]] > 0) & (room[places[:, 1]] > 0)
    for index, wish in enumerate(problem.wishes):
        if wish.slots is not None or wish.fixed is not None:
            may[index] &= _allowed(wish, problem.slots)
    wanted = np.bincount(places[places >= 0], minlength=count)
    return Layout(
        problem=problem,
        weight=np.array([wish.weight for wish in problem.wishes], np.int64),
        places=places,
        may=may,
        room=np.minimum(room, wanted[:, None]).astype(np.int32),  # more seats than wishes are of no use
        cap=_caps(problem.parties, count),
        compact=_those([party.compact for party in problem.parties], count),
        jobseeker=_those([party.role == JOBSEEKER for party in problem.parties], count),
        spot=_spots(problem.parties, count),
        before=[[wish_number[earlier] for earlier in wish.after] for wish in problem.wishes],
    )


def _allowed(wish: Wish, slots: int) -> NDArray[np.bool_]:
    allowed = np.ones(slots, np.bool_) if wish.slots is None else np.zeros(slots, np.bool_)
    if wish.slots is not None:
        allowed[sorted(wish.slots)] = True
    if wish.fixed is not None:
        only = np.zeros(slots, np.bool_)
        only[wish.fixed] = allowed[wish.fixed]
        return only
    return allowed


def _caps(parties: tuple[Party, ...], count: int) -> NDArray[np.int64]:
    caps = np.full(count, NO_CAP, np.int64)
    for index, party in enumerate(parties):
        if party.cap is not None:
            caps[index] = party.cap
    return caps


def _those(parties: list[bool], count: int) -> NDArray[np.bool_]:
    flags = np.zeros(count, np.bool_)
    flags[: len(parties)] = parties
    return flags


def _spots(parties: tuple[Party, ...], count: int) -> NDArray[np.float64]:
    spots = np.full((count, 2), np.nan)
    for index, party in enumerate(parties):
        if party.place is not None:
            spots[index] = party.place
    return spots
