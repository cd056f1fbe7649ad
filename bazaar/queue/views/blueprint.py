"""The blueprint of the queue, and what other features' pages show of it."""

from dataclasses import dataclass

from flask import Blueprint
from werkzeug.wrappers import Response

from bazaar import clock
from bazaar.employers.models import Exhibitor
from bazaar.jobseekers.models import Registration
from bazaar.queue import queries
from bazaar.queue.models import Place
from bazaar.queue.queries import Line
from bazaar.queue.words import wait_words

Page = str | tuple[str, int] | Response
blueprint = Blueprint("queue", __name__)


@dataclass(frozen=True)
class Outside:
    """A queue as an employer's page shows it."""

    line: Line
    place: Place | None  # of whoever looks
    words: str  # how long it would take


def outside(exhibitor: Exhibitor, registration: Registration | None) -> Outside | None:
    """None where this exhibitor has no queue now."""
    if not exhibitor.walk_up:
        return None
    moment = clock.now()
    line = queries.line_at(exhibitor.fair, exhibitor, moment)
    if line.closes_at is None:
        return None
    place = queries.place_between(registration.id, exhibitor.id, moment) if registration else None
    before, at = line.newcomer()
    return Outside(line, place, wait_words(line, before, at))


@blueprint.app_context_processor
def for_all_pages() -> dict[str, object]:
    """`queue_at(exhibitor, registration)` for pages of features that know nothing of queues."""
    return {"queue_at": outside}
