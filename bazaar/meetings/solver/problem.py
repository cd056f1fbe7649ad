"""What is asked of the engine and what it answers: frozen facts, no database, no clock.

One problem is one day. A slot is the meeting and the change after it, so neighbouring slots keep the gap between
two meetings. The JSON forms of both are `bazaar-timetable-problem/1` and `bazaar-timetable/1` (files.py).
"""

from dataclasses import dataclass
from typing import Literal

Mode = Literal["best", "all"]
Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Reason = Literal["no_common_slot", "own_cap", "employer_full", "no_interpreter", "worth_less"]
JOBSEEKER, EMPLOYER = "jobseeker", "employer"
STANDING = 2  # slots after the one that runs in which nothing is changed any more


@dataclass(frozen=True, slots=True)
class Party:
    """Anyone who must be present. `parallel`: meetings at once (tables); `cap`: most meetings in the day."""

    id: str
    parallel: int = 1
    cap: int | None = None
    blocked: frozenset[int] = frozenset()  # slots in which they cannot meet
    compact: bool = False  # whether their idle slots count
    role: str = EMPLOYER
    place: tuple[float, float] | None = None  # metres; walking is a cost, never a rule


@dataclass(frozen=True, slots=True)
class Resource:
    """Something a meeting needs beside its parties, such as an interpreter: so many in each slot."""

    id: str
    per_slot: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A meeting that somebody wants. `after`: wishes that must be held in an earlier slot than this one."""

    id: str
    parties: tuple[str, str]
    weight: int = 1
    slots: frozenset[int] | None = None  # allowed slots; None: any
    fixed: int | None = None
    after: tuple[str, ...] = ()
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One day. Mode best chooses which wishes are held; mode all holds every wish with the fewest breaks."""

    mode: Mode
    slots: int
    parties: tuple[Party, ...]
    wishes: tuple[Wish, ...]
    resources: tuple[Resource, ...] = ()
    tables: int | None = None  # most meetings in the hall in any one slot
    max_break_difference: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    wish: str
    slot: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that is not held and why; `because`: the held wishes that stand in its way."""

    wish: str
    reason: Reason
    words: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    """`bound`: no timetable with this coverage weighs more. `coverage`: jobseekers with at least one, at least two.

    `now`: the slot that ran when it was replanned; what came with or soon after it could not be changed any more.
    """

    status: Status
    weight: int = 0
    bound: int = 0
    coverage: tuple[int, int] = (0, 0)
    coverage_bound: tuple[int, int] = (0, 0)
    idle: int = 0
    breaks: int = 0
    moved: int = 0
    dropped: int = 0
    seconds: float = 0.0
    meetings: tuple[Meeting, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    now: int | None = None
