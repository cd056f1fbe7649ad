"""An exhibitor's start: what is next, what is missing."""

import uuid

from flask import g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibited
from bazaar.fairs.queries import is_open
from bazaar.home.queries.exhibitor import PlaceFacts, place_facts
from bazaar.home.queries.public import published_fairs
from bazaar.home.views.blueprint import blueprint
from bazaar.home.views.me import parts_of_me
from bazaar.people.asking import signed_in


@blueprint.get("/exhibit/")
def exhibitor_start() -> str | Response:
    parts = parts_of_me()
    if len(parts.exhibited) == 1:
        place = parts.exhibited[0]
        return web.go("home.exhibitor", slug=place.fair.slug, exhibitor_id=place.id)
    fairs = [pair for pair in published_fairs() if is_open(pair[0].id, "exhibitors", clock.now())]
    return render_template("home/exhibitor_start.html", parts=parts, fairs=fairs)


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/")
def exhibitor(slug: str, exhibitor_id: uuid.UUID) -> str:
    place = exhibited(signed_in(), slug, exhibitor_id)
    g.fair = place.fair
    now = clock.now()
    facts = place_facts(place, now)
    shown = place.fair.results_visible_from is None or place.fair.results_visible_from <= now
    return render_template(
        "home/exhibitor.html",
        place=place,
        organisation=place.organisation,
        status=place.status if shown or place.status == "withdrawn" else "applied",
        facts=facts,
        todo=_todo(place, facts) if place.status == "approved" and shown else [],
    )


def _todo(place: Exhibitor, facts: PlaceFacts) -> list[dict[str, object]]:
    """What an approved exhibitor has still to do before the fair, in the order to do it."""
    values = {"slug": place.fair.slug, "exhibitor_id": place.id}

    def line(
        count: int, missing: bool, title: str, act: str, endpoint: str, **more: object
    ) -> dict[str, object]:
        return {"count": count, "kind": "warn" if missing else "done", "title": title, "act": act,
                "endpoint": endpoint, "values": {**values, **more}}  # fmt: skip

    lines = []
    if facts.requests:
        asked = ngettext("person asks for a meeting", "people ask for a meeting", facts.requests)
        lines.append(line(facts.requests, True, asked, _("Answer"), "meetings.exhibitor_plan"))
    booths = len({(number, hall) for _from, _to, number, hall in facts.booths})
    booked = ngettext("booth booked", "booths booked", booths)
    lines.append(line(booths, not booths, booked, _("Choose a booth"), "booths.choose"))
    if facts.drafts:
        drafts = ngettext("job is a draft", "jobs are drafts", facts.drafts)
        lines.append(line(facts.drafts, True, drafts, _("Fill in the facts"), "employers.vacancies"))
    if place.kind == "employer":
        shown = ngettext("job shown", "jobs shown", facts.vacancies)
        lines.append(line(facts.vacancies, not facts.vacancies, shown, _("Add a job"), "employers.vacancies"))
    if place.open_slots:
        times = ngettext("time offered", "times offered", facts.slots)
        lines.append(line(facts.slots, not facts.slots, times, _("Offer times"), "meetings.slots"))
    return lines
