"""What spreads to queues: somebody leaves the fair or is registered twice, a booth closes, the fair is withdrawn."""

import uuid
from collections.abc import Collection

from flask_babel import ngettext
from sqlalchemy import select, update

from bazaar import clock
from bazaar.db import db, locked
from bazaar.employers.actions.places import hang
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import days_of_exhibitor
from bazaar.fairs.models import Fair
from bazaar.i18n import local
from bazaar.jobseekers.models import Registration
from bazaar.people.models import Person
from bazaar.queue import letters, queries, rules
from bazaar.queue.actions.places import end, noted
from bazaar.queue.actions.standing import leave
from bazaar.queue.models import Place


def leave_all(fair: Fair, registration: Registration, actor: uuid.UUID | None) -> None:
    """The jobseeker leaves the fair: their places are given up."""
    for place in queries.standing_of(registration, clock.now()):
        leave(fair, place, actor)


def close(fair: Fair, exhibitor: Exhibitor, actor: uuid.UUID | None, *, tell: bool = True) -> int:
    """The booth takes nobody more: everybody in the queue is told. How many there were."""
    exhibitor, moment = locked(Exhibitor, exhibitor.id), clock.now()
    places = queries.standing_at(exhibitor.id, moment, fresh=True)
    for place in places:
        end(place, "closed", moment)
        noted("close", place, actor)
        if tell:
            letters.ended(fair, exhibitor, place)
    return len(places)


def close_all(fair: Fair, actor: uuid.UUID | None) -> None:
    """The fair does not take place: every queue ends. Whoever withdraws it tells everybody."""
    moment = clock.now()
    waiting = select(Place.exhibitor_id).where(
        Place.fair_id == fair.id, Place.status.in_(rules.STANDING), Place.until > moment
    )
    for exhibitor in db.session.scalars(
        select(Exhibitor).where(Exhibitor.id.in_(waiting)).order_by(Exhibitor.id)
    ):
        close(fair, exhibitor, actor, tell=False)


def hand_over(from_registration: Registration, to_registration: Registration) -> None:
    """The same person registered twice: of two places in one queue the earlier is kept."""
    moment = clock.now()
    kept = {place.exhibitor_id: place for place in queries.standing_of(to_registration, moment)}
    for place in queries.standing_of(from_registration, moment):
        other = kept.get(place.exhibitor_id)
        if other is not None:
            end(max(place, other, key=lambda each: each.number), "left", moment)
    db.session.flush()
    db.session.execute(
        update(Place)
        .where(Place.fair_id == to_registration.fair_id, Place.registration_id == from_registration.id)
        .values(registration_id=to_registration.id)
    )


def hangs_on(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> list[str]:
    """In words, what goes when the exhibitor leaves these days of the fair."""
    waiting = len(queries.standing_at(exhibitor.id, clock.now())) if _is_today(exhibitor, days) else 0
    if not waiting:
        return []
    return [
        ngettext(
            "%(num)s person in the queue is sent away", "%(num)s people in the queue are sent away", waiting
        )
    ]


def let_go(exhibitor: Exhibitor, days: Collection[uuid.UUID], by: Person | None) -> None:
    """The exhibitor leaves these days: whoever waits today waits no longer."""
    if _is_today(exhibitor, days):
        close(db.session.get_one(Fair, exhibitor.fair_id), exhibitor, by.id if by else None)


def _is_today(exhibitor: Exhibitor, days: Collection[uuid.UUID]) -> bool:
    today = local(clock.now(), db.session.get_one(Fair, exhibitor.fair_id)).date()
    return any(day.date == today and day.id in days for day in days_of_exhibitor(exhibitor.id))


hang(hangs_on, let_go)
