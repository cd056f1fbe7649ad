"""A fair and what it is made of. Settings of every rule are columns of Fair, each with its default."""

import datetime as dt
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Id, Line, Word, may_point_to, points_to
from bazaar.people.models import Person


class Fair(Base):
    __tablename__ = "fair"

    id: Mapped[Id]
    slug: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    tagline: Mapped[Line] = mapped_column(default="")
    venue: Mapped[Line] = mapped_column(default="")
    address: Mapped[Line] = mapped_column(default="")
    city: Mapped[Line] = mapped_column(default="")
    zone: Mapped[Word] = mapped_column(default="Europe/Stockholm")
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["sv", "en"])
    accent: Mapped[Word] = mapped_column(default="f79a8b")  # hex without #
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # PNG that we drew again ourselves
    has_logo: Mapped[bool] = mapped_column(default=False)
    published: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    # Privacy: who asks, what for, how long; jobseekers accept a version of these words.
    controller: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(Text, default="")
    keep_days: Mapped[int] = mapped_column(default=180)
    privacy_version: Mapped[int] = mapped_column(default=1)

    # Exhibitors and booths
    results_visible_from: Mapped[datetime | None]
    max_exhibitors: Mapped[int | None]  # beyond this, approving means waitlist
    hold_minutes: Mapped[int] = mapped_column(default=10)
    max_booths: Mapped[int] = mapped_column(default=1)  # per exhibitor and block
    sector_rule: Mapped[Word] = mapped_column(default="neighbours")  # neighbours | spread | none
    max_of_sector: Mapped[int | None]

    # Meetings (all minutes unless said)
    slot_minutes: Mapped[int] = mapped_column(default=15)
    gap_minutes: Mapped[int] = mapped_column(default=10)
    walk_minutes: Mapped[int] = mapped_column(default=5)  # between two halls
    booking_opens_days: Mapped[int] = mapped_column(default=14)
    booking_closes_minutes: Mapped[int] = mapped_column(default=60)
    request_hours: Mapped[int] = mapped_column(default=24)
    request_minutes_on_day: Mapped[int] = mapped_column(default=60)
    max_pending: Mapped[int] = mapped_column(default=5)
    max_meetings: Mapped[int] = mapped_column(default=6)
    start_window_minutes: Mapped[int] = mapped_column(default=15)
    call_minutes: Mapped[int] = mapped_column(default=5)  # called from a queue: how long to come
    max_queues: Mapped[int] = mapped_column(default=3)  # of a jobseeker at a time

    # Reminders of meetings; 0: none
    remind_day_hours: Mapped[int] = mapped_column(default=24)
    remind_hour_minutes: Mapped[int] = mapped_column(default=60)

    # The day and after
    repeat_minutes: Mapped[int] = mapped_column(default=5)  # a second booth scan within these is a repeat
    door_capacity: Mapped[int | None]
    answer_days: Mapped[int] = mapped_column(default=14)

    # SMS
    sms_daily_limit: Mapped[int] = mapped_column(default=500)
    sms_countries: Mapped[list[str]] = mapped_column(default=lambda: ["SE"])


class FairDay(Base):
    """A day of the fair; hours are wall-clock times in the fair's zone."""

    __tablename__ = "fair_day"
    __table_args__ = (UniqueConstraint("fair_id", "date"), CheckConstraint("opens < closes", name="hours"))

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    date: Mapped[dt.date]
    opens: Mapped[dt.time]
    closes: Mapped[dt.time]


class Phase(Base):
    """When a form is open. Kinds: exhibitors, booths, jobseekers, wishes, booking, fair, followup."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("fair_id", "kind"),
        CheckConstraint("opens_at < closes_at", name="order"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    kind: Mapped[Word]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class Hall(Base):
    """A hall as a grid of `rows` x `columns` cells, each `cell_metres` wide."""

    __tablename__ = "hall"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    name: Mapped[Line]
    position: Mapped[int] = mapped_column(default=0)  # order on pages
    rows: Mapped[int] = mapped_column(default=12)
    columns: Mapped[int] = mapped_column(default=20)
    cell_metres: Mapped[float] = mapped_column(default=1.0)
    entrance_row: Mapped[int | None]
    entrance_column: Mapped[int | None]
    picture: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True
    )  # JPEG that we drew again ourselves
    picture_version: Mapped[Word] = mapped_column(default="")  # of its address; empty: no picture


class Partner(Base):
    """An organisation that gives the fair together with others."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    name: Mapped[Line]
    kind: Mapped[Word]  # county | municipality | employment_service | business | association | other
    website: Mapped[Line] = mapped_column(default="")
    shown: Mapped[bool] = mapped_column(default=True)


class PrivacyWords(Base):
    """What a fair's privacy words said in an earlier version: jobseekers accepted one of them."""

    __tablename__ = "privacy_words"
    __table_args__ = (UniqueConstraint("fair_id", "version"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    version: Mapped[int]
    controller: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    keep_days: Mapped[int]
    until: Mapped[datetime] = mapped_column(default=clock.now)


class Organiser(Base):
    """A person's part in organising a fair: owner, co_organiser or viewer."""

    __tablename__ = "organiser"
    __table_args__ = (
        UniqueConstraint("fair_id", "person_id"),
        CheckConstraint("role IN ('owner', 'co_organiser', 'viewer')", name="role"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    partner_id: Mapped[uuid.UUID | None] = may_point_to("partner.id")
    role: Mapped[Word]

    fair: Mapped[Fair] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    partner: Mapped[Partner | None] = relationship(lazy="raise")


class Staff(Base):
    """A person who works at the door or the desk. Supervisors may search by name."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("fair_id", "person_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    task: Mapped[Line] = mapped_column(default="")
    supervisor: Mapped[bool] = mapped_column(default=False)

    fair: Mapped[Fair] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
