"""Booths on a hall's grid, the smallest time blocks of each day, and one booking row per booth and block."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Id, Word, points_to
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Hall


class Booth(Base):
    """Numbered in walking order. Position and size are in grid cells, from the top left (0, 0)."""

    __tablename__ = "booth"
    __table_args__ = (UniqueConstraint("fair_id", "number"), UniqueConstraint("hall_id", "row", "column"))

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    hall_id: Mapped[uuid.UUID] = points_to("hall.id")
    number: Mapped[int]
    row: Mapped[int]
    column: Mapped[int]
    width: Mapped[int] = mapped_column(default=1)
    height: Mapped[int] = mapped_column(default=1)
    aisle: Mapped[Word] = mapped_column(default="down")  # up | down | left | right: where the awning faces
    kind: Mapped[Word] = mapped_column(default="standard")  # standard | corner | island | table
    price_class: Mapped[Word] = mapped_column(default="")
    sockets: Mapped[int] = mapped_column(default=1)
    power: Mapped[Word] = mapped_column(default="230V")  # none | 230V | 400V
    step_free: Mapped[bool] = mapped_column(default=True)

    hall: Mapped[Hall] = relationship(lazy="raise")


class Block(Base):
    """A smallest time block: a fair day is cut into these without gap or overlap."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("fair_day_id", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="order"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    fair_day_id: Mapped[uuid.UUID] = points_to("fair_day.id")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class BoothBooking(Base):
    """An exhibitor has a booth for one block. With `held_until` it is only a hold, void after that moment.

    A row also counts for nothing while its exhibitor is not approved or not there on that day: whoever
    takes the place next removes it.
    """

    __tablename__ = "booth_booking"
    __table_args__ = (UniqueConstraint("booth_id", "block_id"), Index(None, "fair_id", "exhibitor_id"))

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    booth_id: Mapped[uuid.UUID] = points_to("booth.id")
    block_id: Mapped[uuid.UUID] = points_to("block.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    held_until: Mapped[datetime | None]
    times_extended: Mapped[int] = mapped_column(default=0)  # how often a hold got more time
    reason: Mapped[str] = mapped_column(Text, default="")  # why here: rules.Reason, packed
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    booth: Mapped[Booth] = relationship(lazy="raise")
    block: Mapped[Block] = relationship(lazy="raise")
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")


class FloorChange(Base):
    """What an organiser changed on the floor in one act, so that it can be undone: who had each place, who has it."""

    __tablename__ = "floor_change"

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    places: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # booth, block, was, why, now: ids as text
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    undone_at: Mapped[datetime | None]
