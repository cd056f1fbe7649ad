"""What everybody sees: the published fairs, and a fair's first page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bazaar.booths.models import Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation, Vacancy
from bazaar.fairs.models import Fair, FairDay


def published_fairs() -> Sequence[tuple[Fair, list[FairDay]]]:
    """Every published fair with its days, the next first."""
    fairs = db.session.scalars(select(Fair).where(Fair.published, Fair.withdrawn_at.is_(None))).all()
    days: dict[uuid.UUID, list[FairDay]] = {fair.id: [] for fair in fairs}
    for day in db.session.scalars(select(FairDay).where(FairDay.fair_id.in_(days)).order_by(FairDay.date)):
        days[day.fair_id].append(day)
    dated = [(fair, days[fair.id]) for fair in fairs]
    return sorted(dated, key=lambda pair: pair[1][0].date.isoformat() if pair[1] else "9999")


@dataclass(frozen=True)
class PublicFacts:
    exhibitors: int
    openings: int
    interviews: bool
    shown: list[tuple[uuid.UUID, str, str]]  # id, name, booth numbers


def public_facts(fair_id: uuid.UUID, most: int = 20) -> PublicFacts:
    """How many employers and jobs, and the first exhibitors by name with their booths."""
    approved = (Exhibitor.fair_id == fair_id, Exhibitor.status == "approved")
    count = db.session.scalar(select(func.count()).select_from(Exhibitor).where(*approved)) or 0
    published = (Vacancy.fair_id == fair_id, Vacancy.status == "published", Exhibitor.status == "approved")
    jobs = select(func.coalesce(func.sum(Vacancy.openings), 0)).join(Vacancy.exhibitor).where(*published)
    today = (
        select(Vacancy.id)
        .join(Vacancy.exhibitor)
        .where(*published, Vacancy.interviews_today.is_(True))
        .limit(1)
    )
    rows = db.session.execute(
        select(Exhibitor.id, Organisation.name)
        .join(Exhibitor.organisation)
        .where(*approved)
        .order_by(Organisation.folded_name)
        .limit(most)
    )
    shown = list(rows)
    numbers = booth_words(fair_id, [exhibitor_id for exhibitor_id, _name in shown])
    return PublicFacts(
        count,
        db.session.scalar(jobs) or 0,
        db.session.scalar(today) is not None,
        [(exhibitor_id, name, numbers.get(exhibitor_id, "")) for exhibitor_id, name in shown],
    )


def booth_words(fair_id: uuid.UUID, exhibitors: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The booth numbers of some exhibitors, as "14" or "14, 31"; holds do not count."""
    query = (
        select(BoothBooking.exhibitor_id, Booth.number)
        .join(BoothBooking.booth)
        .where(
            BoothBooking.fair_id == fair_id,
            BoothBooking.exhibitor_id.in_(exhibitors),
            BoothBooking.held_until.is_(None),
        )
        .distinct()
        .order_by(Booth.number)
    )
    found: dict[uuid.UUID, list[str]] = {}
    for exhibitor_id, number in db.session.execute(query):
        found.setdefault(exhibitor_id, []).append(str(number))
    return {exhibitor_id: ", ".join(numbers) for exhibitor_id, numbers in found.items()}
