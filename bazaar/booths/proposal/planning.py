"""Who is placed and in which order."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bazaar.booths.proposal.facts import Missing, Plan, Stand, Standing, Wish
from bazaar.booths.proposal.floor import Floor, Part
from bazaar.booths.proposal.placing import place_all
from bazaar.booths.proposal.reasons import why_not, with_reasons
from bazaar.booths.rules import Reason


def propose(
    stands: Iterable[Stand],
    wishes: Iterable[Wish],
    standing: Iterable[Standing] = (),
    *,
    sector_rule: str = "neighbours",
    max_of_sector: int | None = None,
) -> Plan:
    """A plan for everybody who wants a booth and has none then, and one more for those who want more."""
    stands = sorted(stands, key=lambda stand: stand.position)
    settled = {(place.booth, place.block): place for place in standing}
    wishes = sorted(
        (wish for wish in wishes if wish.blocks),
        key=lambda wish: (wish.nth, wish.applied, wish.name, wish.id),
    )
    first, more = [wish for wish in wishes if not wish.nth], [wish for wish in wishes if wish.nth]
    admitted, missing = _within_sector_limit(first, settled.values(), max_of_sector)
    more = _without_refused(more, missing)

    def new_floor() -> Floor:
        return Floor(stands, settled, sector_rule)

    floor = new_floor()
    left = place_all(floor, _in_order_of_need([*admitted, *more]))
    if not left:
        return Plan(with_reasons(floor), tuple(missing))
    if more:
        # Not room for all: one booth for everybody comes before a second for anybody.
        floor = new_floor()
        left = place_all(floor, _in_order_of_need(admitted))
    if left:
        # Too few for all: first come decides who, then those are placed as well as they can be.
        scarce = new_floor()
        left = place_all(scarce, admitted)
        floor = _arranged_again(new_floor, scarce, admitted) or scarce
    missing += _missing(floor, left)
    fewer = _missing(floor, place_all(floor, _without_refused(more, missing)))
    return Plan(with_reasons(floor), tuple(missing), tuple(fewer))


def _missing(floor: Floor, left: Iterable[Part]) -> list[Missing]:
    return [Missing(part.wish.id, part.blocks, why_not(floor, part)) for part in left]


def _without_refused(more: Iterable[Wish], missing: Iterable[Missing]) -> list[Wish]:
    """Nobody gets one booth more on a day without a first."""
    refused: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for each in missing:
        refused[each.exhibitor] = refused.get(each.exhibitor, frozenset()) | each.blocks
    kept = [
        replace(wish, days=tuple(day for day in wish.days if not day & refused.get(wish.id, frozenset())))
        for wish in more
    ]
    return [wish for wish in kept if wish.days]


def _within_sector_limit(
    wishes: Sequence[Wish], standing: Iterable[Standing], limit: int | None
) -> tuple[list[Wish], list[Missing]]:
    """Those of each sector who applied first, block by block, with those who already stand there."""
    if limit is None:
        return list(wishes), []
    there = {(place.exhibitor, place.block, place.sector) for place in standing}
    count = Counter((sector, block) for _exhibitor, block, sector in there)
    admitted, missing = [], []
    for wish in wishes:
        days = tuple(
            day
            for day in wish.days
            if not wish.sector or all(count[wish.sector, block] < limit for block in day)
        )
        refused = wish.blocks.difference(*days)
        if refused:
            reason = Reason("sector_full", {"sector": wish.sector, "limit": limit})
            missing.append(Missing(wish.id, refused, reason))
        if days:
            admitted.append(replace(wish, days=days))
            count.update((wish.sector, block) for day in days for block in day)
    return admitted, missing


def _in_order_of_need(wishes: Sequence[Wish]) -> list[Wish]:
    """Most days and blocks first, then the big sectors together, within them the most equipment."""
    size = Counter(wish.sector for wish in wishes if wish.sector)

    def need(wish: Wish) -> tuple[object, ...]:
        equipment = (
            -wish.least_width,
            not wish.step_free,
            not wish.strong_power,
            not wish.booth_kind,
            not wish.price_class,
            -wish.sockets,
        )
        return (
            -len(wish.days), -len(wish.blocks), -size[wish.sector], wish.sector, equipment, wish.applied, wish.name, wish.id,
            wish.nth,
        )  # fmt: skip

    return sorted(wishes, key=need)


def _arranged_again(new_floor: Callable[[], Floor], scarce: Floor, admitted: Sequence[Wish]) -> Floor | None:
    """The same exhibitors for the same blocks, sector by sector; None where that leaves somebody out."""
    parts_of: dict[uuid.UUID, list[Part]] = {}
    for part in scarce.at:
        parts_of.setdefault(part.wish.id, []).append(part)
    chosen = []
    for wish in admitted:
        got = frozenset(block for part in parts_of.get(wish.id, ()) for block in part.blocks)
        days = tuple(day for day in wish.days if day <= got)
        if days:
            chosen.append(replace(wish, days=days))
    floor = new_floor()
    return None if place_all(floor, _in_order_of_need(chosen)) else floor
