"""Putting a letter in the outbox: one row, in the transaction of the change it tells of."""

import uuid
from datetime import datetime

from flask_babel import gettext as _

from bazaar import clock
from bazaar.db import db, locked
from bazaar.errors import Refused
from bazaar.journal.actions import note
from bazaar.messages.models import Letter
from bazaar.messages.rules import may_try_again


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


def try_again(letter: Letter, by: uuid.UUID) -> None:
    """A person has looked at a letter that failed, or perhaps went: it waits again."""
    letter = locked(Letter, letter.id)
    if not may_try_again(letter.status, letter.secret):
        raise Refused(_("This letter is not sent again."))
    letter.status, letter.tries, letter.problem = "waiting", 0, None
    letter.claimed_at, letter.next_try_at = None, clock.now()
    note("tried_again", "letter", letter.id, fair_id=letter.fair_id, actor=by)
