"""Paired devices and the scans they make. A scan row is never changed and never deleted."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Hash, Id, Line, Word, may_point_to, points_to
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration


class PairingCode(Base):
    """A one-use code, valid for ten minutes, that pairs a phone with one fair and one purpose."""

    __tablename__ = "pairing_code"

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    purpose: Mapped[Word]  # door | booth | session | kiosk
    exhibitor_id: Mapped[uuid.UUID | None] = points_to("exhibitor.id")
    talk_id: Mapped[uuid.UUID | None] = points_to("talk.id")
    label: Mapped[Line] = mapped_column(default="")
    may_list: Mapped[bool] = mapped_column(default=False)
    may_names: Mapped[bool] = mapped_column(default=False)
    made_by: Mapped[uuid.UUID | None] = may_point_to("person.id")
    code_hash: Mapped[Hash] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Device(Base):
    __tablename__ = "device"
    __table_args__ = (
        CheckConstraint("purpose IN ('door', 'booth', 'session', 'kiosk')", name="purpose"),
        Index(None, "fair_id", "purpose"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    purpose: Mapped[Word]
    exhibitor_id: Mapped[uuid.UUID | None] = points_to("exhibitor.id")
    talk_id: Mapped[uuid.UUID | None] = points_to("talk.id")
    label: Mapped[Line]  # "Main door"
    held_by: Mapped[Line] = mapped_column(default="")  # who holds the phone, as they said
    person_id: Mapped[uuid.UUID | None] = may_point_to("person.id")  # the recruiter, where known
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    salt: Mapped[Hash]
    may_list: Mapped[bool] = mapped_column(default=False)
    may_names: Mapped[bool] = mapped_column(default=False)
    paired_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime | None]
    clock_off: Mapped[float] = mapped_column(default=0.0)  # seconds the phone is behind (+) or ahead (-)
    revoked_at: Mapped[datetime | None]

    exhibitor: Mapped[Exhibitor | None] = relationship(lazy="raise")


class Scan(Base):
    """One scan, exactly as the device said it and as we understood it. Its own journal entry.

    `id` is made by the device and unique within the fair. status: recorded | duplicate | conflict.
    """

    __tablename__ = "scan"
    __table_args__ = (
        PrimaryKeyConstraint("fair_id", "id"),
        Index(None, "fair_id", "person_id", "kind"),
        Index(None, "fair_id", "registration_id", "kind", "at"),
        Index(None, "fair_id", "exhibitor_id", "at"),
        Index(None, "fair_id", "status"),
        Index(None, "fair_id", "received_at"),
    )

    fair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("fair.id", ondelete="CASCADE"))
    id: Mapped[uuid.UUID]
    device_id: Mapped[uuid.UUID] = points_to("device.id")
    code: Mapped[Line]  # as resolved: 16 characters, or what was read where that is no code
    kind: Mapped[Word]  # in | out | booth | meeting | session
    at_said: Mapped[datetime]
    at: Mapped[datetime]  # corrected
    received_at: Mapped[datetime]
    offline: Mapped[bool]
    status: Mapped[Word]
    reason: Mapped[Word | None]
    first_id: Mapped[uuid.UUID | None]  # the earlier scan meant by duplicate or conflict
    badge_kind: Mapped[Word | None]
    person_id: Mapped[uuid.UUID | None] = may_point_to("person.id")
    registration_id: Mapped[uuid.UUID | None] = may_point_to("registration.id")
    exhibitor_id: Mapped[uuid.UUID | None] = points_to("exhibitor.id")
    talk_id: Mapped[uuid.UUID | None] = points_to("talk.id")
    note: Mapped[str] = mapped_column(Text, default="")
    star: Mapped[int] = mapped_column(default=0)
    next_step: Mapped[Word] = mapped_column(default="none")

    device: Mapped[Device] = relationship(lazy="raise")
    registration: Mapped[Registration | None] = relationship(lazy="raise")


class Correction(Base):
    """A mistaken scan is voided by a row of its own, never deleted. A conflict is settled the same way.

    verb: void | accept | dismiss.
    """

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("fair_id", "scan_id", "verb"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    scan_id: Mapped[uuid.UUID]
    verb: Mapped[Word]
    why: Mapped[Line] = mapped_column(default="")
    by: Mapped[uuid.UUID | None] = may_point_to("person.id")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Remark(Base):
    """What a recruiter wrote of a jobseeker: note, star, next step. Append-only.

    The latest per recruiter is shown, the earlier are kept; a colleague's never overwrites.
    `author` is the recruiter (a person) or, where nobody is signed in, the device.
    """

    __tablename__ = "remark"
    __table_args__ = (Index(None, "fair_id", "exhibitor_id", "registration_id", "at"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    author: Mapped[uuid.UUID]
    author_name: Mapped[Line]
    scan_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    note: Mapped[str] = mapped_column(Text, default="")
    star: Mapped[int] = mapped_column(default=0)
    next_step: Mapped[Word] = mapped_column(default="none")  # none | call | interview | send_cv | other
