"""Changing the floor: booths, blocks, and who stands where. Every booking goes through `_rearrange` or `hold`."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from bazaar import clock
from bazaar.booths import letters, queries, rules
from bazaar.booths.models import Block, Booth, BoothBooking, FloorChange
from bazaar.booths.proposal import Plan, propose
from bazaar.booths.queries import Place
from bazaar.booths.rules import Reason
from bazaar.db import db, locked, new_id, once
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibitors_of
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import days_of, hall_of, halls_of, is_open
from bazaar.i18n import clock_time, day_words
from bazaar.journal.actions import note

Holders = Mapping[Place, uuid.UUID | None]  # which exhibitor, or nobody

# --- The floor itself -------------------------------------------------------------------------


def make(fair: Fair, hall_name: str, rows: int, columns: int, actor: uuid.UUID | None = None) -> list[Booth]:
    """Rows of booths in a hall (made if new), numbered on in walking order, behind what stands there already."""
    locked(Fair, fair.id)
    there = queries.booths_of(fair.id)
    if rows < 1 or columns < 1:
        raise Refused(_("There must be at least one row and one column."))
    if len(there) + rows * columns > rules.MOST_BOOTHS:
        raise Refused(_("A fair has at most %(most)s booths.", most=rules.MOST_BOOTHS))
    hall = queries.hall_named(fair.id, hall_name) or _new_hall(fair, hall_name, actor)
    in_hall = [booth for booth in there if booth.hall_id == hall.id]
    behind = max((booth.row + booth.height for booth in in_hall), default=-rules.ASIDE) + rules.ASIDE
    spots = rules.laid_out(rows, columns, behind)
    _make_room(hall, *rules.room_needed(spots))
    first = queries.highest_number(fair.id) + 1
    booths = [
        Booth(
            fair_id=fair.id, hall_id=hall.id, number=number, row=spot.row, column=spot.column,
            width=spot.width, height=spot.height, aisle=spot.aisle,
        )
        for number, spot in enumerate(spots, first)
    ]  # fmt: skip
    db.session.add_all(booths)
    ensure_blocks(fair)
    db.session.flush()
    note("made", "booths", hall.id, fair_id=fair.id, actor=actor, rows=rows, columns=columns, first=first)
    return booths


def _new_hall(fair: Fair, name: str, actor: uuid.UUID | None) -> Hall:
    if not name.strip() or len(name) > 300:
        raise Refused(_("The hall needs a name."))
    hall = Hall(fair_id=fair.id, name=name, position=len(halls_of(fair.id)), rows=1, columns=1)
    db.session.add(hall)
    db.session.flush()
    note("made", "hall", hall.id, fair_id=fair.id, actor=actor)
    return hall


def _make_room(hall: Hall, rows: int, columns: int) -> None:
    if rows > rules.MOST_CELLS or columns > rules.MOST_CELLS:
        raise Refused(_("A hall is at most %(most)s cells long and wide.", most=rules.MOST_CELLS))
    if hall.entrance_row is None:
        hall.entrance_row, hall.entrance_column = max(hall.rows, rows), max(hall.columns, columns) // 2
    elif hall.entrance_row == hall.rows and rows > hall.rows:
        hall.entrance_row = rows
    hall.rows, hall.columns = max(hall.rows, rows), max(hall.columns, columns)


@dataclass(frozen=True)
class BoothFacts:
    """What a form says of a booth."""

    hall_id: uuid.UUID
    number: int
    row: int
    column: int
    width: int
    height: int
    aisle: str
    kind: str
    price_class: str
    sockets: int
    power: str
    step_free: bool


def add_booth(fair: Fair, facts: BoothFacts, actor: uuid.UUID) -> Booth:
    """One more booth."""
    booth = Booth(fair_id=fair.id)
    booth.id = new_id()
    _set(fair, booth, facts)
    once(db.session(), lambda: db.session.add(booth), _number_taken)
    ensure_blocks(fair)
    note("added", "booth", booth.id, fair_id=fair.id, actor=actor, number=booth.number)
    return booth


def change_booth(fair: Fair, booth: Booth, facts: BoothFacts, actor: uuid.UUID) -> None:
    """Another number, size, place or equipment. Those who stand there are told of a new number or hall."""
    before = (booth.number, booth.hall_id)
    once(db.session(), lambda: _set(fair, booth, facts), _number_taken)
    note("changed", "booth", booth.id, fair_id=fair.id, actor=actor, number=booth.number)
    if before != (booth.number, booth.hall_id):
        letters.where_they_stand(fair, _standing_at(fair, {booth.id}))


def place_booth(fair: Fair, booth: Booth, row: int, column: int, actor: uuid.UUID) -> None:
    """Drag it elsewhere in its hall."""
    spot = rules.Spot(row, column, booth.aisle, booth.width, booth.height)
    _refuse_misplaced(fair, booth, locked(Hall, booth.hall_id), spot)
    booth.row, booth.column = row, column
    db.session.flush()
    note("placed", "booth", booth.id, fair_id=fair.id, actor=actor, row=row, column=column)


def _set(fair: Fair, booth: Booth, facts: BoothFacts) -> None:
    hall = hall_of(fair, facts.hall_id)
    locked(Hall, hall.id)
    _refuse_misplaced(fair, booth, hall, facts)
    for name, value in vars(facts).items():
        setattr(booth, name, value)


def _refuse_misplaced(fair: Fair, booth: Booth, hall: Hall, spot: rules.Placed) -> None:
    others = [other for other in queries.booths_of(fair.id, hall.id) if other.id != booth.id]
    in_the_way = rules.misplaced(spot, hall.rows, hall.columns, others)
    if isinstance(in_the_way, Booth):
        raise Refused(_("Booth %(number)s stands there.", number=in_the_way.number))
    if in_the_way:
        raise Refused(
            _("That is outside %(hall)s: %(rows)s rows, %(columns)s columns.", hall=hall.name, rows=hall.rows, columns=hall.columns)
        )  # fmt: skip


def _number_taken(_rule: str) -> Exception:
    return Refused(_("Another booth has that number or place. Choose another."))


def _standing_at(fair: Fair, booths: Collection[uuid.UUID]) -> list[Exhibitor]:
    found = {
        booking.exhibitor_id: booking.exhibitor
        for booking in queries.bookings_of(fair.id, with_holds=False)
        if booking.booth_id in booths
    }
    return list(found.values())


def remove_booth(fair: Fair, booth: Booth, actor: uuid.UUID) -> None:
    """Take a booth away; those who stood there are told."""
    standing = _standing_at(fair, {booth.id})
    note(
        "removed",
        "booth",
        booth.id,
        fair_id=fair.id,
        actor=actor,
        number=booth.number,
        exhibitors=len(standing),
    )
    db.session.execute(delete(BoothBooking).where(BoothBooking.booth_id == booth.id))
    db.session.delete(booth)
    db.session.flush()
    letters.where_they_stand(fair, standing)


def renumber(fair: Fair, actor: uuid.UUID) -> int:
    """Numbers in walking order, hall after hall. How many changed; those who stand there are told."""
    locked(Fair, fair.id)
    order = queries.walking_order(fair.id)
    changed = [(booth, number) for number, booth in enumerate(order, 1) if booth.number != number]
    if not changed:
        return 0
    ids = [booth.id for booth, _number in changed]
    # By way of negative numbers, so that no two are ever the same.
    db.session.execute(update(Booth).where(Booth.id.in_(ids)).values(number=-Booth.number))
    for booth, number in changed:
        booth.number = number
    db.session.flush()
    note("renumbered", "booths", None, fair_id=fair.id, actor=actor, changed=len(changed))
    letters.where_they_stand(fair, _standing_at(fair, set(ids)))
    return len(changed)


def copy_floor(from_fair_id: uuid.UUID, to_fair_id: uuid.UUID) -> int:
    """The booths of one fair for another, in halls of the same name. How many."""
    halls = {hall.name: hall.id for hall in halls_of(to_fair_id)}
    copied = 0
    for booth in queries.booths_of(from_fair_id):
        if booth.hall.name in halls:
            facts = {name: getattr(booth, name) for name in BOOTH_FACTS}
            db.session.add(Booth(fair_id=to_fair_id, hall_id=halls[booth.hall.name], **facts))
            copied += 1
    db.session.flush()
    note("copied", "booths", None, fair_id=to_fair_id, count=copied)
    return copied


BOOTH_FACTS = (
    "number", "row", "column", "width", "height", "aisle", "kind", "price_class", "sockets", "power", "step_free",
)  # fmt: skip


# --- Time blocks ------------------------------------------------------------------------------


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


# --- Who stands where: organisers ------------------------------------------------------------------


def assign(
    fair: Fair, exhibitor_id: uuid.UUID, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID | None
) -> FloorChange:
    """This exhibitor has this booth in these blocks."""
    return _rearrange(fair, {(booth.id, block): (None, exhibitor_id) for block in blocks}, actor, "assigned")


def move(
    fair: Fair,
    exhibitor_id: uuid.UUID,
    booth: Booth,
    blocks: Collection[uuid.UUID],
    to: Booth,
    actor: uuid.UUID,
) -> FloorChange:
    """From one booth to another, at the same times."""
    if to.id == booth.id:
        raise Refused(_("That is the booth it has already."))
    places: dict[Place, Before] = {(booth.id, block): (exhibitor_id, None) for block in blocks}
    places |= {(to.id, block): (None, exhibitor_id) for block in blocks}
    return _rearrange(fair, places, actor, "moved")


def swap(
    fair: Fair, one: Booth, other: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID
) -> FloorChange:
    """Those of two booths change places in these blocks."""
    if one.id == other.id:
        raise Refused(_("Choose two different booths."))
    here, there = _holders(one, blocks), _holders(other, blocks)
    places: dict[Place, Before] = {}
    for block in blocks:
        places[one.id, block] = (here.get(block), there.get(block))
        places[other.id, block] = (there.get(block), here.get(block))
    return _rearrange(fair, places, actor, "swapped")


def share(
    fair: Fair, exhibitor_id: uuid.UUID, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID
) -> FloorChange:
    """Another exhibitor gets these blocks of a booth; whoever had them keeps the others."""
    had = _holders(booth, blocks)
    if exhibitor_id in had.values():
        raise Refused(_("It has the booth then already."))
    return _rearrange(fair, {(booth.id, b): (had.get(b), exhibitor_id) for b in blocks}, actor, "shared")


def clear(fair: Fair, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID) -> FloorChange:
    """Nobody has the booth in these blocks; a hold ends too."""
    had = _holders(booth, blocks)
    if not had:
        raise Refused(_("Nobody has the booth then."))
    return _rearrange(fair, {(booth.id, b): (who, None) for b, who in had.items()}, actor, "cleared")


def undo(fair: Fair, change_id: uuid.UUID, actor: uuid.UUID) -> None:
    """As it was before an act, if nobody changed those places since."""
    change = locked(FloorChange, queries.change_of(fair.id, change_id).id)
    if change.undone_at is not None:
        raise Refused(_("That was undone already."))
    places = {
        (uuid.UUID(place["booth"]), uuid.UUID(place["block"])): (_id(place["now"]), _id(place["was"]))
        for place in change.places
    }
    why = {
        (uuid.UUID(place["booth"]), uuid.UUID(place["block"])): str(place["why"]) for place in change.places
    }
    change.undone_at = clock.now()
    _rearrange(fair, places, actor, "undone", why)


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _holders(booth: Booth, blocks: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    return {booking.block_id: booking.exhibitor_id for booking in queries.bookings_at(booth.id, blocks)}


Before = tuple[uuid.UUID | None, uuid.UUID | None]  # who has the place, who shall have it


def _rearrange(
    fair: Fair,
    places: Mapping[Place, Before],
    actor: uuid.UUID | None,
    verb: str,
    why: Mapping[Place, str] | None = None,
) -> FloorChange:
    """Every change of an organiser: who has each place must be as expected, then it changes as one act."""
    if not places:
        raise Refused(_("Choose at least one time."))
    known = _known_places(fair, places)
    concerned = {who for pair in places.values() for who in pair if who is not None}
    exhibitors = _locked_exhibitors(fair, concerned)
    rows = queries.rows_at(places)
    void = queries.void_rows(fair.id, places)
    for row in void:
        rows.pop((row.booth_id, row.block_id), None)
    _refuse_surprises(fair, places, rows)
    undo_facts = [_undo_fact(place, places[place], rows.get(place)) for place in sorted(places)]
    held = {row.exhibitor_id for row in rows.values() if row.held_until is None}
    _delete([*void, *rows.values()])
    new = {place: now for place, (_was, now) in sorted(places.items()) if now is not None}
    _refuse_unfit(fair, new, exhibitors, known)
    reasons = why or {}
    once(
        db.session(),
        lambda: db.session.add_all(
            BoothBooking(
                fair_id=fair.id, booth_id=booth, block_id=block, exhibitor_id=who,
                reason=reasons.get((booth, block)) or rules.packed([Reason("by_hand")]),
            )
            for (booth, block), who in new.items()
        ),
        lambda _rule: Refused(_somebody_was_faster(fair, new)),
    )  # fmt: skip
    change = FloorChange(id=new_id(), fair_id=fair.id, places=undo_facts)
    db.session.add(change)
    note(verb, "booth_booking", change.id, fair_id=fair.id, actor=actor, places=len(places))
    letters.where_they_stand(fair, [exhibitors[who] for who in sorted(held | set(new.values()))])
    return change


def _delete(rows: Iterable[BoothBooking]) -> None:
    """By their ids, so that a row that somebody else removed this moment is no surprise."""
    ids = [row.id for row in rows]
    if ids:
        db.session.execute(delete(BoothBooking).where(BoothBooking.id.in_(ids)))


def _undo_fact(place: Place, change: Before, row: BoothBooking | None) -> dict[str, str | None]:
    booth, block = place
    was, now = change
    if row is not None and row.held_until is not None:
        was = None  # a hold that an organiser ended does not come back
    return {
        "booth": str(booth), "block": str(block), "was": str(was) if was else None,
        "why": row.reason if row else "", "now": str(now) if now else None,
    }  # fmt: skip


def _known_places(fair: Fair, places: Iterable[Place]) -> dict[uuid.UUID, Block]:
    """The blocks of these places, by id; another fair's booth or block is NotFound."""
    ensure_blocks(fair)
    blocks = {block.id: block for day in queries.stored_blocks(fair.id).values() for block in day}
    booths = {booth.id for booth in queries.booths_of(fair.id)}
    for booth, block in places:
        if booth not in booths:
            raise NotFound
        if block not in blocks:
            raise Refused(_("The day was cut into other times since. Look again."))
    return blocks


def _locked_exhibitors(fair: Fair, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Exhibitor]:
    """These exhibitors of the fair, locked in one order; another fair's is NotFound."""
    _lock(ids)
    found = {place.id: place for place in exhibitors_of(fair.id, status=None) if place.id in ids}
    if len(found) != len(ids):
        raise NotFound
    return found


def _lock(exhibitors: Collection[uuid.UUID]) -> None:
    """Where booths are counted: one at a time for each exhibitor, whose status is then what it is now."""
    db.session.flush()
    query = select(Exhibitor.id, Exhibitor.status).where(Exhibitor.id.in_(exhibitors)).order_by(Exhibitor.id)
    now = {row.id: row.status for row in db.session.execute(query.with_for_update())}
    for known in list(db.session):
        if isinstance(known, Exhibitor) and now.get(known.id, known.status) != known.status:
            db.session.expire(known, ["status"])


def _refuse_surprises(fair: Fair, places: Mapping[Place, Before], rows: Mapping[Place, BoothBooking]) -> None:
    for place, (expected, _now) in places.items():
        row = rows.get(place)
        if (row.exhibitor_id if row else None) != expected:
            if row is not None:
                raise Refused(_somebody_was_faster(fair, [place]))
            raise Refused(_("Somebody changed the floor meanwhile. Look again."))


def _refuse_unfit(
    fair: Fair, new: Mapping[Place, uuid.UUID], exhibitors: Mapping[uuid.UUID, Exhibitor], blocks: Mapping[uuid.UUID, Block]
) -> None:  # fmt: skip
    """Only approved exhibitors, on their own days, with as many booths at a time as the fair allows."""
    days = queries.days_by_exhibitor(fair.id)
    day_of = {day.id: day for day in days_of(fair.id)}
    had = (
        Counter((row.exhibitor_id, row.block_id) for row in queries.bookings_of(fair.id))
        if new
        else Counter()
    )
    for (_booth, block), who in new.items():
        name = exhibitors[who].organisation.name
        day = day_of[blocks[block].fair_day_id]
        if exhibitors[who].status != "approved":
            raise Refused(_("%(name)s is not approved for the fair.", name=name))
        if day.id not in days.get(who, ()):
            raise Refused(_("%(name)s does not take part on %(day)s.", name=name, day=day_words(day.date)))
        if rules.too_many(had[who, block], fair.max_booths):
            raise Refused(_too_many_words(fair, name, blocks[block], who))
        had[who, block] += 1


def _too_many_words(fair: Fair, name: str, block: Block, exhibitor_id: uuid.UUID) -> str:
    numbers = [
        str(row.booth.number)
        for row in queries.bookings_of(fair.id, block.fair_day_id)
        if row.exhibitor_id == exhibitor_id and row.block_id == block.id
    ]
    if not numbers:
        return _("%(name)s may have %(most)s booth at a time.", name=name, most=fair.max_booths)
    return _(
        "%(name)s has booth %(numbers)s then already, and may have %(most)s at a time.",
        name=name, numbers=", ".join(numbers), most=fair.max_booths,
    )  # fmt: skip


def _somebody_was_faster(fair: Fair, places: Iterable[Place]) -> str:
    """Who has it, in words."""
    wanted = set(places)
    for row in queries.bookings_of(fair.id):
        if (row.booth_id, row.block_id) in wanted:
            return taken_words(fair, row)
    return _("Somebody else took it this moment. Look again.")


def taken_words(fair: Fair, row: BoothBooking) -> str:
    when = f"{day_words(row.block.starts_at, fair)} {clock_time(row.block.starts_at, fair)}–{clock_time(row.block.ends_at, fair)}"
    name = row.exhibitor.organisation.name
    if row.held_until is not None:
        return _(
            "Booth %(number)s is held for %(name)s until %(until)s, %(when)s.",
            number=row.booth.number, name=name, until=clock_time(row.held_until, fair), when=when,
        )  # fmt: skip
    return _(
        "Booth %(number)s is taken by %(name)s, %(when)s.", number=row.booth.number, name=name, when=when
    )


# --- The whole floor ----------------------------------------------------------------------------


def proposal_for(fair: Fair) -> Plan:
    """A plan for everybody who has no booth on one of their days."""
    facts = queries.facts_for_proposal(fair)
    return propose(
        facts.stands, facts.wishes, facts.standing, sector_rule=fair.sector_rule, max_of_sector=fair.max_of_sector
    )  # fmt: skip


def apply(fair: Fair, plan: Plan, actor: uuid.UUID | None) -> FloorChange:
    """Everybody gets the booth of the plan, as one act that can be undone as one."""
    places: dict[Place, Before] = {}
    why: dict[Place, str] = {}
    for part in plan.given:
        for block in part.blocks:
            places[part.booth, block] = (None, part.exhibitor)
            why[part.booth, block] = rules.packed(part.reasons)
    return _rearrange(fair, places, actor, "proposed", why)


# --- Who stands where: exhibitors ------------------------------------------------------------------


def hold(
    exhibitor: Exhibitor, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID
) -> list[BoothBooking]:
    """Hold a booth while its exhibitor makes up its mind; an earlier hold of theirs ends."""
    fair = exhibitor.fair
    _lock([exhibitor.id])
    _refuse_unready(exhibitor)
    db.session.execute(
        delete(BoothBooking).where(
            BoothBooking.fair_id == fair.id, BoothBooking.exhibitor_id == exhibitor.id, BoothBooking.held_until.is_not(None)
        )
    )  # fmt: skip
    until = clock.now() + timedelta(minutes=fair.hold_minutes)
    rows = _take(exhibitor, booth, blocks, until)
    note("held", "booth", booth.id, fair_id=fair.id, actor=actor, number=booth.number, blocks=len(rows))
    return rows


def _take(
    exhibitor: Exhibitor, booth: Booth, blocks: Collection[uuid.UUID], until: datetime | None
) -> list[BoothBooking]:
    """The constraint alone decides between two who want the same place."""
    fair = exhibitor.fair
    new = {(booth.id, block): exhibitor.id for block in sorted(blocks)}
    if not new:
        raise Refused(_("Choose at least one time."))
    known = _known_places(fair, new)
    _refuse_unfit(fair, new, {exhibitor.id: exhibitor}, known)
    _delete(queries.void_rows(fair.id, new))
    reason = rules.packed([Reason("own_choice")])
    rows = [
        BoothBooking(
            fair_id=fair.id, booth_id=place[0], block_id=place[1], exhibitor_id=who, held_until=until, reason=reason
        )
        for place, who in new.items()
    ]  # fmt: skip
    once(
        db.session(),
        lambda: db.session.add_all(rows),
        lambda _rule: Refused(_somebody_was_faster(fair, new)),
    )
    return rows


def _refuse_unready(exhibitor: Exhibitor) -> None:
    fair = exhibitor.fair
    if exhibitor.status != "approved":
        raise Refused(_("Only approved exhibitors choose a booth."))
    if not is_open(fair.id, "booths", clock.now()):
        raise Refused(_("Booths cannot be chosen now. Ask the organisers."))


def more_time(exhibitor: Exhibitor, actor: uuid.UUID) -> datetime:
    """The hold ends later; twice at most."""
    _lock([exhibitor.id])
    held = [row for row in queries.bookings_by(exhibitor) if row.held_until is not None]
    if not held:
        raise Refused(_("Your time is over, and the booth is free for others. Choose again."))
    moment = clock.now()
    if not all(
        rules.may_have_more_time(row.held_until or moment, row.times_extended, moment) for row in held
    ):
        raise Refused(_("You have had more time twice. Confirm the booth, or let it go."))
    until = moment + timedelta(minutes=exhibitor.fair.hold_minutes)
    for row in held:
        row.held_until, row.times_extended = until, row.times_extended + 1
    note("extended", "booth", held[0].booth_id, fair_id=exhibitor.fair_id, actor=actor)
    return until


def confirm(exhibitor: Exhibitor, actor: uuid.UUID) -> list[Booth]:
    """The held booth is theirs. A hold that just ended counts too, if nobody has taken the booth since."""
    _lock([exhibitor.id])
    _refuse_unready(exhibitor)
    held = [row for row in queries.bookings_by(exhibitor) if row.held_until is not None]
    held = held or list(queries.expired_hold_of(exhibitor))
    if not held:
        raise Refused(_("Your time is over, and somebody else may have taken the booth. Choose again."))
    for row in held:
        row.held_until = None
    db.session.flush()
    booths = {row.booth_id: row.booth for row in held}
    for booth in booths.values():
        note("booked", "booth", booth.id, fair_id=exhibitor.fair_id, actor=actor, number=booth.number)
    letters.where_they_stand(exhibitor.fair, [exhibitor])
    return list(booths.values())


def let_go(exhibitor: Exhibitor, actor: uuid.UUID) -> None:
    """The hold ends now."""
    db.session.execute(
        delete(BoothBooking).where(
            BoothBooking.fair_id == exhibitor.fair_id,
            BoothBooking.exhibitor_id == exhibitor.id,
            BoothBooking.held_until.is_not(None),
        )
    )
    note("let_go", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=actor)


def withdraw(exhibitor: Exhibitor, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID) -> None:
    """Give a booth back for these blocks."""
    if not is_open(exhibitor.fair_id, "booths", clock.now()):
        raise Refused(_("Booths cannot be changed now. Ask the organisers."))
    _lock([exhibitor.id])
    mine = [row for row in queries.bookings_at(booth.id, blocks) if row.exhibitor_id == exhibitor.id]
    if not mine:
        raise Refused(_("You do not have that booth then."))
    _delete(mine)
    note(
        "withdrew",
        "booth",
        booth.id,
        fair_id=exhibitor.fair_id,
        actor=actor,
        number=booth.number,
        blocks=len(mine),
    )


def take_back(exhibitor: Exhibitor, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID) -> None:
    """A booth given back by mistake is theirs again, if it is still free."""
    _lock([exhibitor.id])
    _refuse_unready(exhibitor)
    _take(exhibitor, booth, blocks, None)
    note("booked", "booth", booth.id, fair_id=exhibitor.fair_id, actor=actor, number=booth.number)
