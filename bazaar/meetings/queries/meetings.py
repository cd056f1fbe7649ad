"""Finding meetings, of one side and the other, and the pairs that are not to meet."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.meetings import rules
from bazaar.meetings.models import Meeting, PairBlock, Slot
from bazaar.meetings.rules import Limits

K = TypeVar("K")


def _with_everything() -> Select[Meeting]:
    return select(Meeting).options(
        joinedload(Meeting.exhibitor).joinedload(Exhibitor.organisation),
        joinedload(Meeting.registration).joinedload(Registration.person),
        joinedload(Meeting.slot).joinedload(Slot.recruiter),
        joinedload(Meeting.vacancy),
    )


def meeting_of(registration: Registration, meeting_id: uuid.UUID) -> Meeting:
    """One of this jobseeker's own meetings."""
    return _or_not_found(
        _with_everything().where(
            Meeting.id == meeting_id,
            Meeting.fair_id == registration.fair_id,
            Meeting.registration_id == registration.id,
        )
    )


def exhibitors_meeting(exhibitor: Exhibitor, meeting_id: uuid.UUID) -> Meeting:
    """One of this exhibitor's meetings."""
    return _or_not_found(
        _with_everything().where(
            Meeting.id == meeting_id,
            Meeting.fair_id == exhibitor.fair_id,
            Meeting.exhibitor_id == exhibitor.id,
        )
    )


def _or_not_found(query: Select[Meeting]) -> Meeting:
    meeting = db.session.scalar(query)
    if meeting is None:
        raise NotFound
    return meeting


def meetings_of(registration: Registration) -> Sequence[Meeting]:
    """All meetings of a jobseeker at this fair, requests too: by time, those without one last."""
    query = (
        _with_everything()
        .where(Meeting.fair_id == registration.fair_id, Meeting.registration_id == registration.id)
        .order_by(Meeting.starts_at.is_(None), Meeting.starts_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def meetings_of_exhibitor(exhibitor_id: uuid.UUID) -> Sequence[Meeting]:
    """All meetings of an exhibitor, requests too: by time, those without one last."""
    query = (
        _with_everything()
        .where(Meeting.exhibitor_id == exhibitor_id)
        .order_by(Meeting.starts_at.is_(None), Meeting.starts_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def next_meeting(registration: Registration, moment: datetime) -> Meeting | None:
    """The booked meeting that runs or comes next."""
    query = (
        _with_everything()
        .where(
            Meeting.fair_id == registration.fair_id,
            Meeting.registration_id == registration.id,
            Meeting.status == "booked",
            Meeting.ends_at > moment,
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return db.session.scalar(query)


def is_pending(moment: datetime) -> ColumnElement[bool]:
    """A request that still waits for its answer."""
    return and_(Meeting.status == "requested", or_(Meeting.expires_at.is_(None), Meeting.expires_at > moment))


def requests_to(exhibitor_id: uuid.UUID, moment: datetime) -> Sequence[Meeting]:
    """The requests an exhibitor has still to answer, the most pressing first."""
    query = (
        _with_everything()
        .where(Meeting.exhibitor_id == exhibitor_id, is_pending(moment))
        .order_by(Meeting.expires_at, Meeting.id)
    )
    return db.session.scalars(query).all()


def open_meeting(registration_id: uuid.UUID, exhibitor_id: uuid.UUID, moment: datetime) -> Meeting | None:
    """The request or booking that stands between these two."""
    query = select(Meeting).where(
        Meeting.registration_id == registration_id,
        Meeting.exhibitor_id == exhibitor_id,
        or_(Meeting.status == "booked", is_pending(moment)),
    )
    return db.session.scalar(query)


def has_open_meeting(registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> bool:
    """Whether a request or booking stands in the table between these two, run out or not."""
    return bool(
        _count(
            Meeting.registration_id == registration_id,
            Meeting.exhibitor_id == exhibitor_id,
            Meeting.status.in_(rules.OPEN),
        )
    )


def expired_requests(
    moment: datetime, registration_id: uuid.UUID | None = None, exhibitor_id: uuid.UUID | None = None
) -> Sequence[Meeting]:
    """Requests that ran out and are not yet marked so: at any fair, or between these two. Locked."""
    query = select(Meeting).where(Meeting.status == "requested", Meeting.expires_at <= moment)
    if registration_id is not None:
        query = query.where(Meeting.registration_id == registration_id, Meeting.exhibitor_id == exhibitor_id)
    # Those that somebody is answering this very moment are left for the next time.
    query = query.order_by(Meeting.id).with_for_update(skip_locked=True)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def has_expired_requests(moment: datetime) -> bool:
    """Whether any request ran out and is not yet marked so."""
    ran_out = exists().where(Meeting.status == "requested", Meeting.expires_at <= moment)
    return bool(db.session.scalar(select(ran_out)))


def open_meetings_locked(
    fair: Fair, conditions: Iterable[ColumnElement[bool]], moment: datetime
) -> Sequence[Meeting]:
    """Bookings to come and requests of a fair, locked, always in the same order."""
    query = (
        select(Meeting)
        .where(
            Meeting.fair_id == fair.id,
            Meeting.status.in_(rules.OPEN),
            or_(Meeting.ends_at.is_(None), Meeting.ends_at > moment),
            *conditions,
        )
        .order_by(Meeting.id)
        .with_for_update()
    )
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def whole_meeting(meeting_id: uuid.UUID) -> Meeting:
    """A meeting just changed, with everybody in it and its fair."""
    query = (
        _with_everything()
        .options(joinedload(Meeting.registration).joinedload(Registration.fair))
        .where(Meeting.id == meeting_id)
    )
    return db.session.scalars(query).one()


def meeting_around(
    registration_id: uuid.UUID, exhibitor_id: uuid.UUID, moment: datetime, limits: Limits
) -> Meeting | None:
    """The meeting between these two within whose start window or time a moment falls."""
    query = (
        select(Meeting)
        .where(
            Meeting.registration_id == registration_id,
            Meeting.exhibitor_id == exhibitor_id,
            Meeting.status.in_(rules.STANDING),
        )
        .order_by(Meeting.starts_at)
    )
    for meeting in db.session.scalars(query):
        if (
            meeting.starts_at
            and meeting.ends_at
            and rules.is_around(meeting.starts_at, meeting.ends_at, moment, limits)
        ):
            return meeting
    return None


def standing_of(registration: Registration) -> Sequence[Meeting]:
    """A jobseeker's meetings at this fair that stand or wait for an answer, as they are now: what booking looks at."""
    query = select(Meeting).where(
        Meeting.fair_id == registration.fair_id,
        Meeting.registration_id == registration.id,
        Meeting.status.in_({*rules.OPEN, *rules.STANDING}),
    )
    return db.session.scalars(query.order_by(Meeting.id), execution_options={"populate_existing": True}).all()


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Meeting.id)).where(*conditions)) or 0


def by_key(query: Select[K, int]) -> dict[K, int]:
    return {key: number for key, number in db.session.execute(query)}  # noqa: C416 - rows are not pairs to mypy


def counts_of(fair_id: uuid.UUID, moment: datetime, exhibitor_id: uuid.UUID | None = None) -> dict[str, int]:
    """How many meetings there are of each status: at the fair, or at one exhibitor."""
    tally = select(Meeting.status, func.count(Meeting.id)).where(Meeting.fair_id == fair_id)
    ran_out = [Meeting.fair_id == fair_id, Meeting.status == "requested", ~is_pending(moment)]
    if exhibitor_id is not None:
        tally = tally.where(Meeting.exhibitor_id == exhibitor_id)
        ran_out.append(Meeting.exhibitor_id == exhibitor_id)
    counts = by_key(tally.group_by(Meeting.status))
    late = _count(*ran_out)
    if late:
        counts["requested"] -= late
        counts["expired"] = counts.get("expired", 0) + late
    return counts


def pair_block(registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> PairBlock | None:
    return db.session.scalar(
        select(PairBlock).where(
            PairBlock.registration_id == registration_id, PairBlock.exhibitor_id == exhibitor_id
        )
    )


def blocked_by(exhibitor: Exhibitor) -> Sequence[PairBlock]:
    """The people whose requests an exhibitor does not take."""
    query = (
        select(PairBlock)
        .where(
            PairBlock.fair_id == exhibitor.fair_id,
            PairBlock.exhibitor_id == exhibitor.id,
            PairBlock.by == "exhibitor",
        )
        .options(joinedload(PairBlock.registration))
        .order_by(PairBlock.at)
    )
    return db.session.scalars(query).all()
