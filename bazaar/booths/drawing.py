"""The floor drawn: who stands where as a map and as a timeline, ready for a template. Plain shapes, no database."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from math import gcd

from bazaar.booths import rules
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.fairs.models import Hall

CELL = 21  # one grid cell on the map
EDGE = 13  # the wall's distance from the booths
DEPTH = 11  # of an awning
STRIPE = 9.5


# --- The map ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """A booth on the map."""

    booth: Booth
    x: int
    y: int
    width: int
    height: int
    state: str  # free | held | booked | part: free for a part of the time
    words: str  # what a screen reader hears
    awning: str  # how its awning is turned to the aisle
    length: int  # of its awning
    chosen: bool = False
    unfit: bool = False
    mine: bool = False
    url: str = ""


@dataclass(frozen=True)
class Map:
    """A hall from above."""

    hall: Hall
    floor: tuple[int, int, int, int]  # its cells: from where, how wide and high
    width: int
    height: int
    size: str  # small | middle | large: how much room it needs
    booths: list[Drawn]
    awnings: dict[int, tuple[str, str]]  # by length: the stripes in the two colours
    way: str  # the aisles as one dotted path
    arrows: list[tuple[float, float, bool]]  # x, y, whether it points to the right
    entrance: (
        tuple[float, float, float, bool] | None
    )  # x, y, the length of the gap, whether in the upper wall


def drawn_map(hall: Hall, booths: Sequence[Drawn]) -> Map:
    width, height = hall.columns * CELL + 2 * EDGE, hall.rows * CELL + 2 * EDGE
    size = "small" if hall.columns <= 26 else "middle" if hall.columns <= 48 else "large"
    lengths = {drawn.length for drawn in booths}
    way, arrows = _way(hall, [drawn.booth for drawn in booths])
    floor = (EDGE, EDGE, hall.columns * CELL, hall.rows * CELL)
    return Map(
        hall, floor, width, height, size, list(booths), {length: _awning(length) for length in lengths}, way, arrows, _entrance(hall)
    )  # fmt: skip


def drawn_booth(
    booth: Booth,
    state: str,
    words: str,
    *,
    chosen: bool = False,
    unfit: bool = False,
    mine: bool = False,
    url: str = "",
) -> Drawn:
    x, y = EDGE + booth.column * CELL + 1, EDGE + booth.row * CELL + 1
    width, height = booth.width * CELL - 3, booth.height * CELL - 2
    sideways = booth.aisle in ("left", "right")
    turned = {
        "up": f"translate({x} {y})",
        "down": f"translate({x} {y + height}) scale(1 -1)",
        "left": f"translate({x} {y + height}) rotate(-90)",
        "right": f"translate({x + width} {y}) rotate(90)",
    }
    return Drawn(
        booth, x, y, width, height, state, words, turned.get(booth.aisle, turned["down"]),
        height if sideways else width, chosen, unfit, mine, url,
    )  # fmt: skip


def _awning(length: int) -> tuple[str, str]:
    count = max(3, round(length / STRIPE)) | 1
    wide = length / count
    paths = [
        f"M{n * wide:.1f} 0h{wide:.1f}v{DEPTH - wide / 2:.1f}a{wide / 2:.1f} {wide / 2:.1f} 0 0 1 {-wide:.1f} 0z"
        for n in range(count)
    ]
    return "".join(paths[::2]), "".join(paths[1::2])


def _way(hall: Hall, booths: Sequence[Booth]) -> tuple[str, list[tuple[float, float, bool]]]:
    """Along every aisle, and round the ends from one to the next."""
    heights = rules.aisles_between(booths, hall.rows)
    if not heights:
        return "", []
    left = EDGE + max(0.8, min(booth.column for booth in booths) / 2) * CELL
    right = (
        EDGE + min(hall.columns - 0.8, (max(b.column + b.width for b in booths) + hall.columns) / 2) * CELL
    )
    ys = [EDGE + height * CELL for height in heights]
    path = "".join(f"M{left:.0f} {y:.0f}H{right:.0f}" for y in ys)
    if len(ys) > 1:
        path += f"M{left:.0f} {ys[0]:.0f}V{ys[-1]:.0f}M{right:.0f} {ys[0]:.0f}V{ys[-1]:.0f}"
    if hall.entrance_row is not None and hall.entrance_column is not None:
        x, y = EDGE + hall.entrance_column * CELL, EDGE + hall.entrance_row * CELL
        path += (
            f"M{x:.0f} {y - 14 if y > ys[0] else y + 14:.0f}V{min(ys, key=lambda other: abs(other - y)):.0f}"
        )
    middle = (left + right) / 2
    return path, [(middle, y, n % 2 == 0) for n, y in enumerate(ys)]


def _entrance(hall: Hall) -> tuple[float, float, float, bool] | None:
    if hall.entrance_row is None or hall.entrance_column is None:
        return None
    above = hall.entrance_row <= 0
    y = 1.5 if above else hall.rows * CELL + 2 * EDGE - 1.5
    return (EDGE + hall.entrance_column * CELL, y, 3.6 * CELL, above)


# --- The timeline -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """What happens in a booth from one moment to another: somebody stands there, holds it, or nobody does."""

    state: str  # booked | held | free
    units: int
    blocks: list[Block]
    booking: BoothBooking | None = None
    chosen: bool = False

    @property
    def starts_at(self) -> datetime:
        return self.blocks[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.blocks[-1].ends_at

    @property
    def block_ids(self) -> str:
        return " ".join(str(block.id) for block in self.blocks)


@dataclass(frozen=True)
class Row:
    booth: Booth
    bars: list[Bar]
    chosen: bool = False

    @property
    def taken(self) -> bool:
        return any(bar.booking is not None for bar in self.bars)


@dataclass(frozen=True)
class Tick:
    """An hour of the header."""

    at: datetime
    units: int


@dataclass(frozen=True)
class Timeline:
    ticks: list[Tick] = field(default_factory=list)
    units: int = 0
    hours: int = 0
    rows: list[Row] = field(default_factory=list)


def timeline(
    booths: Sequence[Booth],
    blocks: Sequence[Block],
    bookings: Iterable[BoothBooking],
    *,
    booth: uuid.UUID | None = None,
    block: uuid.UUID | None = None,
) -> Timeline:
    """A day, booth by booth; `booth` and `block` are the chosen ones."""
    if not blocks:
        return Timeline()
    opens, closes = blocks[0].starts_at, blocks[-1].ends_at
    unit = _unit(opens, blocks)
    ticks = _ticks(opens, closes, unit)
    there = {(row.booth_id, row.block_id): row for row in bookings}
    rows = [
        Row(each, _bars(each, blocks, there, unit, block if each.id == booth else None), each.id == booth) for each in booths
    ]  # fmt: skip
    return Timeline(ticks, int((closes - opens) / unit), len(ticks), rows)


def _unit(opens: datetime, blocks: Sequence[Block]) -> timedelta:
    """The longest step that meets every edge and every full hour."""
    edges = [int((block.starts_at - opens).total_seconds() // 60) for block in blocks]
    edges += [int((blocks[-1].ends_at - opens).total_seconds() // 60), 60, 60 - opens.minute]
    return timedelta(minutes=max(5, reduce(gcd, edges)))


def _ticks(opens: datetime, closes: datetime, unit: timedelta) -> list[Tick]:
    ticks, at = [], opens
    while at < closes:
        following = min(closes, at - timedelta(minutes=at.minute) + timedelta(hours=1))
        ticks.append(Tick(at, max(1, round((following - at) / unit))))
        at = following
    return ticks


def _bars(
    booth: Booth,
    blocks: Sequence[Block],
    there: Mapping[tuple[uuid.UUID, uuid.UUID], BoothBooking],
    unit: timedelta,
    chosen: uuid.UUID | None,
) -> list[Bar]:
    def whose(block: Block) -> tuple[object, ...]:
        row = there.get((booth.id, block.id))
        return (row.exhibitor_id, row.held_until is not None) if row else (None,)

    bars = []
    for _who, group in groupby(blocks, key=whose):
        spell = list(group)
        row = there.get((booth.id, spell[0].id))
        state = "free" if row is None else "booked" if row.held_until is None else "held"
        units = max(1, round((spell[-1].ends_at - spell[0].starts_at) / unit))
        bars.append(Bar(state, units, spell, row, chosen in {block.id for block in spell}))
    return bars


def state_of(bars: Sequence[Bar]) -> str:
    """A booth on the map: booked and held as long as nobody can have it, part where some time is left."""
    states = {bar.state for bar in bars}
    if states <= {"free"}:
        return "free"
    if "free" in states:
        return "part"
    return "held" if states == {"held"} else "booked"
