"""Registering: one question a page. Before the code the browser's own session keeps what was typed; after it,
a started registration does. The address of the registration always leads to the first open question."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, i18n, web
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, Phase
from bazaar.fairs.queries import is_open, phase_of, public_fair
from bazaar.fields import FairForm
from bazaar.jobseekers import actions, forms, queries, rules
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.views.blueprint import blueprint
from bazaar.jobseekers.views.profile import day_choices
from bazaar.occupations.queries import fields, name_of
from bazaar.people import actions as people
from bazaar.people import asking
from bazaar.people.forms import AddressForm, CodeForm, WhoForm
from bazaar.people.models import Code, Person, SignIn
from bazaar.people.queries import codes_of, people_at
from bazaar.people.rules import address_words, kind_of
from bazaar.words import fold

Page = str | tuple[str, int] | Response
SHOWN_FIELDS = 12  # the most wanted; the others are behind "show more"
TYPED = "registering"
ONWARD = "after_registering"
SOMEONE_NEW = "new"


def at_open_fair(view: Callable[[Fair], Page]) -> Callable[..., Page]:
    """The fair of the address, while jobseekers may register; else a page that says when, or what to do instead."""

    @wraps(view)
    def opened(slug: str) -> Page:
        fair = g.fair = public_fair(slug)
        if is_open(fair.id, "jobseekers", clock.now()):
            return view(fair)
        if request.method != "GET":
            raise Refused(_("The registration is closed."), [(fair.name, f"/f/{fair.slug}/")])
        registration = _own_registration(fair)
        if registration is not None and registration.status == "registered":
            return web.go("home.my_fair", slug=fair.slug)
        phase = phase_of(fair.id, "jobseekers")
        return render_template("jobseekers/closed.html", phase=phase, opens=_opens(phase))

    return opened


def _opens(phase: Phase | None) -> bool:
    return phase is not None and phase.opens_at > clock.now()


def _own_registration(fair: Fair) -> Registration | None:
    person = asking.who()
    return queries.registration_of(person.id, fair.slug) if person else None


def _page(template: str, question: str, form: FairForm, **facts: Any) -> tuple[str, int] | str:
    number = rules.QUESTIONS.index(question) + 1
    html = render_template(
        f"jobseekers/{template}.html",
        form=form,
        progress_words=_("Question %(number)d of %(all)d", number=number, all=len(rules.QUESTIONS)),
        **facts,
    )
    return (html, 422) if form.errors else html


# --- Who: name, address, code, family -----------------------------------------------------------------


@blueprint.route("/f/<slug>/register", methods=["GET", "POST"])
@at_open_fair
def register(fair: Fair) -> Page:
    """The first question: the name. Whoever has begun is led on to the first open question."""
    if request.method == "GET":
        _remember_way_on()
        registration = _own_registration(fair)
        if registration is not None and registration.status in queries.STANDING and not _someone_new():
            return _next(fair, registration)
        if not i18n.is_chosen():
            return render_template("language.html", back=f"{request.path}?")
    form = forms.NameForm(name=_typed(fair).get("name") or _own_name())
    if not form.is_submitted() or not form.validate():
        return _page("name", "name", form, back_url=f"/f/{fair.slug}/")
    name = form.name.data or ""
    session[TYPED] = {**_typed(fair), "slug": fair.slug, "name": name}
    person = asking.who()
    if person is not None and person.folded_name == fold(name):
        return _begin(fair, person)
    pending = _pending()
    if pending is not None:
        return _settle(fair, pending, name)
    return web.go("jobseekers.address", slug=fair.slug)


def _remember_way_on() -> None:
    """Whoever came here on the way to something, such as booking a meeting, goes on to it when registered."""
    onward = request.args.get("next", "")
    if onward.startswith("/") and web.is_ours(onward):
        session[ONWARD] = onward


def _typed(fair: Fair) -> dict[str, str]:
    """What this browser typed before its code, for this fair."""
    typed = session.get(TYPED) or {}
    return typed if typed.get("slug") == fair.slug else {}


def _own_name() -> str:
    person = asking.who()
    return person.name if person and not _someone_new() else ""


def _someone_new() -> bool:
    """A phone is shared: somebody else than the person signed in registers."""
    return "new" in request.args


def _pending() -> SignIn | None:
    """A proved address whose holder has not yet said who they are, and may be somebody new."""
    sign_in = asking.this_sign_in()
    return sign_in if sign_in and sign_in.person_id is None and sign_in.for_new else None


@blueprint.route("/f/<slug>/register/address", methods=["GET", "POST"])
@at_open_fair
def address(fair: Fair) -> Page:
    typed = _typed(fair)
    if "name" not in typed:
        return web.go("jobseekers.register", slug=fair.slug)
    form = AddressForm(address=typed.get("address", ""))
    if form.is_submitted() and form.validate():
        try:
            _send_code(fair, form.read.address)
        except Refused as refused:
            if refused.retry_after is not None:
                raise
            form.address.errors = [refused.reason]
        else:
            session[TYPED] = {**typed, "address": form.address.data or ""}
            return web.go("jobseekers.code", slug=fair.slug)
    back_url = url_for("jobseekers.register", slug=fair.slug)
    return _page("address", "address", form, back_url=back_url)


def _send_code(fair: Fair, to: str) -> None:
    asking.let_go()
    code = people.send_code(
        to,
        language=i18n.language_now(),
        network=asking.network(),
        go_to=url_for("jobseekers.register", slug=fair.slug),
        for_new=True,
        texts=people.TextRules(fair.id, fair.sms_daily_limit, fair.sms_countries),
    )
    asking.hold(code)
    db.session.commit()


def _asked_for() -> Code | None:
    return next(iter(codes_of(asking.held())), None)


@blueprint.route("/f/<slug>/register/code", methods=["GET", "POST"])
@at_open_fair
def code(fair: Fair) -> Page:
    asked_for, name = _asked_for(), _typed(fair).get("name")
    if asked_for is None or name is None:
        return web.go("jobseekers.register", slug=fair.slug)
    form = CodeForm()
    if form.is_submitted() and form.validate():
        checked = people.check_code(asking.held(), form.code.data or "", network=asking.network())
        if checked.code is not None:
            return _settle(fair, asking.open_session(checked.code), name)
        db.session.commit()  # a wrong try counts
        form.code.errors = [checked.problem]
    return _page(
        "code",
        "address",
        form,
        to=address_words(asked_for.address),
        kind=kind_of(asked_for.address),
        back_url=url_for("jobseekers.address", slug=fair.slug),
    )


@blueprint.post("/f/<slug>/register/again")
@at_open_fair
def send_again(fair: Fair) -> Page:
    """One more code to the same address."""
    asked_for = _asked_for()
    if asked_for is None:
        return web.go("jobseekers.register", slug=fair.slug)
    _send_code(fair, asked_for.address)
    web.say(_("A new code is on its way."))
    return web.go("jobseekers.code", slug=fair.slug)


def _settle(fair: Fair, sign_in: SignIn, name: str) -> Response:
    """The address is proved: whoever is alone there, or has the name of somebody there, goes on; else we ask who."""
    others = people_at(sign_in.address or "")
    if others and all(other.folded_name != fold(name) for other in others):
        db.session.commit()
        return web.go("jobseekers.who", slug=fair.slug)
    return _begin(fair, people.become_new(sign_in, name, i18n.language_now()))


def _begin(fair: Fair, person: Person) -> Response:
    registration = actions.start(fair, person)
    onward = _next(fair, registration)
    db.session.commit()
    session.pop(TYPED, None)
    return onward


@blueprint.route("/f/<slug>/register/who", methods=["GET", "POST"])
@at_open_fair
def who(fair: Fair) -> Page:
    """A family shares an address: one of those known there, or somebody new."""
    sign_in, name = _pending(), _typed(fair).get("name", "")
    if sign_in is None or not name:
        return web.go("jobseekers.register", slug=fair.slug)
    form = WhoForm()
    form.who.choices = [(str(person.id), person.name) for person in people_at(sign_in.address or "")]
    form.who.choices.append((SOMEONE_NEW, _("%(name)s, someone new", name=name)))
    if not form.is_submitted() or not form.validate():
        back_url = url_for("jobseekers.register", slug=fair.slug)
        return _page("who", "address", form, back_url=back_url)
    if form.who.data == SOMEONE_NEW:
        return _begin(fair, people.become_new(sign_in, name, i18n.language_now()))
    return _begin(fair, people.become(sign_in, uuid.UUID(form.who.data)))


# --- What: work, Swedish, when ------------------------------------------------------------------------


def _next(fair: Fair, registration: Registration) -> Response:
    """To the first open question; when all are answered to where they were going, else to the badge."""
    if registration.status == "registered":
        onward = session.pop(ONWARD, None)
        return redirect(onward, 303) if onward else web.go("home.my_fair", slug=fair.slug)
    question = rules.next_question(queries.answered(registration)) or "when"
    return web.go(f"jobseekers.ask_{question}", slug=fair.slug)


def _answering(view: Callable[[Registration], Page]) -> Callable[..., Page]:
    """The registration that is being filled in; whoever has none, or is done, is led to where they belong."""

    @at_open_fair
    @wraps(view)
    def asked(fair: Fair) -> Page:
        registration = _own_registration(fair)
        if registration is None or registration.status not in queries.STANDING:
            return web.go("jobseekers.register", slug=fair.slug)
        if registration.status == "registered":
            return web.go("home.my_fair", slug=fair.slug)
        return view(registration)

    return asked


def _ask(question: str, form: FairForm, before: str, registration: Registration, **facts: Any) -> Page:
    back_url = url_for(f"jobseekers.ask_{before}", slug=registration.fair.slug)
    return _page(question, question, form, back_url=back_url, registration=registration, **facts)


def _answered(registration: Registration) -> Response:
    onward = _next(registration.fair, registration)
    db.session.commit()
    return onward


@blueprint.route("/f/<slug>/register/name", methods=["GET", "POST"])
@_answering
def ask_name(registration: Registration) -> Page:
    """Back to the first question: the name may be mended."""
    form = forms.NameForm(name=registration.name)
    if form.is_submitted() and form.validate():
        actions.rename(registration, form.name.data or "")
        return _answered(registration)
    return _page("name", "name", form, back_url=f"/f/{registration.fair.slug}/")


@blueprint.route("/f/<slug>/register/work", methods=["GET", "POST"])
@_answering
def ask_work(registration: Registration) -> Page:
    wanted = [work.field_code for work in queries.wanted_work(registration)]
    form = forms.WorkForm(fields=wanted, undecided=registration.undecided)
    form.with_fields((field.code, name_of(field)) for field in fields())
    if form.is_submitted() and form.validate():
        actions.want_fields(registration, form.fields.data or [], undecided=form.undecided.data)
        return _answered(registration)
    return _ask("work", form, "name", registration, shown=SHOWN_FIELDS)


@blueprint.route("/f/<slug>/register/swedish", methods=["GET", "POST"])
@_answering
def ask_swedish(registration: Registration) -> Page:
    form = forms.SwedishForm(swedish=registration.swedish)
    if form.is_submitted() and form.validate():
        actions.say_swedish(registration, form.swedish.data)
        return _answered(registration)
    return _ask("swedish", form, "work", registration)


@blueprint.route("/f/<slug>/register/when", methods=["GET", "POST"])
@_answering
def ask_when(registration: Registration) -> Page:
    """The last question: which day, below it the privacy words. Sending it is the registration."""
    fair, days = registration.fair, day_choices(registration)
    form = forms.WhenForm(day=str(registration.arrival_day_id or ""), privacy_version=fair.privacy_version)
    form.with_days(days)
    if form.is_submitted() and form.validate():
        if form.privacy_version.data == str(fair.privacy_version):
            day_id = uuid.UUID(form.day.data if len(days) > 1 else days[0][0]) if days else None
            actions.finish(registration, day_id, actions.Notice(fair.privacy_version, i18n.language_now()))
            return _answered(registration)
        form.privacy_version.data = str(fair.privacy_version)
        form.form_errors = [_("The words on your data have just been changed. Read them once more.")]
    return _ask("when", form, "swedish", registration, day=days[0][1] if len(days) == 1 else None)
