"""The programme: public pages and signing up, and the organisers' desk."""

from bazaar.programme.views import organiser, public
from bazaar.programme.views.blueprint import blueprint

PAGES = (public, organiser)
__all__ = ["PAGES", "blueprint"]
