"""Telling those who wait that they should walk to the booth, or that the queue has ended."""

from collections.abc import Callable

from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.fairs.models import Fair
from bazaar.i18n import words_for
from bazaar.jobseekers.models import Registration
from bazaar.meetings.queries import reached_at, stands_of
from bazaar.messages.actions import put_in_outbox
from bazaar.people.models import Person
from bazaar.queue.models import Place


def walk_now(fair: Fair, exhibitor: Exhibitor, place: Place) -> None:
    """It is nearly their turn, or they are called: told once, while it is of use."""
    called = place.status == "called"

    def words(employer: str, booth: str) -> tuple[str, str]:
        if called:
            subject = _("Your turn at %(employer)s: come to %(booth)s now", employer=employer, booth=booth)
            return subject, _("They wait %(minutes)s minutes for you.", minutes=fair.call_minutes)
        subject = _("Soon your turn at %(employer)s: walk to %(booth)s now", employer=employer, booth=booth)
        return subject, _("You have number %(number)s.", number=place.number)

    _send(fair, exhibitor, place, "queue_call", words)


def ended(fair: Fair, exhibitor: Exhibitor, place: Place) -> None:
    """The booth takes nobody more: nobody walks there for nothing."""

    def words(employer: str, _booth: str) -> tuple[str, str]:
        return _("The queue at %(employer)s has ended", employer=employer), _(
            "They could not meet you today. You may stand in another queue."
        )

    _send(fair, exhibitor, place, "queue_cancelled", words)


def _send(
    fair: Fair, exhibitor: Exhibitor, place: Place, purpose: str, words: Callable[[str, str], tuple[str, str]]
) -> None:
    with db.session.no_autoflush:
        registration = db.session.get_one(Registration, place.registration_id)
        person = db.session.get_one(Person, registration.person_id)
        contact = reached_at(person.id)
        employer = db.session.get_one(Organisation, exhibitor.organisation_id).name
        stand = stands_of(fair.id, [exhibitor.id]).next(exhibitor.id, place.joined_at)
    if contact is None:
        return
    link = web.address("queue.mine", slug=fair.slug, exhibitor_id=exhibitor.id)
    with words_for(person.language):
        booth = _("booth %(number)s", number=stand.number) if stand else _("their booth")
        subject, line = words(employer, booth)
        text = "\n\n".join([_("Hello %(name)s,", name=person.name), subject + ".", line, link, fair.name])
    by_mail = contact.kind == "email"
    put_in_outbox(
        channel="email" if by_mail else "sms",
        address=contact.address,
        language=person.language,
        purpose=purpose,
        subject=subject,
        words=text if by_mail else f"{subject}. {link}",
        fair_id=fair.id,
        person_id=person.id,
        expires_at=place.until,
    )
