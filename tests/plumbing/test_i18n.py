"""Words in the reader's language."""

import pytest

from bazaar import i18n


@pytest.mark.parametrize(("tag", "used"), [("sv", "sv"), ("sv-x-latt", "sv"), ("en", "en"), ("ti", "en")])
def test_a_letter_is_written_in_its_readers_language_or_the_nearest(app, tag, used):
    with app.test_request_context(), i18n.words_for(tag):
        assert i18n.language_now() == used


def test_commands_write_letters_in_their_readers_language_too(app):
    with i18n.words_for("sv"):
        assert i18n.language_now() == "sv"
