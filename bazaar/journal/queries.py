"""Reading the journal of one fair, newest first."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from bazaar.db import db
from bazaar.journal.models import Entry
from bazaar.paging import ROWS, Page, page_of


def entries_of(
    fair_id: uuid.UUID,
    *,
    before: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
    thing: str | None = None,
    thing_id: uuid.UUID | None = None,
    actor: uuid.UUID | None = None,
    rows: int = ROWS,
) -> Page[Entry]:
    """A page of this fair's journal; of one kind of thing, of one thing, or of what one person did."""
    query = select(Entry).where(Entry.fair_id == fair_id)
    if thing is not None:
        query = query.where(Entry.thing == thing)
    if thing_id is not None:
        query = query.where(Entry.thing_id == thing_id)
    if actor is not None:
        query = query.where(Entry.actor == actor)
    return page_of(query, Entry.id, before=before, after=after, rows=rows)


def things_in(fair_id: uuid.UUID) -> Sequence[str]:
    """Which kinds of things this fair's journal tells of."""
    return db.session.scalars(select(Entry.thing).where(Entry.fair_id == fair_id).distinct()).all()


def actors_in(fair_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Who did something that this fair's journal tells of."""
    query = select(Entry.actor).where(Entry.fair_id == fair_id, Entry.actor.is_not(None)).distinct()
    return [actor for actor in db.session.scalars(query) if actor is not None]
