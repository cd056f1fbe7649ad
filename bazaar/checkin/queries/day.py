"""How a day goes at the doors."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bazaar.checkin.models import Scan
from bazaar.checkin.queries.counting import COUNTS, VOIDED
from bazaar.checkin.queries.scans import conflict_count
from bazaar.db import db
from bazaar.jobseekers.models import Registration


@dataclass(frozen=True)
class Live:
    """How it stands at the doors now."""

    registered: int
    came: int
    inside: int
    at_booths: int
    conflicts: int


def live(fair_id: uuid.UUID, moment: datetime, since: datetime) -> Live:
    """The counts of the day that began at `since`."""
    registered = select(func.count()).where(
        Registration.fair_id == fair_id, Registration.status == "registered"
    )
    booths = select(func.count()).where(
        Scan.fair_id == fair_id,
        Scan.kind.in_(("booth", "meeting")),
        Scan.at >= since,
        Scan.at <= moment,
        COUNTS,
    )
    return Live(
        registered=db.session.scalar(registered) or 0,
        came=len(arrivals(fair_id, since, moment)),
        inside=len(in_the_hall(fair_id, moment, since)),
        at_booths=db.session.scalar(booths) or 0,
        conflicts=conflict_count(fair_id),
    )


def arrivals(fair_id: uuid.UUID, since: datetime, until: datetime) -> dict[uuid.UUID, datetime]:
    """Who came between two moments, and when first: by the time of the scan, each person once.

    A duplicate or a conflict over two phones is still a fact of being there, so it counts for the time.
    """
    query = (
        select(Scan.person_id, func.min(Scan.at))
        .where(
            Scan.fair_id == fair_id,
            Scan.kind == "in",
            Scan.person_id.is_not(None),
            Scan.badge_kind == "jobseeker",
            COUNTS | (Scan.status == "duplicate") | (Scan.reason == "already_in"),
            Scan.at >= since,
            Scan.at < until,
            ~VOIDED.exists(),
        )
        .group_by(Scan.person_id)
    )
    return {person_id: at for person_id, at in db.session.execute(query) if person_id is not None}


def in_the_hall(fair_id: uuid.UUID, moment: datetime, since: datetime) -> set[uuid.UUID]:
    """Jobseekers whose last passage of a door since `since` was in."""
    query = (
        select(Scan.person_id, Scan.kind)
        .where(
            Scan.fair_id == fair_id,
            Scan.kind.in_(("in", "out")),
            Scan.badge_kind == "jobseeker",
            Scan.at >= since,
            Scan.at <= moment,
            COUNTS,
        )
        .order_by(Scan.at)
    )
    last = {person_id: kind for person_id, kind in db.session.execute(query) if person_id is not None}
    return {person_id for person_id, kind in last.items() if kind == "in"}
