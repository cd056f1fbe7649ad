"""Reading the cells of exhibitors' and vacancies' spreadsheets: each answers with its value or raises BadRow."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from flask_babel import gettext as _

from bazaar.employers import rules
from bazaar.people.rules import read_address
from bazaar.personal_number import holds_personal_number
from bazaar.sheets import BadRow, Row
from bazaar.words import fold, one_line

# What people write in spreadsheets, folded, besides the keys themselves.
KINDS = {
    "employer": ("arbetsgivare", "foretag", "company"),
    "education": ("utbildning", "utbildare", "utbildningsanordnare", "skola", "school"),
    "start_up": (
        "start-up",
        "startup",
        "start-up advice",
        "starta eget",
        "nyforetagande",
        "nyforetagarcentrum",
    ),
    "authority": ("myndighet", "government", "agency"),
    "association": ("forening", "ideell forening", "organisation", "forbund", "union"),
    "municipality": ("kommun",),
}
PARTS_OF_DAY = {
    "whole": ("hela dagen", "hel dag", "the whole day", "whole day", "all day"),
    "morning": ("formiddag", "formiddagen", "fm", "the morning"),
    "afternoon": ("eftermiddag", "eftermiddagen", "em", "the afternoon"),
}
BOOTH_KINDS = {
    "standard": ("vanlig",),
    "corner": ("horn", "hornmonter"),
    "island": ("o", "omonter"),
    "table": ("bord", "bara bord", "endast bord", "table only"),
}
SECTORS = {
    "health": ("halso- och sjukvard", "sjukvard", "vard", "health care", "healthcare"),
    "care": ("omsorg", "aldreomsorg", "vard och omsorg", "social care", "elderly and disability care"),
    "education": ("utbildning", "skola", "forskola", "schools and preschools", "school"),
    "public": ("offentlig forvaltning", "offentlig sektor", "public administration", "myndighet", "kommun"),
    "cleaning": ("stad", "stadning", "service", "cleaning and services", "facility"),
    "restaurant": (
        "hotell och restaurang",
        "restaurang",
        "hotell",
        "hotels and restaurants",
        "hospitality",
        "hotel",
    ),
    "trade": ("handel", "butik", "detaljhandel", "shops and trade", "retail"),
    "transport": ("transport och lager", "lager", "logistik", "transport and storage", "logistics"),
    "construction": ("bygg", "bygg och anlaggning", "byggverksamhet"),
    "industry": ("industri", "tillverkning", "manufacturing"),
    "property": ("fastighet", "fastigheter", "real estate"),
    "it": ("data/it", "data", "it och telekom", "it and telecoms", "tech", "software"),
    "finance": ("bank", "finans", "bank och forsakring", "forsakring", "banking and insurance"),
    "staffing": ("bemanning", "bemanning och rekrytering", "rekrytering", "staffing and recruitment"),
    "consulting": ("konsult", "teknikkonsult", "consulting and engineering", "engineering"),
    "culture": ("kultur", "media", "culture, media and sport", "sport"),
    "agriculture": ("jordbruk", "lantbruk", "skogsbruk", "farming and forestry"),
    "energy": ("energi", "vatten och miljo", "miljo", "energy, water and environment"),
    "security": ("sakerhet", "bevakning", "forsvar", "security and defence"),
    "association": ("forening", "foreningar", "associations and unions", "fack"),
    "other": ("ovrigt", "annat"),
}
SWEDISH = {
    "none": ("ingen", "ingen svenska", "no", "0", "no swedish"),
    "sfi_a": ("sfi a", "a"),
    "sfi_b": ("sfi b", "b"),
    "sfi_c": ("sfi c", "c", "a2"),
    "sfi_d": ("sfi d", "d", "b1"),
    "sas": ("svenska som andrasprak", "swedish as a second language", "b2", "grund", "sas grund"),
    "fluent": ("flytande", "c1", "c2", "modersmal"),
}
HOURS = {
    "full_time": ("full time", "full-time", "heltid"),
    "part_time": ("part time", "part-time", "deltid"),
    "both": ("heltid/deltid", "heltid eller deltid", "full time or part time", "full or part time"),
    "by_the_hour": ("by the hour", "timmar", "timanstallning", "hourly", "behov"),
}
PERIODS = {
    "month": ("manad", "manadslon", "a month", "per month", "manaden"),
    "hour": ("timme", "timlon", "an hour", "per hour", "tim", "timmen"),
}
RECOGNITION = {
    "needed": ("yes", "ja", "true", "kravs", "required"),
    "not_needed": ("no", "nej", "false", "kravs ej", "kravs inte", "not needed", "not required"),
}
LICENCES = {
    "none": ("no", "nej", "inget", "ingen"),
    "forklift": ("truck", "truckkort", "truckkorkort"),
    **{key: (f"{key.lower()}-korkort",) for key in rules.LICENCES if key not in ("none", "forklift")},
}
YES_OR_NO = {"yes": ("ja", "true", "1", "x", "y", "j"), "no": ("nej", "false", "0", "n")}
LANGUAGES = {
    "en": ("english", "engelska"), "ar": ("arabic", "arabiska"), "fa": ("persian", "persiska", "dari", "farsi", "persian/dari"),
    "so": ("somali", "somaliska"), "ti": ("tigrinya", "tigrinja", "tigrinska"), "uk": ("ukrainian", "ukrainska"),
    "ru": ("russian", "ryska"), "tr": ("turkish", "turkiska"), "es": ("spanish", "spanska"), "ps": ("pashto",),
    "kmr": ("kurmanji", "nordkurdiska", "kurdish", "kurdiska", "kurmanci"), "ckb": ("sorani", "sydkurdiska", "centralkurdiska"),
}  # fmt: skip


def text(row: Row, key: str, most: int = 300, *, required: bool = False, prose: bool = False) -> str:
    """A cell's words, on one line unless they are prose; no personal number, not too long."""
    value = row[key] if prose else one_line(row[key])
    if required and not value:
        raise BadRow(key, _("empty"))
    if len(value) > most:
        raise BadRow(key, _("longer than %(most)s characters", most=most))
    if holds_personal_number(value):
        raise BadRow(key, _("looks like a personal number: take it out"))
    return value


def number(row: Row, key: str) -> str | None:
    """An organisation number. What was typed is not repeated: it may be a personal number."""
    if not row[key]:
        return None
    found = rules.organisation_number(row[key])
    if found is None:
        raise BadRow(key, _("not an organisation number: ten digits, the last of them a check digit"))
    return found


def website(row: Row, key: str) -> str:
    value = text(row, key)
    if not value:
        return ""
    found = rules.web_address(value)
    if found is None:
        raise BadRow(key, _('not an address: "%(value)s"', value=value))
    return found


def email(row: Row, key: str) -> str:
    value = text(row, key)
    if not value:
        return ""
    read = read_address(value)
    if read is None or read.kind != "email":
        raise BadRow(key, _('not an e-mail address: "%(value)s"', value=value))
    return read.address


def days(row: Row, key: str, fair_days: list[date]) -> list[date]:
    found = rules.fair_days(row[key], fair_days)
    if isinstance(found, str):
        raise BadRow(key, _('not a day of this fair: "%(value)s"', value=found))
    return found


def sector(row: Row, key: str) -> str:
    """A sector we know, or one in the file's own words."""
    value = text(row, key, 40)
    return rules.key_in(fold(value), SECTORS) or value


def one_of(row: Row, key: str, known: Mapping[str, Iterable[str]]) -> str | None:
    """The key that is meant; None where the cell is empty."""
    if not row[key]:
        return None
    said = fold(row[key])
    found = rules.key_in(said, known) or next((one for one in known if one.lower() == said), None)
    if found is None:
        keys = ", ".join(known)
        raise BadRow(key, _('not one of %(known)s: "%(value)s"', known=keys, value=row[key][:60]))
    return found


def whole_number(row: Row, key: str, least: int, most: int) -> int | None:
    value = re.sub(r"(?i)[\s\u00a0.]|kr(onor)?\.?$|sek$", "", row[key])
    if not row[key]:
        return None
    if not re.fullmatch(r"\d{1,9}", value) or not least <= int(value) <= most:
        raise BadRow(key, _('not a number from %(least)s to %(most)s: "%(value)s"', least=least, most=most, value=row[key][:60]))  # fmt: skip
    return int(value)


def yes_or_no(row: Row, key: str) -> bool | None:
    said = one_of(row, key, YES_OR_NO)
    return None if said is None else said == "yes"


def languages(row: Row, key: str) -> list[str] | None:
    """Tags of the languages named; None where the cell is empty."""
    if not row[key]:
        return None
    return list(dict.fromkeys(_language(key, part) for part in re.split(r"[;,]|\s+och\s+|\s+and\s+", row[key]) if part.strip()))  # fmt: skip


def _language(column: str, said: str) -> str:
    found = language_named(said)
    if found is None:
        raise BadRow(column, _('not a language we know: "%(value)s"', value=said.strip()[:60]))
    return found


def language_named(said: str) -> str | None:
    return rules.key_in(fold(said), LANGUAGES)


def occupation(row: Row, key: str, code_of: Callable[[str], str | None]) -> str | None:
    if not row[key]:
        return None
    found = code_of(row[key])
    if found is None:
        raise BadRow(key, _('not an occupation we know: "%(value)s"', value=row[key][:60]))
    return found
