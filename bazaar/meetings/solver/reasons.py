"""Why a wish is not held: the first reason that is true of the timetable as it stands. Compiled where it counts."""

import numpy as np

from bazaar.meetings.solver.compiled import entry, inner
from bazaar.meetings.solver.layout import PLACES, Layout
from bazaar.meetings.solver.problem import Reason, Unmet
from bazaar.meetings.solver.seats import NONE, Day, Flags, Ints, Seats

FAR = PLACES + 1
NO_COMMON_SLOT, OWN_CAP, EMPLOYER_FULL, NO_INTERPRETER, WORTH_LESS = range(5)
NAMES: tuple[Reason, ...] = ("no_common_slot", "own_cap", "employer_full", "no_interpreter", "worth_less")
WORDS = (
    "The two have no slot in common.",
    "One of the two has as many meetings as they can have in the day.",
    "In every slot that the two have in common the employer's tables are taken.",
    "In every slot in which both are free, no {resource} is.",
    "Other meetings would have to go that are worth as much.",
)
NOTHING_HELPS = "There is no room for it in the order and the slots that are left, whatever else goes."


def unmet_wishes(layout: Layout, day: Day, seats: Seats, common: Flags) -> tuple[Unmet, ...]:
    """Every wish that is not held, with its reason. `common`: the slots in which both could come, also those over."""
    wishes = np.flatnonzero(seats.slot == NONE)
    reason = np.zeros(len(wishes), np.int64)
    capped = np.full(len(wishes), NONE, np.int64)
    because = np.full((len(wishes), PLACES), NONE, np.int64)
    _reasons(day, seats, common, wishes, reason, capped, because, np.zeros(PLACES, np.int64))
    problem = layout.problem
    held_by = _held_by(day, seats, {int(n) for n in capped if n >= 0})
    unmet = []
    for index, w in enumerate(wishes):
        wish = problem.wishes[w]
        others = (
            held_by[int(capped[index])] if reason[index] == OWN_CAP else because[index][because[index] >= 0]
        )
        words = NOTHING_HELPS if reason[index] == WORTH_LESS and not len(others) else WORDS[reason[index]]
        unmet.append(
            Unmet(
                wish=wish.id,
                reason=NAMES[reason[index]],
                words=words.format(resource=wish.resource),
                because=tuple(problem.wishes[other].id for other in others),
            )
        )
    return tuple(unmet)


def _held_by(day: Day, seats: Seats, parties: set[int]) -> dict[int, list[int]]:
    """The held wishes of each of these parties."""
    held: dict[int, list[int]] = {party: [] for party in parties}
    for w in np.flatnonzero(seats.slot >= 0):
        for place in range(2):
            party = int(day.places[w, place])
            if party in held:
                held[party].append(int(w))
    return held


@inner
def _full(day: Day, seats: Seats, n: int, s: int) -> bool:
    return bool(seats.taken[n, s] >= day.room[n, s])


@inner
def _lightest_there(day: Day, seats: Seats, n: int, s: int) -> int:
    """The held wish in slot s of place n that weighs least; NONE where the place has no seats then."""
    lightest = NONE
    for k in range(seats.taken[n, s]):
        w = seats.occupant[seats.first[n] + s * seats.width[n] + k]
        if lightest < 0 or day.weight[w] < day.weight[lightest]:
            lightest = w
    return lightest


@inner
def _in_the_way(day: Day, seats: Seats, w: int, s: int, found: Ints) -> int:
    """Held wishes whose seats w would take in slot s, one for each full place; gives how many, FAR where none can go."""
    size = 0
    for p in range(PLACES):
        n = day.places[w, p]
        if n < 0 or not _full(day, seats, n, s):
            continue
        lightest = _lightest_there(day, seats, n, s)
        if lightest < 0:
            return FAR
        known = False
        for i in range(size):
            known = known or found[i] == lightest
        if not known:
            found[size] = lightest
            size += 1
    return size if size > 0 else FAR


@inner
def _would_have_to_go(day: Day, seats: Seats, w: int, fewest: Ints, found: Ints) -> None:
    """The smallest set, over the slots, of held wishes that would have to go for w; of those the lightest."""
    least, lightest = FAR, 0
    for s in range(day.may.shape[1]):
        size = _in_the_way(day, seats, w, s, found) if day.may[w, s] else FAR
        if size == FAR:
            continue
        weight = 0
        for i in range(size):
            weight += day.weight[found[i]]
        if size < least or (size == least and weight < lightest):
            least, lightest = size, weight
            for i in range(PLACES):
                fewest[i] = found[i] if i < size else NONE


@inner
def _capped(day: Day, seats: Seats, w: int) -> int:
    """The party whose cap is reached, the jobseeker before the employer, or NONE."""
    capped = NONE
    for p in range(2):
        n = day.places[w, p]
        if seats.held[n] >= day.cap[n] and (capped < 0 or day.jobseeker[n]):
            capped = n
    return capped


@inner
def _reason(day: Day, seats: Seats, common: Flags, w: int) -> int:
    """The first reason that is true, by the slots in which both could come."""
    slots, host_full, free, served = 0, True, 0, 0
    a, b, r = day.places[w, 0], day.places[w, 1], day.places[w, 2]
    for s in range(day.may.shape[1]):
        if not common[w, s]:
            continue
        slots += 1
        a_full, b_full = _full(day, seats, a, s), _full(day, seats, b, s)
        host_full = host_full and ((a_full and not day.jobseeker[a]) or (b_full and not day.jobseeker[b]))
        if not a_full and not b_full:
            free += 1
            served += r < 0 or not _full(day, seats, r, s)
    if slots == 0:
        return NO_COMMON_SLOT
    if _capped(day, seats, w) >= 0:
        return OWN_CAP
    if host_full:
        return EMPLOYER_FULL
    return NO_INTERPRETER if free > 0 and served == 0 else WORTH_LESS


@entry
def _reasons(
    day: Day,
    seats: Seats,
    common: Flags,
    wishes: Ints,
    reason: Ints,
    capped: Ints,
    because: Ints,
    found: Ints,
) -> None:
    """Fill in for each wish its reason, the party whose cap is reached, and who would have to go."""
    for index in range(len(wishes)):
        w = wishes[index]
        reason[index] = _reason(day, seats, common, w)
        if reason[index] == OWN_CAP:
            capped[index] = _capped(day, seats, w)
        elif reason[index] == WORTH_LESS:
            _would_have_to_go(day, seats, w, because[index], found)
