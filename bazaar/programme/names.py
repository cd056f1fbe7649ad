"""What the keys of the programme are called, in the reader's language."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

KINDS = {
    "talk": lazy_pgettext("kind of talk", "Talk"),
    "workshop": _("Workshop"),
    "cv_help": _("Help with your CV"),
    "interview_practice": _("Interview practice"),
}
ICONS = {"talk": "education", "workshop": "crafts", "cv_help": "admin", "interview_practice": "meet"}
STATUSES = {"going": _("Has a seat"), "waiting": _("Waiting"), "cancelled": _("Gave it up")}
