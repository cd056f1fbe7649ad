"""Putting a letter in the outbox: one row, in the transaction of the change it tells of."""

import uuid
from datetime import datetime

from bazaar.db import db
from bazaar.messages.models import Letter


def put_in_outbox(
    *,
    channel: str,
    address: str,
    language: str,
    purpose: str,
    subject: str,
    words: str,
    fair_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    secret: bool = False,
    expires_at: datetime | None = None,
) -> Letter:
    """channel: email | sms (no subject is sent). `secret`: it carries a code or link, nobody may read it."""
    letter = Letter(
        channel=channel, address=address, language=language, purpose=purpose, subject=subject, words=words,
        fair_id=fair_id, person_id=person_id, secret=secret, expires_at=expires_at,
    )  # fmt: skip
    db.session.add(letter)
    return letter
