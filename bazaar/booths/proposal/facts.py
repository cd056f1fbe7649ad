"""What a proposal is made from, and what comes out."""

import uuid
from dataclasses import dataclass

from bazaar.booths.rules import Reason

Place = tuple[uuid.UUID, uuid.UUID]  # booth, block
Needs = tuple[int, int, bool, bool, str, str]


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
    kind: str = "standard"
    price_class: str = ""


@dataclass(frozen=True)
class Wish:
    """A booth that an exhibitor still wants: for which blocks of which days, and what it needs there.

    `applied` is its place in the order of application; `nth` counts the booths it wants or has before this one.
    """

    id: uuid.UUID
    name: str
    sector: str
    days: tuple[frozenset[uuid.UUID], ...]  # the wanted blocks, day by day
    applied: int = 0
    sockets: int = 0
    least_width: int = 1
    step_free: bool = False
    strong_power: bool = False
    booth_kind: str = ""
    price_class: str = ""
    nth: int = 0

    @property
    def blocks(self) -> frozenset[uuid.UUID]:
        return frozenset(block for day in self.days for block in day)

    @property
    def needs(self) -> Needs:
        return (
            self.sockets, self.least_width, self.step_free, self.strong_power, self.booth_kind, self.price_class
        )  # fmt: skip


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
    fewer: tuple[Missing, ...] = ()  # those who have a booth then, and wanted one more
