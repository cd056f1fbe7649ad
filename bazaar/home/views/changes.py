"""Changing what much hangs on: a day, a hall, the fair's clock, the fair itself. The page says before what hangs on it."""

import uuid
from collections.abc import Callable

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from bazaar import web
from bazaar.db import db
from bazaar.fairs import actions as fairs
from bazaar.fairs.asking import only_owners_send, organised
from bazaar.fairs.forms import Hall, NamedFair, Rules, Zone, hall_typed, rules_typed
from bazaar.fairs.queries import day_of, days_of, hall_of, halls_of, is_taken, may_make_fairs
from bazaar.fairs.rules import a_year_later
from bazaar.fields import FairForm
from bazaar.home import actions, forms
from bazaar.home.actions import Consequences, foreseen
from bazaar.home.queries import hanging
from bazaar.home.views.blueprint import blueprint
from bazaar.words import fold


def _seen(form: forms.Confirm, change: Callable[[], Consequences]) -> Consequences | None:
    """What would happen, where the person has not seen it yet; None: they have, or nothing hangs on it."""
    would = foreseen(change)
    if not would or form.seen.data == str(would):
        return None
    form.seen.data = str(would)
    return would


def _form_page(template: str, form: FairForm, **facts: object) -> ResponseReturnValue:
    return render_template(template, form=form, fair=g.fair, **facts), 422 if form.errors else 200


def _ask(template: str, form: forms.Confirm, would: Consequences, **facts: object) -> ResponseReturnValue:
    return render_template(template, form=form, fair=g.fair, would=would, **facts), 200


# --- Days -----------------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/days/<uuid:day_id>", methods=["GET", "POST"])
def change_day(slug: str, day_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    day = day_of(fair, day_id)
    known = days_of(fair.id)
    form = forms.ChangeDay({other.date for other in known if other.id != day.id}, obj=day)
    if not form.validate_on_submit():
        return _form_page("home/change_day.html", form, day=day, days=known)
    hours = form.hours()
    if would := _seen(form, lambda: actions.change_day(fair, day, hours, g.person)):
        return _ask("home/change_day.html", form, would, day=day, days=known)
    actions.change_day(fair, day, hours, g.person)
    db.session.commit()
    web.say(_("The day is changed."))
    return web.go("fairs.days", slug=slug)


@blueprint.route("/organise/<slug>/days/<uuid:day_id>/remove", methods=["GET", "POST"])
def remove_day(slug: str, day_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    day = day_of(fair, day_id)
    form = forms.Confirm()
    if not form.validate_on_submit():
        return _form_page("home/remove_day.html", form, day=day)
    if would := _seen(form, lambda: actions.remove_day(fair, day, g.person)):
        return _ask("home/remove_day.html", form, would, day=day)
    actions.remove_day(fair, day, g.person)
    db.session.commit()
    web.say(_("The day is removed."))
    return web.go("fairs.days", slug=slug)


@blueprint.route("/organise/<slug>/zone", methods=["GET", "POST"])
def change_zone(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    form = Zone(obj=fair)
    if not form.validate_on_submit():
        return _form_page("home/change_zone.html", form)
    actions.change_zone(fair, form.zone.data or "", g.person)
    db.session.commit()
    web.say(_("The time zone is changed. Clocks show the same times as before."))
    return web.go("fairs.days", slug=slug)


# --- Rules ----------------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/rules", methods=["GET", "POST"])
def rules_of_fair(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    form = Rules(data=rules_typed(fair))
    if not form.validate_on_submit():
        return _form_page("fairs/rules.html", form)
    changed, moved = actions.change_rules(fair, form.facts(fair.zone), g.person)
    db.session.commit()
    web.say(_("Saved. The rules hold from now on.") if changed else _("Nothing was different."))
    if moved:
        web.say(
            ngettext(
                "%(num)s exhibitor has got a place from the waiting list.",
                "%(num)s exhibitors have got places from the waiting list.",
                moved,
            )
        )
    return web.go("home.rules_of_fair", slug=slug)


# --- Halls ----------------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/halls/<uuid:hall_id>", methods=["GET", "POST"])
def change_hall(slug: str, hall_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    hall = hall_of(fair, hall_id)
    others = {fold(other.name) for other in halls_of(fair.id) if other.id != hall.id}
    form = Hall(others, data=hall_typed(hall))
    booths = hanging.booths_in(hall)
    if form.validate_on_submit():
        beyond = [b.number for b in booths if not form.holds(b.row + b.height, b.column + b.width)]
        if not beyond:
            fairs.change_hall(fair, hall, form.facts(), g.person)
            db.session.commit()
            web.say(_("Saved."))
            return web.go("fairs.halls", slug=slug)
        numbers = ", ".join(str(number) for number in beyond[:10]) + (" …" if len(beyond) > 10 else "")
        form.rows.errors = [_("Booths stand beyond it: %(numbers)s. Move them first.", numbers=numbers)]
    return _form_page("home/change_hall.html", form, hall=hall, booths=booths)


@blueprint.route("/organise/<slug>/halls/<uuid:hall_id>/remove", methods=["GET", "POST"])
def remove_hall(slug: str, hall_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    hall = hall_of(fair, hall_id)
    form, booths = forms.Confirm(), hanging.booths_in(hall)
    if not form.validate_on_submit():
        return _form_page("home/remove_hall.html", form, hall=hall, booths=booths)
    if would := _seen(form, lambda: actions.remove_hall(fair, hall, g.person)):
        return _ask("home/remove_hall.html", form, would, hall=hall, booths=booths)
    actions.remove_hall(fair, hall, g.person)
    db.session.commit()
    web.say(_("The hall is removed."))
    return web.go("fairs.halls", slug=slug)


# --- The fair -------------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/withdraw", methods=["GET", "POST"])
def withdraw(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    only_owners_send()
    form = forms.Confirm()
    if not form.validate_on_submit():
        return _form_page("home/withdraw.html", form)
    if would := _seen(form, lambda: actions.withdraw(fair, g.person)):
        return _ask("home/withdraw.html", form, would)
    actions.withdraw(fair, g.person)
    db.session.commit()
    web.say(_("The fair is withdrawn, and everybody gets a letter."))
    return web.go("fairs.settings", slug=slug)


@blueprint.route("/organise/<slug>/bring-back", methods=["GET", "POST"])
def bring_back(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    only_owners_send()
    form = forms.Confirm()
    if not form.validate_on_submit():
        return _form_page("home/bring_back.html", form)
    fairs.bring_back(fair, g.person)
    db.session.commit()
    web.say(_("The fair is back. It is hidden until you publish it."))
    return web.go("fairs.settings", slug=slug)


@blueprint.route("/organise/<slug>/duplicate", methods=["GET", "POST"])
def duplicate(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    only_owners_send()
    may_make_fairs(g.person)
    first = days_of(fair.id)[0].date
    form = NamedFair(is_taken, data={"name": fair.name, "first_day": a_year_later(first)})
    if not form.validate_on_submit():
        return _form_page("home/duplicate.html", form)
    copy = actions.duplicate(fair, *form.named(), g.person)
    db.session.commit()
    web.say(_("The fair is made, set up like %(fair)s. Nobody sees it until you publish it.", fair=fair.name))
    return web.go("fairs.settings", slug=copy.slug)
