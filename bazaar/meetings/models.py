"""Slots that an exhibitor offers, meetings between a jobseeker and an exhibitor, pairs that said no."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Hash, Id, Word, may_point_to, points_to
from bazaar.employers.models import Exhibitor, Vacancy
from bazaar.jobseekers.models import Registration
from bazaar.people.models import Person

_STANDING = text("status IN ('booked', 'held', 'no_show')")


class Slot(Base):
    """A time at one of an exhibitor's tables. `recruiter_id` says who sits there, if decided."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "table", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="times"),
        Index(None, "fair_id", "starts_at"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    table: Mapped[int]
    recruiter_id: Mapped[uuid.UUID | None] = may_point_to("person.id")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_open: Mapped[bool] = mapped_column(default=True)  # booked directly; else kept for accepted requests
    withdrawn_at: Mapped[datetime | None]

    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    recruiter: Mapped[Person | None] = relationship(lazy="raise")


class Meeting(Base):
    """status: requested -> booked | declined | expired | cancelled; booked -> held | no_show | cancelled.

    Booked and never scanned nor spoken of stays `booked`: unknown, not no-show.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        Index("uq_meeting_slot", "slot_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
        Index(
            "uq_meeting_jobseeker_start",
            "registration_id",
            "starts_at",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(
            "uq_meeting_pair_open",
            "registration_id",
            "exhibitor_id",
            unique=True,
            sqlite_where=text("status IN ('requested', 'booked')"),
            postgresql_where=text("status IN ('requested', 'booked')"),
        ),
        Index(None, "fair_id", "exhibitor_id", "status"),
        Index(None, "fair_id", "registration_id", "status"),
        Index(None, "fair_id", "status", "starts_at"),
        Index(None, "fair_id", "starts_at", "id"),  # the organisers' list, in order, a page at a time
        Index(None, "status", "expires_at"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    vacancy_id: Mapped[uuid.UUID | None] = may_point_to("vacancy.id")
    slot_id: Mapped[uuid.UUID | None] = may_point_to("slot.id")
    came_by: Mapped[Word]  # open_slot | request | walk_in
    status: Mapped[Word]
    message: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]  # of a request
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    ended_by: Mapped[Word] = mapped_column(default="")  # jobseeker | exhibitor | organiser, of a cancellation
    reason: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar event

    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    registration: Mapped[Registration] = relationship(lazy="raise")
    slot: Mapped[Slot | None] = relationship(lazy="raise")
    vacancy: Mapped[Vacancy | None] = relationship(lazy="raise")


class PairBlock(Base):
    """Not this employer, or not this person: no meeting between the two comes about."""

    __tablename__ = "pair_block"
    __table_args__ = (UniqueConstraint("registration_id", "exhibitor_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    by: Mapped[Word]  # jobseeker | exhibitor
    at: Mapped[datetime] = mapped_column(default=clock.now)

    registration: Mapped[Registration] = relationship(lazy="raise")


class Feed(Base):
    """A secret calendar address, kept as a hash; making a new one ends the old.

    kind: jobseeker (their meetings and talks) | recruiter (their own meetings at an exhibitor) |
    exhibitor (all of its meetings).
    """

    __tablename__ = "feed"
    __table_args__ = (CheckConstraint("kind IN ('jobseeker', 'recruiter', 'exhibitor')", name="kind"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    kind: Mapped[Word] = mapped_column(default="jobseeker")
    exhibitor_id: Mapped[uuid.UUID | None] = points_to("exhibitor.id")
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
