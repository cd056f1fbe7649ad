"""What exhibitors are told: an invitation, the answer to an application, and what an organiser changed."""

from collections.abc import Callable, Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from bazaar import clock, web
from bazaar.db import db
from bazaar.employers import names
from bazaar.employers.models import Exhibitor, Invitation, Organisation
from bazaar.employers.queries import Reader, readers_of, readers_of_people
from bazaar.employers.rules import APPROVED, DECLINED, WAITLISTED
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organisers_of
from bazaar.i18n import words_for
from bazaar.messages.actions import put_in_outbox
from bazaar.messages.models import Letter
from bazaar.people.models import Person

DECISION = "exhibitor_decision"


def invited(organisation: Organisation, invitation: Invitation, token: str, by: str, language: str) -> None:
    """`by`: who invites, a person's or a fair's name."""
    link = web.address("employers.accept_invitation", token=token)
    with words_for(language):
        lines = [
            _("%(who)s invites you to act for %(organisation)s at recruitment fairs.", who=by, organisation=organisation.name),
            _("You become: %(role)s.", role=str(names.ROLES[invitation.role]).lower()),
            _("Open this link and say yes: %(link)s", link=link),
            _("The link works once, for seven days. If this is not for you, do nothing."),
        ]  # fmt: skip
        put_in_outbox(
            channel="email",
            address=invitation.address,
            language=language,
            purpose="invitation",
            subject=_("Invitation to %(organisation)s", organisation=organisation.name),
            words="\n\n".join(lines),
            secret=True,
            expires_at=invitation.expires_at,
        )


def applied(exhibitor: Exhibitor, by: Person) -> None:
    """A receipt for whoever applied."""
    with words_for(by.language):
        words = _(
            "We have your application to %(fair)s. The organisers will answer it.", fair=exhibitor.fair.name
        )
    _write(exhibitor, readers_of_people([by]), "exhibitor_applied", lambda: [words])


def decided(exhibitor: Exhibitor, visible_from: datetime | None) -> None:
    """The answer. Where results are shown from a later moment, it waits until then; an older answer is taken back."""
    take_back(exhibitor)
    later = visible_from if visible_from is not None and visible_from > clock.now() else None
    _write(exhibitor, _readers(exhibitor), DECISION, lambda: _answer(exhibitor), later,
           way_on=exhibitor.status == APPROVED)  # fmt: skip


def take_back(exhibitor: Exhibitor) -> None:
    """An answer that is not sent yet is not sent."""
    waiting = select(Letter).where(
        Letter.fair_id == exhibitor.fair_id,
        Letter.purpose == DECISION,
        Letter.subject == _subject(exhibitor),
        Letter.status.in_(("waiting", "stopped")),
    )
    for letter in db.session.scalars(waiting):
        db.session.delete(letter)


def _answer(exhibitor: Exhibitor) -> list[str]:
    fair, organisation = exhibitor.fair.name, exhibitor.organisation.name
    said = {
        APPROVED: _("%(organisation)s has a place at %(fair)s.", organisation=organisation, fair=fair),
        WAITLISTED: _("%(organisation)s is on the waiting list of %(fair)s. We write if a place gets free.", organisation=organisation, fair=fair),
        DECLINED: _("%(organisation)s does not get a place at %(fair)s this time.", organisation=organisation, fair=fair),
    }  # fmt: skip
    return [said[exhibitor.status], exhibitor.reason] if exhibitor.reason else [said[exhibitor.status]]


def withdrawn(exhibitor: Exhibitor, by: Person, *, by_organiser: bool) -> None:
    """To the other side: the organisers where the exhibitor withdrew, else the exhibitor's people."""
    fair, organisation = exhibitor.fair, exhibitor.organisation

    def words() -> list[str]:
        if by_organiser:
            said = _("The organisers of %(fair)s have taken %(organisation)s off the fair.", fair=fair.name, organisation=organisation.name)  # fmt: skip
            return [said, exhibitor.reason] if exhibitor.reason else [said]
        return [
            _("%(organisation)s has withdrawn from %(fair)s.", organisation=organisation.name, fair=fair.name)
        ]

    readers = _readers(exhibitor) if by_organiser else _organisers(fair)
    _write(exhibitor, [one for one in readers if one.person_id != by.id], "exhibitor_withdrawn", words)


def _readers(exhibitor: Exhibitor) -> list[Reader]:
    return readers_of([exhibitor.organisation_id], exhibitor.fair).get(exhibitor.organisation_id, [])


def _organisers(fair: Fair) -> list[Reader]:
    return readers_of_people(part.person for part in organisers_of(fair.id) if part.role != "viewer")


def _subject(exhibitor: Exhibitor) -> str:
    return f"{exhibitor.organisation.name}: {exhibitor.fair.name}"[:300]


def _write(
    exhibitor: Exhibitor, readers: Iterable[Reader], purpose: str, words: Callable[[], list[str]], not_before: datetime | None = None,
    *, way_on: bool = False,
) -> None:  # fmt: skip
    """`way_on`: whoever acts for the exhibitor is led to its page; nobody else could open it."""
    page = web.address("home.exhibitor", slug=exhibitor.fair.slug, exhibitor_id=exhibitor.id)
    for reader in readers:
        with words_for(reader.language):
            lines = words()
            if way_on and reader.person_id is not None:
                lines.append(_("Your page, and what is left to do: %(page)s", page=page))
            if reader.by_email:
                lines = [_("Hello %(name)s,", name=reader.name), *lines]
        letter = put_in_outbox(
            channel="email" if reader.by_email else "sms",
            address=reader.address,
            language=reader.language,
            purpose=purpose,
            subject=_subject(exhibitor),
            words="\n\n".join(lines) if reader.by_email else " ".join(lines),
            fair_id=exhibitor.fair_id,
            person_id=reader.person_id,
        )
        if not_before is not None:
            letter.next_try_at = not_before
