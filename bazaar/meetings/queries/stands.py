"""Where an exhibitor stands, and where people are reached."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar import clock
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair, Hall
from bazaar.people.models import Contact


@dataclass(frozen=True)
class Stand:
    """An exhibitor's booth during one block."""

    exhibitor_id: uuid.UUID
    number: int
    hall_id: uuid.UUID
    hall: str
    starts_at: datetime
    ends_at: datetime


class Stands:
    """The booths of some exhibitors: where each stands at a moment."""

    def __init__(self, stands: Iterable[Stand]) -> None:
        self._of: dict[uuid.UUID, list[Stand]] = {}
        for stand in stands:
            self._of.setdefault(stand.exhibitor_id, []).append(stand)

    def at(self, exhibitor_id: uuid.UUID, moment: datetime) -> Stand | None:
        """Its booth then; None while it has none."""
        return next(
            (stand for stand in self._of.get(exhibitor_id, ()) if stand.starts_at <= moment < stand.ends_at),
            None,
        )

    def next(self, exhibitor_id: uuid.UUID, moment: datetime) -> Stand | None:
        """Its booth then, or the first one after; failing that its last."""
        all_of_it = self._of.get(exhibitor_id, [])
        coming = (stand for stand in all_of_it if stand.ends_at > moment)
        return next(coming, all_of_it[-1] if all_of_it else None)


def stands_of(fair_id: uuid.UUID, exhibitor_ids: Collection[uuid.UUID]) -> Stands:
    query = (
        select(BoothBooking.exhibitor_id, Booth.number, Hall.id, Hall.name, Block.starts_at, Block.ends_at)
        .join(Booth, Booth.id == BoothBooking.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .join(Block, Block.id == BoothBooking.block_id)
        .where(
            BoothBooking.fair_id == fair_id,
            BoothBooking.exhibitor_id.in_(exhibitor_ids),
            BoothBooking.held_until.is_(None),
        )
        .order_by(Block.starts_at, Booth.number)
    )
    return Stands(Stand(*row) for row in db.session.execute(query))


def exhibitor_at(fair: Fair, exhibitor_id: uuid.UUID) -> Exhibitor:
    """An approved exhibitor of this fair, with fair and organisation: anybody's to see, once the fair shows them."""
    if fair.results_visible_from is not None and fair.results_visible_from > clock.now():
        raise NotFound
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == exhibitor_id, Exhibitor.fair_id == fair.id, Exhibitor.status == "approved")
        .options(joinedload(Exhibitor.organisation), joinedload(Exhibitor.fair))
    )
    if exhibitor is None:
        raise NotFound
    return exhibitor


def reached_at(person_id: uuid.UUID) -> Contact | None:
    """Where a letter finds somebody: a verified address, e-mail before phone."""
    query = (
        select(Contact)
        .where(Contact.person_id == person_id, Contact.verified_at.is_not(None))
        .order_by(Contact.kind, Contact.id)
    )
    return db.session.scalars(query).first()
