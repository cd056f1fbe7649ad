"""What became of a meeting: said by the recruiter, or seen by a scan."""

import uuid
from datetime import datetime

from flask_babel import gettext as _

from bazaar import clock
from bazaar.db import locked
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import in_words
from bazaar.journal.queries import entries_of
from bazaar.meetings import queries, rules
from bazaar.meetings.actions.together import keep, must_be, noted, together_for
from bazaar.meetings.models import Meeting


def say_held(fair: Fair, meeting: Meeting, actor: uuid.UUID) -> None:
    """The recruiter says that the meeting was held."""
    meeting = locked(Meeting, meeting.id)
    must_be(meeting, "booked", "no_show")
    if not meeting.starts_at or not rules.may_be_held(
        meeting.starts_at, clock.now(), queries.limits_of(fair)
    ):
        raise Refused(_("The meeting has not begun yet."))
    meeting.status = "held"
    noted("hold", meeting, actor)


def say_no_show(fair: Fair, meeting: Meeting, actor: uuid.UUID) -> None:
    """The recruiter says that nobody came: only once the start window has passed."""
    meeting = locked(Meeting, meeting.id)
    must_be(meeting, "booked")
    limits = queries.limits_of(fair)
    if not meeting.starts_at or not rules.may_be_no_show(meeting.starts_at, clock.now(), limits):
        raise Refused(
            _(
                "Wait until %(length)s after the start: they may still come.",
                length=in_words(limits.start_window),
            )
        )
    meeting.status = "no_show"
    noted("no_show", meeting, actor)


def take_back_word(fair: Fair, meeting: Meeting, actor: uuid.UUID) -> None:
    """Held or not come was said by mistake: it is not known again."""
    pair, meeting = together_for(fair, meeting)
    must_be(meeting, "held", "no_show")
    meeting.status = "booked"
    keep(pair, meeting)
    noted("take_back", meeting, actor)


def hold_by_scan(
    fair: Fair, registration_id: uuid.UUID, exhibitor_id: uuid.UUID, at: datetime
) -> Meeting | None:
    """A scan at the booth around the time of a meeting means that it was held; the meeting, if there is one."""
    meeting = queries.meeting_around(registration_id, exhibitor_id, at, queries.limits_of(fair))
    if meeting is not None and meeting.status != "held":
        meeting.status = "held"
        noted("hold", meeting, None, by="scan")
    return meeting


def not_held_by_scan(
    fair: Fair, registration_id: uuid.UUID, exhibitor_id: uuid.UUID, at: datetime, actor: uuid.UUID
) -> None:
    """The scan that showed the meeting was voided: it is not known again, unless the recruiter said it was held."""
    meeting = queries.meeting_around(registration_id, exhibitor_id, at, queries.limits_of(fair))
    if meeting is None or meeting.status != "held":
        return
    said = next(
        (entry for entry in entries_of(fair.id, thing_id=meeting.id).rows if entry.verb == "hold"), None
    )
    if said is not None and said.facts.get("by") == "scan":
        meeting.status = "booked"
        noted("take_back", meeting, actor)
