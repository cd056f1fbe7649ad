"""Finding fields, groups and names of occupations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from bazaar.db import db
from bazaar.i18n import language_now
from bazaar.occupations.models import Field, Group, Name
from bazaar.words import fold


def name_of(thing: Field | Group) -> str:
    """A field's or group's name in the reader's language: Swedish, else English."""
    return thing.name_sv if language_now().startswith("sv") else thing.name_en


def fields() -> Sequence[Field]:
    """All fields, the most wanted first."""
    return db.session.scalars(select(Field).order_by(Field.position, Field.code)).all()


def field(code: str) -> Field | None:
    return db.session.get(Field, code)


def groups_of(field_codes: Iterable[str]) -> Sequence[Group]:
    """Groups of these fields, the common ones first, then by name."""
    groups = db.session.scalars(select(Group).where(Group.field_code.in_(list(field_codes)))).all()
    return sorted(groups, key=lambda group: (not group.common, fold(name_of(group))))


def all_groups() -> Sequence[Group]:
    """Every group, by field and name: for choosing one in a list."""
    order = {one.code: place for place, one in enumerate(fields())}
    groups = db.session.scalars(select(Group)).all()
    return sorted(groups, key=lambda group: (order[group.field_code], fold(name_of(group))))


def group(code: str) -> Group | None:
    return db.session.get(Group, code)


def groups(codes: Iterable[str]) -> dict[str, Group]:
    """These groups by their codes; unknown codes are left out."""
    found = db.session.scalars(select(Group).where(Group.code.in_(list(codes))))
    return {one.code: one for one in found}


def names_of(group_code: str) -> Sequence[Name]:
    return db.session.scalars(
        select(Name).where(Name.group_code == group_code).order_by(Name.folded, Name.id)
    ).all()


@dataclass(frozen=True)
class Found:
    """An occupation somebody may have meant: the words that matched, and the group they stand for."""

    words: str
    group: Group


def search(typed: str, limit: int = 10) -> list[Found]:
    """What these letters may begin: group names first, then names that people use; words inside count too."""
    wanted = fold(typed)
    if not wanted:
        return []
    by_code = {one.code: one for one in db.session.scalars(select(Group))}
    found = [
        Found(name_of(one), one) for one in by_code.values() if _begins(wanted, one.name_sv, one.name_en)
    ]
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    starts = [Name.folded.like(f"{before}{escaped}%", escape="\\") for before in ("", "% ", "%/", "%-")]
    query = select(Name).where(or_(*starts)).order_by(Name.folded, Name.id).limit(limit)
    found += [Found(name.name_sv, by_code[name.group_code]) for name in db.session.scalars(query)]
    found.sort(
        key=lambda one: (not fold(one.words).startswith(wanted), not one.group.common, fold(one.words))
    )
    return _without_twins(found)[:limit]


def _begins(wanted: str, *names: str) -> bool:
    return any(f" {wanted}" in f" {fold(name).replace('-', ' ')}" for name in names)


def _without_twins(found: list[Found]) -> list[Found]:
    seen: dict[tuple[str, str], Found] = {}
    for one in found:
        seen.setdefault((fold(one.words), one.group.code), one)
    return list(seen.values())


def code_of(said: str) -> str | None:
    """The group somebody means by a code, a group's name or an occupation's name, in full; else None."""
    wanted = fold(said)
    for one in db.session.scalars(select(Group)):
        if wanted in (one.code, fold(one.name_sv), fold(one.name_en)):
            return one.code
    return db.session.scalar(select(Name.group_code).where(Name.folded == wanted).order_by(Name.id).limit(1))
