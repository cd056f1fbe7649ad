"""The reminder itself: when, where, and a link to say whether one comes. The link is a secret."""

from datetime import datetime

from flask_babel import gettext as _

from bazaar import web
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, day_words, moment_words, words_for
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import Stands, reached_at
from bazaar.messages.actions import put_in_outbox
from bazaar.messages.models import Letter
from bazaar.reminders.rules import HOUR


def reminder(
    fair: Fair, meeting: Meeting, stands: Stands, kind: str, token: str, expires_at: datetime
) -> Letter | None:
    """Into the outbox, in the language of the one who reads it; None where no letter finds them."""
    person = meeting.registration.person
    contact = reached_at(person.id)
    if contact is None or meeting.starts_at is None or meeting.ends_at is None:
        return None
    link = web.address("reminders.reminder", token=token)
    employer = meeting.exhibitor.organisation.name
    stand = stands.at(meeting.exhibitor_id, meeting.starts_at)
    by_mail = contact.kind == "email"
    with words_for(person.language):
        booth = _("Booth %(number)s, %(hall)s", number=stand.number, hall=stand.hall) if stand else ""
        when = moment_words(meeting.starts_at, fair)
        subject = _("Reminder: %(employer)s, %(when)s", employer=employer, when=when)
        lines = [
            _("You will meet %(employer)s.", employer=employer),
            _(
                "%(day)s, %(starts)s–%(ends)s",
                day=day_words(meeting.starts_at, fair),
                starts=clock_time(meeting.starts_at, fair),
                ends=clock_time(meeting.ends_at, fair),
            ),
            booth,
            _("Say on the page below whether you come. If you cannot, somebody else gets the time."),
        ]
        text = "\n\n".join(
            [_("Hello %(name)s,", name=person.name), "\n".join(filter(None, lines)), link, fair.name]
        )
        short = " ".join(filter(None, [f"{subject}.", booth and f"{booth}.", _("Are you coming?"), link]))
    return put_in_outbox(
        channel="email" if by_mail else "sms",
        address=contact.address,
        language=person.language,
        purpose="reminder_hour" if kind == HOUR else "reminder",
        subject=subject,
        words=text if by_mail else short,
        fair_id=fair.id,
        person_id=person.id,
        secret=True,
        expires_at=expires_at,
    )
