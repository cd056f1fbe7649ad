"""What waits in the outbox; and a fair's own outbox, newest first. A secret letter's words are nobody's to read."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bazaar import clock
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.messages.models import Letter
from bazaar.messages.rules import CLAIM_LASTS, STUCK
from bazaar.paging import ROWS, Page, page_of


def anything_to_do() -> bool:
    """Whether a sender has something to send, or to clear up after one that died."""
    now = clock.now()
    due = select(Letter.id).where(Letter.status == "waiting", Letter.next_try_at <= now).limit(1)
    lost = select(Letter.id).where(Letter.status == "claimed", Letter.claimed_at < now - CLAIM_LASTS).limit(1)
    late = select(Letter.id).where(is_too_late(now)).limit(1)
    return any(db.session.scalar(query) is not None for query in (due, lost, late))


def is_too_late(now: datetime) -> ColumnElement[bool]:
    """Letters with words that must not be sent any more, and secrets that are of no use any more."""
    return and_(
        Letter.expires_at <= now,
        or_(Letter.status == "waiting", and_(Letter.secret, Letter.words != "", Letter.status != "claimed")),
    )


def waiting() -> int:
    """How many letters are still to be sent, now or later."""
    query = select(func.count()).where(Letter.status.in_(("waiting", "claimed")))
    return db.session.scalar(query) or 0


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
