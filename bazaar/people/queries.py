"""Finding people, their addresses, codes and open sessions."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import contains_eager

from bazaar import clock
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.people.models import Code, Contact, Person, SignIn
from bazaar.people.rules import CHOOSING_LASTS, SESSION_LASTS
from bazaar.words import fold, hashed

# Built once: almost every request asks.
OPEN_SIGN_IN = (
    select(SignIn)
    .outerjoin(SignIn.person)
    .where(
        SignIn.token_hash == bindparam("token"),
        SignIn.ended_at.is_(None),
        SignIn.created_at > bindparam("long_ago"),
        or_(SignIn.person_id.is_not(None), SignIn.created_at > bindparam("a_while_ago")),
        Person.erased_at.is_(None),
    )
    .options(contains_eager(SignIn.person))
)


def sign_in_of(token: str) -> SignIn | None:
    """The open session that a cookie's token belongs to, with its person."""
    now = clock.now()
    ago = {"long_ago": now - SESSION_LASTS, "a_while_ago": now - CHOOSING_LASTS}
    return db.session.scalar(OPEN_SIGN_IN, {"token": hashed(token), **ago})


def open_sign_ins(person: Person) -> Sequence[SignIn]:
    """Where this person is signed in, the latest used first."""
    query = (
        select(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.created_at > clock.now() - SESSION_LASTS,
        )
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return db.session.scalars(query).all()


def own_sign_in(person: Person, sign_in_id: uuid.UUID) -> SignIn:
    """A session of this person's own."""
    sign_in = db.session.scalar(select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person.id))
    if sign_in is None:
        raise NotFound
    return sign_in


def people_at(address: str) -> Sequence[Person]:
    """Everybody who is reached at this normalised address: a family may share one. Oldest first."""
    query = (
        select(Person)
        .join(Contact, Contact.person_id == Person.id)
        .where(Contact.address == address, Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    return db.session.scalars(query).all()


def meant_by(code: Code) -> Sequence[Person]:
    """Whom a code may let in: the person it was made for, else everybody at its address."""
    if code.person_id is None:
        return people_at(code.address)
    query = select(Person).where(Person.id == code.person_id, Person.erased_at.is_(None))
    return db.session.scalars(query).all()


def named_at(address: str, name: str) -> Person | None:
    """The person of this name at this normalised address."""
    return next((person for person in people_at(address) if person.folded_name == fold(name)), None)


def contacts_of(person_id: uuid.UUID) -> Sequence[Contact]:
    return db.session.scalars(
        select(Contact).where(Contact.person_id == person_id).order_by(Contact.id)
    ).all()


def own_contact(person: Person, contact_id: uuid.UUID) -> Contact:
    """An address of this person's own."""
    contact = db.session.scalar(
        select(Contact).where(Contact.id == contact_id, Contact.person_id == person.id)
    )
    if contact is None:
        raise NotFound
    return contact


def codes_of(code_ids: Iterable[uuid.UUID]) -> Sequence[Code]:
    """These codes, used or not, the latest first."""
    return db.session.scalars(
        select(Code).where(Code.id.in_(list(code_ids))).order_by(Code.created_at.desc(), Code.id.desc())
    ).all()


def link_of(token: str) -> Code | None:
    """The code whose link this is, while the link can still be used."""
    query = select(Code).where(
        Code.link_hash == hashed(token),
        Code.expires_at > clock.now(),
        or_(Code.used_at.is_(None), Code.many_times),
    )
    return db.session.scalar(query)
