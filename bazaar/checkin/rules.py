"""What a scan is, what it may say, and what it means: pure, the moment is an argument.

The form and the words of every answer are those of the scanning protocol (docs/scanning.md).
"""

import uuid
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bazaar.people.rules import Limit
from bazaar.personal_number import without_personal_numbers

# A whole team pairs its phones behind one address; whoever guesses codes needs a thousand million tries.
PAIRINGS_OF_NETWORK = Limit("pairings of a network", 300, timedelta(minutes=10), timedelta(seconds=10))
PURPOSES = ("door", "booth", "session", "kiosk")
MOST_SCANS = 500
MOST_BYTES = 1_000_000
MOST_NOTE = 2000
PAIRING_MINUTES = 10
CLOCK_SLACK = timedelta(seconds=5)  # a phone whose clock is off by less is not corrected
AHEAD = timedelta(minutes=2)  # still this much ahead after correction: clock_off

KINDS = {
    "door": ("in", "out"),
    "booth": ("booth", "meeting"),
    "session": ("session",),
    "kiosk": ("in",),
}
ALL_KINDS = ("in", "out", "booth", "meeting", "session")
NEXT_STEPS = ("none", "call", "interview", "send_cv", "other")


@dataclass(frozen=True, slots=True)
class Item:
    """One scan as the device says it. `code` is resolved to 16 characters where it is a badge code."""

    id: uuid.UUID
    code: str
    kind: str
    at_said: datetime
    at: datetime
    offline: bool
    note: str
    star: int
    next_step: str
    blanked: bool = False  # a personal number was taken out of the note

    @property
    def says_something(self) -> bool:
        return bool(self.note or self.star or self.next_step != "none")


@dataclass(frozen=True, slots=True)
class Bad:
    """An item that cannot be read. `id` is None where it had no usable one."""

    id: uuid.UUID | None


def may(purpose: str, *, names: bool, may_list: bool) -> list[str]:
    """What a device may do: its kinds of scan, and "names" and "list" where given."""
    return [*KINDS[purpose], *(["names"] if names else []), *(["list"] if may_list else [])]


def usable_id(said: object) -> uuid.UUID | None:
    """The id of an item, or None where it is none. Written with dashes, as RFC 9562 does."""
    if not isinstance(said, str) or len(said) != 36:
        return None
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def moment(said: object) -> datetime | None:
    """RFC 3339 with a zone, in UTC; None for anything else, or a year that no clock shows."""
    if not isinstance(said, str) or len(said) > 40:
        return None
    try:
        at = datetime.fromisoformat(said)
        if at.tzinfo is None or not 2000 <= at.year <= 2100:
            return None
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def corrected(at: datetime, sent: datetime, received: datetime) -> datetime:
    """The moment of the scan on our clock: what the phone said, moved by how far its clock is off."""
    off = received - sent
    return at + off if abs(off) > CLOCK_SLACK else at


def read_item(said: Any, sent: datetime, received: datetime, code_of: Any) -> Item | Bad:
    """One item of an upload. `code_of(text)` gives the 16 characters of a badge code, or None."""
    if not isinstance(said, dict):
        return Bad(None)
    key = usable_id(said.get("id"))
    if key is None:
        return Bad(None)
    kind, code, at = said.get("kind"), said.get("code"), moment(said.get("at"))
    note, star, step = said.get("note", ""), said.get("star", 0), said.get("next", "none")
    well_formed = (
        kind in ALL_KINDS
        and isinstance(code, str)
        and 0 < len(code) <= 300
        and "\x00" not in code
        and at is not None
        and isinstance(said.get("offline", False), bool)
        and isinstance(note, str)
        and len(note) <= MOST_NOTE
        and "\x00" not in note
        and _storable(code + note)
        and type(star) is int
        and 0 <= star <= 3
        and step in NEXT_STEPS
    )
    if not well_formed or at is None:
        return Bad(key)
    assert isinstance(code, str)
    assert isinstance(kind, str)
    kept = without_personal_numbers(note)
    return Item(
        key, code_of(code) or without_personal_numbers(code[:300]), kind, at, corrected(at, sent, received),
        said.get("offline", False), kept, star, step, kept != note,
    )  # fmt: skip


def _storable(text: str) -> bool:
    """JSON may carry half of a surrogate pair, which no database takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def clock_is_off(at: datetime, received: datetime) -> bool:
    return at - received > AHEAD


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """An earlier scan at the door, or at one booth, as far as the next one's meaning depends on it."""

    at: datetime
    id: uuid.UUID
    kind: str = field(compare=False)
    device_id: uuid.UUID = field(compare=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    status: str  # recorded | duplicate | conflict
    reason: str | None = None
    first_id: uuid.UUID | None = None


class Timeline:
    """The recorded scans of one person at the doors (or at one booth), in the order in which they happened."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = sorted(passages)

    def around(self, at: datetime) -> tuple[Passage | None, Passage | None]:
        """The passage at or before a moment, and the one after it."""
        place = bisect_right(self.passages, at, key=lambda passage: passage.at)
        before = self.passages[place - 1] if place else None
        after = self.passages[place] if place < len(self.passages) else None
        return before, after

    def add(self, passage: Passage) -> None:
        insort(self.passages, passage)


def door_verdict(item: Item, device_id: uuid.UUID, timeline: Timeline) -> Verdict:
    """In after in (by the time of the scan, whichever came first to us) counts once.

    Two phones that could not know of each other make a conflict for the desk; the same phone, or one
    that was online and let the person in again, a duplicate.
    """
    before, after = timeline.around(item.at)
    same = (
        before
        if before and before.kind == item.kind
        else after
        if after and after.kind == item.kind
        else None
    )
    if same is None:
        return Verdict("recorded")
    if item.kind == "out":
        return Verdict("duplicate", "already_out", same.id)
    other_phone = item.offline and same.device_id != device_id
    return Verdict("conflict" if other_phone else "duplicate", "already_in", same.id)


def booth_verdict(item: Item, timeline: Timeline, repeat: timedelta, *, shares: bool) -> Verdict:
    """A second scan at the same booth within a few minutes is a repeat of the first."""
    before, after = timeline.around(item.at)
    for near in (before, after):
        if near is not None and abs(item.at - near.at) <= repeat:
            return Verdict("duplicate", "repeat", near.id)
    return Verdict("recorded", None if shares else "no_consent")
