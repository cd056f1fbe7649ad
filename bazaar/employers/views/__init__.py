"""Pages of exhibitors, and the organiser's pages about them."""

from bazaar.employers.views import applying, decisions, imports, organisation, place, vacancies
from bazaar.employers.views.blueprint import blueprint

__all__ = ["applying", "blueprint", "decisions", "imports", "organisation", "place", "vacancies"]
