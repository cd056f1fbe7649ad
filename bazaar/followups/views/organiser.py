"""The organisers' list of meetings: what was held, what was not, and what nobody knows."""

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, organised_fair
from bazaar.followups import names
from bazaar.followups.queries import organiser as queries
from bazaar.followups.queries.counts import counts_of, shown_counts
from bazaar.followups.queries.organiser import Filters
from bazaar.followups.views.blueprint import blueprint, file_of, id_or_none, look_for, searched, spoken
from bazaar.i18n import clock_time, local, short_day
from bazaar.journal.actions import note
from bazaar.meetings.queries import who_comes
from bazaar.meetings.words import coming_words
from bazaar.people.asking import signed_in
from bazaar.people.models import Person

START = "/organise/<slug>/meetings"


def _fair(slug: str, *, to_change: bool = False) -> tuple[Person, Fair]:
    person = signed_in()
    g.fair = fair = organised_fair(person, slug, to_change=to_change)
    return person, fair


def _filters(fair: Fair) -> Filters:
    asked = request.args
    tab = asked.get("tab", "")
    days = {day.date.isoformat(): day.date for day in days_of(fair.id)}
    return Filters(
        tab=tab if tab in queries.TABS else "all",
        exhibitor=id_or_none(asked.get("employer")),
        day=days.get(asked.get("day", "")),
        text=searched(str(fair.id)) if "found" in asked else "",
    )


def _args(filters: Filters, **other: Any) -> dict[str, Any]:
    args = {
        "tab": filters.tab if filters.tab != "all" else None,
        "employer": filters.exhibitor,
        "day": filters.day.isoformat() if filters.day else None,
        "found": "yes" if filters.text else None,
    } | other
    return {key: value for key, value in args.items() if value is not None}


@blueprint.get(START)
def organiser_meetings(slug: str) -> str:
    _person, fair = _fair(slug)
    filters, moment = _filters(fair), clock.now()
    asked = request.args
    page = queries.page_of(
        fair,
        filters,
        moment,
        after=id_or_none(asked.get("after")),
        before=id_or_none(asked.get("before")),
        last="last" in asked,
    )
    counts = counts_of(fair, moment)

    def link(endpoint: str = "organiser_meetings", /, **other: Any) -> str:
        return url_for(f"followups.{endpoint}", slug=slug, **_args(filters, **other))

    return render_template(
        "followups/organiser_meetings.html",
        filters=filters,
        shown=page,
        counts=counts,
        tabs_shown=[(tab, words, shown_counts(counts)[tab]) for tab, words in _tabs().items()],
        states=spoken(names.MEETING_STATES),
        came_by=spoken(names.CAME_BY),
        coming=_coming(page),
        day_of=cache(lambda moment: short_day(moment, fair)),
        clock_of=lambda moment: clock_time(moment, fair),
        days=[day.date for day in days_of(fair.id)],
        employers=queries.employers_of(fair),
        link=link,
    )


def _coming(page: queries.Page) -> dict[uuid.UUID, str]:
    """Of those to come, what the jobseekers answered when they were reminded."""
    said = who_comes([line.id for line in page.lines if line.state == "to_come"])
    return {meeting_id: coming_words(each) for meeting_id, each in said.items()}


def _tabs() -> dict[str, str]:
    return {
        "all": _("With a time"),
        "held": _("Held"),
        "walk_in": _("Walk-ins"),
        "unknown": _("Not known"),
        "no_show": _("Did not come"),
        "to_come": _("To come"),
        "asked": _("Asked"),
        "cancelled": _("Cancelled"),
    }


@blueprint.post(f"{START}/search")
def organiser_search(slug: str) -> AnyResponse:
    """A name is looked for without standing in the address. Changes nothing, so a viewer may."""
    _person, fair = _fair(slug, to_change=True)
    text = request.form.get("text", "")
    look_for(str(fair.id), text)
    args = _args(_filters(fair), found="yes" if text.strip() else None)
    return redirect(url_for("followups.organiser_meetings", slug=slug, **args), 303)


@blueprint.post(f"{START}.csv")
def organiser_csv(slug: str) -> Response:
    """The meetings as they are filtered. Protected people stand in no file."""
    person, fair = _fair(slug, to_change=True)
    filters = _filters(fair)
    note("export", "fair", fair.id, fair_id=fair.id, actor=person.id, list="meetings", tab=filters.tab)
    header = [
        _("Day"),
        _("Starts"),
        _("Ends"),
        _("Employer"),
        _("Jobseeker"),
        _("State"),
        _("Came by"),
        _("Id"),
    ]
    response = file_of("csv", header, list(_rows(fair, filters)), f"{slug}-meetings")
    db.session.commit()
    return response


def _rows(fair: Fair, filters: Filters) -> Iterator[list[Any]]:
    for line in queries.for_export(fair, filters, clock.now()):
        starts = local(line.starts_at, fair) if line.starts_at else None
        ends = local(line.ends_at, fair) if line.ends_at else None
        yield [
            starts.date() if starts else None,
            starts.strftime("%H:%M") if starts else None,
            ends.strftime("%H:%M") if ends else None,
            line.employer,
            line.name,
            str(names.MEETING_STATES[line.state]),
            str(names.CAME_BY.get(line.came_by, line.came_by)),
            line.id,
        ]
