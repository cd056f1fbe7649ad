"""Everything that is kept on one person, and what hangs on a registration."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from bazaar import clock
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.db import Base, db
from bazaar.employers.models import Representative
from bazaar.fairs.models import Fair, Organiser, Staff
from bazaar.followups.models import Answer, Promise
from bazaar.jobseekers.models import (
    AccessNeed,
    Badge,
    Registration,
    SpokenLanguage,
    WantedPlace,
    WantedWork,
)
from bazaar.journal.models import Entry
from bazaar.meetings.models import Feed, Meeting, PairBlock
from bazaar.meetings.queries import meetings_of
from bazaar.messages.models import Letter
from bazaar.people.models import Contact, Person, SignIn
from bazaar.programme.models import Seat
from bazaar.programme.queries import seats_of
from bazaar.queue.models import Place
from bazaar.reminders.models import Reminder
from bazaar.sharing.models import Share
from bazaar.sharing.queries import shares_of

# Hashes of codes and links prove nothing to anybody, and other people's ids are theirs.
HIDDEN = {
    "token_hash",
    "salt",
    "code_hash",
    "link_hash",
    "by",
    "actor",
    "author",
    "recorded_by",
    "called_by",
    "folded_name",
}
BY_PERSON = (Contact, SignIn, Organiser, Staff, Representative, Feed, Device, Registration, Letter)
BY_REGISTRATION = (
    AccessNeed, WantedWork, SpokenLanguage, WantedPlace, Badge, Share, Meeting, PairBlock, Place, Seat, Scan, Remark, Answer,
    Promise,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One kind of rows on somebody, as words and values."""

    table: str
    rows: list[dict[str, Any]]


def everything_on(person: Person) -> list[Part]:
    """All rows that are about this person, table by table; journal lines of what they did themselves."""
    parts = [Part("person", [_plain(person)])]
    parts += [_part(one, select(one).where(one.person_id == person.id)) for one in BY_PERSON]
    ids = all_registration_ids(person)
    parts += [_part(one, select(one).where(one.registration_id.in_(ids))) for one in BY_REGISTRATION]
    parts.append(_part(Reminder, select(Reminder).join(Meeting).where(Meeting.registration_id.in_(ids))))
    parts.append(_part(Entry, select(Entry).where(Entry.actor == person.id).order_by(Entry.id)))
    return [part for part in parts if part.rows]


def all_registration_ids(person: Person) -> list[uuid.UUID]:
    """Every registration of this person, and those joined with one."""
    own = list(db.session.scalars(select(Registration.id).where(Registration.person_id == person.id)))
    joined = select(Registration.id).where(Registration.joined_to.in_(own))
    return [*own, *db.session.scalars(joined)]


def names_at_fairs(registration_ids: Sequence[uuid.UUID]) -> set[str]:
    """What these registrations are called: an organiser may have changed a name at one fair."""
    return set(db.session.scalars(select(Registration.name).where(Registration.id.in_(registration_ids))))


def _part(table: type[Base], query: Any) -> Part:
    return Part(table.__tablename__, [_plain(row) for row in db.session.scalars(query)])


def _plain(row: Any) -> dict[str, Any]:
    """A row's own columns, as JSON knows them. Letters with a code keep it to themselves."""
    secret = getattr(row, "secret", False)
    return {
        column.key: _value(getattr(row, column.key))
        for column in inspect(type(row)).column_attrs
        if column.key not in HIDDEN and not (secret and column.key == "words")
    }


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# --- What hangs on a registration -----------------------------------------------------------------------


@dataclass(frozen=True)
class Hanging:
    """What is cancelled with a registration."""

    meetings: Sequence[Meeting]
    seats: Sequence[Seat]
    shares: Sequence[Share]


def hanging_on(registration: Registration) -> Hanging:
    moment = clock.now()
    return Hanging(
        [
            one
            for one in meetings_of(registration)
            if one.status in ("requested", "booked") and (one.ends_at is None or one.ends_at > moment)
        ],
        [
            seat
            for seat in seats_of(registration)
            if seat.status in ("going", "waiting") and seat.talk.ends_at > moment
        ],
        [share for share in shares_of(registration) if share.withdrawn_at is None],
    )


def standing_registrations(person: Person) -> Sequence[Registration]:
    query = select(Registration).where(
        Registration.person_id == person.id, Registration.status.in_(("registered", "started"))
    )
    return db.session.scalars(query).all()


def fairs_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Fair]:
    return {fair.id: fair for fair in db.session.scalars(select(Fair).where(Fair.id.in_(list(ids))))}


def fairs_owned_alone(person: Person) -> Sequence[Fair]:
    """Fairs that would have no owner without this person."""
    other = select(Organiser.fair_id).where(Organiser.role == "owner", Organiser.person_id != person.id)
    query = (
        select(Fair)
        .join(Organiser, Organiser.fair_id == Fair.id)
        .where(
            Organiser.person_id == person.id,
            Organiser.role == "owner",
            Fair.withdrawn_at.is_(None),
            Fair.id.not_in(other),
        )
    )
    return db.session.scalars(query).all()


def addresses_of_nobody_else(person: Person) -> list[str]:
    """This person's addresses that no family member shares."""
    mine = select(Contact.address).where(Contact.person_id == person.id)
    others = set(
        db.session.scalars(
            select(Contact.address).where(Contact.address.in_(mine), Contact.person_id != person.id)
        )
    )
    return [address for address in db.session.scalars(mine) if address not in others]


def published_fairs() -> Sequence[Fair]:
    """The fairs whose own privacy words the notice leads to."""
    query = select(Fair).where(Fair.published, Fair.withdrawn_at.is_(None)).order_by(Fair.id.desc()).limit(20)
    return db.session.scalars(query).all()
