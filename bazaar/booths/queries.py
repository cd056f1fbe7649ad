"""Finding booths, blocks, and who stands where."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from bazaar import clock
from bazaar.booths import rules
from bazaar.booths.models import Block, Booth, BoothBooking, FloorChange
from bazaar.booths.proposal import Stand, Standing, Wish
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Representative
from bazaar.employers.queries import addresses_of, exhibitors_of
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import days_of, halls_of
from bazaar.i18n import moment_of
from bazaar.people.models import Contact, Person
from bazaar.words import fold

Place = tuple[uuid.UUID, uuid.UUID]  # booth, block

# --- The floor --------------------------------------------------------------------------------


def booths_of(fair_id: uuid.UUID, hall_id: uuid.UUID | None = None) -> Sequence[Booth]:
    """A fair's booths by number, each with its hall."""
    query = (
        select(Booth).where(Booth.fair_id == fair_id).options(joinedload(Booth.hall)).order_by(Booth.number)
    )
    if hall_id is not None:
        query = query.where(Booth.hall_id == hall_id)
    return db.session.scalars(query).all()


def booth_at_fair(fair_id: uuid.UUID, booth_id: uuid.UUID) -> Booth:
    """One booth of this fair with its hall; NotFound for another fair's."""
    query = select(Booth).where(Booth.id == booth_id, Booth.fair_id == fair_id)
    booth = db.session.scalar(query.options(joinedload(Booth.hall)))
    if booth is None:
        raise NotFound
    return booth


def booth_numbered(fair_id: uuid.UUID, number: int) -> Booth | None:
    query = select(Booth).where(Booth.fair_id == fair_id, Booth.number == number)
    return db.session.scalar(query.options(joinedload(Booth.hall)))


def hall_named(fair_id: uuid.UUID, name: str) -> Hall | None:
    return db.session.scalar(select(Hall).where(Hall.fair_id == fair_id, Hall.name == name))


def highest_number(fair_id: uuid.UUID) -> int:
    """The last number given at this fair, 0 where there is none."""
    return db.session.scalar(select(func.max(Booth.number)).where(Booth.fair_id == fair_id)) or 0


def walking_order(fair_id: uuid.UUID) -> list[Booth]:
    """All booths of a fair as people walk by them, hall after hall."""
    booths = booths_of(fair_id)
    order: list[Booth] = []
    for hall in halls_of(fair_id):
        order += rules.in_walking_order(booth for booth in booths if booth.hall_id == hall.id)
    return order


# --- Blocks -----------------------------------------------------------------------------------


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


# --- Who stands where ---------------------------------------------------------------------------


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


def _bookings(moment: datetime) -> Select[BoothBooking]:
    return (
        select(BoothBooking)
        .join(BoothBooking.booth)
        .join(BoothBooking.block)
        .join(BoothBooking.exhibitor)
        .join(Exhibitor.organisation)
        .where(*_counts(moment))
        .options(
            contains_eager(BoothBooking.booth).joinedload(Booth.hall),
            contains_eager(BoothBooking.block),
            contains_eager(BoothBooking.exhibitor).contains_eager(Exhibitor.organisation),
        )
        .order_by(Booth.number, Block.starts_at)
    )


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


def days_by_exhibitor(
    fair_id: uuid.UUID, exhibitors: Iterable[uuid.UUID] | None = None
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """On which days each exhibitor (or each of these) takes part."""
    query = select(ExhibitorDay.exhibitor_id, ExhibitorDay.fair_day_id).where(ExhibitorDay.fair_id == fair_id)
    if exhibitors is not None:
        query = query.where(ExhibitorDay.exhibitor_id.in_(list(exhibitors)))
    days: dict[uuid.UUID, set[uuid.UUID]] = {}
    for exhibitor_id, day_id in db.session.execute(query):
        days.setdefault(exhibitor_id, set()).add(day_id)
    return days


def without_booth(fair_id: uuid.UUID, day_id: uuid.UUID) -> Sequence[Exhibitor]:
    """Approved exhibitors of a day that have no booth then, with their organisations, by name."""
    there = select(ExhibitorDay.exhibitor_id).where(
        ExhibitorDay.fair_id == fair_id, ExhibitorDay.fair_day_id == day_id
    )
    placed = (
        select(BoothBooking.exhibitor_id)
        .join(BoothBooking.block)
        .where(
            BoothBooking.fair_id == fair_id,
            Block.fair_day_id == day_id,
            or_(BoothBooking.held_until.is_(None), BoothBooking.held_until > clock.now()),
        )
    )
    query = (
        select(Exhibitor)
        .join(Exhibitor.organisation)
        .where(
            Exhibitor.fair_id == fair_id,
            Exhibitor.status == "approved",
            Exhibitor.id.in_(there),
            Exhibitor.id.not_in(placed),
        )
        .options(contains_eager(Exhibitor.organisation))
        .order_by(Organisation.folded_name, Exhibitor.id)
    )
    return db.session.scalars(query).all()


def readers_of(organisations: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[tuple[Person, Contact]]]:
    """The people of these organisations who get letters, each with their address."""
    query = (
        select(Representative.organisation_id, Person)
        .join(Representative.person)
        .where(
            Representative.organisation_id.in_(list(organisations)),
            Representative.ended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Representative.id)
    )
    people = db.session.execute(query).all()
    addresses = addresses_of(person.id for _organisation, person in people)
    readers: dict[uuid.UUID, list[tuple[Person, Contact]]] = {}
    for organisation_id, person in people:
        if person.id in addresses:
            readers.setdefault(organisation_id, []).append((person, addresses[person.id]))
    return readers


def change_of(fair_id: uuid.UUID, change_id: uuid.UUID) -> FloorChange:
    """One act on this fair's floor."""
    query = select(FloorChange).where(FloorChange.id == change_id, FloorChange.fair_id == fair_id)
    change = db.session.scalar(query)
    if change is None:
        raise NotFound
    return change


# --- What a proposal is made from ---------------------------------------------------------------


@dataclass
class Facts:
    """Everything the proposal looks at."""

    stands: list[Stand] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)


def facts_for_proposal(fair: Fair) -> Facts:
    """The booths, those who stand already, and those who want a booth on days when they have none."""
    bookings = bookings_of(fair.id)
    settled = {(booking.exhibitor_id, booking.block.fair_day_id) for booking in bookings}
    blocks = blocks_by_day(fair)
    days = days_by_exhibitor(fair.id)
    exhibitors = sorted(exhibitors_of(fair.id), key=lambda place: (place.applied_at, place.id))
    return Facts(
        [_stand(booth, position) for position, booth in enumerate(walking_order(fair.id))],
        [
            _wish(
                exhibitor,
                number,
                tuple(
                    frozenset(block.id for block in blocks[day])
                    for day in blocks
                    if day in days.get(exhibitor.id, ()) and (exhibitor.id, day) not in settled
                ),
            )
            for number, exhibitor in enumerate(exhibitors)
        ],
        [_standing(booking) for booking in bookings],
    )


def _stand(booth: Booth, position: int) -> Stand:
    return Stand(
        booth.id, booth.number, booth.hall_id, position, booth.width, booth.sockets, booth.power, booth.step_free
    )  # fmt: skip


def _wish(exhibitor: Exhibitor, applied: int, days: tuple[frozenset[uuid.UUID], ...]) -> Wish:
    organisation: Organisation = exhibitor.organisation
    return Wish(
        exhibitor.id, organisation.name, organisation.sector, days, applied,
        exhibitor.sockets, exhibitor.least_width, exhibitor.step_free,
    )  # fmt: skip


def _standing(booking: BoothBooking) -> Standing:
    organisation = booking.exhibitor.organisation
    return Standing(
        booking.exhibitor_id, organisation.name, organisation.sector, booking.booth_id, booking.block_id
    )
