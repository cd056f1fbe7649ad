"""The organiser's day: the hall at a glance, and what comes soon."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Row, func, or_, select

from bazaar.checkin.models import Device
from bazaar.checkin.queries import arrivals, in_the_hall
from bazaar.db import db
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of
from bazaar.followups.queries.truth import STATE, times
from bazaar.i18n import moment_of
from bazaar.meetings.models import Meeting
from bazaar.programme.models import Seat, Talk

QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Today:
    """The hall at a glance."""

    came: int
    inside: int
    held: int
    running: int
    no_show: int
    devices: int
    quiet_devices: int
    quarters: list[tuple[datetime, int]]


def day_at(fair: Fair, now: datetime) -> FairDay | None:
    """The fair's day that is running or was last; before the first, None."""
    begun = [
        day for day in days_of(fair.id) if moment_of(day.date, day.opens, fair) - timedelta(hours=2) <= now
    ]
    return begun[-1] if begun else None


def day_counts(fair: Fair, day: FairDay, now: datetime) -> Today:
    """Counts of one day; arrivals are by the time of the scan, each person once."""
    opens, closes = moment_of(day.date, day.opens, fair), moment_of(day.date, day.closes, fair)
    since, until = opens - timedelta(hours=3), closes + timedelta(hours=3)
    came = arrivals(fair.id, since, until)
    by_state = _meetings_by_state(fair, since, until, now)
    running = select(func.count()).where(
        Meeting.fair_id == fair.id,
        Meeting.status.in_(("booked", "held")),
        Meeting.starts_at <= now,
        Meeting.ends_at > now,
    )
    active = (Device.fair_id == fair.id, Device.revoked_at.is_(None))
    unheard = or_(Device.last_seen_at.is_(None), Device.last_seen_at < now - timedelta(minutes=15))
    first = opens - timedelta(minutes=opens.minute % 15)
    quarters = [first + QUARTER * step for step in range(ceil((closes - first) / QUARTER))]
    counted = dict.fromkeys(quarters, 0)
    for at in came.values():
        step = int(max(at - first, timedelta(0)) / QUARTER)
        counted[quarters[min(step, len(quarters) - 1)]] += 1
    return Today(
        came=len(came),
        inside=len(in_the_hall(fair.id, now, since)),
        held=by_state.get("held", 0),
        running=db.session.scalar(running) or 0,
        no_show=by_state.get("no_show", 0),
        devices=db.session.scalar(select(func.count()).select_from(Device).where(*active)) or 0,
        quiet_devices=db.session.scalar(select(func.count()).select_from(Device).where(*active, unheard))
        or 0,
        quarters=list(counted.items()),
    )


def _meetings_by_state(fair: Fair, since: datetime, until: datetime, now: datetime) -> dict[str, int]:
    """How many of a day's meetings stand how: one whose jobseeker was scanned at its time was held."""
    states = (
        select(STATE.label("state"))
        .where(Meeting.fair_id == fair.id, Meeting.starts_at >= since, Meeting.starts_at < until)
        .subquery()
    )
    counted = db.session.execute(
        select(states.c.state, func.count()).group_by(states.c.state), times(fair, now)
    )
    return {row[0]: row[1] for row in counted}


def talks_soon(fair_id: uuid.UUID, now: datetime, most: int = 5) -> Sequence[Row[tuple[Talk, int]]]:
    """The next talks, with how many are going."""
    going = select(func.count()).where(Seat.talk_id == Talk.id, Seat.status == "going").scalar_subquery()
    query = (
        select(Talk, going)
        .where(Talk.fair_id == fair_id, Talk.cancelled_at.is_(None), Talk.ends_at > now)
        .order_by(Talk.starts_at)
        .limit(most)
    )
    return db.session.execute(query).all()
