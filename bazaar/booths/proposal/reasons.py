"""Why everybody stands where they stand, and why somebody has no booth."""

import uuid
from collections.abc import Iterable, Mapping

from bazaar.booths import rules
from bazaar.booths.proposal.facts import Given, Stand, Wish
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
    reasons = [*_needs(part.wish), *_neighbours(floor, part, stand)]
    if len(part.wish.days) > 1:
        reasons.append(Reason("same_booth" if part.blocks == part.wish.blocks else "own_booth_each_day"))
    if not reasons or reasons == [Reason("apart")]:
        reasons.append(Reason("in_walking_order"))
    if others:
        reasons.append(Reason("shares", {"with": ", ".join(sorted(others.values())[:2])}))
    return reasons


def _needs(wish: Wish) -> Iterable[Reason]:
    needs = (
        (wish.sockets, Reason("sockets", {"needed": wish.sockets})),
        (wish.least_width > 1, Reason("width", {"needed": wish.least_width})),
        (wish.step_free, Reason("step_free")),
        (wish.strong_power, Reason("power")),
        (wish.booth_kind, Reason("kind", {"kind": wish.booth_kind})),
        (wish.price_class, Reason("price_class", {"class": wish.price_class})),
    )
    return (reason for needed, reason in needs if needed)


def _neighbours(floor: Floor, part: Part, stand: Stand) -> Iterable[Reason]:
    if part.wish.nth:
        yield Reason("one_more")
        return
    beside = floor.same_sector_beside(stand, part)
    if beside and floor.sector_rule == "neighbours":
        yield Reason("beside", {"number": beside[0].number})
    elif part.wish.sector and not beside and floor.sector_rule == "spread":
        yield Reason("apart")
