"""What happened at Bolt's booth, row by row."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from bazaar import clock
from bazaar.checkin.models import Correction, Device, Remark, Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting, Slot
from bazaar.messages.models import Letter
from bazaar.people.models import Person
from bazaar.sharing.models import Share
from bazaar.words import hashed
from tests import make

USUAL = ["name", "work", "experience", "education", "languages", "swedish", "licences", "places", "about"]


def past_fair(slug: str = "spring", days_ago: int = 1, days: int = 1) -> Fair:
    """A fair whose first day was so many days ago."""
    return make.fair(slug, days, first_day=(clock.now() - timedelta(days=days_ago)).date())


def phone(place: Exhibitor, held_by: str = "Ria", person: Person | None = None) -> Device:
    return make.add(
        Device(
            fair_id=place.fair_id, purpose="booth", exhibitor_id=place.id, label="Booth", held_by=held_by,
            token_hash=hashed(str(uuid.uuid4())), salt="s", person_id=person.id if person else None,
        )
    )  # fmt: skip


def scan(
    place: Exhibitor, who: Registration, at: datetime, device: Device | None = None, **facts: Any
) -> Scan:
    known: dict[str, Any] = {"kind": "booth", "status": "recorded", "badge_kind": "jobseeker", "reason": None}
    device = device or phone(place)
    return make.add(
        Scan(
            fair_id=place.fair_id, id=uuid.uuid4(), device_id=device.id, code="X" * 16, at_said=at, at=at, received_at=at,
            offline=False, person_id=who.person_id, registration_id=who.id, exhibitor_id=place.id, **(known | facts),
        )
    )  # fmt: skip


def void(one: Scan) -> None:
    make.add(Correction(fair_id=one.fair_id, scan_id=one.id, verb="void"))


def share(place: Exhibitor, who: Registration, fields: list[str] | None = None, **facts: Any) -> Share:
    return make.add(
        Share(
            fair_id=place.fair_id, exhibitor_id=place.id, registration_id=who.id, how="page", fields=fields or USUAL,
            words="?", language="en", **facts,
        )
    )  # fmt: skip


def remark(place: Exhibitor, who: Registration, author: Person, note: str = "", **facts: Any) -> Remark:
    return make.add(
        Remark(
            fair_id=place.fair_id, exhibitor_id=place.id, registration_id=who.id, author=author.id,
            author_name=author.name, note=note, **facts,
        )
    )  # fmt: skip


def meeting(
    place: Exhibitor, who: Registration, at: datetime | None, status: str = "booked", **facts: Any
) -> Meeting:
    """With a slot of its own where there is a time."""
    slot, recruiter = None, facts.pop("recruiter", None)
    if at is not None:
        table = db.session.query(Slot).count() + 1
        slot = make.add(
            Slot(
                fair_id=place.fair_id, exhibitor_id=place.id, table=table, starts_at=at,
                ends_at=at + timedelta(minutes=15), recruiter_id=recruiter.id if recruiter else None,
            )
        )  # fmt: skip
    return make.add(
        Meeting(
            fair_id=place.fair_id, exhibitor_id=place.id, registration_id=who.id, status=status,
            came_by="request" if at is None else "open_slot", slot_id=slot.id if slot else None, starts_at=at,
            ends_at=at + timedelta(minutes=15) if at else None, **facts,
        )
    )  # fmt: skip


def letters(purpose: str = "answer") -> list[Letter]:
    query = db.select(Letter).where(Letter.purpose == purpose).order_by(Letter.id)
    return list(db.session.scalars(query))
