"""Badges on paper and screen, and what whoever finds one sees."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, Response, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import sheets, web
from bazaar.badges import actions, queries
from bazaar.badges.forms import PrintForm
from bazaar.badges.printing import pdf_of
from bazaar.badges.rules import Card
from bazaar.db import db
from bazaar.employers.queries import exhibited
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organised_fair, role_at, staffed_fair
from bazaar.jobseekers.queries import my_registration
from bazaar.people.asking import signed_in, who

blueprint = Blueprint("badges", __name__)


@blueprint.get("/b/<code>")
@blueprint.get("/B/<code>", endpoint="visit_in_capitals")
def visit(code: str) -> AnyResponse | str:
    """One's own badge leads to one's own page; every other code, real or not, to one and the same page."""
    slug = queries.own_fair(who(), code)
    if slug is not None:
        return redirect(f"/me/{slug}/", 303)
    return render_template("badges/visit.html", language_url=None)


@blueprint.get("/me/<slug>/badge.pdf")
def mine_pdf(slug: str) -> Response:
    registration = my_registration(signed_in(), slug)
    card = queries.own_card(registration)
    if card is None:
        raise NotFound
    return _download(
        bytes(pdf_of(queries.printed_fair(registration.fair, 1), [card], "a6")), f"badge-{slug}.pdf"
    )


# --- Organisers print -----------------------------------------------------------------------


@blueprint.get("/organise/<slug>/badges")
def print(slug: str) -> str:  # noqa: A001 - what organisers do here
    person = signed_in()
    fair = g.fair = organised_fair(person, slug)
    return _print_page(fair, PrintForm(), may_change=role_at(person, fair.id) != "viewer")


@blueprint.post("/organise/<slug>/badges")
def print_them(slug: str) -> AnyResponse | tuple[str, int]:
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    form = PrintForm()
    if not form.validate():
        return _print_page(fair, form), 422
    actions.make_missing(fair, person.id)
    cards = queries.cards_of(fair, form.who.data, new_only=form.new_only.data)
    if not cards:
        form.form_errors.append(
            _("Nobody is left to print a badge for. Choose others, or print all of them again.")
        )
        return _print_page(fair, form), 422
    as_csv = "csv" in request.form
    printed = queries.printed_fair(fair, len(cards))
    actions.keep_printed(fair, cards, "csv" if as_csv else form.layout.data, person.id)
    db.session.commit()  # before the drawing, which takes its time
    if as_csv:
        return _csv(cards, f"badges-{slug}.csv")
    return _download(bytes(pdf_of(printed, cards, form.layout.data)), f"badges-{slug}-{form.layout.data}.pdf")


def _print_page(fair: Fair, form: PrintForm, *, may_change: bool = True) -> str:
    return render_template(
        "badges/print.html", form=form, counts=queries.counts_of(fair.id), may_change=may_change
    )


def _csv(cards: Sequence[Card], name: str) -> Response:
    header = [_("Registration"), _("Name"), _("Code")]
    rows = ([card.registration, card.name, card.code] for card in cards)
    response = Response(sheets.csv_download(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _download(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- Representatives and staff ----------------------------------------------------------------


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/badge")
def representative(slug: str, exhibitor_id: uuid.UUID) -> str:
    exhibitor = exhibited(signed_in(), slug, exhibitor_id)
    return _own_page(exhibitor.fair, "representative", exhibitor.organisation.name)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/badge")
def make_representative(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    if exhibitor.status != "approved":
        raise NotFound
    actions.make_own(exhibitor.fair, person.id, "representative")
    db.session.commit()
    return web.go("badges.representative", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.get("/desk/<slug>/badge")
def staff(slug: str) -> str:
    return _own_page(staffed_fair(signed_in(), slug), "staff", _("Staff"))


@blueprint.post("/desk/<slug>/badge")
def make_staff(slug: str) -> AnyResponse:
    person = signed_in()
    actions.make_own(staffed_fair(person, slug), person.id, "staff")
    db.session.commit()
    return web.go("badges.staff", slug=slug)


def _own_page(fair: Fair, kind: str, line: str) -> str:
    person = signed_in()
    g.fair = fair
    code = queries.badge_code(fair.id, person.id, kind)
    badge = queries.shown(person.name, code, line) if code else None
    return render_template("badges/own.html", badge=badge)
