"""Who may see what: the jobseeker's own pages."""

import uuid

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.db import db
from bazaar.i18n import language_now
from bazaar.jobseekers.queries import my_registration
from bazaar.people.asking import signed_in
from bazaar.sharing import actions, queries, rules
from bazaar.sharing.forms import ShareForm
from bazaar.sharing.models import Share

Page = str | tuple[str, int] | Response
blueprint = Blueprint("sharing", __name__)


@blueprint.get("/me/<slug>/sharing")
def mine(slug: str) -> str:
    """Every yes of mine, what it shows, and what I took back."""
    registration = my_registration(signed_in(), slug)
    g.fair = registration.fair
    shares = queries.shares_of(registration)
    return render_template(
        "sharing/mine.html",
        registration=registration,
        standing=[share for share in shares if share.withdrawn_at is None],
        taken_back=[share for share in shares if share.withdrawn_at is not None],
        field_words=queries.field_words,
    )


@blueprint.route("/me/<slug>/share/<uuid:exhibitor_id>", methods=["GET", "POST"])
def ask(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """May this employer see me? Yes, with the fields I tick, or no."""
    registration = my_registration(signed_in(), slug)
    fair = g.fair = registration.fair
    exhibitor = queries.exhibitor_at(fair, exhibitor_id)
    employer = exhibitor.organisation.name
    standing = queries.standing_share(registration.id, exhibitor.id)
    chosen = standing.fields if standing else rules.USUAL
    form = ShareForm().offering(queries.own_profile(registration), chosen)
    if request.method == "POST" and request.form.get("answer") == "no":
        return _no(slug, employer, standing)
    if form.validate_on_submit():
        actions.share(registration, exhibitor, "page", language_now(), fields=form.fields_chosen)
        db.session.commit()
        web.say(_("%(employer)s may now see what you chose.", employer=employer))
        return web.go("sharing.mine", slug=slug)
    page = render_template(
        "sharing/ask.html", form=form, exhibitor=exhibitor, registration=registration, standing=standing
    )
    return (page, 422) if form.errors else page


def _no(slug: str, employer: str, standing: Share | None) -> Response:
    if standing is not None:
        actions.withdraw(standing, signed_in().id)
        db.session.commit()
    web.say(_("%(employer)s sees nothing about you.", employer=employer))
    return web.go("sharing.mine", slug=slug)


@blueprint.post("/me/<slug>/sharing/<uuid:share_id>/withdraw")
def withdraw(slug: str, share_id: uuid.UUID) -> Response:
    """Take a yes back, at no cost; undo says it again."""
    registration = my_registration(signed_in(), slug)
    share = queries.share_of(registration, share_id)
    employer = share.exhibitor.organisation.name
    actions.withdraw(share, registration.person_id)
    db.session.commit()
    web.say_with_undo(
        _("%(employer)s no longer sees anything about you.", employer=employer),
        url_for("sharing.again", slug=slug, share_id=share_id),
    )
    return web.go("sharing.mine", slug=slug)


@blueprint.post("/me/<slug>/sharing/<uuid:share_id>/again")
def again(slug: str, share_id: uuid.UUID) -> Response:
    """Say the same yes once more."""
    registration = my_registration(signed_in(), slug)
    g.fair = registration.fair
    share = queries.share_of(registration, share_id)
    exhibitor = queries.exhibitor_at(registration.fair, share.exhibitor_id)
    employer = exhibitor.organisation.name
    actions.share(registration, exhibitor, "page", language_now(), fields=share.fields)
    db.session.commit()
    web.say(_("%(employer)s may see it again.", employer=employer))
    return web.go("sharing.mine", slug=slug)
