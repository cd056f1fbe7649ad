"""Standing in a queue, and saying when the booth is manned again."""

from wtforms import BooleanField

from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.meetings.forms import time_of_day


class JoinForm(FairForm):
    """The name is seen by whoever calls it; the rest is a question of its own, with no answer chosen beforehand."""

    share = BooleanField(_("Yes, they may"))


class AwayForm(FairForm):
    """A time of today."""

    back_at = time_of_day(_("Back at"))
