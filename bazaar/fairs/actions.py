"""Making a fair and changing it. What spreads to later features is composed in home (decision 0001)."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from bazaar import clock
from bazaar.db import Base, db, locked, once
from bazaar.errors import Refused
from bazaar.fairs import letters
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Partner, Phase, PrivacyWords, Staff
from bazaar.fairs.queries import days_of, halls_of, hours_of, owners_of, partners_of, phase_of, phases_of
from bazaar.fairs.rules import (
    OWNER,
    THE_FAIR,
    Hours,
    Window,
    is_last_owner,
    same_clock,
    shifted,
    usual_windows,
)
from bazaar.journal.actions import note
from bazaar.people.models import Person

# --- A fair ------------------------------------------------------------------------------------


def make_fair(
    slug: str,
    name: str,
    days: Sequence[Hours],
    *,
    zone: str,
    owner: Person | None,
    by: Person | None,
    **facts: Any,
) -> Fair:
    """A fair with its days and the usual phases; `owner` may be nobody only where a command makes it."""
    fair = Fair(slug=slug, name=name, zone=zone, **facts)
    _add_once(fair, _("The address %(slug)s is taken by another fair.", slug=slug))
    db.session.add_all(
        FairDay(fair_id=fair.id, date=day.date, opens=day.opens, closes=day.closes) for day in days
    )
    for window in usual_windows(days, zone, clock.now()):
        _set_phase(fair, window)
    if owner is not None:
        db.session.add(Organiser(fair_id=fair.id, person_id=owner.id, role=OWNER))
    note("made", "fair", fair.id, fair_id=fair.id, actor=_id(by), days=len(days))
    return fair


def change_fair(fair: Fair, facts: Mapping[str, Any], by: Person) -> bool:
    """Set these columns; False where nothing is different."""
    return _change(fair, facts, by, "fair", fair.id)


def change_logo(fair: Fair, png: bytes | None, by: Person) -> None:
    """`png` is one that we drew ourselves (pictures.redrawn), or nothing."""
    fair.logo, fair.has_logo = png, png is not None
    note("changed", "fair", fair.id, fair_id=fair.id, actor=by.id, changed={"logo": None})


def publish(fair: Fair, by: Person) -> None:
    if fair.withdrawn_at is not None:
        raise Refused(_("The fair is withdrawn."))
    fair.published = True
    note("published", "fair", fair.id, fair_id=fair.id, actor=by.id)


def hide(fair: Fair, by: Person) -> None:
    """The public pages are gone; what people have registered stays."""
    fair.published = False
    note("hid", "fair", fair.id, fair_id=fair.id, actor=by.id)


def withdraw(fair: Fair, by: Person) -> None:
    """The fair does not take place: its pages and forms close. Home tells those concerned."""
    if locked(Fair, fair.id).withdrawn_at is not None:
        raise Refused(_("The fair is withdrawn already."))
    fair.withdrawn_at, fair.published = clock.now(), False
    note("withdrew", "fair", fair.id, fair_id=fair.id, actor=by.id)


def bring_back(fair: Fair, by: Person) -> None:
    """It takes place after all. Hidden, until it is published anew; what was called off stays called off."""
    if locked(Fair, fair.id).withdrawn_at is None:
        raise Refused(_("The fair is not withdrawn."))
    if hours_of(days_of(fair.id)[-1]).end(fair.zone) <= clock.now():
        raise Refused(_("The days of the fair are over. Make a new fair like this one instead."))
    fair.withdrawn_at = None
    note("brought_back", "fair", fair.id, fair_id=fair.id, actor=by.id)


def change_privacy_words(fair: Fair, controller: str, contact: str, keep_days: int, by: Person) -> bool:
    """New words are a new version; the old one stays readable, for those who accepted it."""
    facts = {"controller": controller, "contact": contact, "keep_days": keep_days}
    if all(getattr(fair, name) == value for name, value in facts.items()):
        return False
    old = PrivacyWords(
        fair_id=fair.id,
        version=fair.privacy_version,
        **{name: getattr(fair, name) for name in facts},
    )
    _add_once(old, _("Somebody else has just changed these words. Look at them first."))
    return change_fair(fair, {**facts, "privacy_version": fair.privacy_version + 1}, by)


# --- Days and phases ---------------------------------------------------------------------------


def add_day(fair: Fair, hours: Hours, by: Person) -> FairDay:
    day = FairDay(fair_id=fair.id, date=hours.date, opens=hours.opens, closes=hours.closes)
    _add_once(day, _("The fair has that day already."))
    note("made", "fair_day", day.id, fair_id=fair.id, actor=by.id, date=hours.date.isoformat())
    _follow_days(fair)
    return day


def change_day(fair: Fair, day: FairDay, hours: Hours, by: Person) -> None:
    """Only the day itself: what hangs on it is moved by whoever calls this."""
    facts = {"date": hours.date, "opens": hours.opens, "closes": hours.closes}
    _once(lambda: _change(day, facts, by, "fair_day", fair.id), _("The fair has that day already."))
    _follow_days(fair)


def remove_day(fair: Fair, day: FairDay, by: Person) -> None:
    """Only the day itself: what hangs on it is undone by whoever calls this."""
    locked(Fair, fair.id)
    if len(days_of(fair.id)) == 1:
        raise Refused(_("A fair has at least one day. Change the day, or withdraw the fair."))
    note("removed", "fair_day", day.id, fair_id=fair.id, actor=by.id, date=day.date.isoformat())
    db.session.delete(day)
    _follow_days(fair)


def change_zone(fair: Fair, zone: str, by: Person) -> None:
    """The fair's clock is another one, and shows the same times: phases move with it."""
    for phase in phases_of(fair.id):
        phase.opens_at = same_clock(phase.opens_at, fair.zone, zone)
        phase.closes_at = same_clock(phase.closes_at, fair.zone, zone)
    if fair.results_visible_from:
        fair.results_visible_from = same_clock(fair.results_visible_from, fair.zone, zone)
    note("changed", "fair", fair.id, fair_id=fair.id, actor=by.id, changed={"zone": [fair.zone, zone]})
    fair.zone = zone


def set_phase(fair: Fair, kind: str, window: Window | None, by: Person) -> bool:
    """When a form is open; without a window it is closed. False where nothing is different."""
    phase = phase_of(fair.id, kind)
    before = Window(kind, phase.opens_at, phase.closes_at) if phase else None
    if window == before:
        return False
    if window:
        _set_phase(fair, window)
    elif phase:
        db.session.delete(phase)
    note(
        "changed",
        "phase",
        phase.id if phase else None,
        fair_id=fair.id,
        actor=by.id,
        kind=kind,
        **_dates(window),
    )
    return True


def _dates(window: Window | None) -> dict[str, str | None]:
    if window is None:
        return {"opens": None, "closes": None}
    return {"opens": clock.rfc3339(window.opens_at), "closes": clock.rfc3339(window.closes_at)}


def _set_phase(fair: Fair, window: Window) -> None:
    phase = phase_of(fair.id, window.kind)
    if phase is None:
        phase = Phase(fair_id=fair.id, kind=window.kind)
        db.session.add(phase)
    phase.opens_at, phase.closes_at = window.opens_at, window.closes_at
    db.session.flush()


def _follow_days(fair: Fair) -> None:
    """The fair itself lasts from its first opening to its last closing."""
    db.session.flush()
    days = [hours_of(day) for day in days_of(fair.id)]
    _set_phase(fair, Window(THE_FAIR, days[0].begin(fair.zone), days[-1].end(fair.zone)))


# --- Halls and partners -------------------------------------------------------------------------


def add_hall(fair: Fair, facts: Mapping[str, Any], by: Person | None) -> Hall:
    hall = Hall(fair_id=fair.id, **facts)
    _add_once(hall, _("The fair has a hall of that name."))
    note("made", "hall", hall.id, fair_id=fair.id, actor=_id(by), rows=hall.rows, columns=hall.columns)
    return hall


def change_hall(fair: Fair, hall: Hall, facts: Mapping[str, Any], by: Person) -> None:
    """Only the hall itself: whoever calls this has seen that its booths still stand on the grid."""
    _once(lambda: _change(hall, facts, by, "hall", fair.id), _("The fair has a hall of that name."))


def remove_hall(fair: Fair, hall: Hall, by: Person) -> None:
    """Only the hall itself: whoever calls this has seen that it is empty."""
    note("removed", "hall", hall.id, fair_id=fair.id, actor=by.id)
    db.session.delete(hall)


def add_partner(fair: Fair, facts: Mapping[str, Any], by: Person) -> Partner:
    partner = Partner(fair_id=fair.id, **facts)
    _add_once(partner, _("The fair has a partner of that name."))
    note("made", "partner", partner.id, fair_id=fair.id, actor=by.id, kind=partner.kind)
    return partner


def change_partner(fair: Fair, partner: Partner, facts: Mapping[str, Any], by: Person) -> None:
    _once(lambda: _change(partner, facts, by, "partner", fair.id), _("The fair has a partner of that name."))


def remove_partner(fair: Fair, partner: Partner, by: Person) -> None:
    """Organisers who came from this partner stay, without it."""
    note("removed", "partner", partner.id, fair_id=fair.id, actor=by.id, kind=partner.kind)
    db.session.delete(partner)


# --- Organisers and staff -----------------------------------------------------------------------


def let_make_fairs(person: Person, by: Person | None = None) -> None:
    """This person may make fairs from now on."""
    person.may_organise = True
    note("let_make_fairs", "person", person.id, actor=_id(by))


def add_organiser(
    fair: Fair, person: Person, role: str, by: Person | None, partner_id: uuid.UUID | None = None
) -> Organiser:
    """They are told by letter where to sign in."""
    part = Organiser(fair_id=fair.id, person_id=person.id, role=role, partner_id=partner_id)
    _add_once(part, _("%(name)s organises the fair already.", name=person.name))
    note("added", "organiser", part.id, fair_id=fair.id, actor=_id(by), role=role)
    letters.organiser_added(fair, person, role, by)
    return part


def change_organiser(
    fair: Fair, part: Organiser, role: str, partner_id: uuid.UUID | None, by: Person | None
) -> None:
    if role != OWNER:
        _keep_an_owner(fair, part)
    was = part.role
    part.role, part.partner_id = role, partner_id
    note("changed", "organiser", part.id, fair_id=fair.id, actor=_id(by), changed={"role": [was, role]})
    if role != was:
        letters.role_changed(fair, part.person, role)


def remove_organiser(fair: Fair, part: Organiser, by: Person) -> None:
    _keep_an_owner(fair, part)
    note("removed", "organiser", part.id, fair_id=fair.id, actor=by.id, role=part.role)
    letters.organiser_removed(fair, part.person)
    db.session.delete(part)


def _keep_an_owner(fair: Fair, part: Organiser) -> None:
    locked(Fair, fair.id)
    if is_last_owner(part.role, owners_of(fair.id)):
        raise Refused(_("A fair always has an owner. Make somebody else owner first."))


def add_staff(fair: Fair, person: Person, task: str, supervisor: bool, by: Person) -> Staff:
    """They are told by letter where to sign in."""
    member = Staff(fair_id=fair.id, person_id=person.id, task=task, supervisor=supervisor)
    _add_once(member, _("%(name)s works at the fair already.", name=person.name))
    note("added", "staff", member.id, fair_id=fair.id, actor=by.id, supervisor=supervisor)
    letters.staff_added(fair, person, task)
    return member


def change_staff(fair: Fair, member: Staff, task: str, supervisor: bool, by: Person) -> None:
    _change(member, {"task": task, "supervisor": supervisor}, by, "staff", fair.id)


def remove_staff(fair: Fair, member: Staff, by: Person) -> None:
    note("removed", "staff", member.id, fair_id=fair.id, actor=by.id)
    letters.staff_removed(fair, member.person)
    db.session.delete(member)


# --- The next fair ------------------------------------------------------------------------------

# What belongs to one fair alone; every other column of Fair is a setting, and is copied.
_NOT_COPIED = {
    "id", "slug", "name", "published", "is_demo", "created_at", "withdrawn_at", "privacy_version",
    "results_visible_from", "zone",
}  # fmt: skip


def duplicate(fair: Fair, slug: str, name: str, first_day: date, by: Person) -> Fair:
    """A fair set up like this one: settings, halls, partners, days and phases moved to the new date. No people."""
    old_days = days_of(fair.id)
    later = (first_day - old_days[0].date).days
    days = [Hours(day.date + timedelta(days=later), day.opens, day.closes) for day in old_days]
    columns = [column.key for column in Fair.__table__.columns if column.key not in _NOT_COPIED]
    facts = {key: getattr(fair, key) for key in columns}
    copy = make_fair(slug, name, days, zone=fair.zone, owner=by, by=by, **facts)
    if fair.results_visible_from:
        copy.results_visible_from = shifted(fair.results_visible_from, later, fair.zone)
    _copy_phases(fair, copy, later)
    _copy_rows(halls_of(fair.id), copy)
    _copy_rows(partners_of(fair.id), copy)
    note("duplicated", "fair", copy.id, fair_id=copy.id, actor=by.id, like=str(fair.id))
    return copy


def _copy_phases(fair: Fair, copy: Fair, later: int) -> None:
    windows = {
        phase.kind: Window(
            phase.kind, shifted(phase.opens_at, later, fair.zone), shifted(phase.closes_at, later, fair.zone)
        )
        for phase in phases_of(fair.id)
    }
    for phase in phases_of(copy.id):
        if phase.kind not in windows and phase.kind != THE_FAIR:
            db.session.delete(phase)
    for window in windows.values():
        _set_phase(copy, window)


def _copy_rows(rows: Sequence[Base], copy: Fair) -> None:
    for row in rows:
        keys = [column.key for column in row.__table__.columns if column.key not in ("id", "fair_id")]
        db.session.add(type(row)(fair_id=copy.id, **{key: getattr(row, key) for key in keys}))
    db.session.flush()


# --- Shared by the above ------------------------------------------------------------------------


def _id(person: Person | None) -> uuid.UUID | None:
    return person.id if person else None


def _once(make: Callable[[], object], taken: str) -> None:
    once(db.session(), make, lambda _constraint: Refused(taken))


def _add_once(row: Base, taken: str) -> None:
    _once(lambda: db.session.add(row), taken)


def _change(row: Any, facts: Mapping[str, Any], by: Person, thing: str, fair_id: uuid.UUID) -> bool:
    """Set what is different, and note which columns those are: numbers with their values, words without."""
    different = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if not different:
        return False
    changed = {name: _noted(getattr(row, name), value) for name, value in different.items()}
    for name, value in different.items():
        setattr(row, name, value)
    note("changed", thing, row.id, fair_id=fair_id, actor=by.id, changed=changed)
    return True


def _noted(before: Any, after: Any) -> list[Any] | None:
    """Words may be about people; numbers, dates and times are not."""
    if isinstance(before, str | list) or isinstance(after, str | list):
        return None
    return [_as_json(before), _as_json(after)]


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.rfc3339(value)
    return value if value is None or isinstance(value, int | float) else str(value)
