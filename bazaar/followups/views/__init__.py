"""Whom one has met: the exhibitor's list, the jobseeker's, and the organisers' list of meetings."""

from bazaar.followups.views import answering, exhibitor, files, jobseeker, organiser
from bazaar.followups.views.blueprint import blueprint

PAGES = (exhibitor, answering, files, jobseeker, organiser)
__all__ = ["PAGES", "blueprint"]
