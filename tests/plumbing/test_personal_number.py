"""A personal number is found however it is written, and what is none is left alone."""

from datetime import date
from time import process_time

import pytest
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField

from bazaar.fields import FairForm
from bazaar.personal_number import holds_personal_number


def check_digit(nine: str) -> str:
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(nine)]
    return str(-sum(d // 10 + d % 10 for d in doubled) % 10)


@st.composite
def personal_numbers(draw):
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 60]))
    nine = f"{born:%y%m}{day:02}{draw(st.integers(0, 999)):03}"
    ten = nine + check_digit(nine)
    century = draw(st.sampled_from(["", f"{born:%Y}"[:2]]))
    return f"{century}{ten[:6]}{draw(st.sampled_from(['', '-', '+', ' ', ' - ', '–']))}{ten[6:]}"


words = st.text(alphabet="abc åäö,.!\nعر", max_size=20)


@given(personal_numbers(), words, words)
def test_it_is_found_in_any_text(number, before, after):
    assert holds_personal_number(before + number + after)


@given(personal_numbers())
def test_digits_of_other_scripts_do_not_hide_it(number):
    assert holds_personal_number("".join(chr(0x660 + int(c)) if c.isdigit() else c for c in number))


@pytest.mark.parametrize(
    "text",
    ["811228-9874", "8112289874", "19811228-9874", "19811228 9874", "811228+9874", "811288-9871",
     "81 12 28 98 74", "1981-12-28-9874", "1981.12.28 9874", "81\u200b1228\u00a09874",
     "I am Dora, 811228-9874.", "dora811228-9874@example.org", "2811228-9874 811228-9874"],
)  # fmt: skip
def test_these_are_personal_numbers(text):
    assert holds_personal_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "Dora", "811228-9875", "811328-9874", "811261-9874", "070-123 45 67", "+46 70 123 45 67", "+46701234567",
     "08-123 45 67", "556036-0793", "2027-04-21", "5560360793", "81122898741", "2811228-9874",
     "I worked 2010-2014 and 2015-2019", "21 April 2027, 09:00-17:00"],
)  # fmt: skip
def test_these_are_none(text):
    assert holds_personal_number(text) is None


@given(st.from_regex(r"5[5-9][2-9]\d{3}-\d{4}", fullmatch=True))
def test_an_organisation_number_of_a_company_has_no_date(number):
    assert holds_personal_number(number) is None


class Form(FairForm):
    numbers = ("phone",)
    phone = StringField()
    about = TextAreaField()


def test_a_form_refuses_it_in_words_in_every_field_but_numbers(app):
    with app.test_request_context("/?lang=en", method="POST"):
        form = Form(MultiDict({"phone": "811228-9874", "about": "Dora, 811228-9874"}))
        assert not form.validate()
        words = "That looks like a personal number. Take it out. We do not need it."
        assert form.errors == {"about": [words]}
        assert form.about.data == "Dora, 811228-9874"


def below(form: type) -> set[type]:
    return {form}.union(*(below(child) for child in form.__subclasses__()))


def test_every_form_of_the_product_refuses_it(app):
    forms = {form for form in below(FlaskForm) if form.__module__.startswith("bazaar.")}
    assert len(forms) > 20
    assert [form.__name__ for form in forms if not issubclass(form, FairForm)] == []


def test_a_long_run_of_spaces_keeps_nobody_waiting():
    begun = process_time()
    assert holds_personal_number("12 01 01" + " " * 50_000 + "x") is None
    assert process_time() - begun < 2
