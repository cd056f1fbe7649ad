"""A new fair, its name, place and look. Its rules are in home, as exhibitors may hang on them."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.fairs import actions, forms, rules
from bazaar.fairs.asking import organised
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import is_taken, may_make_fairs
from bazaar.fairs.views.desk import blueprint, page
from bazaar.people.asking import signed_in


@blueprint.route("/organise/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    person = signed_in()
    may_make_fairs(person)
    form = forms.NewFair(is_taken)
    if not form.validate_on_submit():
        return page("fairs/new.html", form)
    address, name, _first = form.named()
    fair = actions.make_fair(
        address,
        name,
        form.hours(),
        zone=forms.given(form.zone.data),
        owner=person,
        by=person,
        venue=form.venue.data or "",
        city=form.city.data or "",
    )
    db.session.commit()
    web.say(_("The fair is made. Nobody sees it until you publish it."))
    return web.go("fairs.settings", slug=fair.slug)


@blueprint.route("/organise/<slug>/settings", methods=["GET", "POST"])
def settings(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    form = forms.Settings(data=_as_typed(fair))
    if not form.validate_on_submit():
        return page("fairs/settings.html", form, fair=fair)
    actions.change_fair(fair, form.facts(), g.person)
    if form.drawn or form.without_logo.data:
        actions.change_logo(fair, form.drawn, g.person)
    db.session.commit()
    web.say(_("Saved."))
    return web.go("fairs.settings", slug=slug)


def _as_typed(fair: Fair) -> dict[str, object]:
    named = {colour: name for name, colour in rules.ACCENTS.items()}
    facts = {
        name: getattr(fair, name) for name in ("name", "tagline", "venue", "address", "city", "languages")
    }
    return {**facts, "hue": named.get(fair.accent, forms.OWN), "own_colour": f"#{fair.accent}"}


@blueprint.post("/organise/<slug>/publish")
def publish(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    actions.publish(fair, g.person)
    db.session.commit()
    web.say(_("The fair is published. Everybody can see it."))
    return web.go("fairs.settings", slug=slug)


@blueprint.post("/organise/<slug>/hide")
def hide(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    actions.hide(fair, g.person)
    db.session.commit()
    web.say(_("The fair is hidden. What people have registered is kept."))
    return web.go("fairs.settings", slug=slug)
