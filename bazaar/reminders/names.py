"""What the keys of a reminder are called, in the reader's language."""

from bazaar.fields import lazy as _
from bazaar.journal.details import values_of

ANSWERS = {"coming": _("I'm coming"), "cannot": _("I can't")}

values_of("reminder", "answer", ANSWERS)
