"""Finding who has a booth and when. A row that counts for nothing is never found but by `void_rows` and `expired_hold_of`."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from bazaar import clock
from bazaar.booths.models import Block, Booth, BoothBooking, FloorChange
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation
from bazaar.errors import NotFound
from bazaar.words import fold

Place = tuple[uuid.UUID, uuid.UUID]  # booth, block


def _counts(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """A booking counts: not a hold that ended, of an approved exhibitor, on a day it takes part."""
    return (
        or_(BoothBooking.held_until.is_(None), BoothBooking.held_until > moment),
        Exhibitor.status == "approved",
        exists().where(
            ExhibitorDay.exhibitor_id == BoothBooking.exhibitor_id,
            ExhibitorDay.fair_day_id == Block.fair_day_id,
        ),
    )


def _counting(moment: datetime) -> Select[BoothBooking]:
    return (
        select(BoothBooking)
        .join(BoothBooking.booth)
        .join(BoothBooking.block)
        .join(BoothBooking.exhibitor)
        .join(Exhibitor.organisation)
        .where(*_counts(moment))
        .order_by(Booth.number, Block.starts_at)
    )


def _bookings(moment: datetime) -> Select[BoothBooking]:
    return _counting(moment).options(
        contains_eager(BoothBooking.booth).joinedload(Booth.hall),
        contains_eager(BoothBooking.block),
        contains_eager(BoothBooking.exhibitor).contains_eager(Exhibitor.organisation),
    )


def drawn_bookings(
    fair_id: uuid.UUID, day_id: uuid.UUID, hall_id: uuid.UUID, *, with_holds: bool = True
) -> Sequence[BoothBooking]:
    """Who stands where in a hall on a day, each with exhibitor and organisation: a drawing has booths and blocks already."""
    query = _counting(clock.now()).where(
        BoothBooking.fair_id == fair_id, Block.fair_day_id == day_id, Booth.hall_id == hall_id
    )
    if not with_holds:
        query = query.where(BoothBooking.held_until.is_(None))
    who = selectinload(BoothBooking.exhibitor).joinedload(Exhibitor.organisation)
    return db.session.scalars(query.options(who)).all()


def bookings_of(
    fair_id: uuid.UUID,
    day_id: uuid.UUID | None = None,
    *,
    hall_id: uuid.UUID | None = None,
    with_holds: bool = True,
) -> Sequence[BoothBooking]:
    """Who has which booth when, by booth and time; each with booth, block, exhibitor and organisation."""
    query = _bookings(clock.now()).where(BoothBooking.fair_id == fair_id)
    if day_id is not None:
        query = query.where(Block.fair_day_id == day_id)
    if hall_id is not None:
        query = query.where(Booth.hall_id == hall_id)
    if not with_holds:
        query = query.where(BoothBooking.held_until.is_(None))
    return db.session.scalars(query).all()


def bookings_named(fair_id: uuid.UUID, day_id: uuid.UUID, search: str) -> Sequence[BoothBooking]:
    """Where those stand on a day whose name, or whose booth's number, was typed; the first fifty."""
    pattern = fold(search).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    named = Organisation.folded_name.like(f"%{pattern}%", escape="\\")
    asked = or_(named, Booth.number == int(search)) if search.isdecimal() and len(search) < 6 else named
    query = _bookings(clock.now()).where(
        BoothBooking.fair_id == fair_id, Block.fair_day_id == day_id, BoothBooking.held_until.is_(None), asked
    )
    return db.session.scalars(query.limit(50)).all()


def bookings_at(booth_id: uuid.UUID, block_ids: Iterable[uuid.UUID]) -> Sequence[BoothBooking]:
    """Who has this booth in these blocks."""
    where = (BoothBooking.booth_id == booth_id, BoothBooking.block_id.in_(list(block_ids)))
    return db.session.scalars(_bookings(clock.now()).where(*where)).all()


def bookings_by(exhibitor: Exhibitor) -> Sequence[BoothBooking]:
    """What an exhibitor has or holds, by time."""
    where = (BoothBooking.fair_id == exhibitor.fair_id, BoothBooking.exhibitor_id == exhibitor.id)
    return sorted(
        db.session.scalars(_bookings(clock.now()).where(*where)), key=lambda booking: booking.block.starts_at
    )


def expired_hold_of(exhibitor: Exhibitor) -> Sequence[BoothBooking]:
    """A hold whose time is over and that nobody has replaced."""
    query = select(BoothBooking).where(
        BoothBooking.fair_id == exhibitor.fair_id,
        BoothBooking.exhibitor_id == exhibitor.id,
        BoothBooking.held_until <= clock.now(),
    )
    return db.session.scalars(query.options(joinedload(BoothBooking.booth))).all()


def rows_at(places: Iterable[Place]) -> dict[Place, BoothBooking]:
    """The stored rows of these places, whether they count or not."""
    wanted = set(places)
    query = select(BoothBooking).where(BoothBooking.booth_id.in_({booth for booth, _block in wanted}))
    rows = db.session.scalars(query.options(joinedload(BoothBooking.block)))
    return {(row.booth_id, row.block_id): row for row in rows if (row.booth_id, row.block_id) in wanted}


def void_rows(fair_id: uuid.UUID, places: Iterable[Place]) -> list[BoothBooking]:
    """Rows at these places that count for nothing."""
    rows = rows_at(places).values()
    if not rows:
        return []
    counting = set(
        db.session.scalars(
            select(BoothBooking.id)
            .join(BoothBooking.block)
            .join(BoothBooking.exhibitor)
            .where(
                BoothBooking.fair_id == fair_id,
                BoothBooking.booth_id.in_({row.booth_id for row in rows}),
                *_counts(clock.now()),
            )
        )
    )
    return [row for row in rows if row.id not in counting]


def stands_of(exhibitor_id: uuid.UUID) -> list[tuple[Block, Booth]]:
    """Where an exhibitor stands and when, confirmed, in order of time."""
    query = _bookings(clock.now()).where(
        BoothBooking.exhibitor_id == exhibitor_id, BoothBooking.held_until.is_(None)
    )
    bookings = db.session.scalars(query).all()
    return sorted(
        ((b.block, b.booth) for b in bookings), key=lambda pair: (pair[0].starts_at, pair[1].number)
    )


def booth_at(exhibitor_id: uuid.UUID, moment: datetime) -> Booth | None:
    """The booth where an exhibitor stands at a moment."""
    for block, booth in stands_of(exhibitor_id):
        if block.starts_at <= moment < block.ends_at:
            return booth
    return None


def booth_numbers(
    fair_id: uuid.UUID, exhibitors: Iterable[uuid.UUID] | None = None
) -> dict[uuid.UUID, list[int]]:
    """The booth numbers of each exhibitor that has one, lowest first."""
    query = (
        select(BoothBooking.exhibitor_id, Booth.number)
        .join(BoothBooking.booth)
        .join(BoothBooking.block)
        .join(BoothBooking.exhibitor)
        .where(BoothBooking.fair_id == fair_id, BoothBooking.held_until.is_(None), *_counts(clock.now()))
        .distinct()
        .order_by(Booth.number)
    )
    if exhibitors is not None:
        query = query.where(BoothBooking.exhibitor_id.in_(list(exhibitors)))
    numbers: dict[uuid.UUID, list[int]] = {}
    for exhibitor_id, number in db.session.execute(query):
        numbers.setdefault(exhibitor_id, []).append(number)
    return numbers


def booked_blocks(fair_id: uuid.UUID, exhibitors: Iterable[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """An exhibitor and a block for each place that these exhibitors have or hold."""
    query = (
        select(BoothBooking.exhibitor_id, BoothBooking.block_id)
        .join(BoothBooking.block)
        .join(BoothBooking.exhibitor)
        .where(
            BoothBooking.fair_id == fair_id,
            BoothBooking.exhibitor_id.in_(list(exhibitors)),
            *_counts(clock.now()),
        )
    )
    return [(who, block) for who, block in db.session.execute(query)]


def change_of(fair_id: uuid.UUID, change_id: uuid.UUID) -> FloorChange:
    """One act on this fair's floor."""
    query = select(FloorChange).where(FloorChange.id == change_id, FloorChange.fair_id == fair_id)
    change = db.session.scalar(query)
    if change is None:
        raise NotFound
    return change
