"""What happened, as the rules say it and as the database says it. Every list is made of these."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Uuid, and_, bindparam, case, cast, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from bazaar.checkin.models import Correction, Device, Remark, Scan
from bazaar.checkin.queries import COUNTS, counts
from bazaar.db import UtcDateTime, db
from bazaar.fairs.models import Fair
from bazaar.followups import rules
from bazaar.followups.rules import Booking
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting

AT_A_BOOTH = ("booth", "meeting")


# --- The rules, as the database says them -----------------------------------------------------------


def window_of(fair: Fair) -> timedelta:
    return timedelta(minutes=fair.start_window_minutes)


def times(fair: Fair, moment: datetime) -> dict[str, Any]:
    """What the statements below are given: the moment, and the fair's start window."""
    window = window_of(fair)
    seconds = int(window.total_seconds())
    return {"moment": moment, "window_ago": moment - window, "before": -seconds, "after": seconds}


MOMENT, WINDOW_AGO = bindparam("moment", type_=UtcDateTime()), bindparam("window_ago", type_=UtcDateTime())
BEFORE, AFTER = bindparam("before", type_=Integer()), bindparam("after", type_=Integer())


class _Moved(FunctionElement[datetime]):
    """A moment in a row, so many seconds later; each database adds in its own way."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(_Moved, "sqlite")
def _moved_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    moment, seconds = (compiler.process(part, **kw) for part in element.clauses)
    return f"strftime('%Y-%m-%d %H:%M:%f000', {moment}, {seconds} || ' seconds')"


@compiles(_Moved)
def _moved(element: Any, compiler: Any, **kw: Any) -> str:
    moment, seconds = (compiler.process(part, **kw) for part in element.clauses)
    return f"({moment} + make_interval(secs => {seconds}))"


def stands_for(registration: Any) -> Any:
    """The registration that stands: scans and notes keep the one they were made with when two were joined.

    SQLite makes an index of its own for a join on it only where it knows the type.
    """
    return cast(func.coalesce(registration.joined_to, registration.id), Uuid())


def _scanned_within() -> ColumnElement[bool]:
    scan, joined = aliased(Scan), aliased(Registration)
    theirs = (
        select(joined.id)
        .where(or_(joined.id == Meeting.registration_id, joined.joined_to == Meeting.registration_id))
        .correlate(Meeting)
    )
    return exists().where(
        scan.fair_id == Meeting.fair_id,
        scan.registration_id.in_(theirs),
        scan.kind.in_(AT_A_BOOTH),
        # Not by the exhibitor's index: a jobseeker has few scans, an exhibitor many.
        func.coalesce(scan.exhibitor_id, scan.exhibitor_id) == Meeting.exhibitor_id,
        scan.at >= _Moved(Meeting.starts_at, BEFORE),
        or_(scan.at <= Meeting.ends_at, scan.at <= _Moved(Meeting.starts_at, AFTER)),
        counts(scan),
    )


# rules.is_within for a Meeting and any scan that counts of its jobseeker at its exhibitor.
SCANNED_WITHIN = _scanned_within()
# rules.is_over for a Meeting.
IS_OVER = and_(Meeting.ends_at < MOMENT, Meeting.starts_at < WINDOW_AGO)
# rules.state_of for a Meeting.
STATE: Any = case(
    (
        Meeting.status == "requested",
        case(
            (and_(Meeting.expires_at.is_not(None), Meeting.expires_at <= MOMENT), rules.EXPIRED),
            else_=rules.ASKED,
        ),
    ),
    (Meeting.status.not_in(rules.STANDING), Meeting.status),
    (Meeting.status == "held", rules.HELD),
    (SCANNED_WITHIN, rules.HELD),
    (Meeting.status == "no_show", rules.NO_SHOW),
    (IS_OVER, rules.UNKNOWN),
    else_=rules.TO_COME,
)
# Whether a Remark holds a note, star or next step.
SAYS_SOMETHING = or_(Remark.note != "", Remark.star > 0, Remark.next_step != "none")
# Whether a Remark stands: one that was written at a scan goes when the scan is voided.
STANDS = or_(
    Remark.scan_id.is_(None),
    ~exists().where(
        Correction.fair_id == Remark.fair_id,
        Correction.scan_id == Remark.scan_id,
        Correction.verb == "void",
    ),
)


# --- What happened between two ----------------------------------------------------------------------


@dataclass(frozen=True)
class Occasion:
    """A meeting or a scan between the two: when it was, and what became of it."""

    at: datetime | None
    ends_at: datetime | None
    state: str  # of a meeting, or "scanned"
    by: str = ""  # who scanned, or sits at the table


def together(
    fair: Fair, meetings: Iterable[Meeting], scans: Sequence["Seen"], moment: datetime
) -> list[Occasion]:
    """The meetings with what became of them, and the scans that belong to none of these."""
    window, found, used = window_of(fair), [], set()
    for meeting in meetings:
        state = rules.state_of(booking_of(meeting), [scan.at for scan in scans], moment, window)
        by = meeting.slot.recruiter.name if meeting.slot and meeting.slot.recruiter else ""
        found.append(Occasion(meeting.starts_at, meeting.ends_at, state, by))
        if meeting.starts_at and meeting.ends_at and meeting.status in rules.STANDING:
            used |= {s for s in scans if rules.is_within(meeting.starts_at, meeting.ends_at, s.at, window)}
    alone = [Occasion(scan.at, None, rules.SCANNED, scan.by) for scan in scans if scan not in used]
    return sorted(found + alone, key=lambda one: (one.at is None, one.at or moment))


def booking_of(meeting: Meeting) -> Booking:
    return Booking(meeting.status, meeting.starts_at, meeting.ends_at, meeting.expires_at)


@dataclass(frozen=True)
class Seen:
    """A scan at a booth, and who made it."""

    at: datetime
    by: str


def scans_of(fair_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Seen]]:
    """The scans of these registrations at booths, by exhibitor."""
    query: Any = (
        select(Scan.exhibitor_id, Scan.at, Device.held_by, Device.label)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.fair_id == fair_id, Scan.registration_id.in_(ids), Scan.kind.in_(AT_A_BOOTH), COUNTS)
        .order_by(Scan.at)
    )
    found: dict[uuid.UUID, list[Seen]] = defaultdict(list)
    for exhibitor_id, at, held_by, label in db.session.execute(query):
        found[exhibitor_id].append(Seen(at, held_by or label))
    return found


@dataclass(frozen=True)
class Said:
    """What a recruiter wrote."""

    author: uuid.UUID
    author_name: str
    at: datetime
    note: str
    star: int
    next_step: str
