"""The two sides of a meeting, locked, and what may stand between them.

Where a count or a free time decides, the jobseeker's registration is locked first, the exhibitor after
it, then the meeting: always in this order, so that no two wait for one another.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from bazaar import clock
from bazaar.db import db, locked, once
from bazaar.employers.models import Exhibitor, Organisation, Vacancy
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import is_open
from bazaar.i18n import clock_time, in_words, moment_words
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.meetings import queries, rules
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.rules import Limits, Time


@dataclass(frozen=True)
class Pair:
    """A jobseeker and an exhibitor, both locked, and what the rules need beside them."""

    fair: Fair
    registration: Registration
    exhibitor: Exhibitor
    organisation: Organisation
    limits: Limits
    moment: datetime
    meetings: Sequence[
        Meeting
    ]  # the jobseeker's at this fair, with anybody, that stand or wait for an answer

    @property
    def employer(self) -> str:
        return self.organisation.name

    @property
    def between(self) -> Meeting | None:
        """The request or booking that stands between these two."""
        return next(
            (
                meeting
                for meeting in self.meetings
                if meeting.exhibitor_id == self.exhibitor.id
                and rules.status_at(meeting.status, meeting.expires_at, self.moment) in rules.OPEN
            ),
            None,
        )

    @property
    def has_the_most(self) -> bool:
        """Whether the jobseeker has as many meetings as one may have."""
        standing = sum(meeting.status in rules.STANDING for meeting in self.meetings)
        return rules.over_the_most(standing, self.limits)

    def ran_out(self, meeting: Meeting) -> bool:
        """Whether this request of the two was never answered."""
        between = meeting.exhibitor_id == self.exhibitor.id
        return between and rules.has_expired(meeting.status, meeting.expires_at, self.moment)

    @property
    def pending(self) -> int:
        """How many requests of the jobseeker wait for an answer."""
        waiting = (
            each for each in self.meetings if not rules.has_expired(each.status, each.expires_at, self.moment)
        )
        return sum(each.status == "requested" for each in waiting)


def lock_row(model: type[Registration] | type[Exhibitor], key: uuid.UUID) -> None:
    """Hold this row until the transaction ends, and leave what is loaded of it as it is."""
    db.session.execute(select(model.id).where(model.id == key).with_for_update())


def together(fair: Fair, registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> Pair:
    registration = locked(Registration, registration_id)
    exhibitor = locked(Exhibitor, exhibitor_id)
    if registration.status != "registered":
        raise Refused(_("This registration has been cancelled."))
    organisation = db.session.get_one(Organisation, exhibitor.organisation_id)
    if exhibitor.status != "approved":
        raise Refused(_("%(employer)s does not take part in the fair.", employer=organisation.name))
    return Pair(
        fair,
        registration,
        exhibitor,
        organisation,
        queries.limits_of(fair),
        clock.now(),
        queries.standing_of(registration),
    )


def together_for(fair: Fair, meeting: Meeting) -> tuple[Pair, Meeting]:
    """Both sides of a meeting and the meeting itself, as they are now."""
    pair = together(fair, meeting.registration_id, meeting.exhibitor_id)
    return pair, locked(Meeting, meeting.id)


def whole(meeting: Meeting) -> Meeting:
    """The meeting with everybody in it, for letters."""
    db.session.flush()
    db.session.expire(meeting, ["slot"])  # another one than was loaded, where it has moved
    return queries.whole_meeting(meeting.id)


def refuse_pair(pair: Pair) -> None:
    blocked = queries.pair_block(pair.registration.id, pair.exhibitor.id)
    if blocked and blocked.by == "jobseeker":
        raise Refused(_("You have said that you do not want to meet %(employer)s.", employer=pair.employer))
    if blocked:
        raise Refused(
            _(
                "No meeting with %(employer)s can be booked. You may go to their booth.",
                employer=pair.employer,
            )
        )
    standing = pair.between
    if standing and standing.status == "booked":
        raise Refused(_("You already have a meeting with %(employer)s.", employer=pair.employer))
    if standing:
        raise Refused(
            _("You have already asked %(employer)s. They have not answered yet.", employer=pair.employer)
        )


def refuse_window(pair: Pair, starts_at: datetime) -> None:
    openings = queries.openings_of(pair.fair)
    if not openings or not is_open(pair.fair.id, "booking", pair.moment):
        raise Refused(_("Meetings cannot be booked now."))
    outside = rules.outside_window(openings[0].opens_at, starts_at, pair.moment, pair.limits)
    if outside == "too_early":
        opens_at = rules.booking_opens_at(openings[0].opens_at, pair.limits)
        raise Refused(_("Booking opens on %(when)s.", when=moment_words(opens_at, pair.fair)))
    if outside == "too_late":
        raise Refused(
            _(
                "It is too late to book. Booking closes %(length)s before. Go to the booth: you may be lucky.",
                length=in_words(pair.limits.closes_before),
            )
        )


def refuse_most(pair: Pair) -> None:
    if pair.has_the_most:
        raise Refused(
            _(
                "You have %(number)s meetings. That is the most one may have. Cancel one to book another.",
                number=pair.limits.max_meetings,
            )
        )


def refuse_clash(pair: Pair, slot: Slot, *, besides: uuid.UUID | None = None) -> None:
    clash = clash_with(pair, slot, besides=besides)
    if clash is None:
        return
    if clash.talk:
        raise Refused(
            _(
                "You have a seat at “%(title)s” then (%(starts)s–%(ends)s). Give up the seat to meet at that time.",
                title=clash.talk,
                starts=clock_time(clash.starts_at, pair.fair),
                ends=clock_time(clash.ends_at, pair.fair),
            )
        )
    wanted = queries.time_of(slot, queries.stands_of(pair.fair.id, [pair.exhibitor.id]))
    raise Refused(
        _(
            "You have another meeting %(starts)s–%(ends)s. You need at least %(pause)s between two meetings.",
            starts=clock_time(clash.starts_at, pair.fair),
            ends=clock_time(clash.ends_at, pair.fair),
            pause=in_words(rules.pause_needed(wanted, clash, pair.limits)),
        )
    )


def clash_with(pair: Pair, slot: Slot, *, besides: uuid.UUID | None = None) -> Time | None:
    others = [
        meeting for meeting in pair.meetings if meeting.status in rules.STANDING and meeting.id != besides
    ]
    stands = queries.stands_of(
        pair.fair.id, {pair.exhibitor.id, *(meeting.exhibitor_id for meeting in others)}
    )
    busy = queries.times_of(others, stands) + queries.seats_taken(pair.registration)
    return rules.first_clash(queries.time_of(slot, stands), busy, pair.limits)


def free_slot(pair: Pair, slot_id: uuid.UUID, *, only_open: bool) -> Slot:
    """The slot, still free; Refused where somebody was faster or it is no longer offered."""
    slot = db.session.scalar(
        select(Slot).where(
            Slot.id == slot_id, Slot.fair_id == pair.fair.id, Slot.exhibitor_id == pair.exhibitor.id
        )
    )
    if slot is None:
        raise NotFound
    if slot.withdrawn_at is not None or (only_open and not slot.is_open):
        raise Refused(_("%(employer)s no longer offers this time.", employer=pair.employer))
    if queries.meetings_in([slot]):
        raise taken(pair.fair, slot.starts_at)
    return slot


def taken(fair: Fair, starts_at: datetime) -> Refused:
    return Refused(
        _("Somebody was faster: %(time)s is taken. Choose another time.", time=clock_time(starts_at, fair))
    )


def keep(pair: Pair, meeting: Meeting) -> None:
    """Write the meeting; a constraint that breaks is told in words, though the locks should prevent it."""

    def write() -> None:
        db.session.add(meeting)

    def broken(name: str) -> Refused:
        if "slot" in name:
            return taken(pair.fair, meeting.starts_at or pair.moment)
        if "start" in name:
            return Refused(_("There is another meeting at that time. Choose another time."))
        return Refused(_("There is already a meeting with %(employer)s.", employer=pair.employer))

    once(db.session(), write, broken)


def put_into(meeting: Meeting, slot: Slot) -> None:
    meeting.slot_id = slot.id
    meeting.starts_at = slot.starts_at
    meeting.ends_at = slot.ends_at


def vacancy_of(pair: Pair, vacancy_id: uuid.UUID | None) -> uuid.UUID | None:
    """The job the meeting is about, if it is one of this exhibitor's that jobseekers see."""
    if vacancy_id is None:
        return None
    return db.session.scalar(
        select(Vacancy.id).where(
            Vacancy.id == vacancy_id,
            Vacancy.fair_id == pair.fair.id,
            Vacancy.exhibitor_id == pair.exhibitor.id,
            Vacancy.status == "published",
        )
    )


def must_be(meeting: Meeting, *statuses: str) -> None:
    if meeting.status not in statuses:
        raise Refused(_("This has changed in the meantime. Look at the meeting again."))


# --- What a later feature is told ------------------------------------------------------------

_told: list[Callable[[Meeting], object]] = []


def when_given_up(tell: Callable[[Meeting], object]) -> None:
    """A later feature is told of each meeting that is about to be called off or moved, in the same transaction."""
    _told.append(tell)


def given_up(meeting: Meeting) -> None:
    """Say it before the meeting changes. All who cancel or move meetings do."""
    for tell in _told:
        tell(meeting)


def noted(verb: str, meeting: Meeting, actor: uuid.UUID | None, **facts: object) -> None:
    note(verb, "meeting", meeting.id, fair_id=meeting.fair_id, actor=actor, **facts)
