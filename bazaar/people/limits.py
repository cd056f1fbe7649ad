"""Limits as rows, so that they hold over all workers.

A limit counts what was let through within the last `window`. What it refuses is not counted, so whoever
waits as long as `retry_after` says gets in.
"""

from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Uuid, bindparam, func, select, text

from bazaar import clock
from bazaar.db import UtcDateTime, db, new_id
from bazaar.errors import Refused
from bazaar.i18n import in_words
from bazaar.people.models import Tally
from bazaar.people.rules import Limit
from bazaar.words import hashed

# Built once: every sign-in passes here twice.
ONE_MORE = text(
    "INSERT INTO tally (id, key, window_start, count) VALUES (:id, :key, :begun, 1) "
    "ON CONFLICT (key, window_start) DO UPDATE SET count = tally.count + 1"
).bindparams(bindparam("id", type_=Uuid), bindparam("begun", type_=UtcDateTime))
STEPS = (
    select(Tally.window_start, Tally.count)
    .where(Tally.key == bindparam("who"), Tally.window_start > bindparam("since"))
    .order_by(Tally.window_start)
)
IN_TURN = select(func.pg_advisory_xact_lock(bindparam("number")))


def count(limit: Limit, who: str) -> None:
    """Count one more for `who`, in this transaction. Raises Refused with `retry_after` beyond the limit."""
    key, now, looks_back = hashed(f"{limit.name}: {who}"), clock.now(), limit.window + limit.step
    _in_turn(key)
    db.session.execute(ONE_MORE, {"id": new_id(), "key": key, "begun": _step_of(now, limit.step)})
    steps = db.session.execute(STEPS, {"who": key, "since": now - looks_back}).all()
    over = sum(many for _begun, many in steps) - limit.most
    if over <= 0:
        return
    for begun, many in steps:
        over -= many
        if over <= 0:
            raise _too_many(begun + looks_back - now)


def _too_many(wait: timedelta) -> Refused:
    seconds = max(1, int(wait.total_seconds()) + 1)
    words = in_words(timedelta(seconds=max(60, seconds)))
    return Refused(_("That was too many times. Try again in %(time)s.", time=words), retry_after=seconds)


def _step_of(moment: datetime, step: timedelta) -> datetime:
    seconds = int(step.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


def _in_turn(key: str) -> None:
    """Two who count the same stand in line, also when a new step begins between them."""
    if db.engine.dialect.name == "postgresql":  # on SQLite whoever writes is alone
        number = int.from_bytes(bytes.fromhex(key[:16]), signed=True)
        db.session.execute(IN_TURN, {"number": number})
