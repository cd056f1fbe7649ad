"""Taking in lists of exhibitors and of vacancies. A refused row has written nothing; see bazaar.sheets."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import select

from bazaar import clock
from bazaar.db import db, locked, new_id
from bazaar.employers import letters
from bazaar.employers.actions import cells
from bazaar.employers.actions.ads import Ad, ads_in, is_json
from bazaar.employers.actions.places import change_place
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Representative, Vacancy
from bazaar.employers.queries import exhibitors_of, price_classes
from bazaar.employers.rules import (
    APPROVED,
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    missing_facts,
    organisation_number,
    pay_problem,
)
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of
from bazaar.journal.actions import note
from bazaar.occupations.actions import load_short_list
from bazaar.occupations.models import Group, Name
from bazaar.people.models import Person
from bazaar.sheets import CHANGED, NEW, UNCHANGED, BadRow, Column, Key, Outcome, Row, Sheet, read, take_in
from bazaar.words import fold

EXHIBITORS = (
    Column(
        "organisation", ("företag", "organization", "company", "name", "namn", "arbetsgivare"), required=True
    ),
    Column("organisation_number", ("organisationsnummer", "organization_number", "orgnr", "org.nr")),
    Column("website", ("webbplats", "webb", "hemsida", "url")),
    Column("email", ("e-post", "e-mail", "mail", "epostadress", "e-postadress")),
    Column("fair_days", ("mässdagar", "dagar", "days")),
    Column("sector", ("bransch",)),
    Column("kind", ("typ",)),
    Column("booths", ("montrar", "antal montrar")),
    Column("part_of_day", ("del av dagen", "tid på dagen", "part of the day")),
    Column("sockets", ("eluttag", "uttag")),
    Column("strong_power", ("400 v", "400v", "starkström")),
    Column("least_width", ("bredd", "monterbredd", "width")),
    Column("step_free", ("stegfri", "utan trappsteg", "step-free")),
    Column("booth_kind", ("montertyp", "typ av monter", "kind of booth")),
    Column("price_class", ("prisklass", "price class")),
)
VACANCIES = (
    Column("exhibitor", ("utställare", "organisation", "företag", "arbetsgivare", "employer"), required=True),
    Column("title", ("titel", "rubrik"), required=True),
    Column("external_id", ("externt id", "id", "annons-id")),
    Column("description", ("beskrivning", "text")),
    Column("openings", ("antal", "antal platser", "platser")),
    Column("occupation", ("yrke", "yrkesgrupp", "ssyk")),
    Column("pay_from", ("lön från", "lägsta lön", "lön")),
    Column("pay_to", ("lön till", "högsta lön")),
    Column("pay_period", ("löneperiod", "lön per")),
    Column("hours", ("arbetstid", "omfattning")),
    Column("hours_words", ("arbetstider", "schema")),
    Column("place", ("ort", "plats", "arbetsort")),
    Column("swedish", ("svenska", "svenskakrav")),
    Column("other_languages", ("andra språk", "språk", "languages")),
    Column("recognition", ("erkännande", "legitimation", "validering")),
    Column("licence", ("körkort", "license", "driving_licence")),
    Column("interviews_today", ("intervjuar idag", "intervju idag", "intervjuar på plats")),
    Column("decides_today", ("beslutar idag", "beslut idag", "bestämmer idag")),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What the preview shows of a row that is taken: who or what it is about."""

    number: int
    label: str
    state: str
    missing: tuple[str, ...] = ()  # facts that a draft lacks


@dataclass
class Taken:
    """An import's outcome, with a line for each row and the headers that nobody knew."""

    outcome: Outcome
    unknown: list[str] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


class HasLabel(Protocol):
    lines: list[Line]


def import_exhibitors(
    fair: Fair, content: bytes, *, by: Person | None = None, keep_good: bool = False, dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:  # fmt: skip
    """Organisations with their places, approved at once. Raises Refused where there is no readable table."""
    sheet = read(content, EXHIBITORS)
    if not dry_run:
        locked(Fair, fair.id)
    reader = _Exhibitors(fair, by, sheet.rows, has_days="fair_days" in sheet.headers)
    outcome = take_in(
        sheet.rows, reader.take, keys=reader.keys, keep_good=keep_good, dry_run=dry_run, progress=progress
    )
    _note(fair, "exhibitors", outcome, by)
    return Taken(outcome, sheet.unknown, sheet.headers, reader.lines)


def import_vacancies(
    fair: Fair, content: bytes, *, by: Person | None = None, keep_good: bool = False, dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:  # fmt: skip
    """Vacancies from a table, or ads from JSON: with every fact published, else drafts. Raises Refused as above."""
    load_short_list()
    if not dry_run:
        locked(Fair, fair.id)
    reader = _Vacancies(fair)
    rows: Iterator[Row | Ad]
    if is_json(content):
        sheet, rows = Sheet([], [], {}), ads_in(content)
    else:
        sheet = read(content, VACANCIES)
        rows = iter(sheet.rows)
    outcome = take_in(
        rows, reader.take, keys=reader.keys, keep_good=keep_good, dry_run=dry_run, progress=progress
    )
    _note(fair, "vacancies", outcome, by)
    return Taken(outcome, sheet.unknown, sheet.headers, reader.lines)


def _note(fair: Fair, what: str, outcome: Outcome, by: Person | None) -> None:
    if outcome.stored and (outcome.new or outcome.changed):
        note(
            "imported", what, None, fair_id=fair.id, actor=by.id if by else None, new=outcome.new, changed=outcome.changed
        )  # fmt: skip


# --- Exhibitors -------------------------------------------------------------------------------------


class _Exhibitors:
    """Takes rows in for one fair; what stands already is read at the start, in a few queries."""

    def __init__(self, fair: Fair, by: Person | None, rows: list[Row], *, has_days: bool) -> None:
        self.fair, self.by, self.has_days = fair, by, has_days
        self.lines: list[Line] = []
        self.days = list(days_of(fair.id))
        self.price_classes = price_classes(fair.id)
        self.touched: dict[uuid.UUID, int] = {}
        self.by_number: dict[str, Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in _organisations(rows):
            self._know(organisation)
        self.places = {place.organisation_id: place for place in exhibitors_of(fair.id, status=None)}
        self.place_days = _days_at(fair.id)
        self.with_people = set(
            db.session.scalars(
                select(Representative.organisation_id).where(Representative.ended_at.is_(None))
            )
        )

    def _know(self, organisation: Organisation) -> None:
        if organisation.number:
            self.by_number[organisation.number] = organisation
        self.by_name[organisation.folded_name].append(organisation)

    def keys(self, row: Row) -> Iterator[Key]:
        number = organisation_number(row["organisation_number"])
        if number:
            yield ("number", number), "organisation_number"
        elif row["organisation"] and not row["organisation_number"]:
            yield ("name", fold(row["organisation"])), "organisation"

    def take(self, row: Row) -> str:
        name = cells.text(row, "organisation", required=True)
        number = cells.number(row, "organisation_number")
        facts = {
            "number": number, "website": cells.website(row, "website"), "email": cells.email(row, "email"),
            "sector": cells.sector(row, "sector"),
        }  # fmt: skip
        said = {"kind": cells.one_of(row, "kind", cells.KINDS), **self._needs(row)}
        wishes = {key: value for key, value in said.items() if value not in (None, "")}
        dates = cells.days(row, "fair_days", [day.date for day in self.days])
        days = [day for day in self.days if day.date in dates]
        organisation = self._found(name, number)
        place = self.places.get(organisation.id) if organisation else None
        if organisation is not None:
            self._refuse_repeat(organisation, row, "organisation_number" if number else "organisation")
        if place is not None and place.status == WITHDRAWN:
            raise BadRow("organisation", _("has withdrawn from this fair: add it by hand if it is back"))
        state = self._store(row, organisation, place, name, facts, wishes, days)
        self.lines.append(Line(row.number, name, state))
        return state

    def _needs(self, row: Row) -> dict[str, Any]:
        """What the exhibitor wishes of its booths; an empty cell says nothing."""
        return {
            "booths": cells.whole_number(row, "booths", 1, 20),
            "part_of_day": cells.one_of(row, "part_of_day", cells.PARTS_OF_DAY),
            "sockets": cells.whole_number(row, "sockets", 0, 20),
            "strong_power": cells.yes_or_no(row, "strong_power"),
            "least_width": cells.whole_number(row, "least_width", 1, 20),
            "step_free": cells.yes_or_no(row, "step_free"),
            "booth_kind": cells.one_of(row, "booth_kind", cells.BOOTH_KINDS),
            "price_class": self._price_class(row),
        }

    def _price_class(self, row: Row) -> str:
        said = cells.text(row, "price_class", 40)
        found = next((one for one in self.price_classes if fold(one) == fold(said)), None)
        if said and self.price_classes and found is None:
            known = ", ".join(self.price_classes)
            raise BadRow("price_class", _('not one of %(known)s: "%(value)s"', known=known, value=said))
        return found or said

    def _refuse_repeat(self, organisation: Organisation, row: Row, column: str) -> None:
        """One row may name an organisation by its number, another by its name."""
        first = self.touched.setdefault(organisation.id, row.number)
        if first != row.number:
            raise BadRow(column, _("the same as row %(first)s", first=first))

    def _found(self, name: str, number: str | None) -> Organisation | None:
        if number and number in self.by_number:
            return self.by_number[number]
        namesakes = [one for one in self.by_name[fold(name)] if not (number and one.number)]
        here = [one for one in namesakes if one.id in self.places]
        if len(namesakes) > 1 and len(here) != 1:
            raise BadRow(
                "organisation", _("several organisations have this name: give the organisation number")
            )
        return here[0] if here else (namesakes[0] if namesakes else None)

    def _store(
        self, row: Row, organisation: Organisation | None, place: Exhibitor | None, name: str,
        facts: dict[str, str | None], wishes: dict[str, Any], days: list[FairDay],
    ) -> str:  # fmt: skip
        if organisation is None:
            given = {key: value for key, value in facts.items() if value}
            organisation = Organisation(id=new_id(), name=name, folded_name=fold(name), **given)
            db.session.add(organisation)
            self._know(organisation)
            changed = False
        else:
            changed = self._complete(organisation, facts)
        self.touched[organisation.id] = row.number
        if place is None:
            self._new_place(organisation, wishes, days)
            return NEW
        return CHANGED if self._change(place, wishes, days) or changed else UNCHANGED

    def _complete(self, organisation: Organisation, facts: dict[str, str | None]) -> bool:
        """What the file says is taken over, but not where the organisation looks after its own facts."""
        own = organisation.id in self.with_people
        changed = False
        for key, value in facts.items():
            has = getattr(organisation, key)
            if value and has != value and not (own and has):
                setattr(organisation, key, value)
                changed = True
        if changed and organisation.number:
            self.by_number[organisation.number] = organisation
        return changed

    def _new_place(self, organisation: Organisation, wishes: dict[str, Any], days: list[FairDay]) -> None:
        now = clock.now()
        place = Exhibitor(
            id=new_id(), fair_id=self.fair.id, organisation_id=organisation.id, status=APPROVED,
            applied_at=now, decided_at=now, **wishes,
        )  # fmt: skip
        db.session.add(place)
        db.session.add_all(
            ExhibitorDay(fair_id=self.fair.id, exhibitor_id=place.id, fair_day_id=day.id) for day in days
        )
        self._tell(place, organisation)

    def _change(self, place: Exhibitor, wishes: dict[str, Any], days: list[FairDay]) -> bool:
        new = any(getattr(place, key) != value for key, value in wishes.items())
        differ = {day.id for day in days} != self.place_days[place.id]
        changed = False
        if new or (self.has_days and differ):
            place.fair = self.fair
            changed = change_place(place, wishes, days if self.has_days else None, self.by)
        if place.status != APPROVED:
            place.status, place.reason, place.decided_at = APPROVED, "", clock.now()
            self._tell(place, place.organisation)
            changed = True
        return changed

    def _tell(self, place: Exhibitor, organisation: Organisation) -> None:
        if organisation.id in self.with_people:
            place.fair, place.organisation = self.fair, organisation
            letters.decided(place, self.fair.results_visible_from)


def _organisations(rows: list[Row]) -> Iterator[Organisation]:
    """Those that the rows may mean, by number or by name."""
    numbers = {organisation_number(row["organisation_number"]) for row in rows} - {None}
    names = {fold(row["organisation"]) for row in rows}
    seen: set[uuid.UUID] = set()
    for column, wanted in ((Organisation.number, numbers), (Organisation.folded_name, names)):
        for some in _in_turns(list(wanted)):
            for organisation in db.session.scalars(select(Organisation).where(column.in_(some))):
                if organisation.id not in seen:
                    seen.add(organisation.id)
                    yield organisation


def _in_turns(values: list[Any], size: int = 1000) -> Iterator[list[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _days_at(fair_id: uuid.UUID) -> dict[uuid.UUID, set[uuid.UUID]]:
    days: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    query = select(ExhibitorDay.exhibitor_id, ExhibitorDay.fair_day_id).where(ExhibitorDay.fair_id == fair_id)
    for exhibitor_id, day_id in db.session.execute(query):
        days[exhibitor_id].add(day_id)
    return days


# --- Vacancies --------------------------------------------------------------------------------------


class _Vacancies:
    def __init__(self, fair: Fair) -> None:
        self.fair = fair
        self.lines: list[Line] = []
        self.occupations = _occupations()
        self.by_number: dict[str, Exhibitor] = {}
        self.by_name: dict[str, list[Exhibitor]] = defaultdict(list)
        for place in exhibitors_of(fair.id):
            if place.organisation.number:
                self.by_number[place.organisation.number] = place
            self.by_name[place.organisation.folded_name].append(place)
        self.known: dict[tuple[uuid.UUID, str, str], Vacancy] = {}
        for vacancy in db.session.scalars(select(Vacancy).where(Vacancy.fair_id == fair.id)):
            self.known[_key(vacancy.exhibitor_id, vacancy.external_id, vacancy.title)] = vacancy

    def keys(self, row: Row | Ad) -> Iterator[Key]:
        if isinstance(row, Ad):
            name, number, title, external_id = (
                row.employer,
                row.organisation_number,
                row.title,
                row.external_id,
            )
            by_id, by_title = "id", "headline"
        else:
            name, number, title, external_id = (
                row["exhibitor"],
                row["exhibitor"],
                row["title"],
                row["external_id"],
            )
            by_id, by_title = "external_id", "title"
        with suppress(BadRow):  # of an exhibitor that is not there no row is taken
            place = self._place(name, organisation_number(number))
            if external_id or title:
                yield _key(place.id, external_id, title), by_id if external_id else by_title

    def take(self, row: Row | Ad) -> str:
        return self._take_ad(row) if isinstance(row, Ad) else self._take_row(row)

    def _take_row(self, row: Row) -> str:
        name = cells.text(row, "exhibitor", required=True)
        title = cells.text(row, "title", required=True)
        place = self._place(name, organisation_number(name))
        facts = self._facts(row)
        problem = pay_problem(facts["pay_from"], facts["pay_to"], facts["pay_period"])
        if problem == "order":
            raise BadRow("pay_to", _("less than pay_from"))
        if problem:
            raise BadRow("pay_from", _("cannot be the pay for that period"))
        return self._store(row.number, place, title, cells.text(row, "external_id") or None, facts)

    def _facts(self, row: Row) -> dict[str, Any]:
        return {
            "description": cells.text(row, "description", 20_000, prose=True),
            "openings": cells.whole_number(row, "openings", 1, 10_000),
            "group_code": cells.occupation(row, "occupation", lambda said: self.occupations.get(fold(said))),
            "pay_from": cells.whole_number(row, "pay_from", 1, 500_000),
            "pay_to": cells.whole_number(row, "pay_to", 1, 500_000),
            "pay_period": cells.one_of(row, "pay_period", cells.PERIODS),
            "hours": cells.one_of(row, "hours", cells.HOURS),
            "hours_words": cells.text(row, "hours_words"),
            "place": cells.text(row, "place") or None,
            "swedish": cells.one_of(row, "swedish", cells.SWEDISH),
            "other_languages": cells.languages(row, "other_languages"),
            "recognition": cells.one_of(row, "recognition", cells.RECOGNITION),
            "licence": cells.one_of(row, "licence", cells.LICENCES),
            "interviews_today": cells.yes_or_no(row, "interviews_today"),
            "decides_today": cells.yes_or_no(row, "decides_today"),
        }

    def _take_ad(self, ad: Ad) -> str:
        """An ad of a job board; see actions.ads for what is kept of it."""
        place = self._place(ad.employer, organisation_number(ad.organisation_number))
        facts = dict(ad.facts)
        facts["group_code"] = self.occupations.get(facts["group_code"])
        return self._store(ad.number, place, ad.title, ad.external_id, facts)

    def _place(self, name: str, number: str | None) -> Exhibitor:
        if number and number in self.by_number:
            return self.by_number[number]
        found = self.by_name.get(fold(name), [])
        if not found:
            # A number is not repeated: it may be a personal number.
            said = name if organisation_number(name) is None else ""
            raise BadRow("exhibitor", _('not at this fair: "%(name)s"', name=said[:100]))
        if len(found) > 1:
            raise BadRow("exhibitor", _("several exhibitors have this name: give the organisation number"))
        return found[0]

    def _store(
        self, number: int, place: Exhibitor, title: str, external_id: str | None, facts: dict[str, Any]
    ) -> str:  # fmt: skip
        key = _key(place.id, external_id, title)
        vacancy = self.known.get(key)
        given = {name: value for name, value in facts.items() if value not in (None, "")}
        given |= {"title": title, "folded_title": fold(title)}
        if vacancy is None:
            vacancy = Vacancy(
                id=new_id(), fair_id=self.fair.id, exhibitor_id=place.id, external_id=external_id, status=DRAFT,
                **{"other_languages": [], **given},
            )  # fmt: skip
            db.session.add(vacancy)
            self.known[key] = vacancy
            state = NEW
        else:
            changed = [name for name, value in given.items() if getattr(vacancy, name) != value]
            for name in changed:
                setattr(vacancy, name, given[name])
            state = CHANGED if changed else UNCHANGED
        missing = missing_facts(vacancy)
        if vacancy.status == DRAFT and not missing and state != UNCHANGED:
            vacancy.status = PUBLISHED
        self.lines.append(Line(number, title, state, tuple(missing)))
        return state


def _key(exhibitor_id: uuid.UUID, external_id: str | None, title: str) -> tuple[uuid.UUID, str, str]:
    return (exhibitor_id, "id", external_id) if external_id else (exhibitor_id, "title", fold(title))


def _occupations() -> dict[str, str]:
    """Every code and name of an occupation, folded, with its group's code; a group's own name wins."""
    known = {row.folded: row.group_code for row in db.session.execute(select(Name.folded, Name.group_code))}
    for group in db.session.scalars(select(Group)):
        known |= {group.code: group.code, fold(group.name_sv): group.code, fold(group.name_en): group.code}
    return known
