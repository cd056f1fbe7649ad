"""Why everybody stands where they stand, and why somebody has no booth."""

import uuid
from collections.abc import Iterable, Mapping

from bazaar.booths import rules
from bazaar.booths.proposal.facts import Given, Stand
from bazaar.booths.proposal.floor import Floor, Part
from bazaar.booths.rules import Reason


def why_not(floor: Floor, part: Part) -> Reason:
    """Why there is no booth: none has what is needed, or all that have are taken then."""
    if not floor.stands:
        return Reason("no_booths")
    if floor.suiting(part.wish):
        key = "all_taken" if len(floor.suiting(part.wish)) == len(floor.stands) else "all_fitting_taken"
        return Reason(key, {"fitting": len(floor.suiting(part.wish))})
    missing = {lack for stand in floor.stands for lack in rules.lacks(stand, part.wish)}
    always = [
        lack
        for lack in sorted(missing)
        if all(lack in rules.lacks(stand, part.wish) for stand in floor.stands)
    ]
    return Reason("none_fits", {"lacks": ",".join(always or sorted(missing))})


def with_reasons(floor: Floor) -> tuple[Given, ...]:
    """Everybody's booth with why, in walking order."""
    who_by_booth: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
    for part, stand in floor.at.items():
        who_by_booth.setdefault(stand.id, {})[part.wish.id] = part.wish.name
    for place in floor.settled.values():
        who_by_booth.setdefault(place.booth, {})[place.exhibitor] = place.name
    given = []
    for part, stand in sorted(floor.at.items(), key=lambda pair: (pair[1].position, sorted(pair[0].blocks))):
        others = {key: name for key, name in who_by_booth[stand.id].items() if key != part.wish.id}
        given.append(Given(part.wish.id, stand.id, part.blocks, tuple(_reasons(floor, part, stand, others))))
    return tuple(given)


def _reasons(floor: Floor, part: Part, stand: Stand, others: Mapping[uuid.UUID, str]) -> Iterable[Reason]:
    wish = part.wish
    if wish.sockets:
        yield Reason("sockets", {"needed": wish.sockets})
    if wish.least_width > 1:
        yield Reason("width", {"needed": wish.least_width})
    if wish.step_free:
        yield Reason("step_free")
    if len(wish.days) > 1:
        yield Reason("same_booth" if part.blocks == wish.blocks else "own_booth_each_day")
    beside = floor.same_sector_beside(stand, part)
    if beside and floor.sector_rule == "neighbours":
        yield Reason("beside", {"number": beside[0].number})
    elif wish.sector and not beside and floor.sector_rule == "spread":
        yield Reason("apart")
    if others:
        yield Reason("shares", {"with": ", ".join(sorted(others.values())[:2])})
    if not (wish.sockets or wish.least_width > 1 or wish.step_free or beside or len(wish.days) > 1):
        yield Reason("in_walking_order")
