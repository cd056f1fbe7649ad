"""Taking in lists: a file is looked through first, then taken in by a second, conscious act."""

from collections.abc import Callable
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.employers import names, queries
from bazaar.employers.actions import imports, uploads
from bazaar.employers.actions.imports import Taken
from bazaar.employers.forms import ConfirmForm, UploadForm
from bazaar.employers.views.blueprint import Page, blueprint
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organised_fair
from bazaar.people.asking import signed_in
from bazaar.people.models import Person
from bazaar.sheets import looked_through

Import = Callable[..., Taken]
SHOWN = 200


@blueprint.route("/organise/<slug>/import/exhibitors", methods=["GET", "POST"])
def import_exhibitors(slug: str) -> Page:
    return _import(slug, "exhibitors", imports.import_exhibitors)


@blueprint.route("/organise/<slug>/import/vacancies", methods=["GET", "POST"])
def import_vacancies(slug: str) -> Page:
    return _import(slug, "vacancies", imports.import_vacancies)


def _import(slug: str, kind: str, run: Import) -> Page:
    person = signed_in()
    g.fair = fair = organised_fair(person, slug, to_change=True)
    if request.method == "POST" and request.form.get("token"):
        return _confirm(fair, kind, run, person)
    form = UploadForm()
    if not form.validate_on_submit():
        html = _upload_page(form, kind)
        return (html, 422) if form.is_submitted() else html
    return _preview(fair, kind, run, person, form)


def _upload_page(form: UploadForm, kind: str) -> str:
    columns = imports.EXHIBITORS if kind == "exhibitors" else imports.VACANCIES
    return render_template("employers/import.html", page="exhibitors", form=form, kind=kind, columns=columns)


def _preview(fair: Fair, kind: str, run: Import, person: Person, form: UploadForm) -> Page:
    """What the file would do. It is kept for an hour under a secret that only this page knows."""
    file: Any = form.file.data
    content = file.read()
    try:
        taken = looked_through(lambda: run(fair, content, by=person, keep_good=True, dry_run=True))
    except Refused as error:
        form.file.errors = [_("This file cannot be taken in: %(reason)s.", reason=error.reason)]
        return _upload_page(form, kind), 422
    token = uploads.keep(fair, person, kind, file.filename, content)
    db.session.commit()
    return _taken_page(taken, kind, token, file.filename)


def _taken_page(taken: Taken, kind: str, token: str | None, name: str) -> str:
    shown = [one for one in taken.lines if one.state != "unchanged"]
    return render_template(
        "employers/import_preview.html",
        page="exhibitors",
        kind=kind,
        name=name,
        outcome=taken.outcome,
        refused=[
            (row.number, taken.headers.get(row.column, row.column), row.reason)
            for row in taken.outcome.refused
        ],
        unknown=taken.unknown,
        lines=shown[:SHOWN],
        facts=names.FACTS,
        more=max(0, len(shown) - SHOWN),
        token=token,
    )


def _confirm(fair: Fair, kind: str, run: Import, person: Person) -> Page:
    form = ConfirmForm()
    upload = queries.upload_with(fair.id, kind, str(form.token.data or ""))
    if not form.validate() or upload is None or upload.person_id != person.id:
        raise Refused(
            _("The file is no longer kept: choose it again. Nothing was stored."),
            [(_("Choose the file"), request.path)],
        )
    taken = run(fair, upload.content, by=person, keep_good=form.keep_good.data == "yes")
    name = upload.name
    if not taken.outcome.stored:  # something changed since the file was looked through
        return _taken_page(taken, kind, str(form.token.data), name), 409
    uploads.forget(upload)
    db.session.commit()
    web.say(
        _("%(name)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s left out.",
          name=name, new=taken.outcome.new, changed=taken.outcome.changed, unchanged=taken.outcome.unchanged,
          refused=len(taken.outcome.refused))
    )  # fmt: skip
    return web.go("employers.exhibitors", slug=fair.slug)
