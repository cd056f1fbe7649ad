"""What a fair still needs before it can take place."""

from sqlalchemy import exists, select

from bazaar.booths.models import Booth
from bazaar.checkin.models import Device
from bazaar.db import db
from bazaar.fairs.models import Fair, Staff
from bazaar.programme.models import Talk


def steps(fair: Fair) -> dict[str, bool]:
    """The steps of setting up a fair in their order, and whether each is done."""
    counted = {
        "booths": exists().where(Booth.fair_id == fair.id),
        "talks": exists().where(Talk.fair_id == fair.id, Talk.cancelled_at.is_(None)),
        "staff": exists().where(Staff.fair_id == fair.id),
        "devices": exists().where(Device.fair_id == fair.id, Device.revoked_at.is_(None)),
    }
    there = db.session.execute(select(*(query.label(name) for name, query in counted.items()))).one()
    return {
        "venue": bool(fair.venue),
        "privacy": bool(fair.controller),
        **{name: bool(found) for name, found in there._mapping.items()},  # noqa: SLF001 - SQLAlchemy's public name for it
        "published": fair.published,
    }
