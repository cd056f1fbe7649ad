"""When a jobseeker is taken: by meetings and by seats at talks."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from bazaar.db import db
from bazaar.jobseekers.models import Registration
from bazaar.meetings import rules
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries.stands import Stands, stands_of
from bazaar.meetings.rules import Time
from bazaar.programme.queries import seat_times


def busy_times(registration: Registration, *, besides: uuid.UUID | None = None) -> list[Time]:
    """When a jobseeker is taken, by any employer of the fair or a seat at a talk; `besides` leaves one meeting out."""
    return meeting_times(registration, besides=besides) + seats_taken(registration)


def seats_taken(registration: Registration) -> list[Time]:
    return [Time(starts_at, ends_at, talk=title) for title, starts_at, ends_at in seat_times(registration)]


def meeting_times(registration: Registration, *, besides: uuid.UUID | None = None) -> list[Time]:
    """When a jobseeker has meetings, over all employers of the fair."""
    query = select(Meeting).where(
        Meeting.fair_id == registration.fair_id,
        Meeting.registration_id == registration.id,
        Meeting.status.in_(rules.STANDING),
    )
    meetings = [meeting for meeting in db.session.scalars(query) if meeting.id != besides]
    exhibitors = {meeting.exhibitor_id for meeting in meetings}
    return times_of(meetings, stands_of(registration.fair_id, exhibitors) if meetings else Stands([]))


def times_of(meetings: Iterable[Meeting], stands: Stands) -> list[Time]:
    """When these meetings are, each in the hall where its exhibitor stands then."""
    times = []
    for meeting in meetings:
        if meeting.starts_at and meeting.ends_at:
            stand = stands.at(meeting.exhibitor_id, meeting.starts_at)
            times.append(Time(meeting.starts_at, meeting.ends_at, stand.hall_id if stand else None))
    return times
