"""A talk of the programme, and who wants to come."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Id, Line, Word, points_to
from bazaar.jobseekers.models import Registration


class Talk(Base):
    """kind: talk | workshop | cv_help | interview_practice. `places` empty means no limit."""

    __tablename__ = "talk"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("places IS NULL OR places > 0", name="places"),
        Index(None, "fair_id", "starts_at"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    kind: Mapped[Word] = mapped_column(default="talk")
    title: Mapped[Line]
    words: Mapped[str] = mapped_column(Text, default="")
    speaker: Mapped[Line] = mapped_column(default="")
    room: Mapped[Line]
    language: Mapped[Word]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    places: Mapped[int | None]
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar event
    cancelled_at: Mapped[datetime | None]


class Seat(Base):
    """status: going | waiting | cancelled. The waitlist is by `asked_at`."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("talk_id", "registration_id"),
        Index(None, "talk_id", "status", "asked_at"),  # who is going, and the waitlist in its order
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    talk_id: Mapped[uuid.UUID] = points_to("talk.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    status: Mapped[Word]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)

    talk: Mapped[Talk] = relationship(lazy="raise")
    registration: Mapped[Registration] = relationship(lazy="raise")
