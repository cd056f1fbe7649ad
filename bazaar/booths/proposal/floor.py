"""The floor while a plan is made."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bazaar.booths import rules
from bazaar.booths.proposal.facts import Needs, Place, Stand, Standing, Wish

# To neighbours, the nearest first
STEPS = sorted(range(-rules.NEAR_SHARE, rules.NEAR_SHARE + 1), key=abs)[1:]


@dataclass(frozen=True)
class Part:
    """Blocks that one exhibitor wants in one booth."""

    wish: Wish
    blocks: frozenset[uuid.UUID]

    def __hash__(self) -> int:
        return hash((self.wish.id, self.blocks))


@dataclass
class Floor:
    """The floor while a plan is made. `moves` remembers where each part stood before, so that a try can be taken back."""

    stands: Sequence[Stand]
    settled: Mapping[Place, Standing]
    sector_rule: str
    taken: dict[Place, Part] = field(default_factory=dict)
    at: dict[Part, Stand] = field(default_factory=dict)
    moves: list[tuple[Part, Stand | None]] = field(default_factory=list)
    fitting: dict[Needs, dict[uuid.UUID, Stand]] = field(default_factory=dict)
    ordered: dict[Needs, list[Stand]] = field(default_factory=dict)
    free: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=dict)  # booths, by block
    sector_at: dict[tuple[str, uuid.UUID], dict[int, Stand]] = field(default_factory=dict)  # by position
    hopeless: set[tuple[Needs, frozenset[uuid.UUID]]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_position = {stand.position: stand for stand in self.stands}
        self.homes: dict[
            tuple[uuid.UUID, int], Counter[uuid.UUID]
        ] = {}  # by exhibitor and which booth of theirs
        self.by_id = {stand.id: stand for stand in self.stands}
        for place in self.settled.values():
            self.homes.setdefault((place.exhibitor, 0), Counter())[place.booth] += 1
            stand = self.by_id[place.booth]
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
            self.ordered[wish.needs] = sorted(stands, key=lambda stand: (spare(stand, wish), stand.position))
        return self.ordered[wish.needs]

    def free_for(self, part: Part) -> Iterator[Stand]:
        """Booths that suit and are free in all these blocks, the best first."""
        free = set.intersection(*(self.free_in(block) for block in part.blocks))
        return (stand for stand in (self.in_order(part.wish) if free else ()) if stand.id in free)

    def is_settled(self, stand: Stand, blocks: Iterable[uuid.UUID]) -> bool:
        return any((stand.id, block) in self.settled for block in blocks)

    def in_the_way(self, stand: Stand, blocks: Iterable[uuid.UUID]) -> set[Part]:
        return {self.taken[stand.id, block] for block in blocks if (stand.id, block) in self.taken}

    def put(self, part: Part, stand: Stand | None) -> None:
        """Here and nowhere else; None: nowhere."""
        before = self.at.pop(part, None)
        self.moves.append((part, before))
        homes = self.homes.setdefault((part.wish.id, part.wish.nth), Counter())
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
        first: dict[Part, Stand | None] = {}
        for part, before in undone:
            first.setdefault(part, before)
        for part, before in first.items():
            self.put(part, before)
        del self.moves[moves:]

    def same_sector_beside(self, stand: Stand, part: Part) -> list[Stand]:
        """Neighbours where somebody of the same sector stands at the same time, the nearest first."""
        if not part.wish.sector:
            return []
        there = [self.sector_at.get((part.wish.sector, block), {}) for block in part.blocks]
        near = [
            next((each[stand.position + step] for each in there if stand.position + step in each), None)
            for step in STEPS
        ]
        return [other for other in near if other is not None and other.hall == stand.hall]

    def beside_own_sector(self, part: Part) -> Iterator[Stand]:
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

    def steps_to_own(self, stand: Stand, wish: Wish) -> int:
        """How far it is in walking order to the booths that the exhibitor has before this one; far, in another hall."""
        own = [
            self.by_id[booth]
            for nth in range(wish.nth)
            for booth, times in self.homes.get((wish.id, nth), Counter()).items()
            if times > 0
        ]
        return min(
            (
                abs(other.position - stand.position) + len(self.stands) * (other.hall != stand.hall)
                for other in own
            ),
            default=0,
        )


def spare(stand: Stand, wish: Wish) -> int:
    """How much more it has than is needed: left to those who need it."""
    sockets = max(0, stand.sockets - 1 - wish.sockets)
    special = (stand.power == "400V" and not wish.strong_power) + (
        stand.kind != "standard" and not wish.booth_kind
    )
    return stand.width - wish.least_width + special + sockets
