"""What a fair tells people about their data."""

import pytest

from bazaar.errors import Refused
from bazaar.fairs import actions
from bazaar.fairs.queries import earlier_privacy_words
from tests import make

WORDS = {
    "controller": "Stockholms stad, 212000-0142", "contact": "dataskydd@stockholm.se, 08-508 00 000", "keep_days": "90",
}  # fmt: skip


def test_new_words_are_a_new_version_and_the_old_stay_readable(browser, fair):
    fair.controller = "Regionen"
    assert browser.post("/organise/spring/privacy", data=WORDS).status_code == 303
    assert (fair.privacy_version, fair.controller, fair.keep_days) == (2, WORDS["controller"], 90)
    now = browser.get("/f/spring/privacy?lang=en").text
    assert "Version 2" in now
    assert "Stockholms stad" in now
    assert "90 days after the fair" in now
    before = browser.get("/f/spring/privacy?version=1&lang=en").text
    assert "Regionen" in before
    assert "180 days after the fair" in before
    assert "not valid any more" in before


def test_the_same_words_are_no_new_version(browser, fair):
    browser.post("/organise/spring/privacy", data=WORDS)
    browser.post("/organise/spring/privacy", data=WORDS)
    assert fair.privacy_version == 2
    assert [old.version for old in earlier_privacy_words(fair)] == [1]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("controller", ""),
        ("contact", " "),
        ("keep_days", "0"),
        ("keep_days", "4000"),
        ("controller", "x" * 2001),
    ],
)
def test_words_that_cannot_be_are_refused(browser, fair, field, typed):
    answer = browser.post("/organise/spring/privacy", data={**WORDS, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert fair.privacy_version == 1


def test_two_changes_at_once_are_not_one_version(fair, ada):
    stale = fair.privacy_version
    actions.change_privacy_words(fair, "One", "one@example.org", 90, ada)
    fair.privacy_version = stale
    with pytest.raises(Refused, match="just changed"):
        actions.change_privacy_words(fair, "Two", "two@example.org", 90, ada)


def test_a_version_that_never_was_shows_the_words_of_today(client, fair):
    answer = client.get("/f/spring/privacy?version=99")
    assert answer.status_code == 200
    assert "Version 1" in client.get("/f/spring/privacy?version=99&lang=en").text


def test_words_come_as_text_never_as_markup(client, fair):
    fair.controller = "<script>alert(1)</script>"
    assert "<script>alert" not in client.get("/f/spring/privacy").text


def test_the_page_is_there_in_swedish(client, fair):
    page = client.get("/f/spring/privacy?lang=sv")
    assert page.status_code == 200
    assert 'lang="sv"' in page.text


def test_a_hidden_fair_tells_nothing(client):
    make.fair("draft", published=False)
    assert client.get("/f/draft/privacy").status_code == 404
