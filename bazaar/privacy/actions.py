"""Leaving a fair, and being erased. Each is one act: what hangs on it goes with it, and those concerned are told."""

import uuid
from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import and_, delete, func, or_, select, update

from bazaar import clock
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.db import db, locked
from bazaar.employers.models import Invitation, Representative, Upload
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, Organiser, Staff
from bazaar.followups.models import Answer
from bazaar.jobseekers import actions as jobseekers
from bazaar.jobseekers import letters
from bazaar.jobseekers.models import (
    AccessNeed,
    Badge,
    Registration,
    SpokenLanguage,
    WantedPlace,
    WantedWork,
)
from bazaar.jobseekers.queries import STANDING, registration_at
from bazaar.journal.actions import note
from bazaar.meetings import actions as meetings
from bazaar.meetings.models import Feed, Meeting, Slot
from bazaar.messages.models import Letter
from bazaar.people.models import Code, Contact, Person, SignIn
from bazaar.privacy import queries
from bazaar.programme import actions as programme
from bazaar.queue import actions as queue
from bazaar.reminders.models import Reminder
from bazaar.sharing import actions as sharing

NOBODY = "–"  # what stands where a name stood


def leave(registration: Registration, by: str, actor: uuid.UUID) -> None:
    """Cancel a registration with its meetings, seats and shares. by: jobseeker | organiser."""
    fair = registration.fair
    locked(Registration, registration.id)
    registration = registration_at(fair, registration.id)
    if registration.status not in STANDING:
        raise Refused(_("This registration is cancelled already."))
    was_registered = registration.status == "registered"
    _undo_all(fair, registration, by, actor)
    jobseekers.cancel(registration, actor)
    if was_registered:
        registration = registration_at(fair, registration.id)
        (letters.left if by == "jobseeker" else letters.cancelled)(registration)


def _undo_all(fair: Fair, registration: Registration, by: str, actor: uuid.UUID) -> None:
    meetings.cancel_all_of(fair, registration, by, actor)
    queue.leave_all(fair, registration, actor)
    programme.give_up_seats(registration, actor)
    sharing.withdraw_all_of(registration, actor)


# --- Being erased -------------------------------------------------------------------------------------


def erase(person: Person) -> None:
    """Everything personal goes: name, addresses, profile, needs, notes. Scans and the journal stay, without a person.

    First the name goes, so that letters about meetings that are called off no longer hold it.
    """
    locked(Person, person.id)
    alone = queries.fairs_owned_alone(person)
    if alone:
        names = ", ".join(fair.name for fair in alone)
        raise Refused(
            _("You are the only owner of %(fairs)s. Make somebody else an owner first.", fairs=names)
        )
    ids = queries.all_registration_ids(person)
    standing = [(one.fair_id, one.id) for one in queries.standing_registrations(person)]
    known_as = {person.name, *queries.names_at_fairs(ids)}
    addresses = queries.addresses_of_nobody_else(person)
    _blank_person(person)
    _blank_registrations(ids)
    fairs = queries.fairs_of({fair_id for fair_id, _id in standing})
    for fair_id, registration_id in standing:
        registration = registration_at(fairs[fair_id], registration_id)
        _undo_all(fairs[fair_id], registration, "jobseeker", person.id)
        jobseekers.cancel(registration, person.id)
    _erase_what_was_written(ids)
    _forget_reminders(ids)
    _erase_letters(person, known_as, [fair_id for fair_id, _id in standing], addresses)
    _end_parts(person)
    _forget_addresses(person, addresses)
    note("erase", "person", person.id, actor=person.id)


def _blank_person(person: Person) -> None:
    person.name, person.folded_name = NOBODY, ""
    person.may_organise = False
    person.erased_at = clock.now()
    db.session.flush()


def _blank_registrations(ids: Sequence[uuid.UUID]) -> None:
    db.session.execute(
        update(Registration)
        .where(Registration.id.in_(ids))
        .values(
            name=NOBODY, folded_name="", alias="", protected=False, findable=False, undecided=False, experience="",
            education_level="", education_country="", recognition="", swedish_by="", swedish="", licences=[],
            would_move=False, about="",
        )
    )  # fmt: skip
    for table in (AccessNeed, WantedWork, SpokenLanguage, WantedPlace):
        db.session.execute(delete(table).where(table.registration_id.in_(ids)))
    db.session.execute(
        update(Badge)
        .where(Badge.registration_id.in_(ids), Badge.voided_at.is_(None))
        .values(voided_at=clock.now())
    )


def _erase_what_was_written(ids: Sequence[uuid.UUID]) -> None:
    """Notes about somebody, and their own words to exhibitors."""
    for statement in (
        update(Meeting).where(Meeting.registration_id.in_(ids)).values(message="", reason=""),
        update(Remark).where(Remark.registration_id.in_(ids)).values(note=""),
        update(Scan).where(Scan.registration_id.in_(ids)).values(note=""),
        update(Answer).where(Answer.registration_id.in_(ids)).values(words=""),
    ):
        db.session.execute(statement)


def _forget_reminders(ids: Sequence[uuid.UUID]) -> None:
    """The links in them lead nowhere from now on."""
    theirs = select(Meeting.id).where(Meeting.registration_id.in_(ids))
    db.session.execute(delete(Reminder).where(Reminder.meeting_id.in_(theirs)))


def _erase_letters(
    person: Person, names: Collection[str], fairs: Collection[uuid.UUID], addresses: Sequence[str]
) -> None:
    """Letters to them lose their words and never leave; in letters to others the names are struck out."""
    theirs = (Letter.person_id == person.id) | Letter.address.in_(addresses)
    db.session.execute(update(Letter).where(theirs, Letter.status == "waiting").values(status="expired"))
    db.session.execute(update(Letter).where(theirs).values(address="", subject="", words="", person_id=None))
    for name in sorted(names, key=len, reverse=True):  # the longer first: one may be a part of another
        if len(name) > 2:
            _strike_out(name, fairs)


def _strike_out(name: str, fairs: Collection[uuid.UUID]) -> None:
    """Of what is still to be sent only the letters of the fairs they were at: elsewhere it is somebody else's name."""
    gone = Letter.status.in_(("sent", "failed", "expired", "perhaps_sent", "stopped"))
    to_be_sent = and_(Letter.status == "waiting", Letter.fair_id.in_(fairs))
    db.session.execute(
        update(Letter)
        .where(
            gone | to_be_sent,
            or_(*(text.contains(name, autoescape=True) for text in (Letter.words, Letter.subject))),
        )
        .values(
            words=func.replace(Letter.words, name, NOBODY),
            subject=func.replace(Letter.subject, name, NOBODY),
        )
    )


def _end_parts(person: Person) -> None:
    """What they were besides a jobseeker."""
    for table in (Organiser, Staff, Feed, Upload):
        db.session.execute(delete(table).where(table.person_id == person.id))
    for statement in (
        update(Representative)
        .where(Representative.person_id == person.id, Representative.ended_at.is_(None))
        .values(ended_at=clock.now()),
        update(Slot).where(Slot.recruiter_id == person.id).values(recruiter_id=None),
        update(Remark).where(Remark.author == person.id).values(author_name=NOBODY),
        # It still knows whose it was, and so that their part has ended.
        update(Device).where(Device.person_id == person.id).values(held_by=NOBODY),
        update(Badge)
        .where(Badge.person_id == person.id, Badge.voided_at.is_(None))
        .values(voided_at=clock.now()),
    ):
        db.session.execute(statement)


def _forget_addresses(person: Person, addresses: Sequence[str]) -> None:
    db.session.execute(
        update(Invitation)
        .where(Invitation.address.in_(addresses))
        .values(address="", withdrawn_at=clock.now())
    )
    db.session.execute(delete(Code).where((Code.person_id == person.id) | Code.address.in_(addresses)))
    db.session.execute(delete(SignIn).where((SignIn.person_id == person.id) | SignIn.address.in_(addresses)))
    db.session.execute(delete(Contact).where(Contact.person_id == person.id))
