"""A plan looked through without the planner's own bookkeeping."""

import uuid
from collections import Counter
from collections.abc import Iterable

from bazaar.booths import rules
from bazaar.booths.proposal.facts import Place, Plan, Stand, Standing, Wish


def clashes(
    plan: Plan, stands: Iterable[Stand], wishes: Iterable[Wish], standing: Iterable[Standing]
) -> list[str]:
    """What is wrong with a plan, told without the planner's own bookkeeping; nothing, if it is right."""
    by_id = {stand.id: stand for stand in stands}
    wanted: dict[uuid.UUID, Counter[uuid.UUID]] = {}
    needs = {}
    for wish in wishes:
        needs[wish.id] = wish
        wanted.setdefault(wish.id, Counter()).update(wish.blocks)
    wrong = []
    holder: dict[Place, uuid.UUID] = {(place.booth, place.block): place.exhibitor for place in standing}
    accounted: dict[uuid.UUID, Counter[uuid.UUID]] = {key: Counter() for key in wanted}
    for given in plan.given:
        stand, wish = by_id[given.booth], needs[given.exhibitor]
        wrong += [f"booth {stand.number} lacks {lack} for {wish.name}" for lack in rules.lacks(stand, wish)]
        for block in given.blocks:
            if (stand.id, block) in holder:
                wrong.append(f"booth {stand.number} is given twice in one block")
            holder[stand.id, block] = wish.id
        accounted[wish.id].update(given.blocks)
    for missing in (*plan.missing, *plan.fewer):
        accounted[missing.exhibitor].update(missing.blocks)
    without = {missing.exhibitor for missing in plan.missing}  # of whom no second booth is spoken
    wrong += [
        f"{needs[key].name} is not accounted for, or has too many booths"
        for key in wanted
        if not set(wanted[key]) <= set(accounted[key])
        or not accounted[key] <= wanted[key]
        or (accounted[key] != wanted[key] and key not in without)
    ]
    return wrong
