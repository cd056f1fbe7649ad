"""A page of a long list, newest first, by key: the millionth row costs what the first does."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from bazaar.db import db

Row = TypeVar("Row")
ROWS = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`newer` and `older` are keys to ask for the neighbouring pages with; None where there is none."""

    rows: Sequence[Row]
    newer: uuid.UUID | None
    older: uuid.UUID | None


def page_of(
    query: Select[Row],
    key: InstrumentedAttribute[uuid.UUID],
    *,
    before: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
    rows: int = ROWS,
) -> Page[Row]:
    """At most `rows` rows just `before` or just `after` a key, else the newest."""
    if after is not None:
        query = query.where(key > after).order_by(key.asc())
    else:
        query = query.order_by(key.desc())
        if before is not None:
            query = query.where(key < before)
    found = db.session.scalars(query.limit(rows + 1)).all()
    more, shown = len(found) > rows, list(found[:rows])
    if after is not None:
        shown.reverse()
    return Page(
        shown,
        newer=_key(shown[0], key) if shown and (more if after else before) else None,
        older=_key(shown[-1], key) if shown and (more or after) else None,
    )


def _key(row: Any, key: InstrumentedAttribute[uuid.UUID]) -> uuid.UUID:
    found: uuid.UUID = getattr(row, key.key)
    return found
