"""Finding registrations: one's own, the organiser's list, whose badge a code is."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from bazaar.db import db
from bazaar.employers.models import Representative
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair, Organiser, Staff
from bazaar.fairs.queries import shown_by_alias
from bazaar.i18n import language_now
from bazaar.jobseekers.models import (
    AccessNeed,
    Badge,
    Registration,
    SpokenLanguage,
    ToldApart,
    WantedPlace,
    WantedWork,
)
from bazaar.jobseekers.rules import Answered, is_similar
from bazaar.occupations.models import Field, Group, Name
from bazaar.people.models import Contact, Person
from bazaar.words import fold

PAGE = 50
STANDING = ("registered", "started")

Alike = list[tuple[uuid.UUID, str]]  # registrations with their folded names


def _whole() -> Select[Registration]:
    return select(Registration).options(joinedload(Registration.fair), joinedload(Registration.person))


# --- One's own ------------------------------------------------------------------------------------


# Built once: every page of a jobseeker asks.
OWN = (
    select(Registration)
    .join(Registration.fair)
    .join(Registration.person)
    .where(
        Fair.slug == bindparam("slug"),
        Fair.withdrawn_at.is_(None),
        Registration.person_id == bindparam("person_id"),
    )
    .options(contains_eager(Registration.fair), contains_eager(Registration.person))
)


def my_registration(person: Person, slug: str, *, also_started: bool = False) -> Registration:
    """This person's own place at a fair, with fair and person loaded; a cancelled one is not there.

    One that was joined with another leads to that other: both are the same person's.
    """
    registration = registration_of(person.id, slug)
    statuses = ("registered", "started") if also_started else ("registered",)
    if registration is None or registration.status not in statuses:
        raise NotFound
    return registration


def registration_of(person_id: uuid.UUID, slug: str) -> Registration | None:
    """This person's place at a fair, whatever its status, with fair and person loaded."""
    registration = db.session.scalar(OWN, {"slug": slug, "person_id": person_id})
    if registration is not None and registration.joined_to is not None:
        return db.session.scalar(_whole().where(Registration.id == registration.joined_to))
    return registration


def registrations_of(person: Person) -> Sequence[Registration]:
    """All places of this person, newest fair first, with their fairs."""
    query = (
        select(Registration)
        .where(Registration.person_id == person.id, Registration.status.in_(("registered", "started")))
        .options(joinedload(Registration.fair))
        .order_by(Registration.id.desc())
    )
    return db.session.scalars(query).all()


# --- Below a loaded fair --------------------------------------------------------------------------


def registration_at(fair: Fair, registration_id: uuid.UUID) -> Registration:
    """One registration of this fair, with fair and person loaded."""
    registration = db.session.scalar(
        _whole().where(Registration.fair_id == fair.id, Registration.id == registration_id)
    )
    if registration is None:
        raise NotFound
    return registration


def registration_behind(fair_id: uuid.UUID, code: str) -> Registration | None:
    """Whose badge this code is; a voided badge is still recognised."""
    query = (
        _whole()
        .join(Badge, Badge.registration_id == Registration.id)
        .where(Badge.fair_id == fair_id, Badge.code == code)
    )
    return db.session.scalar(query)


def badge_of(registration: Registration) -> str | None:
    """The code of the badge to show; None before the registration is finished."""
    query = (
        select(Badge.code)
        .where(Badge.registration_id == registration.id, Badge.voided_at.is_(None))
        .order_by(Badge.made_at, Badge.code)
    )
    return db.session.scalars(query).first()


def all_ids_of(registration: Registration) -> list[uuid.UUID]:
    """This registration and those joined with it: scans keep the one they were made with."""
    joined = select(Registration.id).where(
        Registration.fair_id == registration.fair_id, Registration.joined_to == registration.id
    )
    return [registration.id, *db.session.scalars(joined)]


def answered(registration: Registration) -> Answered:
    """What has been asked and answered so far."""
    work = registration.undecided or bool(
        db.session.scalar(select(exists().where(WantedWork.registration_id == registration.id)))
    )
    return Answered(
        work=work, swedish=bool(registration.swedish), privacy=registration.privacy_version is not None
    )


# --- The profile ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """A work that somebody wants, with its words in the reader's language."""

    id: uuid.UUID
    field_code: str
    group_code: str | None
    name_id: uuid.UUID | None
    words: str

    @property
    def is_field(self) -> bool:
        return self.group_code is None and self.name_id is None


def _in_reader_language(table: Any) -> Any:
    return table.name_sv if language_now().startswith("sv") else table.name_en


def work_of(registration_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Work]]:
    """What each of these wants to work with, the most exact words of each."""
    query = (
        select(
            WantedWork.registration_id,
            WantedWork.id,
            WantedWork.field_code,
            WantedWork.group_code,
            WantedWork.name_id,
            Name.name_sv,
            _in_reader_language(Group),
            _in_reader_language(Field),
        )
        .join(Field, Field.code == WantedWork.field_code)
        .outerjoin(Group, Group.code == WantedWork.group_code)
        .outerjoin(Name, Name.id == WantedWork.name_id)
        .where(WantedWork.registration_id.in_(list(registration_ids)))
        .order_by(Field.position, WantedWork.id)
    )
    found: dict[uuid.UUID, list[Work]] = {}
    for registration_id, id_, field_code, group_code, name_id, *names in db.session.execute(query):
        words = next(name for name in names if name)
        found.setdefault(registration_id, []).append(Work(id_, field_code, group_code, name_id, words))
    return found


def wanted_work(registration: Registration) -> list[Work]:
    return work_of([registration.id]).get(registration.id, [])


def languages_of(registration: Registration) -> Sequence[SpokenLanguage]:
    query = select(SpokenLanguage).where(SpokenLanguage.registration_id == registration.id)
    return db.session.scalars(query.order_by(SpokenLanguage.id)).all()


def places_of(registration: Registration) -> Sequence[str]:
    query = select(WantedPlace.place).where(WantedPlace.registration_id == registration.id)
    return db.session.scalars(query.order_by(WantedPlace.id)).all()


def needs_of(registration: Registration) -> AccessNeed | None:
    """Access needs: the jobseeker's own and the organisers' to see, never an employer's."""
    return db.session.get(AccessNeed, registration.id)


@dataclass(frozen=True)
class Exact:
    """Where a piece of work belongs: a field, perhaps a group, perhaps a name in it."""

    field_code: str
    group_code: str | None = None
    name_id: uuid.UUID | None = None


def work_behind(code: str, words: str = "") -> Exact | None:
    """The work of a field's or group's code, more exactly the name in the group that has these words."""
    if db.session.get(Field, code):
        return Exact(code)
    group = db.session.get(Group, code)
    if group is None:
        return None
    name = select(Name.id).where(Name.group_code == code, Name.folded == fold(words)).order_by(Name.id)
    return Exact(group.field_code, code, db.session.scalars(name).first() if words else None)


# --- The organiser's list ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the list shows. Every filter is optional but the status."""

    status: str = "registered"
    text: str = ""
    field_code: str = ""
    day_id: uuid.UUID | None = None
    source: str = ""
    language: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    id: uuid.UUID
    name: str
    protected: bool
    language: str
    swedish: str
    day_id: uuid.UUID | None
    source: str
    registered_at: datetime | None
    work: list[Work]


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    has_earlier: bool
    has_later: bool


ORDER = (Registration.folded_name, Registration.id)
_COLUMNS = (
    Registration.id, Registration.name, Registration.alias, Registration.protected, Person.language,
    Registration.swedish, Registration.arrival_day_id, Registration.source, Registration.registered_at,
)  # fmt: skip


def page_of(
    fair: Fair,
    filters: Filters,
    *,
    after: uuid.UUID | None = None,
    before: uuid.UUID | None = None,
    last: bool = False,
    size: int = PAGE,
) -> Page:
    """So many lines in order of names: the first, those after or before a line, or the last."""
    turned = last or before is not None
    ids = _filtered(fair.id, filters).limit(size + 1)
    ids = ids.order_by(*(column.desc() for column in ORDER) if turned else ORDER)
    pivot = after or before
    if pivot is not None:
        here = _place_of(fair.id, pivot)
        ids = ids.where(tuple_(*ORDER) < here if turned else tuple_(*ORDER) > here)
    found = list(db.session.scalars(ids))
    more, found = len(found) > size, found[:size]
    if turned:
        found.reverse()
    return Page(
        _lines(found),
        has_earlier=more if turned else after is not None,
        has_later=before is not None if turned else more,
    )


def _place_of(fair_id: uuid.UUID, registration_id: uuid.UUID) -> Any:
    """Where a line stands. Addresses hold its id, so that no name stands in them."""
    found = db.session.execute(
        select(Registration.folded_name, Registration.id).where(
            Registration.fair_id == fair_id, Registration.id == registration_id
        )
    ).first()
    if found is None:
        raise NotFound
    return tuple_(*(literal(value, column.type) for value, column in zip(found, ORDER, strict=True)))


def _filtered(fair_id: uuid.UUID, filters: Filters) -> Select[uuid.UUID]:
    query = select(Registration.id).where(
        Registration.fair_id == fair_id, Registration.status == filters.status
    )
    for word in fold(filters.text).split():
        # A protected person is found by the name that lists show, not by the other.
        query = query.where(Registration.folded_name.contains(word, autoescape=True))
    if filters.field_code:
        wants = exists().where(
            WantedWork.registration_id == Registration.id, WantedWork.field_code == filters.field_code
        )
        query = query.where(wants)
    if filters.day_id:
        query = query.where(Registration.arrival_day_id == filters.day_id)
    if filters.source:
        query = query.where(Registration.source == filters.source)
    if filters.language:
        spoken = aliased(Person)
        query = query.where(
            exists().where(spoken.id == Registration.person_id, spoken.language == filters.language)
        )
    return query


def _lines(ids: list[uuid.UUID]) -> list[Line]:
    query = select(*_COLUMNS).join(Registration.person).where(Registration.id.in_(ids))
    rows = {row[0]: row for row in db.session.execute(query)}
    work = work_of(ids)
    lines = []
    for id_ in ids:
        _id, name, alias, protected, language, swedish, day_id, source, registered_at = rows[id_]
        shown = alias if protected else name
        lines.append(
            Line(id_, shown, protected, language, swedish, day_id, source, registered_at, work.get(id_, []))
        )
    return lines


def pages_of(fair: Fair, filters: Filters, size: int) -> Iterator[Page]:
    """All lines, page by page, so that memory stays small."""
    page = page_of(fair, filters, size=size)
    yield page
    while page.has_later:
        page = page_of(fair, filters, after=page.lines[-1].id, size=size)
        yield page


def first_contacts(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """One address of each registration's person, by registration."""
    query = (
        select(Registration.id, Contact.address)
        .join(Contact, Contact.person_id == Registration.person_id)
        .where(Registration.id.in_(list(ids)))
        .order_by(Contact.id.desc())
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def holds_office(person_id: uuid.UUID) -> bool:
    """Whether somebody is more than a jobseeker: who signs in as them organises, works at or exhibits at a fair."""
    offices = (
        select(Organiser.id).where(Organiser.person_id == person_id),
        select(Staff.id).where(Staff.person_id == person_id),
        select(Representative.id).where(Representative.person_id == person_id),
        select(Person.id).where(Person.id == person_id, Person.may_organise),
    )
    return any(db.session.scalar(office.limit(1)) is not None for office in offices)


def has_proved_an_address(person_id: uuid.UUID) -> bool:
    query = select(Contact.id).where(Contact.person_id == person_id, Contact.verified_at.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


# --- The same person twice --------------------------------------------------------------------------


def likely_same(
    fair_id: uuid.UUID, folded_name: str, addresses: Collection[str], besides: uuid.UUID | None = None
) -> list[Registration]:
    """Those at a fair with this name, or with a similar one at one of these addresses; the desk decides."""
    at_address = (
        select(Registration.id)
        .join(Contact, Contact.person_id == Registration.person_id)
        .where(Registration.fair_id == fair_id, Contact.address.in_(addresses))
    )
    query = _whole().where(
        Registration.fair_id == fair_id,
        Registration.status.in_(STANDING),
        or_(Registration.folded_name == folded_name, Registration.id.in_(at_address)),
    )
    if besides is not None:
        query = query.where(Registration.id != besides)
    found = db.session.scalars(query.order_by(Registration.folded_name, Registration.id))
    return [other for other in found if is_similar(other.folded_name, folded_name)]


def twins_of(registration: Registration) -> list[Registration]:
    """Others at the fair who may be the same person, but those whom the desk has told apart."""
    addresses = db.session.scalars(
        select(Contact.address).where(Contact.person_id == registration.person_id)
    ).all()
    found = likely_same(registration.fair_id, registration.folded_name, addresses, registration.id)
    different = _told_apart(registration)
    return [other for other in found if other.id not in different]


def _told_apart(registration: Registration) -> set[uuid.UUID]:
    """Those of whom the desk has said that they are other people."""
    pairs = select(ToldApart.one_id, ToldApart.other_id).where(
        ToldApart.fair_id == registration.fair_id,
        or_(ToldApart.one_id == registration.id, ToldApart.other_id == registration.id),
    )
    return {id_ for pair in db.session.execute(pairs) for id_ in pair}


def perhaps_twice(fair: Fair, limit: int = 50) -> list[tuple[Registration, Registration]]:
    """Pairs at this fair that look like one person: the same name, or a similar one at the same address."""
    apart = {
        (one, other)
        for one, other in db.session.execute(
            select(ToldApart.one_id, ToldApart.other_id).where(ToldApart.fair_id == fair.id)
        )
    }
    pairs: dict[tuple[uuid.UUID, uuid.UUID], None] = {}
    for group in (*_of_one_name(fair.id), *_of_one_address(fair.id)):
        for (one, my_name), (other, their_name) in combinations(sorted(group), 2):
            if (one, other) not in apart and is_similar(my_name, their_name):
                pairs[one, other] = None
    return _whole_pairs(list(pairs)[:limit])


def pairs_told_apart(fair: Fair, limit: int = 50) -> list[tuple[Registration, Registration]]:
    """Pairs of whom the desk has said that they are two people, the last told first."""
    pairs = select(ToldApart.one_id, ToldApart.other_id).where(ToldApart.fair_id == fair.id)
    latest = db.session.execute(pairs.order_by(ToldApart.id.desc()).limit(limit))
    return [
        pair
        for pair in _whole_pairs([(one, other) for one, other in latest])
        if all(one.status in STANDING for one in pair)
    ]


def _whole_pairs(pairs: list[tuple[uuid.UUID, uuid.UUID]]) -> list[tuple[Registration, Registration]]:
    whole = {r.id: r for r in db.session.scalars(_whole().where(Registration.id.in_(sum(pairs, ()))))}
    return [(whole[one], whole[other]) for one, other in pairs]


def _of_one_name(fair_id: uuid.UUID) -> Iterable[Alike]:
    standing = (Registration.fair_id == fair_id, Registration.status.in_(STANDING))
    names = select(Registration.folded_name).where(*standing).group_by(Registration.folded_name)
    twice = names.having(func.count() > 1)
    query = select(Registration.folded_name, Registration.id).where(
        *standing, Registration.folded_name.in_(twice)
    )
    return _grouped((name, id_, name) for name, id_ in db.session.execute(query))


def _of_one_address(fair_id: uuid.UUID) -> Iterable[Alike]:
    standing = (Registration.fair_id == fair_id, Registration.status.in_(STANDING))
    here = (
        select(Contact.address)
        .join(Registration, Registration.person_id == Contact.person_id)
        .where(*standing)
    )
    twice = here.group_by(Contact.address).having(func.count() > 1)
    query = (
        select(Contact.address, Registration.id, Registration.folded_name)
        .join(Registration, Registration.person_id == Contact.person_id)
        .where(*standing, Contact.address.in_(twice))
    )
    return _grouped((address, id_, name) for address, id_, name in db.session.execute(query))


def _grouped(rows: Iterable[tuple[str, uuid.UUID, str]]) -> Iterable[Alike]:
    groups: dict[str, Alike] = {}
    for key, id_, name in rows:
        groups.setdefault(key, []).append((id_, name))
    return groups.values()


# --- Protected identity -----------------------------------------------------------------------------


def protected_at(fair_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The people whose identity is protected at this fair, each with their alias."""
    query = select(Registration.person_id, Registration.alias).where(
        Registration.fair_id == fair_id, Registration.protected
    )
    return {row.person_id: row.alias for row in db.session.execute(query)}


shown_by_alias(protected_at)
