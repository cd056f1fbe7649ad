"""The floor itself: booths made, changed, dragged and numbered, and the days cut into blocks."""

import uuid
from datetime import datetime

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.booths import actions, queries, rules
from bazaar.booths.actions import BoothFacts
from bazaar.booths.drawing import Drawn, drawn_booth, drawn_map
from bazaar.booths.forms import BoothForm, CutForm, MakeForm
from bazaar.booths.models import Booth, BoothBooking
from bazaar.booths.views.door import asked_hall, asked_id, blueprint, booth_address, fair_parts
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of, halls_of, organised_fair
from bazaar.i18n import clock_time, day_words, moment_of
from bazaar.people.asking import signed_in
from bazaar.people.models import Person

Page = str | tuple[str, int] | Response


def _mine(slug: str) -> tuple[Fair, Person]:
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    return fair, person


@blueprint.get("/organise/<slug>/booths/plan")
def plan(slug: str) -> str:
    """The hall as it is built: drag booths, or change them by form."""
    fair, _person = _mine(slug)
    _days, halls = fair_parts(fair)
    booths = queries.booths_of(fair.id)
    chosen = next((booth for booth in booths if booth.id == asked_id("booth")), None)
    hall = asked_hall(halls, chosen)
    here = [booth for booth in booths if hall is not None and booth.hall_id == hall.id]
    at = booth_address("booths.plan", slug=slug)
    picture = drawn_map(hall, [_drawn(at, booth, chosen) for booth in here]) if hall else None
    return render_template(
        "booths/plan.html", halls=halls, hall=hall, booths=here, picture=picture, chosen=chosen,
        make_form=MakeForm(formdata=None, hall=hall.name if hall else _("Hall A"), rows=4, columns=5),
    )  # fmt: skip


def _drawn(at: str, booth: Booth, chosen: Booth | None) -> Drawn:
    words = _(
        "Booth %(number)s, row %(row)s, column %(column)s",
        number=booth.number,
        row=booth.row + 1,
        column=booth.column + 1,
    )
    return drawn_booth(
        booth, "booked", words, chosen=chosen is not None and chosen.id == booth.id, url=f"{at}{booth.id}"
    )


@blueprint.post("/organise/<slug>/booths/make")
def make(slug: str) -> Page:
    """Rows of booths at once."""
    fair, person = _mine(slug)
    form = MakeForm()
    if form.validate():
        booths = actions.make(
            fair, (form.hall.data or "").strip(), form.rows.data or 0, form.columns.data or 0, person.id
        )
        hall = booths[0].hall_id
        made = ngettext("%(num)s booth was made.", "%(num)s booths were made.", len(booths))
        db.session.commit()
        web.say(made)
        return web.go("booths.plan", slug=slug, hall=hall)
    return render_template("booths/make.html", form=form), 422


@blueprint.post("/organise/<slug>/booths/renumber")
def renumber(slug: str) -> Response:
    fair, person = _mine(slug)
    changed = actions.renumber(fair, person.id)
    db.session.commit()
    web.say(ngettext("%(num)s booth got another number.", "%(num)s booths got other numbers.", changed))
    return web.go("booths.plan", slug=slug, hall=asked_id("hall"))


# --- One booth ------------------------------------------------------------------------------------


def _booth_form(fair: Fair, booth: Booth | None) -> BoothForm:
    given: dict[str, object] = {"number": queries.highest_number(fair.id) + 1, "row": 1, "column": 1}
    given |= {
        "width": rules.BOOTH_WIDTH,
        "height": rules.BOOTH_HEIGHT,
        "sockets": 1,
        "power": "230V",
        "step_free": True,
    }
    given |= {"aisle": "down", "hall": request.args.get("hall", "")}
    if booth is not None:
        given = {name: getattr(booth, name) for name in BoothFacts.__annotations__ if name != "hall_id"}
        given |= {"hall": str(booth.hall_id), "row": booth.row + 1, "column": booth.column + 1}
    form = BoothForm(data=given)
    form.hall.choices = [(str(hall.id), hall.name) for hall in halls_of(fair.id)]
    return form


def _facts(form: BoothForm) -> BoothFacts:
    return BoothFacts(
        uuid.UUID(form.hall.data), form.number.data or 0, (form.row.data or 0) - 1, (form.column.data or 0) - 1,
        form.width.data or 0, form.height.data or 0, form.aisle.data, form.kind.data, (form.price_class.data or "").strip(),
        form.sockets.data or 0, form.power.data, step_free=bool(form.step_free.data),
    )  # fmt: skip


@blueprint.route("/organise/<slug>/booths/new", methods=["GET", "POST"])
def new(slug: str) -> Page:
    """One more booth."""
    fair, person = _mine(slug)
    form = _booth_form(fair, None)
    if not form.is_submitted():
        return render_template("booths/booth.html", form=form, booth=None)
    if not form.validate():
        return render_template("booths/booth.html", form=form, booth=None), 422
    try:
        booth = actions.add_booth(fair, _facts(form), person.id)
    except Refused as refused:
        return _refused(fair, form, refused, None)
    words, key = _("Booth %(number)s was added.", number=booth.number), booth.id
    db.session.commit()
    web.say(words)
    return web.go("booths.plan", slug=slug, booth=key)


@blueprint.route("/organise/<slug>/booths/<uuid:booth_id>", methods=["GET", "POST"])
def booth(slug: str, booth_id: uuid.UUID) -> Page:
    """A booth's number, size, place and equipment, and taking it away."""
    fair, person = _mine(slug)
    it = queries.booth_at_fair(fair.id, booth_id)
    form = _booth_form(fair, it)
    if not form.is_submitted():
        return render_template("booths/booth.html", form=form, booth=it, bookings=_bookings(fair, it))
    if not form.validate():
        return render_template("booths/booth.html", form=form, booth=it, bookings=_bookings(fair, it)), 422
    try:
        actions.change_booth(fair, it, _facts(form), person.id)
    except Refused as refused:
        return _refused(fair, form, refused, booth_id)
    words = _("Booth %(number)s was changed.", number=it.number)
    db.session.commit()
    web.say(words)
    return web.go("booths.plan", slug=slug, booth=booth_id)


def _refused(fair: Fair, form: BoothForm, refused: Refused, booth_id: uuid.UUID | None) -> tuple[str, int]:
    """The form again with what was typed and why it cannot be."""
    slug = fair.slug
    db.session.rollback()
    fair, _person = _mine(slug)
    it = queries.booth_at_fair(fair.id, booth_id) if booth_id else None
    form.form_errors.append(refused.reason)
    return render_template("booths/booth.html", form=form, booth=it, bookings=_bookings(fair, it)), 409


def _bookings(fair: Fair, it: Booth | None) -> list[BoothBooking]:
    return [row for row in queries.bookings_of(fair.id) if it is not None and row.booth_id == it.id]


@blueprint.post("/organise/<slug>/booths/<uuid:booth_id>/place")
def place(slug: str, booth_id: uuid.UUID) -> Response:
    """Dragged, or moved by the arrow keys."""
    fair, person = _mine(slug)
    it = queries.booth_at_fair(fair.id, booth_id)
    row, column = request.form.get("row", ""), request.form.get("column", "")
    if not (
        row.lstrip("-").isdecimal() and column.lstrip("-").isdecimal() and len(row) < 6 and len(column) < 6
    ):
        raise Refused(_("That is no place in the hall."))
    actions.place_booth(fair, it, int(row), int(column), person.id)
    db.session.commit()
    return web.go("booths.plan", slug=slug, booth=booth_id)


@blueprint.route("/organise/<slug>/booths/<uuid:booth_id>/remove", methods=["GET", "POST"])
def remove(slug: str, booth_id: uuid.UUID) -> Page:
    """What hangs on a booth, then away with it."""
    fair, person = _mine(slug)
    it = queries.booth_at_fair(fair.id, booth_id)
    if request.method == "GET":
        return render_template("booths/remove.html", booth=it, bookings=_bookings(fair, it))
    number, hall = it.number, it.hall_id
    actions.remove_booth(fair, it, person.id)
    db.session.commit()
    web.say(_("Booth %(number)s was removed.", number=number))
    return web.go("booths.plan", slug=slug, hall=hall)


# --- The days' blocks -------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/booths/times", methods=["GET", "POST"])
def times(slug: str) -> Page:
    """How long a booth is booked at the least: whole days, halves, hours, or own times."""
    fair, person = _mine(slug)
    days = days_of(fair.id)
    form = CutForm(data={"kind": "halves", "days": [day.date.isoformat() for day in days]})
    form.days.choices = [(day.date.isoformat(), day_words(day.date)) for day in days]
    if not form.is_submitted():
        return _times_page(fair, form)
    if not form.validate():
        return _times_page(fair, form, 422)
    try:
        for day in days:
            if day.date.isoformat() in (form.days.data or ()):
                actions.recut(fair, day, _spans(fair, day, form), person.id)
    except Refused as refused:
        db.session.rollback()
        form.form_errors.append(refused.reason)
        fair, _person = _mine(slug)
        return _times_page(fair, form, 409)
    db.session.commit()
    web.say(_("The days are cut anew. All bookings were kept."))
    return web.go("booths.times", slug=slug)


def _spans(fair: Fair, day: FairDay, form: CutForm) -> list[tuple[datetime, datetime]]:
    opens, closes = queries.hours_of(fair, day)
    if form.kind.data != "own":
        return rules.cut(opens, closes, str(form.kind.data))
    own = form.own_times() or []
    problem = rules.cut_refusal(day.opens, day.closes, own)
    if problem:
        raise Refused(_cut_words(day, problem))
    return rules.cut_at(opens, closes, [moment_of(day.date, each, fair) for each in own])


def _cut_words(day: FairDay, problem: str) -> str:
    words = {
        "outside": _(
            "%(day)s is open %(opens)s–%(closes)s. Give times within it.",
            day=day_words(day.date), opens=clock_time(day.opens), closes=clock_time(day.closes),
        ),
        "twice": _("The same time stands there twice."),
        "short": _("A block is at least 15 minutes long."),
    }  # fmt: skip
    return words[problem]


def _times_page(fair: Fair, form: CutForm, status: int = 200) -> tuple[str, int]:
    days, blocks = days_of(fair.id), queries.blocks_by_day(fair)
    stale = [day for day in days if not queries.fits_hours(fair, day, blocks[day.id])]
    return render_template("booths/times.html", form=form, days=days, blocks=blocks, stale=stale), status
