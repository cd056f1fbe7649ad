"""Organisations and the people who act for them."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from bazaar import clock
from bazaar.db import db, locked, new_id, once
from bazaar.employers import letters
from bazaar.employers.models import Invitation, Organisation, Representative
from bazaar.employers.queries import (
    addresses_of,
    admins_of,
    earlier_part,
    is_open_invitation,
    open_invitations_of,
    representatives_of,
)
from bazaar.employers.rules import ADMIN, is_last_admin, is_sole_traders
from bazaar.errors import Refused
from bazaar.journal.actions import note
from bazaar.people.models import Person
from bazaar.people.queries import contacts_of
from bazaar.words import fold, hashed, new_token

INVITATION_LASTS = timedelta(days=7)


def register_organisation(facts: Mapping[str, Any], by: Person) -> Organisation:
    """A new organisation, with whoever registers it as its first admin."""
    organisation = new_organisation(facts, by)
    db.session.add(Representative(organisation_id=organisation.id, person_id=by.id, role=ADMIN))
    return organisation


def new_organisation(facts: Mapping[str, Any], by: Person | None) -> Organisation:
    """A new organisation without people. Its number, if given, is one that nobody else has."""
    organisation = Organisation(id=new_id(), folded_name=fold(facts["name"]), **facts)
    once(db.session(), lambda: db.session.add(organisation), _taken)
    note("registered", "organisation", organisation.id, actor=by.id if by else None)
    return organisation


def change_organisation(organisation: Organisation, facts: Mapping[str, Any], by: Person) -> bool:
    """Set these facts; False where nothing is different. A number that is not shown is not emptied by an empty field."""
    if facts.get("number") is None and organisation.number and is_sole_traders(organisation.number):
        facts = {key: value for key, value in facts.items() if key != "number"}
    changed = [key for key, value in facts.items() if getattr(organisation, key) != value]
    if not changed:
        return False

    def change() -> None:
        for key in changed:
            setattr(organisation, key, facts[key])
        organisation.folded_name = fold(organisation.name)

    once(db.session(), change, _taken)
    note("changed", "organisation", organisation.id, actor=by.id, changed=changed)
    return True


def _taken(_constraint: str) -> Exception:
    return Refused(
        _("An organisation with this number is registered already. Ask a colleague, or the fair's organisers, to invite you.")
    )  # fmt: skip


# --- People ---------------------------------------------------------------------------------------


def invite(
    organisation: Organisation, address: str, role: str, by: Person, *, said_by: str | None = None, language: str
) -> Invitation:  # fmt: skip
    """A letter with a one-use link. An older open invitation to the same address is withdrawn.

    `address` is a normalised e-mail address; `said_by` is who invites, where it is not the person.
    """
    people = [part.person_id for part in representatives_of(organisation.id)]
    if any(contact.address == address for person in people for contact in contacts_of(person)):
        raise Refused(_("Somebody with this address acts for %(name)s already.", name=organisation.name))
    for older in open_invitations_of(organisation.id):
        if older.address == address:
            older.withdrawn_at = clock.now()
    token = new_token()
    invitation = Invitation(
        id=new_id(), organisation_id=organisation.id, address=address, role=role, token_hash=hashed(token),
        expires_at=clock.now() + INVITATION_LASTS,
    )  # fmt: skip
    db.session.add(invitation)
    letters.invited(organisation, invitation, token, said_by or by.name, language)
    note("invited", "organisation", organisation.id, actor=by.id, role=role)
    return invitation


def withdraw_invitation(invitation: Invitation, by: Person) -> None:
    invitation = locked(Invitation, invitation.id)
    if not is_open_invitation(invitation):
        raise Refused(_("The invitation has been used, or is no longer open."))
    invitation.withdrawn_at = clock.now()
    note("withdrew_invitation", "organisation", invitation.organisation_id, actor=by.id)


def is_meant_for(invitation: Invitation, person: Person) -> bool:
    """Only who is reached at the invited address may accept."""
    return any(contact.address == invitation.address for contact in contacts_of(person.id))


def accept(invitation: Invitation, person: Person) -> Representative:
    """The person becomes a representative, once. Raises Refused where the link is used up or not theirs."""
    invitation = locked(Invitation, invitation.id)
    if not is_open_invitation(invitation):
        raise Refused(_("This invitation has been used or is too old. Ask for a new one."))
    if not is_meant_for(invitation, person):
        raise Refused(_("This invitation was sent to another address. Sign in with that address."))
    invitation.used_at = clock.now()
    part = earlier_part(invitation.organisation_id, person)
    if part is None:
        part = Representative(
            id=new_id(), organisation_id=invitation.organisation_id, person_id=person.id, role=invitation.role
        )
        db.session.add(part)
    elif part.ended_at is not None:
        part.ended_at, part.role = None, invitation.role
    note("accepted_invitation", "organisation", invitation.organisation_id, actor=person.id, role=part.role)
    return part


def change_role(part: Representative, role: str, by: Person) -> None:
    locked(Organisation, part.organisation_id)
    if role != ADMIN and is_last_admin(part.role, admins_of(part.organisation_id)):
        raise Refused(_("Somebody has to stay admin. Make a colleague admin first."))
    part.role = role
    note("changed_role", "organisation", part.organisation_id, actor=by.id, role=role)


def end(part: Representative, by: Person) -> None:
    """The person no longer acts for the organisation; what they wrote stays."""
    locked(Organisation, part.organisation_id)
    if is_last_admin(part.role, admins_of(part.organisation_id)):
        raise Refused(_("Somebody has to stay admin. Make a colleague admin first."))
    part.ended_at = clock.now()
    note("ended_representative", "organisation", part.organisation_id, actor=by.id)


def reached_at(organisation_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Where each present representative is written to."""
    people = [part.person_id for part in representatives_of(organisation_id)]
    return {person: contact.address for person, contact in addresses_of(people).items()}
