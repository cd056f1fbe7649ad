"""The outbox: letters are put in with the change they tell of, claimed by one sender, and marked.

Nothing here commits. The sender commits a claim before it sends, so that no other sender takes the same
letter, and so that a letter whose sender died is known as one that perhaps was sent.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import case, or_, select, update

from bazaar import clock
from bazaar.db import db, locked
from bazaar.errors import Refused
from bazaar.journal.actions import note
from bazaar.messages.models import Letter
from bazaar.messages.queries import is_too_late
from bazaar.messages.rules import CLAIM_LASTS, STOPPED, goes_again, may_stop, may_try_again, next_try


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
    """channel: email | sms (no subject is sent). `secret`: it carries a code or link, nobody may read it.

    A purpose that ends in `cancelled` marks a letter that must arrive, if need be twice (rules.goes_again).
    """
    letter = Letter(
        channel=channel, address=address, language=language, purpose=purpose, subject=subject[:300], words=words,
        fair_id=fair_id, person_id=person_id, secret=secret, expires_at=expires_at,
    )  # fmt: skip
    db.session.add(letter)
    return letter


def claim() -> Letter | None:
    """The next letter to send, claimed, and no longer tied to the session: codes first, then by their time."""
    now = clock.now()
    letter = db.session.scalar(
        select(Letter)
        .where(
            Letter.status == "waiting",
            Letter.next_try_at <= now,
            or_(Letter.expires_at.is_(None), Letter.expires_at > now),
        )
        .order_by(case((Letter.purpose == "code", 0), else_=1), Letter.next_try_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if letter is not None:
        letter.status, letter.claimed_at, letter.tries = "claimed", now, letter.tries + 1
        db.session.flush()
        db.session.expunge(letter)
    return letter


def mark_sent(letter: Letter) -> None:
    """The other side has taken it."""
    _mark(letter, status="sent", sent_at=clock.now(), problem=None)


def mark_failed(letter: Letter, problem: str, *, for_good: bool) -> str:
    """It was not taken: tried again later, or given up. Gives the status."""
    again = None if for_good else next_try(letter.tries, clock.now())
    if again is None:
        _mark(letter, status="failed", problem=problem[:300])
        return "failed"
    _mark(letter, status="waiting", next_try_at=again, problem=problem[:300])
    return "waiting"


def mark_perhaps_sent(letter: Letter, problem: str) -> str:
    """Nobody knows whether it was taken: some letters go again by themselves. Gives the status."""
    now = clock.now()
    in_time = letter.expires_at is None or letter.expires_at > now
    again = next_try(letter.tries, now) if in_time and goes_again(letter.purpose) else None
    if again is None:
        _mark(letter, status="perhaps_sent", problem=problem[:300])
        return "perhaps_sent"
    _mark(letter, status="waiting", next_try_at=again, problem=problem[:300])
    return "waiting"


# --- Letters that the clock makes due -------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """Whether a later feature has letters that time alone makes due (a request ran out), and writing them."""

    is_due: Callable[[datetime], bool]
    write: Callable[[datetime], object]


_due: list[Due] = []


def when_due(is_due: Callable[[datetime], bool], write: Callable[[datetime], object]) -> None:
    """A later feature says what the sender is to look at before it sends."""
    _due.append(Due(is_due, write))


def anything_due() -> bool:
    return any(each.is_due(clock.now()) for each in _due)


def write_due() -> None:
    """Put into the outbox what the clock has made due."""
    for each in _due:
        if each.is_due(clock.now()):
            each.write(clock.now())


# --- Tidying --------------------------------------------------------------------------------


def clear_up() -> None:
    """Letters whose sender died are perhaps sent; those that are too late never are, and secrets are forgotten."""
    now = clock.now()
    lost = select(Letter).where(Letter.status == "claimed", Letter.claimed_at < now - CLAIM_LASTS)
    for letter in db.session.scalars(lost.with_for_update(skip_locked=True)):
        mark_perhaps_sent(letter, "its sender died")
    db.session.execute(
        update(Letter)
        .where(is_too_late(now))
        .values(status=case((Letter.status == "waiting", "expired"), else_=Letter.status), words=""),
        execution_options={"synchronize_session": False},
    )


def try_again(letter: Letter, by: uuid.UUID) -> None:
    """A person has looked at a letter that failed, was stopped, or perhaps went: it waits again, not before its time."""
    letter = locked(Letter, letter.id)
    if not may_try_again(letter.status, letter.secret):
        raise Refused(_("This letter is not sent again."))
    letter.status, letter.tries, letter.problem = "waiting", 0, None
    letter.claimed_at, letter.next_try_at = None, max(letter.next_try_at, clock.now())
    note("tried_again", "letter", letter.id, fair_id=letter.fair_id, actor=by)


def stop(letter: Letter, by: uuid.UUID) -> None:
    """An organiser holds back a letter that still waits."""
    letter = locked(Letter, letter.id)
    if not may_stop(letter.status, letter.secret):
        raise Refused(
            _("This letter cannot be stopped: it is on its way already, or carries a code or a link.")
        )
    letter.status = STOPPED
    note("stopped", "letter", letter.id, fair_id=letter.fair_id, actor=by)


def hold_back(letter_id: uuid.UUID) -> bool:
    """What a letter tells of no longer holds: if it still waits it is not sent, its words are forgotten.

    Says whether surely nobody has read it.
    """
    letter = locked(Letter, letter_id)
    if letter.status != "waiting":
        return False
    letter.status, letter.words = STOPPED, ""
    return letter.tries == 0


def _mark(letter: Letter, *, status: str, **facts: object) -> None:
    """Only the claim's own sender marks the letter; one that was thought dead comes too late."""
    if letter.secret and status in ("sent", "failed"):
        facts["words"] = ""
    db.session.execute(
        update(Letter)
        .where(Letter.id == letter.id, Letter.status == "claimed", Letter.claimed_at == letter.claimed_at)
        .values(status=status, **facts),
        execution_options={"synchronize_session": False},
    )
