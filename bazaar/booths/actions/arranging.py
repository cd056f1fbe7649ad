"""Who stands where, as organisers change it: sets of places with who must be there before and who shall be there after."""

import uuid
from collections.abc import Collection, Mapping

from flask_babel import gettext as _

from bazaar import clock
from bazaar.booths import letters, queries, rules
from bazaar.booths.actions.fitting import delete_rows, known_places, lock, refuse_unfit, somebody_was_faster
from bazaar.booths.models import Booth, BoothBooking, FloorChange
from bazaar.booths.queries import Place
from bazaar.booths.rules import Reason
from bazaar.db import db, locked, new_id, once
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibitors_of
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.journal.actions import note

Before = tuple[uuid.UUID | None, uuid.UUID | None]  # who has the place, who shall have it


def assign(
    fair: Fair, exhibitor_id: uuid.UUID, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID | None
) -> FloorChange:
    """This exhibitor has this booth in these blocks."""
    return rearrange(fair, {(booth.id, block): (None, exhibitor_id) for block in blocks}, actor, "assigned")


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
    return rearrange(fair, places, actor, "moved")


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
    return rearrange(fair, places, actor, "swapped")


def share(
    fair: Fair, exhibitor_id: uuid.UUID, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID
) -> FloorChange:
    """Another exhibitor gets these blocks of a booth; whoever had them keeps the others."""
    had = _holders(booth, blocks)
    if exhibitor_id in had.values():
        raise Refused(_("It has the booth then already."))
    return rearrange(fair, {(booth.id, b): (had.get(b), exhibitor_id) for b in blocks}, actor, "shared")


def clear(fair: Fair, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID) -> FloorChange:
    """Nobody has the booth in these blocks; a hold ends too."""
    had = _holders(booth, blocks)
    if not had:
        raise Refused(_("Nobody has the booth then."))
    return rearrange(fair, {(booth.id, b): (who, None) for b, who in had.items()}, actor, "cleared")


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
    rearrange(fair, places, actor, "undone", why)


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _holders(booth: Booth, blocks: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    return {booking.block_id: booking.exhibitor_id for booking in queries.bookings_at(booth.id, blocks)}


def rearrange(
    fair: Fair,
    places: Mapping[Place, Before],
    actor: uuid.UUID | None,
    verb: str,
    why: Mapping[Place, str] | None = None,
) -> FloorChange:
    """Every change of an organiser: who has each place must be as expected, then it changes as one act."""
    if not places:
        raise Refused(_("Choose at least one time."))
    known = known_places(fair, places)
    concerned = {who for pair in places.values() for who in pair if who is not None}
    exhibitors = _locked_exhibitors(fair, concerned)
    rows = queries.rows_at(places)
    void = queries.void_rows(fair.id, places)
    for row in void:
        rows.pop((row.booth_id, row.block_id), None)
    _refuse_surprises(fair, places, rows)
    undo_facts = [_undo_fact(place, places[place], rows.get(place)) for place in sorted(places)]
    held = {row.exhibitor_id for row in rows.values() if row.held_until is None}
    delete_rows([*void, *rows.values()])
    new = {place: now for place, (_was, now) in sorted(places.items()) if now is not None}
    refuse_unfit(fair, new, exhibitors, known)
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
        lambda _rule: Refused(somebody_was_faster(fair, new)),
    )  # fmt: skip
    change = FloorChange(id=new_id(), fair_id=fair.id, places=undo_facts)
    db.session.add(change)
    note(verb, "booth_booking", change.id, fair_id=fair.id, actor=actor, places=len(places))
    letters.where_they_stand(fair, [exhibitors[who] for who in sorted(held | set(new.values()))])
    return change


def _undo_fact(place: Place, change: Before, row: BoothBooking | None) -> dict[str, str | None]:
    booth, block = place
    was, now = change
    if row is not None and row.held_until is not None:
        was = None  # a hold that an organiser ended does not come back
    return {
        "booth": str(booth), "block": str(block), "was": str(was) if was else None,
        "why": row.reason if row else "", "now": str(now) if now else None,
    }  # fmt: skip


def _locked_exhibitors(fair: Fair, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Exhibitor]:
    """These exhibitors of the fair, locked in one order; another fair's is NotFound."""
    lock(ids)
    found = {place.id: place for place in exhibitors_of(fair.id, status=None) if place.id in ids}
    if len(found) != len(ids):
        raise NotFound
    return found


def _refuse_surprises(fair: Fair, places: Mapping[Place, Before], rows: Mapping[Place, BoothBooking]) -> None:
    for place, (expected, _now) in places.items():
        row = rows.get(place)
        if (row.exhibitor_id if row else None) != expected:
            if row is not None:
                raise Refused(somebody_was_faster(fair, [place]))
            raise Refused(_("Somebody changed the floor meanwhile. Look again."))
