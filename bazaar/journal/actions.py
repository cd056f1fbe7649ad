"""Writing a line in the journal: every action that changes something calls `note`."""

import uuid
from typing import Any

from bazaar.db import db
from bazaar.journal.models import Entry


def note(
    verb: str,
    thing: str,
    thing_id: uuid.UUID | None,
    *,
    fair_id: uuid.UUID | None = None,
    actor: uuid.UUID | None = None,
    **facts: Any,
) -> None:
    """Add one line. `facts` must be JSON and hold no personal data (no names, addresses, notes)."""
    db.session.add(
        Entry(verb=verb, thing=thing, thing_id=thing_id, fair_id=fair_id, actor=actor, facts=facts)
    )
