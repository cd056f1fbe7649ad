"""The pages of a fair: setting it up, who works on it, what was written and done, and its privacy words."""

from bazaar.fairs.views import days, halls, partners, people, privacy, records, settings
from bazaar.fairs.views.desk import blueprint

__all__ = ["blueprint", "days", "halls", "partners", "people", "privacy", "records", "settings"]
