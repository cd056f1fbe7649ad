"""What organisations, places and vacancies may say. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

SECTORS = (
    "health", "care", "education", "public", "cleaning", "restaurant", "trade", "transport", "construction", "industry",
    "property", "it", "finance", "staffing", "consulting", "culture", "agriculture", "energy", "security", "association",
    "other",
)  # fmt: skip
KINDS = ("employer", "education", "start_up", "authority", "association", "municipality")

APPLIED, APPROVED, WAITLISTED, DECLINED, WITHDRAWN = (
    "applied",
    "approved",
    "waitlisted",
    "declined",
    "withdrawn",
)
STATUSES = (APPLIED, APPROVED, WAITLISTED, DECLINED, WITHDRAWN)
DECISIONS = (APPROVED, WAITLISTED, DECLINED)

ADMIN, RECRUITER = "admin", "recruiter"
ROLES = (ADMIN, RECRUITER)

# --- Organisation numbers -----------------------------------------------------------------------


def organisation_number(text: str) -> str | None:
    """Ten digits from what people write: 556016-0680, 16556016-0680, SE556016068001; None where it is none.

    A sole trader's is their personal number, with or without the century.
    """
    digits = re.sub(r"[\s\-–+.]", "", text).upper()
    vat = re.fullmatch(r"SE(\d{10})01", digits)
    if vat:
        digits = vat[1]
    elif re.fullmatch(r"(16|18|19|20)\d{10}", digits):
        digits = digits[2:]
    return digits if re.fullmatch(r"\d{10}", digits) and _has_check_digit(digits) else None


def _has_check_digit(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_sole_traders(number: str) -> bool:
    """A legal person's number has at least 20 in its third and fourth digits: a month never does."""
    return int(number[2:4]) < 20


def shown_number(number: str | None) -> str:
    """As people write it; nothing at all for a sole trader, whose number is a personal number."""
    if not number or is_sole_traders(number):
        return ""
    return f"{number[:6]}-{number[6:]}"


def is_peppol_id(text: str) -> bool:
    """Scheme and number, as 0007:5560160680."""
    return bool(re.fullmatch(r"\d{4}:[A-Za-z0-9.:_-]{1,50}", text))


def web_address(text: str) -> str | None:
    """A web address with its scheme, or None where the text is none."""
    address = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    whole = re.fullmatch(
        r"https?://(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,63}\.?(?::\d{1,5})?(?:[/?#][^\s<>\"]*)?", address, re.IGNORECASE
    )  # fmt: skip
    return address if whole and len(address) <= 300 else None


# --- Who may do what ------------------------------------------------------------------------------


def may_decide(status: str, decision: str) -> bool:
    """An application may be answered, and the answer changed; what was withdrawn is not decided on."""
    return status not in (WITHDRAWN, decision)


def seen_status(status: str, visible_from: datetime | None, moment: datetime) -> str:
    """What the exhibitor and the public may know: an answer is shown from the fair's day of results."""
    if status in DECISIONS and visible_from is not None and moment < visible_from:
        return APPLIED
    return status


def is_last_admin(role: str, admins: int) -> bool:
    """An organisation always keeps somebody who may invite others."""
    return role == ADMIN and admins <= 1


def approves(status: str, taken: int, most: int | None) -> bool:
    """Whether there is room to approve one more."""
    return status == APPROVED or most is None or taken < most


# --- Days as they stand in a spreadsheet ----------------------------------------------------------


def fair_days(said: str, days: list[date]) -> list[date] | str:
    """The fair's days that are meant by "1 2", "1;2" or dates; empty means all. The part that is no day, as text."""
    parts = [part for part in re.split(r"[\s,;+&]+", said) if part and part.casefold() not in ("and", "och")]
    meant: set[date] = set()
    for part in parts:
        day = _day(part, days)
        if day is None:
            return part
        meant.add(day)
    return sorted(meant) if parts else list(days)


def _day(part: str, days: list[date]) -> date | None:
    if re.fullmatch(r"\d{1,2}", part):
        number = int(part)
        return days[number - 1] if 1 <= number <= len(days) else None
    try:
        day = date.fromisoformat(part)
    except ValueError:
        return None
    return day if day in days else None


# --- Vacancies -------------------------------------------------------------------------------------

SWEDISH = ("none", "sfi_a", "sfi_b", "sfi_c", "sfi_d", "sas", "fluent")  # from least to most
HOURS = ("full_time", "part_time", "both", "by_the_hour")
PAY_PERIODS = ("month", "hour")
RECOGNITION = ("needed", "not_needed")
LICENCES = ("none", "AM", "A", "B", "BE", "C", "CE", "D", "DE", "forklift")
DRAFT, PUBLISHED = "draft", "published"

_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("openings", ("openings",)),
    ("occupation", ("group_code",)),
    ("pay", ("pay_from", "pay_period")),
    ("hours", ("hours",)),
    ("place", ("place",)),
    ("swedish", ("swedish",)),
    ("recognition", ("recognition",)),
    ("licence", ("licence",)),
    ("interviews_today", ("interviews_today",)),
    ("decides_today", ("decides_today",)),
)


def missing_facts(vacancy: Any) -> list[str]:
    """The expectation facts that are not yet said, in the order in which they are shown. Empty: it may be published.

    Languages that work besides Swedish are a fact too, but none is an answer.
    """
    return [
        fact
        for fact, columns in _FACTS
        if any(getattr(vacancy, column, None) in (None, "") for column in columns)
    ]


def swedish_rank(level: str) -> int:
    """For comparing levels: 0 is none."""
    return SWEDISH.index(level)


def swedish_is_enough(has: str, least: str) -> bool:
    return swedish_rank(has) >= swedish_rank(least)


_HOUR_PAY, _MONTH_PAY = (1, 5_000), (1_000, 500_000)


def pay_problem(pay_from: int | None, pay_to: int | None, period: str | None) -> str | None:
    """order | size, or None where the pay can be true."""
    if pay_from is not None and pay_to is not None and pay_to < pay_from:
        return "order"
    least, most = _HOUR_PAY if period == "hour" else _MONTH_PAY
    given = [pay for pay in (pay_from, pay_to) if pay is not None]
    return "size" if period and any(not least <= pay <= most for pay in given) else None


# --- Ads from elsewhere: what is somebody's own is taken out --------------------------------------

# Every run is bounded, so that no text makes the search slow.
_EMAIL = re.compile(
    r"(?:mailto:)?[\w.+-]{1,64}\s{0,3}(?:@|\(at\)|\[at\]|\(a\)|\[a\])\s{0,3}[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE
)  # fmt: skip
_BETWEEN = r"(?:[ \t\u00a0\-–/()]{0,4}\d){4,13}"
_PHONE = re.compile(
    rf"(?<![\w.,:/-])(?<!\d[ \u00a0])(?:\+\s?\d{{1,3}}|00\d{{1,3}}|\(0\d{{1,3}}\)|0\d{{1,3}}){_BETWEEN}(?![\w]|[.,:]\d)"
    r"|(?<![\w.,:/-])0\d{1,3}(?:\.\d{2,4}){2,4}(?!\w)"
)
_CALLED = re.compile(
    r"(?P<word>\b(?:tel(?:efon)?(?:nummer|nr)?|tfn|mobil(?:nummer|nr)?|phone|växel|ring|call)\b[.:]?\s{0,3})"
    rf"\+?\d{_BETWEEN}",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[012]\d[.:]?[0-5]\d\s*[-–/]\s*[012]\d[.:]?[0-5]\d")


def without_contacts(text: str, holds_personal_number: Callable[[str], str | None]) -> str:
    """The text without e-mail addresses, phone numbers and personal numbers."""
    text = _EMAIL.sub("", text)
    text = _CALLED.sub(lambda found: found["word"], text)
    text = _PHONE.sub(lambda found: found[0] if _CLOCK.fullmatch(found[0].strip()) else "", text)
    for _turn in range(20):
        number = holds_personal_number(text)
        if number is None:
            break
        # Written with signs that stand for others, it cannot be found again: then nothing of the text stays.
        text = text.replace(number, "") if number in text else ""
    else:
        return ""
    return re.sub(r"[ \t]{2,}", " ", re.sub(r"[ \t]+\n", "\n", text)).strip()


def key_in(said: str, words: Mapping[str, Iterable[str]]) -> str | None:
    """The key whose words (folded) hold what was said (folded)."""
    return next((key for key, known in words.items() if said == key or said in known), None)
