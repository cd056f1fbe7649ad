"""Finding people and their open sessions."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.people.models import Contact, Person, SignIn
from bazaar.words import hashed


def sign_in_of(token: str) -> SignIn | None:
    """The open session that a cookie's token belongs to, with its person."""
    query = (
        select(SignIn)
        .where(SignIn.token_hash == hashed(token), SignIn.ended_at.is_(None))
        .options(joinedload(SignIn.person))
    )
    return db.session.scalar(query)


def people_at(address: str) -> Sequence[Person]:
    """Everybody who is reached at this normalised address: a family may share one. Oldest first."""
    query = (
        select(Person)
        .join(Contact, Contact.person_id == Person.id)
        .where(Contact.address == address, Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    return db.session.scalars(query).all()


def contacts_of(person_id: uuid.UUID) -> Sequence[Contact]:
    return db.session.scalars(
        select(Contact).where(Contact.person_id == person_id).order_by(Contact.id)
    ).all()
