"""Taking in the scans of a phone: the hot path of a fair's morning.

What does not change under us is read before the writers' line; inside it stand one statement that reads the
earlier scans of these people, and one INSERT. Everything runs on the connection that is given.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from bazaar.checkin import rules
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.checkin.queries import uploads as queries
from bazaar.checkin.rules import Bad, Item, Passage, Timeline, Verdict
from bazaar.db import broken_rule, db, new_id
from bazaar.fairs.models import Fair
from bazaar.jobseekers.rules import normal_code
from bazaar.meetings.actions import hold_by_scan

_KEEP_SCANS = insert(Scan)
_KEEP_REMARKS = insert(Remark)
_ID_IS_THERE = ("pk_scan", "unique constraint failed: scan.fair_id, scan.id")


class IdTaken(Exception):
    """Another upload wrote a scan with one of these ids since we looked: look again."""


@dataclass(slots=True)
class Result:
    """What one item is answered with."""

    id: uuid.UUID | None
    status: str
    reason: str | None = None
    kind: str = ""
    first_id: uuid.UUID | None = None
    again: bool = False
    person: dict[str, str] | None = None  # as far as this device may see
    blanked: bool = False  # a personal number was taken out of the note
    first: Any = None  # the row of the earlier scan that a duplicate or conflict means


class Upload:
    """The scans that a device (a row of `queries.device_of`) sends at once, each judged in the light of those before it.

    Facts are recorded, never asked again: a conflict is kept and listed for the desk. An id that is
    already there answers as the first time and writes nothing.
    """

    def __init__(self, device: Any, said: Sequence[Any], sent: datetime, received: datetime) -> None:
        self.device, self.sent, self.received = device, sent, received
        self.items = [rules.read_item(one, sent, received, normal_code) for one in said]
        self.badges: dict[str, Any] = {}
        self.known: dict[uuid.UUID, Any] = {}
        self.person_of: dict[uuid.UUID, uuid.UUID] = {}
        self.timelines: dict[uuid.UUID, Timeline] = {}
        self.doors: dict[uuid.UUID, Timeline] = {}
        self.rows: list[dict[str, Any]] = []
        self.remarks: list[dict[str, Any]] = []
        self.may_have_met: list[dict[str, Any]] = []

    # --- Before the line ---

    def look(self, connection: Connection) -> None:
        """Whose badges these are, and which of the scans are there already: neither is ever taken back."""
        good = [item for item in self.items if isinstance(item, Item)]
        codes = {item.code for item in good if len(item.code) == 16}
        for badge in queries.badges_with(connection, self.device, codes):
            self.badges[badge.code] = badge
            if self._is_ours(badge):
                self.person_of[badge.person_id] = badge.person_id
                if badge.earlier_person is not None:
                    self.person_of.setdefault(badge.earlier_person, badge.person_id)
        self.known = queries.known_scans(connection, self.device.fair_id, [item.id for item in good])

    @property
    def shows_meetings(self) -> bool:
        """Whether one of these people has a meeting here that a scan may show to be held."""
        return any(badge.meets for badge in self.badges.values())

    def _is_ours(self, badge: Any) -> bool:
        return badge.fair_id == self.device.fair_id and badge.person_id is not None

    # --- In the line ---

    def take_in(self, connection: Connection) -> list[Result]:
        """A result per item, in order; what is new is written."""
        people = list(self.person_of)
        self.timelines = self._by_person(queries.earlier_scans(connection, self.device, people))
        self.doors = self._doors(connection)
        results = [
            Result(item.id, "refused", "bad_item") if isinstance(item, Bad) else self._result_of(item)
            for item in self.items
        ]
        if self.rows:
            self._keep_scans(connection)
        if self.remarks:
            connection.execute(_KEEP_REMARKS, self.remarks)
        self._keep_seen(connection)
        self._name_firsts(connection, results)
        return results

    def _keep_scans(self, connection: Connection) -> None:
        """In the order of their keys: two uploads of the same ones wait for each other, never in a ring."""
        try:
            connection.execute(_KEEP_SCANS, sorted(self.rows, key=itemgetter("id")))
        except IntegrityError as error:
            if broken_rule(error) in _ID_IS_THERE:
                raise IdTaken from error
            raise

    def _by_person(self, rows: Iterable[Any]) -> dict[uuid.UUID, Timeline]:
        passages: dict[uuid.UUID, list[Passage]] = {}
        for row in rows:
            passage = Passage(row.at, row.id, row.kind, row.device_id)
            passages.setdefault(self.person_of[row.person_id], []).append(passage)
        return {person: Timeline(found) for person, found in passages.items()}

    def _doors(self, connection: Connection) -> dict[uuid.UUID, Timeline]:
        """Who is in and who is out, of those whose state is shown."""
        if self.device.purpose in ("door", "kiosk"):
            return self.timelines
        shown = any(self._is_ours(badge) and self._may_name(badge) for badge in self.badges.values())
        people = list(self.person_of) if shown else []
        return self._by_person(queries.door_scans(connection, self.device.fair_id, people))

    def _result_of(self, item: Item) -> Result:
        badge = self.badges.get(item.code)
        ours = badge if badge is not None and badge.fair_id == self.device.fair_id else None
        before = self.known.get(item.id)
        if before is not None:
            if (before.code, before.kind, before.at_said) != (item.code, item.kind, item.at_said):
                return Result(item.id, "refused", "bad_item")
            verdict = Verdict(before.status, before.reason, before.first_id)  # whatever this device may do
        elif item.kind not in rules.KINDS[self.device.purpose]:
            return Result(item.id, "refused", "wrong_purpose")
        else:
            verdict = self._verdict(item, badge)
            self._record(item, verdict, ours)
        return Result(
            item.id, verdict.status, verdict.reason, item.kind, verdict.first_id, before is not None, self._person_seen(ours),
            item.blanked,
        )  # fmt: skip

    def _verdict(self, item: Item, badge: Any) -> Verdict:
        if self.device.revoked_at is not None:
            return Verdict("conflict", "revoked_device")
        wrong = self._wrong_badge(badge)
        if wrong is not None:
            return Verdict("conflict", wrong)
        if rules.clock_is_off(item.at, self.received):
            return Verdict("conflict", "clock_off")
        timeline = self.timelines.get(badge.person_id) or Timeline([])
        if item.kind in ("in", "out"):
            return rules.door_verdict(item, self.device.id, timeline)
        repeat = timedelta(minutes=self.device.repeat_minutes)
        shares = item.kind == "session" or badge.shares or badge.kind != "jobseeker"
        return rules.booth_verdict(item, timeline, repeat, shares=bool(shares))

    def _wrong_badge(self, badge: Any) -> str | None:
        if badge is None:
            return "unknown_code"
        if badge.fair_id != self.device.fair_id:
            return "other_fair"
        if badge.person_id is None or (badge.registration_id is not None and badge.status == "started"):
            return "not_registered"
        if badge.voided_at is not None or badge.status in ("cancelled", "joined"):
            return "cancelled"
        return None

    def _record(self, item: Item, verdict: Verdict, badge: Any) -> None:
        device = self.device
        row = {
            "fair_id": device.fair_id, "id": item.id, "device_id": device.id, "code": item.code, "kind": item.kind,
            "at_said": item.at_said, "at": item.at, "received_at": self.received, "offline": item.offline,
            "status": verdict.status, "reason": verdict.reason, "first_id": verdict.first_id,
            "badge_kind": badge.kind if badge else None, "person_id": badge.person_id if badge else None,
            "registration_id": badge.registration_id if badge else None, "exhibitor_id": device.exhibitor_id,
            "talk_id": device.talk_id, "note": item.note, "star": item.star, "next_step": item.next_step,
        }  # fmt: skip
        self.rows.append(row)
        self.known[item.id] = SimpleNamespace(**row)  # for an id that comes twice in one upload
        if badge is None:
            return
        if verdict.status == "recorded":
            timeline = self.timelines.setdefault(badge.person_id, Timeline([]))
            timeline.add(Passage(item.at, item.id, item.kind, device.id))
        if device.exhibitor_id and badge.registration_id and verdict.status != "conflict":
            if badge.meets:
                self.may_have_met.append(row)
            if item.says_something:
                self.remarks.append(self._remark(item, badge.registration_id))

    def _remark(self, item: Item, registration_id: uuid.UUID) -> dict[str, Any]:
        device = self.device
        return {
            "id": new_id(), "fair_id": device.fair_id, "exhibitor_id": device.exhibitor_id,
            "registration_id": registration_id, "author": device.person_id or device.id,
            "author_name": device.held_by or device.label, "scan_id": item.id, "at": item.at,
            "note": item.note, "star": item.star, "next_step": item.next_step,
        }  # fmt: skip

    def _keep_seen(self, connection: Connection) -> None:
        """When the device was last heard of and how far off its clock is; not more than twice a minute."""
        device, off = self.device, (self.received - self.sent).total_seconds()
        lately = device.last_seen_at is not None and self.received - device.last_seen_at < timedelta(
            seconds=30
        )
        if lately and abs(off - device.clock_off) < 2:
            return
        connection.execute(
            update(Device).where(Device.id == device.id).values(last_seen_at=self.received, clock_off=off)
        )

    def hold_meetings(self) -> None:
        """A scan at the booth shows that a meeting around that time was held."""
        if self.may_have_met:
            fair = db.session.get_one(Fair, self.device.fair_id)
            for row in self.may_have_met:
                hold_by_scan(fair, row["registration_id"], row["exhibitor_id"], row["at"])

    # --- What the answer shows ---

    def _may_name(self, badge: Any) -> bool:
        if self.device.revoked_at is not None or self.device.purpose == "kiosk":
            return False
        return (
            self.device.purpose == "door" or badge.kind != "jobseeker" or bool(badge.shares or badge.expected)
        )

    def _person_seen(self, badge: Any) -> dict[str, str] | None:
        """Name, kind and state of a badge's person as far as this device may see them."""
        if badge is None or badge.person_id is None or not self._may_name(badge):
            return None
        name = badge.name if badge.registration_id else badge.person_name
        if badge.protected:
            name = badge.alias
        return {"name": name, "kind": badge.kind, "state": self._state(badge)}

    def _state(self, badge: Any) -> str:
        if badge.status in ("cancelled", "joined"):
            return "cancelled"
        timeline = self.doors.get(badge.person_id)
        last = timeline.passages[-1] if timeline and timeline.passages else None
        return last.kind if last else "registered"

    def _name_firsts(self, connection: Connection, results: Sequence[Result]) -> None:
        meant = {result.first_id for result in results if result.first_id is not None}
        there = queries.firsts(connection, self.device.fair_id, list(meant))
        for result in results:
            result.first = there.get(result.first_id) if result.first_id else None
