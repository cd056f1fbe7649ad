"""What may happen to a letter: when it is tried again, when it is given up, when a lost one may go out twice."""

from datetime import datetime, timedelta

# A sender that claimed a letter this long ago has died: no single sending lasts so long (see post.py).
CLAIM_LASTS = timedelta(minutes=2)
WAITS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` failures; None when it is given up."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None


def goes_again(purpose: str) -> bool:
    """Whether a letter that perhaps was sent goes out once more by itself.

    A second code does no harm and a missed one locks somebody out; a missed cancellation makes somebody
    travel for nothing. Everything else waits for an organiser's word.
    """
    return purpose == "code" or purpose.endswith("cancelled")


STOPPED = "stopped"  # an organiser held it back before it was sent
STUCK = ("failed", "perhaps_sent")  # a person decides: look at why, then try again or leave it


def may_try_again(status: str, secret: bool) -> bool:
    """A code or link is asked for anew instead: its words are gone."""
    return status in (*STUCK, STOPPED) and not secret


def may_stop(status: str, secret: bool) -> bool:
    """What nobody may read, nobody stops: somebody waits for the code or link."""
    return status == "waiting" and not secret
