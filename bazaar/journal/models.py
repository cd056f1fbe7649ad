"""A journal entry: never changed, never deleted, and never holding personal data."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bazaar import clock
from bazaar.db import Base, Id, Word


class Entry(Base):
    """`actor` did `verb` to `thing` (a table's word) `thing_id`; `facts` holds settings, never people."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index(None, "fair_id", "id"), Index(None, "thing_id"))

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    fair_id: Mapped[uuid.UUID | None]
    actor: Mapped[uuid.UUID | None]  # a person; None is the system or a command
    verb: Mapped[Word]
    thing: Mapped[Word]
    thing_id: Mapped[uuid.UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
