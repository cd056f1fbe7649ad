"""Finding organisations, their people, their places at fairs and their vacancies."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from bazaar import clock
from bazaar.db import db
from bazaar.employers.models import (
    Exhibitor,
    ExhibitorDay,
    Invitation,
    Organisation,
    Representative,
    Upload,
    Vacancy,
)
from bazaar.employers.rules import ADMIN, APPROVED, PUBLISHED, STATUSES, WITHDRAWN, seen_status
from bazaar.errors import Forbidden, NotFound, Refused
from bazaar.fairs.models import Fair, FairDay, Phase
from bazaar.people.models import Contact, Person
from bazaar.words import fold, hashed

PAGE = 50

# --- The floor, told by the feature that comes later on the street ---------------------------------

_price_classes: list[Callable[[uuid.UUID], Iterable[str]]] = []


def price_classes_come_from(told: Callable[[uuid.UUID], Iterable[str]]) -> None:
    """Whoever knows the booths of a fair says their price classes."""
    _price_classes.append(told)


def price_classes(fair_id: uuid.UUID) -> list[str]:
    """What an exhibitor may choose among; none where the booths have no classes."""
    return sorted({one for told in _price_classes for one in told(fair_id)}, key=fold)


# --- Organisations and their people --------------------------------------------------------------


def represented(person: Person, organisation_id: uuid.UUID, *, as_admin: bool = False) -> Organisation:
    """An organisation this person represents. With `as_admin`, a recruiter is Forbidden."""
    part = representation(person, organisation_id)
    if part is None:
        raise NotFound
    if as_admin and part.role != ADMIN:
        raise Forbidden
    return part.organisation


def representation(person: Person, organisation_id: uuid.UUID) -> Representative | None:
    """This person's part in an organisation, with it; None where they have none or it ended."""
    return db.session.scalar(
        select(Representative)
        .where(
            Representative.organisation_id == organisation_id,
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
        )
        .options(joinedload(Representative.organisation))
    )


def earlier_part(organisation_id: uuid.UUID, person: Person) -> Representative | None:
    """This person's part in an organisation, also one that ended."""
    return db.session.scalar(
        select(Representative).where(
            Representative.organisation_id == organisation_id, Representative.person_id == person.id
        )
    )


def is_admin(person: Person, organisation_id: uuid.UUID) -> bool:
    part = representation(person, organisation_id)
    return part is not None and part.role == ADMIN


def organisations_of(person: Person) -> Sequence[Representative]:
    """Every organisation this person represents, each with their role."""
    return db.session.scalars(
        select(Representative)
        .join(Representative.organisation)
        .where(Representative.person_id == person.id, Representative.ended_at.is_(None))
        .options(contains_eager(Representative.organisation))
        .order_by(Organisation.folded_name, Organisation.id)
    ).all()


def representatives_of(organisation_id: uuid.UUID) -> Sequence[Representative]:
    """Those who act for an organisation now, admins first, each with their person."""
    return db.session.scalars(
        select(Representative)
        .join(Representative.person)
        .where(
            Representative.organisation_id == organisation_id,
            Representative.ended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .options(contains_eager(Representative.person))
        .order_by(Representative.role, Person.folded_name, Representative.id)
    ).all()


def representative_of(organisation_id: uuid.UUID, representative_id: uuid.UUID) -> Representative:
    """One of an organisation's present people; NotFound for any other."""
    for part in representatives_of(organisation_id):
        if part.id == representative_id:
            return part
    raise NotFound


def admins_of(organisation_id: uuid.UUID) -> int:
    """How many present admins an organisation has."""
    return sum(part.role == ADMIN for part in representatives_of(organisation_id))


def addresses_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """Where each of these people is written to: an e-mail address before a phone number."""
    contacts = db.session.scalars(
        select(Contact)
        .where(Contact.person_id.in_(list(people)))
        .order_by(Contact.kind.desc(), Contact.id.desc())
    )
    return {contact.person_id: contact for contact in contacts}


@dataclass(frozen=True)
class Reader:
    """Somebody who gets letters: a person, or an organisation for which nobody acts yet."""

    person_id: uuid.UUID | None
    name: str
    language: str
    kind: str
    address: str

    @property
    def by_email(self) -> bool:
        return self.kind == "email"


def readers_of_people(people: Iterable[Person]) -> list[Reader]:
    """Those of these people who have an address."""
    people = list(people)
    addresses = addresses_of(person.id for person in people)
    return [
        Reader(
            person.id, person.name, person.language, addresses[person.id].kind, addresses[person.id].address
        )
        for person in people
        if person.id in addresses
    ]


def readers_of(organisations: Iterable[uuid.UUID], fair: Fair) -> dict[uuid.UUID, list[Reader]]:
    """Who of each organisation gets letters of this fair: its people; without any, its own e-mail address."""
    ids = list(organisations)
    acting = db.session.execute(
        select(Representative.organisation_id, Person)
        .join(Representative.person)
        .where(
            Representative.organisation_id.in_(ids),
            Representative.ended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Representative.id)
    ).all()
    reader = {one.person_id: one for one in readers_of_people(person for _organisation_id, person in acting)}
    readers: dict[uuid.UUID, list[Reader]] = {}
    for organisation_id, person in acting:
        readers.setdefault(organisation_id, []).extend([reader[person.id]] if person.id in reader else [])
    alone = set(ids) - set(readers)
    for one in db.session.scalars(
        select(Organisation).where(Organisation.id.in_(alone), Organisation.email != "")
    ):
        readers[one.id] = [Reader(None, one.name, language_of(fair), "email", one.email)]
    return readers


def language_of(fair: Fair) -> str:
    """The language of letters to an organisation."""
    return fair.languages[0] if fair.languages else "sv"


def open_invitations_of(organisation_id: uuid.UUID) -> Sequence[Invitation]:
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.organisation_id == organisation_id, *_still_open())
        .order_by(Invitation.id.desc())
    ).all()


def invitation_of(organisation_id: uuid.UUID, invitation_id: uuid.UUID) -> Invitation:
    """An open invitation of this organisation."""
    query = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.organisation_id == organisation_id, *_still_open()
    )
    invitation = db.session.scalar(query)
    if invitation is None:
        raise NotFound
    return invitation


def invitation_with(token: str) -> tuple[Invitation, Organisation]:
    """The invitation behind a link, used or not, with its organisation."""
    query = select(Invitation, Organisation).join(Organisation, Organisation.id == Invitation.organisation_id)
    row = db.session.execute(query.where(Invitation.token_hash == hashed(token))).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def is_open_invitation(invitation: Invitation) -> bool:
    return (
        invitation.used_at is None and invitation.withdrawn_at is None and invitation.expires_at > clock.now()
    )


def _still_open() -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > clock.now(),
    )


def organisation_numbered(number: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.number == number))


def namesake(name: str) -> Organisation | None:
    """The one organisation of this name; None where there is none, or more than one."""
    found = db.session.scalars(
        select(Organisation).where(Organisation.folded_name == fold(name)).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


# --- Places at fairs -------------------------------------------------------------------------------


def exhibited(
    person: Person, slug: str, exhibitor_id: uuid.UUID, *, as_admin: bool = False, to_change: bool = False
) -> Exhibitor:
    """This person's organisation's place at a fair, with fair and organisation loaded.

    `to_change`: Refused where the fair is withdrawn, for then there is nothing left to prepare.
    """
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .join(Exhibitor.fair)
        .where(Exhibitor.id == exhibitor_id, Fair.slug == slug)
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation))
    )
    if exhibitor is None:
        raise NotFound
    represented(person, exhibitor.organisation_id, as_admin=as_admin)
    if to_change and exhibitor.fair.withdrawn_at is not None:
        raise Refused(_("The fair does not take place. What you have here stays to read, not to change."))
    return exhibitor


def exhibitor_at(fair_id: uuid.UUID, exhibitor_id: uuid.UUID) -> Exhibitor:
    """One exhibitor of this fair, with fair and organisation; NotFound for another fair's."""
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == exhibitor_id, Exhibitor.fair_id == fair_id)
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation))
    )
    if exhibitor is None:
        raise NotFound
    return exhibitor


def places_of(person: Person) -> Sequence[Exhibitor]:
    """Every place at a fair that this person's organisations have or asked for, the newest fair first."""
    return db.session.scalars(
        select(Exhibitor)
        .join(Representative, Representative.organisation_id == Exhibitor.organisation_id)
        .join(Exhibitor.fair)
        .join(Exhibitor.organisation)
        .where(
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
            Fair.withdrawn_at.is_(None),
        )
        .options(contains_eager(Exhibitor.fair), contains_eager(Exhibitor.organisation))
        .order_by(Fair.id.desc(), Organisation.folded_name, Exhibitor.id)
    ).all()


def place_at(organisation_id: uuid.UUID, fair_id: uuid.UUID) -> Exhibitor | None:
    query = select(Exhibitor).where(
        Exhibitor.organisation_id == organisation_id, Exhibitor.fair_id == fair_id
    )
    return db.session.scalar(query.options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation)))


def seen_status_of(exhibitor: Exhibitor) -> str:
    """What the exhibitor itself may know of its answer now; its fair is loaded."""
    return seen_status(exhibitor.status, exhibitor.fair.results_visible_from, clock.now())


def fairs_to_join(organisation_id: uuid.UUID) -> Sequence[Fair]:
    """Fairs that take applications now and where this organisation has not asked yet, or has withdrawn."""
    now = clock.now()
    taken = select(Exhibitor.fair_id).where(
        Exhibitor.organisation_id == organisation_id, Exhibitor.status != WITHDRAWN
    )
    query = (
        select(Fair)
        .join(Phase, Phase.fair_id == Fair.id)
        .where(
            Phase.kind == "exhibitors",
            Phase.opens_at <= now,
            Phase.closes_at > now,
            Fair.published,
            Fair.withdrawn_at.is_(None),
            Fair.id.not_in(taken),
        )
        .order_by(Fair.id.desc())
        .limit(20)
    )
    return db.session.scalars(query).all()


def exhibitors_of(fair_id: uuid.UUID, *, status: str | None = APPROVED) -> Sequence[Exhibitor]:
    """All exhibitors of a fair with this status (None: any), by name, each with its organisation."""
    query = _exhibitors(fair_id).order_by(Organisation.folded_name, Exhibitor.id)
    if status is not None:
        query = query.where(Exhibitor.status == status)
    return db.session.scalars(query).all()


def exhibitor_named(fair_id: uuid.UUID, name: str) -> Exhibitor | None:
    """An approved exhibitor of this fair by its organisation's name."""
    query = _exhibitors(fair_id).where(Organisation.folded_name == fold(name), Exhibitor.status == APPROVED)
    return db.session.scalars(query.order_by(Exhibitor.id)).first()


def _exhibitors(fair_id: uuid.UUID) -> Select[Exhibitor]:
    return (
        select(Exhibitor)
        .join(Exhibitor.organisation)
        .where(Exhibitor.fair_id == fair_id)
        .options(contains_eager(Exhibitor.organisation))
    )


@dataclass
class Listed:
    """One page of a fair's exhibitors, and how many there are of each status under the same search."""

    rows: list[Exhibitor]
    counts: dict[str, int]
    next: uuid.UUID | None = None
    days: dict[uuid.UUID, list[FairDay]] = field(default_factory=dict)
    vacancies: dict[uuid.UUID, int] = field(default_factory=dict)
    people: dict[uuid.UUID, int] = field(default_factory=dict)


def listed(
    fair_id: uuid.UUID, *, status: str = "", search: str = "", sector: str = "", day: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
) -> Listed:  # fmt: skip
    """A page of exhibitors by name, after the exhibitor `after`."""
    wanted = _filters(search, sector, day)
    counted = (
        select(Exhibitor.status, func.count()).join(Exhibitor.organisation).where(Exhibitor.fair_id == fair_id, *wanted)
    )  # fmt: skip
    found = dict.fromkeys(STATUSES, 0) | _tally(counted.group_by(Exhibitor.status))
    query = _exhibitors(fair_id).where(*wanted)
    if status:
        query = query.where(Exhibitor.status == status)
    if after is not None:
        query = query.where(_behind(after))
    query = query.order_by(Organisation.folded_name, Exhibitor.id).limit(PAGE + 1)
    rows = list(db.session.scalars(query))
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    rows = rows[:PAGE]
    ids = [row.id for row in rows]
    return Listed(
        rows, found, more, days_of_exhibitors(ids), _vacancy_counts(ids), _people_counts(row.organisation_id for row in rows)
    )  # fmt: skip


def _filters(search: str, sector: str, day: uuid.UUID | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search:
        pattern = fold(search).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        wanted.append(Organisation.folded_name.like(f"%{pattern}%", escape="\\"))
    if sector:
        wanted.append(Organisation.sector == sector)
    if day is not None:
        wanted.append(
            Exhibitor.id.in_(select(ExhibitorDay.exhibitor_id).where(ExhibitorDay.fair_day_id == day))
        )
    return wanted


def _behind(after: uuid.UUID) -> ColumnElement[bool]:
    last, its_organisation = aliased(Exhibitor), aliased(Organisation)
    name = (
        select(its_organisation.folded_name)
        .join(last, last.organisation_id == its_organisation.id)
        .where(last.id == after)
        .scalar_subquery()
    )
    return or_(Organisation.folded_name > name, and_(Organisation.folded_name == name, Exhibitor.id > after))


def sectors_at(fair_id: uuid.UUID) -> Sequence[str]:
    """The sectors that a fair's exhibitors have."""
    query = (
        select(Organisation.sector)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.fair_id == fair_id, Organisation.sector != "")
        .distinct()
    )
    return db.session.scalars(query).all()


def counts_by_status(fair_id: uuid.UUID) -> dict[str, int]:
    """How many exhibitors of a fair have each status."""
    query = select(Exhibitor.status, func.count()).where(Exhibitor.fair_id == fair_id)
    found = _tally(query.group_by(Exhibitor.status))
    return dict.fromkeys(STATUSES, 0) | found


def chosen_at(fair_id: uuid.UUID, ids: Iterable[uuid.UUID], *, fresh: bool = False) -> Sequence[Exhibitor]:
    """These exhibitors of this fair, with fair and organisation; another fair's are left out. By name.

    `fresh`: as they stand now, whatever was read before.
    """
    query = _exhibitors(fair_id).where(Exhibitor.id.in_(list(ids))).options(joinedload(Exhibitor.fair))
    query = query.order_by(Organisation.folded_name, Exhibitor.id)
    return db.session.scalars(query, execution_options={"populate_existing": fresh}).all()


def waiting_of(fair_id: uuid.UUID) -> Sequence[Exhibitor]:
    """The waiting list, who applied first standing first."""
    query = _exhibitors(fair_id).where(Exhibitor.status == "waitlisted")
    return db.session.scalars(query.order_by(Exhibitor.applied_at, Exhibitor.id)).all()


def without_representative(fair_id: uuid.UUID) -> Sequence[Exhibitor]:
    """Approved exhibitors for whom nobody can sign in: the organisers' health page names them."""
    present = select(Representative.organisation_id).where(Representative.ended_at.is_(None))
    query = _exhibitors(fair_id).where(
        Exhibitor.status == APPROVED, Exhibitor.organisation_id.not_in(present)
    )
    return db.session.scalars(query.order_by(Organisation.folded_name)).all()


def without_vacancy(fair_id: uuid.UUID) -> Sequence[Exhibitor]:
    """Approved employers without a published vacancy."""
    published = select(Vacancy.exhibitor_id).where(Vacancy.fair_id == fair_id, Vacancy.status == PUBLISHED)
    query = _exhibitors(fair_id).where(
        Exhibitor.status == APPROVED, Exhibitor.kind == "employer", Exhibitor.id.not_in(published)
    )
    return db.session.scalars(query.order_by(Organisation.folded_name)).all()


def days_of_exhibitor(exhibitor_id: uuid.UUID) -> list[FairDay]:
    """The days on which an exhibitor takes part, in order."""
    return days_of_exhibitors([exhibitor_id]).get(exhibitor_id, [])


def days_of_exhibitors(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[FairDay]]:
    query = (
        select(ExhibitorDay.exhibitor_id, FairDay)
        .join(FairDay, FairDay.id == ExhibitorDay.fair_day_id)
        .where(ExhibitorDay.exhibitor_id.in_(list(ids)))
        .order_by(FairDay.date)
    )
    days: dict[uuid.UUID, list[FairDay]] = defaultdict(list)
    for exhibitor_id, day in db.session.execute(query):
        days[exhibitor_id].append(day)
    return dict(days)


def _tally(query: Any) -> dict[Any, int]:
    """Rows of (key, count) as a dictionary."""
    return {row[0]: row[1] for row in db.session.execute(query)}


def _people_counts(organisations: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = (
        select(Representative.organisation_id, func.count())
        .where(
            Representative.organisation_id.in_(list(organisations)),
            Representative.ended_at.is_(None),
        )
        .group_by(Representative.organisation_id)
    )
    return _tally(query)


# --- Vacancies --------------------------------------------------------------------------------------


def vacancies_of(exhibitor_id: uuid.UUID) -> Sequence[Vacancy]:
    """All of an exhibitor's vacancies, the published first, then drafts, then withdrawn ones."""
    rows = db.session.scalars(select(Vacancy).where(Vacancy.exhibitor_id == exhibitor_id))
    order = {PUBLISHED: 0, "draft": 1}
    return sorted(rows, key=lambda row: (order.get(row.status, 2), row.folded_title, row.id))


def vacancy_of(exhibitor_id: uuid.UUID, vacancy_id: uuid.UUID) -> Vacancy:
    query = select(Vacancy).where(Vacancy.id == vacancy_id, Vacancy.exhibitor_id == exhibitor_id)
    vacancy = db.session.scalar(query)
    if vacancy is None:
        raise NotFound
    return vacancy


def published_vacancies_of(fair_id: uuid.UUID, exhibitor_id: uuid.UUID | None = None) -> Sequence[Vacancy]:
    """What jobseekers see: published vacancies of approved exhibitors, by exhibitor and title."""
    query = (
        select(Vacancy)
        .join(Vacancy.exhibitor)
        .where(Vacancy.fair_id == fair_id, Vacancy.status == PUBLISHED, Exhibitor.status == APPROVED)
        .order_by(Vacancy.exhibitor_id, Vacancy.folded_title, Vacancy.id)
    )
    if exhibitor_id is not None:
        query = query.where(Vacancy.exhibitor_id == exhibitor_id)
    return db.session.scalars(query).all()


def _vacancy_counts(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = (
        select(Vacancy.exhibitor_id, func.count())
        .where(Vacancy.exhibitor_id.in_(list(ids)), Vacancy.status == PUBLISHED)
        .group_by(Vacancy.exhibitor_id)
    )
    return _tally(query)


# --- Files on their way in --------------------------------------------------------------------------


def upload_with(fair_id: uuid.UUID, kind: str, token: str) -> Upload | None:
    """The file somebody has just looked through at this fair, if it is still kept."""
    query = select(Upload).where(
        Upload.token_hash == hashed(token), Upload.fair_id == fair_id, Upload.kind == kind, Upload.expires_at > clock.now()
    )  # fmt: skip
    return db.session.scalar(query)
