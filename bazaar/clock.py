"""The only place that asks what time it is.

`BAZAAR_NOW` (RFC 3339) makes the clock start there and run on, so that anybody can test expiry,
windows and reminders against real processes.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from functools import cache


@cache
def _shift() -> timedelta:
    said = os.environ.get("BAZAAR_NOW")
    if not said:
        return timedelta(0)
    started = os.environ.setdefault("BAZAAR_NOW_SINCE", str(time.time()))
    return read_rfc3339(said) - datetime.fromtimestamp(float(started), UTC)


def start() -> None:
    """Begin to count from BAZAAR_NOW, for this process and those it starts."""
    _shift()


def start_again() -> None:
    """Read BAZAAR_NOW anew: only for a command that has just set it."""
    os.environ.pop("BAZAAR_NOW_SINCE", None)
    _shift.cache_clear()


def now() -> datetime:
    """The moment, in UTC, with its zone."""
    return datetime.now(UTC) + _shift()


def is_moved() -> bool:
    """True when BAZAAR_NOW moved the clock; every page then shows a banner."""
    return bool(os.environ.get("BAZAAR_NOW"))


def read_rfc3339(text: str) -> datetime:
    """A moment in UTC from RFC 3339 text with a zone; ValueError says what is wrong."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f'no zone in "{text}"')
    return moment.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, to the second, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
