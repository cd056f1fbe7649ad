"""Everybody an exhibitor has to do with: one statement gathers a short row for each.

The counts, the filters and the order of its list come from these.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, Uuid, and_, bindparam, case, cast, func, or_, select, union

from bazaar.checkin.models import Remark, Scan
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.followups import rules
from bazaar.followups.models import Answer, Promise
from bazaar.followups.queries.truth import (
    SAYS_SOMETHING,
    STANDS,
    scans_at_booths,
    stands_for,
    state_where,
    times,
    was_scanned,
)
from bazaar.followups.rules import Debt
from bazaar.i18n import local
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting, Slot
from bazaar.sharing.models import Share


class Known(NamedTuple):
    """What there is between an exhibitor and a jobseeker, in short."""

    id: uuid.UUID
    folded_name: str
    left: bool  # has left the fair, or is erased: a line without a name
    took_back: (
        bool  # no longer lets this exhibitor see them, and has no meeting to come: their name is not shown
    )
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


def known_one(all_of_them: Everybody, registration_id: uuid.UUID) -> Known:
    for one in all_of_them.people:
        if one.id == registration_id:
            return one
    raise NotFound


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
    to_come = {rules.TO_COME, rules.ASKED} & set((row.states or "").split(","))
    took_back = bool(row.took_back and not row.shares and not to_come)
    promised = bool(row.steps or row.promise) and not left
    due = row.promise or usual_due
    debt = rules.debt_of(promised=promised, answered=row.answer is not None, due=due, today=today)
    first = min((at for at in (row.starts_at, row.scanned_at) if at), default=None)
    return Known(
        row.id, "" if left or took_back else row.folded_name, left, took_back, first, status, status == rules.MET, row.star or 0,
        row.steps or 0, bool(row.mine), row.answer, row.answered_at, due, promised, debt,
    )  # fmt: skip


FAIR_ID, EXHIBITOR_ID = bindparam("fair_id", type_=Uuid()), bindparam("exhibitor_id", type_=Uuid())
ME, IDS = bindparam("me", type_=Uuid()), bindparam("ids", type_=Uuid(), expanding=True)


def here(table: Any) -> tuple[ColumnElement[bool], ...]:
    return table.fair_id == FAIR_ID, table.exhibitor_id == EXHIBITOR_ID


@cache
def _facts() -> Select[Any]:
    """A short row for each; `chosen` says whether the jobseeker chose this exhibitor, by a meeting or a share."""
    scans = scans_at_booths(*here(Scan))
    scanned = select(scans.c.id, func.min(scans.c.at).label("at")).group_by(scans.c.id).cte("scanned")
    met, written, answers = _meetings_here(scans), _remarks_here(), _answers_here()
    shares = (
        select(Share.registration_id.label("id"))
        .where(*here(Share), Share.withdrawn_at.is_(None))
        .cte("shares")
    )
    took_back = (
        select(Share.registration_id.label("id"))
        .where(*here(Share), Share.withdrawn_at.is_not(None))
        .distinct()
        .cte("took_back")
    )
    promises = (
        select(Promise.registration_id.label("id"), Promise.answer_by).where(*here(Promise)).cte("promises")
    )
    people = union(select(met.c.id), select(shares.c.id), select(scanned.c.id)).cte("people")
    query = select(
        Registration.id,
        Registration.folded_name,
        Registration.status,
        or_(met.c.id.is_not(None), shares.c.id.is_not(None)).label("chosen"),
        shares.c.id.is_not(None).label("shares"),
        took_back.c.id.is_not(None).label("took_back"),
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
    for part in (met, shares, took_back, scanned, written, promises, answers):
        query = query.outerjoin(part, part.c.id == people.c.id)
    return query


def _meetings_here(scans: CTE) -> CTE:
    whose = cast(
        Meeting.registration_id, Uuid()
    )  # so that SQLite looks at this exhibitor's meetings, not the fair's
    my_slots = select(Slot.id).where(*here(Slot), Slot.recruiter_id == ME)
    return (
        select(
            whose.label("id"),
            func.aggregate_strings(state_where(was_scanned(scans, *here(Meeting))), ",").label("states"),
            func.min(Meeting.starts_at).label("starts_at"),
            func.max(case((Meeting.slot_id.in_(my_slots), 1), else_=0)).label("mine"),
        )
        .where(*here(Meeting), Meeting.status.in_(rules.NOT_CANCELLED))
        .group_by(whose)
        .cte("met")
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
        .where(*here(Remark), STANDS)
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
        .where(*here(Answer), Answer.undone_at.is_(None))
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
