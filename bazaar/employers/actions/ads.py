"""Ads in the job-ad JSON of the national job board. Only what is named here is kept: contact persons never are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from bazaar.employers.actions.cells import language_named
from bazaar.employers.rules import LICENCES, without_contacts
from bazaar.errors import Refused
from bazaar.personal_number import holds_personal_number
from bazaar.words import fold, one_line

HOURS = {"heltid": "full_time", "deltid": "part_time", "heltid/deltid": "both", "heltid eller deltid": "both"}


@dataclass(frozen=True)
class Ad:
    """What is kept of one ad; the first ad is row 1. `problem` is (column, reason) where it cannot be read."""

    number: int
    title: str = ""
    external_id: str | None = None
    employer: str = ""
    organisation_number: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    problem: tuple[str, str] | None = None


def is_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def ads_in(content: bytes) -> Iterator[Ad]:
    """Each ad of a list, or of a search answer's `hits`. Refused where the JSON cannot be read."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(_("the JSON is not UTF-8")) from None
    except json.JSONDecodeError as error:
        raise Refused(_("the JSON cannot be read: line %(line)s, column %(column)s", line=error.lineno, column=error.colno)) from None  # fmt: skip
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        raise Refused(_("the JSON cannot be read")) from None
    ads = said.get("hits", [said]) if isinstance(said, dict) else said
    if not isinstance(ads, list):
        raise Refused(_("the JSON holds no list of ads"))
    if not ads:
        raise Refused(_("the file is empty"))
    return (_ad(number, ad) for number, ad in enumerate(ads, start=1))


def _ad(number: int, ad: Any) -> Ad:
    if not isinstance(ad, dict):
        return Ad(number, problem=(_("row"), _("not an ad")))
    title = without_contacts(one_line(_text(ad, "headline"))[:300], holds_personal_number)
    employer = _text(ad, "employer", "name")
    if not title:
        return Ad(number, problem=("headline", _("empty")))
    if not employer:
        return Ad(number, problem=("employer", _("empty")))
    external_id = _text(ad, "id") or _text(ad, "external_id")
    return Ad(
        number,
        title,
        external_id[:300] or None,
        employer,
        _text(ad, "employer", "organization_number"),
        _facts(ad),
    )


def _facts(ad: dict[str, Any]) -> dict[str, Any]:
    openings = ad.get("number_of_vacancies")
    return {
        "description": without_contacts(_text(ad, "description", "text")[:20_000], holds_personal_number),
        "openings": openings if isinstance(openings, int) and not isinstance(openings, bool) and 1 <= openings <= 10_000 else None,
        "group_code": _text(ad, "occupation_group", "legacy_ams_taxonomy_id"),
        "hours": HOURS.get(fold(_text(ad, "working_hours_type", "label"))),
        "place": one_line(_text(ad, "workplace_address", "municipality") or _text(ad, "workplace_address", "city").title())[:300],
        "licence": _licence(ad),
        "other_languages": _languages(ad) or None,
    }  # fmt: skip


def _licence(ad: dict[str, Any]) -> str | None:
    required = ad.get("driving_license_required")
    if required is False:
        return "none"
    kinds = {_text(one, "label") for one in _list(ad, "driving_license")} & set(LICENCES)
    return max(kinds, key=LICENCES.index, default=None) if required else None


def _languages(ad: dict[str, Any]) -> list[str]:
    asked = ad.get("must_have")
    named = (
        language_named(_text(one, "label"))
        for one in _list(asked if isinstance(asked, dict) else {}, "languages")
    )
    return list(dict.fromkeys(tag for tag in named if tag))


def _list(ad: dict[str, Any], key: str) -> list[dict[str, Any]]:
    said = ad.get(key)
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _text(ad: Any, *path: str) -> str:
    """The words at this path, without signs that no page can show; "" where there are none."""
    for key in path:
        ad = ad.get(key) if isinstance(ad, dict) else None
    if isinstance(ad, int) and not isinstance(ad, bool):
        ad = str(ad)
    return "".join(c for c in ad if c.isprintable() or c in "\n\t").strip() if isinstance(ad, str) else ""
