"""A plan looked through without the planner's own bookkeeping."""

import uuid
from collections.abc import Iterable

from bazaar.booths import rules
from bazaar.booths.proposal.facts import Place, Plan, Stand, Standing, Wish


def clashes(
    plan: Plan, stands: Iterable[Stand], wishes: Iterable[Wish], standing: Iterable[Standing]
) -> list[str]:
    """What is wrong with a plan, told without the planner's own bookkeeping; nothing, if it is right."""
    by_id = {stand.id: stand for stand in stands}
    wanted = {wish.id: wish for wish in wishes}
    wrong = []
    holder: dict[Place, uuid.UUID] = {(place.booth, place.block): place.exhibitor for place in standing}
    accounted: dict[uuid.UUID, set[uuid.UUID]] = {key: set() for key in wanted}
    for given in plan.given:
        stand, wish = by_id[given.booth], wanted[given.exhibitor]
        wrong += [f"booth {stand.number} lacks {lack} for {wish.name}" for lack in rules.lacks(stand, wish)]
        for block in given.blocks:
            if holder.setdefault((stand.id, block), wish.id) != wish.id or block in accounted[wish.id]:
                wrong.append(f"booth {stand.number} has two in one block, or {wish.name} has two booths")
            accounted[wish.id].add(block)
    for missing in plan.missing:
        accounted[missing.exhibitor] |= missing.blocks
    wrong += [
        f"{wish.name} is not accounted for" for wish in wanted.values() if accounted[wish.id] != wish.blocks
    ]
    return wrong
