"""Changes that spread over a whole fair. The feature that owns the thing changes it; here the street follows
(decision 0001). What a change would do is found by doing it and taking it back, so the page never guesses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from bazaar import clock
from bazaar.booths.actions import copy_floor, remove_booth
from bazaar.booths.rules import stretched
from bazaar.db import db, locked
from bazaar.employers.actions.places import move_waiting_list
from bazaar.errors import Refused
from bazaar.fairs import actions as fairs
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import hours_of
from bazaar.fairs.rules import Hours, shifted
from bazaar.home import letters
from bazaar.home.queries import hanging
from bazaar.i18n import clock_time
from bazaar.jobseekers.models import Registration
from bazaar.meetings.actions import (
    call_off_all,
    cancel_outside_hours,
    meetings_follow_day,
    tell_of_meetings,
)
from bazaar.meetings.queries import meeting_times
from bazaar.meetings.rules import Time, overlap
from bazaar.people.models import Person
from bazaar.programme.actions import cancel_talk, sign_up, talks_follow_day, tell_of_talks
from bazaar.programme.models import Seat, Talk
from bazaar.programme.queries import outside_hours, talks_of
from bazaar.queue.actions import close_all


@dataclass(frozen=True)
class Consequences:
    """What hung on a thing that was changed."""

    moved: int = 0  # meetings and talks that have another date
    meetings: int = 0  # called off
    talks: int = 0  # cancelled
    exhibitors: int = 0  # lose a booth, or their place on that day
    letters: int = 0  # written to those concerned

    def __bool__(self) -> bool:
        return any((self.moved, self.meetings, self.talks, self.exhibitors, self.letters))


def foreseen(change: Callable[[], Consequences]) -> Consequences:
    """What a change would do: it is made, counted and taken back."""
    step = db.session.begin_nested()
    try:
        return change()
    finally:
        step.rollback()


def _counting_letters(fair: Fair, change: Callable[[], Consequences]) -> Consequences:
    db.session.flush()
    before = hanging.count_letters(fair.id)
    done = change()
    db.session.flush()
    return replace(done, letters=hanging.count_letters(fair.id) - before)


# --- Days -----------------------------------------------------------------------------------------


def change_day(fair: Fair, day: FairDay, hours: Hours, by: Person) -> Consequences:
    """The day has another date or other hours. What does not fit it is called off, and those concerned are told."""

    def change() -> Consequences:
        before = hours_of(day)
        fairs.change_day(fair, day, hours, by)
        lost = _blocks_follow(fair, day, before)
        done = _meetings_and_talks_follow(fair, before.date, hours.date, by)
        letters.day_changed(
            fair, hanging.concerned_by_day(fair, day, before.date != hours.date), before, hours
        )
        return replace(done, exhibitors=lost)

    return Consequences() if hours == hours_of(day) else _counting_letters(fair, change)


def _meetings_and_talks_follow(fair: Fair, before: date, after: date, by: Person) -> Consequences:
    """They keep their time of day; what the hours no longer hold is called off, and the others get their new time."""
    if before == after:
        return _call_off_outside(fair, by)
    later = (after - before).days
    moved = meetings_follow_day(fair, before, later, by.id)
    talks = talks_follow_day(fair, before, later, by.id)
    done = _call_off_outside(fair, by)
    tell_of_meetings(fair, moved)
    tell_of_talks(talks)
    return replace(
        done, moved=sum(one.status == "booked" for one in moved) + sum(not one.cancelled_at for one in talks)
    )


def remove_day(fair: Fair, day: FairDay, by: Person) -> Consequences:
    """The fair does not take place on that day."""

    def change() -> Consequences:
        concerned = hanging.concerned_by_day(fair, day, True)
        exhibitors, gone = hanging.count_exhibitors_on(day), day.date
        fairs.remove_day(fair, day, by)
        db.session.flush()
        db.session.expire_all()  # the database removed what belonged to the day
        done = _call_off_outside(fair, by)
        letters.day_removed(fair, concerned, gone)
        return replace(done, exhibitors=exhibitors)

    return _counting_letters(fair, change)


def _blocks_follow(fair: Fair, day: FairDay, before: Hours) -> int:
    """Booth times keep their time of day. Those wholly outside the new hours go: how many exhibitors lose a booth."""
    hours, blocks = hours_of(day), hanging.blocks_on(day)
    opens, closes = hours.begin(fair.zone), hours.end(fair.zone)
    later = (hours.date - before.date).days
    for block in blocks:
        block.starts_at = shifted(block.starts_at, later, fair.zone)
        block.ends_at = shifted(block.ends_at, later, fair.zone)
    kept = [block for block in blocks if block.ends_at > opens and block.starts_at < closes]
    gone = [block for block in blocks if block not in kept]
    lost = hanging.count_exhibitors_in([block.id for block in gone])
    for block in gone:
        db.session.delete(block)
    spans = stretched([(block.starts_at, block.ends_at) for block in kept], opens, closes) or []
    for block, (starts, ends) in zip(kept, spans, strict=True):
        block.starts_at, block.ends_at = starts, ends
    db.session.flush()
    return lost


def _call_off_outside(fair: Fair, by: Person) -> Consequences:
    """Meetings and talks that the fair's hours no longer hold."""
    meetings = cancel_outside_hours(fair, _("The hours of the fair have changed."), by.id)
    coming = [talk for talk in talks_of(fair.id, cancelled=False) if talk.starts_at > clock.now()]
    outside = outside_hours(fair, coming)
    for talk in coming:
        if talk.id in outside:
            cancel_talk(talk, by.id)
    return Consequences(meetings=meetings, talks=len(outside))


def change_zone(fair: Fair, zone: str, by: Person) -> None:
    """Only while nothing stands on the fair's clock: a wrong zone is found early."""
    if hanging.stands_on_the_clock(fair):
        raise Refused(
            _("Meetings, talks or booths are booked by this clock. The time zone can be changed only before.")
        )
    for block in hanging.blocks_of(fair):
        db.session.delete(block)
    fairs.change_zone(fair, zone, by)


# --- Rules ---------------------------------------------------------------------------------------


def change_rules(fair: Fair, facts: Mapping[str, Any], by: Person) -> tuple[bool, int]:
    """Whether anything is different, and how many exhibitors got a place because there are more of them."""
    most = fair.max_exhibitors
    changed = fairs.change_fair(fair, facts, by)
    raised = most is not None and fair.max_exhibitors is not None and fair.max_exhibitors > most
    return changed, len(move_waiting_list(fair)) if raised else 0


# --- Halls ----------------------------------------------------------------------------------------


def remove_hall(fair: Fair, hall: Hall, by: Person) -> Consequences:
    """Its booths go with it; exhibitors who stood there are told."""

    def change() -> Consequences:
        booths = hanging.booths_in(hall)
        lost = hanging.count_exhibitors_at([booth.id for booth in booths])
        for booth in booths:
            remove_booth(fair, booth, by.id)
        fairs.remove_hall(fair, hall, by)
        db.session.flush()
        return Consequences(exhibitors=lost)

    return _counting_letters(fair, change)


# --- The fair -------------------------------------------------------------------------------------


def withdraw(fair: Fair, by: Person) -> Consequences:
    """The fair does not take place: everything is called off, and everybody gets one letter about it."""

    def change() -> Consequences:
        fairs.withdraw(fair, by)
        meetings = call_off_all(fair, [], "organiser", _("The fair does not take place."), by.id, tell=False)
        close_all(fair, by.id)
        talks = talks_of(fair.id, cancelled=False)
        for talk in talks:
            cancel_talk(talk, by.id, tell=False)
        letters.fair_withdrawn(fair, hanging.everybody(fair, besides=by))
        return Consequences(meetings=meetings, talks=len(talks), exhibitors=hanging.count_exhibitors(fair))

    return _counting_letters(fair, change)


def duplicate(fair: Fair, slug: str, name: str, first_day: date, by: Person) -> Fair:
    """A fair set up like this one, booths and all, without its people."""
    copy = fairs.duplicate(fair, slug, name, first_day, by)
    copy_floor(fair.id, copy.id)
    return copy


# --- A seat at a talk ------------------------------------------------------------------------------


def take_seat(fair: Fair, talk: Talk, registration: Registration) -> Seat:
    """A seat or a place on the waitlist; Refused while one has a meeting then: programme does not know of meetings."""
    registration = locked(Registration, registration.id)
    wanted = Time(talk.starts_at, talk.ends_at)
    for meeting in meeting_times(registration):
        if overlap(wanted, meeting):
            raise Refused(
                _(
                    "You have a meeting %(starts)s–%(ends)s. Cancel it to take a seat at that time.",
                    starts=clock_time(meeting.starts_at, fair),
                    ends=clock_time(meeting.ends_at, fair),
                )
            )
    return sign_up(talk, registration)
