"""An exhibitor's vacancies."""

import uuid

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.employers import names, queries
from bazaar.employers.actions import vacancies as actions
from bazaar.employers.forms import VacancyForm
from bazaar.employers.models import Exhibitor, Vacancy
from bazaar.employers.rules import missing_facts
from bazaar.employers.views.blueprint import Page, blueprint
from bazaar.occupations import queries as occupations
from bazaar.people.asking import signed_in


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/vacancies")
def vacancies(slug: str, exhibitor_id: uuid.UUID) -> Page:
    exhibitor = _exhibitor(slug, exhibitor_id)
    rows = queries.vacancies_of(exhibitor.id)
    groups = occupations.groups(row.group_code for row in rows if row.group_code)
    return render_template(
        "employers/vacancies.html",
        page="vacancies",
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        rows=rows,
        missing={row.id: [names.FACTS[fact] for fact in missing_facts(row)] for row in rows},
        occupations={code: occupations.name_of(group) for code, group in groups.items()},
        statuses=names.VACANCY_STATUSES,
        pay=names.pay,
        swedish=names.SWEDISH,
    )


@blueprint.route("/exhibit/<slug>/<uuid:exhibitor_id>/vacancies/new", methods=["GET", "POST"])
def new_vacancy(slug: str, exhibitor_id: uuid.UUID) -> Page:
    return _edit(_exhibitor(slug, exhibitor_id), None)


@blueprint.route("/exhibit/<slug>/<uuid:exhibitor_id>/vacancies/<uuid:vacancy_id>", methods=["GET", "POST"])
def vacancy(slug: str, exhibitor_id: uuid.UUID, vacancy_id: uuid.UUID) -> Page:
    exhibitor = _exhibitor(slug, exhibitor_id)
    return _edit(exhibitor, queries.vacancy_of(exhibitor.id, vacancy_id))


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/vacancies/<uuid:vacancy_id>/publish")
def publish(slug: str, exhibitor_id: uuid.UUID, vacancy_id: uuid.UUID) -> Page:
    exhibitor = _exhibitor(slug, exhibitor_id)
    actions.publish_vacancy(queries.vacancy_of(exhibitor.id, vacancy_id), signed_in())
    db.session.commit()
    web.say(_("Published. Jobseekers see it now."))
    return web.go("employers.vacancies", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/vacancies/<uuid:vacancy_id>/withdraw")
def withdraw_vacancy(slug: str, exhibitor_id: uuid.UUID, vacancy_id: uuid.UUID) -> Page:
    exhibitor = _exhibitor(slug, exhibitor_id)
    one = queries.vacancy_of(exhibitor.id, vacancy_id)
    was_published = one.status == "published"
    actions.withdraw_vacancy(one, signed_in())
    db.session.commit()
    words = _("Withdrawn. Jobseekers no longer see it.")
    if was_published:
        undo = url_for("employers.publish", slug=slug, exhibitor_id=exhibitor_id, vacancy_id=vacancy_id)
        web.say_with_undo(words, undo)
    else:
        web.say(words)
    return web.go("employers.vacancies", slug=slug, exhibitor_id=exhibitor_id)


def _exhibitor(slug: str, exhibitor_id: uuid.UUID) -> Exhibitor:
    exhibitor = queries.exhibited(signed_in(), slug, exhibitor_id, to_change=request.method == "POST")
    g.fair = exhibitor.fair
    return exhibitor


def _edit(exhibitor: Exhibitor, one: Vacancy | None) -> Page:
    form = VacancyForm(obj=one).with_occupations(_choices())
    if one is not None and request.method == "GET":
        form.fill(one)
    publish = "publish" in request.form
    here = url_for("employers.vacancies", slug=exhibitor.fair.slug, exhibitor_id=exhibitor.id)
    if form.validate_on_submit():
        missing = missing_facts(_Said(form.facts())) if publish else []
        if not missing:
            saved = actions.write(exhibitor, one, form.facts(), signed_in(), publish=publish)
            db.session.commit()
            web.say(_saved_words(saved))
            return redirect(here, 303)
        form.name_missing(missing)
    html = render_template(
        "employers/vacancy.html",
        page="vacancies",
        form=form,
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        vacancy=one,
        missing=[names.FACTS[fact] for fact in missing_facts(one)] if one else [],
    )
    return (html, 422) if form.is_submitted() else html


class _Said:
    """Typed facts, read as a row is."""

    def __init__(self, facts: dict[str, object]) -> None:
        self.__dict__.update(facts)


def _saved_words(saved: Vacancy) -> str:
    if saved.status == "published":
        return _("Saved. Jobseekers see it.")
    missing = ", ".join(str(names.FACTS[fact]) for fact in missing_facts(saved))
    if missing:
        return _("Saved as a draft. Still missing: %(facts)s.", facts=missing)
    return _("Saved as a draft. Publish it when you like.")


def _choices() -> dict[str, list[tuple[str, str]]]:
    by_field: dict[str, list[tuple[str, str]]] = {}
    fields = {field.code: occupations.name_of(field) for field in occupations.fields()}
    for group in occupations.all_groups():
        by_field.setdefault(fields[group.field_code], []).append((group.code, occupations.name_of(group)))
    return by_field
