"""Words in the reader's language."""

from dataclasses import replace

import pytest

from bazaar import i18n


@pytest.mark.parametrize(
    ("base_url", "secure"), [("https://fair.example.org", True), ("http://127.0.0.1", False)]
)
def test_the_choice_of_language_goes_over_https_alone_where_the_site_does(
    app, client, monkeypatch, base_url, secure
):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], base_url=base_url))
    [cookie] = client.get("/?lang=sv").headers.getlist("Set-Cookie")
    assert cookie.startswith("lang=sv")
    assert ("; Secure" in cookie) == secure


@pytest.mark.parametrize(("tag", "used"), [("sv", "sv"), ("sv-x-latt", "sv"), ("en", "en"), ("ti", "en")])
def test_a_letter_is_written_in_its_readers_language_or_the_nearest(app, tag, used):
    with app.test_request_context(), i18n.words_for(tag):
        assert i18n.language_now() == used


def test_commands_write_letters_in_their_readers_language_too(app):
    with i18n.words_for("sv"):
        assert i18n.language_now() == "sv"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Rekryterings\u00adbazaren", 12), ("Rekryteringsbazaren", 19), ("Jobb-dagen i Vik", 5), ("", 0)],
)
def test_a_name_is_as_wide_as_its_longest_word_that_cannot_break(name, letters):
    assert i18n.longest_word(name) == letters


@pytest.mark.parametrize(
    ("tag", "said"), [("ps", "pashto"), ("kmr", "kurmanji"), ("ckb", "sorani"), ("ti", "tigrinja")]
)
def test_languages_have_the_names_their_speakers_use(app, tag, said):
    with app.test_request_context(), i18n.words_for("sv"):
        assert i18n.language_name(tag) == said


def test_a_line_begins_with_a_capital_and_keeps_the_rest(app):
    assert i18n.sentence("onsdag 21 april, hos IKEA") == "Onsdag 21 april, hos IKEA"
