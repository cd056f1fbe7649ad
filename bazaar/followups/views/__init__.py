"""Whom one has met: the exhibitor's list, the jobseeker's."""

from bazaar.followups.views import exhibitor, jobseeker
from bazaar.followups.views.blueprint import blueprint

PAGES = (exhibitor, jobseeker)
__all__ = ["PAGES", "blueprint"]
