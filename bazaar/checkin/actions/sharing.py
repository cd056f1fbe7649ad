"""A yes that was spoken at the booth."""

from typing import Any

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration
from bazaar.sharing.actions import share
from bazaar.sharing.models import Share


def hear_yes(device: Any, visitor: Registration, language: str) -> Share:
    """The jobseeker said yes aloud, at the booth, to the question in this language; the recruiter recorded it."""
    exhibitor = db.session.get_one(Exhibitor, device.exhibitor_id)
    return share(visitor, exhibitor, "spoken", language, recorded_by=device.person_id)
