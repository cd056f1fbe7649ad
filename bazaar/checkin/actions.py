"""Pairing devices, recording scans, correcting mistakes. Never commits: the view does."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from bazaar import clock
from bazaar.checkin import queries, rules
from bazaar.checkin.models import Correction, Device, PairingCode, Remark, Scan
from bazaar.checkin.rules import Bad, Item, Passage, Timeline, Verdict
from bazaar.db import db, new_id, once
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.rules import normal_code
from bazaar.journal.actions import note
from bazaar.meetings.actions import hold_by_scan, not_held_by_scan
from bazaar.people.models import Person
from bazaar.sharing.actions import share
from bazaar.sharing.models import Share
from bazaar.words import hashed, new_token

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


# --- Devices ----------------------------------------------------------------------------------


def make_pairing_code(
    fair_id: uuid.UUID,
    purpose: str,
    *,
    label: str,
    exhibitor_id: uuid.UUID | None = None,
    talk_id: uuid.UUID | None = None,
    may_list: bool = False,
    may_names: bool = False,
    by: Person | None = None,
    holder: uuid.UUID | None = None,
) -> str:
    """A one-use code, good for ten minutes, such as 7K4M-9QXT; only its hash is kept.

    `holder` is the recruiter who will hold the phone; else it is whoever makes the code.
    """
    code = "".join(secrets.choice(_LETTERS) for _ in range(8))
    db.session.add(
        PairingCode(
            fair_id=fair_id, purpose=purpose, label=label, exhibitor_id=exhibitor_id, talk_id=talk_id,
            may_list=may_list, may_names=may_names, made_by=holder or (by.id if by else None), code_hash=hashed(code),
            expires_at=clock.now() + timedelta(minutes=rules.PAIRING_MINUTES),
        )
    )  # fmt: skip
    note("made_pairing_code", "device", None, fair_id=fair_id, actor=by.id if by else None, purpose=purpose)
    return f"{code[:4]}-{code[4:]}"


def pair(typed: str, held_by: str) -> tuple[Device, str]:
    """A new device and its token. NotFound where the code is unknown, used or too old."""
    code = typed.upper().replace("-", "").replace(" ", "")
    pairing = queries.pairing(code)
    now = clock.now()
    if pairing is None or pairing.used_at is not None or pairing.expires_at <= now:
        raise NotFound
    pairing.used_at = now
    recruiter = pairing.made_by if pairing.purpose == "booth" else None
    if not held_by.strip() and recruiter is not None:
        held_by = db.session.get_one(Person, recruiter).name
    token = new_token()
    device = Device(
        id=new_id(), fair_id=pairing.fair_id, purpose=pairing.purpose, exhibitor_id=pairing.exhibitor_id,
        talk_id=pairing.talk_id, label=pairing.label, held_by=held_by[:100], token_hash=hashed(token),
        salt=secrets.token_hex(16), may_list=pairing.may_list, may_names=pairing.may_names, last_seen_at=now,
        person_id=recruiter,
    )  # fmt: skip
    db.session.add(device)
    note("paired", "device", device.id, fair_id=device.fair_id, purpose=device.purpose)
    return device, token


def revoke(device: Device, by: Person) -> None:
    """The token ends now; what waits on the phone is still taken in, for the desk to decide."""
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        note("revoked", "device", device.id, fair_id=device.fair_id, actor=by.id)


# --- Scans ------------------------------------------------------------------------------------


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
    badge: Any = None  # the badge's row, where it is of this fair


def record(device: Any, said: Sequence[Any], sent: datetime, received: datetime) -> list[Result]:
    """Take in an upload of one device (a row of `queries.device_of`): a result per item, in order.

    Facts are recorded, never asked again: a conflict is kept and listed for the desk. An id that is
    already there answers as the first time and writes nothing.
    """
    items = [rules.read_item(one, sent, received, normal_code) for one in said]
    good = [item for item in items if isinstance(item, Item)]
    upload = _Upload(device, good, received)
    results = [
        Result(item.id, "refused", "bad_item") if isinstance(item, Bad) else upload.result_of(item)
        for item in items
    ]
    upload.store(results)
    upload.hold_meetings(results)
    _seen(device, sent, received)
    return results


class _Upload:
    """The state that the items of one upload share, so that each is judged in the light of those before it."""

    def __init__(self, device: Any, items: Sequence[Item], received: datetime) -> None:
        self.device, self.received = device, received
        self.badges = queries.badges_with({item.code for item in items if len(item.code) == 16})
        self.known = queries.known_scans(device.fair_id, [item.id for item in items]) if items else {}
        self.rows: list[dict[str, Any]] = []
        self.remarks: list[dict[str, Any]] = []
        ours = [b for b in self.badges.values() if b.fair_id == device.fair_id and b.person_id is not None]
        registrations = [badge.registration_id for badge in ours if badge.registration_id is not None]
        joined = queries.joined_people(device.fair_id, registrations)
        self.stands_for = {badge.registration_id: badge.person_id for badge in ours if badge.registration_id}
        self.person_of = {badge.person_id: badge.person_id for badge in ours}
        self.person_of |= {old: self.stands_for[standing] for old, standing in joined.items()}
        self.timelines = self._timelines()
        self.sharing = (
            queries.sharing_with(device.fair_id, device.exhibitor_id, registrations)
            if device.exhibitor_id and registrations
            else set()
        )
        self.named = self.sharing | self._booked(registrations)
        self.doors = self.timelines if device.purpose in ("door", "kiosk") else self._doors()

    def _booked(self, registrations: Sequence[uuid.UUID]) -> set[uuid.UUID]:
        """Whose names this device may see although they do not share: they booked, or signed up."""
        device = self.device
        if not registrations or device.purpose not in ("booth", "session"):
            return set()
        if device.purpose == "session":
            return queries.signed_up(device.fair_id, device.talk_id, registrations)
        return queries.booked_with(device.fair_id, device.exhibitor_id, registrations)

    def _doors(self) -> dict[uuid.UUID, Timeline]:
        return self._by_person(queries.door_scans(self.device.fair_id, list(self.person_of)))

    def person_seen(self, badge: Any) -> dict[str, str] | None:
        """Name, kind and state of a badge's person as far as this device may see them."""
        if badge is None or badge.person_id is None or self.device.revoked_at is not None:
            return None
        hidden = self.device.purpose != "door" and badge.registration_id not in self.named
        if self.device.purpose == "kiosk" or (badge.kind == "jobseeker" and hidden):
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

    def _timelines(self) -> dict[uuid.UUID, Timeline]:
        people, device = list(self.person_of), self.device
        if not people:
            return {}
        if device.purpose == "booth":
            rows = queries.booth_scans(device.fair_id, people, device.exhibitor_id)
        elif device.purpose == "session":
            rows = queries.talk_scans(device.fair_id, people, device.talk_id)
        else:
            rows = queries.door_scans(device.fair_id, people)
        return self._by_person(rows)

    def _by_person(self, rows: Sequence[Any]) -> dict[uuid.UUID, Timeline]:
        passages: dict[uuid.UUID, list[Passage]] = {}
        for row in rows:
            passage = Passage(row.at, row.id, row.kind, row.device_id)
            passages.setdefault(self.person_of[row.person_id], []).append(passage)
        return {person: Timeline(found) for person, found in passages.items()}

    def result_of(self, item: Item) -> Result:
        before = self.known.get(item.id)
        if before is not None:
            return self._again(item, before)  # whatever this device may do: the fact is there
        if item.kind not in rules.KINDS[self.device.purpose]:
            return Result(item.id, "refused", "wrong_purpose")
        badge: Any = self.badges.get(item.code)
        verdict = self._verdict(item, badge)
        ours = badge is not None and badge.fair_id == self.device.fair_id
        person_id = badge.person_id if ours else None
        registration_id = badge.registration_id if ours else None
        row = {
            "fair_id": self.device.fair_id, "id": item.id, "device_id": self.device.id, "code": item.code,
            "kind": item.kind, "at_said": item.at_said, "at": item.at, "received_at": self.received,
            "offline": item.offline, "status": verdict.status, "reason": verdict.reason,
            "first_id": verdict.first_id, "badge_kind": badge.kind if ours else None, "person_id": person_id,
            "registration_id": registration_id, "exhibitor_id": self.device.exhibitor_id,
            "talk_id": self.device.talk_id, "note": item.note, "star": item.star, "next_step": item.next_step,
        }  # fmt: skip
        self.rows.append(row)
        self.known[item.id] = SimpleNamespace(**row)  # for an id that comes twice in one upload
        if verdict.status == "recorded" and person_id is not None:
            timeline = self.timelines.setdefault(person_id, Timeline([]))
            timeline.add(Passage(item.at, item.id, item.kind, self.device.id))
        if (
            item.says_something
            and registration_id
            and self.device.exhibitor_id
            and verdict.status != "conflict"
        ):
            self.remarks.append(self._remark(item, registration_id))
        badge = badge if ours else None
        return Result(
            item.id,
            verdict.status,
            verdict.reason,
            item.kind,
            verdict.first_id,
            person=self.person_seen(badge),
            badge=badge,
        )

    def _again(self, item: Item, before: Any) -> Result:
        same = (before.code, before.kind, before.at_said) == (item.code, item.kind, item.at_said)
        if not same:
            return Result(item.id, "refused", "bad_item")
        badge = self.badges.get(item.code)
        ours = badge if badge is not None and badge.fair_id == self.device.fair_id else None
        return Result(
            item.id,
            before.status,
            before.reason,
            item.kind,
            before.first_id,
            True,
            self.person_seen(ours),
            ours,
        )

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
        shares = item.kind == "session" or badge.registration_id in self.sharing
        return rules.booth_verdict(item, timeline, repeat, shares=shares or badge.kind != "jobseeker")

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

    def _remark(self, item: Item, registration_id: uuid.UUID) -> dict[str, Any]:
        return {
            "id": new_id(), "fair_id": self.device.fair_id, "exhibitor_id": self.device.exhibitor_id,
            "registration_id": registration_id, "author": self.device.person_id or self.device.id,
            "author_name": self.device.held_by or self.device.label, "scan_id": item.id, "at": item.at,
            "note": item.note, "star": item.star, "next_step": item.next_step,
        }  # fmt: skip

    def store(self, results: Sequence[Result]) -> None:
        """Write the rows. One that another upload wrote meanwhile (PostgreSQL) is answered as there."""
        if not self.rows:
            return
        on_sqlite = db.engine.dialect.name == "sqlite"
        make = insert_sqlite if on_sqlite else insert_postgresql
        if on_sqlite:  # nobody can have written since we began: the whole database is ours
            db.session.execute(insert(Scan), self.rows)
            written = {row["id"] for row in self.rows}
        else:
            statement = make(Scan).on_conflict_do_nothing().returning(Scan.id)
            written = set(db.session.scalars(statement, self.rows))
        self._answer_as_there(results, written)
        remarks = [remark for remark in self.remarks if remark["scan_id"] in written]
        if remarks:
            db.session.execute(insert(Remark), remarks)

    def hold_meetings(self, results: Sequence[Result]) -> None:
        """A scan at the booth shows that a meeting around that time was held."""
        counted = {
            result.id for result in results if result.status in ("recorded", "duplicate") and not result.again
        }
        rows = [
            row
            for row in self.rows
            if row["exhibitor_id"] and row["registration_id"] and row["id"] in counted
        ]
        if rows:
            fair = db.session.get_one(Fair, self.device.fair_id)
            for row in rows:
                hold_by_scan(fair, row["registration_id"], row["exhibitor_id"], row["at"])

    def _answer_as_there(self, results: Sequence[Result], written: set[uuid.UUID]) -> None:
        missed = [
            result for result in results if result.id and not result.again and result.status != "refused"
        ]
        missed = [result for result in missed if result.id not in written]
        if not missed:
            return
        there = queries.known_scans(self.device.fair_id, [result.id for result in missed if result.id])
        mine = {row["id"]: row for row in self.rows}
        for result in missed:
            assert result.id is not None
            row, before = mine[result.id], there[result.id]
            if (before.code, before.kind, before.at_said) == (row["code"], row["kind"], row["at_said"]):
                result.status, result.reason, result.first_id = before.status, before.reason, before.first_id
                result.again = True
            else:
                result.status, result.reason, result.first_id = "refused", "bad_item", None


def _seen(device: Any, sent: datetime, received: datetime) -> None:
    """Keep when the device was last heard of and how far off its clock is; not more than twice a minute."""
    off = (received - sent).total_seconds()
    lately = device.last_seen_at is not None and received - device.last_seen_at < timedelta(seconds=30)
    if lately and abs(off - device.clock_off) < 2:
        return
    db.session.execute(
        update(Device).where(Device.id == device.id).values(last_seen_at=received, clock_off=off)
    )


def hear_yes(device: Any, visitor: Registration, language: str) -> Share:
    """The jobseeker said yes aloud, at the booth, to the question in this language; the recruiter recorded it."""
    exhibitor = db.session.get_one(Exhibitor, device.exhibitor_id)
    return share(visitor, exhibitor, "spoken", language, recorded_by=device.person_id)


# --- Corrections ------------------------------------------------------------------------------


def void(scan: Scan, by: Person, why: str = "") -> None:
    """A mistaken scan no longer counts; it stays, with who said so and why."""
    _correct(scan, "void", by, why)
    if scan.registration_id and scan.exhibitor_id:
        fair = db.session.get_one(Fair, scan.fair_id)
        not_held_by_scan(fair, scan.registration_id, scan.exhibitor_id, scan.at, by.id)


def settle(scan: Scan, verb: str, by: Person, why: str = "") -> None:
    """The desk decides on a conflict: accept it as a fact, or dismiss it."""
    if verb not in ("accept", "dismiss"):
        raise NotFound
    if scan.status != "conflict":
        raise Refused(_("This scan is not waiting for a decision."))
    _correct(scan, verb, by, why)
    if verb == "accept" and scan.registration_id and scan.exhibitor_id:
        hold_by_scan(db.session.get_one(Fair, scan.fair_id), scan.registration_id, scan.exhibitor_id, scan.at)
    says = scan.note or scan.star or scan.next_step != "none"
    if verb == "accept" and says and scan.registration_id and scan.exhibitor_id:
        device = db.session.get_one(Device, scan.device_id)
        db.session.add(
            Remark(
                fair_id=scan.fair_id, exhibitor_id=scan.exhibitor_id, registration_id=scan.registration_id,
                author=device.person_id or device.id, author_name=device.held_by or device.label, scan_id=scan.id,
                at=scan.at, note=scan.note, star=scan.star, next_step=scan.next_step,
            )
        )  # fmt: skip


def _correct(scan: Scan, verb: str, by: Person, why: str) -> None:
    row = Correction(fair_id=scan.fair_id, scan_id=scan.id, verb=verb, why=why[:300], by=by.id)
    taken = Refused(_("Somebody has decided on this scan already."))
    once(db.session(), lambda: db.session.add(row), lambda _rule: taken)
    note(verb, "scan", scan.id, fair_id=scan.fair_id, actor=by.id)


def note_export(fair_id: uuid.UUID, actor: uuid.UUID | None = None) -> None:
    """The scans of a fair were written to a file."""
    note("export", "scan", None, fair_id=fair_id, actor=actor)
