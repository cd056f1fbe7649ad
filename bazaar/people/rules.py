"""Addresses, codes and sessions: what counts as one, and how long it lasts."""

import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberType

CODE_LASTS = timedelta(minutes=10)
DEMO_LINK_LASTS = timedelta(days=1)
SESSION_LASTS = timedelta(days=30)
CHOOSING_LASTS = timedelta(hours=1)  # a session whose family member has not said who they are
SEEN_EVERY = timedelta(hours=1)
MOST_TRIES = 5
MOST_ADDRESSES = 5
HOME_COUNTRY = "SE"  # numbers written without a country
TAKES_TEXTS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.PERSONAL_NUMBER)


@dataclass(frozen=True)
class Limit:
    """At most `most` times within `window`, counted in steps of `step`: each step is one row."""

    name: str
    most: int
    window: timedelta
    step: timedelta


CODES_TO_ADDRESS = Limit("codes to an address", 5, timedelta(hours=1), timedelta(seconds=1))
NEW_ADDRESSES = Limit("new addresses of a person", 10, timedelta(days=1), timedelta(minutes=10))
# So high that 800 people behind one address, some of them twice and clumsily, get in within ten minutes.
CODES_TO_NETWORK = Limit("codes to a network", 3_000, timedelta(minutes=10), timedelta(seconds=10))
TRIES_OF_NETWORK = Limit("tries of a network", 10_000, timedelta(minutes=10), timedelta(seconds=10))


def texts_of_fair(daily: int) -> Limit:
    """How many codes a fair sends by SMS within a day."""
    return Limit("codes by sms of a fair", daily, timedelta(days=1), timedelta(minutes=10))


@dataclass(frozen=True)
class Address:
    kind: str  # email | phone
    address: str  # lower case, or E.164


def read_address(text: str) -> Address | None:
    """What somebody typed as their address, in the one form in which it is stored; None when it is neither."""
    text = "".join(c for c in text.strip() if c.isprintable())
    return _email(text) if "@" in text else _phone(text)


def _email(text: str) -> Address | None:
    try:
        read = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True, strict=False
        )
    except EmailNotValidError:
        return None
    return Address("email", (read.ascii_email or "").lower())


def _phone(text: str) -> Address | None:
    if not re.fullmatch(r"[\d\s()+./\-\u2010-\u2015]+", text):
        return None
    try:
        number = phonenumbers.parse(text, HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return Address("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def kind_of(address: str) -> str:
    """email or phone, of a stored address."""
    return "email" if "@" in address else "phone"


def takes_texts(address: str) -> bool:
    """Whether an SMS can reach this phone number: not a landline or a service number."""
    return phonenumbers.number_type(phonenumbers.parse(address)) in TAKES_TEXTS


def country_of(address: str) -> str | None:
    """SE, of +46 ..."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(address))


def address_words(address: str) -> str:
    """As people write it: 070-174 06 05, and other countries' numbers with their +."""
    if kind_of(address) == "email":
        return address
    number = phonenumbers.parse(address)
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    if phonenumbers.region_code_for_number(number) == HOME_COUNTRY:
        form = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(number, form)


def network_of(ip: str | None) -> str:
    """The network that a limit is kept for: an IPv4 address, or the /64 that one IPv6 line has."""
    try:
        address = ip_address((ip or "").split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)


def digits_of(typed: str) -> str:
    """The digits of a typed code, in whichever script."""
    return "".join(str(int(c)) for c in typed if c.isdecimal())


_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(agent: str) -> str:
    """Chrome, Android: a browser in its own names; empty when it does not say."""
    names = (next((name for sign, name in list_ if sign in agent), "") for list_ in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in names if name)
