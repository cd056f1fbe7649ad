"""A whole floor proposed from wishes and needs: frozen facts in, a plan with reasons out. Always the same for the same facts.

Those who need most blocks, then the most equipment, choose first, sector by sector, so that neighbours can be had. Where
somebody is left over, others move to booths that suit them as well (never those who stood there before). Where there are
too few booths for all, places go in the order of application.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bazaar.booths import rules
from bazaar.booths.rules import Reason

Place = tuple[uuid.UUID, uuid.UUID]  # booth, block
STEPS = sorted(range(-rules.NEAR_SHARE, rules.NEAR_SHARE + 1), key=abs)[
    1:
]  # to neighbours, the nearest first
DEPTHS = (1, 2, 4, 8, 16, 32)  # how many may move one after another to make room: few first


@dataclass(frozen=True)
class Stand:
    """A booth. `position` counts in walking order over all halls; neighbours have positions close by."""

    id: uuid.UUID
    number: int
    hall: uuid.UUID
    position: int
    width: int = 1
    sockets: int = 1
    power: str = "230V"
    step_free: bool = True


@dataclass(frozen=True)
class Wish:
    """An exhibitor that still wants a booth: which blocks of which days, and what it needs there.

    `applied` is its place in the order of application.
    """

    id: uuid.UUID
    name: str
    sector: str
    days: tuple[frozenset[uuid.UUID], ...]  # the wanted blocks, day by day
    applied: int = 0
    sockets: int = 0
    least_width: int = 1
    step_free: bool = False

    @property
    def blocks(self) -> frozenset[uuid.UUID]:
        return frozenset(block for day in self.days for block in day)

    @property
    def needs(self) -> tuple[int, int, bool]:
        return (self.sockets, self.least_width, self.step_free)


@dataclass(frozen=True)
class Standing:
    """Who stands there already and stays; nobody is asked to move by a proposal."""

    exhibitor: uuid.UUID
    name: str
    sector: str
    booth: uuid.UUID
    block: uuid.UUID


@dataclass(frozen=True)
class Given:
    """An exhibitor gets a booth for these blocks."""

    exhibitor: uuid.UUID
    booth: uuid.UUID
    blocks: frozenset[uuid.UUID]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Missing:
    """An exhibitor gets none for these blocks."""

    exhibitor: uuid.UUID
    blocks: frozenset[uuid.UUID]
    reason: Reason


@dataclass(frozen=True)
class Plan:
    given: tuple[Given, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class _Part:
    """Blocks that one exhibitor wants in one booth."""

    wish: Wish
    blocks: frozenset[uuid.UUID]

    def __hash__(self) -> int:
        return hash((self.wish.id, self.blocks))


@dataclass
class _Floor:
    """The floor while a plan is made. `moves` remembers where each part stood before, so that a try can be taken back."""

    stands: Sequence[Stand]
    settled: Mapping[Place, Standing]
    sector_rule: str
    taken: dict[Place, _Part] = field(default_factory=dict)
    at: dict[_Part, Stand] = field(default_factory=dict)
    moves: list[tuple[_Part, Stand | None]] = field(default_factory=list)
    fitting: dict[tuple[int, int, bool], dict[uuid.UUID, Stand]] = field(default_factory=dict)
    ordered: dict[tuple[int, int, bool], list[Stand]] = field(default_factory=dict)
    free: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=dict)  # booths, by block
    sector_at: dict[tuple[str, uuid.UUID], dict[int, Stand]] = field(default_factory=dict)  # by position
    hopeless: set[tuple[tuple[int, int, bool], frozenset[uuid.UUID]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_position = {stand.position: stand for stand in self.stands}
        self.homes: dict[uuid.UUID, Counter[uuid.UUID]] = {}
        by_id = {stand.id: stand for stand in self.stands}
        for place in self.settled.values():
            self.homes.setdefault(place.exhibitor, Counter())[place.booth] += 1
            stand = by_id[place.booth]
            self.sector_at.setdefault((place.sector, place.block), {})[stand.position] = stand

    def suiting(self, wish: Wish) -> dict[uuid.UUID, Stand]:
        """The booths that have what this exhibitor needs, in walking order."""
        if wish.needs not in self.fitting:
            fitting = {stand.id: stand for stand in self.stands if not rules.lacks(stand, wish)}
            self.fitting[wish.needs] = fitting
        return self.fitting[wish.needs]

    def free_in(self, block: uuid.UUID) -> set[uuid.UUID]:
        if block not in self.free:
            self.free[block] = {stand.id for stand in self.stands if (stand.id, block) not in self.settled}
        return self.free[block]

    def in_order(self, wish: Wish) -> list[Stand]:
        """The booths that suit, those with the least unneeded equipment first, then in walking order."""
        if wish.needs not in self.ordered:
            stands = self.suiting(wish).values()
            self.ordered[wish.needs] = sorted(stands, key=lambda stand: (_spare(stand, wish), stand.position))
        return self.ordered[wish.needs]

    def free_for(self, part: _Part) -> Iterator[Stand]:
        """Booths that suit and are free in all these blocks, the best first."""
        free = set.intersection(*(self.free_in(block) for block in part.blocks))
        return (stand for stand in (self.in_order(part.wish) if free else ()) if stand.id in free)

    def is_settled(self, stand: Stand, blocks: Iterable[uuid.UUID]) -> bool:
        return any((stand.id, block) in self.settled for block in blocks)

    def in_the_way(self, stand: Stand, blocks: Iterable[uuid.UUID]) -> set[_Part]:
        return {self.taken[stand.id, block] for block in blocks if (stand.id, block) in self.taken}

    def put(self, part: _Part, stand: Stand | None) -> None:
        """Here and nowhere else; None: nowhere."""
        before = self.at.pop(part, None)
        self.moves.append((part, before))
        homes = self.homes.setdefault(part.wish.id, Counter())
        if before is not None:
            homes[before.id] -= 1
            for block in part.blocks:
                del self.taken[before.id, block]
                self.free_in(block).add(before.id)
                del self.sector_at[part.wish.sector, block][before.position]
        if stand is not None:
            homes[stand.id] += 1
            self.at[part] = stand
            for block in part.blocks:
                self.taken[stand.id, block] = part
                self.free_in(block).discard(stand.id)
                self.sector_at.setdefault((part.wish.sector, block), {})[stand.position] = stand

    def back_to(self, moves: int) -> None:
        """As it was after this many moves."""
        undone = self.moves[moves:]
        for part, _before in undone:
            self.put(part, None)
        first: dict[_Part, Stand | None] = {}
        for part, before in undone:
            first.setdefault(part, before)
        for part, before in first.items():
            self.put(part, before)
        del self.moves[moves:]

    def same_sector_beside(self, stand: Stand, part: _Part) -> list[Stand]:
        """Neighbours where somebody of the same sector stands at the same time, the nearest first."""
        if not part.wish.sector:
            return []
        there = [self.sector_at.get((part.wish.sector, block), {}) for block in part.blocks]
        near = [
            next((each[stand.position + step] for each in there if stand.position + step in each), None)
            for step in STEPS
        ]
        return [other for other in near if other is not None and other.hall == stand.hall]

    def beside_own_sector(self, part: _Part) -> Iterator[Stand]:
        """Suiting and free booths beside somebody of the same sector."""
        free = set.intersection(*(self.free_in(block) for block in part.blocks))
        suiting = self.suiting(part.wish)
        there = {
            position
            for block in part.blocks
            for position in self.sector_at.get((part.wish.sector, block), ())
        }
        for position in {position + step for position in there for step in STEPS} - there:
            stand = self.by_position.get(position)
            if stand is not None and stand.id in free and stand.id in suiting:
                yield stand


def _spare(stand: Stand, wish: Wish) -> int:
    """How much more it has than is needed: left to those who need it."""
    sockets = max(0, stand.sockets - 1 - wish.sockets)
    return stand.width - wish.least_width + (stand.power == "400V") + sockets


def propose(
    stands: Iterable[Stand],
    wishes: Iterable[Wish],
    standing: Iterable[Standing] = (),
    *,
    sector_rule: str = "neighbours",
    max_of_sector: int | None = None,
) -> Plan:
    """A plan for everybody who wants a booth and has none then."""
    stands = sorted(stands, key=lambda stand: stand.position)
    settled = {(place.booth, place.block): place for place in standing}
    wishes = sorted(
        (wish for wish in wishes if wish.blocks), key=lambda wish: (wish.applied, wish.name, wish.id)
    )
    admitted, missing = _within_sector_limit(wishes, settled.values(), max_of_sector)

    def new_floor() -> _Floor:
        return _Floor(stands, settled, sector_rule)

    floor = new_floor()
    left = _place_all(floor, _in_order_of_need(admitted))
    if left:
        # Too few for all: first come decides who, then those are placed as well as they can be.
        scarce = new_floor()
        left = _place_all(scarce, admitted)
        floor = _arranged_again(new_floor, scarce, admitted) or scarce
    missing += [Missing(part.wish.id, part.blocks, _why_not(floor, part)) for part in left]
    return Plan(_with_reasons(floor), tuple(missing))


# --- Who ------------------------------------------------------------------------------------


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
        equipment = (-wish.least_width, not wish.step_free, -wish.sockets)
        return (
            -len(wish.days), -len(wish.blocks), -size[wish.sector], wish.sector, equipment, wish.applied, wish.name, wish.id
        )  # fmt: skip

    return sorted(wishes, key=need)


# --- Where ----------------------------------------------------------------------------------


def _place_all(floor: _Floor, order: Sequence[Wish]) -> list[_Part]:
    """Place each in turn: one booth for everything, else one for each day. What is left over comes back."""
    waiting = [wish for wish in order if not _place(floor, _Part(wish, wish.blocks))]
    left: list[_Part] = []
    for wish in waiting:
        if _place_or_make_room(floor, _Part(wish, wish.blocks)):
            continue
        parts = [_Part(wish, day) for day in wish.days]
        left += [part for part in parts if len(parts) == 1 or not _place_or_make_room(floor, part)]
    return left


def _place_or_make_room(floor: _Floor, part: _Part) -> bool:
    """The best free booth, or one that is made free by as few moves as possible."""
    if _place(floor, part):
        return True
    if (part.wish.needs, part.blocks) in floor.hopeless:
        return False
    if any(_make_room(floor, part, set(), depth) for depth in DEPTHS):
        return True
    floor.hopeless.add((part.wish.needs, part.blocks))
    return False


def _place(floor: _Floor, part: _Part) -> bool:
    """The best free booth, if there is one."""
    best = next(floor.free_for(part), None)
    if best is None:
        return False
    candidates = [best, *_preferred(floor, part)]
    floor.put(part, min(candidates, key=lambda stand: _cost(floor, part, stand)))
    return True


def _preferred(floor: _Floor, part: _Part) -> Iterator[Stand]:
    """Free booths that may be better than the next in order: its own of another day, and those its sector asks for."""
    homes = floor.homes.get(part.wish.id)
    if homes:
        yield from (stand for stand in floor.free_for(part) if homes[stand.id])
    if part.wish.sector and floor.sector_rule == "neighbours":
        yield from floor.beside_own_sector(part)
    if part.wish.sector and floor.sector_rule == "spread":
        apart = (stand for stand in floor.free_for(part) if not floor.same_sector_beside(stand, part))
        nearest_to_none = next(apart, None)
        yield from floor.free_for(part) if nearest_to_none is None else [nearest_to_none]


def _cost(floor: _Floor, part: _Part, stand: Stand) -> tuple[int, ...]:
    """Less is better: the same booth as on its other day, the wished neighbours, no unneeded equipment, walking order."""
    homes = floor.homes.get(part.wish.id, Counter())
    sign = {"neighbours": -1, "spread": 1}.get(floor.sector_rule, 0)
    beside = sign * len(floor.same_sector_beside(stand, part)) if sign else 0
    return (homes[stand.id] == 0, beside, _spare(stand, part.wish), stand.position)


def _make_room(
    floor: _Floor, part: _Part, tried: set[tuple[uuid.UUID, frozenset[uuid.UUID]]], depth: int
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


def _arranged_again(
    new_floor: Callable[[], _Floor], scarce: _Floor, admitted: Sequence[Wish]
) -> _Floor | None:
    """The same exhibitors for the same blocks, sector by sector; None where that leaves somebody out."""
    parts_of: dict[uuid.UUID, list[_Part]] = {}
    for part in scarce.at:
        parts_of.setdefault(part.wish.id, []).append(part)
    chosen = []
    for wish in admitted:
        got = frozenset(block for part in parts_of.get(wish.id, ()) for block in part.blocks)
        days = tuple(day for day in wish.days if day <= got)
        if days:
            chosen.append(replace(wish, days=days))
    floor = new_floor()
    return None if _place_all(floor, _in_order_of_need(chosen)) else floor


# --- Why ------------------------------------------------------------------------------------


def _why_not(floor: _Floor, part: _Part) -> Reason:
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


def _with_reasons(floor: _Floor) -> tuple[Given, ...]:
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


def _reasons(floor: _Floor, part: _Part, stand: Stand, others: Mapping[uuid.UUID, str]) -> Iterable[Reason]:
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


# --- An independent check -------------------------------------------------------------------


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
