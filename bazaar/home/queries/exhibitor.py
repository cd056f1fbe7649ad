"""What an exhibitor has, and what waits for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Representative, Vacancy
from bazaar.fairs.models import FairDay
from bazaar.meetings.models import Meeting, Slot


@dataclass(frozen=True)
class PlaceFacts:
    days: list[FairDay]
    booths: list[tuple[datetime, datetime, int, str]]  # from, to, number, hall
    vacancies: int
    drafts: int
    slots: int
    requests: int
    booked: int
    colleagues: int


def place_facts(exhibitor: Exhibitor, now: datetime) -> PlaceFacts:
    """What an exhibitor has, and what waits for it."""
    mine = Meeting.exhibitor_id == exhibitor.id
    of_fair = Meeting.fair_id == exhibitor.fair_id
    vacancies = db.session.execute(
        select(Vacancy.status, func.count())
        .where(Vacancy.fair_id == exhibitor.fair_id, Vacancy.exhibitor_id == exhibitor.id)
        .group_by(Vacancy.status)
    )
    by_status = dict(list(vacancies))
    days = db.session.scalars(
        select(FairDay)
        .join(ExhibitorDay, ExhibitorDay.fair_day_id == FairDay.id)
        .where(ExhibitorDay.exhibitor_id == exhibitor.id)
        .order_by(FairDay.date)
    ).all()

    def count(of: Any, *where: ColumnElement[bool]) -> int:
        return db.session.scalar(select(func.count()).select_from(of).where(*where)) or 0

    return PlaceFacts(
        days=list(days),
        booths=_stands(exhibitor),
        vacancies=by_status.get("published", 0),
        drafts=by_status.get("draft", 0),
        slots=count(
            Slot, Slot.fair_id == exhibitor.fair_id, Slot.exhibitor_id == exhibitor.id, Slot.withdrawn_at.is_(None),
            Slot.starts_at > now,
        ),
        requests=count(Meeting, of_fair, mine, Meeting.status == "requested", Meeting.expires_at > now),
        booked=count(Meeting, of_fair, mine, Meeting.status == "booked", Meeting.ends_at > now),
        colleagues=count(
            Representative, Representative.organisation_id == exhibitor.organisation_id,
            Representative.ended_at.is_(None),
        ),
    )  # fmt: skip


def _stands(exhibitor: Exhibitor) -> list[tuple[datetime, datetime, int, str]]:
    """Where it stands when; neighbouring blocks in one booth are one stay."""
    rows = db.session.scalars(
        select(BoothBooking)
        .join(BoothBooking.block)
        .where(
            BoothBooking.fair_id == exhibitor.fair_id, BoothBooking.exhibitor_id == exhibitor.id,
            BoothBooking.held_until.is_(None),
        )
        .options(joinedload(BoothBooking.block), joinedload(BoothBooking.booth).joinedload(Booth.hall))
        .order_by(Block.starts_at, BoothBooking.booth_id)
    ).all()  # fmt: skip
    stays: list[tuple[datetime, datetime, int, str]] = []
    for row in rows:
        number, hall = row.booth.number, row.booth.hall.name
        last = next((i for i, s in enumerate(stays) if s[1] == row.block.starts_at and s[2] == number), None)
        if last is None:
            stays.append((row.block.starts_at, row.block.ends_at, number, hall))
        else:
            stays[last] = (stays[last][0], row.block.ends_at, number, hall)
    return stays
