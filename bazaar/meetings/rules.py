"""When two may meet. Every number comes from the fair's settings; every moment is an argument.

A rule that says no returns a short key; `actions.py` puts it in words.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

OPEN = ("requested", "booked")  # one at most between a jobseeker and an exhibitor
STANDING = ("booked", "held", "no_show")  # these take a time and count against the most one may have

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(minutes=30)


@dataclass(frozen=True)
class Limits:
    """A fair's settings for meetings."""

    gap: timedelta  # between two meetings of one jobseeker
    walk: timedelta  # and this more where they are in different halls
    opens_before: timedelta  # booking opens, before the fair does
    closes_before: timedelta  # booking closes, before the slot
    request_life: timedelta
    request_life_on_day: timedelta
    max_pending: int
    max_meetings: int
    start_window: timedelta


@dataclass(frozen=True)
class Time:
    """Somebody is busy from a moment to a moment, in a hall where that is known; `talk`: at this talk."""

    starts_at: datetime
    ends_at: datetime
    hall: Hashable | None = None
    talk: str | None = None


@dataclass(frozen=True)
class Opening:
    """From when to when somebody may be met: a day of the fair, or an exhibitor's hours at its booth."""

    opens_at: datetime
    closes_at: datetime


# --- A jobseeker's day ----------------------------------------------------------------------


def pause_needed(one: Time, other: Time, limits: Limits) -> timedelta:
    """The least time between two meetings: the gap, and the walk where halls differ. A talk may be left for a meeting."""
    if one.talk or other.talk:
        return timedelta(0)
    other_hall = one.hall is not None and other.hall is not None and one.hall != other.hall
    return limits.gap + (limits.walk if other_hall else timedelta(0))


def too_close(one: Time, other: Time, limits: Limits) -> bool:
    """Whether nobody could keep both: they overlap, or leave too little time between them."""
    pause = pause_needed(one, other, limits)
    return one.starts_at < other.ends_at + pause and other.starts_at < one.ends_at + pause


def first_clash(wanted: Time, busy: Sequence[Time], limits: Limits) -> Time | None:
    """The first of these times that `wanted` cannot be kept beside."""
    return next((time for time in busy if too_close(wanted, time, limits)), None)


# --- Asking and booking ---------------------------------------------------------------------


def booking_opens_at(fair_opens_at: datetime, limits: Limits) -> datetime:
    return fair_opens_at - limits.opens_before


def booking_closes_at(starts_at: datetime, limits: Limits) -> datetime:
    return starts_at - limits.closes_before


def outside_window(
    fair_opens_at: datetime, starts_at: datetime, moment: datetime, limits: Limits
) -> str | None:
    """too_early, too_late, or None while a time that starts then may be booked."""
    if moment < booking_opens_at(fair_opens_at, limits):
        return "too_early"
    if moment > booking_closes_at(starts_at, limits):
        return "too_late"
    return None


def may_be_booked(
    fair_opens_at: datetime, starts_at: datetime, moment: datetime, limits: Limits, *, phase_open: bool
) -> bool:
    return phase_open and outside_window(fair_opens_at, starts_at, moment, limits) is None


def over_the_most(meetings: int, limits: Limits) -> bool:
    """Whether one more meeting is one too many. Cancelled ones are not among those counted."""
    return meetings >= limits.max_meetings


def too_many_requests(pending: int, limits: Limits) -> bool:
    return pending >= limits.max_pending


def request_expires_at(
    asked_at: datetime, *, on_fair_day: bool, last_closing: datetime, limits: Limits
) -> datetime:
    """Until when an exhibitor may answer: never past the end of the fair."""
    life = limits.request_life_on_day if on_fair_day else limits.request_life
    return min(asked_at + life, max(last_closing, asked_at))


def has_expired(status: str, expires_at: datetime | None, moment: datetime) -> bool:
    """Whether a request ran out, though nobody has swept it up yet."""
    return status == "requested" and expires_at is not None and moment >= expires_at


def status_at(status: str, expires_at: datetime | None, moment: datetime) -> str:
    """What a page says: a request that ran out is never shown as pending."""
    return "expired" if has_expired(status, expires_at, moment) else status


# --- At the table ---------------------------------------------------------------------------


def is_around(starts_at: datetime, ends_at: datetime, moment: datetime, limits: Limits) -> bool:
    """Whether a scan at that moment means that the meeting was held."""
    return starts_at - limits.start_window <= moment <= max(ends_at, starts_at + limits.start_window)


def may_be_held(starts_at: datetime, moment: datetime, limits: Limits) -> bool:
    return moment >= starts_at - limits.start_window


def may_be_no_show(starts_at: datetime, moment: datetime, limits: Limits) -> bool:
    """Only after the start window has passed: until then they may still come."""
    return moment > starts_at + limits.start_window


# --- Slots ----------------------------------------------------------------------------------


def cut_into_slots(
    within: Opening, length: timedelta, pause: timedelta, without: Opening | None = None
) -> list[Time]:
    """The times from `within` on, each `length` long with `pause` between; none during `without`."""
    times = []
    starts_at = within.opens_at
    while starts_at + length <= within.closes_at:
        ends_at = starts_at + length
        if without and starts_at < without.closes_at and without.opens_at < ends_at:
            starts_at = without.closes_at
            continue
        times.append(Time(starts_at, ends_at))
        starts_at = ends_at + pause
    return times


def is_inside(time: Time, openings: Iterable[Opening]) -> bool:
    """Whether a time lies wholly within hours that follow one another without a gap."""
    reached = time.starts_at
    for opening in sorted(openings, key=lambda each: each.opens_at):
        if opening.opens_at <= reached < opening.closes_at:
            reached = opening.closes_at
    return reached >= time.ends_at


def overlap(one: Time, other: Time) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


# --- Looking at a whole plan ----------------------------------------------------------------


@dataclass(frozen=True)
class Appointment:
    """A meeting of a plan that is to be checked."""

    jobseeker: Hashable
    exhibitor: Hashable
    table: Hashable
    time: Time


def clashes(plan: Sequence[Appointment], limits: Limits) -> list[str]:
    """Everything that is wrong with a plan, found by looking at every pair: what booking must never let through."""
    wrong = []
    for one, other in combinations(sorted(plan, key=lambda each: each.time.starts_at), 2):
        between = other.time.starts_at - one.time.ends_at
        if one.jobseeker == other.jobseeker:
            halls = {one.time.hall, other.time.hall} - {None}
            least = limits.gap + limits.walk * (len(halls) - 1 if halls else 0)
            if between < least:
                wrong.append(f"{one.jobseeker} has {between} between two meetings, needs {least}")
        if (one.exhibitor, one.table) == (other.exhibitor, other.table) and between < timedelta(0):
            wrong.append(f"table {one.table} of {one.exhibitor} is taken twice")
    for jobseeker, number in Counter(each.jobseeker for each in plan).items():
        if number > limits.max_meetings:
            wrong.append(f"{jobseeker} has {number} meetings, may have {limits.max_meetings}")
    return wrong
