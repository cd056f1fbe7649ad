"""What people are told when a fair gives them a task, changes it or takes it back."""

from flask_babel import gettext as _

from bazaar import web
from bazaar.fairs import names
from bazaar.fairs.models import Fair
from bazaar.fairs.rules import ROLES
from bazaar.i18n import words_for
from bazaar.messages.actions import put_in_outbox
from bazaar.people.models import Contact, Person
from bazaar.people.queries import contacts_of


def organiser_added(fair: Fair, person: Person, role: str, by: Person | None) -> None:
    with words_for(person.language):
        what = _as_what(role)
        lines = [_("%(who)s has made you %(role)s of %(fair)s.", who=_who(by), role=what, fair=fair.name)]
        _write(fair, person, "organiser_added", lines, _sign_in(f"/organise/{fair.slug}/"))


def role_changed(fair: Fair, person: Person, role: str) -> None:
    with words_for(person.language):
        lines = [_("You are now %(role)s of %(fair)s.", role=_as_what(role), fair=fair.name)]
        _write(fair, person, "role_changed", lines, _sign_in(f"/organise/{fair.slug}/"))


def organiser_removed(fair: Fair, person: Person) -> None:
    with words_for(person.language):
        _write(fair, person, "organiser_removed", [_("You no longer organise %(fair)s.", fair=fair.name)])


def staff_added(fair: Fair, person: Person, task: str) -> None:
    with words_for(person.language):
        lines = [_("You work at %(fair)s.", fair=fair.name)]
        if task:
            lines.append(_("Your task: %(task)s", task=task))
        _write(fair, person, "staff_added", lines, _sign_in(f"/desk/{fair.slug}/"))


def staff_removed(fair: Fair, person: Person) -> None:
    with words_for(person.language):
        _write(fair, person, "staff_removed", [_("You no longer work at %(fair)s.", fair=fair.name)])


def _sign_in(then: str) -> str:
    return web.address("people.sign_in", next=then)


def _as_what(role: str) -> str:
    assert role in ROLES
    return str(names.ROLES[role]).lower()


def _who(person: Person | None) -> str:
    return person.name if person else _("An organiser")


def _write(fair: Fair, person: Person, purpose: str, lines: list[str], link: str | None = None) -> None:
    contact = _reached_at(person)
    if contact is None:
        return
    if link:
        lines = [*lines, _("Sign in with %(address)s here: %(link)s", address=contact.address, link=link)]
    by_email = contact.kind == "email"
    put_in_outbox(
        channel="email" if by_email else "sms",
        address=contact.address,
        language=person.language,
        purpose=purpose,
        subject=fair.name if by_email else "",
        words="\n\n".join([_("Hello %(name)s,", name=person.name), *lines]) if by_email else " ".join(lines),
        fair_id=fair.id,
        person_id=person.id,
    )


def _reached_at(person: Person) -> Contact | None:
    """Where this person is written to: an e-mail address before a phone number."""
    return min(contacts_of(person.id), key=lambda contact: contact.kind, default=None)
