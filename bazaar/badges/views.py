"""Badges on paper and screen, and what whoever finds one sees."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from flask import Blueprint, Response, g, redirect, render_template, request, stream_with_context
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import sheets, web
from bazaar.badges import actions, printing, queries
from bazaar.badges.cards import cards_of, chosen, own_card, printed_fair
from bazaar.badges.forms import PrintForm
from bazaar.badges.rules import Card
from bazaar.db import begin_reading, db
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
    card = own_card(registration)
    if card is None:
        raise NotFound
    return _as_pdf(registration.fair, [card], 1, "a6", f"badge-{slug}.pdf")


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
    them = chosen(fair, form.who.data, new_only=form.new_only.data)
    if not them:
        form.form_errors.append(
            _("Nobody is left to print a badge for. Choose others, or print all of them again.")
        )
        return _print_page(fair, form), 422
    as_csv = "csv" in request.form
    actions.keep_printed(fair, them, "csv" if as_csv else form.layout.data, person.id)
    db.session.commit()
    begin_reading()  # the drawing takes its time: nobody waits for it
    cards = cards_of(fair, them)
    if as_csv:
        return _csv(cards, f"badges-{slug}.csv")
    layout = form.layout.data
    return _as_pdf(fair, cards, len(them), layout, f"badges-{slug}-{layout}.pdf")


def _print_page(fair: Fair, form: PrintForm, *, may_change: bool = True) -> str:
    return render_template(
        "badges/print.html", form=form, counts=queries.counts_of(fair.id), may_change=may_change
    )


def _csv(cards: Iterable[Card], name: str) -> Response:
    header = [_("Registration"), _("Name"), _("Code")]
    rows = ([card.registration, card.name, card.code] for card in cards)
    response = Response(stream_with_context(sheets.csv_download(header, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_pdf(fair: Fair, cards: Iterable[Card], how_many: int, layout: str, name: str) -> Response:
    """Through a file without a name: thousands of badges are never held in memory."""
    with ExitStack() as opened:
        file = opened.enter_context(TemporaryFile())
        printing.write(file, printed_fair(fair, how_many), cards, layout)
        size = file.tell()
        file.seek(0)
        opened.pop_all()
    response = Response(_in_parts(file), mimetype="application/pdf")
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _in_parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(65_536):
            yield part


# --- Representatives and staff ----------------------------------------------------------------


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/badge")
def representative(slug: str, exhibitor_id: uuid.UUID) -> str:
    exhibitor = exhibited(signed_in(), slug, exhibitor_id)
    return _own_page(exhibitor.fair, "representative", exhibitor.organisation.name)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/badge")
def make_representative(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id, to_change=True)
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
