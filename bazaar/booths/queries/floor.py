"""Finding booths."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from bazaar.booths import rules
from bazaar.booths.models import Booth
from bazaar.db import db
from bazaar.employers.queries import price_classes_come_from
from bazaar.errors import NotFound
from bazaar.fairs.models import Hall
from bazaar.fairs.queries import halls_of


def booths_of(fair_id: uuid.UUID, hall_id: uuid.UUID | None = None) -> Sequence[Booth]:
    """A fair's booths by number, each with its hall."""
    query = (
        select(Booth).where(Booth.fair_id == fair_id).options(selectinload(Booth.hall)).order_by(Booth.number)
    )
    if hall_id is not None:
        query = query.where(Booth.hall_id == hall_id)
    return db.session.scalars(query).all()


def price_classes_of(fair_id: uuid.UUID) -> Sequence[str]:
    query = select(Booth.price_class).where(Booth.fair_id == fair_id, Booth.price_class != "").distinct()
    return db.session.scalars(query).all()


price_classes_come_from(price_classes_of)


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
