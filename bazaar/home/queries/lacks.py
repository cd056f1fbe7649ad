"""What an organiser has still to see to."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from bazaar.booths.models import BoothBooking
from bazaar.checkin.models import Correction, Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation, Representative, Vacancy
from bazaar.fairs.models import Fair
from bazaar.meetings.models import Slot
from bazaar.messages.models import Letter


@dataclass(frozen=True)
class Lacks:
    """What an organiser or an exhibitor has still to see to: a key, how many, and the first names."""

    key: str
    count: int
    names: list[str]


def lacks(fair: Fair, now: datetime) -> list[Lacks]:
    """Before the fair: who waits, who has no booth, no representative, no vacancy, no times."""
    approved = (Exhibitor.fair_id == fair.id, Exhibitor.status == "approved")
    has_booth = exists().where(
        BoothBooking.exhibitor_id == Exhibitor.id,
        BoothBooking.fair_id == fair.id,
        BoothBooking.held_until.is_(None),
    )
    has_person = exists().where(
        Representative.organisation_id == Exhibitor.organisation_id, Representative.ended_at.is_(None)
    )
    has_vacancy = exists().where(Vacancy.exhibitor_id == Exhibitor.id, Vacancy.status == "published")
    has_slot = exists().where(
        Slot.exhibitor_id == Exhibitor.id, Slot.withdrawn_at.is_(None), Slot.is_open, Slot.starts_at > now
    )
    employer = Exhibitor.kind == "employer"
    return [
        _exhibitors_who("undecided", Exhibitor.fair_id == fair.id, Exhibitor.status == "applied"),
        _exhibitors_who("without_booth", *approved, ~has_booth),
        _exhibitors_who("without_person", *approved, ~has_person),
        _exhibitors_who("without_vacancy", *approved, employer, ~has_vacancy),
        _exhibitors_who("without_times", *approved, Exhibitor.open_slots.is_(True), ~has_slot),
        _drafts(fair.id),
        Lacks("letters", _letters_in_trouble(fair.id), []),
        Lacks("conflicts", _open_conflicts(fair.id), []),
    ]


def _exhibitors_who(key: str, *where: ColumnElement[bool]) -> Lacks:
    count = db.session.scalar(select(func.count()).select_from(Exhibitor).where(*where)) or 0
    first = (
        select(Organisation.name).join(Exhibitor, Exhibitor.organisation_id == Organisation.id).where(*where)
    )
    names = db.session.scalars(first.order_by(Organisation.folded_name).limit(4)).all() if count else []
    return Lacks(key, count, list(names))


def _drafts(fair_id: uuid.UUID) -> Lacks:
    where = (Vacancy.fair_id == fair_id, Vacancy.status == "draft")
    count = db.session.scalar(select(func.count()).select_from(Vacancy).where(*where)) or 0
    return Lacks("drafts", count, [])


def _letters_in_trouble(fair_id: uuid.UUID) -> int:
    troubled = Letter.status.in_(("failed", "perhaps_sent"))
    return (
        db.session.scalar(select(func.count()).select_from(Letter).where(Letter.fair_id == fair_id, troubled))
        or 0
    )


def _open_conflicts(fair_id: uuid.UUID) -> int:
    settled = select(Correction.id).where(Correction.fair_id == Scan.fair_id, Correction.scan_id == Scan.id)
    query = (
        select(func.count())
        .select_from(Scan)
        .where(Scan.fair_id == fair_id, Scan.status == "conflict", ~settled.exists())
    )
    return db.session.scalar(query) or 0
