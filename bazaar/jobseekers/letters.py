"""What jobseekers are told: welcome, and what an organiser changed for them."""

from datetime import date

from flask_babel import gettext as _

from bazaar.fairs.queries import days_of
from bazaar.i18n import days_words, words_for
from bazaar.jobseekers.models import Registration
from bazaar.messages.actions import put_in_outbox
from bazaar.messages.models import Letter
from bazaar.people.models import Contact
from bazaar.people.queries import contacts_of
from bazaar.web import address


def best_contact(registration: Registration) -> Contact | None:
    """Where letters go: an e-mail address rather than a phone, one that was proved rather than not."""
    contacts = contacts_of(registration.person_id)
    return min(contacts, key=lambda c: (c.kind != "email", c.verified_at is None, c.id), default=None)


def write(
    registration: Registration, purpose: str, subject: str, words: str, contact: Contact | None = None
) -> Letter | None:
    """A letter to this jobseeker, in the outbox; None where no address is known."""
    contact = contact or best_contact(registration)
    if contact is None:
        return None
    return put_in_outbox(
        channel="email" if contact.kind == "email" else "sms",
        address=contact.address,
        language=registration.person.language,
        purpose=purpose,
        subject=subject,
        words=words,
        fair_id=registration.fair_id,
        person_id=registration.person_id,
    )


def welcome(
    registration: Registration, contact: Contact | None = None, days: list[date] | None = None
) -> None:
    """Who writes many at once gives the contact and the fair's days, so that neither is looked up again."""
    fair = registration.fair
    with words_for(registration.person.language):
        when = days_words(days or [day.date for day in days_of(fair.id)])
        where = ", ".join(part for part in (fair.venue, fair.address, fair.city) if part)
        page = address("home.my_fair", slug=fair.slug)
        lines = [
            _("Welcome to %(fair)s, %(when)s.", fair=fair.name, when=when),
            where,
            _("Your badge and your day: %(page)s", page=page),
            _("Show the code on that page at the door, or say your name."),
        ]
        words = "\n".join(line for line in lines if line)
        write(registration, "welcome", _("You are registered: %(fair)s", fair=fair.name), words, contact)


def changed(registration: Registration) -> None:
    """An organiser changed the registration."""
    fair = registration.fair
    with words_for(registration.person.language):
        words = _(
            "The organisers of %(fair)s changed your registration. See it here: %(page)s",
            fair=fair.name, page=address("jobseekers.profile", slug=fair.slug),
        )  # fmt: skip
        write(registration, "registration_changed", _("Your registration was changed"), words)


def joined(registration: Registration) -> None:
    """The desk put two registrations of one person together."""
    fair = registration.fair
    with words_for(registration.person.language):
        words = _(
            "You were registered twice at %(fair)s. The desk has put both together: all your meetings, badges and "
            "answers are kept. See them here: %(page)s",
            fair=fair.name, page=address("home.my_fair", slug=fair.slug),
        )  # fmt: skip
        write(registration, "registrations_joined", _("Your two registrations are one now"), words)


def cancelled(registration: Registration) -> None:
    """An organiser cancelled the registration."""
    fair = registration.fair
    with words_for(registration.person.language):
        words = _(
            "Your registration at %(fair)s was cancelled by the organisers, and with it your meetings and seats. "
            "If that is wrong, register again: %(page)s",
            fair=fair.name, page=address("jobseekers.register", slug=fair.slug),
        )  # fmt: skip
        write(registration, "registration_cancelled", _("Your registration was cancelled"), words)


def left(registration: Registration) -> None:
    """A receipt for whoever left."""
    fair = registration.fair
    with words_for(registration.person.language):
        words = _(
            "You have left %(fair)s. Your meetings and seats are cancelled and no employer sees your profile any "
            "more. You can register again: %(page)s",
            fair=fair.name, page=address("jobseekers.register", slug=fair.slug),
        )  # fmt: skip
        write(registration, "registration_left", _("You have left %(fair)s", fair=fair.name), words)
