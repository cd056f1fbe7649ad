"""Who stands where, as exhibitors choose it: held, confirmed, let go, given back."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete

from bazaar import clock
from bazaar.booths import letters, queries, rules
from bazaar.booths.actions.fitting import delete_rows, known_places, lock, refuse_unfit, somebody_was_faster
from bazaar.booths.models import Booth, BoothBooking
from bazaar.booths.rules import Reason
from bazaar.db import db, once
from bazaar.employers.models import Exhibitor
from bazaar.errors import Refused
from bazaar.fairs.queries import is_open
from bazaar.journal.actions import note


def hold(
    exhibitor: Exhibitor, booth: Booth, blocks: Collection[uuid.UUID], actor: uuid.UUID
) -> list[BoothBooking]:
    """Hold a booth while its exhibitor makes up its mind; an earlier hold of theirs ends."""
    fair = exhibitor.fair
    lock([exhibitor.id])
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
    known = known_places(fair, new)
    refuse_unfit(fair, new, {exhibitor.id: exhibitor}, known)
    delete_rows(queries.void_rows(fair.id, new))
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
        lambda _rule: Refused(somebody_was_faster(fair, new)),
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
    lock([exhibitor.id])
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
    lock([exhibitor.id])
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
    lock([exhibitor.id])
    mine = [row for row in queries.bookings_at(booth.id, blocks) if row.exhibitor_id == exhibitor.id]
    if not mine:
        raise Refused(_("You do not have that booth then."))
    delete_rows(mine)
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
    lock([exhibitor.id])
    _refuse_unready(exhibitor)
    _take(exhibitor, booth, blocks, None)
    note("booked", "booth", booth.id, fair_id=exhibitor.fair_id, actor=actor, number=booth.number)
