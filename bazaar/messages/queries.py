"""Reading a fair's outbox, newest first. What a secret letter said is nobody's to read."""

import uuid

from sqlalchemy import select

from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.messages.models import Letter
from bazaar.messages.rules import STUCK
from bazaar.paging import ROWS, Page, page_of


def letters_of(
    fair_id: uuid.UUID,
    *,
    stuck: bool = False,
    before: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
    rows: int = ROWS,
) -> Page[Letter]:
    """A page of this fair's letters; with `stuck` only those that somebody should look at."""
    query = select(Letter).where(Letter.fair_id == fair_id)
    if stuck:
        query = query.where(Letter.status.in_(STUCK))
    return page_of(query, Letter.id, before=before, after=after, rows=rows)


def letter_of(fair_id: uuid.UUID, letter_id: uuid.UUID) -> Letter:
    letter = db.session.scalar(select(Letter).where(Letter.fair_id == fair_id, Letter.id == letter_id))
    if letter is None:
        raise NotFound
    return letter
