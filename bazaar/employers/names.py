"""What the keys of organisations, places and vacancies are called, in the reader's language."""

from typing import Any

from flask_babel import format_decimal, gettext, lazy_pgettext

from bazaar.fields import lazy as _
from bazaar.i18n import language_name

SECTORS = {
    "health": _("Health care"),
    "care": _("Elderly and disability care"),
    "education": _("Schools and preschools"),
    "public": _("Public administration"),
    "cleaning": _("Cleaning and services"),
    "restaurant": _("Hotels and restaurants"),
    "trade": _("Shops and trade"),
    "transport": _("Transport and storage"),
    "construction": _("Construction"),
    "industry": _("Industry"),
    "property": _("Property"),
    "it": _("IT and telecoms"),
    "finance": _("Banking and insurance"),
    "staffing": _("Staffing and recruitment"),
    "consulting": _("Consulting and engineering"),
    "culture": _("Culture, media and sport"),
    "agriculture": _("Farming and forestry"),
    "energy": _("Energy, water and environment"),
    "security": _("Security and defence"),
    "association": _("Associations and unions"),
    "other": _("Other"),
}
KINDS = {
    "employer": _("Employer"),
    "education": _("Education"),
    "start_up": _("Start-up advice"),
    "authority": _("Authority"),
    "association": _("Association"),
    "municipality": _("Municipality"),
}
BOOTH_KINDS = {
    "standard": _("Standard"),
    "corner": _("Corner"),
    "island": _("Island"),
    "table": _("Table only"),
}
PARTS_OF_DAY = {
    "whole": _("The whole day"),
    "morning": _("The morning"),
    "afternoon": _("The afternoon"),
}
STATUSES = {
    "applied": _("Applied"),
    "approved": _("Approved"),
    "waitlisted": _("Waiting list"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
}
ROLES = {"admin": _("Admin"), "recruiter": _("Recruiter")}
ROLE_HINTS = {
    "admin": _("changes the organisation, its places and vacancies, and invites colleagues"),
    "recruiter": _("meets people, and writes vacancies and notes"),
}

# Swedish, in one word for lists and in a plain sentence for people who do not know the courses.
SWEDISH = {
    "none": _("No Swedish"),
    "sfi_a": _("SFI A"),
    "sfi_b": _("SFI B"),
    "sfi_c": _("SFI C"),
    "sfi_d": _("SFI D"),
    "sas": _("Swedish as a second language"),
    "fluent": _("Fluent"),
}
SWEDISH_SENTENCES = {
    "none": _("No Swedish yet."),
    "sfi_a": _("Says single words and greets, and reads the most common words."),
    "sfi_b": _(
        "Understands simple words when somebody speaks slowly, and writes short messages (A2, begun)."
    ),
    "sfi_c": _("Manages simple everyday talk, and reads short and clear instructions (A2)."),
    "sfi_d": _("Manages most talk at work, and writes simple reports (B1)."),
    "sas": _("Speaks, reads and writes well at work, with some mistakes (B2)."),
    "fluent": _("Speaks, reads and writes without difficulty (C1)."),
}
LEAST_SWEDISH = {
    "none": _("You need no Swedish."),
    "sfi_a": _("You need single words and greetings (SFI A)."),
    "sfi_b": _("You need to understand simple words when somebody speaks slowly (SFI B)."),
    "sfi_c": _("You need to manage simple everyday talk (SFI C)."),
    "sfi_d": _("You need to manage most talk at work (SFI D)."),
    "sas": _("You need to speak, read and write well (Swedish as a second language)."),
    "fluent": _("You need fluent Swedish."),
}
HOURS = {
    "full_time": _("Full time"),
    "part_time": _("Part time"),
    "both": _("Full time or part time"),
    "by_the_hour": _("By the hour"),
}
PAY_PERIODS = {"month": _("a month"), "hour": _("an hour")}
RECOGNITION = {
    "needed": _("A foreign degree must be recognised"),
    "not_needed": _("No recognised degree needed"),
}
LICENCES = {
    "none": _("No driving licence needed"),
    "AM": _("AM (moped)"),
    "A": _("A (motorcycle)"),
    "B": _("B (car)"),
    "BE": _("BE (car and trailer)"),
    "C": _("C (lorry)"),
    "CE": _("CE (lorry and trailer)"),
    "D": _("D (bus)"),
    "DE": _("DE (bus and trailer)"),
    "forklift": _("Forklift licence"),
}
VACANCY_STATUSES: dict[str, object] = {
    "draft": _("Draft"),
    "published": lazy_pgettext("vacancy", "Published"),
    "withdrawn": lazy_pgettext("vacancy", "Withdrawn"),
}
FACTS = {
    "openings": _("Number of jobs"),
    "occupation": _("Occupation"),
    "pay": _("Pay"),
    "hours": _("Working hours"),
    "place": _("Place"),
    "swedish": _("Least Swedish"),
    "languages": _("Other languages that work"),
    "recognition": _("Recognised degree"),
    "licence": _("Licence"),
    "interviews_today": _("Interviews at the fair"),
    "decides_today": _("Decides at the fair"),
}


def sector(key: str) -> str:
    """A sector's name; one that an import brought in its own words stays as it was written."""
    return str(SECTORS.get(key, key))


def pay(vacancy: Any) -> str:
    """27 400-31 200 kr a month; empty where it is not said."""
    if vacancy.pay_from is None or vacancy.pay_period is None:
        return ""
    amount = format_decimal(vacancy.pay_from)
    if vacancy.pay_to is not None and vacancy.pay_to != vacancy.pay_from:
        amount = f"{amount}–{format_decimal(vacancy.pay_to)}"
    return gettext("%(amount)s kr %(period)s", amount=amount, period=str(PAY_PERIODS[vacancy.pay_period]))


def facts_of(vacancy: Any, occupation: str) -> list[tuple[str, str]]:
    """Every expectation fact as (label, words), always in the same order; words are empty where nothing is said."""
    said: dict[str, Any] = {
        "openings": vacancy.openings or "",
        "occupation": occupation,
        "pay": pay(vacancy),
        "hours": ", ".join(
            str(part) for part in (HOURS.get(vacancy.hours or "", ""), vacancy.hours_words) if part
        ),
        "place": vacancy.place or "",
        "swedish": f"{SWEDISH[vacancy.swedish]}. {LEAST_SWEDISH[vacancy.swedish]}" if vacancy.swedish else "",
        "languages": ", ".join(language_name(tag) for tag in vacancy.other_languages) or gettext("None"),
        "recognition": RECOGNITION.get(vacancy.recognition or "", ""),
        "licence": LICENCES.get(vacancy.licence or "", ""),
        "interviews_today": _yes_or_no(vacancy.interviews_today),
        "decides_today": _yes_or_no(vacancy.decides_today),
    }
    return [(str(FACTS[fact]), str(words)) for fact, words in said.items()]


def _yes_or_no(said: bool | None) -> str:
    if said is None:
        return ""
    return gettext("Yes") if said else gettext("No")
