"""The flow itself: units brought in one by one, each along the cheapest way that is left. Compiled.

Successive shortest paths with potentials (Ahuja, Magnanti, Orlin: Network Flows, 1993, ch. 9). Each unit comes in on
an arc of its own, so that nearly every search ends within a few nodes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bazaar.meetings.solver.compiled import entry, inner

Ints = NDArray[np.int64]
FAR = 1 << 62
NONE = -1


class Network(NamedTuple):
    """Arc i and its reverse i ^ 1 lie side by side; `arcs[first[n]:first[n + 1]]` leave node n.

    Reduced costs (cost + potential of the tail - potential of the head) of arcs with capacity are never negative.
    """

    head: Ints
    cap: Ints
    cost: Ints
    first: Ints
    arcs: Ints
    potential: Ints


class Frontier(NamedTuple):
    """A search from one node: how far the nodes are that it has seen, and a heap of those to go on from."""

    distance: Ints
    via: Ints  # the arc by which a node is reached
    done: NDArray[np.bool_]
    seen: Ints
    key: Ints  # of the heap
    node: Ints
    size: Ints  # how many seen, how many in the heap


def frontier_of(network: Network) -> Frontier:
    nodes, arcs = len(network.first) - 1, len(network.head)
    return Frontier(
        distance=np.full(nodes, FAR, np.int64),
        via=np.full(nodes, NONE, np.int64),
        done=np.zeros(nodes, np.bool_),
        seen=np.empty(nodes, np.int64),
        key=np.empty(arcs + 8, np.int64),
        node=np.empty(arcs + 8, np.int64),
        size=np.zeros(2, np.int64),
    )


@inner
def _push(front: Frontier, key: int, node: int) -> None:
    at = front.size[1]
    front.size[1] += 1
    while at > 0:
        parent = (at - 1) >> 1
        if front.key[parent] <= key:
            break
        front.key[at], front.node[at] = front.key[parent], front.node[parent]
        at = parent
    front.key[at], front.node[at] = key, node


@inner
def _drop_first(front: Frontier) -> None:
    front.size[1] -= 1
    size = front.size[1]
    key, node = front.key[size], front.node[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and front.key[child + 1] < front.key[child]:
            child += 1
        if front.key[child] >= key:
            break
        front.key[at], front.node[at] = front.key[child], front.node[child]
        at = child
    front.key[at], front.node[at] = key, node


@inner
def _reach(front: Frontier, node: int, distance: int, via: int) -> None:
    if front.distance[node] == FAR:
        front.seen[front.size[0]] = node
        front.size[0] += 1
    front.distance[node] = distance
    front.via[node] = via
    _push(front, distance, node)


@inner
def _go_on(net: Network, front: Frontier, node: int, gain: int) -> None:
    """Over every arc with capacity that leads nearer than `gain`."""
    for position in range(net.first[node], net.first[node + 1]):
        out = net.arcs[position]
        there = net.head[out]
        if net.cap[out] <= 0 or front.done[there]:
            continue
        length = front.distance[node] + net.cost[out] + net.potential[node] - net.potential[there]
        if length < front.distance[there] and length < gain:
            _reach(front, there, length, out)


@inner
def _search(net: Network, front: Frontier, start: int, goal: int, gain: int) -> int:
    """How far it is from start to goal, or `gain` where it is no nearer than that."""
    _reach(front, start, 0, NONE)
    while front.size[1] > 0:
        key, node = front.key[0], front.node[0]
        _drop_first(front)
        if front.done[node]:
            continue
        if key >= gain:
            break
        if node == goal:
            return int(key)
        front.done[node] = True
        _go_on(net, front, node, gain)
    return gain


@inner
def _forget(net: Network, front: Frontier, limit: int) -> None:
    """Raise the potentials by what was found and make ready for the next search."""
    for index in range(front.size[0]):
        node = front.seen[index]
        if front.done[node]:
            net.potential[node] += front.distance[node] - limit
        front.distance[node] = FAR
        front.done[node] = False
    front.size[0] = front.size[1] = 0


@entry
def bring_in(net: Network, front: Frontier, raised: Ints) -> None:
    """Raise the capacity of the arcs `raised`, in that order, one unit each, and keep the flow optimal."""
    for arc in raised:
        tail, tip = net.head[arc ^ 1], net.head[arc]
        gain = net.potential[tip] - net.potential[tail] - net.cost[arc]
        if gain <= 0:
            net.cap[arc] += 1
            continue
        limit = _search(net, front, tip, tail, gain)
        if limit < gain:
            node = tail
            while node != tip:
                out = front.via[node]
                net.cap[out] -= 1
                net.cap[out ^ 1] += 1
                node = net.head[out ^ 1]
            net.cap[arc ^ 1] += 1
        else:
            net.cap[arc] += 1
        _forget(net, front, limit)
