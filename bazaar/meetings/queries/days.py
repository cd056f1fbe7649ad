"""What hangs on a fair's days and hours."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.i18n import local
from bazaar.meetings import rules
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.queries.hours import hours_of
from bazaar.meetings.rules import Opening, Time


def on_days(
    exhibitor: Exhibitor, days: Collection[uuid.UUID], moment: datetime
) -> tuple[list[Meeting], list[Slot]]:
    """An exhibitor's bookings to come and its times, on these days of the fair."""
    fair = db.session.get_one(Fair, exhibitor.fair_id)
    dates = {day.date for day in days_of(fair.id) if day.id in days}
    query = select(Meeting).where(
        Meeting.fair_id == fair.id,
        Meeting.exhibitor_id == exhibitor.id,
        Meeting.status == "booked",
        Meeting.ends_at > moment,
    )
    booked = [
        m for m in db.session.scalars(query) if m.starts_at and local(m.starts_at, fair).date() in dates
    ]
    offered = select(Slot).where(
        Slot.fair_id == fair.id,
        Slot.exhibitor_id == exhibitor.id,
        Slot.withdrawn_at.is_(None),
        Slot.ends_at > moment,
    )
    times = [slot for slot in db.session.scalars(offered) if local(slot.starts_at, fair).date() in dates]
    return booked, times


def bookings_between(fair: Fair, begins: datetime, ends: datetime) -> Sequence[Meeting]:
    """Bookings that begin from the one moment on, before the other."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.fair_id == fair.id, Meeting.status == "booked")
        .where(Meeting.starts_at >= begins, Meeting.starts_at < ends)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def slots_between(fair: Fair, begins: datetime, ends: datetime) -> Sequence[Slot]:
    """Times of all exhibitors that begin from the one moment on, before the other; withdrawn ones too."""
    return db.session.scalars(
        select(Slot)
        .where(Slot.fair_id == fair.id, Slot.starts_at >= begins, Slot.starts_at < ends)
        .order_by(Slot.starts_at, Slot.id)
    ).all()


def meetings_outside_hours(fair: Fair, moment: datetime) -> Sequence[Meeting]:
    """Bookings to come that do not fit the hours their exhibitor has at the fair now."""
    query = select(Meeting).where(
        Meeting.fair_id == fair.id, Meeting.status == "booked", Meeting.starts_at > moment
    )
    meetings = db.session.scalars(query.order_by(Meeting.id)).all()
    hours = _all_hours(fair, {meeting.exhibitor_id for meeting in meetings})
    return [
        meeting
        for meeting in meetings
        if meeting.starts_at
        and meeting.ends_at
        and not rules.is_inside(Time(meeting.starts_at, meeting.ends_at), hours[meeting.exhibitor_id])
    ]


def slots_outside_hours(fair: Fair, moment: datetime) -> Sequence[Slot]:
    """Times to come that do not fit the hours their exhibitor has at the fair now."""
    query = select(Slot).where(Slot.fair_id == fair.id, Slot.withdrawn_at.is_(None), Slot.starts_at > moment)
    slots = db.session.scalars(query.order_by(Slot.id)).all()
    hours = _all_hours(fair, {slot.exhibitor_id for slot in slots})
    return [
        slot
        for slot in slots
        if not rules.is_inside(Time(slot.starts_at, slot.ends_at), hours[slot.exhibitor_id])
    ]


def _all_hours(fair: Fair, exhibitor_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Opening]]:
    return {
        exhibitor_id: [opening for _day, openings in hours_of(fair, exhibitor_id) for opening in openings]
        for exhibitor_id in exhibitor_ids
    }
