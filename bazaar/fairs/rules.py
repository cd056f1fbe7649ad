"""What a fair's settings may be. Pure: the moment is an argument."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

# --- What a fair is called and where it stands -------------------------------------------------

# First words of addresses in which a fair's slug also stands: /organise/new, /me/data, ...
TAKEN_SLUGS = frozenset({"new", "organisation", "sessions", "data", "erase"})
MOST_DAYS = 14
OWNER, CO_ORGANISER, VIEWER = "owner", "co_organiser", "viewer"
ROLES = (OWNER, CO_ORGANISER, VIEWER)
PARTNER_KINDS = ("county", "municipality", "employment_service", "business", "association", "other")
SECTOR_RULES = ("neighbours", "spread", "none")


def is_slug(text: str) -> bool:
    """At most 40 small letters, digits and single dashes between them."""
    return len(text) <= 40 and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text))


def is_zone(text: str) -> bool:
    return text in available_timezones()


def slug_of(name: str) -> str:
    """A slug to begin with, from a name that was folded already."""
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:40].strip("-")


def is_last_owner(role: str, owners: int) -> bool:
    """A fair always keeps one owner: the last one neither leaves nor becomes less."""
    return role == OWNER and owners <= 1


# --- Every rule that a fair may set ------------------------------------------------------------


@dataclass(frozen=True)
class Limits:
    """What a number may be and what it is where nobody said otherwise (None: no limit is set)."""

    usual: int | None
    least: int
    most: int

    def allow(self, value: int | None) -> bool:
        if value is None:
            return self.usual is None
        return self.least <= value <= self.most


LIMITS = {
    "slot_minutes": Limits(15, 10, 30),
    "gap_minutes": Limits(10, 0, 60),
    "walk_minutes": Limits(5, 0, 30),
    "booking_opens_days": Limits(14, 0, 90),
    "booking_closes_minutes": Limits(60, 0, 2880),
    "request_hours": Limits(24, 1, 168),
    "request_minutes_on_day": Limits(60, 10, 480),
    "max_pending": Limits(5, 1, 50),
    "max_meetings": Limits(6, 1, 50),
    "start_window_minutes": Limits(15, 5, 60),
    "remind_day_hours": Limits(24, 0, 168),
    "remind_hour_minutes": Limits(60, 0, 480),
    "call_minutes": Limits(5, 1, 30),
    "max_queues": Limits(3, 1, 20),
    "hold_minutes": Limits(10, 2, 60),
    "max_booths": Limits(1, 1, 20),
    "max_of_sector": Limits(None, 1, 500),
    "max_exhibitors": Limits(None, 1, 5000),
    "door_capacity": Limits(None, 1, 100_000),
    "repeat_minutes": Limits(5, 1, 60),
    "answer_days": Limits(14, 1, 90),
    "keep_days": Limits(180, 1, 3650),
    "sms_daily_limit": Limits(500, 0, 100_000),
}

# --- Days and phases ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Hours:
    """One day of a fair, by its own clock."""

    date: date
    opens: time
    closes: time

    def begin(self, zone: str) -> datetime:
        return datetime.combine(self.date, self.opens, ZoneInfo(zone))

    def end(self, zone: str) -> datetime:
        return datetime.combine(self.date, self.closes, ZoneInfo(zone))

    def hold(self, starts: datetime, ends: datetime, zone: str) -> bool:
        """Whether something from `starts` to `ends` lies within this day."""
        return self.begin(zone) <= starts and ends <= self.end(zone)


def consecutive(first: date, count: int, opens: time = time(9), closes: time = time(17)) -> list[Hours]:
    """So many days one after the other, with the same hours."""
    return [Hours(first + timedelta(days=number), opens, closes) for number in range(count)]


@dataclass(frozen=True)
class Window:
    """When a phase is open."""

    kind: str
    opens_at: datetime
    closes_at: datetime


THE_FAIR = "fair"  # its dates are the fair's own days
PHASES = ("exhibitors", "booths", "jobseekers", "wishes", "booking", THE_FAIR, "followup")
_CLOSES_DAYS_BEFORE = {"exhibitors": 28, "booths": 14, "wishes": 7}
FOLLOWUP = timedelta(days=180)


def usual_windows(days: Iterable[Hours], zone: str, made: datetime) -> list[Window]:
    """The phases of a new fair. Forms are open from the start; their owner sets dates where they want them later.

    A form that should have closed already, because the fair was made late, stays open to the fair's end.
    """
    dated = sorted(days, key=lambda day: day.date)
    first, last = dated[0].begin(zone), dated[-1].end(zone)
    midnight = datetime.combine(dated[0].date, time(0), ZoneInfo(zone))
    made = min(made, midnight)
    windows = []
    for kind in PHASES:
        opens, closes = made, last
        if kind in _CLOSES_DAYS_BEFORE:
            planned = midnight - timedelta(days=_CLOSES_DAYS_BEFORE[kind])
            closes = planned if planned > made else last
        elif kind == "booking":
            opens = midnight - timedelta(days=LIMITS["booking_opens_days"].usual or 0)
        elif kind == THE_FAIR:
            opens = first
        elif kind == "followup":
            opens, closes = last, last + FOLLOWUP
        windows.append(Window(kind, opens, closes))
    return windows


def shifted(moment: datetime, days: int, zone: str) -> datetime:
    """The same time on the clock so many days later, whatever summer time does in between."""
    there = moment.astimezone(ZoneInfo(zone))
    return datetime.combine(there.date() + timedelta(days=days), there.time(), ZoneInfo(zone))


def a_year_later(day: date) -> date:
    """The same weekday of next year."""
    return day + timedelta(days=364)


def same_clock(moment: datetime, old_zone: str, new_zone: str) -> datetime:
    """What a clock in the old zone showed, in the new zone."""
    return moment.astimezone(ZoneInfo(old_zone)).replace(tzinfo=ZoneInfo(new_zone))


def state_of(window: Window, moment: datetime) -> str:
    """done | open | now (the fair itself) | coming."""
    if window.closes_at <= moment:
        return "done"
    if moment < window.opens_at:
        return "coming"
    return "now" if window.kind == THE_FAIR else "open"


def closed_by(
    before: Mapping[str, Window], after: Mapping[str, Window | None], moment: datetime
) -> list[str]:
    """The kinds that are open at this moment and would no longer be."""

    def is_open(window: Window | None) -> bool:
        return window is not None and state_of(window, moment) == "open"

    return [kind for kind, window in after.items() if is_open(before.get(kind)) and not is_open(window)]


# --- Colour (DESIGN.md): any hue, as long as dark ink reads well on it ----------------------------

ACCENTS = {"salmon": "f79a8b", "cloudberry": "f4ae4e", "sea": "7fb7c9", "moss": "a9bf6a", "heather": "d79bc0"}
INK = "0f2a2e"
LEAST_CONTRAST = 6.0


def is_colour(text: str) -> bool:
    return bool(re.fullmatch(r"#?[0-9A-Fa-f]{6}", text.strip()))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _lightened(colour: str, share: float) -> str:
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def accent_for(colour: str) -> str:
    """The hue as it is where dark ink has 6:1 on it, else lightened until it has; six digits, small letters."""
    wanted = colour.strip().removeprefix("#").lower()
    steps = (_lightened(wanted, percent / 100) for percent in range(101))
    return next(shade for shade in steps if contrast(shade, INK) >= LEAST_CONTRAST)
