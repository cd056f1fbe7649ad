"""An answer that an exhibitor gave a jobseeker it had met, and the day by which it promised one."""

import datetime as dt
import uuid
from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bazaar import clock
from bazaar.db import Base, Id, Word, may_point_to, points_to


class Answer(Base):
    """kind: second_interview | job_offer | later | no. The latest that stands counts; undone ones stay.

    `letter_id` is the letter that waits until the answer can no longer be taken back (a plain id, as in messages).
    """

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
    letter_id: Mapped[uuid.UUID | None]


class Promise(Base):
    """An answer by another day than the fair's usual one."""

    __tablename__ = "promise"
    __table_args__ = (UniqueConstraint("exhibitor_id", "registration_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    answer_by: Mapped[dt.date]
    by: Mapped[uuid.UUID | None] = may_point_to("person.id")
    at: Mapped[datetime] = mapped_column(default=clock.now)
