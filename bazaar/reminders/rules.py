"""When somebody is reminded of a meeting, and what may be answered when. Pure: the moment is an argument."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bazaar.people.rules import Limit

DAY, HOUR = "day", "hour"
COMING, CANNOT = "coming", "cannot"

# Each change of mind is a letter to the exhibitor.
ANSWERS_ABOUT_MEETING = Limit("answers about a meeting", 10, timedelta(hours=1), timedelta(minutes=1))
ANSWERS_OF_NETWORK = Limit("answers of a network", 10_000, timedelta(minutes=10), timedelta(seconds=10))


@dataclass(frozen=True)
class Window:
    """A reminder of this kind is written while the meeting is at most `at_most` off, and more than `more_than`.

    Not to those who agreed on the time later than that: they know it.
    """

    kind: str
    at_most: timedelta
    more_than: timedelta


def windows(day_hours: int, hour_minutes: int) -> list[Window]:
    """By a fair's settings, where 0 means none. The later reminder takes the place of one that was not sent by then."""
    day, hour = timedelta(hours=day_hours), timedelta(minutes=hour_minutes)
    both = (Window(DAY, day, hour), Window(HOUR, hour, timedelta(0)))
    return [window for window in both if window.more_than < window.at_most]


def state(status: str, ended_by: str, starts_at: datetime, ends_at: datetime, moment: datetime) -> str:
    """What the page behind the link is about: open, taken_back, cancelled, begun or over."""
    if status == "cancelled" and (ended_by != "jobseeker" or moment >= starts_at):
        return "cancelled"
    if moment >= ends_at:
        return "over"
    if moment >= starts_at or status not in ("booked", "cancelled"):
        return "begun"
    return "taken_back" if status == "cancelled" else "open"
