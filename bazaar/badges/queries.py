"""Finding one person's badge, and who at a fair has one."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from bazaar import web
from bazaar.badges import qr
from bazaar.badges.rules import JOBSEEKERS, KIND_OF, REPRESENTATIVES, STAFF
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Representative
from bazaar.fairs.models import Fair, Organiser, Staff
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import normal_code, shown_code
from bazaar.people.models import Person

# --- One badge on a screen ----------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """What `badges/_badge.html` draws: the code as one SVG path, and what it is in letters."""

    name: str
    code: str
    path: str
    modules: int
    line: str = ""


def shown(name: str, code: str, line: str = "") -> Shown:
    path, modules = qr.svg_path(address_of(code))
    return Shown(name, shown_code(code), path, modules, line)


def shown_badge(registration: Registration) -> Shown | None:
    """A jobseeker's badge for their own page; None before the registration is finished."""
    code = db.session.scalars(
        select(Badge.code)
        .where(Badge.registration_id == registration.id, Badge.voided_at.is_(None))
        .order_by(Badge.made_at, Badge.code)
    ).first()
    return shown(registration.shown_name, code) if code else None


def address_of(code: str) -> str:
    """What the square code says: in capitals it is smaller, so its modules are bigger."""
    return web.address("badges.visit", code=code).upper()


def own_fair(person: Person | None, typed: str) -> str | None:
    """The slug of the fair at which this is the person's own jobseeker badge; None for every other code."""
    code = normal_code(typed)
    if person is None or code is None:
        return None
    return db.session.scalar(
        select(Fair.slug)
        .join(Badge, Badge.fair_id == Fair.id)
        .join(Registration, Registration.id == Badge.registration_id)
        .where(
            Badge.code == code,
            Badge.person_id == person.id,
            Registration.person_id == person.id,
            Registration.status == "registered",
        )
    )


def badge_code(fair_id: uuid.UUID, person_id: uuid.UUID, kind: str) -> str | None:
    """The code of somebody's badge of this kind, if it has been made."""
    return db.session.scalars(
        select(Badge.code)
        .where(
            Badge.fair_id == fair_id,
            Badge.person_id == person_id,
            Badge.kind == kind,
            Badge.voided_at.is_(None),
        )
        .order_by(Badge.made_at)
    ).first()


# --- Who has one --------------------------------------------------------------------------------


def counts_of(fair_id: uuid.UUID) -> dict[str, tuple[int, int]]:
    """For each of rules.WHO but everybody: how many there are, and how many of their badges were printed."""
    counts = {}
    for who, people in (
        (JOBSEEKERS, _jobseeker_ids(fair_id)),
        (REPRESENTATIVES, representative_ids(fair_id)),
        (STAFF, staff_ids(fair_id)),
    ):
        there = people.subquery()
        printed = (
            select(func.count(Badge.person_id.distinct()))
            .join(there, there.c.person_id == Badge.person_id)
            .where(Badge.fair_id == fair_id, Badge.kind == KIND_OF[who], Badge.voided_at.is_(None))
            .where(Badge.printed_at.is_not(None))
        )
        counts[who] = (
            db.session.scalar(select(func.count()).select_from(there)) or 0,
            db.session.scalar(printed) or 0,
        )
    return counts


def _jobseeker_ids(fair_id: uuid.UUID) -> Select[Any]:
    return select(Registration.person_id.label("person_id")).where(
        Registration.fair_id == fair_id, Registration.status == "registered"
    )


def representative_ids(fair_id: uuid.UUID) -> Select[Any]:
    """Who acts for an exhibitor that takes part, each once."""
    return (
        select(Representative.person_id.label("person_id"))
        .join(Exhibitor, Exhibitor.organisation_id == Representative.organisation_id)
        .where(
            Exhibitor.fair_id == fair_id, Exhibitor.status == "approved", Representative.ended_at.is_(None)
        )
        .distinct()
    )


def staff_ids(fair_id: uuid.UUID) -> Select[Any]:
    """Who works at the door or the desk, and who organises, each once."""
    staff = select(Staff.person_id.label("person_id")).where(Staff.fair_id == fair_id)
    organisers = select(Organiser.person_id.label("person_id")).where(Organiser.fair_id == fair_id)
    return select(staff.union(organisers).subquery().c.person_id)
