"""The organisers' list of jobseekers, one person's page, and lists in and out."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, partial
from typing import Any

from flask import Response, g, render_template, request, session, stream_with_context, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import i18n, web
from bazaar.db import begin_reading, db
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, organised_fair, owned_fair, role_at
from bazaar.jobseekers import actions, forms, imports, queries, rules, words
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import Filters
from bazaar.jobseekers.views.blueprint import blueprint
from bazaar.jobseekers.views.profile import day_choices
from bazaar.occupations.queries import fields, name_of
from bazaar.people.asking import signed_in
from bazaar.people.queries import contacts_of
from bazaar.people.rules import address_words
from bazaar.sheets import Outcome, csv_download, looked_through

Html = str | tuple[str, int]
SEARCHED = "jobseekers_searched"
STATUSES = ("registered", "started", "cancelled")
EXPORT_PAGE = 1000


def _organised(slug: str, *, to_change: bool = False) -> Fair:
    fair = g.fair = organised_fair(signed_in(), slug, to_change=to_change)
    return fair


def _may_change(fair: Fair) -> bool:
    return role_at(signed_in(), fair.id) != "viewer"


# --- The list -----------------------------------------------------------------------------------------


@blueprint.get("/organise/<slug>/jobseekers", endpoint="list")
def jobseekers(slug: str) -> str:
    fair = _organised(slug)
    filters = _filters(fair)
    shown = queries.page_of(
        fair,
        filters,
        after=_id("after"),
        before=_id("before"),
        last="last" in request.args,
    )
    return render_template(
        "jobseekers/list.html",
        shown=shown,
        filters=filters,
        link=lambda **changes: _link(fair, filters, **changes),
        fields=[(field.code, name_of(field)) for field in fields()],
        days={day.id: i18n.short_day(day.date) for day in days_of(fair.id)},
        statuses=[(status, words.status_words(status)) for status in STATUSES],
        words=words,
        # Fifty lines say the same few things over and over: each is put in words once.
        swedish=cache(words.swedish_short),
        language=cache(i18n.language_name),
        moment=_moments(fair),
        may_change=_may_change(fair),
    )


def _moments(fair: Fair) -> Callable[[datetime | None], str]:
    short_day = cache(i18n.short_day)

    def words_of(moment: datetime | None) -> str:
        if moment is None:
            return "–"
        there = i18n.local(moment, fair)
        return f"{short_day(there.date())} {there:%H:%M}"

    return words_of


def _filters(fair: Fair) -> Filters:
    asked = request.args
    searched = session.get(SEARCHED) or {}
    return Filters(
        status=asked["status"] if asked.get("status") in STATUSES else "registered",
        text=searched.get(fair.slug, "") if "found" in asked else "",
        field_code=asked.get("field", ""),
        day_id=_id("day"),
        source=asked.get("source", ""),
        language=asked.get("language", ""),
    )


def _id(name: str) -> uuid.UUID | None:
    asked = request.args.get(name)
    try:
        return uuid.UUID(asked) if asked else None
    except ValueError:
        raise NotFound from None


def _link(fair: Fair, filters: Filters, **changes: Any) -> str:
    """The list with these filters and some of them changed. What was searched for never stands in it."""
    now: dict[str, Any] = {
        "status": filters.status if filters.status != "registered" else None,
        "field": filters.field_code or None,
        "day": filters.day_id,
        "source": filters.source or None,
        "language": filters.language or None,
        "found": "yes" if filters.text else None,
    }
    return url_for("jobseekers.list", slug=fair.slug, **{**now, **changes})


@blueprint.post("/organise/<slug>/jobseekers/search")
def search_list(slug: str) -> AnyResponse:
    """A name to search for travels in the form and the session, never in an address."""
    fair = _organised(slug)
    typed = forms.trimmed(request.form.get("text"))[:100]
    session[SEARCHED] = {**(session.get(SEARCHED) or {}), fair.slug: typed}
    kept = {key: value for key, value in request.form.items() if key in ("status", "field", "day") and value}
    return web.go("jobseekers.list", slug=slug, found="yes" if typed else None, **kept)


@blueprint.post("/organise/<slug>/jobseekers.csv")
def download(slug: str) -> Response:
    """Everybody who is registered, but those whose identity is protected. The journal keeps who took it."""
    fair = _organised(slug, to_change=True)
    actions.note_export(fair, signed_in().id)
    db.session.commit()
    begin_reading()  # a long answer must not keep others from writing
    fair = _organised(slug)
    days = {day.id: day.date.isoformat() for day in days_of(fair.id)}
    header = [
        _("Name"), _("Phone or e-mail"), _("Language"), _("Work"), _("Swedish"), _("Day"), _("Registered"), _("How"),
    ]  # fmt: skip
    rows = _export_rows(fair, days)
    response = Response(stream_with_context(csv_download(header, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{fair.slug}-jobseekers.csv"'
    return response


def _export_rows(fair: Fair, days: dict[uuid.UUID, str]) -> Iterator[list[Any]]:
    for page in queries.pages_of(fair, Filters(), EXPORT_PAGE):
        addresses = queries.first_contacts(line.id for line in page.lines)
        for line in page.lines:
            if not line.protected:
                yield [
                    line.name,
                    addresses.get(line.id, ""),
                    i18n.language_name(line.language),
                    "; ".join(work.words for work in line.work),
                    words.swedish_short(line.swedish),
                    days.get(line.day_id, "") if line.day_id else "",
                    line.registered_at,
                    words.source_words(line.source),
                ]


# --- One person ---------------------------------------------------------------------------------------


def _one(slug: str, registration_id: uuid.UUID, *, to_change: bool = False) -> Registration:
    return queries.registration_at(_organised(slug, to_change=to_change), registration_id)


def _sees_name(registration: Registration) -> bool:
    """A protected name is shown to owners alone."""
    return not registration.protected or role_at(signed_in(), registration.fair_id) == "owner"


@blueprint.get("/organise/<slug>/jobseekers/<uuid:registration_id>")
def person(slug: str, registration_id: uuid.UUID) -> str:
    registration = _one(slug, registration_id)
    sees_name = _sees_name(registration)
    code = queries.badge_of(registration)
    work = [one.words for one in queries.wanted_work(registration)]
    spoken = [words.spoken_name(one.tag) for one in queries.languages_of(registration)]
    return render_template(
        "jobseekers/person.html",
        registration=registration,
        sees_name=sees_name,
        contacts=[address_words(c.address) for c in contacts_of(registration.person_id)] if sees_name else [],
        code=rules.shown_code(code) if code else None,
        work=work or ([_("Does not know yet")] if registration.undecided else []),
        spoken=spoken,
        needs=words.needs_words(queries.needs_of(registration)),
        day=dict(day_choices(registration)).get(str(registration.arrival_day_id)),
        twins=queries.twins_of(registration),
        words=words,
        may_change=_may_change(registration.fair),
        owns=role_at(signed_in(), registration.fair_id) == "owner",
    )


@blueprint.route("/organise/<slug>/jobseekers/<uuid:registration_id>/change", methods=["GET", "POST"])
def change(slug: str, registration_id: uuid.UUID) -> Html | AnyResponse:
    """Name, language of letters, day and needs. The person is told."""
    registration = _one(slug, registration_id, to_change=True)
    if not _sees_name(registration):
        raise Refused(_("This person’s identity is protected. Only an owner of the fair can change it."))
    form = forms.ChangeForm(
        obj=queries.needs_of(registration),
        name=registration.name,
        language=registration.person.language,
        day=str(registration.arrival_day_id or ""),
    ).with_days(day_choices(registration))
    if form.is_submitted() and form.validate():
        actions.change_for_them(
            registration,
            form.name.data or "",
            form.language.data or registration.person.language,
            uuid.UUID(form.day.data) if form.day.data else None,
            form.needs(),
            signed_in().id,
        )
        db.session.commit()
        web.say(_("Saved. They have been told."))
        return web.go("jobseekers.person", slug=slug, registration_id=registration_id)
    html = render_template("jobseekers/change.html", registration=registration, form=form)
    return (html, 422) if form.errors else html


@blueprint.post("/organise/<slug>/jobseekers/<uuid:registration_id>/badge")
def new_badge(slug: str, registration_id: uuid.UUID) -> AnyResponse:
    """For a lost badge: a new code, the old one is void."""
    registration = _one(slug, registration_id, to_change=True)
    if registration.status != "registered":
        raise Refused(_("Only somebody who is registered has a badge."))
    actions.replace_badge(registration, signed_in().id)
    db.session.commit()
    web.say(_("There is a new code. The old badge does not work any more."))
    return web.go("jobseekers.person", slug=slug, registration_id=registration_id)


@blueprint.route("/organise/<slug>/jobseekers/<uuid:registration_id>/protect", methods=["GET", "POST"])
def protect(slug: str, registration_id: uuid.UUID) -> Html | AnyResponse:
    """An owner hides a name behind another, or ends it."""
    owner = signed_in()
    fair = g.fair = owned_fair(owner, slug)
    registration = queries.registration_at(fair, registration_id)
    form = forms.ProtectForm(alias=registration.alias)
    if form.is_submitted() and ("end" in request.form or form.validate()):
        actions.protect(registration, None if "end" in request.form else form.alias.data, owner.id)
        db.session.commit()
        web.say(_("Saved."))
        return web.go("jobseekers.person", slug=slug, registration_id=registration_id)
    html = render_template("jobseekers/protect.html", registration=registration, form=form)
    return (html, 422) if form.errors else html


# --- People from a list -------------------------------------------------------------------------------


@blueprint.route("/organise/<slug>/import/jobseekers", methods=["GET", "POST"])
def import_jobseekers(slug: str) -> Html | AnyResponse:
    """First a preview that names every bad row; then, if wanted, the list is taken in."""
    fair = _organised(slug, to_change=True)
    form = forms.FileForm()
    taken = None
    if form.is_submitted() and form.validate():
        take_in = partial(
            imports.import_jobseekers, fair, form.content, by=signed_in(), keep_good=form.keep_good.data
        )
        try:
            taken = take_in() if "store" in request.form else looked_through(partial(take_in, dry_run=True))
        except Refused as refused:
            form.file.errors = [refused.reason]
        else:
            if taken.outcome.stored:
                return _stored(slug, taken.outcome)
            db.session.rollback()
            _organised(slug, to_change=True)
    html = render_template("jobseekers/import.html", form=form, taken=taken, columns=imports.COLUMNS)
    return (html, 422) if form.errors or (taken and taken.outcome.refused) else html


def _stored(slug: str, outcome: Outcome) -> AnyResponse:
    db.session.commit()
    counts = {"new": outcome.new, "changed": outcome.changed, "refused": len(outcome.refused)}
    web.say(_("%(new)d new, %(changed)d changed, %(refused)d refused.", **counts))
    return web.go("jobseekers.list", slug=slug)
