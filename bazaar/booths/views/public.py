"""What everybody sees: the employers with their facts, and the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from bazaar import clock
from bazaar.booths import directory, queries
from bazaar.booths.directory import Facts, Wanted
from bazaar.booths.drawing import Row, drawn_booth, drawn_map, state_of, timeline
from bazaar.booths.models import Booth
from bazaar.booths.views.door import (
    asked_day,
    asked_hall,
    asked_id,
    bars_words,
    blueprint,
    booth_address,
    fair_parts,
    times,
)
from bazaar.employers import names as employer_names
from bazaar.employers.rules import SWEDISH
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of, visible_fair
from bazaar.i18n import day_words, local, number_words
from bazaar.occupations import queries as occupations
from bazaar.people.asking import who

MOST_TYPED = 100
Chip = tuple[str, str, bool]


# --- Employers ------------------------------------------------------------------------------------


@blueprint.get("/f/<slug>/employers")
def public_employers(slug: str) -> str:
    """Who is there, with which jobs, and in which booth."""
    fair = g.fair = visible_fair(who(), slug)
    if not _shown(fair):
        return render_template("booths/employers.html", found=None)
    days = days_of(fair.id)
    wanted = _wanted(days)
    found = directory.find(fair.id, wanted, after=asked_id("after"), before=asked_id("before"))
    there = directory.fields_of(fair.id)
    return render_template(
        "booths/employers.html", found=found, wanted=wanted, days=days, chips=_chips(slug, wanted, days),
        fields=[(each.code, occupations.name_of(each)) for each in occupations.fields() if each.code in there],
        places=[(place, place) for place in directory.places_of(fair.id)],
        day_choices=[(day.date.isoformat(), day_words(day.date)) for day in days],
        wanted_day=next((day.date.isoformat() for day in days if day.id == wanted.day), ""),
        swedish=[(key, employer_names.SWEDISH[key]) for key in SWEDISH],
        words=facts_words, address=lambda **changes: _address(slug, days, wanted, **changes),
        opened=request.args.get("choose", ""),
    )  # fmt: skip


def _shown(fair: Fair) -> bool:
    """Who is admitted stays untold until the date on which the answers are shown."""
    return fair.results_visible_from is None or fair.results_visible_from <= clock.now()


def _wanted(days: Sequence[FairDay]) -> Wanted:
    said = request.args
    day = asked_day(days) if said.get("day") else None
    return Wanted(
        search=" ".join(said.get("q", "").split())[:MOST_TYPED],
        field=said.get("field", "")[:40],
        place=said.get("place", "")[:300],
        swedish=said.get("swedish", "") if said.get("swedish") in SWEDISH else "",
        interviews=said.get("interviews") == "1",
        day=day.id if day else None,
    )


def _address(slug: str, days: Sequence[FairDay], wanted: Wanted, **changes: Any) -> str:
    """This list with another wish; a new wish begins on the first page."""
    extra = {name: changes.pop(name) for name in ("after", "before", "choose") if name in changes}
    wish = replace(wanted, **changes)
    day = next((each for each in days if each.id == wish.day), None)
    said: dict[str, Any] = {
        "q": wish.search, "field": wish.field, "place": wish.place, "swedish": wish.swedish,
        "interviews": "1" if wish.interviews else "", "day": day.date.isoformat() if day else "",
    } | extra  # fmt: skip
    return url_for(
        "booths.public_employers", slug=slug, **{name: value for name, value in said.items() if value}
    )


def _chips(slug: str, wanted: Wanted, days: Sequence[FairDay]) -> list[Chip]:
    """What is chosen, each taken away by a tap; then what may be chosen."""
    field = occupations.field(wanted.field) if wanted.field else None
    day = next((each for each in days if each.id == wanted.day), None)
    chips: list[Chip] = []
    if wanted.search:
        chips.append((f"“{wanted.search}”", _address(slug, days, wanted, search=""), True))
    if wanted.swedish:
        level = employer_names.SWEDISH[wanted.swedish]
        chips.append((_("Swedish: %(level)s", level=level), _address(slug, days, wanted, swedish=""), True))
    if field is not None:
        chips.append((occupations.name_of(field), _address(slug, days, wanted, field=""), True))
    if wanted.place:
        chips.append((wanted.place, _address(slug, days, wanted, place=""), True))
    if day is not None:
        chips.append((day_words(day.date), _address(slug, days, wanted, day=None), True))
    today = _address(slug, days, wanted, interviews=not wanted.interviews)
    chips.append((_("Interviews today"), today, wanted.interviews))
    if not wanted.swedish:
        chips.append((_("Swedish"), _address(slug, days, wanted, choose="swedish") + "#filters", False))
    if field is None:
        chips.append((_("Work"), _address(slug, days, wanted, choose="field") + "#filters", False))
    if not wanted.place:
        chips.append((_("Place"), _address(slug, days, wanted, choose="place") + "#filters", False))
    return chips


@dataclass(frozen=True)
class FactWords:
    """An employer's facts as they stand in the list."""

    occupations: str
    jobs: str
    swedish: str


def facts_words(facts: Facts) -> FactWords:
    shown = facts.occupations[:3]
    more = len(facts.occupations) - len(shown)
    occupations_words = ", ".join(shown)
    if more > 0:
        occupations_words = _("%(names)s and %(count)s more", names=occupations_words, count=more)
    jobs = []
    if facts.openings:
        jobs.append(_jobs(facts.openings))
    jobs += [_pay(period, least, most) for period, (least, most) in sorted(facts.pay.items(), reverse=True)]
    return FactWords(occupations_words, " · ".join(jobs), _enough(facts.swedish))


def _jobs(openings: int) -> str:
    return ngettext("%(number)s job", "%(number)s jobs", openings, number=number_words(openings))


def _pay(period: str, least: int, most: int) -> str:
    pay = number_words(least) if least == most else f"{number_words(least)}–{number_words(most)}"
    return _("%(pay)s kr an hour", pay=pay) if period == "hour" else _("%(pay)s kr", pay=pay)


def _enough(level: str | None) -> str:
    if level is None:
        return ""
    if level == "none":
        return _("You need no Swedish")
    if level == "sfi_a":
        return _("A little Swedish is enough")
    if level == "fluent":
        return _("Fluent Swedish")
    return _("%(level)s is enough", level=employer_names.SWEDISH[level])


# --- The map --------------------------------------------------------------------------------------


@blueprint.get("/f/<slug>/map")
def public_map(slug: str) -> str:
    """The halls from above, with the list beside; `?booth=14` shows where 14 is."""
    fair = g.fair = visible_fair(who(), slug)
    days, halls = fair_parts(fair)
    today = next((day for day in days if day.date == local(clock.now(), fair).date()), None)
    day = asked_day(days, today)
    shown = day is not None and _shown(fair)
    search = " ".join(request.args.get("q", "").split())[:MOST_TYPED]
    found = queries.bookings_named(fair.id, day.id, search) if day and shown and search else []
    chosen = _chosen_booth(fair) or (found[0].booth if found else None)
    hall = asked_hall(halls, chosen)
    rows: list[Row] = []
    if day is not None and hall is not None and shown:
        bookings = queries.drawn_bookings(fair.id, day.id, hall.id, with_holds=False)
        rows = timeline(
            queries.booths_of(fair.id, hall.id), queries.blocks_by_day(fair)[day.id], bookings
        ).rows
    lit = {row.booth_id for row in found} | ({chosen.id} if chosen else set())
    at = booth_address("booths.public_map", slug=slug, day=day.date.isoformat() if day else None)
    drawn = [
        drawn_booth(
            row.booth, state_of(row.bars), bars_words(fair, row.booth, row.bars), chosen=row.booth.id in lit,
            url=f"{at}{row.booth.number}",
        )
        for row in rows
    ]  # fmt: skip
    return render_template(
        "booths/map.html", days=days, halls=halls, day=day, hall=hall, times=times, rows=rows, found=found, search=search, chosen=chosen,
        lit=lit, at=at, picture=drawn_map(hall, drawn) if hall and drawn else None,
        booth_row=next((row for row in rows if chosen and row.booth.id == chosen.id), None),
    )  # fmt: skip


def _chosen_booth(fair: Fair) -> Booth | None:
    """`?booth=14` in the address."""
    number = request.args.get("booth", "")
    return queries.booth_numbered(fair.id, int(number)) if number.isdecimal() and len(number) < 6 else None
