"""Answers and promises that an exhibitor gave, and to whom letters of them go."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.followups.models import Answer, Promise
from bazaar.jobseekers.models import Registration


def registrations_here(fair: Fair, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Registration]:
    """These registrations of the fair, with their people, for letters."""
    query = (
        select(Registration)
        .where(Registration.fair_id == fair.id, Registration.id.in_(ids))
        .options(joinedload(Registration.person), joinedload(Registration.fair))
    )
    return {one.id: one for one in db.session.scalars(query)}


def standing_answer(exhibitor: Exhibitor, registration_id: uuid.UUID) -> Answer | None:
    """The answer that counts for somebody."""
    query = (
        select(Answer)
        .where(
            Answer.fair_id == exhibitor.fair_id,
            Answer.exhibitor_id == exhibitor.id,
            Answer.registration_id == registration_id,
            Answer.undone_at.is_(None),
        )
        .order_by(Answer.at.desc(), Answer.id.desc())
    )
    return db.session.scalars(query).first()


def answers_with(exhibitor: Exhibitor, ids: Collection[uuid.UUID]) -> Sequence[Answer]:
    """These answers of this exhibitor; NotFound where any is not its own."""
    query = select(Answer).where(
        Answer.fair_id == exhibitor.fair_id, Answer.exhibitor_id == exhibitor.id, Answer.id.in_(ids)
    )
    found = db.session.scalars(query.order_by(Answer.id)).all()
    if len(found) != len(set(ids)) or not found:
        raise NotFound
    return found


def promise_to(exhibitor: Exhibitor, registration_id: uuid.UUID) -> Promise | None:
    query = select(Promise).where(
        Promise.exhibitor_id == exhibitor.id, Promise.registration_id == registration_id
    )
    return db.session.scalar(query)
