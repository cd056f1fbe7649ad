"""Registering, one's own profile, and the organiser's list."""

from bazaar.jobseekers.views import organiser, profile, register
from bazaar.jobseekers.views.blueprint import blueprint

__all__ = ["blueprint", "organiser", "profile", "register"]
