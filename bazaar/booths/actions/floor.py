"""The floor itself: booths made, changed, placed, numbered and removed."""

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, update

from bazaar.booths import letters, queries, rules
from bazaar.booths.actions.blocks import ensure_blocks
from bazaar.booths.models import Booth, BoothBooking
from bazaar.db import db, locked, new_id, once
from bazaar.employers.models import Exhibitor
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, Hall
from bazaar.fairs.queries import hall_of, halls_of
from bazaar.journal.actions import note


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


def hang_picture(fair: Fair, hall: Hall, jpeg: bytes | None, actor: uuid.UUID) -> None:
    """A plan behind the hall's booths, one that we drew ourselves (pictures.redrawn_plan), or none."""
    hall.picture = jpeg
    hall.picture_version = hashlib.sha256(jpeg).hexdigest()[:12] if jpeg else ""
    note("changed", "hall", hall.id, fair_id=fair.id, actor=actor, changed={"picture": None})


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
            facts = {name: getattr(booth, name) for name in BoothFacts.__annotations__ if name != "hall_id"}
            db.session.add(Booth(fair_id=to_fair_id, hall_id=halls[booth.hall.name], **facts))
            copied += 1
    db.session.flush()
    note("copied", "booths", None, fair_id=to_fair_id, count=copied)
    return copied
