"""What of the floor hangs on an exhibitor's days: its booths become free when it leaves them."""

import uuid
from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from bazaar.booths.models import Block, BoothBooking
from bazaar.db import db
from bazaar.employers.actions.places import hang
from bazaar.employers.models import Exhibitor
from bazaar.journal.actions import note
from bazaar.people.models import Person


def hangs_on(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> list[str]:
    """In words, what becomes free when the exhibitor leaves these days of the fair; holds are not spoken of."""
    numbers = sorted({row.booth.number for row in _bookings(exhibitor, days) if row.held_until is None})
    return [_("Booth %(number)s becomes free", number=number) for number in numbers]


def let_go(exhibitor: Exhibitor, days: Collection[uuid.UUID], by: Person | None) -> None:
    """The exhibitor leaves these days: its booths and holds on them are anybody's."""
    rows = _bookings(exhibitor, days)
    if rows:
        db.session.execute(delete(BoothBooking).where(BoothBooking.id.in_([row.id for row in rows])))
        actor = by.id if by else None
        note(
            "left_booths", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=actor, blocks=len(rows)
        )


def _bookings(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> Sequence[BoothBooking]:
    query = (
        select(BoothBooking)
        .join(Block, Block.id == BoothBooking.block_id)
        .where(
            BoothBooking.fair_id == exhibitor.fair_id,
            BoothBooking.exhibitor_id == exhibitor.id,
            Block.fair_day_id.in_(list(days)),
        )
        .options(joinedload(BoothBooking.booth))
    )
    return db.session.scalars(query).all()


hang(hangs_on, let_go)
