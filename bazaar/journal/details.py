"""The facts of an entry in the reader's language: what they are called, and what their values mean.

Each feature says its own words, beside its names or its forms.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from wtforms import Form
from wtforms.fields.core import UnboundField

from bazaar.clock import read_rfc3339
from bazaar.i18n import HasZone, clock_time, day_words, moment_words
from bazaar.journal.models import Entry
from bazaar.journal.words import FACTS, fact_words

_labels: dict[tuple[str, str], str] = {}
_values: dict[tuple[str, str], Mapping[str, object]] = {}


def labels_of(thing: str, *forms: type[Form]) -> None:
    """A thing's columns are called as the fields in which people set them."""
    for form in forms:
        for name, field in vars(form).items():
            if isinstance(field, UnboundField) and field.args:
                _labels[thing, name] = field.args[0]
                _labels.setdefault(("", name), field.args[0])


def values_of(thing: str, fact: str, words: Mapping[str, object]) -> None:
    """What the keys mean that stand in this fact of a thing."""
    _values[thing, fact] = words


def label_of(fact: str, thing: str = "") -> str:
    """What a fact is called where people set it, else here."""
    return str(_labels.get((thing, fact)) or FACTS.get(fact) or _labels.get(("", fact)) or fact_words(fact))


def details(entry: Entry, fair: HasZone) -> Iterator[tuple[str, str]]:
    """Label and value of each fact; a change of words has no value, and keys of rows are left out."""
    for name, value in entry.facts.items():
        if name == "changed" and isinstance(value, Mapping):
            for column, both in value.items():
                yield label_of(column, entry.thing), _change(entry.thing, column, both, fair)
        elif name == "changed" and isinstance(value, list):
            yield from ((label_of(column, entry.thing), "") for column in value)
        elif not isinstance(value, Mapping) and not _is_key(value):
            yield label_of(name, entry.thing), value_words(entry.thing, name, value, fair)


def _change(thing: str, column: str, both: list[Any] | None, fair: HasZone) -> str:
    return " → ".join(value_words(thing, column, value, fair) for value in both or ())


def _is_key(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def value_words(thing: str, fact: str, value: Any, fair: HasZone) -> str:
    """A value as people say it; one without words of its own is shown as it is written."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(value_words(thing, fact, one, fair) for one in value)
    words = _values.get((thing, fact), {}).get(str(value))
    return str(words) if words else _dated(str(value), fair)


def _dated(text: str, fair: HasZone) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text):
        return moment_words(read_rfc3339(text), fair)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day_words(date.fromisoformat(text))
    if re.fullmatch(r"\d\d:\d\d:\d\d", text):
        return clock_time(time.fromisoformat(text))
    return text
