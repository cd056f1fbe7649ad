"""The employers a jobseeker has met, and what each promised."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.checkin.models import Remark
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.queries import days_of
from bazaar.followups import rules
from bazaar.followups.models import Answer, Promise
from bazaar.followups.queries.truth import STANDS, Occasion, Said, Seen, scans_of, together
from bazaar.i18n import local
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import all_ids_of
from bazaar.meetings.models import Meeting, Slot
from bazaar.sharing.models import Share


@dataclass(frozen=True)
class EmployerMet:
    """An employer as the jobseeker met it."""

    exhibitor: Exhibitor
    status: str
    occasions: list[Occasion]
    steps: list[str]  # what was promised
    due: date | None
    debt: str
    answer: Answer | None  # once it can no longer be taken back
    share: Share | None
    seen: list[Seen] = field(default_factory=list)


MET_IN_PERSON = (rules.MET, rules.SCANNED, rules.UNKNOWN, rules.NO_SHOW)


def employers_met(registration: Registration, moment: datetime) -> list[EmployerMet]:
    """The employers this jobseeker met or was scanned at, the latest first, with what each promised."""
    fair, ids = registration.fair, all_ids_of(registration)
    seen = scans_of(fair.id, ids)
    meetings = _own_meetings(fair.id, ids)
    shares = _own_shares(fair.id, registration.id)
    said, answers, promises = (
        _own_said(fair.id, ids),
        _own_answers(fair.id, ids, moment),
        _own_promises(fair.id, ids),
    )
    exhibitors = select(Exhibitor).where(
        Exhibitor.fair_id == fair.id, Exhibitor.id.in_({*seen, *meetings, *answers})
    )
    days = days_of(fair.id)
    today = local(moment, fair).date()
    usual = rules.answer_by(days[-1].date if days else today, fair.answer_days)
    found = []
    for exhibitor in db.session.scalars(exhibitors.options(joinedload(Exhibitor.organisation))):
        key = exhibitor.id
        occasions = together(fair, meetings[key], seen[key], moment)
        status = rules.status_of(
            [one.state for one in occasions],
            scanned=bool(seen[key]),
            shares=key in shares,
            says_something=any(one.note or one.star or one.next_step != "none" for one in said[key].all),
        )
        answer = answers.get(key)
        if status not in MET_IN_PERSON and answer is None:
            continue
        steps = [step for step in NEXT_STEPS[1:] if step in {one.next_step for one in said[key].latest}]
        promised = bool(steps) or key in promises
        due = promises.get(key, usual) if promised else None
        debt = rules.debt_of(promised=promised, answered=answer is not None, due=due or usual, today=today)
        found.append(
            EmployerMet(exhibitor, status, occasions, steps, due, debt, answer, shares.get(key), seen[key])
        )
    return sorted(
        found, key=lambda one: max((o.at for o in one.occasions if o.at), default=moment), reverse=True
    )


@dataclass(frozen=True)
class _AllSaid:
    all: list[Said] = field(default_factory=list)

    @property
    def latest(self) -> list[Said]:
        return list({one.author: one for one in self.all}.values())


def _own_meetings(fair_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Meeting]]:
    query = (
        select(Meeting)
        .where(
            Meeting.fair_id == fair_id, Meeting.registration_id.in_(ids), Meeting.status.in_(rules.STANDING)
        )
        .options(joinedload(Meeting.slot).joinedload(Slot.recruiter))
        .order_by(Meeting.starts_at)
    )
    found: dict[uuid.UUID, list[Meeting]] = defaultdict(list)
    for meeting in db.session.scalars(query):
        found[meeting.exhibitor_id].append(meeting)
    return found


def _own_shares(fair_id: uuid.UUID, registration_id: uuid.UUID) -> dict[uuid.UUID, Share]:
    query = select(Share).where(
        Share.fair_id == fair_id, Share.registration_id == registration_id, Share.withdrawn_at.is_(None)
    )
    return {share.exhibitor_id: share for share in db.session.scalars(query)}


def _own_said(fair_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, _AllSaid]:
    query: Any = (
        select(
            Remark.exhibitor_id, Remark.author, Remark.author_name, Remark.at, Remark.note, Remark.star, Remark.next_step
        )
        .where(Remark.fair_id == fair_id, Remark.registration_id.in_(ids), STANDS)
        .order_by(Remark.at, Remark.id)
    )  # fmt: skip
    found: dict[uuid.UUID, _AllSaid] = defaultdict(_AllSaid)
    for exhibitor_id, *said in db.session.execute(query):
        found[exhibitor_id].all.append(Said(*said))
    return found


def _own_answers(fair_id: uuid.UUID, ids: Collection[uuid.UUID], moment: datetime) -> dict[uuid.UUID, Answer]:
    """The latest answer of each exhibitor that can no longer be taken back."""
    query = (
        select(Answer)
        .where(
            Answer.fair_id == fair_id,
            Answer.registration_id.in_(ids),
            Answer.undone_at.is_(None),
            Answer.at <= moment - rules.UNDO,
        )
        .order_by(Answer.at, Answer.id)
    )
    return {answer.exhibitor_id: answer for answer in db.session.scalars(query)}


def _own_promises(fair_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    query = select(Promise.exhibitor_id, Promise.answer_by).where(
        Promise.fair_id == fair_id, Promise.registration_id.in_(ids)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
