"""Limits as rows, so that they hold over all workers.

A limit counts what was let through within the last `window`. What it refuses is not counted, so whoever
waits as long as `retry_after` says gets in.
"""

from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Insert, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bazaar import clock
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.i18n import in_words
from bazaar.people.models import Tally
from bazaar.people.rules import Limit
from bazaar.words import hashed


def count(limit: Limit, who: str) -> None:
    """Count one more for `who`, in this transaction. Raises Refused with `retry_after` beyond the limit."""
    key = hashed(f"{limit.name}: {who}")
    now = clock.now()
    _in_turn(key)
    begun = _step_of(now, limit.step)
    db.session.execute(_one_more(key, begun))
    steps = db.session.execute(
        select(Tally.window_start, Tally.count)
        .where(Tally.key == key, Tally.window_start > now - limit.window - limit.step)
        .order_by(Tally.window_start)
    ).all()
    over = sum(count for _start, count in steps) - limit.most
    if over <= 0:
        return
    for start, many in steps:
        over -= many
        if over <= 0:
            raise _too_many(start + limit.window + limit.step - now)


def _too_many(wait: timedelta) -> Refused:
    seconds = max(1, int(wait.total_seconds()) + 1)
    words = in_words(timedelta(seconds=max(60, seconds)))
    return Refused(_("That was too many times. Try again in %(time)s.", time=words), retry_after=seconds)


def _step_of(moment: datetime, step: timedelta) -> datetime:
    seconds = int(step.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


def _one_more(key: str, begun: datetime) -> Insert:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return (
        insert(Tally)
        .values(key=key, window_start=begun, count=1)
        .on_conflict_do_update(index_elements=["key", "window_start"], set_={"count": Tally.count + 1})
    )


def _in_turn(key: str) -> None:
    """Two who count the same stand in line, also when a new step begins between them."""
    if db.engine.dialect.name == "postgresql":  # on SQLite whoever writes is alone
        number = int.from_bytes(bytes.fromhex(key[:16]), signed=True)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))
