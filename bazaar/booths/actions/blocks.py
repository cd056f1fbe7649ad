"""The blocks that days are cut into, and what becomes of the bookings when a day is cut otherwise."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete

from bazaar.booths import queries, rules
from bazaar.booths.models import Block, BoothBooking
from bazaar.db import db, locked
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of
from bazaar.i18n import clock_time
from bazaar.journal.actions import note


def ensure_blocks(fair: Fair) -> None:
    """Every day has its blocks stored, from opening to closing."""
    if _unready_days(fair):
        locked(Fair, fair.id)
        for day, blocks in _unready_days(fair):
            _store(blocks, rules.stretched(_spans(blocks), *queries.hours_of(fair, day)))
        db.session.flush()


def _unready_days(fair: Fair) -> list[tuple[FairDay, list[Block]]]:
    stored, found = queries.stored_blocks(fair.id), []
    for day in days_of(fair.id):
        blocks = stored.get(day.id)
        if not blocks:
            found.append((day, queries.default_blocks(fair, day)))
        elif not queries.fits_hours(fair, day, blocks) and rules.stretched(
            _spans(blocks), *queries.hours_of(fair, day)
        ):
            found.append((day, blocks))
    return found


def _spans(blocks: Sequence[Block]) -> list[tuple[datetime, datetime]]:
    return [(block.starts_at, block.ends_at) for block in blocks]


def _store(blocks: Sequence[Block], spans: Sequence[tuple[datetime, datetime]] | None) -> None:
    for block, (starts, ends) in zip(blocks, spans or _spans(blocks), strict=True):
        block.starts_at, block.ends_at = starts, ends
        db.session.add(block)


def recut(fair: Fair, day: FairDay, spans: Sequence[tuple[datetime, datetime]], actor: uuid.UUID) -> None:
    """Cut a day into other blocks. Bookings are kept; where one cannot be, nothing changes."""
    locked(Fair, fair.id)
    bookings = queries.bookings_of(fair.id, day.id)
    stays = [
        rules.Stay(booking.booth_id, booking.exhibitor_id, booking.block.starts_at, booking.block.ends_at) for booking in bookings
    ]  # fmt: skip
    kept, lost = rules.kept_in(spans, stays)
    if lost:
        raise Refused(_cannot_keep(fair, bookings, {str(booth) for booth, _index in lost}))
    facts = {(booking.booth_id, booking.exhibitor_id): _facts_of(booking) for booking in bookings}
    old = [block.id for block in queries.stored_blocks(fair.id).get(day.id, [])]
    db.session.execute(delete(BoothBooking).where(BoothBooking.block_id.in_(old)))
    db.session.execute(delete(Block).where(Block.fair_id == fair.id, Block.fair_day_id == day.id))
    blocks = [
        Block(
            id=queries.block_id(day.id, starts),
            fair_id=fair.id,
            fair_day_id=day.id,
            starts_at=starts,
            ends_at=ends,
        )
        for starts, ends in spans
    ]
    db.session.add_all(blocks)
    db.session.flush()
    for (booth, index), exhibitor in kept.items():
        db.session.add(BoothBooking(fair_id=fair.id, block_id=blocks[index].id, **facts[booth, exhibitor]))  # type: ignore[index]
    db.session.flush()
    note("cut", "fair_day", day.id, fair_id=fair.id, actor=actor, blocks=len(spans))


def _facts_of(row: BoothBooking) -> dict[str, object]:
    names = ("booth_id", "exhibitor_id", "held_until", "times_extended", "reason", "made_at")
    return {name: getattr(row, name) for name in names}


def _cannot_keep(fair: Fair, bookings: Iterable[BoothBooking], booths: Collection[str]) -> str:
    words: dict[int, list[str]] = {}
    for booking in bookings:
        if str(booking.booth_id) in booths:
            name = booking.exhibitor.organisation.name
            when = f"{clock_time(booking.block.starts_at, fair)}–{clock_time(booking.block.ends_at, fair)}"
            words.setdefault(booking.booth.number, []).append(f"{name} {when}")
    first = [
        _("booth %(number)s: %(who)s", number=number, who=", ".join(who))
        for number, who in sorted(words.items())
    ]
    return _(
        "The day cannot be cut like this, because bookings would be lost or change: %(places)s. Move them first.",
        places="; ".join(first[:5]) + (" …" if len(first) > 5 else ""),
    )
