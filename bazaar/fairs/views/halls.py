"""The halls of a fair. Booths are drawn in them by the next feature."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.fairs import actions, forms
from bazaar.fairs.asking import organised
from bazaar.fairs.queries import halls_of
from bazaar.fairs.views.desk import blueprint, page
from bazaar.words import fold


@blueprint.route("/organise/<slug>/halls", methods=["GET", "POST"])
def halls(slug: str) -> ResponseReturnValue:
    """Halls, and one more. Changing or removing one concerns its booths: home does that."""
    fair = organised(slug)
    known = halls_of(fair.id)
    form = forms.Hall({fold(hall.name) for hall in known}, data={"position": len(known)})
    if not form.validate_on_submit():
        return page("fairs/halls.html", form, fair=fair, halls=known)
    actions.add_hall(fair, form.facts(), g.person)
    db.session.commit()
    web.say(_("The hall is added."))
    return web.go("fairs.halls", slug=slug)
