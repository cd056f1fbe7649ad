"""The Swedish catalogue: it keeps what the source puts in, says du, and writes as Swedish is written."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bazaar import i18n
from bazaar.checkin import names as scans
from bazaar.employers import names as employers
from bazaar.programme import names as programme

CATALOGUE = Path(__file__).parents[2] / "bazaar/translations/sv/LC_MESSAGES/messages.po"
PUT_IN = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TAGS = re.compile(r"<[^>]+>")
NI = re.compile(r"\b(ni|er|ert|era)\b", re.IGNORECASE)
TWO_PEOPLE = {"Did you meet?", "Booked; nobody noted whether you met"}  # the reader and somebody else


@pytest.fixture(scope="module")
def pairs():
    """Every source with its Swedish; of plurals the many."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="sv")
    found = [(message.id, message.string) for message in catalogue if message.id]
    return [(one, put) if isinstance(one, str) else (one[-1], put[-1]) for one, put in found]


def test_every_sentence_keeps_the_facts_that_are_put_in(pairs):
    odd = [(one, put) for one, put in pairs if set(PUT_IN.findall(one)) != set(PUT_IN.findall(put))]
    assert not odd


def test_every_sentence_keeps_its_links_as_they_stand(pairs):
    odd = [put for one, put in pairs if set(TAGS.findall(one)) != set(TAGS.findall(put))]
    assert not odd


def test_everybody_is_du(pairs):
    assert [put for one, put in pairs if NI.search(put) and one not in TWO_PEOPLE] == []


def test_swedish_has_its_own_quotation_marks(pairs):
    shown = [put for _one, put in pairs if '{"' not in put]  # but what a program shall send
    assert [put for put in shown if re.search('["“„]', TAGS.sub("", put))] == []


def test_a_sentence_ends_as_its_source_ends(pairs):
    def ending(text):
        return text.rstrip()[-1] if text.rstrip()[-1] in ".:?,…" else ""

    assert [(one, put) for one, put in pairs if ending(one) != ending(put)] == []


def test_one_english_word_for_two_things_is_two_words_in_swedish(app):
    with app.test_request_context(), i18n.words_for("sv"):
        assert (str(programme.KINDS["talk"]), str(scans.SHORT["session"])) == ("Föredrag", "Programpunkt")
        assert str(employers.VACANCY_STATUSES["withdrawn"]) == "Borttaget"
        assert str(employers.STATUSES["withdrawn"]) == "Har dragit sig ur"
        assert str(scans.VERBS["accept"]) == "godtagen"
