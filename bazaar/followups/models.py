"""An answer that an exhibitor gave a jobseeker it had met."""

import uuid
from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bazaar import clock
from bazaar.db import Base, Id, Word, may_point_to, points_to


class Answer(Base):
    """kind: second_interview | job_offer | later | no. The latest that stands counts; undone ones stay."""

    __tablename__ = "answer"
    __table_args__ = (Index(None, "fair_id", "exhibitor_id", "registration_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    kind: Mapped[Word]
    words: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[uuid.UUID | None] = may_point_to("person.id")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    undone_at: Mapped[datetime | None]
