"""An organisation's place at a fair: asked for, answered, changed, given back."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from bazaar import clock
from bazaar.db import db, locked, new_id, once
from bazaar.employers import letters
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Vacancy
from bazaar.employers.queries import chosen_at, days_of_exhibitor, waiting_of
from bazaar.employers.rules import (
    APPLIED,
    APPROVED,
    PUBLISHED,
    WAITLISTED,
    WITHDRAWN,
    approves,
    may_decide,
)
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay
from bazaar.journal.actions import note
from bazaar.people.models import Person

# --- What hangs on a place, told by the features that come later on the street ---------------------


@dataclass(frozen=True)
class Hanging:
    """`said` names in words what goes when an exhibitor leaves these fair days; `let_go` undoes it."""

    said: Callable[[Exhibitor, Collection[uuid.UUID]], list[str]]
    let_go: Callable[[Exhibitor, Collection[uuid.UUID], Person | None], None]


_hanging: list[Hanging] = []


def hang(
    said: Callable[[Exhibitor, Collection[uuid.UUID]], list[str]],
    let_go: Callable[[Exhibitor, Collection[uuid.UUID], Person | None], None],
) -> None:
    """A later feature says what of its own hangs on an exhibitor's days: booths, times, meetings."""
    _hanging.append(Hanging(said, let_go))


def hangs_on(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> list[str]:
    """In words, what goes when the exhibitor leaves these days."""
    return [words for one in _hanging for words in one.said(exhibitor, days)]


def hangs_on_place(exhibitor: Exhibitor) -> list[str]:
    """In words, what goes when the exhibitor leaves the fair."""
    said = hangs_on(exhibitor, [day.id for day in days_of_exhibitor(exhibitor.id)])
    shown = db.session.scalar(
        select(func.count()).where(Vacancy.exhibitor_id == exhibitor.id, Vacancy.status == PUBLISHED)
    )
    if shown:
        said.append(
            ngettext("%(num)s vacancy is no longer shown", "%(num)s vacancies are no longer shown", shown)
        )
    return said


def _let_go(exhibitor: Exhibitor, days: Collection[uuid.UUID], by: Person | None) -> None:
    # Whoever books for the exhibitor at this moment locks its row too, and finds it changed.
    db.session.execute(select(Exhibitor.id).where(Exhibitor.id == exhibitor.id).with_for_update())
    for one in _hanging:
        one.let_go(exhibitor, days, by)


# --- Asking for a place ----------------------------------------------------------------------------


def apply(
    fair: Fair, organisation: Organisation, facts: Mapping[str, Any], days: Sequence[FairDay], by: Person
) -> Exhibitor:  # fmt: skip
    """The organisation asks for a place; who withdrew may ask again."""
    exhibitor = _place(fair, organisation, facts, days, APPLIED, by)
    letters.applied(exhibitor, by)
    return exhibitor


def add_by_hand(
    fair: Fair, organisation: Organisation, facts: Mapping[str, Any], days: Sequence[FairDay], by: Person
) -> Exhibitor:  # fmt: skip
    """An organiser gives the organisation a place without its asking."""
    exhibitor = _place(fair, organisation, facts, days, APPROVED, by)
    exhibitor.decided_at = clock.now()
    letters.decided(exhibitor, fair.results_visible_from)
    return exhibitor


def _place(
    fair: Fair,
    organisation: Organisation,
    facts: Mapping[str, Any],
    days: Sequence[FairDay],
    status: str,
    by: Person,
) -> Exhibitor:
    left = db.session.scalar(
        select(Exhibitor).where(
            Exhibitor.fair_id == fair.id,
            Exhibitor.organisation_id == organisation.id,
            Exhibitor.status == WITHDRAWN,
        )
    )
    exhibitor = left or Exhibitor(id=new_id(), fair_id=fair.id, organisation_id=organisation.id)
    exhibitor.status, exhibitor.reason, exhibitor.applied_at = status, "", clock.now()
    for key, value in facts.items():
        setattr(exhibitor, key, value)
    exhibitor.fair, exhibitor.organisation = fair, organisation
    taken = _("%(name)s has asked for a place at this fair already.", name=organisation.name)
    once(db.session(), lambda: db.session.add(exhibitor), lambda _constraint: Refused(taken))
    _set_days(exhibitor, days)
    note("applied" if status == APPLIED else "added", "exhibitor", exhibitor.id, fair_id=fair.id, actor=by.id)
    return exhibitor


# --- Answering -------------------------------------------------------------------------------------


def decide(
    fair: Fair, exhibitors: Iterable[Exhibitor], decision: str, reason: str, by: Person
) -> dict[str, int]:
    """Answer these exhibitors alike. Without room, approving puts on the waiting list; a place that gets free goes
    to the first who waits. How many got which status; those that had it already, or have withdrawn, are not counted.
    """
    fair = locked(Fair, fair.id)
    exhibitors = chosen_at(fair.id, [one.id for one in exhibitors], fresh=True)
    counts: dict[str, int] = {}
    freed = False
    for exhibitor in exhibitors:
        if not may_decide(exhibitor.status, decision):
            continue
        given = decision
        if decision == APPROVED and not _has_room(fair):
            given = WAITLISTED
            if exhibitor.status == WAITLISTED:
                counts["full"] = counts.get("full", 0) + 1
                continue
        freed = _answer(exhibitor, given, reason, by) or freed
        counts[given] = counts.get(given, 0) + 1
    if freed and decision != WAITLISTED:
        counts["moved"] = len(move_waiting_list(fair))
    return counts


def reopen(exhibitor: Exhibitor, by: Person) -> None:
    """Take an answer back before it counts: the application waits again, a letter not yet sent is not sent."""
    locked(Fair, exhibitor.fair_id)
    if exhibitor.status == APPROVED:
        _let_go(exhibitor, [day.id for day in days_of_exhibitor(exhibitor.id)], by)
    exhibitor.status, exhibitor.reason, exhibitor.decided_at = APPLIED, "", None
    letters.take_back(exhibitor)
    note("reopened", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=by.id)


def _answer(exhibitor: Exhibitor, decision: str, reason: str, by: Person | None) -> bool:
    """Give this answer; True where it took a place away."""
    freed = exhibitor.status == APPROVED
    if freed:
        _let_go(exhibitor, [day.id for day in days_of_exhibitor(exhibitor.id)], by)
    exhibitor.status, exhibitor.reason, exhibitor.decided_at = decision, reason, clock.now()
    db.session.flush()
    letters.decided(exhibitor, exhibitor.fair.results_visible_from)
    note(decision, "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=by.id if by else None)
    return freed


def _has_room(fair: Fair) -> bool:
    return approves("", _taken(fair.id), fair.max_exhibitors)


def _taken(fair_id: uuid.UUID) -> int:
    query = select(func.count()).where(Exhibitor.fair_id == fair_id, Exhibitor.status == APPROVED)
    return db.session.scalar(query) or 0


def move_waiting_list(fair: Fair) -> list[Exhibitor]:
    """Give free places to those who waited longest, where the fair has a number of places. Who got one."""
    fair = locked(Fair, fair.id)
    if fair.max_exhibitors is None:
        return []
    free = max(0, fair.max_exhibitors - _taken(fair.id))
    moved = list(waiting_of(fair.id))[:free]
    for exhibitor in moved:
        exhibitor.fair = fair
        _answer(exhibitor, APPROVED, "", None)
    return moved


# --- Changing one's mind ---------------------------------------------------------------------------


def change_place(
    exhibitor: Exhibitor, facts: Mapping[str, Any], days: Sequence[FairDay] | None, by: Person | None
) -> bool:  # fmt: skip
    """Change wishes, days and ways of meeting; what hung on a day that is left goes with it."""
    changed = [key for key, value in facts.items() if getattr(exhibitor, key) != value]
    for key in changed:
        setattr(exhibitor, key, facts[key])
    if days is not None and _set_days(exhibitor, days, by):
        changed.append("days")
    if changed:
        note(
            "changed", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=by.id if by else None, changed=changed
        )  # fmt: skip
    return bool(changed)


def days_left(exhibitor: Exhibitor, days: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """The days on which an exhibitor takes part and that are not among `days`."""
    stays = set(days)
    return [day.id for day in days_of_exhibitor(exhibitor.id) if day.id not in stays]


def _set_days(exhibitor: Exhibitor, days: Sequence[FairDay], by: Person | None = None) -> bool:
    db.session.flush()
    has = {day.id for day in days_of_exhibitor(exhibitor.id)}
    wanted = {day.id for day in days}
    left = has - wanted
    if left:
        _let_go(exhibitor, left, by)
        gone = db.delete(ExhibitorDay).where(
            ExhibitorDay.exhibitor_id == exhibitor.id, ExhibitorDay.fair_day_id.in_(left)
        )
        db.session.execute(gone)
    db.session.add_all(
        ExhibitorDay(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, fair_day_id=day.id)
        for day in days
        if day.id not in has
    )
    db.session.flush()
    return has != wanted


def withdraw(
    exhibitor: Exhibitor, by: Person, *, reason: str = "", by_organiser: bool = False
) -> list[Exhibitor]:
    """Give the place back with all that hangs on it; a place that gets free goes to the first who waits: who got it."""
    fair = locked(Fair, exhibitor.fair_id)
    exhibitor = locked(Exhibitor, exhibitor.id)
    if exhibitor.status == WITHDRAWN:
        raise Refused(_("The place is given back already."))
    exhibitor.fair, exhibitor.organisation = fair, db.session.get_one(Organisation, exhibitor.organisation_id)
    had_place = exhibitor.status == APPROVED
    _let_go(exhibitor, [day.id for day in days_of_exhibitor(exhibitor.id)], by)
    exhibitor.status, exhibitor.reason, exhibitor.decided_at = WITHDRAWN, reason, clock.now()
    letters.withdrawn(exhibitor, by, by_organiser=by_organiser)
    note("withdrew", "exhibitor", exhibitor.id, fair_id=fair.id, actor=by.id)
    db.session.flush()
    return move_waiting_list(fair) if had_place else []
