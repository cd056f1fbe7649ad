"""An exhibitor's desk: who is asking, for which exhibitor, and what of its list is shown."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibited
from bazaar.fairs.models import Fair
from bazaar.followups import rules
from bazaar.followups.queries import exhibitor as queries
from bazaar.followups.queries import known
from bazaar.followups.queries.exhibitor import Filters
from bazaar.followups.queries.known import Everybody, Known
from bazaar.followups.views.blueprint import id_or_none, searched
from bazaar.people.asking import signed_in
from bazaar.people.models import Person

START = "/exhibit/<slug>/<uuid:exhibitor_id>/followup"


@dataclass(frozen=True)
class Desk:
    """Who is asking, for which exhibitor, and everybody it has to do with."""

    person: Person
    fair: Fair
    exhibitor: Exhibitor
    filters: Filters
    everybody: Everybody

    def args(self, **other: Any) -> dict[str, Any]:
        """What an address of this list carries: the filters, and what else is given."""
        filters = self.filters
        args = {
            "tab": filters.tab if filters.tab != "promised" else None,
            "status": filters.status or None,
            "star": "1" if filters.star else None,
            "step": filters.step or None,
            "day": filters.day.isoformat() if filters.day else None,
            "recruiter": filters.recruiter,
            "found": "yes" if filters.text else None,
        } | other
        return {key: value for key, value in args.items() if value is not None}

    def link(self, endpoint: str = "exhibitor_list", /, **other: Any) -> str:
        return url_for(
            f"followups.{endpoint}",
            slug=self.fair.slug,
            exhibitor_id=self.exhibitor.id,
            **self.args(**other),
        )

    def go(self, **other: Any) -> AnyResponse:
        """After a POST: back to the list."""
        return redirect(self.link(**other), 303)

    @property
    def people(self) -> list[Known]:
        return queries.filtered(self.fair, self.exhibitor.id, self.everybody, self.filters)


def desk_of(slug: str, exhibitor_id: uuid.UUID) -> Desk:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    g.fair = fair = exhibitor.fair
    everybody = known.everybody(fair, exhibitor.id, person.id, clock.now())
    return Desk(person, fair, exhibitor, _filters(exhibitor), everybody)


def _filters(exhibitor: Exhibitor) -> Filters:
    asked = request.args
    tab, status, step = asked.get("tab", ""), asked.get("status", ""), asked.get("step", "")
    return Filters(
        tab=tab if tab in queries.TABS else "promised",
        status=status if status in rules.STATUSES else "",
        star=asked.get("star") == "1",
        step=step if step in NEXT_STEPS[1:] else "",
        day=_day(asked.get("day", "")),
        recruiter=id_or_none(asked.get("recruiter")),
        text=searched(str(exhibitor.id)) if "found" in asked else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
