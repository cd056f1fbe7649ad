"""Finding scans, what waits for the desk, and what was decided."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from bazaar.checkin.models import Correction, Device, Scan
from bazaar.checkin.queries.counting import UNSETTLED
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.people.models import Person


def scan_in(fair_id: uuid.UUID, scan_id: uuid.UUID) -> Scan:
    scan = db.session.get(Scan, (fair_id, scan_id))
    if scan is None:
        raise NotFound
    return scan


def whole_scan(fair_id: uuid.UUID, scan_id: uuid.UUID) -> Scan:
    """A scan of this fair with its device and whose badge it was."""
    scan = db.session.scalar(
        select(Scan)
        .where(Scan.fair_id == fair_id, Scan.id == scan_id)
        .options(joinedload(Scan.device), joinedload(Scan.registration))
    )
    if scan is None:
        raise NotFound
    return scan


def scans_of(fair_id: uuid.UUID, device_id: uuid.UUID | None = None, limit: int = 50) -> Sequence[Scan]:
    """The last scans of a fair, or of one device, the latest first."""
    query = (
        select(Scan)
        .where(Scan.fair_id == fair_id)
        .options(joinedload(Scan.registration), joinedload(Scan.device))
        .order_by(Scan.received_at.desc(), Scan.id)
        .limit(limit)
    )
    if device_id is not None:
        query = query.where(Scan.device_id == device_id)
    return db.session.scalars(query).all()


def scan_counts(fair_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """How many scans each device of a fair has made."""
    query = select(Scan.device_id, func.count()).where(Scan.fair_id == fair_id).group_by(Scan.device_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def all_scans(fair_id: uuid.UUID) -> Sequence[Any]:
    """Every scan of a fair in the order received, for export."""
    query = (
        select(
            Scan.id, Device.label, Scan.kind, Scan.registration_id, Scan.at, Scan.received_at, Scan.offline,
            Scan.status, Scan.reason, Scan.at_said,
        )
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.fair_id == fair_id)
        .order_by(Scan.received_at, Scan.at, Scan.id)
        .execution_options(yield_per=1000)
    )  # fmt: skip
    return db.session.execute(query).all()


def open_conflicts(fair_id: uuid.UUID) -> Sequence[Scan]:
    """Scans that wait for the desk's decision, oldest first."""
    query = (
        select(Scan)
        .where(Scan.fair_id == fair_id, *UNSETTLED)
        .options(joinedload(Scan.device), joinedload(Scan.registration))
        .order_by(Scan.received_at)
        .limit(500)
    )
    return db.session.scalars(query).all()


def conflict_count(fair_id: uuid.UUID) -> int:
    query = select(func.count()).where(*UNSETTLED, Scan.fair_id == fair_id)
    return db.session.scalar(query) or 0


def corrections_of(fair_id: uuid.UUID, scan_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Correction]:
    query = select(Correction).where(Correction.fair_id == fair_id, Correction.scan_id.in_(scan_ids))
    return {correction.scan_id: correction for correction in db.session.scalars(query)}


def corrections_to(fair_id: uuid.UUID, scan_id: uuid.UUID) -> Sequence[tuple[Correction, str | None]]:
    """What was decided on a scan, with the names of those who did."""
    query = (
        select(Correction, Person.name)
        .outerjoin(Person, Person.id == Correction.by)
        .where(Correction.fair_id == fair_id, Correction.scan_id == scan_id)
        .order_by(Correction.at)
    )
    return [(correction, name) for correction, name in db.session.execute(query)]


def people_names(people: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names of representatives and staff, whose badges have no registration."""
    query = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in db.session.execute(query)}
