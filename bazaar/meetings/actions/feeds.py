"""Secret calendar addresses."""

import uuid

from bazaar import clock
from bazaar.db import db
from bazaar.journal.actions import note
from bazaar.meetings import queries
from bazaar.meetings.models import Feed
from bazaar.words import hashed, new_token


def new_feed(
    fair_id: uuid.UUID, person_id: uuid.UUID, kind: str, exhibitor_id: uuid.UUID | None = None
) -> str:
    """A new secret calendar address; the one before ends. The token is answered once and kept as a hash."""
    end_feed(fair_id, person_id, kind, exhibitor_id)
    token = new_token()
    feed = Feed(
        fair_id=fair_id, person_id=person_id, kind=kind, exhibitor_id=exhibitor_id, token_hash=hashed(token)
    )
    db.session.add(feed)
    db.session.flush()
    note("make", "feed", feed.id, fair_id=fair_id, actor=person_id, kind=kind)
    return token


def end_feed(
    fair_id: uuid.UUID, person_id: uuid.UUID, kind: str, exhibitor_id: uuid.UUID | None = None
) -> None:
    """The calendar address of this kind leads nowhere from now on."""
    feed = queries.standing_feed(fair_id, person_id, kind, exhibitor_id)
    if feed is not None:
        feed.ended_at = clock.now()
        note("end", "feed", feed.id, fair_id=fair_id, actor=person_id, kind=kind)
