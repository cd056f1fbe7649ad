"""Registering somebody at the desk, and joining two registrations of one person."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import update

from bazaar import clock
from bazaar.checkin.models import Remark
from bazaar.db import db, locked
from bazaar.desk import queries
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.followups.models import Answer
from bazaar.jobseekers import actions as jobseekers
from bazaar.jobseekers import letters
from bazaar.jobseekers.actions import Notice
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import STANDING, holds_office, registration_at
from bazaar.meetings import actions as meetings
from bazaar.people.actions import make_person
from bazaar.people.models import Contact, Person, SignIn
from bazaar.people.queries import contacts_of, named_at
from bazaar.programme import actions as programme
from bazaar.queue import actions as queue
from bazaar.sharing import actions as sharing


@dataclass(frozen=True)
class WalkIn:
    """What staff wrote down of somebody at the desk."""

    name: str
    address: str | None
    language: str
    fields: Collection[str]
    swedish: str
    day_id: uuid.UUID | None
    notice: Notice


def walk_in(fair: Fair, said: WalkIn, actor: uuid.UUID) -> Registration:
    """Registered at once, with a badge. Somebody of this name at this address is that person."""
    person = named_at(said.address, said.name) if said.address else None
    if person is None:
        person = make_person(said.name, said.address, said.language)
    registration = jobseekers.start(fair, person, source="desk", actor=actor)
    if registration.status == "registered":
        return registration
    jobseekers.want_fields(registration, said.fields, undecided=not said.fields)
    if said.swedish:
        jobseekers.say_swedish(registration, said.swedish)
    db.session.flush()
    jobseekers.finish(registration, said.day_id, said.notice, actor=actor)
    return registration


# --- The same person twice ----------------------------------------------------------------------------


def join(
    kept: Registration, gone: Registration, keep_theirs: Collection[uuid.UUID], actor: uuid.UUID
) -> None:
    """Two registrations of one person become one: wishes, meetings, seats, shares, badges and scans are kept.

    `keep_theirs` are the meetings of `gone` that are kept where they clash with one of `kept`. Scans are never
    changed: they stay with the registration they were made with, which leads to the one that is kept.
    """
    fair = kept.fair
    first, second = sorted((kept, gone), key=lambda one: one.id)
    for one in (first, second):
        locked(Registration, one.id)
    kept, gone = registration_at(fair, kept.id), registration_at(fair, gone.id)
    if kept.id == gone.id or kept.fair_id != gone.fair_id:
        raise Refused(_("These two cannot be joined."))
    if kept.status not in STANDING or gone.status not in STANDING:
        raise Refused(_("One of the two has been joined or cancelled meanwhile."))
    _make_room(kept, gone, keep_theirs, actor)
    meetings.join(fair, gone, kept, actor)
    queue.hand_over(gone, kept)
    programme.join(gone, kept)
    sharing.join(gone, kept)
    jobseekers.join(kept, gone, actor)
    _hand_over_words(kept, gone)
    _join_people(kept, gone)
    letters.joined(registration_at(fair, kept.id))


def _make_room(
    kept: Registration, gone: Registration, keep_theirs: Collection[uuid.UUID], actor: uuid.UUID
) -> None:
    """Where the desk chose the other's meeting, the one in its way is called off; the exhibitor is told."""
    called_off: set[uuid.UUID] = set()
    for clash in queries.clashes_between(kept, gone):
        if clash.theirs.id in keep_theirs and clash.may_choose:
            for meeting in clash.mine:
                if meeting.id not in called_off:
                    called_off.add(meeting.id)
                    meetings.cancel(kept.fair, meeting, "organiser", _("They were registered twice."), actor)


def _hand_over_words(kept: Registration, gone: Registration) -> None:
    """What recruiters wrote and answered about the one is about the other too."""
    for table in (Remark, Answer):
        db.session.execute(
            update(table)
            .where(table.fair_id == kept.fair_id, table.registration_id == gone.id)
            .values(registration_id=kept.id)
        )


def _join_people(kept: Registration, gone: Registration) -> None:
    """Both addresses lead to the one person. Somebody who is nothing else any more can no longer be chosen.

    Who organises, works at or exhibits at a fair is given no address here, nor a browser: the desk would let
    whoever has them into more than a registration.
    """
    if kept.person_id == gone.person_id:
        return
    rest = queries.has_other_parts(gone.person_id, besides=gone)
    given = not holds_office(kept.person_id)
    _hand_over_addresses(kept, gone, given=given, taken=not rest)
    if not rest:
        theirs = update(SignIn).where(SignIn.person_id == gone.person_id)
        db.session.execute(
            theirs.values(person_id=kept.person_id) if given else theirs.values(ended_at=clock.now())
        )
        person = db.session.get_one(Person, gone.person_id)
        person.name = person.folded_name = ""
        person.erased_at = clock.now()


def _hand_over_addresses(kept: Registration, gone: Registration, *, given: bool, taken: bool) -> None:
    known = {contact.address for contact in contacts_of(kept.person_id)}
    for contact in contacts_of(gone.person_id):
        if given and contact.address not in known:
            db.session.add(
                Contact(
                    person_id=kept.person_id,
                    kind=contact.kind,
                    address=contact.address,
                    verified_at=contact.verified_at,
                )
            )
        if taken:
            db.session.delete(contact)
