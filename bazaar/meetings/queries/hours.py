"""What the rules want to know of a fair: its limits, its hours, and whether meetings can be booked now."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bazaar.booths.models import Block, BoothBooking
from bazaar.db import db
from bazaar.employers.models import ExhibitorDay
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of, phase_of
from bazaar.i18n import local, moment_of
from bazaar.meetings import rules
from bazaar.meetings.rules import Limits, Opening


def limits_of(fair: Fair) -> Limits:
    """The fair's settings, as the rules take them."""
    return Limits(
        gap=timedelta(minutes=fair.gap_minutes),
        walk=timedelta(minutes=fair.walk_minutes),
        opens_before=timedelta(days=fair.booking_opens_days),
        closes_before=timedelta(minutes=fair.booking_closes_minutes),
        request_life=timedelta(hours=fair.request_hours),
        request_life_on_day=timedelta(minutes=fair.request_minutes_on_day),
        max_pending=fair.max_pending,
        max_meetings=fair.max_meetings,
        start_window=timedelta(minutes=fair.start_window_minutes),
    )


def openings_of(fair: Fair) -> list[Opening]:
    """The fair's own hours, day by day."""
    return [_opening(day, fair) for day in days_of(fair.id)]


def _opening(day: FairDay, fair: Fair) -> Opening:
    return Opening(moment_of(day.date, day.opens, fair), moment_of(day.date, day.closes, fair))


def hours_of(fair: Fair, exhibitor_id: uuid.UUID) -> list[tuple[FairDay, list[Opening]]]:
    """When this exhibitor may be met: its blocks at a booth, or the whole day while it has none that day."""
    days = db.session.scalars(
        select(FairDay)
        .join(ExhibitorDay, ExhibitorDay.fair_day_id == FairDay.id)
        .where(FairDay.fair_id == fair.id, ExhibitorDay.exhibitor_id == exhibitor_id)
        .order_by(FairDay.date)
    ).all()
    blocks = db.session.execute(
        select(Block.fair_day_id, Block.starts_at, Block.ends_at)
        .join(BoothBooking, BoothBooking.block_id == Block.id)
        .where(
            BoothBooking.fair_id == fair.id,
            BoothBooking.exhibitor_id == exhibitor_id,
            BoothBooking.held_until.is_(None),
        )
        .order_by(Block.starts_at)
    ).all()
    at_booth = {
        day.id: [Opening(starts, ends) for day_id, starts, ends in blocks if day_id == day.id] for day in days
    }
    return [(day, at_booth[day.id] or [_opening(day, fair)]) for day in days]


def is_fair_day(fair: Fair, moment: datetime) -> bool:
    return local(moment, fair).date() in {day.date for day in days_of(fair.id)}


@dataclass(frozen=True)
class Closed:
    """Meetings cannot be booked now; `opens_at` says from when they can, where that is still to come."""

    opens_at: datetime | None


def closed_until(fair: Fair, moment: datetime) -> Closed | None:
    """None while meetings may be booked and asked for."""
    openings, phase = openings_of(fair), phase_of(fair.id, "booking")
    if not openings or phase is None:
        return Closed(None)
    opens_at = max(rules.booking_opens_at(openings[0].opens_at, limits_of(fair)), phase.opens_at)
    if moment < opens_at:
        return Closed(opens_at)
    return Closed(None) if moment >= min(phase.closes_at, openings[-1].closes_at) else None
