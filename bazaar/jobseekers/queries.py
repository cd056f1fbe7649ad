"""Finding registrations."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.people.models import Person


def my_registration(person: Person, slug: str, *, also_started: bool = False) -> Registration:
    """This person's own place at a fair, with the fair loaded; cancelled and joined ones are not there."""
    statuses = ("registered", "started") if also_started else ("registered",)
    registration = db.session.scalar(
        select(Registration)
        .join(Registration.fair)
        .where(Fair.slug == slug, Registration.person_id == person.id, Registration.status.in_(statuses))
        .options(joinedload(Registration.fair), joinedload(Registration.person))
    )
    if registration is None:
        raise NotFound
    return registration
