"""The jobseeker: standing in a queue, leaving it, and taking that back."""

import uuid
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import update

from bazaar import clock
from bazaar.db import db, locked
from bazaar.employers.models import Exhibitor
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time
from bazaar.jobseekers.models import Registration
from bazaar.meetings.queries import open_meeting, pair_block
from bazaar.queue import queries, rules
from bazaar.queue.actions.calling import tell_near
from bazaar.queue.actions.places import end, keep, name_of, noted
from bazaar.queue.models import Place

UNDO = timedelta(minutes=10)


def join(
    fair: Fair, registration: Registration, exhibitor: Exhibitor, *, by: str, actor: uuid.UUID | None
) -> Place:
    """Stand last in the queue. Who stands there already keeps their place. by: jobseeker | scanner."""
    moment = clock.now()
    registration = locked(Registration, registration.id)
    exhibitor = locked(Exhibitor, exhibitor.id)
    standing = queries.place_between(registration.id, exhibitor.id, moment)
    if standing is not None:
        return standing
    _refuse(fair, registration, exhibitor, moment, by=by)
    until = queries.closing_of(fair, exhibitor, moment) or moment
    _end_old_ones(registration, exhibitor, moment)
    place = Place(
        fair_id=fair.id, exhibitor_id=exhibitor.id, registration_id=registration.id, by=by, until=until,
        number=queries.next_number(exhibitor.id), joined_at=moment, status="waiting",
    )  # fmt: skip
    keep(place)
    noted("line_up", place, actor, by=by, number=place.number)
    turn = queries.line_at(fair, exhibitor, moment).turn_of(place.id)
    if turn is not None and turn.is_near:
        place.told_at = moment  # the page, or the booth, says so at once
    return place


def _refuse(
    fair: Fair, registration: Registration, exhibitor: Exhibitor, moment: datetime, *, by: str
) -> None:
    """What stands in the way, in words for whoever asks: the jobseeker, or the booth that scanned them."""
    if registration.status != "registered":
        raise Refused(_("This registration has been cancelled."))
    words = _words_of_booth(exhibitor, fair, moment) or _words_of_pair(fair, registration, exhibitor, moment)
    most = len(queries.standing_of(registration, moment)) >= fair.max_queues
    if words is None and most:
        words = _words_of_most(fair)
    if words is not None:
        raise Refused(words[by == "scanner"])


Words = tuple[str, str]  # to the jobseeker, to the booth


def _words_of_booth(exhibitor: Exhibitor, fair: Fair, moment: datetime) -> Words | None:
    name = name_of(exhibitor)
    if exhibitor.status != "approved":
        words = _("%(employer)s does not take part in the fair.", employer=name)
        return words, words
    if not exhibitor.walk_up:
        words = _("%(employer)s has no queue. You may book or ask for a meeting.", employer=name)
        return words, _("You have no queue.")
    if queries.closing_of(fair, exhibitor, moment) is None:
        words = _("%(employer)s is not at its booth now. Stand in the queue when it is.", employer=name)
        return words, _("The queue is closed.")
    return None


def _words_of_pair(
    fair: Fair, registration: Registration, exhibitor: Exhibitor, moment: datetime
) -> Words | None:
    name, no = name_of(exhibitor), pair_block(registration.id, exhibitor.id)
    if no is not None:
        own = _("You have said that you do not want to meet %(employer)s.", employer=name)
        other = _("You cannot stand in the queue at %(employer)s.", employer=name)
        return own if no.by == "jobseeker" else other, _("They cannot stand in your queue.")
    booked = open_meeting(registration.id, exhibitor.id, moment)
    if booked is not None and booked.starts_at and booked.ends_at and booked.ends_at > moment:
        time = clock_time(booked.starts_at, fair)
        return (
            _(
                "You have a meeting with %(employer)s at %(time)s. No queue is needed.",
                employer=name,
                time=time,
            ),
            _("They have a meeting with you at %(time)s. No queue is needed.", time=time),
        )
    return None


def _words_of_most(fair: Fair) -> Words:
    return (
        ngettext(
            "You stand in %(num)s queue. That is the most at a time. Leave it to stand in another.",
            "You stand in %(num)s queues. That is the most at a time. Leave one to stand in another.",
            fair.max_queues,
        ),
        _("They stand in as many queues as one may at a time."),
    )


def _end_old_ones(registration: Registration, exhibitor: Exhibitor, moment: datetime) -> None:
    """A place of an earlier day must not stand in the way of a new one."""
    db.session.execute(
        update(Place)
        .where(
            Place.registration_id == registration.id, Place.exhibitor_id == exhibitor.id,
            Place.status.in_(rules.STANDING), Place.until <= moment,
        )
        .values(status="closed", ended_at=moment)
    )  # fmt: skip


def leave(fair: Fair, place: Place, actor: uuid.UUID | None) -> None:
    """Give the place up; those behind move up."""
    exhibitor = locked(Exhibitor, place.exhibitor_id)
    place = locked(Place, place.id)
    if place.status in rules.STANDING:
        end(place, "left", clock.now())
        noted("leave", place, actor)
        tell_near(fair, exhibitor)


def stand_again(fair: Fair, place: Place, actor: uuid.UUID) -> None:
    """Undo one's leaving, at the same place, while it is fresh."""
    registration = locked(Registration, place.registration_id)
    exhibitor = locked(Exhibitor, place.exhibitor_id)
    place, moment = locked(Place, place.id), clock.now()
    if place.status != "left" or place.ended_at is None or moment - place.ended_at > UNDO:
        raise Refused(_("Your place is gone. Stand in the queue again."))
    _refuse(fair, registration, exhibitor, moment, by="jobseeker")
    place.status, place.ended_at, place.called_at = "waiting", None, None
    keep(place)
    noted("restore", place, actor)
