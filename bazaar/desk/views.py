"""The desk: registering walk-ins, finding people by code or name, and putting double registrations together."""

import uuid
from io import BytesIO

from flask import Blueprint, Response, g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock, i18n, web
from bazaar.badges import printing
from bazaar.badges.cards import own_card, printed_fair
from bazaar.badges.queries import shown_badge
from bazaar.db import db
from bazaar.desk import actions, queries
from bazaar.desk.forms import FindForm, WalkInForm
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, is_supervisor, staffed_fair
from bazaar.jobseekers import actions as jobseekers
from bazaar.jobseekers import words
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import needs_of, pairs_told_apart, perhaps_twice, registration_at, twins_of
from bazaar.occupations.queries import fields, name_of
from bazaar.people.asking import signed_in

blueprint = Blueprint("desk", __name__)
Html = str | tuple[str, int]


def _staffed(slug: str) -> Fair:
    fair = g.fair = staffed_fair(signed_in(), slug)
    return fair


def _one(slug: str, registration_id: uuid.UUID) -> Registration:
    return registration_at(_staffed(slug), registration_id)


# --- Finding people ---------------------------------------------------------------------------------


@blueprint.route("/desk/<slug>/", methods=["GET", "POST"])
def index(slug: str) -> Html | AnyResponse:
    """Find somebody by the code of a badge; supervisors also by name. What is typed stands in no address."""
    fair = _staffed(slug)
    supervises = is_supervisor(signed_in(), fair.id)
    form, found = FindForm(), queries.Found(looked=False, people=[])
    if form.is_submitted() and form.validate() and form.text.data:
        registration = queries.found_by_code(fair, form.text.data)
        if registration is not None:
            return web.go("desk.person", slug=slug, registration_id=registration.id)
        people = queries.found_by_name(fair, form.text.data) if supervises else []
        found = queries.Found(looked=True, people=people)
    html = render_template("desk/index.html", form=form, found=found, supervises=supervises, words=words)
    return (html, 422) if form.errors else html


@blueprint.get("/desk/<slug>/person/<uuid:registration_id>")
def person(slug: str, registration_id: uuid.UUID) -> str:
    """One person as the desk needs them: the badge, when they came, what they need."""
    registration = _one(slug, registration_id)
    return render_template(
        "desk/person.html",
        registration=registration,
        badge=shown_badge(registration) if registration.status == "registered" else None,
        came_at=queries.came_at(registration),
        needs=words.needs_words(needs_of(registration)),
        twins=twins_of(registration),
        words=words,
    )


@blueprint.get("/desk/<slug>/person/<uuid:registration_id>/badge.pdf")
def badge(slug: str, registration_id: uuid.UUID) -> Response:
    """The badge to print, for somebody without a phone."""
    registration = _one(slug, registration_id)
    card = own_card(registration)
    if card is None:
        raise NotFound
    layout = request.args.get("layout", "label")
    if layout not in ("label", "a6"):
        raise NotFound
    pdf = BytesIO()
    printing.write(pdf, printed_fair(registration.fair, 1), [card], layout)
    response = Response(pdf.getvalue(), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="badge.pdf"'
    return response


@blueprint.post("/desk/<slug>/person/<uuid:registration_id>/new-badge")
def new_badge(slug: str, registration_id: uuid.UUID) -> AnyResponse:
    registration = _one(slug, registration_id)
    if registration.status != "registered":
        raise Refused(_("Only somebody who is registered has a badge."))
    jobseekers.replace_badge(registration, signed_in().id)
    db.session.commit()
    web.say(_("There is a new code. The old badge does not work any more."))
    return web.go("desk.person", slug=slug, registration_id=registration_id)


# --- Walk-ins -----------------------------------------------------------------------------------------


@blueprint.route("/desk/<slug>/walk-in", methods=["GET", "POST"])
def walk_in(slug: str) -> Html | AnyResponse:
    """A whole registration in one screen; the badge is there at once."""
    fair = _staffed(slug)
    form, alike = _walk_in_form(fair), []
    if form.is_submitted() and form.validate():
        address = form.read.address if form.read else None
        if "anyway" not in request.form:
            alike = queries.already_here(fair, form.name.data or "", address)
        if not alike:
            registration = actions.walk_in(fair, _said(fair, form, address), signed_in().id)
            onward = web.go("desk.person", slug=slug, registration_id=registration.id)
            db.session.commit()
            web.say(_("Registered. Show or print the badge."))
            return onward
    icons = [(field.code, name_of(field)) for field in fields()]
    html = render_template("desk/walk_in.html", form=form, alike=alike, fields=icons, words=words)
    return (html, 422) if form.errors or alike else html


def _walk_in_form(fair: Fair) -> WalkInForm:
    days = days_of(fair.id)
    today = i18n.local(clock.now(), fair).date()
    usual = next((str(day.id) for day in days if day.date >= today), None)
    form = WalkInForm(language=i18n.language_now(), day=usual)
    return form.with_choices(
        [(field.code, name_of(field)) for field in fields()],
        [(str(day.id), i18n.day_words(day.date)) for day in days],
    )


def _said(fair: Fair, form: WalkInForm, address: str | None) -> actions.WalkIn:
    return actions.WalkIn(
        name=form.name.data or "",
        address=address,
        language=form.language.data,
        fields=form.fields.data or [],
        swedish=form.swedish.data or "",
        day_id=uuid.UUID(form.day.data) if form.day.data else None,
        notice=jobseekers.Notice(fair.privacy_version, i18n.language_now()),
    )


# --- The same person twice ----------------------------------------------------------------------------


@blueprint.get("/desk/<slug>/twice")
def twice(slug: str) -> str:
    """Pairs that look like one person, and those that the desk has told apart."""
    fair = _staffed(slug)
    return render_template(
        "desk/twice.html", pairs=perhaps_twice(fair), apart=pairs_told_apart(fair), words=words
    )


@blueprint.route("/desk/<slug>/same/<uuid:one>/<uuid:other>", methods=["GET", "POST"])
def same_person(slug: str, one: uuid.UUID, other: uuid.UUID) -> str | AnyResponse:
    """Both side by side; the first is kept. Joining cannot be undone, so the page asks plainly."""
    fair = _staffed(slug)
    kept, gone = registration_at(fair, one), registration_at(fair, other)
    if kept.id == gone.id or {kept.status, gone.status} & {"joined", "cancelled"}:
        raise Refused(
            _("One of the two has been joined or cancelled already."),
            [(_("Desk"), url_for("desk.index", slug=slug))],
        )
    if gone.id not in {twin.id for twin in twins_of(kept)}:
        raise NotFound  # joining hands over addresses and sign-ins: only who may be one person can be joined
    if request.method == "POST":
        return _join(kept, gone)
    return render_template(
        "desk/same_person.html",
        kept=kept,
        gone=gone,
        sides=[queries.side_of(kept), queries.side_of(gone)],
        clashes=queries.clashes_between(kept, gone),
        words=words,
    )


@blueprint.post("/desk/<slug>/same/<uuid:one>/<uuid:other>/perhaps")
def perhaps_same(slug: str, one: uuid.UUID, other: uuid.UUID) -> AnyResponse:
    """They were told apart by mistake: the pair is looked at again."""
    fair = _staffed(slug)
    jobseekers.look_again(registration_at(fair, one), registration_at(fair, other), signed_in().id)
    db.session.commit()
    web.say(_("The pair is back among those to look at."))
    return web.go("desk.twice", slug=slug)


def _join(kept: Registration, gone: Registration) -> AnyResponse:
    slug, person_id = kept.fair.slug, signed_in().id
    if "different" in request.form:
        jobseekers.tell_apart(kept, gone, person_id)
        onward, said = web.go("desk.twice", slug=slug), _("They are two people.")
    else:
        keep_theirs = {
            clash.theirs.id for clash in queries.clashes_between(kept, gone) if _chose_theirs(clash)
        }
        actions.join(kept, gone, keep_theirs, person_id)
        onward = web.go("desk.person", slug=slug, registration_id=kept.id)
        said = _("Joined. Both badges work, and all meetings and scans are kept.")
    db.session.commit()
    web.say(said)
    return onward


def _chose_theirs(clash: queries.Clash) -> bool:
    return request.form.get(f"clash-{clash.theirs.id}") == "theirs"
