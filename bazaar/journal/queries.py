"""Reading the journal of one fair, newest first."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from bazaar.db import db
from bazaar.journal.models import Entry


def entries_of(
    fair_id: uuid.UUID, *, before: uuid.UUID | None = None, thing_id: uuid.UUID | None = None, limit: int = 50
) -> Sequence[Entry]:
    """At most `limit` lines of this fair, older than the entry `before`."""
    query = select(Entry).where(Entry.fair_id == fair_id).order_by(Entry.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Entry.id < before)
    if thing_id is not None:
        query = query.where(Entry.thing_id == thing_id)
    return db.session.scalars(query).all()
