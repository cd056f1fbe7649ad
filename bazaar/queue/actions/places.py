"""What every act on a place in a queue ends with."""

import uuid
from datetime import datetime

from flask_babel import gettext as _

from bazaar.db import db, once
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.errors import Refused
from bazaar.journal.actions import note
from bazaar.queue.models import Place


def keep(place: Place) -> None:
    once(
        db.session(),
        lambda: db.session.add(place),
        lambda _name: Refused(_("You stand in this queue already. Look at it again.")),
    )


def must_be(place: Place, *statuses: str) -> None:
    if place.status not in statuses:
        raise Refused(_("This has changed in the meantime. Look at the queue again."))


def end(place: Place, status: str, moment: datetime) -> None:
    place.status, place.ended_at = status, moment


def noted(verb: str, place: Place, actor: uuid.UUID | None, **facts: object) -> None:
    db.session.flush()
    note(verb, "queue_place", place.id, fair_id=place.fair_id, actor=actor, **facts)


def name_of(exhibitor: Exhibitor) -> str:
    return db.session.get_one(Organisation, exhibitor.organisation_id).name
