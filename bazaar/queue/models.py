"""A place in the queue at a booth."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Id, Word, may_point_to, points_to
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration

_STANDING = text("status IN ('waiting', 'called', 'here')")


class Place(Base):
    """status: waiting -> called -> here -> met; called -> no_show, or waiting again (skipped);
    left by the jobseeker, closed by the booth.

    `number` is called out; it is also the order. A place ends with the booth's day, at `until`.
    """

    __tablename__ = "queue_place"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "number"),
        Index(
            "uq_queue_place_pair_standing",
            "registration_id",
            "exhibitor_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        CheckConstraint(
            "status IN ('waiting', 'called', 'here', 'met', 'left', 'no_show', 'closed')", name="status"
        ),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    number: Mapped[int]
    by: Mapped[Word]  # jobseeker | scanner
    status: Mapped[Word] = mapped_column(default="waiting")
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime]
    told_at: Mapped[datetime | None]  # that they should walk to the booth
    called_at: Mapped[datetime | None]
    called_by: Mapped[uuid.UUID | None] = may_point_to("person.id")
    here_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    registration: Mapped[Registration] = relationship(lazy="raise")
