"""The figures beside the organiser's menu."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select

from bazaar.booths.models import Booth
from bazaar.checkin.models import Device
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting
from bazaar.programme.models import Talk

STANDING = ("booked", "held", "no_show")
MOST_COUNTED = 9_999  # beside a menu: every page of the desk asks, so nothing longer is counted to its end


def _count(*where: ColumnElement[bool], of: Any, most: int | None) -> Any:
    some = select(literal(1)).select_from(of).where(*where).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def menu_counts(fair_id: uuid.UUID, *, most: int | None = None) -> dict[str, int]:
    """The figures beside the organiser's menu, in one statement; with `most` none is counted further."""
    counted = {
        "exhibitors": _count(
            Exhibitor.fair_id == fair_id,
            Exhibitor.status.in_(("applied", "approved", "waitlisted")),
            of=Exhibitor,
            most=most,
        ),
        "booths": _count(Booth.fair_id == fair_id, of=Booth, most=most),
        "talks": _count(Talk.fair_id == fair_id, Talk.cancelled_at.is_(None), of=Talk, most=most),
        "jobseekers": _count(
            Registration.fair_id == fair_id, Registration.status == "registered", of=Registration, most=most
        ),
        "meetings": _count(Meeting.fair_id == fair_id, Meeting.status.in_(STANDING), of=Meeting, most=most),
        "devices": _count(Device.fair_id == fair_id, Device.revoked_at.is_(None), of=Device, most=most),
    }
    row = db.session.execute(select(*(query.label(name) for name, query in counted.items()))).one()
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
