"""Finding devices and scans."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from bazaar.checkin.models import Correction, Device, PairingCode, Remark, Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.i18n import nearest, words_for
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.queries import all_ids_of, registration_behind
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from bazaar.programme.models import Seat
from bazaar.sharing.models import Share
from bazaar.sharing.queries import Profile, fields_there, question_words, shared_profile, standing_shares
from bazaar.sharing.rules import USUAL, chosen
from bazaar.words import hashed

# --- The hot path: few statements, of fixed text, so that they are compiled once ---------------

_DEVICE = (
    select(
        Device.id, Device.fair_id, Device.purpose, Device.exhibitor_id, Device.talk_id, Device.label, Device.held_by,
        Device.person_id, Device.may_list, Device.may_names, Device.revoked_at, Device.last_seen_at, Device.clock_off,
        Fair.slug, Fair.name.label("fair_name"), Fair.zone, Fair.repeat_minutes,
    )
    .join(Fair, Fair.id == Device.fair_id)
    .where(Device.token_hash == bindparam("token_hash"))
)  # fmt: skip

_BADGES = (
    select(
        Badge.code, Badge.fair_id, Badge.kind, Badge.voided_at, Badge.registration_id, Badge.person_id,
        Registration.status, Registration.name, Registration.protected, Registration.alias,
        Person.name.label("person_name"), Person.language,
    )
    .outerjoin(Registration, Registration.id == Badge.registration_id)
    .outerjoin(Person, Person.id == Badge.person_id)
    .where(Badge.code.in_(bindparam("codes", expanding=True)))
    .order_by(Badge.code)
    .with_for_update(of=Badge.__table__)
)  # fmt: skip

_JOINED = select(Registration.joined_to, Registration.person_id, Registration.id).where(
    Registration.fair_id == bindparam("fair_id"),
    Registration.joined_to.in_(bindparam("registrations", expanding=True)),
)

_KNOWN = select(
    Scan.id, Scan.code, Scan.kind, Scan.at_said, Scan.at, Scan.status, Scan.reason, Scan.first_id, Scan.person_id,
    Scan.registration_id, Scan.device_id,
).where(Scan.fair_id == bindparam("fair_id"), Scan.id.in_(bindparam("ids", expanding=True)))  # fmt: skip

_VOIDED = select(Correction.scan_id).where(
    Correction.fair_id == Scan.fair_id, Correction.scan_id == Scan.id, Correction.verb == "void"
)


def counts(scan: Any) -> ColumnElement[bool]:
    """A scan (or an alias of it) that counts: recorded, or accepted by the desk, and not voided."""

    def corrected(verb: str) -> ColumnElement[bool]:
        return exists().where(
            Correction.fair_id == scan.fair_id, Correction.scan_id == scan.id, Correction.verb == verb
        )

    return and_(or_(scan.status == "recorded", corrected("accept")), ~corrected("void"))


COUNTS = counts(Scan)

_SETTLED = select(Correction.id).where(Correction.fair_id == Scan.fair_id, Correction.scan_id == Scan.id)
_UNSETTLED = (Scan.status == "conflict", ~_SETTLED.exists())

_AT_THE_DOOR = select(Scan.person_id, Scan.id, Scan.at, Scan.kind, Scan.device_id).where(
    Scan.fair_id == bindparam("fair_id"),
    Scan.person_id.in_(bindparam("people", expanding=True)),
    Scan.kind.in_(("in", "out")),
    COUNTS,
)

_AT_THE_BOOTH = select(Scan.person_id, Scan.id, Scan.at, Scan.kind, Scan.device_id).where(
    Scan.fair_id == bindparam("fair_id"),
    Scan.person_id.in_(bindparam("people", expanding=True)),
    Scan.exhibitor_id == bindparam("exhibitor_id"),
    Scan.kind.in_(("booth", "meeting")),
    COUNTS,
)

_AT_THE_TALK = select(Scan.person_id, Scan.id, Scan.at, Scan.kind, Scan.device_id).where(
    Scan.fair_id == bindparam("fair_id"),
    Scan.person_id.in_(bindparam("people", expanding=True)),
    Scan.kind == "session",
    Scan.talk_id.is_not_distinct_from(bindparam("talk_id")),
    COUNTS,
)

_SHARING = select(Share.registration_id).where(
    Share.fair_id == bindparam("fair_id"),
    Share.exhibitor_id == bindparam("exhibitor_id"),
    Share.registration_id.in_(bindparam("registrations", expanding=True)),
    Share.withdrawn_at.is_(None),
)

_BOOKED = select(Meeting.registration_id).where(
    Meeting.fair_id == bindparam("fair_id"),
    Meeting.exhibitor_id == bindparam("exhibitor_id"),
    Meeting.registration_id.in_(bindparam("registrations", expanding=True)),
    Meeting.status.in_(("booked", "held")),
)

_SIGNED_UP = select(Seat.registration_id).where(
    Seat.fair_id == bindparam("fair_id"),
    Seat.talk_id == bindparam("talk_id"),
    Seat.registration_id.in_(bindparam("registrations", expanding=True)),
    Seat.status == "going",
)

_FIRSTS = (
    select(Scan.id, Scan.at, Device.label, Device.held_by)
    .join(Device, Device.id == Scan.device_id)
    .where(Scan.fair_id == bindparam("fair_id"), Scan.id.in_(bindparam("ids", expanding=True)))
)


def device_of(token: str) -> Any:
    """The device with this token and what its scans need of the fair, also when it is revoked."""
    return db.session.execute(_DEVICE, {"token_hash": hashed(token)}).first()


def badges_with(codes: Collection[str]) -> dict[str, Any]:
    """The badges with these codes, of any fair, locked so that two scans of one person stand in line."""
    if not codes:
        return {}
    return {row.code: row for row in db.session.execute(_BADGES, {"codes": sorted(codes)})}


def joined_people(fair_id: uuid.UUID, registrations: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Registrations that gave way to these: {their person: the registration that stands}."""
    if not registrations:
        return {}
    rows = db.session.execute(_JOINED, {"fair_id": fair_id, "registrations": registrations})
    return {row.person_id: row.joined_to for row in rows}


def known_scans(fair_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    return {row.id: row for row in db.session.execute(_KNOWN, {"fair_id": fair_id, "ids": ids})}


def door_scans(fair_id: uuid.UUID, people: Sequence[uuid.UUID]) -> Sequence[Any]:
    return db.session.execute(_AT_THE_DOOR, {"fair_id": fair_id, "people": people}).all()


def booth_scans(fair_id: uuid.UUID, people: Sequence[uuid.UUID], exhibitor_id: uuid.UUID) -> Sequence[Any]:
    return db.session.execute(
        _AT_THE_BOOTH, {"fair_id": fair_id, "people": people, "exhibitor_id": exhibitor_id}
    ).all()


def talk_scans(fair_id: uuid.UUID, people: Sequence[uuid.UUID], talk_id: uuid.UUID | None) -> Sequence[Any]:
    return db.session.execute(_AT_THE_TALK, {"fair_id": fair_id, "people": people, "talk_id": talk_id}).all()


def sharing_with(
    fair_id: uuid.UUID, exhibitor_id: uuid.UUID, registrations: Sequence[uuid.UUID]
) -> set[uuid.UUID]:
    """Which of these registrations share with this exhibitor now."""
    given = {"fair_id": fair_id, "exhibitor_id": exhibitor_id, "registrations": registrations}
    return set(db.session.scalars(_SHARING, given))


def booked_with(
    fair_id: uuid.UUID, exhibitor_id: uuid.UUID, registrations: Sequence[uuid.UUID]
) -> set[uuid.UUID]:
    """Which of these registrations have a meeting with this exhibitor."""
    given = {"fair_id": fair_id, "exhibitor_id": exhibitor_id, "registrations": registrations}
    return set(db.session.scalars(_BOOKED, given))


def signed_up(fair_id: uuid.UUID, talk_id: uuid.UUID, registrations: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these registrations have a seat at this talk."""
    given = {"fair_id": fair_id, "talk_id": talk_id, "registrations": registrations}
    return set(db.session.scalars(_SIGNED_UP, given))


def firsts(fair_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """The earlier scans that duplicates and conflicts mean, with the device that made them."""
    if not ids:
        return {}
    return {row.id: row for row in db.session.execute(_FIRSTS, {"fair_id": fair_id, "ids": ids})}


# --- At the booth ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """What the recruiter asks, or shows, before anything is seen: in the jobseeker's own language where it is ours."""

    words: str
    language: str


@dataclass(frozen=True)
class Visit:
    """A person met at a booth, as far as they let the exhibitor see."""

    code: str
    name: str
    at: datetime
    remark: Remark | None


def visitor(device: Any, code: str) -> Registration:
    """The jobseeker whom this exhibitor has scanned; NotFound for everybody else's code."""
    registration = registration_behind(device.fair_id, code)
    if registration is not None and registration.joined_to is not None:
        registration = registration_in(device.fair_id, registration.joined_to)
    if registration is None or registration.status != "registered" or device.exhibitor_id is None:
        raise NotFound
    met = select(Scan.id).where(
        Scan.fair_id == device.fair_id,
        Scan.exhibitor_id == device.exhibitor_id,
        Scan.registration_id.in_(all_ids_of(registration)),
    )
    if db.session.scalar(met.limit(1)) is None:
        raise NotFound
    return registration


def registration_in(fair_id: uuid.UUID, registration_id: uuid.UUID) -> Registration | None:
    return db.session.scalar(
        select(Registration)
        .where(Registration.fair_id == fair_id, Registration.id == registration_id)
        .options(joinedload(Registration.person))
    )


def question_to(device: Any, registration: Registration) -> Question:
    """The words with which this jobseeker is asked to share with this exhibitor."""
    name = db.session.scalar(
        select(Organisation.name)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.id == device.exhibitor_id)
    )
    language = nearest(registration.person.language)
    fields = chosen(USUAL, fields_there(registration))
    with words_for(language):
        return Question(question_words(name or "", fields), language)


def profile_for(device: Any, registration: Registration) -> Profile:
    """What this exhibitor may see: the shared profile, or the name alone of who has booked. NotFound else."""
    standing = standing_shares(device.exhibitor_id, [registration.id]).get(registration.id)
    if standing is not None:
        return shared_profile(standing)
    if registration.id in booked_with(device.fair_id, device.exhibitor_id, [registration.id]):
        return Profile(registration.shown_name, [])
    raise NotFound


def people_met(device: Any, most: int = 200) -> list[Visit]:
    """Whom this exhibitor has scanned and who shares with it, the last first."""
    scanned = (
        select(Scan.registration_id, func.max(Scan.at).label("at"))
        .where(
            Scan.fair_id == device.fair_id, Scan.exhibitor_id == device.exhibitor_id, ~_VOIDED.exists(),
            Scan.registration_id.is_not(None),
        )
        .group_by(Scan.registration_id)
        .subquery()
    )  # fmt: skip
    shares = select(Share.registration_id).where(
        Share.fair_id == device.fair_id,
        Share.exhibitor_id == device.exhibitor_id,
        Share.withdrawn_at.is_(None),
    )
    rows = db.session.execute(
        select(Registration, func.min(Badge.code), scanned.c.at)
        .join(scanned, scanned.c.registration_id == Registration.id)
        .join(Badge, (Badge.registration_id == Registration.id) & Badge.voided_at.is_(None))
        .where(Registration.status == "registered", Registration.id.in_(shares))
        .group_by(Registration.id, scanned.c.at)
        .order_by(scanned.c.at.desc())
        .limit(most)
    ).all()
    remarks = remarks_of(device.fair_id, device.exhibitor_id, [row[0].id for row in rows])
    last = {remark.registration_id: remark for remark in remarks}
    return [Visit(code, person.shown_name, at, last.get(person.id)) for person, code, at in rows]


# --- Pages ------------------------------------------------------------------------------------


def devices_of(fair_id: uuid.UUID, exhibitor_id: uuid.UUID | None = None) -> Sequence[Device]:
    """The fair's devices, or one exhibitor's: doors first, revoked ones last, newest first."""
    query = (
        select(Device)
        .where(Device.fair_id == fair_id)
        .options(joinedload(Device.exhibitor))
        .order_by(Device.revoked_at.is_not(None), Device.purpose != "door", Device.id.desc())
    )
    if exhibitor_id is not None:
        query = query.where(Device.exhibitor_id == exhibitor_id)
    return db.session.scalars(query).all()


def device_in(fair_id: uuid.UUID, device_id: uuid.UUID, exhibitor_id: uuid.UUID | None = None) -> Device:
    """A device of this fair (and of this exhibitor, where given)."""
    device = db.session.scalar(select(Device).where(Device.fair_id == fair_id, Device.id == device_id))
    if device is None or (exhibitor_id is not None and device.exhibitor_id != exhibitor_id):
        raise NotFound
    return device


def pairing(code: str) -> PairingCode | None:
    return db.session.scalar(
        select(PairingCode).where(PairingCode.code_hash == hashed(code)).with_for_update()
    )


def scan_in(fair_id: uuid.UUID, scan_id: uuid.UUID) -> Scan:
    scan = db.session.get(Scan, (fair_id, scan_id))
    if scan is None:
        raise NotFound
    return scan


def open_conflicts(fair_id: uuid.UUID) -> Sequence[Scan]:
    """Scans that wait for the desk's decision, oldest first."""
    query = (
        select(Scan)
        .where(Scan.fair_id == fair_id, *_UNSETTLED)
        .options(joinedload(Scan.device), joinedload(Scan.registration))
        .order_by(Scan.received_at)
        .limit(500)
    )
    return db.session.scalars(query).all()


def corrections_of(fair_id: uuid.UUID, scan_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Correction]:
    query = select(Correction).where(Correction.fair_id == fair_id, Correction.scan_id.in_(scan_ids))
    return {correction.scan_id: correction for correction in db.session.scalars(query)}


def scans_of(fair_id: uuid.UUID, device_id: uuid.UUID | None = None, limit: int = 50) -> Sequence[Scan]:
    """The last scans of a fair, or of one device, the latest first."""
    query = (
        select(Scan)
        .where(Scan.fair_id == fair_id)
        .options(joinedload(Scan.registration), joinedload(Scan.device))
        .order_by(Scan.received_at.desc(), Scan.id)
        .limit(limit)
    )
    if device_id is not None:
        query = query.where(Scan.device_id == device_id)
    return db.session.scalars(query).all()


def scan_counts(fair_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """How many scans each device of a fair has made."""
    query = select(Scan.device_id, func.count()).where(Scan.fair_id == fair_id).group_by(Scan.device_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def whole_scan(fair_id: uuid.UUID, scan_id: uuid.UUID) -> Scan:
    """A scan of this fair with its device and whose badge it was."""
    scan = db.session.scalar(
        select(Scan)
        .where(Scan.fair_id == fair_id, Scan.id == scan_id)
        .options(joinedload(Scan.device), joinedload(Scan.registration))
    )
    if scan is None:
        raise NotFound
    return scan


def corrections_to(fair_id: uuid.UUID, scan_id: uuid.UUID) -> Sequence[tuple[Correction, str | None]]:
    """What was decided on a scan, with the names of those who did."""
    query = (
        select(Correction, Person.name)
        .outerjoin(Person, Person.id == Correction.by)
        .where(Correction.fair_id == fair_id, Correction.scan_id == scan_id)
        .order_by(Correction.at)
    )
    return [(correction, name) for correction, name in db.session.execute(query)]


def people_names(people: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names of representatives and staff, whose badges have no registration."""
    query = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in db.session.execute(query)}


@dataclass(frozen=True)
class Live:
    """How it stands at the doors now."""

    registered: int
    came: int
    inside: int
    at_booths: int
    conflicts: int


def live(fair_id: uuid.UUID, moment: datetime, since: datetime) -> Live:
    """The counts of the day that began at `since`."""
    registered = select(func.count()).where(
        Registration.fair_id == fair_id, Registration.status == "registered"
    )
    booths = select(func.count()).where(
        Scan.fair_id == fair_id,
        Scan.kind.in_(("booth", "meeting")),
        Scan.at >= since,
        Scan.at <= moment,
        COUNTS,
    )
    return Live(
        registered=db.session.scalar(registered) or 0,
        came=len(arrivals(fair_id, since, moment)),
        inside=len(in_the_hall(fair_id, moment, since)),
        at_booths=db.session.scalar(booths) or 0,
        conflicts=conflict_count(fair_id),
    )


def conflict_count(fair_id: uuid.UUID) -> int:
    query = select(func.count()).where(*_UNSETTLED, Scan.fair_id == fair_id)
    return db.session.scalar(query) or 0


def remarks_of(
    fair_id: uuid.UUID, exhibitor_id: uuid.UUID, registrations: Sequence[uuid.UUID] | None = None
) -> Sequence[Remark]:
    """What this exhibitor's recruiters wrote, oldest first; the last of each author is the one shown."""
    query = (
        select(Remark)
        .where(Remark.fair_id == fair_id, Remark.exhibitor_id == exhibitor_id)
        .order_by(Remark.at)
    )
    if registrations is not None:
        query = query.where(Remark.registration_id.in_(registrations))
    return db.session.scalars(query).all()


def arrivals(fair_id: uuid.UUID, since: datetime, until: datetime) -> dict[uuid.UUID, datetime]:
    """Who came between two moments, and when first: by the time of the scan, each person once.

    A duplicate or a conflict over two phones is still a fact of being there, so it counts for the time.
    """
    query = (
        select(Scan.person_id, func.min(Scan.at))
        .where(
            Scan.fair_id == fair_id,
            Scan.kind == "in",
            Scan.person_id.is_not(None),
            Scan.badge_kind == "jobseeker",
            COUNTS | (Scan.status == "duplicate") | (Scan.reason == "already_in"),
            Scan.at >= since,
            Scan.at < until,
            ~_VOIDED.exists(),
        )
        .group_by(Scan.person_id)
    )
    return {person_id: at for person_id, at in db.session.execute(query) if person_id is not None}


def in_the_hall(fair_id: uuid.UUID, moment: datetime, since: datetime) -> set[uuid.UUID]:
    """Jobseekers whose last passage of a door since `since` was in."""
    query = (
        select(Scan.person_id, Scan.kind)
        .where(
            Scan.fair_id == fair_id,
            Scan.kind.in_(("in", "out")),
            Scan.badge_kind == "jobseeker",
            Scan.at >= since,
            Scan.at <= moment,
            COUNTS,
        )
        .order_by(Scan.at)
    )
    last = {person_id: kind for person_id, kind in db.session.execute(query) if person_id is not None}
    return {person_id for person_id, kind in last.items() if kind == "in"}


def all_scans(fair_id: uuid.UUID) -> Sequence[Any]:
    """Every scan of a fair in the order received, for export."""
    query = (
        select(
            Scan.id, Device.label, Scan.kind, Scan.registration_id, Scan.at, Scan.received_at, Scan.offline,
            Scan.status, Scan.reason, Scan.at_said,
        )
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.fair_id == fair_id)
        .order_by(Scan.received_at, Scan.at, Scan.id)
        .execution_options(yield_per=1000)
    )  # fmt: skip
    return db.session.execute(query).all()
