"""Who organises a fair, and who works at it."""

import uuid

from flask import g, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.fairs import actions, forms, names
from bazaar.fairs.asking import only_owners_send, organised
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organiser_of, organisers_of, partners_of, staff_member_of, staff_of
from bazaar.fairs.views.desk import blueprint, page
from bazaar.i18n import language_now
from bazaar.people.actions import person_at
from bazaar.people.models import Person
from bazaar.people.rules import read_address


def _somebody(form: forms.NewOrganiser | forms.NewStaff) -> Person:
    """The person of this name at this address, made where new."""
    address = forms.given(read_address(forms.given(form.address.data)))
    return person_at(address.address, forms.given(form.name.data), language_now())


# --- Organisers ---------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/organisers", methods=["GET", "POST"])
def organisers(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    only_owners_send()
    known = organisers_of(fair.id)
    form = _with_partners(forms.NewOrganiser(), fair)
    if form.validate_on_submit():
        person = _somebody(form)
        if person.id not in {part.person_id for part in known}:
            actions.add_organiser(fair, person, form.role.data, g.person, _partner(form))
            db.session.commit()
            web.say(_("%(name)s is added, and gets a letter about where to sign in.", name=person.name))
            return web.go("fairs.organisers", slug=slug)
        form.address.errors = [_("%(name)s organises the fair already.", name=person.name)]
    return page(
        "fairs/organisers.html", form, fair=fair, organisers=known, roles=names.ROLES, hints=names.ROLE_HINTS
    )


@blueprint.route("/organise/<slug>/organisers/<uuid:organiser_id>", methods=["GET", "POST"])
def organiser(slug: str, organiser_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    part = organiser_of(fair, organiser_id)
    only_owners_send()
    form = _with_partners(forms.Part(data={"role": part.role, "partner": str(part.partner_id or "")}), fair)
    if not form.validate_on_submit():
        return page("fairs/organiser.html", form, fair=fair, part=part, hints=names.ROLE_HINTS)
    actions.change_organiser(fair, part, form.role.data, _partner(form), g.person)
    db.session.commit()
    web.say(_("Saved."))
    return web.go("fairs.organisers", slug=slug)


@blueprint.post("/organise/<slug>/organisers/<uuid:organiser_id>/remove")
def remove_organiser(slug: str, organiser_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    part = organiser_of(fair, organiser_id)
    only_owners_send()
    leaves = part.person_id == g.person.id
    actions.remove_organiser(fair, part, g.person)
    db.session.commit()
    web.say(
        _("You no longer organise the fair.") if leaves else _("%(name)s is removed.", name=part.person.name)
    )
    return redirect("/organise/", 303) if leaves else web.go("fairs.organisers", slug=slug)


def _with_partners(form: forms.Part, fair: Fair) -> forms.Part:
    form.partner.choices = [("", _("Nobody"))] + [(str(p.id), p.name) for p in partners_of(fair.id)]
    return form


def _partner(form: forms.Part) -> uuid.UUID | None:
    return uuid.UUID(form.partner.data) if form.partner.data else None


# --- Staff --------------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/staff", methods=["GET", "POST"])
def staff(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    known = staff_of(fair.id)
    form = forms.NewStaff()
    if form.validate_on_submit():
        person = _somebody(form)
        if person.id not in {member.person_id for member in known}:
            actions.add_staff(fair, person, form.task.data or "", form.supervisor.data, g.person)
            db.session.commit()
            web.say(_("%(name)s is added, and gets a letter about where to sign in.", name=person.name))
            return web.go("fairs.staff", slug=slug)
        form.address.errors = [_("%(name)s works at the fair already.", name=person.name)]
    return page("fairs/staff.html", form, fair=fair, staff=known)


@blueprint.route("/organise/<slug>/staff/<uuid:staff_id>", methods=["GET", "POST"])
def staff_member(slug: str, staff_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    member = staff_member_of(fair, staff_id)
    form = forms.Task(obj=member)
    if not form.validate_on_submit():
        return page("fairs/staff_member.html", form, fair=fair, member=member)
    actions.change_staff(fair, member, form.task.data or "", form.supervisor.data, g.person)
    db.session.commit()
    web.say(_("Saved."))
    return web.go("fairs.staff", slug=slug)


@blueprint.post("/organise/<slug>/staff/<uuid:staff_id>/remove")
def remove_staff(slug: str, staff_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    member = staff_member_of(fair, staff_id)
    actions.remove_staff(fair, member, g.person)
    db.session.commit()
    web.say(_("%(name)s is removed.", name=member.person.name))
    return web.go("fairs.staff", slug=slug)
