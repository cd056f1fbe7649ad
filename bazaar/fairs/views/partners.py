"""Partners: who gives the fair together with others."""

import uuid

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.fairs import actions, forms, names
from bazaar.fairs.asking import organised
from bazaar.fairs.queries import partner_of, partners_of
from bazaar.fairs.views.desk import blueprint, page
from bazaar.words import fold


@blueprint.route("/organise/<slug>/partners", methods=["GET", "POST"])
def partners(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    known = partners_of(fair.id)
    form = forms.Partner({fold(partner.name) for partner in known})
    if not form.validate_on_submit():
        return page("fairs/partners.html", form, fair=fair, partners=known, kinds=names.PARTNER_KINDS)
    actions.add_partner(fair, form.facts(), g.person)
    db.session.commit()
    web.say(_("The partner is added."))
    return web.go("fairs.partners", slug=slug)


@blueprint.route("/organise/<slug>/partners/<uuid:partner_id>", methods=["GET", "POST"])
def partner(slug: str, partner_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    this = partner_of(fair, partner_id)
    others = {fold(other.name) for other in partners_of(fair.id) if other.id != this.id}
    form = forms.Partner(others, obj=this)
    if not form.validate_on_submit():
        return page("fairs/partner.html", form, fair=fair, partner=this)
    actions.change_partner(fair, this, form.facts(), g.person)
    db.session.commit()
    web.say(_("Saved."))
    return web.go("fairs.partners", slug=slug)


@blueprint.post("/organise/<slug>/partners/<uuid:partner_id>/remove")
def remove_partner(slug: str, partner_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    actions.remove_partner(fair, partner_of(fair, partner_id), g.person)
    db.session.commit()
    web.say(_("The partner is removed."))
    return web.go("fairs.partners", slug=slug)
