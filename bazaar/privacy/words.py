"""What is kept on somebody, in words: the names of what is stored, and its times."""

import re
from datetime import UTC, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def label(column: str) -> str:
    """The name of a stored fact; one that is seldom met keeps the name it is stored under."""
    return {
        "about": _("About you"),
        "address": _("Address"),
        "alias": _("Other name"),
        "answer": _("Answer"),
        "answered_at": _("Answered"),
        "answered_for": _("Answered for"),
        "answer_by": _("Answer by"),
        "asked_at": _("Asked"),
        "at": _("When"),
        "author_name": _("Written by"),
        "badge_kind": _("Kind of badge"),
        "came_by": _("Came about by"),
        "cancelled_at": _("Cancelled"),
        "channel": _("Sent by"),
        "code": _("Code"),
        "created_at": _("Made"),
        "decided_at": _("Decided"),
        "device": _("Device"),
        "education_country": _("Country of education"),
        "education_level": _("Education"),
        "ended_at": _("Ended"),
        "ended_by": _("Ended by"),
        "ends_at": _("To"),
        "experience": _("Experience"),
        "expires_at": _("Valid until"),
        "facts": _("Facts"),
        "field_code": _("Field of work"),
        "fields": _("What they see"),
        "findable": _("Employers may find you"),
        "group_code": _("Work"),
        "half_day": _("Can be there"),
        "how": _("How"),
        "interpreter": _("Interpreter"),
        "kind": _("Kind"),
        "language": _("Language"),
        "last_seen_at": _("Last used"),
        "leaves_by": _("Must leave by"),
        "level": _("Level"),
        "licences": _("Licences"),
        "made_at": _("Made"),
        "message": _("Message"),
        "name": _("Name"),
        "next_step": _("Next step"),
        "next_try_at": _("Next try"),
        "note": _("Note"),
        "place": _("Place"),
        "printed_at": _("Printed"),
        "privacy_at": _("Read about your data"),
        "privacy_language": _("Read in"),
        "privacy_version": _("Version you read"),
        "protected": _("Protected identity"),
        "purpose": _("Purpose"),
        "quiet": _("Needs quiet"),
        "reason": _("Reason"),
        "received_at": _("Received"),
        "recognition": _("Recognition of education"),
        "registered_at": _("Registered"),
        "role": _("Role"),
        "secret": _("Secret"),
        "sent_at": _("Sent"),
        "sequence": _("Number of changes"),
        "source": _("Came from"),
        "star": _("Marked with a star"),
        "starts_at": _("From"),
        "status": _("Status"),
        "step_free": _("No steps"),
        "subject": _("Subject"),
        "swedish": _("Swedish"),
        "swedish_by": _("Swedish said by"),
        "tag": _("Language"),
        "thing": _("What"),
        "tries": _("Tries"),
        "verb": _("Act"),
        "verified_at": _("Proved"),
        "withdrawn_at": _("Taken back"),
        "words": _("Words"),
        "would_move": _("Would move"),
    }.get(column, column.replace("_", " "))


def value(stored: Any) -> str:
    """A stored value to read: times in words, lists with commas, yes for what is so."""
    if stored is True:
        return _("yes")
    if isinstance(stored, list):
        return ", ".join(map(str, stored))
    if isinstance(stored, str) and _MOMENT.match(stored):
        moment = datetime.fromisoformat(stored).astimezone(UTC)
        return f"{format_date(moment, 'd MMMM y', locale=get_locale() or 'en')} {moment:%H:%M} UTC"
    return str(stored)
