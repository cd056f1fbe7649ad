"""Finding exhibitors as the floor sees them: on which days, without a booth, and who reads their letters."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from bazaar import clock
from bazaar.booths.models import Block, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation


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
