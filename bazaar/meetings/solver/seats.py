"""A timetable in arrays: who sits where, changed one meeting at a time. Compiled.

`Day` holds what does not change while the engine looks for seats, `Seats` what does. A meeting takes one seat at
each of its places in its slot.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bazaar.meetings.solver.compiled import entry, inner
from bazaar.meetings.solver.layout import PLACES, Layout

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
NONE = -1


class Day(NamedTuple):
    """W wishes, N places, S slots."""

    places: Ints  # W x 4: where each wish takes seats
    may: Flags  # W x S
    room: Ints  # N x S: seats there are
    cap: Ints  # N: most meetings in the day
    compact: Flags  # N
    jobseeker: Flags  # N
    weight: Ints  # W
    spot: NDArray[np.float64]  # N x 2, metres
    published: Ints  # W: the slot that people know, or NONE
    stands: Flags  # W: must stay where it is
    chain: Ints  # for each wish: those that must come earlier, then those that must come later
    earlier: Ints  # W: where in `chain` the earlier ones begin
    later: Ints  # W + 1: where the later ones begin; they end where the next wish's earlier ones begin


class Seats(NamedTuple):
    slot: Ints  # W: where the wish is held, or NONE
    seat: Ints  # W x 4: which seat at each place
    first: Ints  # N: where the place's seats begin in `occupant`
    width: Ints  # N: how many of them one slot has
    occupant: Ints  # the wish on each seat
    taken: Ints  # N x S: seats that are not free
    held: Ints  # N: meetings in the day


def day_of(layout: Layout, published: Ints | None = None, stands: Flags | None = None) -> Day:
    """The day of a layout; `published` and `stands` of a timetable that people know already."""
    wishes = len(layout.weight)
    later: list[list[int]] = [[] for _ in range(wishes)]
    for wish, befores in enumerate(layout.before):
        for before in befores:
            later[before].append(wish)
    chain: list[int] = []
    starts: list[tuple[int, int]] = []
    for befores, afters in zip(layout.before, later, strict=True):
        starts.append((len(chain), len(chain) + len(befores)))
        chain += [*befores, *afters]
    return Day(
        places=layout.places.astype(np.int64),
        may=layout.may,
        room=layout.room.astype(np.int64),
        cap=layout.cap,
        compact=layout.compact,
        jobseeker=layout.jobseeker,
        weight=layout.weight,
        spot=np.nan_to_num(layout.spot),
        published=np.full(wishes, NONE, np.int64) if published is None else published,
        stands=np.zeros(wishes, np.bool_) if stands is None else stands,
        chain=np.array(chain, np.int64),
        earlier=np.array([start for start, _ in starts] + [len(chain)], np.int64),
        later=np.array([start for _, start in starts], np.int64),
    )


def empty_seats(day: Day) -> Seats:
    """Nobody sits."""
    wishes, slots = day.may.shape
    width = day.room.max(axis=1, initial=0)
    starts = np.concatenate(([0], np.cumsum(width * slots)))
    return Seats(
        slot=np.full(wishes, NONE, np.int64),
        seat=np.zeros((wishes, PLACES), np.int64),
        first=starts[:-1].astype(np.int64),
        width=width,
        occupant=np.full(int(starts[-1]) + 1, NONE, np.int64),
        taken=np.zeros_like(day.room),
        held=np.zeros(len(width), np.int64),
    )


@inner
def sit(day: Day, seats: Seats, w: int, s: int) -> None:
    """Wish w takes its seats in slot s; there must be room."""
    seats.slot[w] = s
    for p in range(PLACES):
        n = day.places[w, p]
        if n >= 0:
            k = seats.taken[n, s]
            seats.seat[w, p] = k
            seats.occupant[seats.first[n] + s * seats.width[n] + k] = w
            seats.taken[n, s] = k + 1
            seats.held[n] += 1


@inner
def stand_up(day: Day, seats: Seats, w: int) -> None:
    """Wish w leaves its seats; whoever has the last seat takes the empty one."""
    s = seats.slot[w]
    seats.slot[w] = NONE
    for p in range(PLACES):
        n = day.places[w, p]
        if n < 0:
            continue
        k, last = seats.seat[w, p], seats.taken[n, s] - 1
        first = seats.first[n] + s * seats.width[n]
        other = seats.occupant[first + last]
        if other != w:
            seats.occupant[first + k] = other
            for q in range(PLACES):
                if day.places[other, q] == n:
                    seats.seat[other, q] = k
        seats.taken[n, s] = last
        seats.held[n] -= 1


@inner
def in_order(day: Day, seats: Seats, w: int, s: int) -> bool:
    """Whether slot s lies after all that must come before w, and before all that must come after it."""
    for i in range(day.earlier[w], day.later[w]):
        before = seats.slot[day.chain[i]]
        if before < 0 or before >= s:
            return False
    for i in range(day.later[w], day.earlier[w + 1]):
        after = seats.slot[day.chain[i]]
        if after >= 0 and after <= s:
            return False
    return True


@inner
def may_go(day: Day, seats: Seats, w: int) -> bool:
    """Whether a held wish may be taken out: it need not stand, and nothing held has to come after it."""
    if day.stands[w]:
        return False
    held_later = False
    for i in range(day.later[w], day.earlier[w + 1]):
        held_later = held_later or seats.slot[day.chain[i]] >= 0
    return not held_later


@inner
def fits(day: Day, seats: Seats, w: int, s: int) -> bool:
    """Whether w can sit in s with nobody leaving."""
    if not day.may[w, s]:
        return False
    for p in range(PLACES):
        n = day.places[w, p]
        if n >= 0 and (seats.taken[n, s] >= day.room[n, s] or seats.held[n] >= day.cap[n]):
            return False
    return in_order(day, seats, w, s)


@entry
def seat_those(day: Day, seats: Seats, slots: Ints) -> int:
    """Seat every wish whose entry in `slots` is not NONE, where it fits; gives how many did not.

    Wishes with an order among them are tried again until no more fit.
    """
    left = 1
    before = -1
    while left != before:
        before, left = left, 0
        for w in range(len(slots)):
            if slots[w] >= 0 and seats.slot[w] < 0:
                if fits(day, seats, w, slots[w]):
                    sit(day, seats, w, slots[w])
                else:
                    left += 1
        if left == 0:
            break
    return left
