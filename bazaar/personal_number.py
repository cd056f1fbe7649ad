"""Swedish personal numbers are never asked for, and not kept when somebody types one.

A personal number is a date of birth (YYMMDD, or with the century) and four digits, the last of them
a check digit. A coordination number has 60 added to the day. People write them with spaces, dots, - or +.
"""

import re
import unicodedata
from datetime import date

_BETWEEN = r"\s?[-./]?\s?"
_END = r"\s*+[-+]?\s*+"  # taken whole, never tried anew with less: a long run of spaces costs its length
_NUMBER = rf"(\d\d){_BETWEEN}(\d\d){_BETWEEN}(\d\d){_END}(\d\d)\s?(\d\d)(?!\d)"
# Looked for at every place, so that digits before a number cannot hide it.
_SHORT = re.compile(rf"(?<!\d)(?=({_NUMBER}))")
_LONG = re.compile(rf"(?<!\d)(?=((?:19|20){_BETWEEN}{_NUMBER}))")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))


def holds_personal_number(text: str) -> str | None:
    """The first personal or coordination number in a text, as it was written; None where there is none."""
    plain = _plain(text)
    for pattern in (_LONG, _SHORT):
        for found in pattern.finditer(plain):
            written, *parts = found.groups()
            if _is_number("".join(parts)):
                return str(written)
    return None


def without_personal_numbers(text: str) -> str:
    """The text with a dot for every digit of a personal number in it."""
    while (number := holds_personal_number(text)) is not None:
        # Written with digits that stand for others, it cannot be found again: then every digit goes.
        text = text.replace(number, _dotted(number)) if number in text else _dotted(text)
    return text


def _dotted(text: str) -> str:
    return "".join("•" if c.isdecimal() else c for c in text)


def _plain(text: str) -> str:
    """Digits of every script as 0-9, every dash as -, nothing invisible."""
    seen = (c for c in text.translate(_DASHES) if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)


def _is_number(digits: str) -> bool:
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    born = any(_is_date(century + year, month, day % 60) for century in (1800, 1900, 2000))
    return born and day < 92 and _has_check_digit(digits)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _has_check_digit(digits: str) -> bool:
    """Luhn: every second digit doubled, from the first on."""
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
