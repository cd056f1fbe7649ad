"""The public page of a fair, my day for each role, and changes that much hangs on."""

from bazaar.home.views import changes, exhibitor, me, organiser, public, talks
from bazaar.home.views.blueprint import blueprint

PAGES = (public, me, organiser, exhibitor, changes, talks)
__all__ = ["PAGES", "blueprint"]
