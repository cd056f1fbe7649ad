"""Standing in a queue and leaving it, being called, coming, being met. Every act holds the exhibitor's row."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select, update

from bazaar import clock
from bazaar.db import db, locked, once
from bazaar.employers.actions.places import hang
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.employers.queries import days_of_exhibitor
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, in_words, local
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.meetings.actions import say_no_show
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import open_meeting, pair_block
from bazaar.meetings.rules import Time
from bazaar.people.models import Person
from bazaar.queue import letters, queries, rules
from bazaar.queue.models import Place

UNDO = timedelta(minutes=10)


# --- The jobseeker --------------------------------------------------------------------------


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
    until = _open_until(fair, exhibitor, moment)
    _refuse_pair(fair, registration, exhibitor, moment)
    _refuse_most(fair, registration, moment)
    _end_old_ones(registration, exhibitor, moment)
    place = Place(
        fair_id=fair.id, exhibitor_id=exhibitor.id, registration_id=registration.id, by=by, until=until,
        number=queries.next_number(exhibitor.id), joined_at=moment, status="waiting",
    )  # fmt: skip
    _keep(place)
    _noted("line_up", place, actor, by=by, number=place.number)
    turn = queries.line_at(fair, exhibitor, moment).turn_of(place.id)
    if turn is not None and turn.is_near:
        place.told_at = moment  # the page, or the booth, says so at once
    return place


def _keep(place: Place) -> None:
    once(
        db.session(),
        lambda: db.session.add(place),
        lambda _name: Refused(_("You stand in this queue already. Look at it again.")),
    )


def _open_until(fair: Fair, exhibitor: Exhibitor, moment: datetime) -> datetime:
    name = _name_of(exhibitor)
    if exhibitor.status != "approved":
        raise Refused(_("%(employer)s does not take part in the fair.", employer=name))
    if not exhibitor.walk_up:
        raise Refused(_("%(employer)s has no queue. You may book or ask for a meeting.", employer=name))
    until = queries.closing_of(fair, exhibitor, moment)
    if until is None:
        raise Refused(
            _("%(employer)s is not at its booth now. Stand in the queue when it is.", employer=name)
        )
    return until


def _refuse_pair(fair: Fair, registration: Registration, exhibitor: Exhibitor, moment: datetime) -> None:
    name = _name_of(exhibitor)
    if registration.status != "registered":
        raise Refused(_("This registration has been cancelled."))
    no = pair_block(registration.id, exhibitor.id)
    if no is not None and no.by == "jobseeker":
        raise Refused(_("You have said that you do not want to meet %(employer)s.", employer=name))
    if no is not None:
        raise Refused(_("You cannot stand in the queue at %(employer)s.", employer=name))
    booked = open_meeting(registration.id, exhibitor.id, moment)
    if booked is not None and booked.starts_at and booked.ends_at and booked.ends_at > moment:
        raise Refused(
            _("You have a meeting with %(employer)s at %(time)s. No queue is needed.", employer=name,
              time=clock_time(booked.starts_at, fair))
        )  # fmt: skip


def _refuse_most(fair: Fair, registration: Registration, moment: datetime) -> None:
    if len(queries.standing_of(registration, moment)) >= fair.max_queues:
        raise Refused(
            ngettext(
                "You stand in %(num)s queue. That is the most at a time. Leave it to stand in another.",
                "You stand in %(num)s queues. That is the most at a time. Leave one to stand in another.",
                fair.max_queues,
            )
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
        _end(place, "left", clock.now())
        _noted("leave", place, actor)
        tell_near(fair, exhibitor)


def stand_again(fair: Fair, place: Place, actor: uuid.UUID) -> None:
    """Undo one's leaving, at the same place, while it is fresh."""
    registration = locked(Registration, place.registration_id)
    exhibitor = locked(Exhibitor, place.exhibitor_id)
    place, moment = locked(Place, place.id), clock.now()
    if place.status != "left" or place.ended_at is None or moment - place.ended_at > UNDO:
        raise Refused(_("Your place is gone. Stand in the queue again."))
    _open_until(fair, exhibitor, moment)
    _refuse_pair(fair, registration, exhibitor, moment)
    _refuse_most(fair, registration, moment)
    place.status, place.ended_at, place.called_at = "waiting", None, None
    _keep(place)
    _noted("restore", place, actor)


# --- The booth ------------------------------------------------------------------------------


def call_next(fair: Fair, exhibitor: Exhibitor, by: Person) -> Place:
    """The first in line who can come is called; two recruiters at once call two people."""
    exhibitor = locked(Exhibitor, exhibitor.id)
    called = _call_first(fair, exhibitor, by)
    if called is None:
        raise Refused(_nobody_words(fair, exhibitor))
    return called


def call_instead(fair: Fair, exhibitor: Exhibitor, meeting: Meeting, by: Person) -> Place | None:
    """Somebody who booked did not come: that is said, and the time goes to the queue."""
    exhibitor = locked(Exhibitor, exhibitor.id)
    say_no_show(fair, meeting, by.id)
    db.session.flush()
    return _call_first(fair, exhibitor, by)


def skip(fair: Fair, exhibitor: Exhibitor, place: Place, by: Person) -> Place | None:
    """Whoever was called is not there yet: they keep their place, and the next one is called."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    _must_be(place, "called")
    place.status, place.called_at = "waiting", None
    _noted("skip", place, by.id)
    db.session.flush()
    return _call_first(fair, exhibitor, by, besides=place)


def _call_first(fair: Fair, exhibitor: Exhibitor, by: Person, besides: Place | None = None) -> Place | None:
    moment = clock.now()
    exhibitor.back_at = None  # whoever calls is there
    waiting = [
        each
        for each in queries.standing_at(exhibitor.id, moment, fresh=True)
        if each.status == "waiting" and each != besides
    ]
    busy = queries.meetings_elsewhere({each.registration_id for each in waiting}, moment)
    wanted = Time(moment, moment + queries.length_at(fair, exhibitor))
    first = rules.first_who_may_come([busy.get(each.registration_id, []) for each in waiting], wanted)
    if first is None:
        return None
    place = waiting[first]
    place.status, place.called_at, place.called_by = "called", moment, by.id
    _noted("call", place, by.id, number=place.number)
    if place.told_at is None:
        place.told_at = moment
        letters.walk_now(fair, exhibitor, place)
    tell_near(fair, exhibitor)
    return place


def _nobody_words(fair: Fair, exhibitor: Exhibitor) -> str:
    turns = queries.line_at(fair, exhibitor, clock.now()).turns
    back = min((turn.elsewhere_until for turn in turns if turn.elsewhere_until), default=None)
    if back is not None:
        time = clock_time(back, fair)
        return _("Everybody who waits is in another meeting. The first is free at %(time)s.", time=time)
    return _("Nobody waits.")


def tell_near(fair: Fair, exhibitor: Exhibitor) -> None:
    """Whoever has only two before them is told, once, to walk to the booth."""
    db.session.flush()
    moment = clock.now()
    for turn in queries.line_at(fair, exhibitor, moment).turns:
        if turn.is_near and turn.place.told_at is None:
            turn.place.told_at = moment
            letters.walk_now(fair, exhibitor, turn.place)


def say_here(exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """Whoever was called has come."""
    _exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    _must_be(place, "called")
    place.status, place.here_at = "here", clock.now()
    _noted("come", place, by.id)


def say_met(fair: Fair, exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """The conversation is over."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    _must_be(place, "called", "here")
    _end(place, "met", clock.now())
    _noted("meet", place, by.id)
    tell_near(fair, exhibitor)


def say_no_show_in_queue(fair: Fair, exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """Whoever was called did not come: only once the time to come has passed."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    _must_be(place, "called")
    moment, call = clock.now(), timedelta(minutes=fair.call_minutes)
    if place.called_at and not rules.may_be_no_show(place.called_at, moment, call):
        raise Refused(_("Wait until %(length)s after the call: they may still come.", length=in_words(call)))
    _end(place, "no_show", moment)
    _noted("no_show", place, by.id)
    tell_near(fair, exhibitor)


def take_back(exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """What the booth said by mistake: whoever was met sits at the table again, others are called."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    _must_be(place, "met", "no_show", "here")
    was_here = place.status == "met" and place.here_at is not None
    place.status = "here" if was_here else "called"
    place.here_at = place.here_at if was_here else None
    place.ended_at = None
    _keep(place)
    _noted("take_back", place, by.id)


def go_away(exhibitor: Exhibitor, back_at: datetime | None, by: Person) -> None:
    """Nobody is at the booth until then; None: somebody is."""
    exhibitor = locked(Exhibitor, exhibitor.id)
    exhibitor.back_at = back_at
    said = clock.rfc3339(back_at) if back_at else None
    note("change", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=by.id, back_at=said)


# --- What spreads ---------------------------------------------------------------------------


def leave_all(fair: Fair, registration: Registration, actor: uuid.UUID | None) -> None:
    """The jobseeker leaves the fair: their places are given up."""
    for place in queries.standing_of(registration, clock.now()):
        leave(fair, place, actor)


def close(fair: Fair, exhibitor: Exhibitor, actor: uuid.UUID | None, *, tell: bool = True) -> int:
    """The booth takes nobody more: everybody in the queue is told. How many there were."""
    exhibitor, moment = locked(Exhibitor, exhibitor.id), clock.now()
    places = queries.standing_at(exhibitor.id, moment, fresh=True)
    for place in places:
        _end(place, "closed", moment)
        _noted("close", place, actor)
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
            _end(max(place, other, key=lambda each: each.number), "left", moment)
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


# --- Small acts -----------------------------------------------------------------------------


def _must_be(place: Place, *statuses: str) -> None:
    if place.status not in statuses:
        raise Refused(_("This has changed in the meantime. Look at the queue again."))


def _end(place: Place, status: str, moment: datetime) -> None:
    place.status, place.ended_at = status, moment


def _noted(verb: str, place: Place, actor: uuid.UUID | None, **facts: object) -> None:
    db.session.flush()
    note(verb, "queue_place", place.id, fair_id=place.fair_id, actor=actor, **facts)


def _name_of(exhibitor: Exhibitor) -> str:
    return db.session.get_one(Organisation, exhibitor.organisation_id).name


hang(hangs_on, let_go)
