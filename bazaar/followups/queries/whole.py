"""Everything an exhibitor knows of one person."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.followups.models import Answer
from bazaar.followups.queries.exhibitor import Line, lines_of, said_of
from bazaar.followups.queries.known import Known
from bazaar.followups.queries.truth import Occasion, Said, scans_of, together
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import all_ids_of
from bazaar.meetings.models import Meeting, Slot
from bazaar.sharing.queries import Profile, shared_profile, standing_shares


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
    said = [Said(*row[1:]) for row in db.session.execute(said_of(), given)]
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
