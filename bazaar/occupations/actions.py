"""Loading the short list that ships with the product, and the publisher's whole lists."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.journal.actions import note
from bazaar.occupations.models import Field, Group, Name
from bazaar.occupations.short_list import FIELDS, GROUPS
from bazaar.sheets import (
    CHANGED,
    NEW,
    UNCHANGED,
    BadRow,
    Column,
    ColumnMissing,
    Outcome,
    Repeats,
    Row,
    Sheet,
    read,
    take_in,
)
from bazaar.words import fold, one_line


def load_short_list() -> int:
    """Add what is missing of the short list; what stands already is left as it is. How many rows were added."""
    fields = set(db.session.scalars(select(Field.code)))
    groups = set(db.session.scalars(select(Group.code)))
    added: list[Field | Group] = [
        Field(code=code, concept_id=concept, name_sv=sv, name_en=en, position=position)
        for position, (code, concept, sv, en) in enumerate(FIELDS)
        if code not in fields
    ]
    added += [
        Group(code=code, field_code=field, name_sv=sv, name_en=en, common=True)
        for code, field, sv, en in GROUPS
        if code not in groups
    ]
    db.session.add_all(added)
    db.session.flush()
    return len(added)


# --- The publisher's lists ----------------------------------------------------------------------

CODE = Column("ssyk4", ("ssyk", "ssyk_code"), required=True)
LISTS = {
    "fields": (Column("concept_id", required=True), Column("legacy_id", required=True), Column("name_sv", required=True)),
    "groups": (
        CODE,
        Column("name_sv", required=True),
        Column("name_en_via_isco08", ("name_en",)),
        Column("occupation_field_concept_id", ("field_concept_id",), required=True),
    ),
    "names": (CODE, Column("occupation_name_sv", required=True), Column("jobtech_concept_id", ("concept_id",))),
}  # fmt: skip


@dataclass(frozen=True)
class Publication:
    """One of the publisher's files, recognised by its headers."""

    name: str
    kind: str
    sheet: Sheet


def recognise(name: str, content: bytes) -> Publication:
    """Which list this is. Refused where it is none of them."""
    for kind, columns in LISTS.items():
        try:
            return Publication(name, kind, read(content, columns))
        except ColumnMissing:
            continue
        except Refused as error:
            raise Refused(f"{name}: {error.reason}") from None
    raise Refused(_("%(name)s: not a list of fields, groups or names of occupations", name=name))


def take_lists_in(
    lists: list[Publication], *, keep_good: bool, dry_run: bool, progress: Callable[[int], None] | None = None
) -> list[tuple[str, Outcome]]:
    """Fields, then groups, then names, whatever the order given; all or nothing unless `keep_good`."""
    load_short_list()
    savepoint = db.session.begin_nested()
    in_order = sorted(lists, key=lambda one: list(LISTS).index(one.kind))
    outcomes = [
        (one.name, take_in(one.sheet.rows, TAKERS[one.kind](), keep_good=True, progress=progress))
        for one in in_order
    ]
    refused = any(outcome.refused for _name, outcome in outcomes)
    if dry_run or (refused and not keep_good):
        savepoint.rollback()
    else:
        new, changed = sum(o.new for _name, o in outcomes), sum(o.changed for _name, o in outcomes)
        note("imported", "occupations", None, new=new, changed=changed)
        savepoint.commit()
    return outcomes


def _fields() -> Callable[[Row], str]:
    known = {field.concept_id: field for field in db.session.scalars(select(Field))}
    repeats = Repeats()

    def take(row: Row) -> str:
        concept, name = _filled(row, "concept_id"), _filled(row, "name_sv")
        repeats.refuse(concept, row.number, "concept_id")
        field = known.get(concept)
        if field is not None:
            return _set(field, name_sv=name)
        code = re.sub(r"[^a-z0-9]+", "_", fold(name))[:40]
        db.session.add(Field(code=code, concept_id=concept, name_sv=name, name_en=name, position=len(known)))
        return NEW

    return take


def _groups() -> Callable[[Row], str]:
    db.session.flush()
    fields = {field.concept_id: field.code for field in db.session.scalars(select(Field))}
    known = {group.code: group for group in db.session.scalars(select(Group))}
    ours = {code for code, *_rest in GROUPS}
    repeats = Repeats()

    def take(row: Row) -> str:
        code, name = _code(row), _filled(row, "name_sv")
        repeats.refuse(code, row.number, "ssyk4")
        field = fields.get(row["occupation_field_concept_id"])
        if field is None:
            raise BadRow("occupation_field_concept_id", _("no such field: load the fields first"))
        # Several English names stand joined by a bar; the first is the nearest. Ours, where we have one, is nearer.
        english = row["name_en_via_isco08"].split("|")[0].strip() or name
        group = known.get(code)
        if group is None:
            db.session.add(Group(code=code, field_code=field, name_sv=name, name_en=english))
            return NEW
        return _set(group, name_sv=name, field_code=field, **({} if code in ours else {"name_en": english}))

    return take


def _names() -> Callable[[Row], str]:
    db.session.flush()
    groups = set(db.session.scalars(select(Group.code)))
    known = {
        (name.concept_id or (name.group_code, name.folded)): name for name in db.session.scalars(select(Name))
    }
    repeats = Repeats()

    def take(row: Row) -> str:
        code, words = _code(row), _filled(row, "occupation_name_sv")
        if code not in groups:
            raise BadRow("ssyk4", _("no group %(code)s: load the groups first", code=code))
        concept = row["jobtech_concept_id"] or None
        key = concept or (code, fold(words))
        repeats.refuse(key, row.number, "occupation_name_sv")
        name = known.get(key)
        if name is not None:
            return _set(name, group_code=code, name_sv=words, folded=fold(words))
        name = Name(group_code=code, concept_id=concept, name_sv=words, folded=fold(words))
        db.session.add(name)
        known[key] = name
        return NEW

    return take


TAKERS = {"fields": _fields, "groups": _groups, "names": _names}


def _filled(row: Row, key: str) -> str:
    text = one_line(row[key])
    if not text:
        raise BadRow(key, _("empty"))
    if len(text) > 300:
        raise BadRow(key, _("longer than 300 characters"))
    return text


def _code(row: Row) -> str:
    code = row["ssyk4"]
    if not re.fullmatch(r"\d{4}", code):
        raise BadRow("ssyk4", _('not four digits: "%(code)s"', code=code[:20]))
    return code


def _set(thing: Field | Group | Name, **facts: str) -> str:
    changed = {key: value for key, value in facts.items() if getattr(thing, key) != value}
    for key, value in changed.items():
        setattr(thing, key, value)
    return CHANGED if changed else UNCHANGED
