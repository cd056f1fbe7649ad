"""Badge codes are read as people write them; the next question is the first one still open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bazaar.jobseekers import rules

codes = st.text(alphabet=rules.ALPHABET, min_size=16, max_size=16)


def test_a_new_code_is_16_characters_and_never_the_same():
    made = {rules.new_badge_code() for _ in range(2000)}
    assert len(made) == 2000
    assert all(len(code) == 16 and set(code) <= set(rules.ALPHABET) for code in made)


@given(codes)
def test_a_code_is_read_back_as_shown_and_as_typed(code):
    for written in (
        code, code.lower(), rules.shown_code(code), f"  {rules.shown_code(code).replace('-', ' ')} ",
        code.replace("0", "O").replace("1", "l"), rules.shown_code(code).replace("-", "–"),
        f"HTTPS://FAIR.EXAMPLE.ORG/B/{code}", f"http://127.0.0.1:5000/b/{code.lower()}/?lang=sv",
    ):  # fmt: skip
        assert rules.normal_code(written) == code


@pytest.mark.parametrize(
    "text",
    ["", "ABCD", "U" * 16, "1" * 17, "1" * 15 + "ß", "٣" * 16, "https://example.org/x/1111111111111111"],
)
def test_what_is_no_code_is_none(text):
    assert rules.normal_code(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_none(text):
    code = rules.normal_code(text)
    assert code is None or rules.normal_code(rules.shown_code(code)) == code


def test_questions_come_in_order_and_end():
    assert rules.next_question(rules.Answered(work=False, swedish=False, privacy=False)) == "work"
    assert rules.next_question(rules.Answered(work=True, swedish=False, privacy=False)) == "swedish"
    assert rules.next_question(rules.Answered(work=True, swedish=True, privacy=False)) == "when"
    assert rules.next_question(rules.Answered(work=True, swedish=True, privacy=True)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("dora ali", "dora ali", True), ("dora ali", "ali dora", True), ("dora", "dora ali", True),
     ("dora ali", "elias ali", False), ("anna-lena berg", "anna berg", True), ("", "dora", False)],
)  # fmt: skip
def test_similar_names(one, other, same):
    assert rules.is_similar(one, other) is same
