"""Addresses, networks and browsers as people bring them."""

import pytest

from bazaar.people import rules
from bazaar.people.rules import Address, read_address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dora@example.org", Address("email", "dora@example.org")),
        ("  Dora.Lind@Example.ORG\u200e ", Address("email", "dora.lind@example.org")),
        ("dora@exämple.se", Address("email", "dora@xn--exmple-cua.se")),
        ("070-174 06 05", Address("phone", "+46701740605")),
        ("0046 70 174 06 05", Address("phone", "+46701740605")),
        ("+46 (0)70 174 06 05", Address("phone", "+46701740605")),
        ("٠٧٠١٧٤٠٦٠٥", Address("phone", "+46701740605")),
        ("070\u2011174 06 05", Address("phone", "+46701740605")),
        ("+47 406 12 345", Address("phone", "+4740612345")),
        ("", None),
        ("dora", None),
        ("dora@", None),
        ("@example.org", None),
        ("dora@example", None),
        ("dora@example.org, eve@example.org", None),
        ("123", None),
        ("070-174 06 05 or 06", None),
        ("1-800-FLOWERS", None),
        ("9" * 400, None),
    ],
)
def test_addresses_are_read_as_people_write_them(typed, read):
    assert read_address(typed) == read


def test_texts_reach_mobiles_alone():
    assert rules.takes_texts("+46701740605")
    assert not rules.takes_texts("+46846500400")


def test_a_number_knows_its_country():
    assert rules.country_of("+46701740605") == "SE"
    assert rules.country_of("+4740612345") == "NO"


def test_numbers_are_shown_as_people_write_them():
    assert rules.address_words("+46701740605") == "070-174 06 05"
    assert rules.address_words("+4740612345") == "+47 40 61 23 45"
    assert rules.address_words("dora@example.org") == "dora@example.org"


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_one_line_to_the_world(ip, network):
    assert rules.network_of(ip) == network


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 Edg/137.0", "Edge, Windows"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_name(agent, words):
    assert rules.device_words(agent) == words


def test_digits_are_read_in_any_script_and_spacing():
    assert rules.digits_of(" 123 456 ") == "123456"
    assert rules.digits_of("١٢٣-٤٥٦") == "123456"
    assert rules.digits_of("abc") == ""
