"""Making badges for those who have none, and keeping which were printed. Never commits: the view does."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, insert, select, update

from bazaar import clock
from bazaar.badges import queries
from bazaar.badges.cards import Chosen
from bazaar.db import db, locked
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import new_badge_code
from bazaar.journal.actions import note


def make_missing(fair: Fair, actor: uuid.UUID | None) -> int:
    """A code for every representative, member of staff and jobseeker who has none. Answers how many were made."""
    locked(Fair, fair.id)  # two who print at once make no second badges
    rows = [
        *_missing(fair, "representative", queries.representative_ids(fair.id)),
        *_missing(fair, "staff", queries.staff_ids(fair.id)),
        *_missing_jobseekers(fair),
    ]
    if rows:
        db.session.execute(insert(Badge), rows)
        note("make", "badge", None, fair_id=fair.id, actor=actor, count=len(rows))
    return len(rows)


def make_own(fair: Fair, person_id: uuid.UUID, kind: str) -> str:
    """This person's badge of this kind, made when it is first asked for."""
    locked(Fair, fair.id)
    code = queries.badge_code(fair.id, person_id, kind)
    if code is None:
        code = new_badge_code()
        db.session.add(Badge(code=code, fair_id=fair.id, kind=kind, person_id=person_id))
        note("make", "badge", None, fair_id=fair.id, actor=person_id, count=1)
    return code


def keep_printed(fair: Fair, them: Chosen, form: str, actor: uuid.UUID | None) -> None:
    """These were printed, or given to a printer as a list: the journal says so, without the codes."""
    for part in them.parts():
        db.session.execute(
            update(Badge).where(Badge.fair_id == fair.id, Badge.code.in_(part)).values(printed_at=clock.now())
        )
    note("print", "badge", None, fair_id=fair.id, actor=actor, count=len(them), form=form)


def _missing(fair: Fair, kind: str, people: Select[Any]) -> Iterable[dict[str, Any]]:
    has = select(Badge.person_id).where(
        Badge.fair_id == fair.id, Badge.kind == kind, Badge.voided_at.is_(None), Badge.person_id.is_not(None)
    )
    there = people.subquery()
    query = select(there.c.person_id).where(there.c.person_id.not_in(has))
    for person_id in db.session.scalars(query).all():
        yield _row(fair, kind, person_id, None)


def _missing_jobseekers(fair: Fair) -> Iterable[dict[str, Any]]:
    has = select(Badge.registration_id).where(
        Badge.fair_id == fair.id, Badge.voided_at.is_(None), Badge.registration_id.is_not(None)
    )
    query = select(Registration.person_id, Registration.id).where(
        Registration.fair_id == fair.id, Registration.status == "registered", Registration.id.not_in(has)
    )
    for person_id, registration_id in db.session.execute(query).all():
        yield _row(fair, "jobseeker", person_id, registration_id)


def _row(fair: Fair, kind: str, person_id: uuid.UUID, registration_id: uuid.UUID | None) -> dict[str, Any]:
    return {
        "code": new_badge_code(), "fair_id": fair.id, "kind": kind, "person_id": person_id,
        "registration_id": registration_id, "made_at": clock.now(),
    }  # fmt: skip
