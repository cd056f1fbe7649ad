"""People from a list. A refused row has written nothing; see bazaar.sheets."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from sqlalchemy import select

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.i18n import LANGUAGES
from bazaar.jobseekers import actions, queries, rules
from bazaar.jobseekers.actions import Said
from bazaar.jobseekers.models import Registration, SpokenLanguage, WantedWork
from bazaar.jobseekers.queries import Exact
from bazaar.jobseekers.rules import Needs
from bazaar.journal.actions import note
from bazaar.occupations.actions import load_short_list
from bazaar.occupations.models import Field, Group, Name
from bazaar.people.models import Contact, Person
from bazaar.people.rules import kind_of, read_address
from bazaar.personal_number import holds_personal_number
from bazaar.sheets import CHANGED, NEW, UNCHANGED, BadRow, Column, Key, Outcome, Row, read, take_in
from bazaar.words import fold, one_line

COLUMNS = (
    Column("name", ("namn",), required=True),
    Column("phone", ("telefon", "mobil", "telefonnummer", "mobile")),
    Column("email", ("e-post", "e-mail", "mail", "epostadress", "e-postadress")),
    Column("language", ("språk",)),
    Column("languages", ("talar", "andra språk", "spoken_languages")),
    Column("occupations", ("yrken", "yrke", "occupation")),
    Column("swedish", ("svenska",)),
    Column("needs", ("behov",)),
)
_LEVELS = {
    "basic": ("basic", "a little", "lite", "grund"),
    "good": ("good", "well", "bra", "god"),
    "native": ("native", "mother tongue", "modersmål", "own"),
}
_SWEDISH = {
    "none": ("none", "no", "ingen", "nej", "0"),
    "sas": ("sas", "sva", "svenska som andraspråk", "swedish as a second language"),
    "native": ("native", "modersmål", "own", "mother tongue"),
    "sfi_a": ("a",), "sfi_b": ("b",), "sfi_c": ("c",), "sfi_d": ("d",),
}  # fmt: skip
_NEEDS = {
    "step_free": ("step-free", "step free", "stegfritt", "stegfri", "rullstol", "wheelchair", "hiss"),
    "quiet": ("quiet", "lugn", "lugnt", "tyst"),
    "morning": ("morning", "förmiddag", "fm"),
    "afternoon": ("afternoon", "eftermiddag", "em"),
}
_INTERPRETER = re.compile(r"(?:interpreter|tolk)\s*[:(]?\s*(?:for\s+|på\s+|i\s+)?([^)]+)\)?$", re.IGNORECASE)
_LEAVES = re.compile(r"(?:leaves? by|must leave by|senast|går)\D*(\d{1,2})[:.](\d\d)$", re.IGNORECASE)
_SPOKEN = re.compile(r"([^:(]+?)\s*(?:[:(]\s*([^)]*)\)?)?$")


@dataclass(frozen=True)
class Line:
    """What the preview shows of a row that is taken."""

    number: int
    label: str
    state: str


@dataclass
class Taken:
    outcome: Outcome
    unknown: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def import_jobseekers(
    fair: Fair,
    content: bytes,
    *,
    by: Person | None = None,
    keep_good: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Taken:
    """Registered at once, with badges and welcome letters. Raises Refused where there is no readable table."""
    load_short_list()
    sheet = read(content, COLUMNS)
    if not {"phone", "email"} & set(sheet.headers):
        raise Refused(_("no column named %(missing)s in the first row", missing="phone, email"))
    reader = _People(fair, by, sheet.rows)
    outcome = take_in(
        sheet.rows, reader.take, keys=reader.keys, keep_good=keep_good, dry_run=dry_run, progress=progress
    )
    if outcome.stored and (outcome.new or outcome.changed):
        note("import", "registration", None, fair_id=fair.id, actor=by.id if by else None,
             new=outcome.new, changed=outcome.changed, refused=len(outcome.refused))  # fmt: skip
    return Taken(outcome, sheet.unknown, reader.lines)


class _People:
    """Takes one row after another into a fair."""

    def __init__(self, fair: Fair, by: Person | None, rows: Sequence[Row]) -> None:
        self.fair, self.by = fair, by
        typed = {row[column] for row in rows for column in ("phone", "email") if row[column]}
        self.addresses = {text: read_address(text) for text in typed}
        self.known = _people_known([read.address for read in self.addresses.values() if read is not None])
        self.days = [day.date for day in days_of(fair.id)]
        self.lines: list[Line] = []
        self.tags = _language_tags()
        self.works = _works()

    def keys(self, row: Row) -> Iterator[Key]:
        for column in ("phone", "email"):
            address = self.addresses.get(row[column])
            if address is not None and row["name"]:
                yield (fold(row["name"]), address.address), "name"

    def take(self, row: Row) -> str:
        said = self._read(row)
        person = next(
            filter(None, (self.known.get((address, fold(said.name))) for address in said.addresses)), None
        )
        state = NEW if person is None else self._take_known(person, said)
        if person is None:
            actions.register_stranger(self.fair, said, self.days, self.by.id if self.by else None)
        self.lines.append(Line(row.number, said.name, state))
        return state

    def _take_known(self, person: Person, said: Said) -> str:
        registration = queries.registration_of(person.id, self.fair.slug)
        if registration is not None and registration.status == "cancelled":
            raise BadRow("name", _("has cancelled this registration"))
        if registration is not None and registration.status == "registered":
            return CHANGED if self._write(registration, said) else UNCHANGED
        actor = self.by.id if self.by else None
        registration = actions.start(self.fair, person, source="import", actor=actor)
        actions.register_from_list(registration, actor)
        self._write(registration, said)
        return NEW

    def _write(self, registration: Registration, said: Said) -> bool:
        """Write what the row says; True where anything changed. What somebody said themselves stays."""
        own = registration.source != "import"
        changed = _add_addresses(registration.person_id, said.addresses)
        if said.language and not own and registration.person.language != said.language:
            registration.person.language, changed = said.language, True
        if said.swedish and said.swedish != registration.swedish and not (own and registration.swedish):
            actions.say_swedish(registration, said.swedish)
            changed = True
        changed |= _say_languages(registration, said.levels, own)
        changed |= _want(registration, said.work)
        return changed | _say_needs(registration, said.needs, own)

    # --- Reading a row --------------------------------------------------------------------------

    def _read(self, row: Row) -> Said:
        name = one_line(row["name"])
        if not any(c.isalpha() for c in name):
            raise BadRow("name", _("missing"))
        if len(name) > 120:
            raise BadRow("name", _("longer than 120 characters"))
        for column, text in row.cells.items():
            if column != "phone" and holds_personal_number(text):
                raise BadRow(column, _("looks like a personal number; take it out"))
        addresses = tuple(self._addresses(row))
        return Said(
            name,
            addresses,
            self._language("language", row["language"]) if row["language"] else None,
            dict(self._spoken(row["languages"])),
            tuple(self._work(row["occupations"])),
            self._swedish(row["swedish"]),
            self._needs(row["needs"]),
        )

    def _addresses(self, row: Row) -> Iterator[str]:
        if not row["phone"] and not row["email"]:
            raise BadRow("phone", _("a phone number or an e-mail address is needed"))
        for column, kind, wrong in (
            ("phone", "phone", _("not a phone number: “%(text)s”", text=row["phone"])),
            ("email", "email", _("not an e-mail address: “%(text)s”", text=row["email"])),
        ):
            if row[column]:
                address = self.addresses[row[column]]
                if address is None or kind_of(address.address) != kind:
                    raise BadRow(column, wrong)
                yield address.address

    def _language(self, column: str, text: str) -> str:
        tag = self.tags.get(fold(text))
        if tag is None:
            raise BadRow(column, _("no such language: “%(text)s”", text=text))
        return tag

    def _spoken(self, text: str) -> Iterator[tuple[str, str]]:
        for part in _parts(text):
            found = _SPOKEN.match(part)
            tag = self._language("languages", found[1] if found else part)
            level = _key_of(found[2], _LEVELS) if found and found[2] else "good"
            if level is None:
                raise BadRow("languages", _("no such level: “%(text)s”", text=part))
            if not tag.startswith("sv"):
                yield tag, level

    def _work(self, text: str) -> Iterator[Exact]:
        whole = self.works.get(fold(text))
        for part in [] if whole else _parts(text):
            exact = self.works.get(fold(part))
            if exact is None:
                raise BadRow("occupations", _("no such work: “%(text)s”", text=part))
            yield exact
        if whole:
            yield whole

    def _swedish(self, text: str) -> str:
        if not text:
            return ""
        said = re.sub(r"^(sfi|kurs|course|cefr|nivå|level)[\s_:-]*", "", fold(text)).strip()
        said = re.sub(r"^(kurs|course)\s*", "", said)
        key = said if said in rules.CEFR else _key_of(said, _SWEDISH)
        if key is None:
            raise BadRow("swedish", _("no such level of Swedish: “%(text)s”", text=text))
        return key

    def _needs(self, text: str) -> Needs:
        needs = Needs()
        for part in _parts(text):
            key, interpreter, leaves = _key_of(part, _NEEDS), _INTERPRETER.match(part), _LEAVES.match(part)
            if key == "step_free":
                needs = replace(needs, step_free=True)
            elif key == "quiet":
                needs = replace(needs, quiet=True)
            elif key is not None:
                needs = replace(needs, half_day=key)
            elif interpreter:
                needs = replace(needs, interpreter=self._language("needs", interpreter[1]))
            elif leaves and int(leaves[1]) < 24 and int(leaves[2]) < 60:
                needs = replace(needs, leaves_by=dt.time(int(leaves[1]), int(leaves[2])))
            else:
                raise BadRow("needs", _("not understood: “%(text)s”", text=part))
        return needs


def _parts(text: str) -> list[str]:
    separator = ";" if ";" in text else ","
    return [" ".join(part.split()) for part in text.split(separator) if part.strip()]


def _key_of(text: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    said = fold(text)
    return next((key for key, names in known.items() if said == key or said in map(fold, names)), None)


def _language_tags() -> dict[str, str]:
    """Languages by tag, own name, English and Swedish name, folded."""
    swedish = {
        "svenska": "sv", "lätt svenska": "sv-x-latt", "engelska": "en", "arabiska": "ar", "persiska": "fa", "dari": "fa",
        "farsi": "fa", "somaliska": "so", "tigrinja": "ti", "tigrinska": "ti", "ukrainska": "uk", "ryska": "ru",
        "turkiska": "tr", "spanska": "es", "pashto": "ps", "kurmanji": "kmr", "kurmandji": "kmr", "sorani": "ckb",
        "polska": "pl", "finska": "fi", "franska": "fr", "tyska": "de", "amhariska": "am", "bosniska": "bs",
        "serbiska": "sr", "albanska": "sq", "urdu": "ur", "hindi": "hi", "bengali": "bn", "thai": "th",
        "thailändska": "th", "vietnamesiska": "vi", "kinesiska": "zh", "portugisiska": "pt", "italienska": "it",
        "rumänska": "ro", "persian": "fa", "polish": "pl", "finnish": "fi", "french": "fr", "german": "de",
        "amharic": "am", "bosnian": "bs", "serbian": "sr", "albanian": "sq", "vietnamese": "vi", "chinese": "zh",
        "portuguese": "pt", "italian": "it", "romanian": "ro",
    }  # fmt: skip
    tags = {fold(name): tag for name, tag in swedish.items()} | {tag: tag for tag in swedish.values()}
    for language in LANGUAGES.values():
        for name in (language.tag, language.name, language.autonym, *language.name.split("/")):
            tags[fold(name)] = language.tag
    return tags


def _works() -> dict[str, Exact]:
    """Work by code and by every name it goes by, folded; what is less exact wins over what is more."""
    works: dict[str, Exact] = {}
    groups = {group.code: group for group in db.session.scalars(select(Group))}
    for name in db.session.scalars(select(Name)):
        group = groups[name.group_code]
        works[name.folded] = Exact(group.field_code, group.code, name.id)
    for group in groups.values():
        for words in (group.code, group.name_sv, group.name_en):
            works[fold(words)] = Exact(group.field_code, group.code)
    for one in db.session.scalars(select(Field)):
        for words in (one.code, one.name_sv, one.name_en):
            works[fold(words)] = Exact(one.code)
    works.pop("", None)
    return works


def _people_known(addresses: Sequence[str]) -> dict[tuple[str, str], Person]:
    """Everybody at an address of the list, by address and folded name: asked for once, not for each row."""
    known: dict[tuple[str, str], Person] = {}
    for start in range(0, len(addresses), 500):
        query = (
            select(Contact.address, Person)
            .join(Contact.person)
            .where(Contact.address.in_(addresses[start : start + 500]), Person.erased_at.is_(None))
            .order_by(Person.id.desc())
        )
        known |= {(address, person.folded_name): person for address, person in db.session.execute(query)}
    return known


# --- What a row changes ---------------------------------------------------------------------------


def _add_addresses(person_id: uuid.UUID, addresses: tuple[str, ...]) -> bool:
    """Whoever holds an address may sign in with it. So a list gives none to somebody who has proved one of their own,
    or who is more than a jobseeker: they add it themselves."""
    if queries.has_proved_an_address(person_id) or queries.holds_office(person_id):
        return False
    known = set(db.session.scalars(select(Contact.address).where(Contact.person_id == person_id)))
    fresh = [address for address in addresses if address not in known]
    db.session.add_all(Contact(person_id=person_id, kind=kind_of(one), address=one) for one in fresh)
    return bool(fresh)


def _say_languages(registration: Registration, levels: dict[str, str], own: bool) -> bool:
    rows = db.session.scalars(
        select(SpokenLanguage).where(SpokenLanguage.registration_id == registration.id)
    ).all()
    have = {row.tag: row.level for row in rows}
    wanted = {**levels, **have} if own else {**have, **levels}
    if wanted == have:
        return False
    actions.say_languages(registration, wanted)
    return True


def _want(registration: Registration, work: tuple[Exact, ...]) -> bool:
    rows = db.session.scalars(select(WantedWork).where(WantedWork.registration_id == registration.id)).all()
    have = [Exact(row.field_code, row.group_code, row.name_id) for row in rows]
    # What is said more exactly, here or before, says it all: so the same list changes nothing twice.
    fresh = [one for one in work if not any(_is_within(other, one) for other in (*have, *work))]
    return sum(actions.want(registration, one) for one in fresh) > 0


def _is_within(one: Exact, other: Exact) -> bool:
    """Whether `one` says more exactly what `other` says."""
    if one == other or one.field_code != other.field_code:
        return False
    return other.group_code is None or (one.group_code == other.group_code and other.name_id is None)


def _say_needs(registration: Registration, needs: Needs, own: bool) -> bool:
    row = queries.needs_of(registration)
    have = Needs(row.interpreter, row.step_free, row.quiet, row.half_day, row.leaves_by) if row else Needs()
    if needs == Needs() or needs == have or (own and row is not None):
        return False
    actions.say_needs(registration, needs)
    return True
