"""Calendars that people subscribe to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor, Representative
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.ical import Happening
from bazaar.jobseekers.models import Registration
from bazaar.meetings import rules
from bazaar.meetings.models import Feed, Meeting
from bazaar.meetings.queries.meetings import meetings_of, meetings_of_exhibitor
from bazaar.people.models import Person
from bazaar.programme.queries import own_events
from bazaar.words import hashed


def standing_feed(
    fair_id: uuid.UUID, person_id: uuid.UUID, kind: str, exhibitor_id: uuid.UUID | None = None
) -> Feed | None:
    """The calendar address of this kind that works now."""
    query = select(Feed).where(
        Feed.fair_id == fair_id,
        Feed.person_id == person_id,
        Feed.kind == kind,
        Feed.exhibitor_id.is_(None) if exhibitor_id is None else Feed.exhibitor_id == exhibitor_id,
        Feed.ended_at.is_(None),
    )
    return db.session.scalars(query).first()


@dataclass(frozen=True)
class Subscription:
    """What a secret calendar address leads to."""

    feed: Feed
    fair: Fair
    person: Person
    meetings: Sequence[Meeting]
    talks: Sequence[Happening]


def subscription(token: str) -> Subscription:
    """What stands behind a calendar address, while its owner still is who they were."""
    row = db.session.execute(
        select(Feed, Fair, Person)
        .join(Fair, Fair.id == Feed.fair_id)
        .join(Person, Person.id == Feed.person_id)
        .where(Feed.token_hash == hashed(token), Feed.ended_at.is_(None))
    ).first()
    if row is None:
        raise NotFound
    feed, fair, person = row
    if feed.exhibitor_id is None:
        return _jobseekers_calendar(feed, fair, person)
    return _exhibitors_calendar(feed, fair, person)


def _jobseekers_calendar(feed: Feed, fair: Fair, person: Person) -> Subscription:
    registration = db.session.scalar(
        select(Registration)
        .where(
            Registration.fair_id == fair.id,
            Registration.person_id == person.id,
            Registration.status == "registered",
        )
        .options(joinedload(Registration.fair))
    )
    if registration is None:
        raise NotFound
    booked = [meeting for meeting in meetings_of(registration) if meeting.status in rules.STANDING]
    return Subscription(feed, fair, person, booked, own_events(registration))


def _exhibitors_calendar(feed: Feed, fair: Fair, person: Person) -> Subscription:
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .join(Representative, Representative.organisation_id == Exhibitor.organisation_id)
        .where(
            Exhibitor.id == feed.exhibitor_id,
            Exhibitor.status == "approved",
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
        )
    )
    if exhibitor is None:
        raise NotFound
    booked = [meeting for meeting in meetings_of_exhibitor(exhibitor.id) if meeting.status in rules.STANDING]
    if feed.kind == "recruiter":
        booked = [meeting for meeting in booked if meeting.slot and meeting.slot.recruiter_id == person.id]
    return Subscription(feed, fair, person, booked, [])
