"""The booth: calling the next one, who comes, who does not, and being away for a while."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from bazaar import clock
from bazaar.db import db, locked
from bazaar.employers.models import Exhibitor
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, in_words
from bazaar.journal.actions import note
from bazaar.meetings.actions import say_no_show
from bazaar.meetings.models import Meeting
from bazaar.meetings.rules import Time
from bazaar.people.models import Person
from bazaar.queue import letters, queries, rules
from bazaar.queue.actions.places import end, keep, must_be, noted
from bazaar.queue.models import Place


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
    must_be(place, "called")
    place.status, place.called_at = "waiting", None
    noted("skip", place, by.id)
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
    noted("call", place, by.id, number=place.number)
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
    must_be(place, "called")
    place.status, place.here_at = "here", clock.now()
    noted("come", place, by.id)


def say_met(fair: Fair, exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """The conversation is over."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    must_be(place, "called", "here")
    end(place, "met", clock.now())
    noted("meet", place, by.id)
    tell_near(fair, exhibitor)


def say_no_show_in_queue(fair: Fair, exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """Whoever was called did not come: only once the time to come has passed."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    must_be(place, "called")
    moment, call = clock.now(), timedelta(minutes=fair.call_minutes)
    if place.called_at and not rules.may_be_no_show(place.called_at, moment, call):
        raise Refused(_("Wait until %(length)s after the call: they may still come.", length=in_words(call)))
    end(place, "no_show", moment)
    noted("no_show", place, by.id)
    tell_near(fair, exhibitor)


def take_back(exhibitor: Exhibitor, place: Place, by: Person) -> None:
    """What the booth said by mistake: whoever was met sits at the table again, others are called."""
    exhibitor, place = locked(Exhibitor, exhibitor.id), locked(Place, place.id)
    must_be(place, "met", "no_show", "here")
    was_here = place.status == "met" and place.here_at is not None
    place.status = "here" if was_here else "called"
    place.here_at = place.here_at if was_here else None
    place.ended_at = None
    keep(place)
    noted("take_back", place, by.id)


def go_away(exhibitor: Exhibitor, back_at: datetime | None, by: Person) -> None:
    """Nobody is at the booth until then; None: somebody is."""
    exhibitor = locked(Exhibitor, exhibitor.id)
    exhibitor.back_at = back_at
    said = clock.rfc3339(back_at) if back_at else None
    note("change", "exhibitor", exhibitor.id, fair_id=exhibitor.fair_id, actor=by.id, back_at=said)
