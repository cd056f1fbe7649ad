"""Setting up the programme, and signing up for it.

The jobseeker's registration is locked first, then the talk, whose count of seats decides, then the fair, where
a room does. Always in this order, so that no two wait for one another.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select

from bazaar import clock
from bazaar.db import db, locked
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.rules import shifted
from bazaar.i18n import clock_time, day_words, local
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.programme import letters, queries, rules
from bazaar.programme.models import Seat, Talk
from bazaar.programme.rules import CANCELLED, GOING, STANDING, WAITING, Time


@dataclass(frozen=True)
class Facts:
    """What an organiser says of a talk."""

    kind: str
    title: str
    words: str
    speaker: str
    room: str
    language: str
    starts_at: datetime
    ends_at: datetime
    places: int | None

    @property
    def time(self) -> Time:
        return Time(self.starts_at, self.ends_at)


# --- The programme --------------------------------------------------------------------------------


def add_talk(fair: Fair, facts: Facts, actor: uuid.UUID) -> Talk:
    locked(Fair, fair.id)
    _refuse_taken_room(fair, facts)
    talk = Talk(fair_id=fair.id, **vars(facts))
    db.session.add(talk)
    db.session.flush()
    note("add", "talk", talk.id, fair_id=fair.id, actor=actor, kind=talk.kind)
    return talk


def _refuse_taken_room(fair: Fair, facts: Facts, besides: uuid.UUID | None = None) -> None:
    other = queries.in_room_then(fair.id, facts.room, facts.time, besides=besides)
    if other is not None:
        raise RoomTaken(
            _(
                "%(room)s is taken then: “%(title)s”, %(day)s %(starts)s–%(ends)s. Choose another room or time.",
                room=other.room,
                title=other.title,
                day=day_words(other.starts_at, fair),
                starts=clock_time(other.starts_at, fair),
                ends=clock_time(other.ends_at, fair),
            )
        )


class RoomTaken(Refused):
    """Another talk has the room at that time."""


class TooFewPlaces(Refused):
    """More people have a seat than there would be places, and nobody has said that the last may lose theirs."""


def change_talk(fair: Fair, talk: Talk, facts: Facts, actor: uuid.UUID, *, move_last: bool = False) -> int:
    """Change a talk. A new time or room is told to all who signed up; how many letters were written.

    More places let in who waits; fewer than are going is refused, or with `move_last` the last to ask wait.
    """
    talk = locked(Talk, talk.id)
    locked(Fair, fair.id)
    if talk.cancelled_at is None:
        _refuse_taken_room(fair, facts, besides=talk.id)
    losing = rules.too_many(queries.asked_of(talk.id), facts.places)
    if losing and not move_last:
        going = len(losing) + (facts.places or 0)
        raise TooFewPlaces(
            _(
                "%(going)s people have a seat already. With %(places)s places the last %(losing)s would lose theirs.",
                going=going,
                places=facts.places,
                losing=len(losing),
            )
        )
    changed = [name for name, value in vars(facts).items() if getattr(talk, name) != value]
    if not changed:
        return 0
    for name, value in vars(facts).items():
        setattr(talk, name, value)
    talk.sequence += 1
    db.session.flush()
    note("change", "talk", talk.id, fair_id=fair.id, actor=actor, changed=changed)
    moved = bool({"starts_at", "ends_at", "room"} & set(changed)) and talk.cancelled_at is None
    told = _tell_of_change(talk) if moved else 0
    return told + _take_seats(talk, losing) + _fill(talk)


def talks_follow_day(fair: Fair, day: date, later: int, actor: uuid.UUID) -> list[Talk]:
    """A day of the fair is so many days later: its talks keep their time of day. Nobody is told yet. Those moved."""
    talks = [
        talk for talk in queries.talks_of(fair.id)
        if local(talk.starts_at, fair).date() == day and talk.starts_at > clock.now()
    ]  # fmt: skip
    for talk in talks:
        talk.starts_at = shifted(talk.starts_at, later, fair.zone)
        talk.ends_at = shifted(talk.ends_at, later, fair.zone)
        talk.sequence += 1
        note("change", "talk", talk.id, fair_id=fair.id, actor=actor, changed=["starts_at", "ends_at"])
    db.session.flush()
    return [talk for talk in talks if talk.cancelled_at is None]


def tell_of_talks(talks: Iterable[Talk]) -> None:
    """Those who signed up for moved talks that still take place get the new time."""
    for talk in talks:
        if talk.cancelled_at is None:
            _tell_of_change(talk)


def _tell_of_change(talk: Talk) -> int:
    seats = queries.standing_seats(talk)
    for seat in seats:
        letters.changed(seat, talk)
    return len(seats)


def _take_seats(talk: Talk, losing: Iterable[uuid.UUID]) -> int:
    """They wait again, by the moment at which they first asked: before all who came after them."""
    seats = queries.seats_with(list(losing))
    for seat in seats:
        seat.status = WAITING
        letters.seat_lost(seat, talk)
    db.session.flush()
    return len(seats)


def _fill(talk: Talk) -> int:
    """Free seats go to who waits, the first to have asked first, with a letter."""
    if rules.closed(talk.starts_at, talk.cancelled_at, clock.now()):
        return 0
    seats = queries.seats_with(rules.let_in(queries.asked_of(talk.id), talk.places))
    for seat in seats:
        seat.status = GOING
        letters.seat_given(seat, talk)
        note("let_in", "seat", seat.id, fair_id=talk.fair_id)
    db.session.flush()
    return len(seats)


def cancel_talk(talk: Talk, actor: uuid.UUID, *, tell: bool = True) -> int:
    """It will not take place: everybody who signed up is told. Their seats stay, should it be on again."""
    talk = locked(Talk, talk.id)
    if talk.cancelled_at is not None:
        return 0
    talk.cancelled_at = clock.now()
    talk.sequence += 1
    seats = queries.standing_seats(talk) if tell else []
    for seat in seats:
        letters.cancelled(seat, talk)
    note("cancel", "talk", talk.id, fair_id=talk.fair_id, actor=actor, told=len(seats))
    return len(seats)


def restore_talk(fair: Fair, talk: Talk, actor: uuid.UUID) -> int:
    """The cancellation is taken back: who signed up is told, and still has their seat. The room must be free."""
    talk = locked(Talk, talk.id)
    locked(Fair, fair.id)
    if talk.cancelled_at is None:
        return 0
    facts = Facts(**{name: getattr(talk, name) for name in Facts.__dataclass_fields__})
    _refuse_taken_room(fair, facts, besides=talk.id)
    talk.cancelled_at = None
    talk.sequence += 1
    seats = queries.standing_seats(talk)
    for seat in seats:
        letters.on_again(seat, talk)
    note("restore", "talk", talk.id, fair_id=fair.id, actor=actor, told=len(seats))
    return len(seats) + _fill(talk)


def remove_talk(talk: Talk, actor: uuid.UUID) -> None:
    """A talk that nobody ever signed up for may go without a trace on the pages."""
    talk = locked(Talk, talk.id)
    if db.session.scalar(select(Seat.id).where(Seat.talk_id == talk.id).limit(1)):
        raise Refused(_("People have signed up for it. Cancel it instead: then they are told."))
    note("remove", "talk", talk.id, fair_id=talk.fair_id, actor=actor)
    db.session.execute(delete(Talk).where(Talk.id == talk.id))


def take_off(talk: Talk, seat: Seat, actor: uuid.UUID) -> None:
    """An organiser takes somebody off the list, at their wish; the seat goes to the next."""
    talk = locked(Talk, talk.id)
    _leave(talk, seat, actor)


# --- Signing up -----------------------------------------------------------------------------------


def sign_up(talk: Talk, registration: Registration) -> Seat:
    """A seat, or a place on the waitlist when all are taken. Signing up twice changes nothing."""
    registration = locked(Registration, registration.id)
    if registration.status != "registered":
        raise Refused(_("Register for the fair first."))
    talk = locked(Talk, talk.id)
    _refuse_closed(talk)
    seat = queries.seat_at(talk.id, registration.id)
    if seat is not None and seat.status in STANDING:
        return seat
    going = sum(one.status == GOING for one in queries.asked_of(talk.id))
    seat = seat or Seat(fair_id=talk.fair_id, talk_id=talk.id, registration_id=registration.id)
    seat.status, seat.asked_at = rules.status_for_next(talk.places, going), clock.now()
    db.session.add(seat)
    db.session.flush()
    note("sign_up", "seat", seat.id, fair_id=talk.fair_id, actor=registration.person_id, status=seat.status)
    return seat


def _refuse_closed(talk: Talk) -> None:
    closed = rules.closed(talk.starts_at, talk.cancelled_at, clock.now())
    if closed == "cancelled":
        raise Refused(_("“%(title)s” has been cancelled.", title=talk.title))
    if closed == "begun":
        raise Refused(_("“%(title)s” has begun. Ask at the room whether there is a seat.", title=talk.title))


def withdraw(talk: Talk, registration: Registration) -> Seat:
    """Give up a seat or a place on the waitlist. A freed seat goes to the next by itself."""
    talk = locked(Talk, talk.id)
    seat = queries.seat_at(talk.id, registration.id)
    if seat is None:
        raise NotFound
    _leave(talk, seat, registration.person_id)
    return seat


def _leave(talk: Talk, seat: Seat, actor: uuid.UUID | None) -> None:
    if seat.status == CANCELLED:
        return
    seat.status = CANCELLED
    db.session.flush()
    note("withdraw", "seat", seat.id, fair_id=talk.fair_id, actor=actor)
    _fill(talk)


def give_up_seats(registration: Registration, actor: uuid.UUID | None = None) -> int:
    """Whoever leaves the fair gives up every seat; each goes to the next. How many there were."""
    standing = select(Seat).where(
        Seat.fair_id == registration.fair_id,
        Seat.registration_id == registration.id,
        Seat.status.in_(STANDING),
    )
    seats = db.session.scalars(standing.order_by(Seat.talk_id)).all()
    for seat in seats:
        _leave(locked(Talk, seat.talk_id), seat, actor)
    return len(seats)


def join(from_registration: Registration, to_registration: Registration) -> None:
    """The same person registered twice: the seats of both are one's. A seat had twice goes to the next."""
    mine = select(Seat).where(
        Seat.fair_id == to_registration.fair_id, Seat.registration_id == from_registration.id
    )
    for seat in db.session.scalars(mine.order_by(Seat.talk_id)).all():
        talk = locked(Talk, seat.talk_id)
        other = queries.seat_at(talk.id, to_registration.id)
        if other is None:
            seat.registration_id = to_registration.id
            db.session.flush()
        elif seat.status in STANDING:
            _put_together(talk, seat, other)


def _put_together(talk: Talk, seat: Seat, other: Seat) -> None:
    """`other` stays, with the better of both: a seat before a place in line, the earlier before the later."""
    standing = [one for one in (seat, other) if one.status in STANDING]
    other.asked_at = min(one.asked_at for one in standing)
    other.status = GOING if any(one.status == GOING for one in standing) else WAITING
    seat.status = CANCELLED
    db.session.flush()
    _fill(talk)
