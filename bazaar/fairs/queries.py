"""Finding fairs. Loading is authorising: a loader takes the person asking and answers 404 for what is not theirs."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.errors import Forbidden, NotFound
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Partner, Phase, Staff
from bazaar.people.models import Person


def public_fair(slug: str) -> Fair:
    """A published fair: anybody's to see."""
    fair = db.session.scalar(
        select(Fair).where(Fair.slug == slug, Fair.published, Fair.withdrawn_at.is_(None))
    )
    if fair is None:
        raise NotFound
    return fair


def fair_named(slug: str) -> Fair:
    """For commands, which whoever runs the server may run: any fair."""
    fair = db.session.scalar(select(Fair).where(Fair.slug == slug))
    if fair is None:
        raise NotFound(f"{slug}: there is no such fair")
    return fair


def organised_fair(person: Person, slug: str, *, to_change: bool = False) -> Fair:
    """A fair this person organises. With `to_change`, a viewer is Forbidden."""
    part = db.session.scalar(
        select(Organiser)
        .join(Organiser.fair)
        .where(Fair.slug == slug, Organiser.person_id == person.id)
        .options(joinedload(Organiser.fair))
    )
    if part is None:
        raise NotFound
    if to_change and part.role == "viewer":
        raise Forbidden
    return part.fair


def owned_fair(person: Person, slug: str) -> Fair:
    """A fair this person owns; other organisers of it are Forbidden."""
    fair = organised_fair(person, slug)
    if role_at(person, fair.id) != "owner":
        raise Forbidden
    return fair


def role_at(person: Person, fair_id: uuid.UUID) -> str | None:
    """owner, co_organiser, viewer, or None."""
    return db.session.scalar(
        select(Organiser.role).where(Organiser.fair_id == fair_id, Organiser.person_id == person.id)
    )


def staffed_fair(person: Person, slug: str) -> Fair:
    """A fair at whose door or desk this person works: staff, and organisers who may change things."""
    fair = db.session.scalar(
        select(Fair)
        .join(Staff, Staff.fair_id == Fair.id)
        .where(Fair.slug == slug, Staff.person_id == person.id)
    )
    return fair or organised_fair(person, slug, to_change=True)


def is_supervisor(person: Person, fair_id: uuid.UUID) -> bool:
    """May search by name at the desk: supervisors, and organisers who may change things."""
    supervises = db.session.scalar(
        select(Staff.supervisor).where(Staff.fair_id == fair_id, Staff.person_id == person.id)
    )
    return bool(supervises) or role_at(person, fair_id) in ("owner", "co_organiser")


def days_of(fair_id: uuid.UUID) -> Sequence[FairDay]:
    return db.session.scalars(select(FairDay).where(FairDay.fair_id == fair_id).order_by(FairDay.date)).all()


def halls_of(fair_id: uuid.UUID) -> Sequence[Hall]:
    query = select(Hall).where(Hall.fair_id == fair_id).order_by(Hall.position, Hall.name)
    return db.session.scalars(query).all()


def phases_of(fair_id: uuid.UUID) -> Sequence[Phase]:
    return db.session.scalars(select(Phase).where(Phase.fair_id == fair_id).order_by(Phase.opens_at)).all()


def is_open(fair_id: uuid.UUID, kind: str, moment: datetime) -> bool:
    """Whether a phase is open at a moment; a phase without dates is closed."""
    query = select(Phase.id).where(
        Phase.fair_id == fair_id, Phase.kind == kind, Phase.opens_at <= moment, Phase.closes_at > moment
    )
    return db.session.scalar(query) is not None


def phase_of(fair_id: uuid.UUID, kind: str) -> Phase | None:
    return db.session.scalar(select(Phase).where(Phase.fair_id == fair_id, Phase.kind == kind))


def partners_of(fair_id: uuid.UUID) -> Sequence[Partner]:
    return db.session.scalars(select(Partner).where(Partner.fair_id == fair_id).order_by(Partner.name)).all()


def organisers_of(fair_id: uuid.UUID) -> Sequence[Organiser]:
    query = (
        select(Organiser)
        .where(Organiser.fair_id == fair_id)
        .options(joinedload(Organiser.person), joinedload(Organiser.partner))
        .order_by(Organiser.id)
    )
    return db.session.scalars(query).all()


def fairs_organised_by(person: Person) -> Sequence[Fair]:
    query = (
        select(Fair)
        .join(Organiser, Organiser.fair_id == Fair.id)
        .where(Organiser.person_id == person.id)
        .order_by(Fair.id.desc())
    )
    return db.session.scalars(query).all()


def fairs_staffed_by(person: Person) -> Sequence[Fair]:
    query = (
        select(Fair)
        .join(Staff, Staff.fair_id == Fair.id)
        .where(Staff.person_id == person.id)
        .order_by(Fair.id.desc())
    )
    return db.session.scalars(query).all()


def staff_of(fair_id: uuid.UUID) -> Sequence[Staff]:
    query = select(Staff).where(Staff.fair_id == fair_id).options(joinedload(Staff.person)).order_by(Staff.id)
    return db.session.scalars(query).all()
