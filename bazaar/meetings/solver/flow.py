"""Which wishes are worth holding, and how much they can weigh at most: a min-cost flow that looks at slots coarsely.

A jobseeker is a node that takes in units: the first at a bonus larger than all weights together, the second at a
smaller one, the others at none, so that coverage comes before weight and fairness is still a flow. A unit goes on
along a wish to one of the parts of its employer's day in which both can meet, and is gone there; the interpreters of
a language lie before the jobseekers who need them. That nobody is in two places in one slot is left out, and leaving
out only takes constraints away: no timetable is worth more than the flow. With the day in two parts it is already
exact on fairs where people come for half a day.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bazaar.meetings.solver.layout import Layout
from bazaar.meetings.solver.paths import Ints, Network, bring_in, frontier_of

PARTS = 4  # of a day, of equal length
MANY = 60_000  # wishes; from here on the day is one part, which takes half the time


@dataclass(frozen=True)
class Selection:
    """The flow: the wishes it holds, what they weigh, and the jobseekers with at least one and at least two."""

    chosen: NDArray[np.bool_]  # W
    weight: int
    coverage: tuple[int, int]


def select(layout: Layout, bonuses: tuple[int, int] | None = None, held: Ints | None = None) -> Selection:
    """The best flow. `bonuses` for a jobseeker's first and second meeting; None: coverage before all weight.

    `held`: how many meetings each place has that are not in the layout any more (they count for coverage).
    """
    chosen, meetings = _best(layout, bonuses or _before_all(layout), held)
    weight = int(layout.weight[chosen].sum())
    if layout.jobseeker[layout.places[:, :2]].all(axis=1).any():
        # A meeting of two jobseekers counts for one of them alone in the flow: then less is known.
        meetings = _possible(layout, held)
        weight = int(layout.weight[_best(layout, (0, 0), held)[0]].sum())
    theirs = meetings[layout.jobseeker]
    return Selection(chosen, weight, (int((theirs >= 1).sum()), int((theirs >= 2).sum())))


def _best(layout: Layout, bonuses: tuple[int, int], held: Ints | None) -> tuple[NDArray[np.bool_], Ints]:
    """The wishes that the flow holds, and how many meetings each place has then."""
    sides = _sides(layout)
    arcs = _Arcs()
    raised = _bring_seekers(arcs, layout, sides, bonuses, held)
    wish_arc = arcs.add(sides.seeker, sides.node, 1, -layout.weight[sides.wish])
    nodes = _bring_hosts(arcs, layout, sides)
    network = arcs.network(nodes)
    network.potential[sides.seeker] = layout.weight.max(initial=0)
    bring_in(network, frontier_of(network), raised)
    chosen = np.zeros(len(layout.weight), np.bool_)
    chosen[sides.wish] = network.cap[wish_arc] == 0
    meetings = np.bincount(sides.seeker[chosen[sides.wish]], minlength=len(layout.room))
    return chosen, meetings if held is None else meetings + held


def _possible(layout: Layout, held: Ints | None) -> Ints:
    """How many meetings each place could have at most."""
    wishes = np.bincount(layout.places[layout.may.any(axis=1), :2].ravel(), minlength=len(layout.room))
    most = np.minimum(wishes, layout.cap)
    return most if held is None else most + held


def _before_all(layout: Layout) -> tuple[int, int]:
    second = int(layout.weight.sum()) + 1
    return second * (int(layout.jobseeker.sum()) + 1), second


@dataclass(frozen=True)
class _Sides:
    """The wishes that could be held in some slot, each from the party that seeks to the party that hosts.

    Between two of the same role the second one's limits are left out: that only makes the bound weaker.
    """

    wish: Ints
    seeker: Ints
    host: Ints  # -1: between two of the same role
    root: int  # the node where units come from and go to; the places are those before it
    node: Ints  # of each wish


def _sides(layout: Layout) -> _Sides:
    wish = np.flatnonzero(layout.may.any(axis=1))
    one, other = layout.places[wish, 0].astype(np.int64), layout.places[wish, 1].astype(np.int64)
    seeks = layout.jobseeker[one]
    mixed = seeks != layout.jobseeker[other]
    return _Sides(
        wish=wish,
        seeker=np.where(seeks | ~mixed, one, other),
        host=np.where(mixed, np.where(seeks, other, one), -1),
        root=len(layout.room),
        node=len(layout.room) + 1 + np.arange(len(wish)),
    )


class _Arcs:
    """Arcs gathered kind by kind."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints, Ints, Ints, Ints]] = []
        self.count = 0

    def add(self, tail: Ints, head: Ints, cap: Ints | int, cost: Ints | int = 0) -> Ints:
        """Gives the arcs' numbers; the reverse of arc i is i + 1."""
        size = len(tail)
        self.parts.append((tail, head, np.full(size, cap, np.int64), np.full(size, cost, np.int64)))
        numbers = 2 * np.arange(self.count, self.count + size)
        self.count += size
        return numbers

    def network(self, nodes: int) -> Network:
        tail, head, cap, cost = (np.concatenate(kind) for kind in zip(*self.parts, strict=True))
        rows = np.empty((4, 2 * self.count), np.int64)
        rows[:, 0::2] = tail, head, cap, cost
        rows[:, 1::2] = head, tail, np.zeros_like(cap), -cost
        by_tail = np.argsort(rows[0], kind="stable")
        first = np.searchsorted(rows[0][by_tail], np.arange(nodes + 1))
        return Network(rows[1], rows[2], rows[3], first, by_tail, np.zeros(nodes, np.int64))


def _bring_seekers(
    arcs: _Arcs, layout: Layout, sides: _Sides, bonuses: tuple[int, int], held: Ints | None
) -> Ints:
    """From the root, by way of its interpreters, to each seeker; the arcs on which units are brought in, in order."""
    seekers, position = np.unique(sides.seeker, return_inverse=True)
    source = _source(layout, sides, seekers, position)
    languages = np.unique(source[source != sides.root])
    arcs.add(np.full(len(languages), sides.root), languages, layout.room.sum(axis=1)[languages])
    units = _units(layout, sides, seekers, position)
    unit_of = np.repeat(np.arange(len(seekers)), units)
    order = np.arange(len(unit_of)) - np.repeat(np.cumsum(units) - units, units)
    nth = order if held is None else order + held[seekers[unit_of]]
    bonus = np.select([nth == 0, nth == 1], bonuses, 0) * layout.jobseeker[seekers[unit_of]]
    unit_arcs = arcs.add(source[unit_of], seekers[unit_of], 0, -bonus)
    return unit_arcs[np.argsort(order, kind="stable")]


def _bring_hosts(arcs: _Arcs, layout: Layout, sides: _Sides) -> int:
    """From each wish to a part of its host's day, to the host, to the root; gives how many nodes there are now."""
    first_part = sides.root + 1 + len(sides.wish)
    parts = PARTS if len(sides.wish) < MANY else 1
    part_of = np.arange(layout.slots) * parts // max(layout.slots, 1)
    for part in range(parts):
        slots = part_of == part
        could = layout.may[np.ix_(sides.wish, slots)].any(axis=1)
        hosted = could & (sides.host >= 0)
        hosts = np.unique(sides.host[hosted])
        node_of = first_part + part * sides.root
        arcs.add(sides.node[hosted], node_of + sides.host[hosted], 1)
        arcs.add(node_of + hosts, hosts, layout.room[np.ix_(hosts, slots)].sum(axis=1))
    hosts = np.unique(sides.host[sides.host >= 0])
    arcs.add(hosts, np.full(len(hosts), sides.root), layout.cap[hosts])
    alone = sides.node[sides.host < 0]
    arcs.add(alone, np.full(len(alone), sides.root), 1)
    return first_part + parts * sides.root


def _source(layout: Layout, sides: _Sides, seekers: Ints, position: Ints) -> Ints:
    """For each seeker the resource that all of its wishes need, else the root."""
    needed = np.where(layout.places[sides.wish, 2] < 0, sides.root, layout.places[sides.wish, 2]).astype(
        np.int64
    )
    least, most = np.full(len(seekers), sides.root), np.zeros(len(seekers), np.int64)
    np.minimum.at(least, position, needed)
    np.maximum.at(most, position, needed)
    source: Ints = np.where(least == most, least, sides.root)
    return source


def _units(layout: Layout, sides: _Sides, seekers: Ints, position: Ints) -> Ints:
    """How many meetings each seeker can have: its cap, its wishes, and its seats in the slots it can come."""
    could = np.zeros((len(seekers), layout.slots), np.bool_)
    np.logical_or.at(could, position, layout.may[sides.wish])
    seats = (layout.room[seekers] * could).sum(axis=1)
    wishes = np.bincount(position, minlength=len(seekers))
    units: Ints = np.minimum(np.minimum(layout.cap[seekers], seats), wishes)
    return units
