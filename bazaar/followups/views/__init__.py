"""Whom one has met: the exhibitor's list, the jobseeker's, and the organisers' list of meetings."""

from bazaar.followups.views import exhibitor, jobseeker, organiser
from bazaar.followups.views.blueprint import blueprint

PAGES = (exhibitor, jobseeker, organiser)
__all__ = ["PAGES", "blueprint"]
