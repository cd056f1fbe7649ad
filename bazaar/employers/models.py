"""An organisation registers once and takes part in many fairs, each time as an exhibitor."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Hash, Id, Line, Word, points_to
from bazaar.fairs.models import Fair, FairDay
from bazaar.people.models import Person


class Organisation(Base):
    __tablename__ = "organisation"

    id: Mapped[Id]
    name: Mapped[Line]
    folded_name: Mapped[Line] = mapped_column(index=True)
    number: Mapped[Word | None] = mapped_column(unique=True)  # 10 digits; a sole trader's is never shown
    sector: Mapped[Word] = mapped_column(default="")  # a key of employers.rules.SECTORS, or empty
    municipality: Mapped[Line] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    email: Mapped[Line] = mapped_column(default="")
    invoice_address: Mapped[str] = mapped_column(Text, default="")
    invoice_reference: Mapped[Line] = mapped_column(default="")
    invoice_email: Mapped[Line] = mapped_column(default="")
    peppol_id: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Representative(Base):
    """A person who acts for an organisation: admin or recruiter. Ended, never deleted."""

    __tablename__ = "representative"
    __table_args__ = (
        UniqueConstraint("organisation_id", "person_id"),
        CheckConstraint("role IN ('admin', 'recruiter')", name="role"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = points_to("organisation.id")
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    role: Mapped[Word]
    ended_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Invitation(Base):
    """A one-use link by which somebody becomes a representative."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = points_to("organisation.id")
    address: Mapped[Line]
    role: Mapped[Word]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class Exhibitor(Base):
    """An organisation's place at one fair.

    status: applied -> approved | waitlisted | declined; withdrawn by the exhibitor itself.
    kind: employer, education, start_up, authority, association, municipality.
    """

    __tablename__ = "exhibitor"
    __table_args__ = (
        UniqueConstraint("fair_id", "organisation_id"),
        CheckConstraint(
            "status IN ('applied','approved','waitlisted','declined','withdrawn')", name="status"
        ),
        Index(None, "fair_id", "status"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    organisation_id: Mapped[uuid.UUID] = points_to("organisation.id")
    kind: Mapped[Word] = mapped_column(default="employer")
    status: Mapped[Word] = mapped_column(default="applied")
    reason: Mapped[str] = mapped_column(Text, default="")
    applied_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    presentation: Mapped[str] = mapped_column(Text, default="")
    # What it needs of a booth
    sockets: Mapped[int] = mapped_column(default=0)
    least_width: Mapped[int] = mapped_column(default=1)  # grid cells
    step_free: Mapped[bool] = mapped_column(default=False)
    strong_power: Mapped[bool] = mapped_column(default=False)  # 400 V
    booth_kind: Mapped[Word] = mapped_column(
        default=""
    )  # a key of employers.names.BOOTH_KINDS, or empty: any
    price_class: Mapped[Word] = mapped_column(default="")  # as the organisers call it, or empty: any
    booths: Mapped[int] = mapped_column(default=1)  # how many, at most as many as the fair allows
    part_of_day: Mapped[Word] = mapped_column(default="whole")  # whole | morning | afternoon
    wishes: Mapped[str] = mapped_column(Text, default="")
    # How it meets people; these combine
    open_slots: Mapped[bool] = mapped_column(default=False)
    by_request: Mapped[bool] = mapped_column(default=True)
    walk_up: Mapped[bool] = mapped_column(default=True)  # a queue at the booth
    tables: Mapped[int] = mapped_column(default=1)  # parallel seats
    interviews_today: Mapped[bool] = mapped_column(default=False)
    back_at: Mapped[datetime | None]  # nobody is at the booth until then

    fair: Mapped[Fair] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class ExhibitorDay(Base):
    """A day on which an exhibitor takes part."""

    __tablename__ = "exhibitor_day"
    __table_args__ = (UniqueConstraint("exhibitor_id", "fair_day_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    fair_day_id: Mapped[uuid.UUID] = points_to("fair_day.id")

    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")
    fair_day: Mapped[FairDay] = relationship(lazy="raise")


class Vacancy(Base):
    """A job at a fair. A draft lacks facts (employers.rules.missing_facts) and no jobseeker sees it."""

    __tablename__ = "vacancy"
    __table_args__ = (UniqueConstraint("exhibitor_id", "external_id"), Index(None, "fair_id", "status"))

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    exhibitor_id: Mapped[uuid.UUID] = points_to("exhibitor.id")
    external_id: Mapped[Line | None]
    title: Mapped[Line]
    folded_title: Mapped[Line] = mapped_column(index=True)
    description: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[Word] = mapped_column(default="draft")  # draft | published | withdrawn
    # The expectation facts: None means not yet said
    openings: Mapped[int | None]
    group_code: Mapped[str | None] = mapped_column(ForeignKey("occupation_group.code"), index=True)
    pay_from: Mapped[int | None]  # whole kronor
    pay_to: Mapped[int | None]
    pay_period: Mapped[Word | None]  # month | hour
    hours: Mapped[Word | None]  # full_time | part_time | both | by_the_hour
    hours_words: Mapped[Line] = mapped_column(default="")  # "day and evening"
    place: Mapped[Line | None]
    swedish: Mapped[Word | None]  # a key of employers.rules.SWEDISH: none, sfi_a .. sfi_d, sas, fluent
    other_languages: Mapped[list[str]] = mapped_column(default=list)  # BCP 47 tags that work too
    recognition: Mapped[Word | None]  # needed | not_needed
    licence: Mapped[Word | None]  # none | B | C | CE | D | ...
    interviews_today: Mapped[bool | None]
    decides_today: Mapped[bool | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")


class Upload(Base):
    """A file of an import between the page that shows what it holds and the one that takes it in. Kept an hour."""

    __tablename__ = "upload"

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    kind: Mapped[Word]  # exhibitors | vacancies
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    name: Mapped[Line]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)
