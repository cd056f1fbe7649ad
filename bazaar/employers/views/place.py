"""An exhibitor's place at one fair: its answer, its days and wishes, and giving it back."""

import uuid

from flask import g, render_template, request
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.employers import names, queries
from bazaar.employers.actions import places
from bazaar.employers.forms import PlaceForm, ReasonForm
from bazaar.employers.models import Exhibitor
from bazaar.employers.views.blueprint import Page, blueprint
from bazaar.errors import Forbidden, Refused
from bazaar.fairs.queries import days_of
from bazaar.people.asking import signed_in


@blueprint.route("/exhibit/<slug>/<uuid:exhibitor_id>/place", methods=["GET", "POST"])
def place(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """What was answered, and what was wished; admins change it."""
    person = signed_in()
    exhibitor = queries.exhibited(person, slug, exhibitor_id, to_change=request.method == "POST")
    g.fair = exhibitor.fair
    admin = queries.is_admin(person, exhibitor.organisation_id)
    if request.method == "POST" and not admin:
        raise Forbidden
    return edit_place(exhibitor, admin)


def edit_place(exhibitor: Exhibitor, admin: bool) -> Page:
    """The page of wishes; leaving a day on which something hangs asks first."""
    days = days_of(exhibitor.fair_id)
    slug = exhibitor.fair.slug
    form = PlaceForm(obj=exhibitor)
    if request.method == "GET":
        form.days.data = [str(day.id) for day in queries.days_of_exhibitor(exhibitor.id)]
    form.with_days(days)
    hangs: list[str] = []
    if form.validate_on_submit():
        if exhibitor.status == "withdrawn":
            raise Refused(_("The place is given back."))
        chosen = form.chosen(days)
        left = places.days_left(exhibitor, [day.id for day in chosen])
        hangs = places.hangs_on(exhibitor, left) if left else []
        if not hangs or form.sure.data:
            changed = places.change_place(exhibitor, form.place_facts(), chosen, signed_in())
            db.session.commit()
            web.say(_("Saved.") if changed else _("Nothing was changed."))
            return web.go("employers.place", slug=slug, exhibitor_id=exhibitor.id)
    html = render_template(
        "employers/place.html",
        page="place",
        form=form,
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        admin=admin,
        hangs=hangs,
        status=queries.seen_status_of(exhibitor),
        statuses=names.STATUSES,
        days=queries.days_of_exhibitor(exhibitor.id),
    )
    return (html, 422) if form.is_submitted() else html


@blueprint.route("/exhibit/<slug>/<uuid:exhibitor_id>/place/withdraw", methods=["GET", "POST"])
def withdraw(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """The page says what goes with the place; its button gives it back."""
    person = signed_in()
    exhibitor = queries.exhibited(
        person, slug, exhibitor_id, as_admin=True, to_change=request.method == "POST"
    )
    g.fair = exhibitor.fair
    if request.method == "GET":
        return render_template(
            "employers/withdraw.html",
            exhibitor=exhibitor,
            organisation=exhibitor.organisation,
            hangs=places.hangs_on_place(exhibitor),
            form=ReasonForm(),
        )
    places.withdraw(exhibitor, person)
    db.session.commit()
    web.say(_("The place is given back."))
    return web.go("employers.place", slug=slug, exhibitor_id=exhibitor_id)
