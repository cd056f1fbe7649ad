"""Reminding, when the clock says so; taking an answer; and keeping back what no longer holds."""

from datetime import datetime

from flask_babel import gettext as _

from bazaar import clock
from bazaar.db import db, locked
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.journal.actions import note
from bazaar.meetings import actions as meetings
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import stands_of
from bazaar.messages.actions import hold_back, when_due
from bazaar.people import limits
from bazaar.reminders import letters, queries, rules
from bazaar.reminders.models import Reminder
from bazaar.reminders.rules import CANNOT, COMING, Window
from bazaar.words import hashed, new_token

MOST_AT_ONCE = 500  # in one transaction; the others follow within a second


# --- Reminding ------------------------------------------------------------------------------


def remind(moment: datetime) -> int:
    """Write the reminders that are due at any fair. Run it as often as one likes."""
    written = 0
    for fair, window in queries.fairs_that_remind(moment):
        written += _remind_at(fair, window, moment, MOST_AT_ONCE - written)
    return written


def _remind_at(fair: Fair, window: Window, moment: datetime, most: int) -> int:
    ids = [meeting.id for meeting in queries.meetings_due(fair, window, moment, most)]
    due = queries.meetings_with_people(ids)
    stands = stands_of(fair.id, {meeting.exhibitor_id for meeting in due})
    for meeting in due:
        if meeting.starts_at is None:
            continue
        token = new_token()
        letter = letters.reminder(
            fair, meeting, stands, window.kind, token, meeting.starts_at - window.more_than
        )
        if letter is None:
            continue
        db.session.flush()
        db.session.add(
            Reminder(
                fair_id=fair.id,
                meeting_id=meeting.id,
                letter_id=letter.id,
                kind=window.kind,
                starts_at=meeting.starts_at,
                token_hash=hashed(token),
            )
        )
    db.session.flush()
    return len(due)


def keep_back(meeting: Meeting) -> None:
    """The meeting is called off or moved: a reminder of it that still waits is not sent, and may be written anew."""
    for reminder in queries.reminders_of(meeting.id):
        unread = reminder.letter_id is not None and hold_back(reminder.letter_id)
        if unread and not reminder.answer:
            db.session.delete(reminder)


# --- Answering ------------------------------------------------------------------------------


def answer(fair: Fair, reminder: Reminder, said: str, network: str) -> None:
    """said: coming | cannot. "I can't" cancels the meeting; "I'm coming" takes that back while the time is free."""
    limits.count(rules.ANSWERS_OF_NETWORK, network)
    limits.count(rules.ANSWERS_ABOUT_MEETING, str(reminder.meeting_id))
    meeting, person_id = reminder.meeting, reminder.meeting.registration.person_id
    if said == COMING and _state(meeting) == "taken_back":
        meetings.restore(fair, meeting, "jobseeker", person_id)
    meeting = locked(Meeting, meeting.id)
    state = _state(meeting)
    _refuse(state, said)
    reminder = locked(Reminder, reminder.id)
    reminder.answer, reminder.answered_at, reminder.answered_for = said, clock.now(), meeting.starts_at
    note("answer", "reminder", reminder.id, fair_id=fair.id, actor=person_id, answer=said)
    if said == CANNOT and state == "open":
        meetings.cancel(fair, meeting, "jobseeker", "", person_id)


def _refuse(state: str, said: str) -> None:
    if state in ("begun", "over"):
        raise Refused(_("The meeting has begun. Go to the booth: they may still have time for you."))
    if state == "cancelled":
        raise Refused(_("This meeting will not take place."))
    if said == COMING and state != "open":
        raise Refused(_("This has changed in the meantime. Look at the meeting again."))


def _state(meeting: Meeting) -> str:
    now = clock.now()
    return rules.state(
        meeting.status, meeting.ended_by, meeting.starts_at or now, meeting.ends_at or now, now
    )


when_due(queries.anything_due, remind)
meetings.when_given_up(keep_back)
