"""What people say of scans afterwards: a mistake, a decision of the desk, an export."""

import uuid

from flask_babel import gettext as _

from bazaar.checkin.models import Correction, Device, Remark, Scan
from bazaar.db import db, once
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.journal.actions import note
from bazaar.meetings.actions import hold_by_scan, not_held_by_scan
from bazaar.people.models import Person


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
