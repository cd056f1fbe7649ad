"""A hall's plan as a picture that lies behind its booths."""

import uuid

from flask import g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.booths import actions
from bazaar.booths.forms import PictureForm
from bazaar.booths.views.door import blueprint
from bazaar.db import db
from bazaar.employers.queries import places_of
from bazaar.employers.rules import APPROVED
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import hall_of, organised_fair, visible_fair
from bazaar.people.asking import signed_in, who


@blueprint.route("/organise/<slug>/halls/<uuid:hall_id>/picture", methods=["GET", "POST"])
def hang_picture(slug: str, hall_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """Hang a picture behind the booths, another one, or none."""
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    hall, form = hall_of(fair, hall_id), PictureForm()
    if not form.validate_on_submit():
        page = render_template("booths/picture.html", hall=hall, form=form)
        return (page, 422) if request.method == "POST" else page
    actions.hang_picture(fair, hall, form.drawn, person.id)
    db.session.commit()
    web.say(_("The picture lies behind the booths.") if form.drawn else _("The picture is taken away."))
    return web.go("booths.plan", slug=slug, hall=hall.id)


@blueprint.get("/f/<slug>/halls/<uuid:hall_id>/picture.jpg")
def picture(slug: str, hall_id: uuid.UUID) -> Response:
    """Its address changes with the picture, so that a browser may keep it."""
    fair = _fair_seen(slug)
    hall = hall_of(fair, hall_id)
    if hall.picture is None:
        raise NotFound
    response = Response(hall.picture, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "public, max-age=604800" if fair.published else "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _fair_seen(slug: str) -> Fair:
    """Exhibitors choose their booth before the fair is published: those with a place see its halls."""
    person = who()
    try:
        return visible_fair(person, slug)
    except NotFound:
        places = places_of(person) if person else ()
        for place in places:
            if place.fair.slug == slug and place.status == APPROVED:
                return place.fair
        raise
