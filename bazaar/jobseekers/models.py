"""A jobseeker's place at one fair, what they tell of themselves, and the badge codes of a fair."""

import datetime as dt
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Id, Line, Word, may_point_to, points_to
from bazaar.fairs.models import Fair
from bazaar.people.models import Person


class Registration(Base):
    """status: started (not finished yet) -> registered -> cancelled; joined (this row gave way to `joined_to`).

    source: self | desk | import. All of the profile is optional.
    """

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("fair_id", "person_id"),
        CheckConstraint("status IN ('started','registered','cancelled','joined')", name="status"),
        # The list, in order, a page at a time; its filters are looked up in the same place.
        Index("ix_registration_list", "fair_id", "status", "folded_name", "id", "source", "arrival_day_id"),
    )

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    status: Mapped[Word] = mapped_column(default="started")
    source: Mapped[Word] = mapped_column(default="self")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    registered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    joined_to: Mapped[uuid.UUID | None] = may_point_to("registration.id")
    name: Mapped[Line]  # as shown at this fair
    folded_name: Mapped[Line]  # words.fold(shown_name): a protected person is found by the alias alone
    protected: Mapped[bool] = mapped_column(default=False)
    alias: Mapped[Line] = mapped_column(default="")  # shown instead of the name where protected
    privacy_version: Mapped[int | None]
    privacy_language: Mapped[Word | None]
    privacy_at: Mapped[datetime | None]
    findable: Mapped[bool] = mapped_column(default=False)  # employers may find and invite
    arrival_day_id: Mapped[uuid.UUID | None] = may_point_to("fair_day.id")
    # Profile
    undecided: Mapped[bool] = mapped_column(default=False)  # "I do not know yet" is a real answer
    experience: Mapped[Word] = mapped_column(default="")
    education_level: Mapped[Word] = mapped_column(default="")
    education_country: Mapped[Word] = mapped_column(default="")
    recognition: Mapped[Word] = mapped_column(default="")
    swedish_by: Mapped[Word] = mapped_column(default="")  # sfi | cefr
    swedish: Mapped[Word] = mapped_column(default="")  # sfi_a..sfi_d, sas, or a1..c2, native, none
    licences: Mapped[list[str]] = mapped_column(default=list)
    would_move: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(Text, default="")

    fair: Mapped[Fair] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")

    @property
    def shown_name(self) -> str:
        """What badges, lists and employers see: the alias where the identity is protected."""
        return self.alias if self.protected else self.name


class WantedWork(Base):
    """Work the jobseeker wants: a field, or more exactly a group, or a name in it."""

    __tablename__ = "wanted_work"
    __table_args__ = (UniqueConstraint("registration_id", "field_code", "group_code", "name_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    field_code: Mapped[str] = mapped_column(ForeignKey("occupation_field.code"), index=True)
    group_code: Mapped[str | None] = mapped_column(ForeignKey("occupation_group.code"))
    name_id: Mapped[uuid.UUID | None] = may_point_to("occupation_name.id")

    registration: Mapped[Registration] = relationship(lazy="raise")


class SpokenLanguage(Base):
    __tablename__ = "spoken_language"
    __table_args__ = (UniqueConstraint("registration_id", "tag"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    tag: Mapped[Word]  # BCP 47
    level: Mapped[Word]  # basic | good | native

    registration: Mapped[Registration] = relationship(lazy="raise")


class WantedPlace(Base):
    __tablename__ = "wanted_place"
    __table_args__ = (UniqueConstraint("registration_id", "place"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    registration_id: Mapped[uuid.UUID] = points_to("registration.id")
    place: Mapped[Line]  # a municipality or county, in plain words


class AccessNeed(Base):
    """Kept apart, never shown to employers, erased after the fair."""

    __tablename__ = "access_need"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    interpreter: Mapped[Word] = mapped_column(default="")  # language tag, or empty
    step_free: Mapped[bool] = mapped_column(default=False)
    quiet: Mapped[bool] = mapped_column(default=False)
    half_day: Mapped[Word] = mapped_column(default="")  # morning | afternoon, or empty
    leaves_by: Mapped[dt.time | None]

    registration: Mapped[Registration] = relationship(lazy="raise")


class Badge(Base):
    """A badge code of a fair. It holds no personal data and is never a credential.

    A blank badge has no person yet. Voided codes stay, so that an old badge is still recognised.
    kind: jobseeker | representative | staff.
    """

    __tablename__ = "badge"
    __table_args__ = (Index(None, "fair_id", "person_id"),)

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    kind: Mapped[Word] = mapped_column(default="jobseeker")
    person_id: Mapped[uuid.UUID | None] = may_point_to("person.id")
    registration_id: Mapped[uuid.UUID | None] = may_point_to("registration.id")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    printed_at: Mapped[datetime | None]  # by the organiser, for handing out
    voided_at: Mapped[datetime | None]

    registration: Mapped[Registration | None] = relationship(lazy="raise")


class ToldApart(Base):
    """Two registrations that look like one person's and are not, as the desk has found out. one_id < other_id."""

    __tablename__ = "told_apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[Id]
    fair_id: Mapped[uuid.UUID] = points_to("fair.id")
    one_id: Mapped[uuid.UUID] = points_to("registration.id")
    other_id: Mapped[uuid.UUID] = points_to("registration.id")
    by: Mapped[uuid.UUID | None] = may_point_to("person.id")
