"""The booth's side of its queue: call, skip, meet, and be away for a while."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibited
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, local, moment_of
from bazaar.meetings.queries import exhibitors_meeting, limits_of
from bazaar.people.asking import signed_in
from bazaar.people.models import Person
from bazaar.queue import actions, queries, rules
from bazaar.queue.forms import AwayForm
from bazaar.queue.models import Place
from bazaar.queue.queries import Line
from bazaar.queue.views.blueprint import Page, blueprint
from bazaar.sharing.models import Share
from bazaar.sharing.queries import standing_share, standing_shares

QUEUE = "/exhibit/<slug>/<uuid:exhibitor_id>/queue"
MISSED = timedelta(hours=1)  # so long the time of somebody who did not come is offered to the queue


def _entered(slug: str, exhibitor_id: uuid.UUID) -> tuple[Person, Fair, Exhibitor]:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id, to_change=request.method == "POST")
    g.fair = exhibitor.fair
    return person, exhibitor.fair, exhibitor


def _to_booth(slug: str, exhibitor_id: uuid.UUID) -> Response:
    return web.go("queue.booth", slug=slug, exhibitor_id=exhibitor_id)


def _name(place: Place, share: Share | None) -> str:
    """Who chose this exhibitor by standing here, or shares with it; a scan alone gives no name."""
    return place.registration.shown_name if share is not None or place.by == "jobseeker" else ""


# --- The page -------------------------------------------------------------------------------


@blueprint.get(QUEUE)
def booth(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Who is called and who waits, in order; what may be done with each."""
    _person, _fair, exhibitor = _entered(slug, exhibitor_id)
    return _page(exhibitor, AwayForm(formdata=None))


def _page(exhibitor: Exhibitor, form: AwayForm) -> Page:
    fair, moment = exhibitor.fair, clock.now()
    line = queries.line_at(fair, exhibitor, moment)
    places = [*line.at_table, *(turn.place for turn in line.turns)]
    window = limits_of(fair).start_window
    call = timedelta(minutes=fair.call_minutes)
    page = render_template(
        "queue/booth.html",
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        line=line,
        form=form,
        late={
            place.id
            for place in line.at_table
            if place.status == "called" and place.called_at
            and rules.may_be_no_show(place.called_at, moment, call)
        },
        missed=queries.missed_meetings(exhibitor, moment - MISSED, moment - window) if line.turns else [],
        **_names(exhibitor, line, places),
    )  # fmt: skip
    return (page, 422) if form.errors else page


def _names(exhibitor: Exhibitor, line: Line, places: Sequence[Place]) -> dict[str, object]:
    shares = standing_shares(exhibitor.id, {place.registration_id for place in places})
    names = {place.id: _name(place, shares.get(place.registration_id)) for place in places}
    unnamed = {place.registration_id for place in places if not names[place.id]}
    return {
        "names": names,
        "codes": queries.code_endings(unnamed) if unnamed else {},
        "shares": {place.id for place in line.at_table if place.registration_id in shares},
    }


# --- Calling --------------------------------------------------------------------------------


@blueprint.post(f"{QUEUE}/call")
def call(slug: str, exhibitor_id: uuid.UUID) -> Response:
    """Call the next one."""
    person, fair, exhibitor = _entered(slug, exhibitor_id)
    back = [(_("The queue"), url_for("queue.booth", slug=slug, exhibitor_id=exhibitor_id))]
    try:
        place = actions.call_next(fair, exhibitor, person)
    except Refused as refused:
        refused.way_on = back
        raise
    number = place.number
    db.session.commit()
    web.say(_("Number %(number)s is called.", number=number))
    return _to_booth(slug, exhibitor_id)


@blueprint.post(f"{QUEUE}/instead/<uuid:meeting_id>")
def call_instead(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Response:
    """Who booked did not come: the next in the queue takes the time."""
    person, fair, exhibitor = _entered(slug, exhibitor_id)
    meeting = exhibitors_meeting(exhibitor, meeting_id)
    place = actions.call_instead(fair, exhibitor, meeting, person)
    number = place.number if place else None
    db.session.commit()
    web.say(
        _("Number %(number)s is called.", number=number)
        if number
        else _("Saved. Nobody in the queue can come now.")
    )
    return _to_booth(slug, exhibitor_id)


@blueprint.post(f"{QUEUE}/<uuid:place_id>")
def said(slug: str, exhibitor_id: uuid.UUID, place_id: uuid.UUID) -> Response:
    """Here, met, skipped, did not come, or none of it after all: as the booth says."""
    person, fair, exhibitor = _entered(slug, exhibitor_id)
    place = queries.place_at(exhibitor, place_id)
    name = _name(place, standing_share(place.registration_id, exhibitor.id)) or _(
        "Number %(number)s", number=place.number
    )
    what = request.form.get("what")
    words = {
        "here": _("%(name)s is here.", name=name),
        "met": _("Met: %(name)s.", name=name),
        "no_show": _("Did not come: %(name)s.", name=name),
    }
    if what == "here":
        actions.say_here(exhibitor, place, person)
    elif what == "met":
        actions.say_met(fair, exhibitor, place, person)
    elif what == "no_show":
        actions.say_no_show_in_queue(fair, exhibitor, place, person)
    elif what == "skip":
        return _skip(person, fair, exhibitor, place, name)
    else:
        actions.take_back(exhibitor, place, person)
    db.session.commit()
    if what in words:
        web.say_with_undo(
            words[what], url_for("queue.said", slug=slug, exhibitor_id=exhibitor_id, place_id=place_id)
        )
    else:
        web.say(_("Taken back."))
    return _to_booth(slug, exhibitor_id)


def _skip(person: Person, fair: Fair, exhibitor: Exhibitor, place: Place, name: str) -> Response:
    called = actions.skip(fair, exhibitor, place, person)
    number, slug, exhibitor_id = called.number if called else None, fair.slug, exhibitor.id
    db.session.commit()
    kept = _("%(name)s keeps the place.", name=name)
    web.say(
        f"{kept} {_('Number %(number)s is called.', number=number) if number else _('Nobody else waits.')}"
    )
    return _to_booth(slug, exhibitor_id)


# --- Away -----------------------------------------------------------------------------------


@blueprint.post(f"{QUEUE}/away")
def away(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Back at a time of today: everybody sees it, and the waits count it."""
    person, fair, exhibitor = _entered(slug, exhibitor_id)
    if request.form.get("back"):
        actions.go_away(exhibitor, None, person)
        db.session.commit()
        web.say(_("You are back."))
        return _to_booth(slug, exhibitor_id)
    form = AwayForm()
    moment = clock.now()
    if form.validate_on_submit() and form.back_at.data:
        back_at = moment_of(local(moment, fair).date(), form.back_at.data, fair)
        if back_at > moment:
            actions.go_away(exhibitor, back_at, person)
            db.session.commit()
            web.say(_("Everybody sees: back at %(time)s.", time=clock_time(back_at, fair)))
            return _to_booth(slug, exhibitor_id)
        form.back_at.errors = [_("Write a time later than now.")]
    return _page(exhibitor, form)
