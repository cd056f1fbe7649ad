"""What the keys of the programme are called, in the reader's language."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from bazaar.journal.details import values_of

KINDS = {
    "talk": lazy_pgettext("kind of talk", "Talk"),
    "workshop": _("Workshop"),
    "cv_help": _("Help with your CV"),
    "interview_practice": _("Interview practice"),
}
ICONS = {"talk": "education", "workshop": "crafts", "cv_help": "admin", "interview_practice": "meet"}
STATUSES = {"going": _("Has a seat"), "waiting": _("Waiting"), "cancelled": _("Gave it up")}


values_of("talk", "kind", KINDS)
values_of("seat", "status", STATUSES)
