"""Answering people, taking an answer back while it waits, and writing of them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete

from bazaar import clock
from bazaar.checkin.models import Remark
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.db import db, locked
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import phase_of
from bazaar.followups import letters, rules
from bazaar.followups.models import Answer, Promise
from bazaar.followups.queries.answers import answers_with, promise_to, registrations_here, standing_answer
from bazaar.followups.queries.known import Known
from bazaar.i18n import day_words
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.messages.models import Letter
from bazaar.people.models import Person

# --- Answers --------------------------------------------------------------------------------------


def answer(
    fair: Fair, exhibitor: Exhibitor, people: Sequence[Known], kind: str, words: str, by: Person
) -> list[Answer]:
    """One answer to each of these people, all or none. Who has this very answer already keeps it."""
    if kind not in rules.KINDS:
        raise NotFound
    refuse_closed(fair)
    if any(one.left for one in people):
        raise Refused(_("Somebody among them has left the fair. There is nobody to answer."))
    ids = sorted(one.id for one in people)
    for key in ids:
        locked(Registration, key)  # two recruiters at once give one answer, not two
    given = []
    for key, registration in registrations_here(fair, ids).items():
        standing = standing_answer(exhibitor, key)
        if standing is not None and (standing.kind, standing.words) == (kind, words):
            continue
        if standing is not None and rules.may_undo(standing.at, clock.now()) and _hold_back(standing):
            standing.undone_at = clock.now()  # another answer at once: only the last is sent
        given.append(_answer(exhibitor, registration, kind, words, by))
    return given


def refuse_closed(fair: Fair) -> None:
    """Once the follow-up is closed, nothing more is promised or answered."""
    phase = phase_of(fair.id, "followup")
    if phase is not None and phase.closes_at <= clock.now():
        raise Refused(
            _("The follow-up of this fair closed on %(day)s.", day=day_words(phase.closes_at, fair))
        )


def _answer(exhibitor: Exhibitor, registration: Registration, kind: str, words: str, by: Person) -> Answer:
    row = Answer(
        fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, registration_id=registration.id, kind=kind,
        words=words, by=by.id, at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    letters.answered(row, registration, exhibitor.organisation.name)
    note("answer", "answer", row.id, fair_id=exhibitor.fair_id, actor=by.id, kind=kind)
    return row


def undo(exhibitor: Exhibitor, ids: Collection[uuid.UUID], by: Person) -> int:
    """Take answers back while their letters wait: what was said before counts again. How many there were."""
    answers = [locked(Answer, one.id) for one in answers_with(exhibitor, ids)]
    standing = [one for one in answers if one.undone_at is None]
    for one in standing:
        if not rules.may_undo(one.at, clock.now()) or not _hold_back(one):
            raise Refused(_("The letter has been sent. You can give another answer instead."))
        one.undone_at = clock.now()
        note("undo_answer", "answer", one.id, fair_id=exhibitor.fair_id, actor=by.id)
    return len(standing)


def _hold_back(one: Answer) -> bool:
    """The letter goes, unless somebody is sending it this very moment."""
    if one.letter_id is None:
        return True
    gone = delete(Letter).where(Letter.id == one.letter_id, Letter.status == "waiting").returning(Letter.id)
    return db.session.scalar(gone) is not None


# --- Notes ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """What a recruiter writes of somebody, and by when they promise an answer."""

    note: str
    star: int
    next_step: str
    answer_by: date | None = None


def write(fair: Fair, exhibitor: Exhibitor, known: Known, words: Words, by: Person, usual: date) -> Remark:
    """The recruiter's latest words; what they and others wrote before is kept."""
    refuse_closed(fair)
    if words.next_step not in NEXT_STEPS:
        raise NotFound
    remark = Remark(
        fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, registration_id=known.id, author=by.id,
        author_name=by.name, at=clock.now(), note=words.note, star=words.star, next_step=words.next_step,
    )  # fmt: skip
    db.session.add(remark)
    db.session.flush()
    note("write", "remark", remark.id, fair_id=exhibitor.fair_id, actor=by.id)
    _promise(exhibitor, known.id, words.answer_by if words.answer_by != usual else None, by)
    return remark


def _promise(exhibitor: Exhibitor, registration_id: uuid.UUID, answer_by: date | None, by: Person) -> None:
    """An answer by another day than the usual one; None goes back to the usual one."""
    locked(Registration, registration_id)
    row = promise_to(exhibitor, registration_id)
    if row is None and answer_by is None:
        return
    if answer_by is None:
        db.session.delete(row)
    elif row is None:
        row = Promise(
            fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, registration_id=registration_id,
            answer_by=answer_by, by=by.id,
        )  # fmt: skip
        db.session.add(row)
    else:
        row.answer_by, row.by, row.at = answer_by, by.id, clock.now()
    db.session.flush()
    said = answer_by.isoformat() if answer_by else None
    note("promise", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=by.id, answer_by=said)
