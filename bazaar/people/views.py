"""Signing in and out, where one is signed in, and one's own name, language and addresses."""

import uuid

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bazaar import i18n, web
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.people import actions, asking, queries
from bazaar.people.forms import AddressForm, CodeForm, SettingsForm, SignInForm, WhoForm
from bazaar.people.models import Code, SignIn
from bazaar.people.rules import MOST_ADDRESSES, address_words, kind_of

blueprint = Blueprint("people", __name__)
blueprint.before_app_request(asking.find_out)

HOME = "/me/"
NEW_ADDRESS = "address_codes"
SOMEONE_NEW = "new"


def _onward(asked: str | None) -> str:
    """Where to go after signing in: only to a page of ours."""
    return asked if asked and asked.startswith("/") and web.is_ours(asked) else HOME


def _go_on(address: str) -> AnyResponse:
    return redirect(_onward(address), 303)


# --- Signing in ---------------------------------------------------------------------------------


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse | tuple[str, int] | str:
    """An address is asked for; the answer is the same whether anybody has it or not."""
    onward = _onward(request.values.get("next"))
    if asking.who() is not None and request.method == "GET":
        return _go_on(onward)
    form = SignInForm(next=onward)
    if not form.is_submitted():
        return render_template("people/sign_in.html", form=form)
    if not form.validate():
        return render_template("people/sign_in.html", form=form), 422
    code = actions.send_code(
        form.read.address, language=i18n.language_now(), network=asking.network(), go_to=onward
    )
    asking.let_go()
    asking.hold(code)
    db.session.commit()
    return web.go("people.code")


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def code() -> AnyResponse | tuple[str, int] | str:
    """The six digits are asked for in the browser that wanted them."""
    asked_for = _asked_for()
    if asked_for is None:
        return web.go("people.sign_in")
    form = CodeForm()
    if not form.is_submitted():
        return _code_page(form, asked_for)
    if not form.validate():
        return _code_page(form, asked_for), 422
    checked = actions.check_code(asking.held(), form.code.data or "", network=asking.network())
    if checked.code is None:
        db.session.commit()
        form.code.errors = [checked.problem]
        return _code_page(form, asked_for), 422
    return _let_in(checked.code)


def _asked_for() -> Code | None:
    """The code this browser asked for last."""
    return next(iter(queries.codes_of(asking.held())), None)


def _code_page(form: CodeForm, asked_for: Code) -> str:
    return render_template(
        "people/code.html",
        form=form,
        address=address_words(asked_for.address),
        kind=kind_of(asked_for.address),
        back_url=url_for("people.sign_in", next=asked_for.go_to),
    )


@blueprint.post("/sign-in/again")
def send_again() -> AnyResponse:
    """One more code to the same address."""
    asked_for = _asked_for()
    if asked_for is None:
        return web.go("people.sign_in")
    if asked_for.for_new and kind_of(asked_for.address) == "phone":
        return _go_on(asked_for.go_to)  # its registration sends it, by the rules of its fair
    code = actions.send_code(
        asked_for.address,
        language=i18n.language_now(),
        network=asking.network(),
        go_to=asked_for.go_to,
        for_new=asked_for.for_new,
    )
    asking.hold(code)
    db.session.commit()
    web.say(_("A new code is on its way."))
    return web.go("people.code")


@blueprint.get("/sign-in/link/<token>")
def link(token: str) -> Response | str:
    """The link of a letter: opening it changes nothing, because mail scanners do; its button signs in."""
    if queries.link_of(token) is None:
        return _gone(_("This link is used or too old."))
    return render_template("people/link.html")


@blueprint.post("/sign-in/link/<token>")
def use_link(token: str) -> AnyResponse:
    checked = actions.use_link(token, network=asking.network())
    if checked.code is None:
        db.session.commit()
        return _gone(checked.problem)
    return _let_in(checked.code)


def _gone(problem: str) -> Response:
    way_on = [(_("Ask for a new code"), url_for("people.sign_in")), (_("Start page"), "/")]
    return web.error_page(410, _("This link does not work any more"), problem, way_on)


def _let_in(code: Code) -> AnyResponse:
    sign_in = asking.open_session(code)
    db.session.commit()
    if sign_in.person_id is None:
        return web.go("people.choose", next=code.go_to)
    return _go_on(code.go_to)


@blueprint.route("/sign-in/who", methods=["GET", "POST"])
def choose() -> AnyResponse | tuple[str, int] | str:
    """A family shares an address: who is it?"""
    onward = _onward(request.args.get("next"))
    sign_in = asking.this_sign_in()
    if sign_in is None:
        return web.go("people.sign_in", next=onward)
    people = queries.people_at(sign_in.address or "")
    if sign_in.person_id is not None or not people:
        return _go_on(onward)
    form = WhoForm()
    form.who.choices = [(str(person.id), person.name) for person in people]
    if sign_in.for_new:
        form.who.choices.append((SOMEONE_NEW, _("Someone new")))
    if not form.is_submitted():
        return render_template("people/who.html", form=form)
    if not form.validate():
        return render_template("people/who.html", form=form), 422
    if form.who.data != SOMEONE_NEW:
        actions.become(sign_in, uuid.UUID(form.who.data))
        db.session.commit()
    return _go_on(onward)


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    asking.close_session()
    db.session.commit()
    web.say(_("You are signed out."))
    return redirect("/", 303)


# --- Where one is signed in ---------------------------------------------------------------------


@blueprint.get("/me/sessions")
def sessions() -> str:
    person = asking.signed_in()
    open_ = queries.open_sign_ins(person)
    return render_template("people/sessions.html", sessions=open_, this=_this().id)


def _this() -> SignIn:
    sign_in = asking.this_sign_in()
    if sign_in is None:
        raise NotFound
    return sign_in


@blueprint.post("/me/sessions/<uuid:sign_in_id>/end")
def end_session(sign_in_id: uuid.UUID) -> AnyResponse:
    ended = queries.own_sign_in(asking.signed_in(), sign_in_id)
    if ended.id == _this().id:
        return sign_out()
    actions.end_session(ended)
    db.session.commit()
    web.say(_("That browser is signed out."))
    return web.go("people.sessions")


@blueprint.post("/me/sessions/end-others")
def end_other_sessions() -> AnyResponse:
    actions.end_other_sessions(asking.signed_in(), _this())
    db.session.commit()
    web.say(_("You are signed in here only."))
    return web.go("people.sessions")


# --- One's own settings -------------------------------------------------------------------------


@blueprint.route("/me/settings", methods=["GET", "POST"])
def settings() -> AnyResponse | tuple[str, int] | str:
    person = asking.signed_in()
    form = SettingsForm(name=person.name, language=person.language)
    form.language.choices = [(language.tag, language.autonym) for language in i18n.offered()]
    if not form.is_submitted():
        return _settings_page(form)
    if not form.validate():
        return _settings_page(form), 422
    actions.change_self(person, form.name.data or "", form.language.data)
    db.session.commit()
    web.say(_("Saved."))
    # The address says the language once more, so that this browser's own choice follows.
    return web.go("people.settings", lang=form.language.data)


def _settings_page(form: SettingsForm) -> str:
    contacts = queries.contacts_of(asking.signed_in().id)
    return render_template(
        "people/settings.html",
        form=form,
        contacts=[(contact, address_words(contact.address)) for contact in contacts],
        room=len(contacts) < MOST_ADDRESSES,
    )


@blueprint.route("/me/settings/address", methods=["GET", "POST"])
def new_address() -> AnyResponse | tuple[str, int] | str:
    """A new address; a code proves that it is this person's."""
    person = asking.signed_in()
    form = AddressForm()
    if not form.is_submitted():
        return render_template("people/new_address.html", form=form)
    if not form.validate():
        return render_template("people/new_address.html", form=form), 422
    code = actions.send_address_code(
        person, form.read.address, language=i18n.language_now(), network=asking.network()
    )
    asking.let_go(NEW_ADDRESS)
    asking.hold(code, NEW_ADDRESS)
    db.session.commit()
    return web.go("people.prove_address")


@blueprint.route("/me/settings/address/code", methods=["GET", "POST"])
def prove_address() -> AnyResponse | tuple[str, int] | str:
    person = asking.signed_in()
    asked_for = next(iter(queries.codes_of(asking.held(NEW_ADDRESS))), None)
    if asked_for is None or asked_for.person_id != person.id:
        return web.go("people.new_address")
    form = CodeForm()
    words = address_words(asked_for.address)
    if not form.is_submitted():
        return render_template("people/prove_address.html", form=form, address=words)
    if form.validate():
        checked = actions.check_code(
            asking.held(NEW_ADDRESS), form.code.data or "", network=asking.network(), purpose="address"
        )
        if checked.code is not None:
            actions.add_address(person, checked.code)
            asking.let_go(NEW_ADDRESS)
            db.session.commit()
            web.say(_("You can now sign in with %(address)s too.", address=words))
            return web.go("people.settings")
        db.session.commit()
        form.code.errors = [checked.problem]
    return render_template("people/prove_address.html", form=form, address=words), 422


@blueprint.get("/me/settings/address/<uuid:contact_id>/remove")
def ask_to_remove(contact_id: uuid.UUID) -> str:
    """Asked plainly first: without a new code it cannot be undone."""
    contact = queries.own_contact(asking.signed_in(), contact_id)
    return render_template("people/remove_address.html", address=address_words(contact.address))


@blueprint.post("/me/settings/address/<uuid:contact_id>/remove")
def remove_address(contact_id: uuid.UUID) -> AnyResponse:
    person = asking.signed_in()
    contact = queries.own_contact(person, contact_id)
    words = address_words(contact.address)
    actions.remove_address(person, contact)
    db.session.commit()
    web.say(_("%(address)s is removed.", address=words))
    return web.go("people.settings")
