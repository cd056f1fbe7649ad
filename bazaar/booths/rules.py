"""What is allowed on the floor: geometry, walking order, time blocks, what fits whom, and reasons as data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

ASIDE = 2  # free cells between two rows of booths that face one another, and along the walls
BOOTH_WIDTH, BOOTH_HEIGHT = 3, 2  # cells of one metre: what `booths make` draws
MOST_CELLS = 400  # a hall's side
MOST_BOOTHS = 5000  # of one fair
AISLES = ("up", "down", "left", "right")
KINDS = ("standard", "corner", "island", "table")
POWERS = ("none", "230V", "400V")
SECTOR_RULES = ("neighbours", "spread", "none")
MOST_EXTENSIONS = 2  # how often a hold gets more time
SHORTEST_BLOCK = timedelta(minutes=15)
NEAR_SHARE = 2  # booths this many steps apart in walking order are neighbours


class Placed(Protocol):
    """A booth's place in its hall."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class Equipped(Protocol):
    """What a booth offers."""

    @property
    def width(self) -> int: ...
    @property
    def sockets(self) -> int: ...
    @property
    def power(self) -> str: ...
    @property
    def step_free(self) -> bool: ...
    @property
    def kind(self) -> str: ...
    @property
    def price_class(self) -> str: ...


class Needing(Protocol):
    """What an exhibitor needs of a booth."""

    @property
    def least_width(self) -> int: ...
    @property
    def sockets(self) -> int: ...
    @property
    def step_free(self) -> bool: ...
    @property
    def strong_power(self) -> bool: ...
    @property
    def booth_kind(self) -> str: ...  # empty: any
    @property
    def price_class(self) -> str: ...  # empty: any


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True)
class Spot:
    """Where a booth is drawn, and to which side its awning faces."""

    row: int
    column: int
    aisle: str
    width: int = BOOTH_WIDTH
    height: int = BOOTH_HEIGHT


# --- Geometry -------------------------------------------------------------------------------


def laid_out(rows: int, columns: int, first_row: int = 0) -> list[Spot]:
    """Spots of `rows` x `columns` booths in walking order: back to back, awnings to the aisles between."""
    spots = []
    top = first_row
    for row in range(rows):
        aisle = "down" if row % 2 == 0 else "up"
        across = range(columns) if row % 2 == 0 else range(columns - 1, -1, -1)
        spots += [Spot(top, ASIDE + column * BOOTH_WIDTH, aisle) for column in across]
        top += BOOTH_HEIGHT + (ASIDE if row % 2 == 0 else 0)
    return spots


def room_needed(spots: Sequence[Placed]) -> tuple[int, int]:
    """Rows and columns of a hall that holds these booths with a way round them."""
    rows = max((spot.row + spot.height for spot in spots), default=0) + ASIDE
    columns = max((spot.column + spot.width for spot in spots), default=0) + ASIDE
    return rows, columns


def overlaps(one: Placed, other: Placed) -> bool:
    """Whether two booths of one hall stand on the same cell."""
    return (
        one.row < other.row + other.height
        and other.row < one.row + one.height
        and one.column < other.column + other.width
        and other.column < one.column + one.width
    )


def misplaced(spot: Placed, rows: int, columns: int, others: Iterable[P]) -> str | P | None:
    """Why a booth cannot stand there: "outside", or the booth that is in the way."""
    inside = 0 <= spot.row <= rows - spot.height and 0 <= spot.column <= columns - spot.width
    if not inside:
        return "outside"
    return next((other for other in others if overlaps(spot, other)), None)


def in_walking_order(booths: Iterable[P]) -> list[P]:
    """Along one side of an aisle and back along the other: rows by turns from left and from right."""
    rows: list[list[P]] = []
    for booth in sorted(booths, key=lambda booth: (booth.row, booth.column)):
        if rows and booth.row < rows[-1][0].row + rows[-1][0].height:
            rows[-1].append(booth)
        else:
            rows.append([booth])
    order: list[P] = []
    for turn, row in enumerate(rows):
        order += sorted(row, key=lambda booth: booth.column, reverse=turn % 2 == 1)
    return order


def aisles_between(booths: Iterable[Placed], rows: int) -> list[float]:
    """The heights at which aisles run from side to side: the free rows of cells between the booths."""
    taken = {row for booth in booths for row in range(booth.row, booth.row + booth.height)}
    if not taken:
        return []
    middles, run = [], []
    for row in range(min(taken), rows + 1):
        if row < rows and row not in taken:
            run.append(row)
        elif run:
            middles.append(run[0] + len(run) / 2)
            run = []
    return middles


# --- Time blocks ----------------------------------------------------------------------------


def cut(opens: datetime, closes: datetime, kind: str) -> list[tuple[datetime, datetime]]:
    """A day in blocks: whole, halves or hours. A last piece shorter than a quarter joins the one before."""
    if kind == "whole":
        return [(opens, closes)]
    if kind == "halves":
        middle = opens + (closes - opens) / 2
        middle -= timedelta(minutes=middle.minute % 30, seconds=middle.second)
        return cut_at(opens, closes, [middle])
    hours = int((closes - opens) / timedelta(hours=1)) + 1
    return cut_at(opens, closes, [opens + timedelta(hours=hour) for hour in range(1, hours)])


def cut_at(opens: datetime, closes: datetime, at: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    """A day cut at these moments; those outside it, or too near an edge, are left out."""
    edges = [opens]
    for moment in sorted(at):
        if moment - edges[-1] >= SHORTEST_BLOCK and closes - moment >= SHORTEST_BLOCK:
            edges.append(moment)
    return list(pairwise([*edges, closes]))


def cut_refusal(opens: time, closes: time, at: Sequence[time]) -> str | None:
    """Why a day cannot be cut at these times: "outside", "twice" or "short"."""
    if any(not opens < moment < closes for moment in at):
        return "outside"
    if len(set(at)) != len(at):
        return "twice"
    edges = [opens, *sorted(at), closes]
    minutes = [edge.hour * 60 + edge.minute for edge in edges]
    least = SHORTEST_BLOCK.total_seconds() / 60
    return "short" if any(after - before < least for before, after in pairwise(minutes)) else None


def in_part(blocks: Sequence[tuple[datetime, datetime]], part: str) -> list[int]:
    """Which blocks of a day belong to its morning, its afternoon or the whole; one that lies in both belongs to both."""
    middle = blocks[0][0] + (blocks[-1][1] - blocks[0][0]) / 2
    centres = [starts + (ends - starts) / 2 for starts, ends in blocks]
    return [
        index
        for index, centre in enumerate(centres)
        if not (part == "morning" and centre > middle) and not (part == "afternoon" and centre < middle)
    ]


@dataclass(frozen=True)
class Stay:
    """Somebody has a booth from a moment to a moment."""

    booth: object
    exhibitor: object
    starts_at: datetime
    ends_at: datetime


def kept_in(
    blocks: Sequence[tuple[datetime, datetime]], stays: Iterable[Stay]
) -> tuple[dict[tuple[object, int], object], list[tuple[object, int]]]:
    """Bookings carried over to new blocks: {(booth, block's index): exhibitor}, and the places that cannot keep one.

    A place cannot keep its booking where two share the new block, or one had only a part of it.
    """
    shares: dict[tuple[object, int], dict[object, timedelta]] = {}
    for stay in stays:
        for index, (starts, ends) in enumerate(blocks):
            length = min(ends, stay.ends_at) - max(starts, stay.starts_at)
            if length > timedelta(0):
                share = shares.setdefault((stay.booth, index), {})
                share[stay.exhibitor] = share.get(stay.exhibitor, timedelta(0)) + length
    kept: dict[tuple[object, int], object] = {}
    lost = []
    for place, share in shares.items():
        starts, ends = blocks[place[1]]
        if len(share) == 1 and next(iter(share.values())) == ends - starts:
            kept[place] = next(iter(share))
        else:
            lost.append(place)
    return kept, lost


def stretched(
    blocks: Sequence[tuple[datetime, datetime]], opens: datetime, closes: datetime
) -> list[tuple[datetime, datetime]] | None:
    """The same blocks with their outer edges at the day's new hours, or None where one would vanish."""
    if not blocks or blocks[0][1] <= opens or blocks[-1][0] >= closes:
        return None
    edges = [opens, *(starts for starts, _ends in blocks[1:]), closes]
    return list(pairwise(edges))


# --- What fits whom -------------------------------------------------------------------------


def lacks(booth: Equipped, needs: Needing) -> list[str]:
    """What an exhibitor needs and this booth has not: sockets, width, step_free, power, kind, price_class."""
    missing = []
    if needs.sockets > (booth.sockets if booth.power != "none" else 0):
        missing.append("sockets")
    if needs.least_width > booth.width:
        missing.append("width")
    if needs.step_free and not booth.step_free:
        missing.append("step_free")
    if needs.strong_power and booth.power != "400V":
        missing.append("power")
    if needs.booth_kind and needs.booth_kind != booth.kind:
        missing.append("kind")
    if needs.price_class and needs.price_class.casefold() != booth.price_class.casefold():
        missing.append("price_class")
    return missing


def may_have_more_time(held_until: datetime, times_extended: int, moment: datetime) -> bool:
    return held_until > moment and times_extended < MOST_EXTENSIONS


def too_many(booths_then: int, max_booths: int) -> bool:
    """Whether one booth more in that block is more than the fair allows."""
    return booths_then >= max_booths


# --- Reasons --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reason:
    """Why somebody stands where they stand, or nowhere: a key and its facts, put into words when read."""

    key: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


def packed(reasons: Iterable[Reason]) -> str:
    """Reasons as they are stored."""
    return json.dumps([[reason.key, dict(reason.facts)] for reason in reasons], ensure_ascii=False)


def unpacked(text: str) -> list[Reason]:
    """Reasons as they were stored; other text stands for itself."""
    if not text:
        return []
    try:
        return [Reason(key, facts) for key, facts in json.loads(text)]
    except (ValueError, TypeError):
        return [Reason(text)]
