"""When a talk may be, who has a seat, and who is next. Pure: the moment is an argument."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

KINDS = ("talk", "workshop", "cv_help", "interview_practice")
GOING, WAITING, CANCELLED = "going", "waiting", "cancelled"
STANDING = (GOING, WAITING)
MOST_PLACES = 5000


@dataclass(frozen=True)
class Time:
    starts_at: datetime
    ends_at: datetime


def overlap(one: Time, other: Time) -> bool:
    """Whether nobody could be at both to their ends."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def closed(starts_at: datetime, cancelled_at: datetime | None, moment: datetime) -> str | None:
    """cancelled, begun, or None while people may still sign up."""
    if cancelled_at is not None:
        return "cancelled"
    return "begun" if starts_at <= moment else None


def status_for_next(places: int | None, going: int) -> str:
    """What the next one to ask becomes, when so many are going already. No places said: no limit."""
    return GOING if places is None or going < places else WAITING


def free_seats(places: int | None, going: int) -> int | None:
    """How many may still come; None where there is no limit."""
    return None if places is None else max(0, places - going)


@dataclass(frozen=True)
class Asked:
    """Somebody who asked for a seat, and when."""

    seat_id: uuid.UUID
    status: str
    asked_at: datetime


def _by_turn(asked: Iterable[Asked], status: str) -> list[Asked]:
    return sorted((one for one in asked if one.status == status), key=lambda one: (one.asked_at, one.seat_id))


def let_in(asked: Sequence[Asked], places: int | None) -> list[uuid.UUID]:
    """Who of the waiting gets a seat now: as many as there is room for, who asked first standing first."""
    waiting = _by_turn(asked, WAITING)
    free = free_seats(places, len(_by_turn(asked, GOING)))
    return [one.seat_id for one in (waiting if free is None else waiting[:free])]


def too_many(asked: Sequence[Asked], places: int | None) -> list[uuid.UUID]:
    """Who loses the seat when there are only so many places: those who asked last."""
    going = _by_turn(asked, GOING)
    return [] if places is None else [one.seat_id for one in going[places:]]
