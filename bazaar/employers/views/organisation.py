"""An organisation's own pages: its facts and its people."""

import uuid

from flask import redirect, render_template, request
from flask_babel import gettext as _

from bazaar import i18n, web
from bazaar.db import db
from bazaar.employers import names, queries, rules
from bazaar.employers.actions import organisations
from bazaar.employers.forms import InviteForm, OrganisationForm
from bazaar.employers.models import Organisation
from bazaar.employers.views.blueprint import Page, blueprint
from bazaar.errors import Forbidden, NotFound
from bazaar.people.asking import signed_in
from bazaar.people.models import Person


@blueprint.route("/exhibit/organisation/<uuid:organisation_id>", methods=["GET", "POST"])
def organisation(organisation_id: uuid.UUID) -> Page:
    """Facts and invoice; admins change them, recruiters read them."""
    person = signed_in()
    one = queries.represented(person, organisation_id)
    admin = queries.is_admin(person, organisation_id)
    if request.method == "POST" and not admin:
        raise Forbidden
    hidden = bool(one.number) and rules.is_sole_traders(one.number or "")
    form = OrganisationForm(obj=None if request.method == "POST" else one)
    if request.method == "GET":
        form.number.data = rules.shown_number(one.number)
    if form.validate_on_submit():
        changed = organisations.change_organisation(one, form.facts(), person)
        db.session.commit()
        web.say(_("Saved.") if changed else _("Nothing was changed."))
        return web.go("employers.organisation", organisation_id=one.id)
    places = [place for place in queries.places_of(person) if place.organisation_id == one.id]
    html = render_template(
        "employers/organisation.html", page="organisation", form=form, organisation=one, admin=admin, hidden_number=hidden,
        places=places, statuses=names.STATUSES, seen={place.id: queries.seen_status_of(place) for place in places}, fairs=queries.fairs_to_join(one.id),
    )  # fmt: skip
    return (html, 422) if form.is_submitted() else html


# --- Colleagues -------------------------------------------------------------------------------------


@blueprint.route("/exhibit/organisation/<uuid:organisation_id>/colleagues", methods=["GET", "POST"])
def colleagues(organisation_id: uuid.UUID) -> Page:
    """Who acts for the organisation; admins invite."""
    person = signed_in()
    one = queries.represented(person, organisation_id, as_admin=request.method == "POST")
    form = InviteForm()
    if form.validate_on_submit():
        organisations.invite(
            one, str(form.email.data), str(form.role.data), person, language=i18n.language_now()
        )
        db.session.commit()
        web.say(_("The invitation is on its way. It works for seven days."))
        return web.go("employers.colleagues", organisation_id=one.id)
    html = _colleagues_page(one, person, form)
    return (html, 422) if form.is_submitted() else html


def _colleagues_page(one: Organisation, person: Person, form: InviteForm) -> str:
    people = queries.representatives_of(one.id)
    return render_template(
        "employers/colleagues.html",
        page="colleagues",
        organisation=one,
        admin=queries.is_admin(person, one.id),
        people=people,
        reached_at=organisations.reached_at(one.id),
        last_admin=sum(part.role == rules.ADMIN for part in people) == 1,
        invitations=queries.open_invitations_of(one.id),
        roles=names.ROLES,
        me=person.id,
        form=form,
    )


@blueprint.post("/exhibit/organisation/<uuid:organisation_id>/colleagues/<uuid:representative_id>/role")
def change_role(organisation_id: uuid.UUID, representative_id: uuid.UUID) -> Page:
    person = signed_in()
    queries.represented(person, organisation_id, as_admin=True)
    part = queries.representative_of(organisation_id, representative_id)
    role = request.form.get("role", "")
    if role not in rules.ROLES:
        raise NotFound
    words = _("%(name)s is now: %(role)s.", name=part.person.name, role=str(names.ROLES[role]).lower())
    organisations.change_role(part, role, person)
    db.session.commit()
    web.say(words)
    return web.go("employers.colleagues", organisation_id=organisation_id)


@blueprint.route(
    "/exhibit/organisation/<uuid:organisation_id>/colleagues/<uuid:representative_id>/end",
    methods=["GET", "POST"],
)
def end_colleague(organisation_id: uuid.UUID, representative_id: uuid.UUID) -> Page:
    """An admin ends a colleague; anybody ends themselves."""
    person = signed_in()
    one = queries.represented(person, organisation_id)
    part = queries.representative_of(organisation_id, representative_id)
    if part.person_id != person.id and not queries.is_admin(person, organisation_id):
        raise Forbidden
    if request.method == "GET":
        return render_template("employers/end_colleague.html", organisation=one, part=part, me=person.id)
    words = _("%(name)s no longer acts for %(organisation)s.", name=part.person.name, organisation=one.name)
    organisations.end(part, person)
    db.session.commit()
    web.say(words)
    if part.person_id == person.id:
        return redirect("/exhibit/", 303)
    return web.go("employers.colleagues", organisation_id=organisation_id)


@blueprint.post("/exhibit/organisation/<uuid:organisation_id>/invitations/<uuid:invitation_id>/withdraw")
def withdraw_invitation(organisation_id: uuid.UUID, invitation_id: uuid.UUID) -> Page:
    person = signed_in()
    queries.represented(person, organisation_id, as_admin=True)
    organisations.withdraw_invitation(queries.invitation_of(organisation_id, invitation_id), person)
    db.session.commit()
    web.say(_("The invitation no longer works."))
    return web.go("employers.colleagues", organisation_id=organisation_id)
