"""The pages of the queue: the jobseeker's place in it, and the booth that calls."""

from bazaar.queue.views import exhibitor, jobseeker
from bazaar.queue.views.blueprint import blueprint

__all__ = ["blueprint", "exhibitor", "jobseeker"]
