"""Which badges to print, and on what."""

from wtforms import BooleanField, RadioField

from bazaar.badges.rules import EVERYBODY, JOBSEEKERS, REPRESENTATIVES, STAFF
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.journal.details import values_of

_WHO = {
    EVERYBODY: _("Everybody"),
    JOBSEEKERS: _("Jobseekers"),
    REPRESENTATIVES: _("Exhibitors' representatives"),
    STAFF: _("Staff and organisers"),
}
_LAYOUTS = {
    "a6": _("A6, folded: one badge a page, with the day on the back"),
    "a4": _("A4 sheets: four badges to cut out"),
    "label": _("Labels, 100 × 62 mm: one badge each"),
}


class PrintForm(FairForm):
    who = RadioField(_("Whose badges?"), choices=lambda: list(_WHO.items()), default=JOBSEEKERS)
    new_only = BooleanField(_("Only those that have not been printed yet"))
    layout = RadioField(_("Paper"), choices=lambda: list(_LAYOUTS.items()), default="a6")


values_of("badge", "form", {**_LAYOUTS, "csv": _("A list, for a printer")})
