"""What a timetable amounts to: meetings, weight, coverage, idle slots and breaks."""

import numpy as np

from bazaar.meetings.solver.layout import Layout
from bazaar.meetings.solver.problem import Meeting
from bazaar.meetings.solver.seats import NONE, Ints, Seats


def meetings_of(layout: Layout, seats: Seats) -> tuple[Meeting, ...]:
    wishes = layout.problem.wishes
    return tuple(Meeting(wishes[w].id, int(seats.slot[w])) for w in np.flatnonzero(seats.slot != NONE))


def weight_of(layout: Layout, seats: Seats) -> int:
    return int(layout.weight[seats.slot != NONE].sum())


def coverage_of(layout: Layout, seats: Seats) -> tuple[int, int]:
    """Jobseekers with at least one meeting, with at least two."""
    held = seats.held[layout.jobseeker]
    return int((held >= 1).sum()), int((held >= 2).sum())


def idle_and_breaks(layout: Layout, seats: Seats) -> tuple[int, int]:
    """Empty slots between the first and last meeting of compact parties, and the groups they come in."""
    busy = seats.taken[layout.compact & (seats.held > 0)] > 0
    if not busy.size:
        return 0, 0
    first, last = busy.argmax(axis=1), busy.shape[1] - 1 - busy[:, ::-1].argmax(axis=1)
    idle = int((last - first + 1 - busy.sum(axis=1)).sum())
    return idle, int(breaks_of_each(layout, seats).sum())


def breaks_of_each(layout: Layout, seats: Seats) -> Ints:
    """How many breaks each compact party has."""
    busy = seats.taken[layout.compact] > 0
    begins = busy[:, :1].sum(axis=1) + (busy[:, 1:] & ~busy[:, :-1]).sum(axis=1)
    breaks: Ints = np.maximum(begins - 1, 0).astype(np.int64)
    return breaks


def could_be_covered(layout: Layout) -> tuple[int, int]:
    """Jobseekers with at least one possible wish, with at least two."""
    wishes = np.zeros(len(layout.room), np.int64)
    for place in range(2):
        np.add.at(wishes, layout.places[layout.may.any(axis=1), place], 1)
    most = np.minimum(wishes, layout.cap)[layout.jobseeker]
    return int((most >= 1).sum()), int((most >= 2).sum())
