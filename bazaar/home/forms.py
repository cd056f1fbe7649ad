"""What organisers confirm once they have seen what hangs on it."""

from wtforms import HiddenField

from bazaar.fairs.forms import Day
from bazaar.fields import FairForm


class Confirm(FairForm):
    """`seen` is what the page said would happen: where something else hangs on it by now, the page asks again."""

    seen = HiddenField()


class ChangeDay(Confirm, Day):
    """A day's date and hours."""
