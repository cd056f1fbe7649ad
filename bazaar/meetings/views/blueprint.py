"""The blueprint that all pages of meetings hang on, and what they share."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import local
from bazaar.meetings.models import Slot

Page = str | tuple[str, int] | Response
blueprint = Blueprint("meetings", __name__)


@contextmanager
def way_on(*ways: tuple[str, str]) -> Iterator[None]:
    """Whatever is refused inside, the page says where to go on."""
    try:
        yield
    except Refused as refused:
        refused.way_on = refused.way_on or list(ways)
        raise


def by_day(slots: Iterable[Slot], fair: Fair) -> list[tuple[date, list[Slot]]]:
    """Times under their day, on the fair's clock."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(local(slot.starts_at, fair).date(), []).append(slot)
    return sorted(days.items())


def one_of_each_start(slots: Sequence[Slot]) -> list[Slot]:
    """Where several tables are free at the same time, one is enough to choose from."""
    starts: dict[datetime, Slot] = {}
    for slot in slots:
        starts.setdefault(slot.starts_at, slot)
    return list(starts.values())
