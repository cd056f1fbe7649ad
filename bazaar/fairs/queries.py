"""Finding fairs. Loading is authorising: a loader takes the person asking and answers 404 for what is not theirs."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from bazaar.db import db
from bazaar.errors import Forbidden, NotFound
from bazaar.fairs import names
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Partner, Phase, PrivacyWords, Staff
from bazaar.fairs.rules import OWNER, PHASES, Hours, Window, state_of
from bazaar.i18n import local, short_day
from bazaar.people.models import Person

Row = TypeVar("Row", FairDay, Hall, Partner, Organiser, Staff)


# Built once: every page of a fair asks.
PUBLIC = select(Fair).where(Fair.slug == bindparam("slug"), Fair.published, Fair.withdrawn_at.is_(None))
OPEN = select(Phase.id).where(
    Phase.fair_id == bindparam("fair_id"),
    Phase.kind == bindparam("kind"),
    Phase.opens_at <= bindparam("moment"),
    Phase.closes_at > bindparam("moment"),
)


def public_fair(slug: str) -> Fair:
    """A published fair: anybody's to see."""
    fair = db.session.scalar(PUBLIC, {"slug": slug})
    if fair is None:
        raise NotFound
    return fair


def visible_fair(person: Person | None, slug: str) -> Fair:
    """A published fair, or to its organisers also one that is not published yet."""
    part = select(Organiser.id).where(
        Organiser.fair_id == Fair.id, Organiser.person_id == (person.id if person else None)
    )
    fair = db.session.scalar(
        select(Fair).where(
            Fair.slug == slug, or_(and_(Fair.published, Fair.withdrawn_at.is_(None)), part.exists())
        )
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


def may_make_fairs(person: Person) -> None:
    """Making a fair is for those who were given it; to everybody else the page is not there."""
    if not person.may_organise:
        raise NotFound


def is_taken(slug: str) -> bool:
    return db.session.scalar(select(Fair.id).where(Fair.slug == slug)) is not None


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


def day_of(fair: Fair, day_id: uuid.UUID) -> FairDay:
    return _of(fair, FairDay, day_id)


def hall_of(fair: Fair, hall_id: uuid.UUID) -> Hall:
    return _of(fair, Hall, hall_id)


def partner_of(fair: Fair, partner_id: uuid.UUID) -> Partner:
    return _of(fair, Partner, partner_id)


def organiser_of(fair: Fair, organiser_id: uuid.UUID) -> Organiser:
    return _of(fair, Organiser, organiser_id, joinedload(Organiser.person))


def staff_member_of(fair: Fair, staff_id: uuid.UUID) -> Staff:
    return _of(fair, Staff, staff_id, joinedload(Staff.person))


def _of(fair: Fair, model: type[Row], key: uuid.UUID, *loads: ExecutableOption) -> Row:
    """What stands in a loaded fair; another fair's is not there."""
    row = db.session.scalar(select(model).where(model.fair_id == fair.id, model.id == key).options(*loads))
    if row is None:
        raise NotFound
    return row


def days_of(fair_id: uuid.UUID) -> Sequence[FairDay]:
    return db.session.scalars(select(FairDay).where(FairDay.fair_id == fair_id).order_by(FairDay.date)).all()


def halls_of(fair_id: uuid.UUID) -> Sequence[Hall]:
    query = select(Hall).where(Hall.fair_id == fair_id).order_by(Hall.position, Hall.name)
    return db.session.scalars(query).all()


def phases_of(fair_id: uuid.UUID) -> Sequence[Phase]:
    return db.session.scalars(select(Phase).where(Phase.fair_id == fair_id).order_by(Phase.opens_at)).all()


def is_open(fair_id: uuid.UUID, kind: str, moment: datetime) -> bool:
    """Whether a phase is open at a moment; a phase without dates is closed."""
    return db.session.scalar(OPEN, {"fair_id": fair_id, "kind": kind, "moment": moment}) is not None


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


def owners_of(fair_id: uuid.UUID) -> int:
    query = select(func.count()).where(Organiser.fair_id == fair_id, Organiser.role == OWNER)
    return db.session.scalar(query) or 0


def first_maker() -> Person | None:
    """Who was first given to make fairs: the owner of a fair for which nobody was named."""
    query = select(Person).where(Person.may_organise, Person.erased_at.is_(None)).order_by(Person.id).limit(1)
    return db.session.scalar(query)


def fairs_of_nobody() -> Sequence[Fair]:
    """Fairs that no owner can change."""
    owned = select(Organiser.id).where(Organiser.fair_id == Fair.id, Organiser.role == OWNER)
    return db.session.scalars(select(Fair).where(~owned.exists())).all()


def hours_of(day: FairDay) -> Hours:
    return Hours(day.date, day.opens, day.closes)


def window_of(phase: Phase) -> Window:
    return Window(phase.kind, phase.opens_at, phase.closes_at)


def phase_strip(fair: Fair, moment: datetime) -> list[tuple[str, str, str]]:
    """The strip above an organiser's page: name, words and state of each phase, and when all is closed."""
    windows = {phase.kind: window_of(phase) for phase in phases_of(fair.id)}
    dated = [windows[kind] for kind in PHASES if kind in windows]
    strip = [(str(names.PHASES[w.kind]), _words(fair, w, moment), state_of(w, moment)) for w in dated]
    if "followup" in windows:
        closed = windows["followup"].closes_at
        state = "done" if closed <= moment else "coming"
        strip.append((_("Closed"), short_day(closed, fair), state))
    return strip


def _words(fair: Fair, window: Window, moment: datetime) -> str:
    match state_of(window, moment):
        case "done":
            return _("done")
        case "open":
            return _("open to %(day)s", day=short_day(window.closes_at, fair))
        case "now":
            return _day_number(fair, moment)
    return _("from %(day)s", day=short_day(window.opens_at, fair))


def _day_number(fair: Fair, moment: datetime) -> str:
    dates = [day.date for day in days_of(fair.id)]
    number = max(1, sum(date <= local(moment, fair).date() for date in dates))
    return _("day %(number)s of %(all)s", number=number, all=len(dates))


def earlier_privacy_words(fair: Fair) -> Sequence[PrivacyWords]:
    """What the privacy words said before, latest first."""
    query = select(PrivacyWords).where(PrivacyWords.fair_id == fair.id).order_by(PrivacyWords.version.desc())
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


def names_of(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Who they are, by name; those who were erased have none."""
    query = select(Person.id, Person.name).where(Person.id.in_(list(person_ids)), Person.erased_at.is_(None))
    return {row.id: row.name for row in db.session.execute(query.order_by(Person.folded_name))}


# --- Protected identity -------------------------------------------------------------------------

_aliases: list[Callable[[uuid.UUID], Mapping[uuid.UUID, str]]] = []


def shown_by_alias(find: Callable[[uuid.UUID], Mapping[uuid.UUID, str]]) -> None:
    """A later feature says which people a fair shows by another name than their own."""
    _aliases.append(find)


def aliases_at(fair_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The people whose identity is protected at this fair, each with the name that is shown."""
    return {person: alias for find in _aliases for person, alias in find(fair_id).items()}
