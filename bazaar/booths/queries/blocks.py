"""Finding the blocks that days are cut into."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bazaar import clock
from bazaar.booths import rules
from bazaar.booths.models import Block
from bazaar.db import db
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of
from bazaar.i18n import moment_of


def block_id(day_id: uuid.UUID, starts_at: datetime) -> uuid.UUID:
    """A block is known by its day and beginning, so that pages can speak of it before it is stored."""
    return uuid.uuid5(day_id, clock.rfc3339(starts_at))


def hours_of(fair: Fair, day: FairDay) -> tuple[datetime, datetime]:
    return moment_of(day.date, day.opens, fair), moment_of(day.date, day.closes, fair)


def default_blocks(fair: Fair, day: FairDay) -> list[Block]:
    """Two halves: what a day is cut into until somebody cuts it otherwise. Not yet stored."""
    return [
        Block(
            id=block_id(day.id, starts), fair_id=fair.id, fair_day_id=day.id, starts_at=starts, ends_at=ends
        )
        for starts, ends in rules.cut(*hours_of(fair, day), "halves")
    ]


def stored_blocks(fair_id: uuid.UUID) -> dict[uuid.UUID, list[Block]]:
    """The blocks that are stored, by day, in order of time."""
    query = select(Block).where(Block.fair_id == fair_id).order_by(Block.starts_at)
    by_day: dict[uuid.UUID, list[Block]] = {}
    for block in db.session.scalars(query):
        by_day.setdefault(block.fair_day_id, []).append(block)
    return by_day


def blocks_by_day(fair: Fair) -> dict[uuid.UUID, list[Block]]:
    """Every day's blocks in order of time; a day that has none stored has its default ones."""
    stored = stored_blocks(fair.id)
    return {day.id: stored.get(day.id) or default_blocks(fair, day) for day in days_of(fair.id)}


def blocks_of(fair: Fair) -> list[Block]:
    """All blocks of a fair in order of time."""
    return [block for blocks in blocks_by_day(fair).values() for block in blocks]


def fits_hours(fair: Fair, day: FairDay, blocks: Sequence[Block]) -> bool:
    """False where the day's hours were changed after it was cut."""
    return bool(blocks) and (blocks[0].starts_at, blocks[-1].ends_at) == hours_of(fair, day)
