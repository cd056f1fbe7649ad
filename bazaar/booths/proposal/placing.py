"""Where each one goes: the best free booth, or one that is made free by moving others along."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence

from bazaar.booths.proposal.facts import Stand, Wish
from bazaar.booths.proposal.floor import Floor, Part, spare

DEPTHS = (1, 2, 4, 8, 16, 32)  # how many may move one after another to make room: few first


def place_all(floor: Floor, order: Sequence[Wish]) -> list[Part]:
    """Place each in turn: one booth for everything, else one for each day. What is left over comes back."""
    waiting = [wish for wish in order if not _place(floor, Part(wish, wish.blocks))]
    left: list[Part] = []
    for wish in waiting:
        if _place_or_make_room(floor, Part(wish, wish.blocks)):
            continue
        parts = [Part(wish, day) for day in wish.days]
        left += [part for part in parts if len(parts) == 1 or not _place_or_make_room(floor, part)]
    return left


def _place_or_make_room(floor: Floor, part: Part) -> bool:
    """The best free booth, or one that is made free by as few moves as possible."""
    if _place(floor, part):
        return True
    if (part.wish.needs, part.blocks) in floor.hopeless:
        return False
    if any(_make_room(floor, part, set(), depth) for depth in DEPTHS):
        return True
    floor.hopeless.add((part.wish.needs, part.blocks))
    return False


def _place(floor: Floor, part: Part) -> bool:
    """The best free booth, if there is one."""
    best = next(floor.free_for(part), None)
    if best is None:
        return False
    candidates = [best, *_preferred(floor, part)]
    floor.put(part, min(candidates, key=lambda stand: _cost(floor, part, stand)))
    return True


def _preferred(floor: Floor, part: Part) -> Iterator[Stand]:
    """Free booths that may be better than the next in order: its own of another day, and those its sector asks for."""
    if part.wish.nth:
        yield from floor.free_for(part)
        return
    homes = floor.homes.get((part.wish.id, 0))
    if homes:
        yield from (stand for stand in floor.free_for(part) if homes[stand.id])
    if part.wish.sector and floor.sector_rule == "neighbours":
        yield from floor.beside_own_sector(part)
    if part.wish.sector and floor.sector_rule == "spread":
        apart = (stand for stand in floor.free_for(part) if not floor.same_sector_beside(stand, part))
        nearest_to_none = next(apart, None)
        yield from floor.free_for(part) if nearest_to_none is None else [nearest_to_none]


def _cost(floor: Floor, part: Part, stand: Stand) -> tuple[int, ...]:
    """Less is better: the same booth as on its other day, the wished neighbours, no unneeded equipment, walking order.

    One booth more stands as near as can be to the others of its exhibitor.
    """
    if part.wish.nth:
        return (floor.steps_to_own(stand, part.wish), spare(stand, part.wish), stand.position)
    homes = floor.homes.get((part.wish.id, 0), Counter())
    sign = {"neighbours": -1, "spread": 1}.get(floor.sector_rule, 0)
    beside = sign * len(floor.same_sector_beside(stand, part)) if sign else 0
    return (homes[stand.id] == 0, beside, spare(stand, part.wish), stand.position)


def _make_room(
    floor: Floor, part: Part, tried: set[tuple[uuid.UUID, frozenset[uuid.UUID]]], depth: int
) -> bool:
    """Place this by moving others to booths that have all they need, and those in their way, and so on."""
    for stand in floor.suiting(part.wish).values():
        place = (stand.id, part.blocks)
        if place in tried or floor.is_settled(stand, part.blocks):
            continue
        tried.add(place)
        movers = sorted(
            floor.in_the_way(stand, part.blocks), key=lambda mover: (mover.wish.applied, mover.wish.id)
        )
        before = len(floor.moves)
        for mover in movers:
            floor.put(mover, None)
        floor.put(part, stand)
        if all(
            _place(floor, mover) or (depth > 1 and _make_room(floor, mover, tried, depth - 1))
            for mover in movers
        ):
            return True
        floor.back_to(before)
    return False
