"""Calendar files (RFC 5545): one event to keep, one to strike out, or a whole list to subscribe to.

Times are UTC. An event keeps its UID for life; every change raises its SEQUENCE. METHOD stands in the
file and in its MIME type alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText, vUri

REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Happening:
    """What a calendar shows: a meeting, a talk, a day of a fair."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    words: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True)
class Sender:
    """Who gives the event: the same in every file about it."""

    name: str
    email: str


def one(happening: Happening, sender: Sender, stamp: datetime) -> tuple[bytes, str]:
    """A file for one event and its MIME type: to be kept, or struck out where it is cancelled."""
    method = "CANCEL" if happening.cancelled else "PUBLISH"
    calendar = _calendar(method)
    calendar.add_component(_event(happening, sender, stamp))
    return calendar.to_ical(), f"text/calendar; charset=utf-8; method={method}"


def many(happenings: Iterable[Happening], sender: Sender, stamp: datetime, name: str) -> tuple[bytes, str]:
    """A file to subscribe to, and its MIME type."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for happening in happenings:
        calendar.add_component(_event(happening, sender, stamp))
    return calendar.to_ical(), "text/calendar; charset=utf-8; method=PUBLISH"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Bazaar//Recruitment fairs//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(happening: Happening, sender: Sender, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", happening.uid)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", happening.starts_at.astimezone(UTC))
    event.add("dtend", happening.ends_at.astimezone(UTC))
    event.add("summary", happening.title)
    event.add("sequence", happening.sequence)
    event.add("status", "CANCELLED" if happening.cancelled else "CONFIRMED")
    organiser = vCalAddress(f"MAILTO:{sender.email}")
    organiser.params["CN"] = vText(sender.name)
    event["organizer"] = organiser
    if happening.place:
        event.add("location", happening.place)
    if happening.words:
        event.add("description", happening.words)
    if happening.url:
        event["url"] = vUri(happening.url)
    return event
