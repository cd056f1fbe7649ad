"""How a vacancy and a meeting read to people."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bazaar.employers import names
from bazaar.employers.models import Vacancy
from bazaar.fairs.models import Fair
from bazaar.i18n import language_name, moment_words, number_words
from bazaar.journal.details import values_of
from bazaar.occupations.models import Group
from bazaar.occupations.queries import name_of


@dataclass(frozen=True)
class Fact:
    """One expectation fact: the part that is read first is strong."""

    label: str
    strong: str
    words: str = ""


def facts_of(vacancy: Vacancy, group: Group | None) -> list[Fact]:
    """Every expectation fact of a vacancy, always in the same order, so that employers can be compared."""
    return [
        Fact(_("Jobs"), number_words(vacancy.openings or 0)),
        Fact(_("Occupation"), "", name_of(group) if group is not None else "–"),
        Fact(_("Pay"), pay_words(vacancy), str(names.PAY_PERIODS.get(vacancy.pay_period or "", ""))),
        Fact(_("Hours"), "", _joined(names.HOURS.get(vacancy.hours or "", "–"), vacancy.hours_words)),
        Fact(_("Place"), "", vacancy.place or "–"),
        Fact(_("Least Swedish"), "", str(names.LEAST_SWEDISH.get(vacancy.swedish or "", "–"))),
        Fact(_("Other languages that help"), "", _languages(vacancy)),
        Fact(_("Education"), "", str(names.RECOGNITION.get(vacancy.recognition or "", "–"))),
        Fact(_("Driving licence"), "", str(names.LICENCES.get(vacancy.licence or "", "–"))),
        Fact(_("At the fair"), "", _today(vacancy)),
    ]


def pay_words(vacancy: Vacancy) -> str:
    """27 400–31 200 kr."""
    if vacancy.pay_from is None:
        return "–"
    pay = number_words(vacancy.pay_from)
    if vacancy.pay_to and vacancy.pay_to != vacancy.pay_from:
        pay = f"{pay}–{number_words(vacancy.pay_to)}"
    return _("%(pay)s kr", pay=pay)


def _languages(vacancy: Vacancy) -> str:
    return ", ".join(language_name(tag) for tag in vacancy.other_languages) or _("None")


def _joined(first: object, more: str) -> str:
    return f"{first}, {more}" if more else str(first)


def _today(vacancy: Vacancy) -> str:
    if vacancy.interviews_today and vacancy.decides_today:
        return _("They interview, and you can get an answer the same day")
    if vacancy.interviews_today:
        return _("They interview")
    if vacancy.decides_today:
        return _("You can get an answer the same day")
    return _("They tell you about the job")


def status_words(status: str) -> str:
    """What a meeting's status is called; booked and past means that nobody knows."""
    return {
        "requested": _("Waits for an answer"),
        "booked": _("Booked"),
        "unknown": _("Not known"),
        "held": _("Held"),
        "no_show": _("Did not come"),
        "declined": _("No"),
        "expired": _("No answer in time"),
        "cancelled": _("Cancelled"),
    }.get(status, status)


def coming_words(said: str) -> str:
    """What the jobseeker of a booked meeting answered to a reminder; nothing where they have not been asked."""
    return {"coming": _("Says they come"), "no_answer": _("Reminded, no answer yet")}.get(said, "")


def closed_words(opens_at: datetime | None, fair: Fair) -> str:
    """Why nothing can be booked or asked for now."""
    if opens_at is not None:
        return _("Meetings can be booked from %(when)s.", when=moment_words(opens_at, fair))
    return _("Meetings can no longer be booked.")


_WHO = {
    "jobseeker": lazy_gettext("the jobseeker"),
    "exhibitor": lazy_gettext("the exhibitor"),
    "organiser": lazy_gettext("the organisers"),
    "scan": lazy_gettext("a scan"),
}
values_of("meeting", "by", _WHO)
values_of("pair_block", "by", _WHO)
values_of(
    "feed",
    "kind",
    {
        "jobseeker": lazy_gettext("A jobseeker's meetings"),
        "recruiter": lazy_gettext("A recruiter's meetings"),
        "exhibitor": lazy_gettext("An exhibitor's meetings"),
    },
)
