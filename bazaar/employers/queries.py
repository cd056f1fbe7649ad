"""Finding organisations, exhibitors and vacancies."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation, Representative
from bazaar.errors import Forbidden, NotFound
from bazaar.fairs.models import Fair
from bazaar.people.models import Person


def represented(person: Person, organisation_id: uuid.UUID, *, as_admin: bool = False) -> Organisation:
    """An organisation this person represents. With `as_admin`, a recruiter is Forbidden."""
    part = db.session.scalar(
        select(Representative)
        .where(
            Representative.organisation_id == organisation_id,
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
        )
        .options(joinedload(Representative.organisation))
    )
    if part is None:
        raise NotFound
    if as_admin and part.role != "admin":
        raise Forbidden
    return part.organisation


def exhibited(person: Person, slug: str, exhibitor_id: uuid.UUID, *, as_admin: bool = False) -> Exhibitor:
    """This person's organisation's place at a fair, with fair and organisation loaded."""
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .join(Exhibitor.fair)
        .where(Exhibitor.id == exhibitor_id, Fair.slug == slug)
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation))
    )
    if exhibitor is None:
        raise NotFound
    represented(person, exhibitor.organisation_id, as_admin=as_admin)
    return exhibitor
