"""A letter in the outbox. Plain ids, no foreign keys: a letter outlives what it tells of."""

import uuid
from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bazaar import clock
from bazaar.db import Base, Id, Line, Word


class Letter(Base):
    """One letter to one address.

    status: waiting -> claimed -> sent; or failed (given up), expired (not sent in time), perhaps_sent
    (its sender died after the claim was committed), stopped (an organiser held it back). A `secret` letter carries a code or a link: nobody
    may read it, and its words are blanked when it is sent or has expired.
    """

    __tablename__ = "letter"
    __table_args__ = (Index(None, "status", "next_try_at"), Index(None, "fair_id", "id"))

    id: Mapped[Id]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    fair_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    channel: Mapped[Word]  # email | sms
    address: Mapped[Line]
    language: Mapped[Word]
    purpose: Mapped[Word]  # code, invitation, meeting_booked, ...: the letter's kind, in one word
    subject: Mapped[Line]
    words: Mapped[str] = mapped_column(Text)
    secret: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime | None]
    status: Mapped[Word] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    problem: Mapped[Line | None]
