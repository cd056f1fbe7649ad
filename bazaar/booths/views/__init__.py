"""The floor's pages: for organisers, for exhibitors, for everybody."""

from bazaar.booths import leaving
from bazaar.booths.views import exhibitor, organiser, picture, plan, public
from bazaar.booths.views.door import blueprint

__all__ = ["blueprint", "exhibitor", "leaving", "organiser", "picture", "plan", "public"]
