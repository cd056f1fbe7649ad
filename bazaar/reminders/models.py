"""A reminder of a meeting, and what was answered to it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Hash, Id, Word, may_point_to, points_to
from bazaar.meetings.models import Meeting


class Reminder(Base):
    """One for each meeting, kind and start. Its link leads to the meeting until that begins, moved or not.

    kind: day | hour. answer: '' | coming | cannot, about the start in `answered_for`: a moved meeting asks again.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("meeting_id", "kind", "starts_at"),
        CheckConstraint("kind IN ('day', 'hour')", name="kind"),
        CheckConstraint("answer IN ('', 'coming', 'cannot')", name="answer"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    meeting_id: Mapped[uuid.UUID] = points_to("meeting.id")
    letter_id: Mapped[uuid.UUID | None] = may_point_to("letter.id")
    kind: Mapped[Word]
    starts_at: Mapped[datetime]  # of the meeting, as the letter says
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[Word] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_for: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="raise")
