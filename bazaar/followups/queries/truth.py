"""What happened, as the rules say it and as the database says it. Every list is made of these."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
)
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


def within(at: Any) -> ColumnElement[bool]:
    """rules.is_within for a Meeting and a scan at this moment."""
    return and_(
        at >= _Moved(Meeting.starts_at, BEFORE),
        or_(at <= Meeting.ends_at, at <= _Moved(Meeting.starts_at, AFTER)),
    )


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
        within(scan.at),
        counts(scan),
    )


# The same for a Meeting and any scan that counts of its jobseeker at its exhibitor.
SCANNED_WITHIN = _scanned_within()
# rules.is_over for a Meeting.
IS_OVER = and_(Meeting.ends_at < MOMENT, Meeting.starts_at < WINDOW_AGO)


def state_where(scanned_within: ColumnElement[bool]) -> Any:
    """rules.state_of for a Meeting, given what says that its jobseeker was scanned at it."""
    return case(
        (
            Meeting.status == "requested",
            case(
                (and_(Meeting.expires_at.is_not(None), Meeting.expires_at <= MOMENT), rules.EXPIRED),
                else_=rules.ASKED,
            ),
        ),
        (Meeting.status.not_in(rules.STANDING), Meeting.status),
        (Meeting.status == "held", rules.HELD),
        (scanned_within, rules.HELD),
        (Meeting.status == "no_show", rules.NO_SHOW),
        (IS_OVER, rules.UNKNOWN),
        else_=rules.TO_COME,
    )


STATE: Any = state_where(SCANNED_WITHIN)


def scans_at_booths(*here: ColumnElement[bool]) -> CTE:
    """Scans of jobseekers at booths, under the registrations that stand: found once, where many meetings ask for them."""
    return (
        select(stands_for(Registration).label("id"), Scan.exhibitor_id, Scan.at)
        .join(Registration, Registration.id == Scan.registration_id)
        .where(*here, Scan.kind.in_(AT_A_BOOTH), Scan.badge_kind == "jobseeker", COUNTS)
        .cte("scans")
        .prefix_with("MATERIALIZED")
    )


def was_scanned(scans: CTE, *here: ColumnElement[bool]) -> ColumnElement[bool]:
    """SCANNED_WITHIN for many a Meeting at once: a question to each of them costs most of a page."""
    meetings = (
        select(Meeting.id)
        .join_from(
            scans,
            Meeting,
            and_(Meeting.registration_id == scans.c.id, Meeting.exhibitor_id == scans.c.exhibitor_id, *here),
        )
        .where(within(scans.c.at))
    )
    return Meeting.id.in_(meetings)


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


@cache
def is_walk_in() -> list[ColumnElement[bool]]:
    """The first scan of a jobseeker at a booth, of whom a recruiter wrote, and with whom no meeting was held."""
    earlier, whose = aliased(Scan), stands_for(Registration)
    first = ~exists().where(
        # By the jobseeker's index alone: a jobseeker has few scans, an exhibitor and the fair have many.
        earlier.registration_id == Scan.registration_id,
        func.coalesce(earlier.fair_id, earlier.fair_id) == Scan.fair_id,
        func.coalesce(earlier.exhibitor_id, earlier.exhibitor_id) == Scan.exhibitor_id,
        earlier.kind.in_(AT_A_BOOTH),
        counts(earlier),
        tuple_(func.coalesce(earlier.received_at, earlier.received_at), earlier.id)
        < tuple_(Scan.received_at, Scan.id),
    )
    wrote = exists().where(
        Remark.fair_id == Scan.fair_id,
        Remark.exhibitor_id == Scan.exhibitor_id,
        Remark.registration_id.in_((Scan.registration_id, whose)),
        SAYS_SOMETHING,
        STANDS,
    )
    held = exists().where(
        Meeting.fair_id == Scan.fair_id,
        Meeting.exhibitor_id == Scan.exhibitor_id,
        Meeting.registration_id == whose,
        or_(
            Meeting.status == "held",
            and_(Meeting.status.in_(("booked", "no_show")), SCANNED_WITHIN),
        ),
    )
    return [
        Scan.kind.in_(AT_A_BOOTH),
        Scan.badge_kind == "jobseeker",
        COUNTS,
        wrote,
        first,
        ~held,
    ]


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
