"""The public page of a fair, and my day for each role."""

from bazaar.home.views import exhibitor, me, organiser, public
from bazaar.home.views.blueprint import blueprint

PAGES = (public, me, organiser, exhibitor)
__all__ = ["PAGES", "blueprint"]
