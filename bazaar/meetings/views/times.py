"""The times an exhibitor offers: a whole day in one act, opened, kept, seated and withdrawn."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import representatives_of
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, day_words, moment_of
from bazaar.meetings import actions, queries, rules
from bazaar.meetings.forms import ChosenSlotsForm, TimesForm, WaysForm, one_of_ours
from bazaar.meetings.models import Slot
from bazaar.meetings.rules import Opening, Time
from bazaar.meetings.views.blueprint import Page, blueprint, by_day, way_on
from bazaar.meetings.views.exhibitor import entered
from bazaar.people.models import Person

TIMES = "/exhibit/<slug>/<uuid:exhibitor_id>/times"


def _colleagues(exhibitor: Exhibitor) -> list[tuple[str, str]]:
    return [(str(each.person_id), each.person.name) for each in representatives_of(exhibitor.organisation_id)]


def _times_form(fair: Fair, exhibitor: Exhibitor) -> TimesForm:
    hours = queries.hours_of(fair, exhibitor.id)
    days = [(day.date.isoformat(), day_words(day.date)) for day, _hours in hours]
    form = TimesForm().for_exhibitor(fair, exhibitor, days, _colleagues(exhibitor))
    if not form.is_submitted() and hours:
        first = hours[0][0]
        form.starts.data, form.ends.data = first.opens, first.closes
        form.pause.data = 0
    return form


def _page(
    fair: Fair, exhibitor: Exhibitor, times: TimesForm | None = None, ways: WaysForm | None = None
) -> Page:
    slots = queries.slots_of(exhibitor)
    meetings = queries.meetings_in(slots)
    wrong = (times is not None and bool(times.errors)) or (ways is not None and bool(ways.errors))
    page = render_template(
        "meetings/slots.html",
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        days=by_day(slots, fair),
        meetings=meetings,
        form=times or _times_form(fair, exhibitor),
        ways=ways or WaysForm(obj=exhibitor),
        colleagues=_colleagues(exhibitor),
        hours_hint=_hours_words(fair, exhibitor),
    )
    return (page, 422) if wrong else page


def _hours_words(fair: Fair, exhibitor: Exhibitor) -> str:
    """When the exhibitor may be met, so that nobody has to guess."""
    return "; ".join(
        f"{day_words(day.date)} {clock_time(hours[0].opens_at, fair)}–{clock_time(hours[-1].closes_at, fair)}"
        for day, hours in queries.hours_of(fair, exhibitor.id)
    )


@blueprint.get(TIMES)
def slots(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """All times, and what is booked in them."""
    _person, fair, exhibitor = entered(slug, exhibitor_id)
    return _page(fair, exhibitor, _times_form(fair, exhibitor), WaysForm(formdata=None, obj=exhibitor))


@blueprint.post(f"{TIMES}/ways")
def ways(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """How we meet people: booked directly, by request, at how many tables."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    form = WaysForm()
    if not form.validate_on_submit():
        times = TimesForm(formdata=None).for_exhibitor(fair, exhibitor, [], _colleagues(exhibitor))
        return _page(fair, exhibitor, times, form)
    actions.choose_ways(
        exhibitor,
        open_slots=form.open_slots.data,
        by_request=form.by_request.data,
        walk_up=form.walk_up.data,
        tables=form.tables.data or 1,
        actor=person.id,
    )
    db.session.commit()
    web.say(_("Saved."))
    return web.go("meetings.slots", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post(TIMES)
def offer(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Many times in one act."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    form = _times_form(fair, exhibitor)
    if not form.validate_on_submit():
        return _page(fair, exhibitor, form, WaysForm(formdata=None, obj=exhibitor))
    times = _cut(fair, form)
    try:
        made, left_out = actions.offer(
            fair, exhibitor, form.tables.data or [], times,
            is_open=form.kind.data == "open", recruiter_id=form.recruiter.data, actor=person.id,
        )  # fmt: skip
    except Refused as refused:
        form.starts.errors = [refused.reason]
        _person, fair, exhibitor = entered(slug, exhibitor_id)
        return _page(fair, exhibitor, form, WaysForm(formdata=None, obj=exhibitor))
    number = len(made)
    db.session.commit()
    _say_offered(number, left_out)
    return web.go("meetings.slots", slug=slug, exhibitor_id=exhibitor_id)


def _cut(fair: Fair, form: TimesForm) -> list[Time]:
    """The times of every day chosen."""
    length, pause = timedelta(minutes=form.length.data or 0), timedelta(minutes=form.pause.data or 0)
    times: list[Time] = []
    for chosen in form.days.data or []:
        day = date.fromisoformat(chosen)
        lunch = (
            Opening(moment_of(day, form.lunch_starts.data, fair), moment_of(day, form.lunch_ends.data, fair))
            if form.lunch_starts.data and form.lunch_ends.data
            else None
        )
        if form.starts.data and form.ends.data:
            within = Opening(moment_of(day, form.starts.data, fair), moment_of(day, form.ends.data, fair))
            times += rules.cut_into_slots(within, length, pause, lunch)
    return times


def _say_offered(number: int, left_out: int) -> None:
    if number:
        web.say(ngettext("%(num)s time offered.", "%(num)s times offered.", number))
    if left_out:
        web.say(
            ngettext(
                "%(num)s time was left out: something is there already.",
                "%(num)s times were left out: something is there already.",
                left_out,
            ),
            "warn",
        )
    if not number and not left_out:
        web.say(_("No time fits between the beginning and the end."), "warn")


@blueprint.post(f"{TIMES}/change")
def change_slots(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """What was ticked: opened, kept for requests, given to a colleague, or withdrawn."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    form = ChosenSlotsForm()
    chosen = queries.slots_among(exhibitor, {each for each in form.slots.data or [] if each})
    if not form.validate_on_submit() or not chosen:
        web.say(_("Tick the times first."), "warn")
    elif form.act.data == "withdraw":
        return _withdraw(person, fair, exhibitor, chosen, form)
    else:
        with way_on((_("All times"), url_for("meetings.slots", slug=slug, exhibitor_id=exhibitor_id))):
            _change(person, exhibitor, chosen, form)
            db.session.commit()
        web.say(_("Saved."))
    return web.go("meetings.slots", slug=slug, exhibitor_id=exhibitor_id)


def _change(person: Person, exhibitor: Exhibitor, chosen: Sequence[Slot], form: ChosenSlotsForm) -> None:
    if form.act.data == "seat":
        actions.seat(exhibitor, chosen, form.recruiter.data, person.id)
    elif form.act.data in ("open", "keep"):
        actions.open_slots(exhibitor, chosen, person.id, is_open=form.act.data == "open")


def _withdraw(
    person: Person, fair: Fair, exhibitor: Exhibitor, chosen: Sequence[Slot], form: ChosenSlotsForm
) -> Page:
    """Free times go at once, with an undo; where meetings hang on them the page asks first."""
    slug, exhibitor_id = fair.slug, exhibitor.id
    meetings = queries.meetings_in(chosen)
    if meetings and not form.sure.data:
        return render_template(
            "meetings/withdraw_slots.html",
            exhibitor=exhibitor,
            organisation=exhibitor.organisation,
            chosen=chosen,
            meetings=meetings,
            form=form,
        )
    ids = [str(slot.id) for slot in chosen]
    actions.withdraw_slots(fair, exhibitor, chosen, form.reason.data or "", person.id)
    db.session.commit()
    words = ngettext("%(num)s time withdrawn.", "%(num)s times withdrawn.", len(ids))
    if meetings:
        web.say(words)
    else:
        again = url_for("meetings.reopen_slots", slug=slug, exhibitor_id=exhibitor_id)
        web.say_with_undo(words, again, slots=" ".join(ids))
    return web.go("meetings.slots", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post(f"{TIMES}/reopen")
def reopen_slots(slug: str, exhibitor_id: uuid.UUID) -> Response:
    """Undo a withdrawal."""
    person, _fair, exhibitor = entered(slug, exhibitor_id)
    ids = {one_of_ours(each) for each in (ChosenSlotsForm().slots.raw_data or [""])[0].split()}
    back = actions.reopen_slots(exhibitor, {each for each in ids if each}, person.id)
    db.session.commit()
    web.say(ngettext("%(num)s time offered again.", "%(num)s times offered again.", back))
    return web.go("meetings.slots", slug=slug, exhibitor_id=exhibitor_id)
