"""What stands on a badge, for whom badges are printed and on what paper."""

from dataclasses import dataclass, field
from datetime import datetime

EVERYBODY, JOBSEEKERS, REPRESENTATIVES, STAFF = "everybody", "jobseekers", "representatives", "staff"
WHO = (EVERYBODY, JOBSEEKERS, REPRESENTATIVES, STAFF)
KIND_OF = {JOBSEEKERS: "jobseeker", REPRESENTATIVES: "representative", STAFF: "staff"}
LAYOUTS = ("a6", "a4", "label")


@dataclass(frozen=True)
class Appointment:
    """A line of the day on the badge's back: when, with whom, where."""

    at: datetime
    with_whom: str
    booth: int | None = None
    room: str = ""


@dataclass(frozen=True)
class Card:
    """One badge to print. `line` is what stands under the name: an organisation, or the work one does."""

    code: str
    name: str
    kind: str  # jobseeker | representative | staff
    registration: str = ""
    line: str = ""
    day: list[Appointment] = field(default_factory=list)
