"""All meetings of a fair and what became of them: what is not known is counted as plainly as what is.

A meeting with a time is a row of `meeting`; a walk-in meeting is a first scan at a booth of which a recruiter wrote.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, tuple_

from bazaar.checkin.models import Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.followups import rules
from bazaar.followups.queries.truth import IS_OVER, SCANNED_WITHIN, STATE, is_walk_in, stands_for, times
from bazaar.i18n import moment_of
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from bazaar.words import fold

PAGE = 50
MIDNIGHT = dt.time(0)
TABS = ("all", "held", "walk_in", "unknown", "no_show", "to_come", "asked", "cancelled")
NOT_AGREED = ("requested", "declined", "expired")


@dataclass(frozen=True)
class Filters:
    """What the list shows; every filter but the tab is optional."""

    tab: str = "all"
    exhibitor: uuid.UUID | None = None
    day: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Line:
    """One meeting, or one walk-in. `id` is a meeting's or a scan's."""

    id: uuid.UUID
    starts_at: datetime | None
    ends_at: datetime | None
    exhibitor_id: uuid.UUID
    employer: str
    registration_id: uuid.UUID
    name: str  # the alias where protected; empty where somebody has left
    protected: bool
    state: str
    came_by: str


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    has_earlier: bool
    has_later: bool


# --- The list ---------------------------------------------------------------------------------------


def page_of(
    fair: Fair,
    filters: Filters,
    moment: datetime,
    *,
    after: uuid.UUID | None = None,
    before: uuid.UUID | None = None,
    last: bool = False,
    size: int = PAGE,
) -> Page:
    """The first lines in order of time, those after or before a line, or the last."""
    walk_ins = filters.tab == "walk_in"
    query = _walk_ins(fair, filters) if walk_ins else _meetings(fair, filters)
    order = (Scan.received_at, Scan.id) if walk_ins else _order(filters)
    turned = last or before is not None
    pivot = after or before
    if pivot is not None:
        here = _place(fair, order, pivot)
        query = query.where(tuple_(*order) < here if turned else tuple_(*order) > here)
    query = query.order_by(*(column.desc() for column in order) if turned else order).limit(size + 1)
    rows = list(db.session.execute(query, times(fair, moment)))
    more, rows = len(rows) > size, rows[:size]
    if turned:
        rows.reverse()
    return Page(
        [_line(row) for row in rows],
        has_earlier=more if turned else after is not None,
        has_later=before is not None if turned else more,
    )


def _order(filters: Filters) -> tuple[Any, ...]:
    """By time; what has no time yet by when it was asked (ids are in order of time)."""
    return (Meeting.id,) if filters.tab == "asked" else (Meeting.starts_at, Meeting.id)


def _place(fair: Fair, order: tuple[Any, ...], pivot: uuid.UUID) -> Any:
    """Where a line stands: addresses hold its id alone."""
    table = order[0].class_
    row = db.session.execute(select(*order).where(table.fair_id == fair.id, table.id == pivot)).first()
    if row is None:
        raise NotFound
    return tuple_(*(literal(value, column.type) for value, column in zip(row, order, strict=True)))


_WHO = (
    Organisation.name.label("employer"),
    Registration.name,
    Registration.alias,
    Registration.protected,
    Registration.status.label("stands"),
    Person.erased_at,
)


def _line(row: Any) -> Line:
    left = row.stands == "cancelled" or row.erased_at is not None
    name = "" if left else row.alias if row.protected else row.name
    return Line(
        row.id, row.starts_at, row.ends_at, row.exhibitor_id, row.employer, row.registration_id, name, row.protected,
        row.state, row.came_by,
    )  # fmt: skip


def _meetings(fair: Fair, filters: Filters) -> Select[Any]:
    query = (
        select(
            Meeting.id,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.exhibitor_id,
            Meeting.registration_id,
            Meeting.came_by,
            STATE.label("state"),
            *_WHO,
        )
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(Registration, Registration.id == Meeting.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .where(Meeting.fair_id == fair.id, *_CONDITIONS[filters.tab])
    )
    if filters.exhibitor:
        query = query.where(Meeting.exhibitor_id == filters.exhibitor)
    if filters.day:
        starts, ends = _bounds(fair, filters.day)
        query = query.where(Meeting.starts_at >= starts, Meeting.starts_at < ends)
    return query.where(*_named(filters.text))


# rules.state_of, so that the database looks only where it may be.
_CONDITIONS: dict[str, list[ColumnElement[bool]]] = {
    "all": [Meeting.starts_at.is_not(None)],
    "held": [or_(Meeting.status == "held", and_(Meeting.status.in_(("booked", "no_show")), SCANNED_WITHIN))],
    "unknown": [Meeting.status == "booked", IS_OVER, ~SCANNED_WITHIN],
    "no_show": [Meeting.status == "no_show", ~SCANNED_WITHIN],
    "to_come": [Meeting.status == "booked", ~IS_OVER, ~SCANNED_WITHIN],
    "asked": [Meeting.status.in_(NOT_AGREED)],
    "cancelled": [Meeting.status == "cancelled", Meeting.starts_at.is_not(None)],
}


def _bounds(fair: Fair, day: date) -> tuple[datetime, datetime]:
    return moment_of(day, MIDNIGHT, fair), moment_of(day + timedelta(days=1), MIDNIGHT, fair)


def _named(text: str) -> list[ColumnElement[bool]]:
    """A jobseeker's or an employer's name; a protected person is found by the alias alone."""
    return [
        or_(
            Registration.folded_name.contains(word, autoescape=True),
            Organisation.folded_name.contains(word, autoescape=True),
        )
        for word in fold(text).split()
    ]


def _walk_ins(fair: Fair, filters: Filters) -> Select[Any]:
    query = (
        select(
            Scan.id,
            Scan.at.label("starts_at"),
            literal(None).label("ends_at"),
            Scan.exhibitor_id,
            stands_for(Registration).label("registration_id"),
            literal("walk_in").label("came_by"),
            literal(rules.WALK_IN).label("state"),
            *_WHO,
        )
        .join(Exhibitor, Exhibitor.id == Scan.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(Registration, Registration.id == Scan.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .where(Scan.fair_id == fair.id, *is_walk_in())
    )
    if filters.exhibitor:
        query = query.where(Scan.exhibitor_id == filters.exhibitor)
    if filters.day:
        starts, ends = _bounds(fair, filters.day)
        query = query.where(Scan.at >= starts, Scan.at < ends)
    return query.where(*_named(filters.text))


def for_export(fair: Fair, filters: Filters, moment: datetime) -> Iterator[Line]:
    """All lines but those of protected people, some at a time."""
    page = page_of(fair, filters, moment, size=500)
    while True:
        yield from (line for line in page.lines if not line.protected)
        if not page.has_later:
            return
        page = page_of(fair, filters, moment, after=page.lines[-1].id, size=500)


def employers_of(fair: Fair) -> Sequence[tuple[uuid.UUID, str]]:
    """The exhibitors that may have met anybody, by name."""
    query: Any = (
        select(Exhibitor.id, Organisation.name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.status.in_(("approved", "withdrawn")))
        .order_by(Organisation.folded_name)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
