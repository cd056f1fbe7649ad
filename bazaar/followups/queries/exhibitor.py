"""An exhibitor's list: what it shows of those it has to do with, fifty at a time.

What a line shows beside is fetched for the fifty on the page.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from bazaar.checkin.models import Remark
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.followups.queries.known import EXHIBITOR_ID, IDS, Everybody, Known, here
from bazaar.followups.queries.truth import STANDS, Said, stands_for
from bazaar.i18n import local
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import work_of
from bazaar.meetings.models import Meeting, Slot
from bazaar.people.models import Person
from bazaar.sharing.models import Share
from bazaar.sharing.queries import Profile, shared_profiles, standing_shares
from bazaar.words import fold

PAGE = 50


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
                _("Name taken back") if one.took_back else name if one.id in there else "",
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
def said_of() -> Any:
    """Everything that was written of these people, also under a registration that was joined; oldest first."""
    joined = aliased(Registration)
    theirs = or_(
        Remark.registration_id.in_(IDS),
        Remark.registration_id.in_(select(joined.id).where(joined.joined_to.in_(IDS))),
    )
    return (
        select(
            stands_for(Registration), Remark.author, Remark.author_name, Remark.at, Remark.note, Remark.star,
            Remark.next_step,
        )
        .join(Registration, Registration.id == Remark.registration_id)
        .where(*here(Remark), theirs, STANDS)
        .order_by(Remark.at, Remark.id)
    )  # fmt: skip


def _latest_said(
    fair_id: uuid.UUID, exhibitor_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Said]]:
    """Of each person the latest words of each recruiter, oldest first."""
    latest: dict[uuid.UUID, dict[uuid.UUID, Said]] = defaultdict(dict)
    for whose, *said in db.session.execute(
        said_of(), {"fair_id": fair_id, "exhibitor_id": exhibitor_id, "ids": ids}
    ):
        one = Said(*said)
        latest[whose].pop(one.author, None)
        latest[whose][one.author] = one
    return {whose: list(of.values()) for whose, of in latest.items()}


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
            if line.name and not line.known.took_back and line.known.id not in hidden:
                yield Exported(line, profiles[share.id] if share else None)


def _protected(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    query = select(Registration.id).where(Registration.id.in_(ids), Registration.protected)
    return set(db.session.scalars(query))
