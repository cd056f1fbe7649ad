"""What organisations, places and vacancies may say."""

from datetime import date
from types import SimpleNamespace

import pytest

from bazaar.employers import names, rules
from bazaar.personal_number import holds_personal_number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("556016-0680", "5560160680"), ("5560160680", "5560160680"), ("16556016-0680", "5560160680"),
        ("SE556016068001", "5560160680"), ("811218-9876", "8112189876"), ("19811218-9876", "8112189876"),
        ("556016-0681", None), ("55601606", None), ("", None), ("five", None),
    ],
)  # fmt: skip
def test_an_organisation_number_is_ten_digits_with_a_check_digit(said, number):
    assert rules.organisation_number(said) == number


def test_a_sole_traders_number_is_never_shown():
    assert rules.shown_number("5560160680") == "556016-0680"
    assert rules.shown_number("8112189876") == ""
    assert rules.shown_number(None) == ""


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("http://www.bolt.se/jobs", "http://www.bolt.se/jobs"), ("bolt.se", "https://bolt.se"),
        ("https://räksmörgås.se", "https://räksmörgås.se"), ("htp//x", None), ("javascript:alert(1)", None),
        ("not an address", None), ("http://", None), ("https://a b.se", None),
    ],
)  # fmt: skip
def test_a_web_address_has_a_name_and_a_scheme(said, address):
    assert rules.web_address(said) == address


DAYS = [date(2027, 4, 21), date(2027, 4, 22)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", DAYS), ("1", DAYS[:1]), ("1 2", DAYS), ("2;1", DAYS), ("1, 2", DAYS), ("2027-04-22", DAYS[1:]),
        ("1 och 2", DAYS), ("2 2", DAYS[1:]), ("3", "3"), ("0", "0"), ("2027-05-01", "2027-05-01"), ("both", "both"),
    ],
)  # fmt: skip
def test_days_are_said_by_number_or_date(said, meant):
    assert rules.fair_days(said, DAYS) == meant


FACTS = {
    "openings": 1, "group_code": "5330", "pay_from": 27000, "pay_to": None, "pay_period": "month", "hours": "both",
    "place": "Farsta", "swedish": "none", "recognition": "needed", "licence": "none", "interviews_today": False,
    "decides_today": False,
}  # fmt: skip


def test_a_vacancy_with_every_fact_may_be_published():
    assert rules.missing_facts(SimpleNamespace(**FACTS)) == []


@pytest.mark.parametrize("lost", [key for key in FACTS if key != "pay_to"])
def test_a_vacancy_names_the_fact_that_is_missing(lost):
    [missing] = rules.missing_facts(SimpleNamespace(**{**FACTS, lost: None}))
    assert missing in names.FACTS


def test_levels_of_swedish_are_ordered_and_each_has_its_plain_sentence():
    assert rules.swedish_is_enough("sfi_d", "sfi_c")
    assert not rules.swedish_is_enough("none", "sfi_a")
    for words in (names.SWEDISH, names.SWEDISH_SENTENCES, names.LEAST_SWEDISH):
        assert tuple(words) == rules.SWEDISH


@pytest.mark.parametrize(
    ("pay", "problem"),
    [
        ((27000, 31000, "month"), None), ((27000, 26000, "month"), "order"), ((160, None, "hour"), None),
        ((27000, None, "hour"), "size"), ((160, None, "month"), "size"), ((None, None, None), None),
    ],
)  # fmt: skip
def test_pay_can_be_true(pay, problem):
    assert rules.pay_problem(*pay) == problem


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Skriv till anna.berg@bolt.se idag", "Skriv till idag"),
        ("anna(at)bolt.se", ""),
        ("Ring 08-123 45 67 eller +46 (0)70-123 45 67.", "Ring eller ."),
        ("Tel: 123 45 67", "Tel:"),
        ("Mobil 0701234567", "Mobil"),
        (
            "Arbetstid 07.00-16.00, 0700-1600 från 2027-04-21",
            "Arbetstid 07.00-16.00, 0700-1600 från 2027-04-21",
        ),
        ("Lön 27 000 - 31 000 kr, 100 %", "Lön 27 000 - 31 000 kr, 100 %"),
        ("Kontakt 811218-9876", "Kontakt"),
        ("Vi är 1 200 på 20 orter sedan 1987", "Vi är 1 200 på 20 orter sedan 1987"),
    ],
)
def test_contact_data_is_taken_out_of_an_ad(text, left):
    assert rules.without_contacts(text, holds_personal_number) == left


def test_the_last_admin_stays():
    assert rules.is_last_admin("admin", 1)
    assert not rules.is_last_admin("admin", 2)
    assert not rules.is_last_admin("recruiter", 1)


def test_every_key_has_its_words():
    for keys, words in (
        (rules.SECTORS, names.SECTORS), (rules.KINDS, names.KINDS), (rules.STATUSES, names.STATUSES),
        (rules.HOURS, names.HOURS), (rules.LICENCES, names.LICENCES), (rules.ROLES, names.ROLES),
        (rules.PAY_PERIODS, names.PAY_PERIODS), (rules.RECOGNITION, names.RECOGNITION),
    ):  # fmt: skip
        assert tuple(words) == keys
