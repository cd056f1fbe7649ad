"""A yes that was spoken at the booth."""

from typing import Any

from flask_babel import gettext as _

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import Refused
from bazaar.jobseekers.models import Registration
from bazaar.meetings.queries import pair_block
from bazaar.sharing import letters
from bazaar.sharing.actions import share
from bazaar.sharing.models import Share
from bazaar.sharing.queries import has_taken_back, standing_share


def hear_yes(device: Any, visitor: Registration, language: str) -> Share:
    """The jobseeker said yes aloud, at the booth, to the question in this language; the recruiter recorded it.

    What the jobseeker decided with their own hand is not undone by what a recruiter heard: a yes that stands
    stays as it is, and a no, or a yes taken back, is changed on the jobseeker's own page alone.
    """
    exhibitor = db.session.get_one(Exhibitor, device.exhibitor_id)
    standing = standing_share(visitor.id, exhibitor.id)
    if standing is not None:
        return standing
    _refuse_against_their_word(visitor, exhibitor)
    given = share(visitor, exhibitor, "spoken", language, recorded_by=device.person_id)
    letters.heard(given, visitor, exhibitor)
    return given


def _refuse_against_their_word(visitor: Registration, exhibitor: Exhibitor) -> None:
    no = pair_block(visitor.id, exhibitor.id)
    if (no is not None and no.by == "jobseeker") or has_taken_back(visitor.id, exhibitor.id):
        raise Refused(_("They have said no to this before. They can share with you on their own page."))
