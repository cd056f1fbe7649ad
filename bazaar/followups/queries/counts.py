"""How many meetings of a fair are in each state. Those of large fairs are remembered for a while."""

import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from bazaar.checkin.models import Scan
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.followups import rules
from bazaar.followups.queries.organiser import TABS
from bazaar.followups.queries.truth import is_walk_in, scans_at_booths, state_where, times, was_scanned
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting


@dataclass(frozen=True)
class Counts:
    """How many meetings there are of each state. Walk-ins are held, and counted apart."""

    of: dict[str, int]
    counted_at: datetime
    slow: bool = False  # may be some time old, because counting takes long

    def __getitem__(self, state: str) -> int:
        return self.of.get(state, 0)

    @property
    def held(self) -> int:
        return self[rules.HELD] + self[rules.WALK_IN]

    @property
    def with_time(self) -> int:
        states = (rules.HELD, rules.UNKNOWN, rules.NO_SHOW, rules.TO_COME, rules.CANCELLED)
        return sum(self[state] for state in states)

    @property
    def asked(self) -> int:
        return self[rules.ASKED] + self[rules.DECLINED] + self[rules.EXPIRED]


@dataclass
class _Memory:
    """Counts of large fairs, kept fifty times as long as counting took, a minute at most."""

    known: dict[uuid.UUID, tuple[float, Counts]] = field(default_factory=dict)

    def get(self, fair_id: uuid.UUID) -> Counts | None:
        until, counts = self.known.get(fair_id, (0.0, None))
        return counts if time.monotonic() < until else None

    def keep(self, fair_id: uuid.UUID, counts: Counts, seconds: float) -> None:
        if len(self.known) > 100:
            self.known.clear()
        self.known[fair_id] = (time.monotonic() + min(60.0, seconds * 50), counts)


WORTH_KEEPING = 0.02  # seconds of counting
SLOW = 0.25  # from here on the page says when it was counted
_memory = _Memory()


def counts_of(fair: Fair, moment: datetime) -> Counts:
    """How many meetings of the fair are in each state. Where counting takes long, the answer is up to a minute old."""
    remembered = _memory.get(fair.id)
    if remembered is not None:
        return remembered
    began = time.monotonic()
    counted = _count(fair, moment)
    took = time.monotonic() - began
    counts = Counts(counted, moment, slow=took > SLOW)
    if took > WORTH_KEEPING:
        _memory.keep(fair.id, counts, took)
    return counts


def _count(fair: Fair, moment: datetime) -> dict[str, int]:
    given = times(fair, moment)
    scans = scans_at_booths(Scan.fair_id == fair.id)
    state = state_where(was_scanned(scans, Meeting.fair_id == fair.id))
    states = select(state.label("state")).where(Meeting.fair_id == fair.id).subquery()
    query = select(states.c.state, func.count()).group_by(states.c.state)
    counted = {row[0]: row[1] for row in db.session.execute(query, given)}
    walk_ins = (
        select(func.count())
        .select_from(Scan)
        .join(Registration, Registration.id == Scan.registration_id)
        .where(Scan.fair_id == fair.id, *is_walk_in())
    )
    return counted | {rules.WALK_IN: db.session.scalar(walk_ins, given) or 0}


def shown_counts(counts: Counts, tabs: Collection[str] = TABS) -> dict[str, int]:
    """What stands on each tab."""
    special = {"all": counts.with_time, "asked": counts.asked}
    return {tab: special.get(tab, counts[tab]) for tab in tabs}
