"""People, the addresses they are reached at, their one-time codes and their open sessions."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bazaar import clock
from bazaar.db import Base, Hash, Id, Line, Word, points_to


class Person(Base):
    """Somebody. What they are (organiser, staff, ...) follows from rows of later features."""

    __tablename__ = "person"

    id: Mapped[Id]
    name: Mapped[Line]
    folded_name: Mapped[Line] = mapped_column(index=True)  # words.fold(name): for search and matching
    language: Mapped[Word] = mapped_column(default="sv")
    may_organise: Mapped[bool] = mapped_column(default=False)  # may make fairs
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    erased_at: Mapped[datetime | None]


class Contact(Base):
    """An address of a person. A family may share one: the same address may stand with several people."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("person_id", "address"),
        CheckConstraint("kind IN ('email', 'phone')", name="kind"),
    )

    id: Mapped[Id]
    person_id: Mapped[uuid.UUID] = points_to("person.id")
    kind: Mapped[Word]  # email | phone
    address: Mapped[Line] = mapped_column(index=True)  # lower-case e-mail or E.164 phone number
    verified_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class Code(Base):
    """A one-time code and the link that does the same. Only hashes are kept.

    Five wrong tries make it void. `person_id` is set when it is meant for one person (a link made by
    a command or an invitation), else whoever holds the address chooses who they are. With `for_new`
    the holder may also be somebody new: it comes from a registration.
    """

    __tablename__ = "code"

    id: Mapped[Id]
    address: Mapped[Line] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID | None] = points_to("person.id")
    code_hash: Mapped[Hash]
    link_hash: Mapped[Hash] = mapped_column(unique=True)
    purpose: Mapped[Word] = mapped_column(default="sign_in")  # sign_in | address (proves a new address)
    go_to: Mapped[Line] = mapped_column(default="/me/")
    for_new: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    many_times: Mapped[bool] = mapped_column(default=False)  # demo links only


class SignIn(Base):
    """An open session of a browser. `person_id` is empty until a family member has said who they are.

    With `for_new` they may also say "someone new".
    """

    __tablename__ = "sign_in"

    id: Mapped[Id]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    address: Mapped[Line | None]  # the verified address: who may be chosen
    person_id: Mapped[uuid.UUID | None] = points_to("person.id")
    for_new: Mapped[bool] = mapped_column(default=False)
    device: Mapped[Line]  # "Chrome, Android": from the browser's own words
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(lazy="raise")


class Tally(Base):
    """How often something was done in a short while: limits hold over all workers because they are rows."""

    __tablename__ = "tally"
    __table_args__ = (UniqueConstraint("key", "window_start"),)

    id: Mapped[Id]
    key: Mapped[Hash]  # a hash: no address stands here
    window_start: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=0)
