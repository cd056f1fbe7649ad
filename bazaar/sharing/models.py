"""A share: the jobseeker said yes to one exhibitor, to these fields, in these words, then."""

import uuid
from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Id, Word, may_point_to, points_to
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration


class Share(Base):
    """how: page | booking | spoken (said to the recruiter, who recorded it). At most one stands per pair."""

    __tablename__ = "share"
    __table_args__ = (
        Index(
            "uq_share_standing",
            "registration_id",
            "exhibitor_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(None, "fair_id", "exhibitor_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    how: Mapped[Word]
    fields: Mapped[list[str]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(Text)  # the question as it was put
    language: Mapped[Word]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by: Mapped[uuid.UUID | None] = may_point_to("person.id")
    withdrawn_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship(lazy="raise")
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
