"""Which scans count."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from bazaar.checkin.models import Correction, Scan

VOIDED = select(Correction.scan_id).where(
    Correction.fair_id == Scan.fair_id, Correction.scan_id == Scan.id, Correction.verb == "void"
)


def counts(scan: Any) -> ColumnElement[bool]:
    """A scan (or an alias of it) that counts: recorded, or accepted by the desk, and not voided."""

    def corrected(verb: str) -> ColumnElement[bool]:
        return exists().where(
            Correction.fair_id == scan.fair_id, Correction.scan_id == scan.id, Correction.verb == verb
        )

    return and_(or_(scan.status == "recorded", corrected("accept")), ~corrected("void"))


COUNTS = counts(Scan)

_SETTLED = select(Correction.id).where(Correction.fair_id == Scan.fair_id, Correction.scan_id == Scan.id)
UNSETTLED = (Scan.status == "conflict", ~_SETTLED.exists())
