"""The organiser's exhibitors: found, answered one by one and in bulk, added, changed, taken off."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from bazaar import i18n, sheets, web
from bazaar.db import db
from bazaar.employers import names, queries, rules
from bazaar.employers.actions import organisations, places
from bazaar.employers.forms import AddForm, ApplyForm, DecideForm, InviteForm, PlaceForm, ReasonForm
from bazaar.employers.models import Exhibitor
from bazaar.employers.views.blueprint import Page, blueprint
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, organised_fair, role_at
from bazaar.people.asking import signed_in
from bazaar.people.models import Person


def _fair(slug: str, *, to_change: bool = True) -> tuple[Person, Fair]:
    person = signed_in()
    fair = organised_fair(person, slug, to_change=to_change)
    g.fair = fair
    return person, fair


def _may_change(person: Person, fair: Fair) -> bool:
    return role_at(person, fair.id) != "viewer"


# --- The list ---------------------------------------------------------------------------------------


@blueprint.get("/organise/<slug>/exhibitors")
def exhibitors(slug: str) -> Page:
    person, fair = _fair(slug, to_change=False)
    asked = _asked()
    listed = queries.listed(fair.id, **asked, after=_id_in(request.args, "after"))
    return render_template(
        "employers/exhibitors.html",
        page="exhibitors",
        listed=listed,
        total=sum(listed.counts.values()),
        asked=asked,
        filters={key: str(value) for key, value in asked.items() if value},
        days=days_of(fair.id),
        sectors=sorted(
            ((key, names.sector(key)) for key in queries.sectors_at(fair.id)), key=lambda one: one[1]
        ),
        statuses=names.STATUSES,
        kinds=names.KINDS,
        sector_name=names.sector,
        may_change=_may_change(person, fair),
        first_page=request.args.get("after") is None,
    )


def _asked() -> dict[str, Any]:
    status = request.args.get("status", "")
    return {
        "status": status if status in rules.STATUSES else "",
        "search": " ".join(request.args.get("search", "").replace("\x00", "").split())[:100],
        "sector": request.args.get("sector", "").replace("\x00", "")[:40],
        "day": _id_in(request.args, "day"),
    }


def _id_in(args: Any, key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(args.get(key, ""))
    except ValueError:
        return None


@blueprint.get("/organise/<slug>/exhibitors/download.csv")
def download_csv(slug: str) -> Page:
    """All exhibitors; a sole trader's number does not stand in it."""
    _person, fair = _fair(slug, to_change=False)
    text = sheets.csv_download(_header(), _records(fair))
    return _file(b"".join(text), "text/csv", f"{slug}-exhibitors.csv")


@blueprint.get("/organise/<slug>/exhibitors/download.xlsx")
def download_xlsx(slug: str) -> Page:
    _person, fair = _fair(slug, to_change=False)
    workbook = sheets.xlsx(_header(), _records(fair), fair.name)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(workbook, mime, f"{slug}-exhibitors.xlsx")


def _file(content: bytes, mime: str, name: str) -> Response:
    return Response(content, mimetype=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _header() -> list[str]:
    return [
        _("Organisation"), _("Organisation number"), _("Status"), _("Kind"), _("Sector"), _("Municipality"), _("Website"),
        _("E-mail"), _("Fair days"), _("Sockets"), _("Width"), _("Step-free"), _("Wishes"), _("At the same time"),
        _("Booths"), _("Part of the day"), _("400 V"), _("Kind of booth"), _("Price class"),
    ]  # fmt: skip


def _records(fair: Fair) -> list[list[Any]]:
    rows = queries.exhibitors_of(fair.id, status=None)
    days = queries.days_of_exhibitors(row.id for row in rows)
    return [_cells(row, [day.date for day in days.get(row.id, [])]) for row in rows]


def _cells(row: Exhibitor, days: list[Any]) -> list[Any]:
    one = row.organisation
    return [
        one.name, rules.shown_number(one.number), str(names.STATUSES[row.status]), str(names.KINDS[row.kind]),
        names.sector(one.sector), one.municipality, one.website, one.email, days, row.sockets, row.least_width,
        row.step_free, row.wishes, row.tables, row.booths, str(names.PARTS_OF_DAY[row.part_of_day]), row.strong_power,
        str(names.BOOTH_KINDS.get(row.booth_kind, "")), row.price_class,
    ]  # fmt: skip


# --- Answers ----------------------------------------------------------------------------------------


@blueprint.post("/organise/<slug>/exhibitors/decide")
def decide(slug: str) -> Page:
    """One answer for all that are chosen, or for one by its own button."""
    person, fair = _fair(slug)
    form = DecideForm()
    decision, ids = _decision()
    chosen = queries.chosen_at(fair.id, ids)
    if not chosen:
        raise Refused(_("Choose at least one exhibitor."), [(_("Exhibitors"), _list_url(fair))])
    if not form.validate():
        return _sure_page(chosen, decision, form), 422
    leaving = [one for one in chosen if one.status == rules.APPROVED and decision != rules.APPROVED]
    if any(places.hangs_on_place(one) for one in leaving) and not form.sure.data:
        return _sure_page(chosen, decision, form)
    before, name = chosen[0].status, chosen[0].organisation.name
    counts = places.decide(fair, chosen, decision, str(form.reason.data or ""), person)
    db.session.commit()
    words = _decided_words(counts)
    if len(chosen) == 1 and before == rules.APPLIED and counts:
        undo = url_for("employers.reopen", slug=slug, exhibitor_id=chosen[0].id)
        web.say_with_undo(f"{name}: {words}", undo, next=_back(fair))
    else:
        web.say(words, "warn" if counts.get("full") or not counts else "ok")
    return redirect(_back(fair), 303)


def _decision() -> tuple[str, list[uuid.UUID]]:
    """`approve` holds the one row whose button was pressed; else `decision` goes for all boxes."""
    one = _id_in(request.form, "approve")
    if one is not None:
        return rules.APPROVED, [one]
    decision = request.form.get("decision", "")
    if decision not in rules.DECISIONS:
        raise Refused(_("Choose an answer."))
    ids = (_id_in({"id": value}, "id") for value in request.form.getlist("chosen")[:5000])
    return decision, [key for key in ids if key is not None]


def _sure_page(chosen: Sequence[Exhibitor], decision: str, form: DecideForm) -> str:
    return render_template(
        "employers/sure.html",
        page="exhibitors",
        chosen=chosen,
        decision=decision,
        hangs={one.id: places.hangs_on_place(one) for one in chosen if one.status == rules.APPROVED},
        form=form,
        back=_back(g.fair),
        statuses=names.STATUSES,
    )


def _back(fair: Fair) -> str:
    """Where the answer was given: the list as it was filtered, or the exhibitor's page."""
    asked = request.form.get("next", "")
    ours = asked.startswith(f"/organise/{fair.slug}/exhibitors") and web.is_ours(asked)
    return asked if ours else _list_url(fair)


def _list_url(fair: Fair) -> str:
    return url_for("employers.exhibitors", slug=fair.slug)


def _decided_words(counts: dict[str, int]) -> str:
    said: dict[str, Callable[[int], str]] = {
        "approved": lambda n: ngettext("%(num)s approved.", "%(num)s approved.", n),
        "waitlisted": lambda n: ngettext("%(num)s on the waiting list.", "%(num)s on the waiting list.", n),
        "declined": lambda n: ngettext("%(num)s declined.", "%(num)s declined.", n),
        "moved": lambda n: ngettext(
            "%(num)s moved up from the waiting list.", "%(num)s moved up from the waiting list.", n
        ),
        "full": lambda n: ngettext(
            "The fair is full: %(num)s still waits.", "The fair is full: %(num)s still wait.", n
        ),
    }
    return " ".join(words(counts[key]) for key, words in said.items() if counts.get(key)) or _(
        "Nothing was changed."
    )


@blueprint.post("/organise/<slug>/exhibitors/<uuid:exhibitor_id>/reopen")
def reopen(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Undo an answer that was just given."""
    person, fair = _fair(slug)
    one = queries.exhibitor_at(fair.id, exhibitor_id)
    if one.status not in rules.DECISIONS:
        raise Refused(_("There is no answer to undo."))
    places.reopen(one, person)
    db.session.commit()
    web.say(_("Undone. The application waits for an answer."))
    return redirect(_back(fair), 303)


@blueprint.post("/organise/<slug>/exhibitors/move-waiting-list")
def move_waiting_list(slug: str) -> Page:
    """Give free places to those who have waited longest."""
    _person, fair = _fair(slug)
    if fair.max_exhibitors is None:
        raise Refused(_("The fair has no highest number of exhibitors: approve those who wait one by one."))
    moved = places.move_waiting_list(fair)
    db.session.commit()
    web.say(_decided_words({"moved": len(moved)}) if moved else _("No place is free, or nobody waits."))
    return web.go("employers.exhibitors", slug=slug)


# --- One exhibitor ----------------------------------------------------------------------------------


@blueprint.get("/organise/<slug>/exhibitors/<uuid:exhibitor_id>")
def exhibitor(slug: str, exhibitor_id: uuid.UUID) -> Page:
    person, fair = _fair(slug, to_change=False)
    return _exhibitor_page(
        person, fair, queries.exhibitor_at(fair.id, exhibitor_id), InviteForm(formdata=None)
    )


def _exhibitor_page(person: Person, fair: Fair, one: Exhibitor, form: InviteForm) -> str:
    people = queries.representatives_of(one.organisation_id)
    return render_template(
        "employers/exhibitor.html",
        page="exhibitors",
        exhibitor=one,
        organisation=one.organisation,
        number=rules.shown_number(one.organisation.number),
        sector=names.sector(one.organisation.sector),
        part_of_day=names.PARTS_OF_DAY[one.part_of_day],
        booth_kind=names.BOOTH_KINDS.get(one.booth_kind, _("Any")),
        days=queries.days_of_exhibitor(one.id),
        people=people,
        reached_at=organisations.reached_at(one.organisation_id),
        invitations=queries.open_invitations_of(one.organisation_id),
        vacancies=queries.vacancies_of(one.id),
        statuses=names.STATUSES,
        vacancy_statuses=names.VACANCY_STATUSES,
        kinds=names.KINDS,
        roles=names.ROLES,
        may_change=_may_change(person, fair),
        form=form,
    )


@blueprint.post("/organise/<slug>/exhibitors/<uuid:exhibitor_id>/invite")
def invite_representative(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """An organiser invites the first representative, an admin; after that the organisation invites its own."""
    person, fair = _fair(slug)
    one = _without_people(fair, exhibitor_id)
    form = InviteForm()
    form.role.data = rules.ADMIN
    if not form.validate():
        return _exhibitor_page(person, fair, one, form), 422
    organisations.invite(
        one.organisation, str(form.email.data), str(form.role.data), person, said_by=fair.name, language=i18n.language_now()
    )  # fmt: skip
    db.session.commit()
    web.say(_("The invitation is on its way. It works for seven days."))
    return web.go("employers.exhibitor", slug=slug, exhibitor_id=exhibitor_id)


def _without_people(fair: Fair, exhibitor_id: uuid.UUID) -> Exhibitor:
    one = queries.exhibitor_at(fair.id, exhibitor_id)
    if queries.representatives_of(one.organisation_id):
        raise Refused(
            _("%(name)s has people of its own: they invite their colleagues.", name=one.organisation.name)
        )
    return one


@blueprint.post("/organise/<slug>/exhibitors/<uuid:exhibitor_id>/invitations/<uuid:invitation_id>/withdraw")
def take_back_invitation(slug: str, exhibitor_id: uuid.UUID, invitation_id: uuid.UUID) -> Page:
    person, fair = _fair(slug)
    invitation = queries.invitation_of(
        queries.exhibitor_at(fair.id, exhibitor_id).organisation_id, invitation_id
    )
    _without_people(fair, exhibitor_id)
    organisations.withdraw_invitation(invitation, person)
    db.session.commit()
    web.say(_("The invitation no longer works."))
    return web.go("employers.exhibitor", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.route("/organise/<slug>/exhibitors/new", methods=["GET", "POST"])
def new_exhibitor(slug: str) -> Page:
    """Add an exhibitor by hand; one that is known by its number or name gets a place, its own facts stay."""
    person, fair = _fair(slug)
    days = days_of(fair.id)
    form = AddForm().with_days(days)
    if form.validate_on_submit():
        facts = form.organisation_facts()
        known = (
            queries.organisation_numbered(facts["number"])
            if facts["number"]
            else queries.namesake(facts["name"])
        )
        one = known or organisations.new_organisation(facts, person)
        added = places.add_by_hand(fair, one, form.place_facts(), form.chosen(days), person)
        if form.first_email.data and not queries.representatives_of(one.id):
            address = str(form.first_email.data)
            organisations.invite(
                one, address, rules.ADMIN, person, said_by=fair.name, language=i18n.language_now()
            )
        db.session.commit()
        web.say(_("%(name)s is at the fair.", name=one.name))
        return web.go("employers.exhibitor", slug=slug, exhibitor_id=added.id)
    html = render_template("employers/new_exhibitor.html", page="exhibitors", form=form)
    return (html, 422) if form.is_submitted() else html


@blueprint.route("/organise/<slug>/exhibitors/<uuid:exhibitor_id>/change", methods=["GET", "POST"])
def change_exhibitor(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """The organiser changes days and needs, and the facts of an organisation that has nobody of its own."""
    person, fair = _fair(slug)
    one = queries.exhibitor_at(fair.id, exhibitor_id)
    days = days_of(fair.id)
    form = _form_of(one).with_days(days)
    hangs: list[str] = []
    if form.validate_on_submit():
        chosen = form.chosen(days)
        left = places.days_left(one, [day.id for day in chosen])
        hangs = places.hangs_on(one, left) if left else []
        if not hangs or form.sure.data:
            if isinstance(form, ApplyForm):
                organisations.change_organisation(one.organisation, form.organisation_facts(), person)
            places.change_place(one, form.place_facts(), chosen, person)
            db.session.commit()
            web.say(_("Saved."))
            return web.go("employers.exhibitor", slug=slug, exhibitor_id=exhibitor_id)
    html = render_template(
        "employers/change_exhibitor.html", page="exhibitors", form=form, exhibitor=one, hangs=hangs
    )
    return (html, 422) if form.is_submitted() else html


def _form_of(one: Exhibitor) -> ApplyForm | PlaceForm:
    form: ApplyForm | PlaceForm
    if queries.representatives_of(one.organisation_id):
        form = PlaceForm(obj=one)
    else:
        organisation = one.organisation
        facts = {
            key: getattr(organisation, key) for key in ("name", "sector", "municipality", "website", "email")
        }
        form = ApplyForm(obj=one, **facts, number=rules.shown_number(organisation.number))
    if request.method == "GET":
        form.days.data = [str(day.id) for day in queries.days_of_exhibitor(one.id)]
    return form


@blueprint.route("/organise/<slug>/exhibitors/<uuid:exhibitor_id>/remove", methods=["GET", "POST"])
def remove_exhibitor(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """The page says what goes with the place; its button takes the exhibitor off the fair."""
    person, fair = _fair(slug)
    one = queries.exhibitor_at(fair.id, exhibitor_id)
    form = ReasonForm()
    if form.validate_on_submit():
        moved = places.withdraw(one, person, reason=str(form.reason.data or ""), by_organiser=True)
        db.session.commit()
        moved_words = _decided_words({"moved": len(moved)}) if moved else ""
        web.say(f"{_('Taken off the fair.')} {moved_words}".strip())
        return web.go("employers.exhibitor", slug=slug, exhibitor_id=exhibitor_id)
    html = render_template(
        "employers/remove.html", page="exhibitors", exhibitor=one, hangs=places.hangs_on_place(one), form=form
    )
    return (html, 422) if form.is_submitted() else html
