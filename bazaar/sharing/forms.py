"""What may an employer see?"""

from collections.abc import Iterable

from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.jobseekers.forms import ManyField
from bazaar.sharing import rules
from bazaar.sharing.queries import Fact


class ShareForm(FairForm):
    """The name is always seen; the rest is chosen from what the profile has."""

    shown = ManyField(_("They may see"))

    def offering(self, facts: Iterable[Fact], chosen: Iterable[str] = rules.USUAL) -> "ShareForm":
        """Offer these facts; `chosen` are ticked when the page is opened."""
        offered = [fact for fact in facts if fact.key not in rules.ALWAYS]
        self.shown.choices = [(fact.key, f"{fact.label}: {fact.words}") for fact in offered]
        if not self.is_submitted():
            self.shown.data = [fact.key for fact in offered if fact.key in set(chosen)]
        return self

    @property
    def fields_chosen(self) -> list[str]:
        return [*rules.ALWAYS, *(self.shown.data or [])]
