"""Signing in, families, sessions and settings, as browsers meet them."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.db import db
from bazaar.people import actions, queries
from bazaar.people.models import Code, Contact, Person, SignIn
from tests import make
from tests.people.conftest import ask, code_in, enter, letters, link_in, reader


def is_in(client: FlaskClient) -> bool:
    return client.get("/me/settings").status_code == 200


def test_a_code_signs_in(client):
    make.person("Dora", "dora@example.org")
    answer = ask(client, " Dora@Example.org ")
    assert answer.status_code == 303
    assert answer.location == "/sign-in/code"
    [letter] = letters()
    assert (letter.channel, letter.address, letter.purpose, letter.secret) == (
        "email",
        "dora@example.org",
        "code",
        True,
    )
    assert code_in(letter) not in letter.subject
    answer = enter(client, code_in(letter))
    assert answer.status_code == 303
    assert answer.location == "/me/"
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("bazaar="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=2592000" in cookie
    assert is_in(client)


def test_the_cookie_is_for_https_alone_where_the_site_is(app, client, monkeypatch):
    monkeypatch.setitem(
        app.config, "SETTINGS", replace(app.config["SETTINGS"], base_url="https://fair.example.org")
    )
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    answer = enter(client, code_in(letters()[0]))
    assert any(c.startswith("bazaar=") and "; Secure" in c for c in answer.headers.getlist("Set-Cookie"))


def test_a_phone_number_is_an_address(client):
    make.person("Elias", "+46701740605")
    ask(client, "070-174 06 05")
    [letter] = letters()
    assert (letter.channel, letter.address) == ("sms", "+46701740605")
    page = client.get("/sign-in/code").text
    assert "070-174 06 05" in page
    assert enter(client, code_in(letter)).location == "/me/"


def test_after_signing_in_one_is_where_one_wanted_to_be(client):
    make.person("Dora", "dora@example.org")
    stopped = client.get("/me/settings")
    assert stopped.status_code == 303
    page = client.get(stopped.location)
    assert 'value="/me/settings"' in page.text
    ask(client, "dora@example.org", next="/me/settings")
    assert enter(client, code_in(letters()[0])).location == "/me/settings"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere(client, elsewhere):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org", next=elsewhere)
    assert enter(client, code_in(letters()[0])).location == "/me/"


def test_a_long_way_on_is_forgotten_not_broken(client):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org", next="/me/?" + "x" * 1000)
    assert enter(client, code_in(letters()[0])).location == "/me/"


@pytest.mark.parametrize("typed", ["", "dora@", "12", "dora", "08-465 004 00", "@", "x" * 5000])
def test_what_is_no_address_is_asked_again_with_what_was_typed(client, typed):
    answer = ask(client, typed, next="/me/settings")
    assert answer.status_code == 422
    assert 'value="/me/settings"' in answer.text
    assert typed in answer.text
    assert letters() == []


def plain(page: str, address: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*', "", page).replace(address, "*")


def test_pages_tell_nobody_whether_an_address_exists(client, app):
    make.person("Dora", "dora@example.org")
    known, unknown = app.test_client(), app.test_client()
    pages = []
    for browser, address in ((known, "dora@example.org"), (unknown, "nobody@example.org")):
        answer = ask(browser, address)
        assert (answer.status_code, answer.location) == (303, "/sign-in/code")
        seen = [browser.get("/sign-in/code")]
        seen += [enter(browser, "000000") for _ in range(6)]
        pages.append([(one.status_code, plain(one.text, address)) for one in seen])
    assert pages[0] == pages[1]


def test_an_address_nobody_has_gets_kind_words_and_no_code(client):
    ask(client, "nobody@example.org")
    [letter] = letters()
    assert not any(word.isdigit() and len(word) == 6 for word in letter.words.split())
    assert "/sign-in/link/" not in letter.words
    assert letter.expires_at is not None


def test_a_number_nobody_has_costs_no_message(client):
    assert ask(client, "070-174 06 05").status_code == 303
    assert letters() == []


def test_a_code_works_once(client, app):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    code = code_in(letters()[0])
    cookies = client.get_cookie("bazaar_page").value
    assert enter(client, code).status_code == 303
    other = reader(app)
    other.set_cookie("bazaar_page", cookies)
    answer = enter(other, code)
    assert answer.status_code == 422
    assert "used or too old" in answer.text
    assert not is_in(other)


def test_a_code_lasts_ten_minutes(client, later):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    later(minutes=9, seconds=58)
    ask_again = enter(client, "12345")
    assert ask_again.status_code == 422
    later(seconds=3)
    assert enter(client, code_in(letters()[0])).status_code == 422
    assert client.get(link_in(letters()[0])).status_code == 410
    assert client.post(link_in(letters()[0])).status_code == 410


def test_five_wrong_tries_make_a_code_void(client):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    code = code_in(letters()[0])
    wrong = "000000" if code != "000000" else "111111"
    said = [enter(client, wrong) for _ in range(5)]
    assert [one.status_code for one in said] == [422] * 5
    assert "4 more times" in said[0].text
    assert "Ask for a new code" in said[4].text
    assert enter(client, code).status_code == 422
    assert not is_in(client)


def test_a_code_is_typed_only_where_it_was_asked_for(client, app):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    thief = app.test_client()
    assert enter(thief, code_in(letters()[0])).location == "/sign-in"
    ask(thief, "dora@example.org")
    for _ in range(5):
        enter(thief, "000000")
    assert enter(client, code_in(letters()[0])).status_code == 303, "a stranger cannot use up Dora's tries"


def test_a_late_first_code_still_works_after_asking_again(client):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    client.post("/sign-in/again")
    first, second = letters()
    assert first.id != second.id
    assert enter(client, code_in(first)).status_code == 303


def test_somebody_new_may_ask_for_the_code_again(client):
    code = actions.send_code("new@example.org", language="en", network="n", go_to="/f/spring", for_new=True)
    with client.session_transaction() as session:
        session["codes"] = [str(code.id)]
    assert client.post("/sign-in/again").location == "/sign-in/code"
    assert enter(client, code_in(letters()[-1])).location == "/sign-in/who?next=/f/spring"


def test_a_mail_scanner_does_not_use_up_the_link(client, app):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    link = link_in(letters()[0])
    for method in ("get", "head", "get"):
        answer = getattr(app.test_client(), method)(link)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers or "bazaar=" not in answer.headers["Set-Cookie"]
    elsewhere = app.test_client()
    assert "Dora" not in elsewhere.get(link).text
    assert elsewhere.post(link).location == "/me/"
    assert is_in(elsewhere)


def test_code_and_link_use_up_each_other(client, app):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    assert app.test_client().post(link_in(letters()[0])).status_code == 303
    assert enter(client, code_in(letters()[0])).status_code == 422
    ask(client, "dora@example.org")
    assert enter(client, code_in(letters()[1])).status_code == 303
    assert app.test_client().get(link_in(letters()[1])).status_code == 410


def test_five_codes_an_hour_go_to_an_address(client, app, later):
    make.person("Dora", "dora@example.org")
    for _ in range(5):
        assert ask(app.test_client(), "dora@example.org").status_code == 303
        later(minutes=1)
    answer = ask(client, "dora@example.org")
    assert answer.status_code == 429
    wait = int(answer.headers["Retry-After"])
    assert 54 * 60 < wait <= 60 * 60
    assert len(letters()) == 5
    assert ask(client, "elias@example.org").status_code == 303
    later(seconds=wait)
    assert ask(client, "dora@example.org").status_code == 303


def test_no_code_stands_in_the_database(client):
    make.person("Dora", "dora@example.org")
    ask(client, "dora@example.org")
    code, link = code_in(letters()[0]), link_in(letters()[0]).rsplit("/", 1)[1]
    row = db.session.scalars(db.select(Code)).one()
    assert code not in (row.code_hash, row.link_hash)
    assert link not in (row.code_hash, row.link_hash)


def test_a_family_is_asked_who_it_is(client):
    mother, child = make.person("Dora", "+46701740605"), make.person("Elias", "+46701740605")
    make.person("Eve", "eve@example.org")
    ask(client, "+46701740605", next="/me/settings")
    answer = enter(client, code_in(letters()[0]))
    assert answer.location == "/sign-in/who?next=/me/settings"
    page = client.get(answer.location).text
    assert "Dora" in page
    assert "Elias" in page
    assert "Eve" not in page
    assert "Someone new" not in page
    assert not is_in(client), "nobody in particular sees nothing"
    assert client.post(answer.location, data={}).status_code == 422
    assert client.post(answer.location, data={"who": "new"}).status_code == 422
    eve = queries.people_at("eve@example.org")[0]
    assert client.post(answer.location, data={"who": str(eve.id)}).status_code == 422
    assert client.post(answer.location, data={"who": str(child.id)}).location == "/me/settings"
    assert "Elias" in client.get("/me/settings").text
    assert mother.id != child.id


def test_someone_new_comes_from_a_registration(client):
    make.person("Dora", "+46701740605")
    code = actions.send_code(
        "+46701740605", language="en", network="n", go_to="/f/spring/register", for_new=True
    )
    db.session.commit()
    answer = client.post(link_in(letters()[0]))
    assert answer.location == "/sign-in/who?next=/f/spring/register"
    assert "Someone new" in client.get(answer.location).text
    assert client.post(answer.location, data={"who": "new"}).location == "/f/spring/register"
    sign_in = db.session.scalars(db.select(SignIn)).one()
    assert (sign_in.person_id, sign_in.address, sign_in.for_new) == (None, "+46701740605", True)
    assert code.used_at is not None
    elias = actions.become_new(sign_in, "Elias", "en")
    assert actions.become_new(sign_in, "Elias", "en") is elias, "a double tap makes one person"
    db.session.commit()
    assert {person.name for person in queries.people_at("+46701740605")} == {"Dora", "Elias"}
    assert is_in(client)


def test_whoever_has_not_said_who_they_are_must_begin_again_after_an_hour(client, later):
    make.person("Dora", "+46701740605")
    make.person("Elias", "+46701740605")
    ask(client, "+46701740605")
    where = enter(client, code_in(letters()[0])).location
    later(minutes=61)
    assert client.get(where).location.startswith("/sign-in?")


def test_sessions_are_listed_and_ended(client, app):
    dora = make.person("Dora", "dora@example.org")
    make.sign_in(client, dora)
    phone, work = app.test_client(), app.test_client()
    for other, device in ((phone, "Chrome, Android"), (work, "Firefox, Windows")):
        make.sign_in(other, dora)
        db.session.scalars(db.select(SignIn).order_by(SignIn.id.desc())).first().device = device
    make.sign_in(app.test_client(), make.person("Eve"))
    page = client.get("/me/sessions").text
    assert "Chrome, Android" in page
    assert "Firefox, Windows" in page
    assert page.count("This one") == 1
    lost = db.session.scalars(db.select(SignIn).where(SignIn.device == "Chrome, Android")).one()
    assert client.post(f"/me/sessions/{lost.id}/end").status_code == 303
    assert not is_in(phone)
    assert is_in(work)
    assert client.post("/me/sessions/end-others").status_code == 303
    assert not is_in(work)
    assert is_in(client)


def test_another_persons_session_is_not_there(client, app):
    eve = app.test_client()
    make.sign_in(eve, make.person("Eve"))
    hers = db.session.scalars(db.select(SignIn)).one()
    make.sign_in(client, make.person("Dora"))
    assert client.post(f"/me/sessions/{hers.id}/end").status_code == 404
    assert is_in(eve)


def test_sessions_last_thirty_days(client, later):
    make.sign_in(client, make.person("Dora"))
    later(days=29)
    assert is_in(client)
    later(days=1, minutes=1)
    assert not is_in(client)


def test_signing_out_ends_the_session(client):
    make.sign_in(client, make.person("Dora"))
    token = client.get_cookie("bazaar").value
    answer = client.post("/sign-out")
    assert answer.location == "/"
    client.set_cookie("bazaar", token)
    assert not is_in(client)


def test_signing_in_ends_the_session_before_it(client):
    make.person("Dora", "dora@example.org")
    make.sign_in(client, make.person("Elias"))
    before = client.get_cookie("bazaar").value
    ask(client, "dora@example.org")
    enter(client, code_in(letters()[0]))
    client.set_cookie("bazaar", before)
    assert not is_in(client)


def test_a_session_says_when_it_was_last_used_to_the_hour(client, later):
    make.sign_in(client, make.person("Dora"))
    begun = clock.now()
    later(minutes=30)
    client.get("/me/sessions")
    assert db.session.scalars(db.select(SignIn)).one().last_seen_at <= begun
    later(minutes=31)
    client.get("/me/sessions")
    assert db.session.scalars(db.select(SignIn)).one().last_seen_at > begun


def test_an_erased_person_is_signed_out(client):
    dora = make.person("Dora")
    make.sign_in(client, dora)
    dora.erased_at = clock.now()
    assert not is_in(client)


def test_the_chosen_language_is_the_persons(client):
    dora = make.person("Dora", language="en")
    make.sign_in(client, dora)
    client.get("/me/settings?lang=sv")
    assert db.session.get_one(Person, dora.id).language == "sv"
    assert 'lang="sv"' in client.get("/me/settings").text
    client.get("/me/settings?lang=xx")
    assert db.session.get_one(Person, dora.id).language == "sv"


def test_name_and_language_are_changed(client):
    dora = make.person("Dora")
    make.sign_in(client, dora)
    answer = client.post("/me/settings", data={"name": "  Dora  Lind ", "language": "sv"})
    assert answer.status_code == 303
    assert 'lang="sv"' in client.get(answer.location).text
    dora = db.session.get_one(Person, dora.id)
    assert (dora.name, dora.folded_name, dora.language) == ("Dora Lind", "dora lind", "sv")


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "Dora 811218-9876"])
def test_a_name_that_is_none_is_refused_beside_the_field(client, name):
    make.sign_in(client, make.person("Dora"))
    answer = client.post("/me/settings", data={"name": name, "language": "en"})
    assert answer.status_code == 422
    assert 'id="name-wrong"' in answer.text


def test_an_address_is_added_with_a_code(client):
    dora = make.person("Dora", "dora@example.org")
    make.sign_in(client, dora)
    answer = client.post("/me/settings/address", data={"address": "0701740605"})
    assert answer.location == "/me/settings/address/code"
    code = code_in(letters()[-1])
    wrong = "000000" if code != "000000" else "111111"
    assert client.post(answer.location, data={"code": wrong}).status_code == 422
    assert client.post(answer.location, data={"code": code}).location == "/me/settings"
    assert {one.address for one in queries.contacts_of(dora.id)} == {"dora@example.org", "+46701740605"}
    told = letters()[-1]
    assert (told.address, told.secret) == ("dora@example.org", False)


def test_an_address_code_signs_nobody_in(client, app):
    dora = make.person("Dora", "dora@example.org")
    make.sign_in(client, dora)
    client.post("/me/settings/address", data={"address": "new@example.org"})
    assert "/sign-in/link/" not in letters()[-1].words
    code = db.session.scalars(db.select(Code)).one()
    checked = actions.check_code([code.id], code_in(letters()[-1]), network="n")
    assert checked.code is None


def test_an_address_is_removed_and_one_stays(client):
    dora = make.person("Dora", "dora@example.org")
    second = make.add(
        Contact(person_id=dora.id, kind="phone", address="+46701740605", verified_at=clock.now())
    )
    make.sign_in(client, dora)
    first = next(one for one in queries.contacts_of(dora.id) if one.kind == "email")
    page = f"/me/settings/address/{first.id}/remove"
    assert "dora@example.org" in client.get(page).text
    assert client.post(page).location == "/me/settings"
    assert letters()[-1].address == "dora@example.org"
    last = client.post(f"/me/settings/address/{second.id}/remove")
    assert last.status_code == 409
    assert [one.id for one in queries.contacts_of(dora.id)] == [second.id]


def test_another_persons_address_is_not_there(client):
    eve = make.person("Eve")
    make.sign_in(client, make.person("Dora"))
    hers = queries.contacts_of(eve.id)[0]
    page = f"/me/settings/address/{hers.id}/remove"
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404


def test_letters_are_in_the_language_of_the_page(client):
    make.person("Dora", "dora@example.org")
    client.get("/sign-in?lang=sv")
    ask(client, "dora@example.org")
    assert letters()[0].language == "sv"


def test_signed_in_one_is_not_asked_to_sign_in(client):
    make.sign_in(client, make.person("Dora"))
    assert client.get("/sign-in?next=/me/settings").location == "/me/settings"


def test_languages_are_chosen_by_their_own_names(client):
    page = client.get("/language?next=/sign-in%3Fnext%3D/me/%26lang%3Den").text
    assert "Svenska" in page
    assert 'href="/sign-in?next=/me/&amp;lang=sv"' in page
