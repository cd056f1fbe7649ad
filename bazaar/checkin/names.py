"""What the keys of devices and scans are called, in the reader's language."""

from datetime import timedelta

from flask_babel import gettext, lazy_pgettext, ngettext

from bazaar.employers.models import Exhibitor
from bazaar.fields import lazy as _
from bazaar.i18n import in_words
from bazaar.journal.details import values_of

PURPOSES = {
    "door": _("Door: in and out"),
    "booth": _("Booth: a recruiter's phone"),
    "session": _("Talk: who takes part"),
    "kiosk": _("Kiosk: people scan themselves in"),
}
SHORT = {"door": _("Door"), "booth": _("Booth"), "session": _("Talk"), "kiosk": _("Kiosk")}
KINDS = {
    "in": _("in"),
    "out": _("out"),
    "booth": _("booth"),
    "meeting": _("meeting"),
    "session": _("talk"),
}
REASONS = {
    "already_in": _("Already in, by another phone that could not know"),
    "unknown_code": _("Unknown code"),
    "other_fair": _("A badge of another fair"),
    "not_registered": _("An empty badge: nobody is registered on it"),
    "cancelled": _("A badge that does not count any more"),
    "clock_off": _("The phone's clock was wrong"),
    "revoked_device": _("The phone was revoked"),
}
MEANINGS = {  # of a scan that nobody has to decide on
    "already_in": _("Was in already"),
    "already_out": _("Was out already"),
    "repeat": _("Was scanned here a few minutes before"),
    "no_consent": _("Has not said yes to this exhibitor"),
}
STATUSES = {
    "recorded": _("counts"),
    "duplicate": _("counted before"),
    "conflict": _("for the desk"),
}
VERBS: dict[str, object] = {
    "void": _("voided"),
    "accept": lazy_pgettext("scan", "accepted"),
    "dismiss": _("dismissed"),
}

# What a phone says of a scan, at arm's length.
WELCOME = _("Welcome")
GREETINGS = {"out": _("Goodbye"), "booth": _("Scanned"), "meeting": _("Scanned")}
ANSWERS = {
    "unknown_code": _("This code is not known"),
    "other_fair": _("This badge is for another fair"),
    "not_registered": _("Nobody has this badge yet. Send them to the desk"),
    "cancelled": _("This badge does not count any more. Send them to the desk"),
    "clock_off": _("The clock of this phone is wrong"),
    "wrong_purpose": _("This phone may not scan that"),
}
UNREADABLE = _("This scan could not be read")


def label_of(purpose: str, exhibitor: Exhibitor | None = None, talk: str = "") -> str:
    """What a phone is called where nobody named it."""
    if exhibitor is not None:
        return exhibitor.organisation.name
    return talk or {"door": gettext("Main door"), "kiosk": gettext("Kiosk")}.get(purpose, gettext("Talks"))


def clock_words(seconds: float) -> str:
    """How far a phone's clock is off."""
    if seconds < 90:
        return ngettext("%(num)s second", "%(num)s seconds", round(seconds))
    return in_words(timedelta(seconds=seconds))


values_of("device", "purpose", SHORT)
