"""Every form of every page takes nonsense: it never breaks, refuses in words, keeps what was typed, changes nothing.

Nothing is committed while the forms are tried, so that each of them meets the same fair.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, abort, has_request_context
from flask.testing import FlaskClient

from bazaar.db import db
from tests import make, typed
from tests.test_doors import RULES, World, methods, one_of_everything

ROLES = ("nobody", "owner", "staff", "admin", "jobseeker")
QUICK = ("nothing", "long", "beyond 64 bits", "the first year", "unseen", "lone surrogate", "personal number")
ONE_AT_A_TIME = ("spaces", "the last moment", "personal number inside")


@dataclass
class Hands:
    """Somebody at the pages of a fair."""

    client: FlaskClient
    token: str | None
    addresses: list[str]
    commits: list[bool] = field(default_factory=list)

    def forms(self) -> list[typed.HtmlForm]:
        """Every form this person is shown, each once."""
        found: dict[tuple[str, frozenset[str]], typed.HtmlForm] = {}
        for address in self.addresses:
            self._be_signed_in()
            page = self.client.get(address, buffered=True)
            if page.status_code == 200 and page.mimetype == "text/html":
                for form in typed.forms_of(page.get_data(as_text=True), address):
                    found.setdefault((form.action, frozenset(form.inputs)), form)
        return list(found.values())

    def send(self, form: typed.HtmlForm, what: typed.Typed) -> Any:
        self._be_signed_in()
        self.commits.clear()
        if form.multipart:
            return self.client.post(form.action, data=typed.with_files(form, what), buffered=True)
        kind = "application/x-www-form-urlencoded"
        return self.client.post(form.action, data=typed.body(what), content_type=kind, buffered=True)

    def _be_signed_in(self) -> None:
        if self.token:
            self.client.set_cookie("bazaar", self.token)


@pytest.fixture
def hands(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Hands]:
    """Call it with a role. From then on nothing is committed."""

    def of(role: str) -> Hands:
        here = one_of_everything("spring", "")
        if role != "nobody":
            make.sign_in(client, here.people[role])
        cookie = client.get_cookie("bazaar")
        hands = Hands(client, cookie.value if cookie else None, _pages(here))
        db.session.commit()
        db.session.remove()

        def flush_only() -> None:
            db.session.flush()
            if has_request_context():
                hands.commits.append(True)

        monkeypatch.setattr(db.session, "commit", flush_only)
        return hands

    return of


def _pages(here: World) -> list[str]:
    return [here.address(rule) for rule in RULES.values() if "GET" in methods(rule)]


# An error beside its field, the summary, or a page that asks whether one is sure.
TELLING = ('class="wrong-words"', "data-error-summary", 'name="sure"', 'name="seen"')


def wrongs(hands: Hands, form: typed.HtmlForm, field: str, what: typed.Typed) -> Iterator[str]:
    """What is wrong with the answer to this."""
    answer = hands.send(form, what)
    status = answer.status_code
    if status not in (200, 303, 403, 404, 409, 413, 422, 429):
        yield f"answers {status}"
    if status >= 400 and hands.commits:
        yield f"answers {status} and changes something"
    if status == 303 and field in form.inputs and _holds_personal_number(form, field, what):
        yield f"takes a personal number in {field}"
    if status == 422:
        page = answer.get_data(as_text=True)
        yield from _lost(form, what, page)
        if not any(sign in page for sign in TELLING):
            yield f"says nothing of {field}"


SEARCHES = ("text",)  # words that are looked for are not stored


def _holds_personal_number(form: typed.HtmlForm, field: str, what: typed.Typed) -> bool:
    value = dict(what)[field]
    numbers = (typed.NONSENSE["personal number"], typed.NONSENSE["personal number inside"])
    return value in numbers and form.inputs[field].is_free and field not in SEARCHES


def _lost(form: typed.HtmlForm, what: typed.Typed, page: str) -> Iterator[str]:
    """Fields that no longer hold what was typed into them."""
    shown = {name: one for again in typed.forms_of(page, form.action) for name, one in again.inputs.items()}
    for name, value in what:
        typed_there = form.inputs[name].is_free and isinstance(value, str) and value.isprintable()
        if typed_there and (name not in shown or shown[name].value.split() != value.split()):
            yield f"loses {name}"


def try_all(hands: Hands, at_once: Any, one_at_a_time: Any) -> list[tuple[str, str, str]]:
    """(form, nonsense, what is wrong) of everything that went wrong."""
    found = []
    for form in hands.forms():
        for words in at_once:
            what = typed.all_at_once(form, typed.NONSENSE[words])
            found += [(form.action, words, wrong) for wrong in wrongs(hands, form, "", what)]
        for words in one_at_a_time:
            for name, what in typed.one_at_a_time(form, typed.NONSENSE[words]):
                found += [(form.action, words, wrong) for wrong in wrongs(hands, form, name, what)]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_form_takes_nonsense(hands: Callable[[str], Hands], role: str) -> None:
    assert try_all(hands(role), QUICK, ONE_AT_A_TIME) == []


@pytest.mark.soak
@pytest.mark.parametrize("role", [*ROLES, "co_organiser", "viewer", "recruiter"])
def test_every_field_of_every_form_takes_every_nonsense(hands: Callable[[str], Hands], role: str) -> None:
    assert try_all(hands(role), typed.NONSENSE, typed.NONSENSE) == []


def test_this_would_notice_a_form_that_breaks_forgets_or_changes_half(
    app: Flask, hands: Callable[[str], Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: one view falls over, one forgets what was typed, one commits before it refuses."""
    owner = hands("owner")
    form = next(form for form in owner.forms() if form.action.endswith("/halls"))

    def falls_over(**_ids: Any) -> Any:
        raise ValueError

    def forgets(**_ids: Any) -> Any:
        return '<form method="post"><input name="name" ></form data-error-summary>', 422

    def changes_half(**_ids: Any) -> Any:
        db.session.commit()
        abort(409)

    seen = []
    for view in (falls_over, forgets, changes_half):
        monkeypatch.setitem(app.view_functions, "fairs.halls", view)
        seen += list(wrongs(owner, form, "name", [("name", "x")]))
    assert seen == ["answers 500", "loses name", "answers 409 and changes something"]
