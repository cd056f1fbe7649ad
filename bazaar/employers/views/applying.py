"""Asking for a place at a fair, and accepting an invitation: also for people who are new here."""

import uuid

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from bazaar import clock, i18n, web
from bazaar.db import db
from bazaar.employers import names, queries
from bazaar.employers.actions import organisations, places
from bazaar.employers.forms import ApplyForm, EmailForm, FactsOfPlace, NameForm, PlaceForm
from bazaar.employers.models import Organisation
from bazaar.employers.views.blueprint import Page, blueprint
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, is_open, phase_of, public_fair
from bazaar.fields import FairForm
from bazaar.people import actions as people_actions
from bazaar.people import asking
from bazaar.people.models import Person, SignIn
from bazaar.people.queries import people_at

NEW = "new"


@blueprint.route("/f/<slug>/exhibit", methods=["GET", "POST"])
def apply(slug: str) -> Page:
    """First who you are, then which organisation, then what you wish."""
    g.fair = fair = public_fair(slug)
    if not is_open(fair.id, "exhibitors", clock.now()):
        return _closed(fair)
    person = asking.who()
    if person is None:
        return _who_are_you(url_for("employers.apply", slug=slug), _("Exhibit at %(fair)s", fair=fair.name))
    mine = [part.organisation for part in queries.organisations_of(person) if part.role == "admin"]
    chosen = request.args.get("organisation")
    if mine and chosen is None:
        places_here = {one.id: queries.place_at(one.id, fair.id) for one in mine}
        return render_template("employers/which.html", organisations=mine, places=places_here)
    if mine and chosen != NEW:
        return _apply_with(fair, queries.represented(person, _as_id(chosen), as_admin=True), person)
    return _apply_as_new(fair, person)


def _closed(fair: Fair) -> Page:
    if request.method == "POST":
        raise Refused(_("Exhibitors cannot apply now."))
    return render_template("employers/closed.html", phase=phase_of(fair.id, "exhibitors"), moment=clock.now())


def _as_id(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except (ValueError, TypeError):
        return uuid.UUID(int=0)


def _apply_with(fair: Fair, organisation: Organisation, person: Person) -> Page:
    here = queries.place_at(organisation.id, fair.id)
    if here is not None and here.status != "withdrawn":
        return web.go("employers.place", slug=fair.slug, exhibitor_id=here.id)
    days = days_of(fair.id)
    form = PlaceForm().with_days(days)
    if not form.validate_on_submit():
        return _application(form, organisation)
    exhibitor = places.apply(fair, organisation, form.place_facts(), form.chosen(days), person)
    return _thanks(fair, exhibitor.id)


def _apply_as_new(fair: Fair, person: Person) -> Page:
    days = days_of(fair.id)
    form = ApplyForm().with_days(days)
    if not form.validate_on_submit():
        return _application(form, None)
    organisation = organisations.register_organisation(form.organisation_facts(), person)
    exhibitor = places.apply(fair, organisation, form.place_facts(), form.chosen(days), person)
    return _thanks(fair, exhibitor.id)


def _application(form: FactsOfPlace, organisation: Organisation | None) -> Page:
    html = render_template("employers/apply.html", form=form, organisation=organisation)
    return (html, 422) if form.is_submitted() else html


def _thanks(fair: Fair, exhibitor_id: uuid.UUID) -> Page:
    db.session.commit()
    return web.go("employers.place", slug=fair.slug, exhibitor_id=exhibitor_id)


# --- Who are you? -----------------------------------------------------------------------------------


def _who_are_you(back: str, title: str) -> Page:
    """An e-mail address and its code; then a name, where nobody has that address yet."""
    sign_in = asking.this_sign_in()
    if sign_in is not None and sign_in.address:
        return _your_name(sign_in, back, title)
    form = EmailForm()
    if not form.validate_on_submit():
        return _question(form, "employers/email.html", title)
    return _send_code(str(form.email.data), back)


def _send_code(address: str, back: str) -> Page:
    code = people_actions.send_code(
        address,
        language=i18n.language_now(),
        network=asking.network(),
        go_to=back,
        for_new=not people_at(address),
    )
    asking.hold(code)
    db.session.commit()
    return web.go("people.code")


def _your_name(sign_in: SignIn, back: str, title: str) -> Page:
    if people_at(sign_in.address or ""):
        return web.go("people.choose", next=back)
    form = NameForm()
    if not form.validate_on_submit():
        return _question(form, "employers/name.html", title)
    people_actions.become_new(sign_in, str(form.name.data), i18n.language_now())
    db.session.commit()
    return redirect(back, 303)


def _question(form: FairForm, template: str, title: str) -> Page:
    html = render_template(template, form=form, title=title)
    return (html, 422) if form.is_submitted() else html


# --- Invitations ------------------------------------------------------------------------------------


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def accept_invitation(token: str) -> Page:
    """Opening shows what it is about; only the button accepts, for who has proved to have the address."""
    invitation, organisation = queries.invitation_with(token)
    if not queries.is_open_invitation(invitation):
        way_on = [(_("Sign in"), url_for("people.sign_in"))]
        return web.error_page(410, _("This invitation is used or too old"), _("Ask for a new one."), way_on)
    here = url_for("employers.accept_invitation", token=token)
    person, sign_in = asking.who(), asking.this_sign_in()
    title = _("Act for %(organisation)s", organisation=organisation.name)
    if person is None and sign_in is not None and sign_in.address == invitation.address:
        return _your_name(sign_in, here, title)
    meant = person is not None and organisations.is_meant_for(invitation, person)
    if request.method == "POST" and person is None:
        return _send_code(invitation.address, here)
    if request.method == "POST" and person is not None:
        part = organisations.accept(invitation, person)
        db.session.commit()
        web.say(_("You now act for %(organisation)s.", organisation=organisation.name))
        return web.go("employers.organisation", organisation_id=part.organisation_id)
    return render_template(
        "employers/invitation.html",
        organisation=organisation,
        role=names.ROLES[invitation.role],
        hint=names.ROLE_HINTS[invitation.role],
        address=_masked(invitation.address),
        meant=meant,
    )


def _masked(address: str) -> str:
    """a...@bolt.se: enough for who has it, nothing for who has not."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
