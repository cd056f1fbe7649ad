"""The blueprint, and what all pages of the floor read from an address."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from bazaar.booths import names, queries, rules
from bazaar.booths.drawing import Bar
from bazaar.booths.models import Block, Booth
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import days_of, halls_of

blueprint = Blueprint("booths", __name__)


@blueprint.app_template_filter("reasons")
def _reasons(packed: str) -> str:
    return names.reasons_words(rules.unpacked(packed))


blueprint.add_app_template_filter(names.needs_words, "needs")


@blueprint.app_template_filter("power")
def _power(key: str) -> str:
    return str(names.POWERS[key])


def asked_id(name: str) -> uuid.UUID | None:
    """An id in the address or the form; nonsense is none."""
    try:
        return uuid.UUID(request.values.get(name, ""))
    except ValueError:
        return None


def asked_ids(name: str) -> list[uuid.UUID]:
    """Ids that were ticked; nonsense is left out."""
    found = []
    for text in " ".join(request.values.getlist(name)).split():
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def asked_day(days: Sequence[FairDay], usual: FairDay | None = None) -> FairDay | None:
    """The day in the address, else the usual one, else the first."""
    try:
        said = date.fromisoformat(request.values.get("day", ""))
    except ValueError:
        said = None
    return next((day for day in days if day.date == said), usual or (days[0] if days else None))


def asked_hall(halls: Sequence[Hall], booth: Booth | None) -> Hall | None:
    """The hall in the address, else that of the chosen booth, else the first."""
    said = asked_id("hall")
    if booth is not None and said is None:
        said = booth.hall_id
    return next((hall for hall in halls if hall.id == said), halls[0] if halls else None)


def fair_parts(fair: Fair) -> tuple[Sequence[FairDay], Sequence[Hall]]:
    return days_of(fair.id), halls_of(fair.id)


def booth_address(endpoint: str, **values: Any) -> str:
    """A page's address but for the booth, which is written behind it: a hall has a thousand."""
    address = url_for(endpoint, **values)
    return f"{address}{'&' if '?' in address else '?'}booth="


def times(fair: Fair, starts: Block, ends: Block) -> str:
    return _times(fair.zone, starts.starts_at, ends.ends_at)


@lru_cache
def _times(zone: str, starts: datetime, ends: datetime) -> str:
    """All booths of a day have the same few."""
    return "–".join(f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" for moment in (starts, ends))


def bars_words(fair: Fair, booth: Booth, bars: Iterable[Bar]) -> str:
    """A booth as it is read aloud: Booth 9: Bolt AB 09:00-12:00, free 12:00-17:00."""
    parts = []
    for bar in bars:
        when = times(fair, bar.blocks[0], bar.blocks[-1])
        if bar.booking is None:
            parts.append(_("free %(when)s", when=when))
        elif bar.state == "held":
            parts.append(
                _("held for %(name)s %(when)s", name=bar.booking.exhibitor.organisation.name, when=when)
            )
        else:
            parts.append(f"{bar.booking.exhibitor.organisation.name} {when}")
    return _("Booth %(number)s: %(who)s", number=booth.number, who=", ".join(parts))


def blocks_in(fair: Fair, ids: Iterable[uuid.UUID]) -> list[Block]:
    """These blocks of the fair, in order of time."""
    wanted = set(ids)
    return [block for block in queries.blocks_of(fair) if block.id in wanted]
