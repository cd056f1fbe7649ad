"""Registering, answering the questions, and changing the profile."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from bazaar import clock
from bazaar.db import Base, db, locked, new_id
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.jobseekers import letters
from bazaar.jobseekers.models import (
    AccessNeed,
    Badge,
    Registration,
    SpokenLanguage,
    ToldApart,
    WantedPlace,
    WantedWork,
)
from bazaar.jobseekers.queries import Exact, badge_of, languages_of, needs_of, places_of, wanted_work
from bazaar.jobseekers.rules import MOST_WORK, Needs, new_badge_code, swedish_by
from bazaar.journal.actions import note
from bazaar.people.models import Contact, Person
from bazaar.people.rules import kind_of
from bazaar.words import fold

# --- Registering ------------------------------------------------------------------------------------


def start(
    fair: Fair, person: Person, *, source: str = "self", actor: uuid.UUID | None = None
) -> Registration:
    """This person's registration at the fair: the one there is, or one just started.

    A cancelled one begins anew and keeps its badge; one that was joined with another leads to that other.
    """
    locked(Person, person.id)  # one tap too many makes no second row
    registration = db.session.scalar(
        select(Registration).where(Registration.fair_id == fair.id, Registration.person_id == person.id)
    )
    if registration is not None and registration.joined_to is not None:
        return db.session.get_one(Registration, registration.joined_to)
    if registration is None:
        registration = Registration(
            fair_id=fair.id,
            person_id=person.id,
            source=source,
            name=person.name,
            folded_name=fold(person.name),
        )
        db.session.add(registration)
        registration.fair, registration.person = fair, person
    elif registration.status == "cancelled":
        registration.status, registration.cancelled_at = "started", None
        registration.registered_at = registration.privacy_version = None
    else:
        return registration
    db.session.flush()
    note("start", "registration", registration.id, fair_id=fair.id, actor=actor or person.id)
    return registration


def want_fields(registration: Registration, field_codes: Collection[str], *, undecided: bool) -> None:
    """The fields of work that were ticked. What was said more exactly within a ticked field stays."""
    chosen = set() if undecided else set(field_codes)
    rows = db.session.scalars(select(WantedWork).where(WantedWork.registration_id == registration.id)).all()
    for row in rows:
        if row.field_code not in chosen:
            db.session.delete(row)
    for code in sorted(chosen - {row.field_code for row in rows}):
        _want(registration, Exact(code))
    registration.undecided = undecided


def say_swedish(registration: Registration, swedish: str) -> None:
    registration.swedish = swedish
    registration.swedish_by = swedish_by(swedish)


@dataclass(frozen=True)
class Notice:
    """The privacy words that were shown: which version, in which language."""

    version: int
    language: str


def finish(
    registration: Registration, day_id: uuid.UUID | None, notice: Notice, *, actor: uuid.UUID | None = None
) -> str:
    """Registered, with a badge and a welcome letter. The badge's code."""
    moment = clock.now()
    registration.arrival_day_id = day_id
    registration.privacy_version, registration.privacy_language = notice.version, notice.language
    registration.privacy_at = moment
    if registration.status != "registered":
        registration.status, registration.registered_at = "registered", moment
        registration.cancelled_at = None
        letters.welcome(registration)
    code = badge_of(registration) or give_badge(registration)
    note("register", "registration", registration.id, fair_id=registration.fair_id,
         actor=actor or registration.person_id, source=registration.source)  # fmt: skip
    return code


def register_from_list(registration: Registration, actor: uuid.UUID | None) -> str:
    """Registered by somebody else from a list: the privacy words are shown when the person comes by."""
    registration.status, registration.registered_at = "registered", clock.now()
    registration.cancelled_at = None
    code = badge_of(registration) or give_badge(registration)
    letters.welcome(registration)
    note(
        "register",
        "registration",
        registration.id,
        fair_id=registration.fair_id,
        actor=actor,
        source="import",
    )
    return code


@dataclass(frozen=True)
class Said:
    """What a list says of somebody."""

    name: str
    addresses: tuple[str, ...]
    language: str | None
    levels: dict[str, str]
    work: tuple[Exact, ...]
    swedish: str
    needs: Needs


def register_stranger(fair: Fair, said: Said, days: list[date], actor: uuid.UUID | None) -> None:
    """Somebody whom nobody knows yet, from a list: all rows at once and nothing looked up, for lists are long."""
    person = Person(id=new_id(), name=said.name, folded_name=fold(said.name), language=said.language or "sv")
    contacts = [Contact(person=person, kind=kind_of(one), address=one) for one in said.addresses]
    registration = Registration(
        id=new_id(), fair_id=fair.id, source="import", status="registered", registered_at=clock.now(),
        name=person.name, folded_name=person.folded_name, swedish=said.swedish,
        swedish_by=swedish_by(said.swedish),
    )  # fmt: skip
    registration.fair, registration.person = fair, person
    mine: dict[str, Any] = {
        "fair_id": fair.id,
        "registration": registration,
    }  # says in which order rows are written
    rows: list[Base] = [*contacts, registration, Badge(code=new_badge_code(), person_id=person.id, **mine)]
    rows += [
        WantedWork(field_code=one.field_code, group_code=one.group_code, name_id=one.name_id, **mine)
        for one in dict.fromkeys(said.work)
    ]
    rows += [SpokenLanguage(tag=tag, level=level, **mine) for tag, level in said.levels.items()]
    if said.needs != Needs():
        rows.append(AccessNeed(**asdict(said.needs), **mine))
    db.session.add_all(rows)
    letters.welcome(registration, contact=contacts[-1], days=days)
    note("register", "registration", registration.id, fair_id=fair.id, actor=actor, source="import")


def has_read(registration: Registration, notice: Notice) -> None:
    """The privacy words were shown after the registration, as somebody else had registered them."""
    registration.privacy_version, registration.privacy_language = notice.version, notice.language
    registration.privacy_at = clock.now()
    note_change(registration, "privacy", registration.person_id)


def give_badge(registration: Registration) -> str:
    badge = Badge(
        code=new_badge_code(),
        fair_id=registration.fair_id,
        person_id=registration.person_id,
        registration_id=registration.id,
    )
    db.session.add(badge)
    db.session.flush()
    return badge.code


def replace_badge(registration: Registration, actor: uuid.UUID) -> str:
    """A lost badge: a new code, and the old one is void."""
    db.session.execute(
        update(Badge)
        .where(Badge.registration_id == registration.id, Badge.voided_at.is_(None))
        .values(voided_at=clock.now())
    )
    code = give_badge(registration)
    note("replace_badge", "registration", registration.id, fair_id=registration.fair_id, actor=actor)
    return code


def cancel(registration: Registration, actor: uuid.UUID | None) -> None:
    """The registration alone; what hangs on it is undone by `privacy.actions.leave`."""
    registration.status, registration.cancelled_at = "cancelled", clock.now()
    registration.findable = False
    note("cancel", "registration", registration.id, fair_id=registration.fair_id, actor=actor)


# --- The profile ------------------------------------------------------------------------------------


def note_change(registration: Registration, section: str, actor: uuid.UUID) -> None:
    """Which part was changed, never to what."""
    note(
        "change", "registration", registration.id, fair_id=registration.fair_id, actor=actor, section=section
    )


def note_export(fair: Fair, actor: uuid.UUID) -> None:
    """Somebody took the list away."""
    note("export", "registration", None, fair_id=fair.id, actor=actor)


def change_for_them(
    registration: Registration,
    name: str,
    language: str,
    day_id: uuid.UUID | None,
    needs: Needs,
    actor: uuid.UUID,
) -> None:
    """An organiser's change: the name at this fair alone, for the person may be at others. They are told."""
    registration.name = name
    registration.folded_name = fold(registration.shown_name)
    registration.person.language = language
    registration.arrival_day_id = day_id
    say_needs(registration, needs)
    letters.changed(registration)
    note_change(registration, "organiser", actor)


def rename(registration: Registration, name: str) -> None:
    """The name at this fair and the person's own: they are the same to whoever types it."""
    registration.name = registration.person.name = name
    registration.person.folded_name = fold(name)
    registration.folded_name = fold(registration.shown_name)


def protect(registration: Registration, alias: str | None, actor: uuid.UUID) -> None:
    """Protected identity: lists and badges show the alias. None ends it."""
    registration.protected, registration.alias = alias is not None, alias or ""
    registration.folded_name = fold(registration.shown_name)
    if registration.protected:
        registration.findable = False
    note("protect" if alias else "unprotect", "registration", registration.id,
         fair_id=registration.fair_id, actor=actor)  # fmt: skip


def want(registration: Registration, exact: Exact) -> bool:
    """One more work. What is less exact and contains it gives way. False where it stood already."""
    rows = db.session.scalars(select(WantedWork).where(WantedWork.registration_id == registration.id)).all()
    if any(_same(row, exact) for row in rows):
        return False
    for row in rows:
        if row.field_code == exact.field_code and (
            row.group_code is None or (row.group_code == exact.group_code and row.name_id is None)
        ):
            db.session.delete(row)
    _want(registration, exact)
    registration.undecided = False
    return True


def _same(row: WantedWork, exact: Exact) -> bool:
    return (row.field_code, row.group_code, row.name_id) == (
        exact.field_code,
        exact.group_code,
        exact.name_id,
    )


def _want(registration: Registration, exact: Exact) -> None:
    db.session.add(
        WantedWork(
            fair_id=registration.fair_id,
            registration_id=registration.id,
            field_code=exact.field_code,
            group_code=exact.group_code,
            name_id=exact.name_id,
        )
    )
    db.session.flush()


def refuse_too_much_work(registration: Registration) -> None:
    count = select(func.count()).where(WantedWork.registration_id == registration.id)
    if (db.session.scalar(count) or 0) >= MOST_WORK:
        raise Refused(_("You have chosen %(most)d kinds of work. Take one away first.", most=MOST_WORK))


def no_longer_want(registration: Registration, work_id: uuid.UUID) -> None:
    db.session.execute(
        delete(WantedWork).where(WantedWork.id == work_id, WantedWork.registration_id == registration.id)
    )


def say_languages(registration: Registration, levels: dict[str, str]) -> None:
    """Languages with their levels; Swedish is a question of its own."""
    _replace(SpokenLanguage, registration, ({"tag": tag, "level": level} for tag, level in levels.items()))


def want_places(registration: Registration, places: Iterable[str], *, would_move: bool) -> None:
    _replace(WantedPlace, registration, ({"place": place} for place in dict.fromkeys(places)))
    registration.would_move = would_move


def _replace(
    table: type[SpokenLanguage] | type[WantedPlace],
    registration: Registration,
    rows: Iterable[dict[str, str]],
) -> None:
    db.session.execute(delete(table).where(table.registration_id == registration.id))
    for row in rows:
        db.session.add(table(fair_id=registration.fair_id, registration_id=registration.id, **row))
    db.session.flush()


def say_needs(registration: Registration, needs: Needs) -> None:
    row = db.session.get(AccessNeed, registration.id)
    if needs == Needs():
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = AccessNeed(registration_id=registration.id, fair_id=registration.fair_id)
        db.session.add(row)
    row.interpreter, row.step_free, row.quiet = needs.interpreter, needs.step_free, needs.quiet
    row.half_day, row.leaves_by = needs.half_day, needs.leaves_by


def tell_apart(one: Registration, other: Registration, actor: uuid.UUID) -> None:
    """The desk says: these are two people."""
    first, second = sorted((one.id, other.id))
    known = select(ToldApart.id).where(ToldApart.one_id == first, ToldApart.other_id == second)
    if db.session.scalar(known) is None:
        db.session.add(ToldApart(fair_id=one.fair_id, one_id=first, other_id=second, by=actor))
    note("tell_apart", "registration", first, fair_id=one.fair_id, actor=actor, other=str(second))


def look_again(one: Registration, other: Registration, actor: uuid.UUID) -> None:
    """The desk takes back that these are two people. Taking it back twice changes nothing."""
    first, second = sorted((one.id, other.id))
    said = db.session.scalar(select(ToldApart).where(ToldApart.one_id == first, ToldApart.other_id == second))
    if said is not None:
        db.session.delete(said)
        note("look_again", "registration", first, fair_id=one.fair_id, actor=actor, other=str(second))


# --- The same person twice ----------------------------------------------------------------------------

_SAID = (
    "experience", "education_level", "education_country", "recognition", "about", "arrival_day_id",
    "privacy_version", "privacy_language", "privacy_at", "licences",
)  # fmt: skip


def join(kept: Registration, gone: Registration, actor: uuid.UUID) -> None:
    """The profile and badges of `gone` go over to `kept`, whose own answers come first."""
    for name in _SAID:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    if not kept.swedish:
        say_swedish(kept, gone.swedish)
    kept.would_move = kept.would_move or gone.would_move
    if gone.protected and not kept.protected:
        protect(kept, gone.alias, actor)
    _join_lists(kept, gone)
    _join_needs(kept, gone)
    db.session.execute(
        update(Badge)
        .where(Badge.fair_id == kept.fair_id, Badge.registration_id == gone.id)
        .values(registration_id=kept.id, person_id=kept.person_id)
    )
    db.session.execute(
        update(Registration)
        .where(Registration.fair_id == kept.fair_id, Registration.joined_to == gone.id)
        .values(joined_to=kept.id)
    )
    was_registered = "registered" in (kept.status, gone.status)
    gone.status, gone.joined_to, gone.findable = "joined", kept.id, False
    if was_registered and kept.status == "started":
        kept.status, kept.registered_at = "registered", gone.registered_at
    db.session.flush()
    note("join", "registration", kept.id, fair_id=kept.fair_id, actor=actor, joined=str(gone.id))


def _join_lists(kept: Registration, gone: Registration) -> None:
    for one in wanted_work(gone):
        want(kept, Exact(one.field_code, one.group_code, one.name_id))
    mine = {row.tag: row.level for row in languages_of(kept)}
    say_languages(kept, {row.tag: row.level for row in languages_of(gone)} | mine)
    want_places(kept, [*places_of(kept), *places_of(gone)], would_move=kept.would_move)


def _join_needs(kept: Registration, gone: Registration) -> None:
    """Whatever either said is needed."""
    mine, theirs = needs_of(kept), needs_of(gone)
    if theirs is None:
        return
    if mine is None:
        mine = AccessNeed(registration_id=kept.id, fair_id=kept.fair_id)
        db.session.add(mine)
    mine.interpreter = mine.interpreter or theirs.interpreter
    mine.step_free = bool(mine.step_free or theirs.step_free)
    mine.quiet = bool(mine.quiet or theirs.quiet)
    mine.half_day = mine.half_day or theirs.half_day
    mine.leaves_by = min(filter(None, (mine.leaves_by, theirs.leaves_by)), default=None)
    db.session.delete(theirs)
