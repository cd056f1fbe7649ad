"""What became of a meeting, what is owed to whom and by when. Pure: the moment is an argument."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bazaar.checkin.rules import NEXT_STEPS

# --- Meetings -------------------------------------------------------------------------------------

HELD, NO_SHOW, UNKNOWN, TO_COME = "held", "no_show", "unknown", "to_come"
ASKED, DECLINED, EXPIRED, CANCELLED = "asked", "declined", "expired", "cancelled"
WALK_IN = "walk_in"
STANDING = ("booked", "held", "no_show")
NOT_CANCELLED = ("requested", *STANDING, "declined", "expired")


def is_within(starts_at: datetime, ends_at: datetime, scan: datetime, window: timedelta) -> bool:
    """Whether a scan falls within a meeting's start window or its time."""
    return starts_at - window <= scan <= max(ends_at, starts_at + window)


def is_over(starts_at: datetime, ends_at: datetime, moment: datetime, window: timedelta) -> bool:
    return moment > max(ends_at, starts_at + window)


@dataclass(frozen=True)
class Booking:
    """A meeting as its row says it."""

    status: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    expires_at: datetime | None = None


def state_of(booking: Booking, scans: Iterable[datetime], moment: datetime, window: timedelta) -> str:
    """held, no_show, unknown, to_come, asked, declined, expired or cancelled.

    Held: a booth or meeting scan falls within its start window or time, or the recruiter says so. Neither scan nor
    word once it is over: unknown, which is not a no-show.
    """
    if booking.status == "requested":
        return EXPIRED if booking.expires_at is not None and booking.expires_at <= moment else ASKED
    if booking.status not in STANDING:
        return booking.status
    starts_at, ends_at = booking.starts_at, booking.ends_at
    if booking.status == "held" or starts_at is None or ends_at is None:
        return HELD if booking.status == "held" else booking.status
    if any(is_within(starts_at, ends_at, scan, window) for scan in scans):
        return HELD
    if booking.status == "no_show":
        return NO_SHOW
    return UNKNOWN if is_over(starts_at, ends_at, moment, window) else TO_COME


def is_walk_in(*, scanned: bool, says_something: bool) -> bool:
    """A booth scan without a booking is a meeting only if the recruiter wrote a note, star or next step."""
    return scanned and says_something


# --- People, as one exhibitor knows them ------------------------------------------------------------

MET, SCANNED, SHARED = "met", "scanned", "shared"
# What is said of somebody: the first of these that is true.
STATUSES = (MET, TO_COME, SCANNED, UNKNOWN, NO_SHOW, ASKED, SHARED, DECLINED, EXPIRED)


def status_of(states: Iterable[str], *, scanned: bool, shares: bool, says_something: bool) -> str:
    """One word for everything between an exhibitor and a jobseeker."""
    true = set(states)
    if HELD in true or is_walk_in(scanned=scanned, says_something=says_something):
        return MET
    true |= {SCANNED} if scanned else set()
    true |= {SHARED} if shares else set()
    return next((status for status in STATUSES if status in true), SHARED)


def steps_in(bits: int) -> list[str]:
    """The next steps that recruiters noted, out of one number: 1 call, 2 interview, 4 send_cv, 8 other."""
    return [step for place, step in enumerate(NEXT_STEPS[1:]) if bits >> place & 1]


# --- Answers owed -----------------------------------------------------------------------------------

KINDS = ("second_interview", "job_offer", "later", "no")
UNDO = timedelta(minutes=10)
MOST_WORDS = 1000
ANSWERED, LATE, TODAY, COMING, NOTHING = "answered", "late", "today", "coming", "nothing"


def answer_by(last_day: date, answer_days: int) -> date:
    """Until when an answer is owed where nobody has said another day."""
    return last_day + timedelta(days=answer_days)


def debt_of(*, promised: bool, answered: bool, due: date, today: date) -> str:
    """answered, late, today, coming; nothing where nothing was promised. An answer without a promise is answered."""
    if answered:
        return ANSWERED
    if not promised:
        return NOTHING
    if due < today:
        return LATE
    return TODAY if due == today else COMING


def may_undo(given_at: datetime, moment: datetime) -> bool:
    """An answer is taken back before it is sent, never after."""
    return moment < given_at + UNDO


def is_known_to_jobseeker(given_at: datetime, moment: datetime) -> bool:
    """What may still be taken back is not shown to whom it is meant for."""
    return not may_undo(given_at, moment)


@dataclass(frozen=True)
class Debt:
    """How an exhibitor stands: whom it met, whom it promised an answer, and how many of those have it."""

    met: int
    promised: int
    answered: int
    late: int
    today: int
    coming: int
    also_answered: int  # answered though nothing had been promised


def debt_sum(people: Iterable[tuple[bool, bool, str]]) -> Debt:
    """From (met, promised, debt) of everybody."""
    rows = list(people)
    owed = [debt for _met, promised, debt in rows if promised]
    return Debt(
        met=sum(met for met, _promised, _debt in rows),
        promised=len(owed),
        answered=owed.count(ANSWERED),
        late=owed.count(LATE),
        today=owed.count(TODAY),
        coming=owed.count(COMING),
        also_answered=sum(debt == ANSWERED and not promised for _met, promised, debt in rows),
    )
