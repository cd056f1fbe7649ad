"""The public list of a fair's employers: found by work, place, Swedish, day and name, page by page, with the facts of their jobs."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from bazaar.booths.queries import booth_numbers
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Vacancy
from bazaar.employers.rules import SWEDISH, swedish_rank
from bazaar.occupations.models import Group
from bazaar.occupations.queries import name_of
from bazaar.words import fold

PAGE = 30
MOST_PLACES = 300


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Empty means anything."""

    search: str = ""
    field: str = ""
    place: str = ""
    swedish: str = ""  # what they have: jobs that need no more
    interviews: bool = False
    day: uuid.UUID | None = None


@dataclass
class Facts:
    """What an employer's published vacancies say together."""

    openings: int = 0
    occupations: list[str] = field(default_factory=list)
    pay: dict[str, tuple[int, int]] = field(default_factory=dict)  # by period: least and most
    swedish: str | None = None  # the least of all
    interviews: bool = False


@dataclass
class Found:
    """One page of employers with their facts and booths, how many there are, and where the next page begins."""

    employers: list[Exhibitor]
    facts: dict[uuid.UUID, Facts]
    booths: dict[uuid.UUID, list[int]]
    matching: int
    all: int
    next: uuid.UUID | None
    previous: uuid.UUID | None


def find(
    fair_id: uuid.UUID, wanted: Wanted, *, after: uuid.UUID | None = None, before: uuid.UUID | None = None
) -> Found:
    """Approved exhibitors by name; `after` and `before` are the last and first of the page one comes from."""
    conditions = _conditions(fair_id, wanted)
    rows, more = _page(fair_id, conditions, after, before)
    ids = [row.id for row in rows]
    everybody = _count(fair_id, [])
    matching = everybody if wanted == Wanted() else _count(fair_id, conditions)
    has_next = more if before is None else bool(rows)
    has_previous = more if before is not None else after is not None
    return Found(
        rows, _facts(fair_id, ids), booth_numbers(fair_id, ids), matching, everybody,
        ids[-1] if ids and has_next else None, ids[0] if ids and has_previous else None,
    )  # fmt: skip


def _page(
    fair_id: uuid.UUID, conditions: Sequence[ColumnElement[bool]], after: uuid.UUID | None, before: uuid.UUID | None
) -> tuple[list[Exhibitor], bool]:  # fmt: skip
    query = _employers(fair_id).where(*conditions).limit(PAGE + 1)
    if before is not None:
        back = query.where(_beyond(before, forward=False))
        rows = list(db.session.scalars(back.order_by(Organisation.folded_name.desc(), Exhibitor.id.desc())))
        return rows[:PAGE][::-1], len(rows) > PAGE
    if after is not None:
        query = query.where(_beyond(after, forward=True))
    rows = list(db.session.scalars(query.order_by(Organisation.folded_name, Exhibitor.id)))
    return rows[:PAGE], len(rows) > PAGE


def _employers(fair_id: uuid.UUID) -> Select[Exhibitor]:
    return (
        select(Exhibitor)
        .join(Exhibitor.organisation)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.status == "approved")
        .options(contains_eager(Exhibitor.organisation))
    )


def _count(fair_id: uuid.UUID, conditions: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(Exhibitor).join(Exhibitor.organisation)
    query = query.where(Exhibitor.fair_id == fair_id, Exhibitor.status == "approved", *conditions)
    return db.session.scalar(query) or 0


def _beyond(exhibitor_id: uuid.UUID, *, forward: bool) -> ColumnElement[bool]:
    edge, its_organisation = aliased(Exhibitor), aliased(Organisation)
    name = (
        select(its_organisation.folded_name)
        .join(edge, edge.organisation_id == its_organisation.id)
        .where(edge.id == exhibitor_id)
        .scalar_subquery()
    )
    if forward:
        further, equal = Organisation.folded_name > name, Exhibitor.id > exhibitor_id
    else:
        further, equal = Organisation.folded_name < name, Exhibitor.id < exhibitor_id
    return or_(further, and_(Organisation.folded_name == name, equal))


def _conditions(fair_id: uuid.UUID, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.search:
        conditions.append(_named(fair_id, wanted.search))
    if wanted.day is not None:
        conditions.append(
            exists().where(ExhibitorDay.exhibitor_id == Exhibitor.id, ExhibitorDay.fair_day_id == wanted.day)
        )
    of_job = _of_job(wanted)
    if of_job:
        conditions.append(_has_job(fair_id, *of_job))
    if wanted.interviews:
        conditions.append(
            or_(Exhibitor.interviews_today, _has_job(fair_id, *of_job, Vacancy.interviews_today.is_(True)))
        )
    return conditions


def _of_job(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What one and the same job must be."""
    job: list[ColumnElement[bool]] = []
    if wanted.field:
        job.append(Vacancy.group_code.in_(select(Group.code).where(Group.field_code == wanted.field)))
    if wanted.place:
        job.append(Vacancy.place == wanted.place)
    if wanted.swedish in SWEDISH:
        job.append(Vacancy.swedish.in_(SWEDISH[: swedish_rank(wanted.swedish) + 1]))
    return job


def _has_job(fair_id: uuid.UUID, *job: ColumnElement[bool]) -> ColumnElement[bool]:
    # Asked once for the whole fair, not once for each employer.
    published = (Vacancy.fair_id == fair_id, Vacancy.status == "published")
    return Exhibitor.id.in_(select(Vacancy.exhibitor_id).where(*published, *job))


def _named(fair_id: uuid.UUID, search: str) -> ColumnElement[bool]:
    pattern = fold(search).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{pattern}%"
    return or_(
        Organisation.folded_name.like(like, escape="\\"),
        _has_job(fair_id, Vacancy.folded_title.like(like, escape="\\")),
    )


def _facts(fair_id: uuid.UUID, exhibitors: Iterable[uuid.UUID]) -> dict[uuid.UUID, Facts]:
    query = (
        select(Vacancy, Group)
        .outerjoin(Group, Group.code == Vacancy.group_code)
        .where(
            Vacancy.fair_id == fair_id,
            Vacancy.exhibitor_id.in_(list(exhibitors)),
            Vacancy.status == "published",
        )
        .order_by(Vacancy.folded_title, Vacancy.id)
    )
    facts: dict[uuid.UUID, Facts] = {}
    for vacancy, group in db.session.execute(query):
        _add(
            facts.setdefault(vacancy.exhibitor_id, Facts()),
            vacancy,
            name_of(group) if vacancy.group_code else vacancy.title,
        )
    return facts


def _add(facts: Facts, vacancy: Vacancy, occupation: str) -> None:
    facts.openings += vacancy.openings or 0
    if occupation not in facts.occupations:
        facts.occupations.append(occupation)
    if vacancy.pay_from is not None and vacancy.pay_period:
        least, most = facts.pay.get(vacancy.pay_period, (vacancy.pay_from, vacancy.pay_from))
        facts.pay[vacancy.pay_period] = (
            min(least, vacancy.pay_from),
            max(most, vacancy.pay_to or vacancy.pay_from),
        )
    if vacancy.swedish in SWEDISH and (
        facts.swedish is None or swedish_rank(vacancy.swedish) < swedish_rank(facts.swedish)
    ):
        facts.swedish = vacancy.swedish
    facts.interviews = facts.interviews or bool(vacancy.interviews_today)


def places_of(fair_id: uuid.UUID) -> Sequence[str]:
    """Where the published jobs are."""
    query = (
        select(Vacancy.place)
        .where(Vacancy.fair_id == fair_id, Vacancy.status == "published", Vacancy.place.is_not(None))
        .distinct()
        .order_by(Vacancy.place)
        .limit(MOST_PLACES)
    )
    return [place for place in db.session.scalars(query) if place]


def fields_of(fair_id: uuid.UUID) -> set[str]:
    """The occupation fields in which there are published jobs."""
    query = (
        select(Group.field_code)
        .join(Vacancy, Vacancy.group_code == Group.code)
        .where(Vacancy.fair_id == fair_id, Vacancy.status == "published")
        .distinct()
    )
    return set(db.session.scalars(query))
