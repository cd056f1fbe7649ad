"""Whom an exhibitor has met, what it wrote and owes.

One statement gathers a short row for everybody it has to do with: the counts, the filters and the order come from
these. What a line shows beside is fetched for the fifty on the page.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Uuid, and_, bindparam, case, cast, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from bazaar.checkin.models import Remark, Scan
from bazaar.checkin.queries import COUNTS
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.followups import rules
from bazaar.followups.models import Answer, Promise
from bazaar.followups.queries.truth import (
    AT_A_BOOTH,
    SAYS_SOMETHING,
    STANDS,
    STATE,
    Occasion,
    Said,
    scans_of,
    stands_for,
    times,
    together,
)
from bazaar.followups.rules import Debt
from bazaar.i18n import local
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import all_ids_of, work_of
from bazaar.meetings.models import Meeting, Slot
from bazaar.people.models import Person
from bazaar.sharing.models import Share
from bazaar.sharing.queries import Profile, shared_profile, shared_profiles, standing_shares
from bazaar.words import fold

PAGE = 50


# --- Everybody an exhibitor has to do with ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """What there is between an exhibitor and a jobseeker, in short."""

    id: uuid.UUID
    folded_name: str
    left: bool  # has left the fair, or is erased: a line without a name
    first_at: datetime | None  # when they first had to do with each other
    status: str
    met: bool
    star: int
    steps: int  # rules.steps_in
    mine: bool
    answered: str | None
    answered_at: datetime | None
    due: date
    promised: bool
    debt: str

    @property
    def order(self) -> tuple[Any, ...]:
        """Who is late first, then by the day; then who is owed nothing; then who has an answer, the latest first."""
        if self.debt == rules.ANSWERED and self.answered_at:
            return (2, -self.answered_at.timestamp(), 0, self.folded_name, self.id)
        if self.debt == rules.NOTHING:
            return (1, 0, -self.star, self.folded_name, self.id)
        return (0, self.due.toordinal(), -self.star, self.folded_name, self.id)


@dataclass(frozen=True)
class Everybody:
    """All that an exhibitor's list is made of: those it may see, and how many were scanned without sharing."""

    people: list[Known]
    unseen: int
    due: date
    today: date

    @property
    def debt(self) -> Debt:
        return rules.debt_sum((one.met, one.promised, one.debt) for one in self.people)


def everybody(fair: Fair, exhibitor_id: uuid.UUID, me: uuid.UUID, moment: datetime) -> Everybody:
    """Everybody who asked, booked, met, shared or was scanned at this exhibitor, in the order of the list."""
    days = days_of(fair.id)
    today = local(moment, fair).date()
    due = rules.answer_by(days[-1].date if days else today, fair.answer_days)
    people: list[Known] = []
    unseen = 0
    given = {"fair_id": fair.id, "exhibitor_id": exhibitor_id, "me": me, **times(fair, moment)}
    for row in db.session.execute(_facts(), given):
        if not row.chosen:
            unseen += 1
        elif (known := _known(row, due, today)) is not None:
            people.append(known)
    people.sort(key=lambda one: one.order)
    return Everybody(people, unseen, due, today)


def _known(row: Any, usual_due: date, today: date) -> Known | None:
    status = rules.status_of(
        row.states.split(",") if row.states else (),
        scanned=row.scanned_at is not None,
        shares=bool(row.shares),
        says_something=bool(row.says),
    )
    left = row.status != "registered"
    if left and status != rules.MET:
        return None
    promised = bool(row.steps or row.promise) and not left
    due = row.promise or usual_due
    debt = rules.debt_of(promised=promised, answered=row.answer is not None, due=due, today=today)
    first = min((at for at in (row.starts_at, row.scanned_at) if at), default=None)
    return Known(
        row.id, "" if left else row.folded_name, left, first, status, status == rules.MET, row.star or 0,
        row.steps or 0, bool(row.mine), row.answer, row.answered_at, due, promised, debt,
    )  # fmt: skip


FAIR_ID, EXHIBITOR_ID = bindparam("fair_id", type_=Uuid()), bindparam("exhibitor_id", type_=Uuid())
ME, IDS = bindparam("me", type_=Uuid()), bindparam("ids", type_=Uuid(), expanding=True)


def _at(table: Any) -> tuple[ColumnElement[bool], ...]:
    return table.fair_id == FAIR_ID, table.exhibitor_id == EXHIBITOR_ID


@cache
def _facts() -> Select[Any]:
    """A short row for each; `chosen` says whether the jobseeker chose this exhibitor, by a meeting or a share."""
    met, scanned, written, answers = _meetings_here(), _scans_here(), _remarks_here(), _answers_here()
    shares = (
        select(Share.registration_id.label("id"))
        .where(*_at(Share), Share.withdrawn_at.is_(None))
        .cte("shares")
    )
    promises = (
        select(Promise.registration_id.label("id"), Promise.answer_by).where(*_at(Promise)).cte("promises")
    )
    people = union(select(met.c.id), select(shares.c.id), select(scanned.c.id)).cte("people")
    query = select(
        Registration.id,
        Registration.folded_name,
        Registration.status,
        or_(met.c.id.is_not(None), shares.c.id.is_not(None)).label("chosen"),
        shares.c.id.is_not(None).label("shares"),
        met.c.states,
        met.c.starts_at,
        scanned.c.at.label("scanned_at"),
        written.c.star,
        written.c.steps,
        written.c.says,
        case((or_(met.c.mine == 1, written.c.mine == 1), 1), else_=0).label("mine"),
        answers.c.kind.label("answer"),
        answers.c.at.label("answered_at"),
        promises.c.answer_by.label("promise"),
    ).join_from(people, Registration, Registration.id == people.c.id)
    for part in (met, shares, scanned, written, promises, answers):
        query = query.outerjoin(part, part.c.id == people.c.id)
    return query


def _meetings_here() -> CTE:
    whose = cast(
        Meeting.registration_id, Uuid()
    )  # so that SQLite looks at this exhibitor's meetings, not the fair's
    return (
        select(
            whose.label("id"),
            func.aggregate_strings(STATE, ",").label("states"),
            func.min(Meeting.starts_at).label("starts_at"),
            func.max(case((Slot.recruiter_id == ME, 1), else_=0)).label("mine"),
        )
        .outerjoin(Slot, Slot.id == Meeting.slot_id)
        .where(*_at(Meeting), Meeting.status.in_(rules.NOT_CANCELLED))
        .group_by(whose)
        .cte("met")
    )


def _scans_here() -> CTE:
    return (
        select(stands_for(Registration).label("id"), func.min(Scan.at).label("at"))
        .join(Registration, Registration.id == Scan.registration_id)
        .where(*_at(Scan), Scan.kind.in_(AT_A_BOOTH), Scan.badge_kind == "jobseeker", COUNTS)
        .group_by(stands_for(Registration))
        .cte("scanned")
    )


def _remarks_here() -> CTE:
    """What recruiters wrote: of each the latest, and whether any of them ever said anything."""
    whose = stands_for(Registration)
    each = (
        select(
            whose.label("id"),
            Remark.star,
            Remark.next_step,
            case((Remark.author == ME, 1), else_=0).label("mine"),
            case((SAYS_SOMETHING, 1), else_=0).label("says"),
            func.row_number()
            .over(partition_by=(whose, Remark.author), order_by=(Remark.at.desc(), Remark.id.desc()))
            .label("turn"),
        )
        .join(Registration, Registration.id == Remark.registration_id)
        .where(*_at(Remark), STANDS)
        .cte("remarks")
    )
    latest = each.c.turn == 1
    bits = [
        func.max(case((and_(latest, each.c.next_step == step), 1 << place), else_=0))
        for place, step in enumerate(NEXT_STEPS[1:])
    ]
    return (
        select(
            each.c.id,
            func.max(case((latest, each.c.star), else_=0)).label("star"),
            sum(bits[1:], bits[0]).label("steps"),
            func.max(each.c.says).label("says"),
            func.max(each.c.mine).label("mine"),
        )
        .group_by(each.c.id)
        .cte("written")
    )


def _answers_here() -> CTE:
    whose = stands_for(Registration)
    latest = func.row_number().over(partition_by=whose, order_by=(Answer.at.desc(), Answer.id.desc()))
    each = (
        select(whose.label("id"), Answer.kind, Answer.at, latest.label("turn"))
        .join(Registration, Registration.id == Answer.registration_id)
        .where(*_at(Answer), Answer.undone_at.is_(None))
        .cte("each_answer")
    )
    latest_one = each.c.turn == 1
    return (
        select(
            each.c.id,
            func.max(case((latest_one, each.c.kind))).label("kind"),
            func.max(case((latest_one, each.c.at))).label("at"),
        )
        .group_by(each.c.id)
        .cte("answers")
    )


# --- The list ---------------------------------------------------------------------------------------

TABS = ("promised", "all", "mine")


@dataclass(frozen=True)
class Filters:
    """What the list shows; every filter is optional."""

    tab: str = "promised"
    status: str = ""
    star: bool = False
    step: str = ""
    day: date | None = None
    recruiter: uuid.UUID | None = None
    text: str = ""


def tab_counts(all_of_them: Everybody) -> dict[str, int]:
    people = all_of_them.people
    return {
        "promised": sum(one.promised for one in people),
        "all": len(people),
        "mine": sum(one.mine for one in people),
    }


def filtered(fair: Fair, exhibitor_id: uuid.UUID, all_of_them: Everybody, filters: Filters) -> list[Known]:
    """Those whom the filters let through, in the order of the list."""
    bit = 1 << NEXT_STEPS.index(filters.step) - 1 if filters.step in NEXT_STEPS[1:] else 0
    words = fold(filters.text).split()
    written_by = _written_by(fair.id, exhibitor_id, filters.recruiter) if filters.recruiter else None

    def shown(one: Known) -> bool:
        return (
            (filters.tab != "promised" or one.promised)
            and (filters.tab != "mine" or one.mine)
            and (not filters.status or one.status == filters.status)
            and (not filters.star or one.star > 0)
            and (not bit or bool(one.steps & bit))
            and (
                filters.day is None
                or (one.first_at and local(one.first_at, fair).date() == filters.day) is True
            )
            and (written_by is None or one.id in written_by)
            and all(word in one.folded_name for word in words)
        )

    return [one for one in all_of_them.people if shown(one)]


def _written_by(fair_id: uuid.UUID, exhibitor_id: uuid.UUID, recruiter: uuid.UUID) -> set[uuid.UUID]:
    """Whom a recruiter wrote of, or sits at the table with."""
    remarks = (
        select(stands_for(Registration))
        .join(Remark, Remark.registration_id == Registration.id)
        .where(Remark.fair_id == fair_id, Remark.exhibitor_id == exhibitor_id, Remark.author == recruiter)
    )
    meetings = (
        select(Meeting.registration_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            Meeting.fair_id == fair_id, Meeting.exhibitor_id == exhibitor_id, Slot.recruiter_id == recruiter
        )
    )
    return set(db.session.scalars(remarks)) | set(db.session.scalars(meetings))


def recruiters_of(fair_id: uuid.UUID, exhibitor_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Everybody who wrote of somebody here, by name."""
    query = (
        select(Remark.author, func.max(Remark.author_name))
        .where(Remark.fair_id == fair_id, Remark.exhibitor_id == exhibitor_id)
        .group_by(Remark.author)
    )
    return sorted(((author, name) for author, name in db.session.execute(query)), key=lambda pair: pair[1])


@dataclass(frozen=True)
class Page:
    """Fifty lines, and whether there are others before and after them."""

    people: list[Known]
    has_earlier: bool
    has_later: bool


def page_of(
    people: Sequence[Known],
    *,
    after: uuid.UUID | None = None,
    before: uuid.UUID | None = None,
    last: bool = False,
) -> Page:
    """The first fifty, those after or before a line, or the last."""
    at = next((place for place, one in enumerate(people) if one.id == (after or before)), None)
    start = 0
    if last:
        start = len(people) - PAGE
    elif at is not None:
        start = at + 1 if after else at - PAGE
    start = max(0, start)
    return Page(list(people[start : start + PAGE]), start > 0, start + PAGE < len(people))


@dataclass(frozen=True)
class Line:
    """A line of the list with its words."""

    known: Known
    name: str
    work: str
    swedish: str
    notes: list[Said]

    @property
    def note(self) -> str:
        """The latest note that says anything."""
        return next((said.note for said in reversed(self.notes) if said.note), "")


def lines_of(fair: Fair, exhibitor_id: uuid.UUID, people: Sequence[Known]) -> list[Line]:
    """The words beside these people: of the profile only what each shares, and nothing of whom has left."""
    ids = [one.id for one in people]
    names = {row.id: row for row in db.session.execute(_NAMES, {"ids": ids})}
    there = [one.id for one in people if not one.left and not names[one.id].erased_at]
    shared: dict[uuid.UUID, set[str]] = {
        row.registration_id: set(row.fields)
        for row in db.session.execute(_SHARED_FIELDS, {"exhibitor_id": exhibitor_id, "ids": there})
    }
    work = work_of(there)
    said = _latest_said(fair.id, exhibitor_id, there)
    lines = []
    for one in people:
        row, fields = names[one.id], shared.get(one.id, set())
        name = row.alias if row.protected else row.name
        lines.append(
            Line(
                one,
                name if one.id in there else "",
                ", ".join(each.words for each in work.get(one.id, [])) if "work" in fields else "",
                row.swedish if "swedish" in fields else "",
                said.get(one.id, []),
            )
        )
    return lines


_NAMES: Any = (
    select(
        Registration.id,
        Registration.name,
        Registration.alias,
        Registration.protected,
        Registration.swedish,
        Person.erased_at,
    )
    .join(Registration.person)
    .where(Registration.id.in_(IDS))
)
_SHARED_FIELDS: Any = select(Share.registration_id, Share.fields).where(
    Share.exhibitor_id == EXHIBITOR_ID, Share.registration_id.in_(IDS), Share.withdrawn_at.is_(None)
)


@cache
def _said_of() -> Any:
    """Everything that was written of these people, also under a registration that was joined; oldest first."""
    joined = aliased(Registration)
    theirs = select(joined.id).where(or_(joined.id.in_(IDS), joined.joined_to.in_(IDS)))
    return (
        select(
            stands_for(Registration), Remark.author, Remark.author_name, Remark.at, Remark.note, Remark.star,
            Remark.next_step,
        )
        .join(Registration, Registration.id == Remark.registration_id)
        .where(*_at(Remark), Remark.registration_id.in_(theirs), STANDS)
        .order_by(Remark.at, Remark.id)
    )  # fmt: skip


def _latest_said(
    fair_id: uuid.UUID, exhibitor_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Said]]:
    """Of each person the latest words of each recruiter, oldest first."""
    latest: dict[uuid.UUID, dict[uuid.UUID, Said]] = defaultdict(dict)
    for whose, *said in db.session.execute(
        _said_of(), {"fair_id": fair_id, "exhibitor_id": exhibitor_id, "ids": ids}
    ):
        one = Said(*said)
        latest[whose].pop(one.author, None)
        latest[whose][one.author] = one
    return {whose: list(of.values()) for whose, of in latest.items()}


# --- One person -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Whole:
    """Everything an exhibitor knows of one person."""

    line: Line
    protected: bool
    profile: Profile | None  # while they share
    occasions: list[Occasion]
    said: list[Said]  # newest first
    earlier: list[Said]  # what the same recruiters had written before
    answers: list[Answer]  # newest first, also those taken back
    language: str  # in which they are written to

    @property
    def answer(self) -> Answer | None:
        """The answer that counts."""
        return next((answer for answer in self.answers if answer.undone_at is None), None)


def known_one(all_of_them: Everybody, registration_id: uuid.UUID) -> Known:
    for one in all_of_them.people:
        if one.id == registration_id:
            return one
    raise NotFound


def whole(
    fair: Fair, exhibitor_id: uuid.UUID, known: Known, moment: datetime, line: Line | None = None
) -> Whole:
    """Everything between an exhibitor and somebody on its list; `line` where the page has it already."""
    registration = db.session.scalars(
        select(Registration).where(Registration.id == known.id).options(joinedload(Registration.person))
    ).one()
    ids = all_ids_of(registration)
    line = line or lines_of(fair, exhibitor_id, [known])[0]
    given = {"fair_id": fair.id, "exhibitor_id": exhibitor_id, "ids": [known.id] if line.name else []}
    said = [Said(*row[1:]) for row in db.session.execute(_said_of(), given)]
    share = standing_shares(exhibitor_id, [known.id]).get(known.id)
    answers = select(Answer).where(
        Answer.fair_id == fair.id, Answer.exhibitor_id == exhibitor_id, Answer.registration_id.in_(ids)
    )
    return Whole(
        line=line,
        protected=registration.protected,
        profile=shared_profile(share) if share and line.name else None,
        occasions=_occasions(fair, exhibitor_id, ids, moment),
        said=list(reversed(line.notes)),
        earlier=[one for one in reversed(said) if one not in line.notes],
        answers=list(db.session.scalars(answers.order_by(Answer.at.desc(), Answer.id.desc()))),
        language=registration.person.language,
    )


def _occasions(
    fair: Fair, exhibitor_id: uuid.UUID, ids: Collection[uuid.UUID], moment: datetime
) -> list[Occasion]:
    scans = scans_of(fair.id, ids).get(exhibitor_id, [])
    meetings = (
        select(Meeting)
        .where(
            Meeting.fair_id == fair.id, Meeting.exhibitor_id == exhibitor_id, Meeting.registration_id.in_(ids)
        )
        .options(joinedload(Meeting.slot).joinedload(Slot.recruiter))
        .order_by(Meeting.starts_at.is_(None), Meeting.starts_at, Meeting.id)
    )
    return together(fair, db.session.scalars(meetings).all(), scans, moment)


# --- Files ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exported:
    line: Line
    profile: Profile | None


def for_export(fair: Fair, exhibitor_id: uuid.UUID, people: Sequence[Known]) -> Iterator[Exported]:
    """The lines of a file, some hundred at a time. Protected people stand in no file, nor who has left."""
    for start in range(0, len(people), 200):
        some = people[start : start + 200]
        shares = standing_shares(exhibitor_id, [one.id for one in some])
        profiles = shared_profiles(list(shares.values()))
        hidden = _protected([one.id for one in some])
        for line in lines_of(fair, exhibitor_id, some):
            share = shares.get(line.known.id)
            if line.name and line.known.id not in hidden:
                yield Exported(line, profiles[share.id] if share else None)


def _protected(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    query = select(Registration.id).where(Registration.id.in_(ids), Registration.protected)
    return set(db.session.scalars(query))


# --- Answers and promises ----------------------------------------------------------------------------


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
