"""Which meetings somebody is to be reminded of, what stands behind a link, and who says they come."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, extract, func, select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.fairs.rules import LIMITS
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import when_asked_who_comes
from bazaar.people.models import Contact
from bazaar.reminders.models import Reminder
from bazaar.reminders.rules import COMING, Window, windows
from bazaar.words import hashed

FURTHEST = timedelta(hours=LIMITS["remind_day_hours"].most)


def reminder_with(token: str) -> Reminder | None:
    """The reminder behind a link, with its meeting, the employer, the person and the fair."""
    registration = joinedload(Reminder.meeting).joinedload(Meeting.registration)
    query = (
        select(Reminder)
        .where(Reminder.token_hash == hashed(token))
        .options(
            joinedload(Reminder.meeting).joinedload(Meeting.exhibitor).joinedload(Exhibitor.organisation),
            registration.joinedload(Registration.person),
            registration.joinedload(Registration.fair),
        )
    )
    return db.session.scalar(query)


# --- Due ------------------------------------------------------------------------------------


def fairs_that_remind(moment: datetime) -> Sequence[tuple[Fair, Window]]:
    """Each fair with bookings soon, and each kind of reminder that it sends."""
    soon = exists().where(
        Meeting.fair_id == Fair.id,
        Meeting.status == "booked",
        Meeting.starts_at > moment,
        Meeting.starts_at <= moment + FURTHEST,
    )
    fairs = db.session.scalars(select(Fair).where(Fair.withdrawn_at.is_(None), soon).order_by(Fair.id))
    return [
        (fair, each) for fair in fairs for each in windows(fair.remind_day_hours, fair.remind_hour_minutes)
    ]


def anything_due(moment: datetime) -> bool:
    """Whether anybody is to be reminded of a meeting now."""
    return any(
        db.session.scalar(select(exists().where(*_is_due(fair, window, moment))))
        for fair, window in fairs_that_remind(moment)
    )


def meetings_due(fair: Fair, window: Window, moment: datetime, most: int) -> Sequence[Meeting]:
    """The next of them, locked; those that somebody is changing this very moment are left for the next time."""
    query = (
        select(Meeting)
        .where(*_is_due(fair, window, moment))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def meetings_with_people(ids: Collection[uuid.UUID]) -> Sequence[Meeting]:
    """These meetings with their employers and people, for letters."""
    query = (
        select(Meeting)
        .where(Meeting.id.in_(ids))
        .options(
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.organisation),
            joinedload(Meeting.registration).joinedload(Registration.person),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def _is_due(fair: Fair, window: Window, moment: datetime) -> list[ColumnElement[bool]]:
    """Within the window, of those whom a letter finds and who have none of this kind for this start."""
    agreed_at = func.coalesce(Meeting.decided_at, Meeting.made_at)
    left = extract("epoch", Meeting.starts_at) - extract("epoch", agreed_at)
    return [
        Meeting.fair_id == fair.id,
        Meeting.status == "booked",
        Meeting.starts_at > moment + window.more_than,
        Meeting.starts_at <= moment + window.at_most,
        left >= window.at_most.total_seconds(),
        ~exists().where(
            Reminder.meeting_id == Meeting.id,
            Reminder.kind == window.kind,
            Reminder.starts_at == Meeting.starts_at,
        ),
        exists().where(
            Registration.id == Meeting.registration_id,
            Contact.person_id == Registration.person_id,
            Contact.verified_at.is_not(None),
        ),
    ]


# --- Answers --------------------------------------------------------------------------------


def reminders_of(meeting_id: uuid.UUID) -> Sequence[Reminder]:
    return db.session.scalars(
        select(Reminder).where(Reminder.meeting_id == meeting_id).order_by(Reminder.id)
    ).all()


def who_comes(meeting_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """coming, or no_answer where somebody was asked; nothing of those whom nobody has asked yet."""
    rows = db.session.execute(
        select(
            Reminder.meeting_id,
            Reminder.starts_at == Meeting.starts_at,
            (Reminder.answer == COMING) & (Reminder.answered_for == Meeting.starts_at),
        )
        .join(Meeting, Meeting.id == Reminder.meeting_id)
        .where(Reminder.meeting_id.in_(meeting_ids), Meeting.status == "booked")
    )
    said: dict[uuid.UUID, str] = {}
    for meeting_id, asked, comes in rows:
        if comes:
            said[meeting_id] = "coming"
        elif asked:
            said.setdefault(meeting_id, "no_answer")
    return said


when_asked_who_comes(who_comes)
