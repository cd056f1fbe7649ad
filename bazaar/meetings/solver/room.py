"""Whether every wish could have a seat, place by place: what fails here needs no search to be proven impossible."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from bazaar.meetings.solver.layout import Layout


def has_room(layout: Layout) -> bool:
    """False: some party, resource or the hall has fewer seats than wishes, in the day or in the slots they may have."""
    if not layout.may.any(axis=1).all():
        return False
    wishes = np.bincount(layout.places[layout.places >= 0], minlength=len(layout.room))
    if (wishes > layout.cap).any():
        return False
    return all(_all_seated(layout, place) for place in np.flatnonzero(wishes))


def _all_seated(layout: Layout, place: np.intp) -> bool:
    """A flow from the wishes at a place, those with the same slots together, to its slots."""
    there = (layout.places == place).any(axis=1)
    kinds, count = np.unique(layout.may[there], axis=0, return_counts=True)
    room = np.minimum(layout.room[place], count.sum())
    return _flow(kinds, count, room) == int(count.sum())


def _flow(kinds: NDArray[np.bool_], count: NDArray[np.intp], room: NDArray[np.int32]) -> int:
    """Source 0, then the kinds, then the slots, then the sink."""
    kind, slot = np.nonzero(kinds)
    first_slot, sink = 1 + len(kinds), 1 + len(kinds) + len(room)
    tail = np.concatenate([np.zeros(len(kinds), int), 1 + kind, first_slot + np.arange(len(room))])
    head = np.concatenate([1 + np.arange(len(kinds)), first_slot + slot, np.full(len(room), sink)])
    most = np.concatenate([count, count[kind], room]).astype(np.int32)
    return int(maximum_flow(csr_array((most, (tail, head)), shape=(sink + 1, sink + 1)), 0, sink).flow_value)
