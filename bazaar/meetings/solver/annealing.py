"""Simulated annealing over whole timetables: put a meeting somewhere, let what is in the way sit elsewhere or go.

Compiled. Every move keeps all hard rules; what it costs is counted only for the parties it touches. (Kirkpatrick,
Gelatt, Vecchi: Optimization by Simulated Annealing, Science 220, 1983; the moves are ejection chains of length one.)
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bazaar.meetings.solver.compiled import entry, inner
from bazaar.meetings.solver.layout import PLACES
from bazaar.meetings.solver.seats import NONE, Day, Ints, Seats, fits, in_order, may_go, sit, stand_up

FAR = 1 << 30
CANNOT = -2
NEARBY = 0.9  # how often a meeting is moved next to its party's others rather than anywhere
LET_ALONE = 0.98  # how often a party without idle slots is left as it is
MOST = 32  # more than one move can change: itself, one at each of its places, and the two parties of each


class Price(NamedTuple):
    """What is paid for."""

    first: float  # a jobseeker's first meeting
    second: float
    weight: float
    idle: float = 0.0  # each empty slot between two meetings of a compact party
    pause: float = 0.0  # each group of such slots
    metre: float = 0.0  # walked from meeting to meeting
    stay: float = 0.0  # a meeting that stays where it was published


class Move(NamedTuple):
    """What one move changed, so that it can be weighed and taken back."""

    wish: Ints
    slot: Ints  # where each wish was
    party: Ints
    cost: NDArray[np.float64]  # what each party cost before
    size: Ints  # how many wishes, how many parties


class Line(NamedTuple):
    """The wishes that wait to be held: `wish[:size[0]]`; `rank` is where each stands, or NONE."""

    wish: Ints
    rank: Ints
    size: Ints


def new_move() -> Move:
    wish, slot, party = (np.zeros(MOST, np.int64) for _ in range(3))
    return Move(wish, slot, party, np.zeros(MOST), np.zeros(2, np.int64))


def line_of(wishes: Ints, count: int) -> Line:
    """A line of these wishes, out of `count`."""
    line, rank = np.zeros(count, np.int64), np.full(count, NONE, np.int64)
    line[: len(wishes)] = wishes
    rank[wishes] = np.arange(len(wishes))
    return Line(line, rank, np.array([len(wishes)], np.int64))


@inner
def _walk(day: Day, n: int, one: int, other: int) -> float:
    """Metres along the aisles between the other parties of two meetings of n."""
    a = day.places[one, 1] if day.places[one, 0] == n else day.places[one, 0]
    b = day.places[other, 1] if day.places[other, 0] == n else day.places[other, 0]
    return float(abs(day.spot[a, 0] - day.spot[b, 0]) + abs(day.spot[a, 1] - day.spot[b, 1]))


@inner
def cost_of(day: Day, seats: Seats, price: Price, n: int) -> float:
    """What a party's day costs as it is: idle slots, breaks and walking, less the bonus for being covered."""
    total = 0.0
    if day.jobseeker[n]:
        if seats.held[n] >= 1:
            total -= price.first
        if seats.held[n] >= 2:
            total -= price.second
    if not day.compact[n] or seats.held[n] < 2:
        return total
    last, previous = NONE, NONE
    for s in range(seats.taken.shape[1]):
        if seats.taken[n, s] == 0:
            continue
        if last >= 0 and s - last > 1:
            total += price.idle * (s - last - 1) + price.pause
        last = s
        if price.metre > 0.0:
            w = seats.occupant[seats.first[n] + s * seats.width[n]]
            if previous >= 0:
                total += price.metre * _walk(day, n, w, previous)
            previous = w
    return total


@inner
def _if_there(day: Day, seats: Seats, price: Price, n: int, s: int) -> float:
    """What one more meeting in slot s would cost a compact party in idle slots and breaks."""
    if not day.compact[n] or seats.held[n] == 0 or seats.taken[n, s] > 0:
        return 0.0
    slots = seats.taken.shape[1]
    before, after = s - 1, s + 1
    while before >= 0 and seats.taken[n, before] == 0:
        before -= 1
    while after < slots and seats.taken[n, after] == 0:
        after += 1
    gap_before, gap_after = s - before - 1, after - s - 1
    if before >= 0 and after < slots:
        splits = (price.pause if gap_before > 0 else 0.0) + (price.pause if gap_after > 0 else 0.0)
        return splits - price.pause - price.idle
    gap = gap_before if before >= 0 else gap_after
    return price.idle * gap + (price.pause if gap > 0 else 0.0)


@inner
def _worth(day: Day, price: Price, w: int, s: int) -> float:
    """What holding w in s is worth by itself."""
    return float(price.weight * day.weight[w] + (price.stay if day.published[w] == s else 0.0))


@inner
def _log(day: Day, seats: Seats, price: Price, move: Move, w: int) -> None:
    """Write down, before w changes, where it is and what its parties cost."""
    move.wish[move.size[0]] = w
    move.slot[move.size[0]] = seats.slot[w]
    move.size[0] += 1
    for p in range(2):
        n = day.places[w, p]
        known = False
        for i in range(move.size[1]):
            known = known or move.party[i] == n
        if not known:
            move.party[move.size[1]] = n
            move.cost[move.size[1]] = cost_of(day, seats, price, n)
            move.size[1] += 1


@inner
def _lightest(day: Day, seats: Seats, n: int) -> int:
    """The meeting of n that weighs least and may go, or CANNOT."""
    lightest, found = FAR, CANNOT
    for s in range(seats.taken.shape[1]):
        for k in range(seats.taken[n, s]):
            w = seats.occupant[seats.first[n] + s * seats.width[n] + k]
            lighter = day.weight[w] < lightest or (day.weight[w] == lightest and np.random.random() < 0.5)
            if lighter and may_go(day, seats, w):
                lightest, found = day.weight[w], w
    return found


@inner
def _in_the_way(day: Day, seats: Seats, n: int, s: int) -> int:
    """Who has to leave place n so that one more can sit in s: a wish, NONE, or CANNOT."""
    if seats.taken[n, s] >= day.room[n, s]:
        if day.room[n, s] == 0:
            return CANNOT
        w = seats.occupant[seats.first[n] + s * seats.width[n] + np.random.randint(seats.taken[n, s])]
        return w if may_go(day, seats, w) else CANNOT
    if seats.held[n] >= day.cap[n]:
        return _lightest(day, seats, n)
    return NONE


@inner
def _near(day: Day, seats: Seats, w: int) -> int:
    """A slot at or inside the edges of the day of one of its compact parties; NONE where that day is whole."""
    slots = seats.taken.shape[1]
    a, b = day.places[w, 0], day.places[w, 1]
    n = a if day.compact[a] and (not day.compact[b] or np.random.random() < 0.5) else b
    if not day.compact[n] or np.random.random() > NEARBY:
        return np.random.randint(slots)
    if seats.held[n] < 2:
        return NONE
    begin, end = slots, NONE
    for s in range(slots):
        if seats.taken[n, s] > 0:
            begin, end = min(begin, s), s
    if end - begin + 1 == seats.held[n] and np.random.random() < LET_ALONE:
        return NONE
    s = begin - 1 + np.random.randint(end - begin + 3)
    return s if 0 <= s < slots else NONE


@inner
def _free(day: Day, seats: Seats, w: int) -> int:
    """A slot where w fits, else any that is allowed, else NONE."""
    slots = seats.taken.shape[1]
    start, allowed = np.random.randint(slots), NONE
    for i in range(slots):
        s = start + i - (slots if start + i >= slots else 0)
        if day.may[w, s]:
            if fits(day, seats, w, s):
                return s
            if allowed < 0:
                allowed = s
    return allowed


@inner
def _settle(day: Day, seats: Seats, price: Price, w: int) -> float:
    """Let a wish that had to leave sit where it costs least; gives what it is worth there, 0 if it finds no seat."""
    slots = seats.taken.shape[1]
    a, b = day.places[w, 0], day.places[w, 1]
    best, least = NONE, 0.0
    start = np.random.randint(slots)
    for i in range(slots):
        s = start + i - (slots if start + i >= slots else 0)
        if fits(day, seats, w, s):
            cost = -price.stay if day.published[w] == s else 0.0
            cost += _if_there(day, seats, price, a, s) + _if_there(day, seats, price, b, s)
            if best < 0 or cost < least:
                best, least = s, cost
    if best < 0:
        return 0.0
    sit(day, seats, w, best)
    return _worth(day, price, w, best)


@inner
def put(day: Day, seats: Seats, price: Price, move: Move, w: int, t: int) -> float:
    """Hold w in slot t, whoever has to leave for it; gives the change of cost, or inf where it cannot be."""
    move.size[0] = 0
    move.size[1] = 0
    change = 0.0
    _log(day, seats, price, move, w)
    if seats.slot[w] >= 0:
        change += _worth(day, price, w, seats.slot[w])
        stand_up(day, seats, w)
    if not in_order(day, seats, w, t):
        return np.inf
    for p in range(PLACES):
        n = day.places[w, p]
        out = _in_the_way(day, seats, n, t) if n >= 0 else NONE
        if out == CANNOT:
            return np.inf
        if out >= 0:
            _log(day, seats, price, move, out)
            change += _worth(day, price, out, seats.slot[out])
            stand_up(day, seats, out)
    if not fits(day, seats, w, t):
        return np.inf
    sit(day, seats, w, t)
    change -= _worth(day, price, w, t)
    for i in range(1, move.size[0]):
        change -= _settle(day, seats, price, move.wish[i])
    for i in range(move.size[1]):
        change += cost_of(day, seats, price, move.party[i]) - move.cost[i]
    return change


@inner
def take_back(day: Day, seats: Seats, move: Move) -> None:
    """Everybody whom the move touched is where they were."""
    for i in range(move.size[0]):
        if seats.slot[move.wish[i]] >= 0:
            stand_up(day, seats, move.wish[i])
    for i in range(move.size[0]):
        if move.slot[i] >= 0:
            sit(day, seats, move.wish[i], move.slot[i])


@inner
def _line_up(seats: Seats, line: Line, move: Move) -> None:
    """Whoever lost a seat waits, whoever got one does not."""
    for i in range(move.size[0]):
        w = move.wish[i]
        if seats.slot[w] < 0 and line.rank[w] < 0:
            line.rank[w] = line.size[0]
            line.wish[line.size[0]] = w
            line.size[0] += 1
        elif seats.slot[w] >= 0 and line.rank[w] >= 0:
            last = line.wish[line.size[0] - 1]
            line.wish[line.rank[w]] = last
            line.rank[last] = line.rank[w]
            line.rank[w] = NONE
            line.size[0] -= 1


@entry
def anneal(
    day: Day, seats: Seats, line: Line, move: Move, price: Price, moves: int, heat: float, push: float
) -> float:
    """Try `moves` moves at one temperature; gives what was gained. `push`: how often a waiting wish is tried."""
    gained = 0.0
    for _ in range(moves):
        if line.size[0] > 0 and np.random.random() < push:
            w = line.wish[np.random.randint(line.size[0])]
            t = _free(day, seats, w)
        else:
            w = np.random.randint(len(seats.slot))
            if seats.slot[w] < 0 or day.stands[w]:
                continue
            t = _near(day, seats, w)
            if t == seats.slot[w]:
                continue
        if t < 0 or not day.may[w, t]:
            continue
        change = put(day, seats, price, move, w, t)
        if change <= 0.0 or np.random.random() < np.exp(-change / heat):
            gained -= change
            _line_up(seats, line, move)
        else:
            take_back(day, seats, move)
    return gained


@entry
def start_from(seed: int) -> None:
    """Seed this thread's draws."""
    np.random.seed(seed)


@entry
def hand_out(day: Day, seats: Seats, price: Price, move: Move, wishes: Ints) -> int:
    """Hold any of these that is worth more than what it puts out. Gives how many."""
    total = 0
    for w in wishes:
        for s in range(day.may.shape[1]):
            if seats.slot[w] >= 0 or not day.may[w, s]:
                continue
            if put(day, seats, price, move, w, s) < -1e-6:
                total += 1
            else:
                take_back(day, seats, move)
    return total


@entry
def fill(day: Day, seats: Seats, wishes: Ints) -> int:
    """Hold any of these that fits. Gives how many."""
    total = 0
    for w in wishes:
        for s in range(day.may.shape[1]):
            if seats.slot[w] < 0 and fits(day, seats, w, s):
                sit(day, seats, w, s)
                total += 1
    return total
