"""What a recruiter's phone may see of the people scanned at its booth."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bazaar.checkin.models import Remark, Scan
from bazaar.checkin.queries.counting import VOIDED
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.i18n import nearest, words_for
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.queries import all_ids_of, registration_behind
from bazaar.meetings.models import Meeting
from bazaar.sharing.models import Share
from bazaar.sharing.queries import Profile, fields_there, question_words, shared_profile, standing_shares
from bazaar.sharing.rules import USUAL, chosen


@dataclass(frozen=True)
class Question:
    """What the recruiter asks, or shows, before anything is seen: in the jobseeker's own language where it is ours."""

    words: str
    language: str


@dataclass(frozen=True)
class Visit:
    """A person met at a booth, as far as they let the exhibitor see."""

    code: str
    name: str
    at: datetime
    remark: Remark | None


def visitor(device: Any, code: str) -> Registration:
    """The jobseeker whom this exhibitor has scanned; NotFound for everybody else's code."""
    registration = registration_behind(device.fair_id, code)
    if registration is not None and registration.joined_to is not None:
        registration = registration_in(device.fair_id, registration.joined_to)
    if registration is None or registration.status != "registered" or device.exhibitor_id is None:
        raise NotFound
    met = select(Scan.id).where(
        Scan.fair_id == device.fair_id,
        Scan.exhibitor_id == device.exhibitor_id,
        Scan.registration_id.in_(all_ids_of(registration)),
    )
    if db.session.scalar(met.limit(1)) is None:
        raise NotFound
    return registration


def registration_in(fair_id: uuid.UUID, registration_id: uuid.UUID) -> Registration | None:
    return db.session.scalar(
        select(Registration)
        .where(Registration.fair_id == fair_id, Registration.id == registration_id)
        .options(joinedload(Registration.person))
    )


def fair_and_exhibitor(device: Any) -> tuple[Fair, Exhibitor]:
    """Where this phone stands."""
    return db.session.get_one(Fair, device.fair_id), db.session.get_one(Exhibitor, device.exhibitor_id)


def question_to(device: Any, registration: Registration) -> Question:
    """The words with which this jobseeker is asked to share with this exhibitor."""
    name = db.session.scalar(
        select(Organisation.name)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.id == device.exhibitor_id)
    )
    language = nearest(registration.person.language)
    fields = chosen(USUAL, fields_there(registration))
    with words_for(language):
        return Question(question_words(name or "", fields), language)


def profile_for(device: Any, registration: Registration) -> Profile:
    """What this exhibitor may see: the shared profile, or the name alone of who has booked. NotFound else."""
    standing = standing_shares(device.exhibitor_id, [registration.id]).get(registration.id)
    if standing is not None:
        return shared_profile(standing)
    if _has_booked(device, registration):
        return Profile(registration.shown_name, [])
    raise NotFound


def _has_booked(device: Any, registration: Registration) -> bool:
    booked = select(Meeting.id).where(
        Meeting.fair_id == device.fair_id,
        Meeting.exhibitor_id == device.exhibitor_id,
        Meeting.registration_id == registration.id,
        Meeting.status.in_(("booked", "held")),
    )
    return db.session.scalar(booked.limit(1)) is not None


def people_met(device: Any, most: int = 200) -> list[Visit]:
    """Whom this exhibitor has scanned and who shares with it, the last first."""
    scanned = (
        select(Scan.registration_id, func.max(Scan.at).label("at"))
        .where(
            Scan.fair_id == device.fair_id, Scan.exhibitor_id == device.exhibitor_id, ~VOIDED.exists(),
            Scan.registration_id.is_not(None),
        )
        .group_by(Scan.registration_id)
        .subquery()
    )  # fmt: skip
    shares = select(Share.registration_id).where(
        Share.fair_id == device.fair_id,
        Share.exhibitor_id == device.exhibitor_id,
        Share.withdrawn_at.is_(None),
    )
    rows = db.session.execute(
        select(Registration, func.min(Badge.code), scanned.c.at)
        .join(scanned, scanned.c.registration_id == Registration.id)
        .join(Badge, (Badge.registration_id == Registration.id) & Badge.voided_at.is_(None))
        .where(Registration.status == "registered", Registration.id.in_(shares))
        .group_by(Registration.id, scanned.c.at)
        .order_by(scanned.c.at.desc())
        .limit(most)
    ).all()
    remarks = remarks_of(device.fair_id, device.exhibitor_id, [row[0].id for row in rows])
    last = {remark.registration_id: remark for remark in remarks}
    return [Visit(code, person.shown_name, at, last.get(person.id)) for person, code, at in rows]


def remarks_of(
    fair_id: uuid.UUID, exhibitor_id: uuid.UUID, registrations: Sequence[uuid.UUID] | None = None
) -> Sequence[Remark]:
    """What this exhibitor's recruiters wrote, oldest first; the last of each author is the one shown."""
    query = (
        select(Remark)
        .where(Remark.fair_id == fair_id, Remark.exhibitor_id == exhibitor_id)
        .order_by(Remark.at)
    )
    if registrations is not None:
        query = query.where(Remark.registration_id.in_(registrations))
    return db.session.scalars(query).all()
