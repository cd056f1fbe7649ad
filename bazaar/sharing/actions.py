"""Saying yes to an employer, and taking it back. Each is a dated act, in words that are kept."""

import uuid
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select, update

from bazaar import clock
from bazaar.db import db, once
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.errors import Refused
from bazaar.i18n import words_for
from bazaar.jobseekers.models import Registration
from bazaar.journal.actions import note
from bazaar.sharing import rules
from bazaar.sharing.models import Share
from bazaar.sharing.queries import fields_there, question_words, standing_share


def share(
    registration: Registration,
    exhibitor: Exhibitor,
    how: str,
    language: str,
    *,
    fields: Collection[str] = rules.USUAL,
    recorded_by: uuid.UUID | None = None,
) -> Share:
    """The jobseeker lets this exhibitor see these fields. A yes to other fields than before takes its place.

    how: page | booking | spoken. `recorded_by` is the recruiter who heard a spoken yes.
    """
    chosen = rules.chosen(fields, fields_there(registration))
    earlier = standing_share(registration.id, exhibitor.id)
    if earlier is not None:
        if earlier.fields == chosen:
            return earlier
        earlier.withdrawn_at = clock.now()
        db.session.flush()
    given = Share(
        fair_id=registration.fair_id,
        registration_id=registration.id,
        exhibitor_id=exhibitor.id,
        how=how,
        fields=chosen,
        words=_words_of(exhibitor, chosen, language),
        language=language,
        recorded_by=recorded_by,
    )
    once(
        db.session(),
        lambda: db.session.add(given),
        lambda _name: Refused(_("You have just answered this on another page. Look at it again.")),
    )
    actor = recorded_by or registration.person_id
    note("share", "share", given.id, fair_id=given.fair_id, actor=actor, how=how, fields=chosen)
    return given


def _words_of(exhibitor: Exhibitor, fields: list[str], language: str) -> str:
    organisation = db.session.get_one(Organisation, exhibitor.organisation_id)
    with words_for(language):
        return question_words(organisation.name, fields)


def withdraw(given: Share, actor: uuid.UUID) -> None:
    """From now on the exhibitor sees nothing of it. Taking back twice changes nothing."""
    if given.withdrawn_at is None:
        given.withdrawn_at = clock.now()
        note("withdraw", "share", given.id, fair_id=given.fair_id, actor=actor)


def withdraw_all_of(registration: Registration, actor: uuid.UUID | None) -> int:
    """Everything this jobseeker has said yes to at this fair is taken back. Answers how many there were."""
    taken_back = db.session.scalars(
        update(Share)
        .where(
            Share.fair_id == registration.fair_id,
            Share.registration_id == registration.id,
            Share.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now())
        .returning(Share.id)
    ).all()
    for share_id in taken_back:
        note("withdraw", "share", share_id, fair_id=registration.fair_id, actor=actor)
    return len(taken_back)


def join(from_registration: Registration, to_registration: Registration) -> None:
    """The same person registered twice: what either said yes to counts. Where both did, the later yes stands."""
    standing = db.session.scalars(
        select(Share)
        .where(
            Share.fair_id == to_registration.fair_id,
            Share.registration_id.in_((from_registration.id, to_registration.id)),
            Share.withdrawn_at.is_(None),
        )
        .order_by(Share.at.desc())
    ).all()
    seen: set[uuid.UUID] = set()
    for given in standing:
        if given.exhibitor_id in seen:
            given.withdrawn_at = clock.now()
        seen.add(given.exhibitor_id)
    db.session.flush()
    db.session.execute(
        update(Share)
        .where(Share.fair_id == to_registration.fair_id, Share.registration_id == from_registration.id)
        .values(registration_id=to_registration.id)
    )
