"""Languages, and words for times, days and numbers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, format_decimal, get_locale, gettext, lazy_gettext, ngettext

from bazaar import clock


@dataclass(frozen=True)
class Language:
    tag: str  # BCP 47
    autonym: str
    name: str  # in English
    direction: str = "ltr"


# The languages that people of the fair speak; those with a catalogue of ours stand in OFFERED.
LANGUAGES = {
    language.tag: language
    for language in (
        Language("sv", "Svenska", "Swedish"),
        Language("sv-x-latt", "Lätt svenska", "Easy Swedish"),
        Language("en", "English", "English"),
        Language("ar", "العربية", "Arabic", "rtl"),
        Language("fa", "فارسی / دری", "Persian/Dari", "rtl"),
        Language("so", "Soomaali", "Somali"),
        Language("ti", "ትግርኛ", "Tigrinya"),
        Language("uk", "Українська", "Ukrainian"),
        Language("ru", "Русский", "Russian"),
        Language("tr", "Türkçe", "Turkish"),
        Language("es", "Español", "Spanish"),
        Language("ps", "پښتو", "Pashto", "rtl"),
        Language("kmr", "Kurmancî", "Kurmanji"),
        Language("ckb", "کوردی سۆرانی", "Sorani", "rtl"),
    )
}
OFFERED = ("sv", "en")
# Where the name in the common tables is missing or not what its speakers say (afghanska, centralkurdiska).
SAID = {
    "sv-x-latt": lazy_gettext("Easy Swedish"),
    "fa": lazy_gettext("Persian/Dari"),
    "ps": lazy_gettext("Pashto"),
    "kmr": lazy_gettext("Kurmanji"),
    "ckb": lazy_gettext("Sorani"),
}
COOKIE = "lang"


class HasZone(Protocol):
    zone: str


def offered() -> list[Language]:
    """The languages in which every page can be read."""
    return [LANGUAGES[tag] for tag in OFFERED]


def language_now() -> str:
    """The tag of the language of this page or letter."""
    return str(get_locale() or "en")


@contextmanager
def words_for(tag: str) -> Iterator[None]:
    """Words inside are in the language of whoever will read them: a letter's, not the page's."""
    with force_locale(nearest(tag)):
        yield


def nearest(tag: str) -> str:
    """The language we can write in that is nearest to this one."""
    return next((near for near in (tag, tag.partition("-")[0]) if near in OFFERED), "en")


def _chosen() -> str:
    if not has_request_context():  # a command, or a letter that says its language itself
        return "en"
    asked = request.args.get("lang") or request.cookies.get(COOKIE) or getattr(g, "preferred_language", None)
    if asked in OFFERED:
        return str(asked)
    return request.accept_languages.best_match(OFFERED, "sv") or "sv"


def is_chosen() -> bool:
    """Whether the reader has ever chosen a language, so that it need not be asked."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE) or getattr(g, "preferred_language", None)
    return asked in OFFERED


def local(moment: datetime, fair: HasZone) -> datetime:
    """The moment on the fair's clock."""
    return moment.astimezone(ZoneInfo(fair.zone))


def moment_of(day: date, at: time, fair: HasZone) -> datetime:
    """A wall-clock time at the fair, as a moment."""
    return datetime.combine(day, at, ZoneInfo(fair.zone)).astimezone(ZoneInfo("UTC"))


def clock_time(moment: datetime | time, fair: HasZone | None = None) -> str:
    """10:45, on the fair's clock."""
    if isinstance(moment, datetime) and fair is not None:
        moment = local(moment, fair)
    return moment.strftime("%H:%M")


def day_words(day: date | datetime, fair: HasZone | None = None) -> str:
    """Wednesday 21 April, in the reader's language."""
    if isinstance(day, datetime) and fair is not None:
        day = local(day, fair)
    if language_now().startswith("sv"):
        return format_date(day, "EEEE d MMMM", locale="sv")
    if language_now() == "en":
        return format_date(day, "EEEE d MMMM", locale="en")
    return format_skeleton("MMMMEEEEd", datetime.combine(day, time()), locale=get_locale())


def short_day(day: date | datetime, fair: HasZone | None = None) -> str:
    """21 April, in the reader's language."""
    if isinstance(day, datetime) and fair is not None:
        day = local(day, fair)
    return format_date(day, "d MMMM", locale=get_locale() or "en")


def moment_words(moment: datetime, fair: HasZone) -> str:
    """Wednesday 21 April 10:45."""
    return f"{day_words(moment, fair)} {clock_time(moment, fair)}"


def days_words(days: list[date]) -> str:
    """21-22 April 2027; days may be any number, in order."""
    locale = get_locale() or "en"
    if not days:
        return gettext("Dates not set")
    first, last = days[0], days[-1]
    if first == last:
        return format_date(first, "d MMMM y", locale=locale)
    if first.month == last.month and first.year == last.year:
        return f"{first.day}–{format_date(last, 'd MMMM y', locale=locale)}"
    return f"{format_date(first, 'd MMMM', locale=locale)} – {format_date(last, 'd MMMM y', locale=locale)}"


def in_words(length: timedelta) -> str:
    """A length of time for people: 12 minutes, 3 hours, 2 days."""
    minutes = max(0, round(length.total_seconds() / 60))
    if minutes < 90:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    hours = round(minutes / 60)
    if hours < 36:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s day", "%(num)s days", round(hours / 24))


def number_words(number: float) -> str:
    """1 982 or 1,982, as the reader's language writes it."""
    return str(format_decimal(number))


def language_name(tag: str) -> str:
    """A language's name in the reader's language."""
    if tag in SAID:
        return str(SAID[tag])
    locale = get_locale()
    name = locale.languages.get(tag) if locale else None
    return str(name or LANGUAGES[tag].name if tag in LANGUAGES else tag)


def sentence(words: str) -> str:
    """Words that begin a line begin with a capital: many languages write days and languages with a small letter."""
    return words[:1].upper() + words[1:]


def longest_word(name: str) -> int:
    """How many letters a line must hold: a name breaks at spaces, hyphens and soft hyphens."""
    return max(map(len, re.split(r"[\s\u00ad-]+", name)))


def set_up(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=_chosen)
    app.jinja_env.filters.update(
        clock_time=clock_time, day_words=day_words, short_day=short_day, moment_words=moment_words,
        in_words=in_words, number=number_words, language_name=language_name, local=local, sentence=sentence, longest_word=longest_word,
    )  # fmt: skip
    app.jinja_env.globals.update(now=clock.now, days_words=days_words)
