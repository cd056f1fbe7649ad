"""The hot path: what an upload of scans needs to know, in few statements of fixed text.

They are given the connection to run on, and pass by the object mapper, which would cost more than the database does.
"""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    select,
)
from sqlalchemy.orm import aliased

from bazaar.checkin.models import Device, Scan
from bazaar.checkin.queries.counting import COUNTS
from bazaar.employers.models import Exhibitor, Representative
from bazaar.employers.rules import APPROVED
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Badge, Registration
from bazaar.meetings.models import Meeting
from bazaar.people.models import Person
from bazaar.programme.models import Seat
from bazaar.sharing.models import Share
from bazaar.words import hashed

# A phone is as good as revoked when its recruiter no longer acts for the exhibitor, or the exhibitor has no place.
_LOST_ITS_PLACE = case(
    (Exhibitor.status != APPROVED, func.coalesce(Exhibitor.decided_at, Exhibitor.applied_at))
)
_DEVICE = (
    select(
        Device.id, Device.fair_id, Device.purpose, Device.exhibitor_id, Device.talk_id, Device.label, Device.held_by,
        Device.person_id, Device.may_list, Device.may_names, Device.last_seen_at, Device.clock_off,
        func.coalesce(Device.revoked_at, Representative.ended_at, _LOST_ITS_PLACE).label("revoked_at"),
        Fair.slug, Fair.name.label("fair_name"), Fair.zone, Fair.repeat_minutes,
    )
    .join(Fair, Fair.id == Device.fair_id)
    .outerjoin(Exhibitor, Exhibitor.id == Device.exhibitor_id)
    .outerjoin(
        Representative,
        and_(
            Representative.organisation_id == Exhibitor.organisation_id,
            Representative.person_id == Device.person_id,
        ),
    )
    .where(Device.token_hash == bindparam("token_hash"))
)  # fmt: skip

_FAIR: BindParameter[uuid.UUID] = bindparam("fair_id")
_EXHIBITOR: BindParameter[uuid.UUID] = bindparam("exhibitor_id")
_TALK: BindParameter[uuid.UUID] = bindparam("talk_id")
_GAVE_WAY = aliased(Registration)
_NO = false()

_SHARES = exists().where(
    Share.registration_id == Badge.registration_id,
    Share.exhibitor_id == _EXHIBITOR,
    Share.fair_id == _FAIR,
    Share.withdrawn_at.is_(None),
)
_MEETING = exists().where(
    Meeting.registration_id == Badge.registration_id,
    Meeting.exhibitor_id == _EXHIBITOR,
    Meeting.fair_id == _FAIR,
)
_BOOKED = _MEETING.where(Meeting.status.in_(("booked", "held")))
_NOT_YET_HELD = _MEETING.where(Meeting.status.in_(("booked", "no_show")))
_SIGNED_UP = exists().where(
    Seat.registration_id == Badge.registration_id,
    Seat.talk_id == _TALK,
    Seat.fair_id == _FAIR,
    Seat.status == "going",
)


def _badges(
    *,
    shares: ColumnElement[bool] = _NO,
    expected: ColumnElement[bool] = _NO,
    meets: ColumnElement[bool] = _NO,
) -> Executable:
    """A row for a badge, and one more for every registration that gave way to its own.

    Locked (PostgreSQL), so that two scans of one person stand in line.
    """
    return (
        select(
            Badge.code, Badge.fair_id, Badge.kind, Badge.voided_at, Badge.registration_id, Badge.person_id,
            Registration.status, Registration.name, Registration.protected, Registration.alias,
            Person.name.label("person_name"), _GAVE_WAY.person_id.label("earlier_person"),
            shares.label("shares"), expected.label("expected"), meets.label("meets"),
        )
        .outerjoin(Registration, Registration.id == Badge.registration_id)
        .outerjoin(Person, Person.id == Badge.person_id)
        .outerjoin(_GAVE_WAY, _GAVE_WAY.joined_to == Badge.registration_id)
        .where(Badge.code.in_(bindparam("codes", expanding=True)))
        .order_by(Badge.code)
        .with_for_update(of=Badge.__table__)
    )  # fmt: skip


_BADGES = {
    "door": _badges(),
    "kiosk": _badges(),
    "booth": _badges(shares=_SHARES, expected=_BOOKED, meets=_NOT_YET_HELD),
    "session": _badges(expected=_SIGNED_UP),
}

_KNOWN = select(Scan.id, Scan.code, Scan.kind, Scan.at_said, Scan.status, Scan.reason, Scan.first_id).where(
    Scan.fair_id == _FAIR, Scan.id.in_(bindparam("ids", expanding=True))
)

_EARLIER = select(Scan.person_id, Scan.id, Scan.at, Scan.kind, Scan.device_id).where(
    Scan.fair_id == _FAIR, Scan.person_id.in_(bindparam("people", expanding=True)), COUNTS
)
_AT_THE_DOOR = _EARLIER.where(Scan.kind.in_(("in", "out")))
_AT_THE_BOOTH = _EARLIER.where(Scan.exhibitor_id == _EXHIBITOR, Scan.kind.in_(("booth", "meeting")))
_AT_THE_TALK = _EARLIER.where(Scan.kind == "session", Scan.talk_id.is_not_distinct_from(_TALK))

_FIRSTS = (
    select(Scan.id, Scan.at, Device.label, Device.held_by)
    .join(Device, Device.id == Scan.device_id)
    .where(Scan.fair_id == _FAIR, Scan.id.in_(bindparam("ids", expanding=True)))
)


def device_of(connection: Connection, token: str) -> Any:
    """The device with this token and what its scans need of the fair, also when it is revoked."""
    return connection.execute(_DEVICE, {"token_hash": hashed(token)}).first()


def badges_with(connection: Connection, device: Any, codes: Collection[str]) -> Sequence[Any]:
    """The badges with these codes, of any fair, and what this device's exhibitor or talk has to do with them."""
    if not codes:
        return []
    given = {"fair_id": device.fair_id, "codes": sorted(codes)}
    if device.purpose == "booth":
        given["exhibitor_id"] = device.exhibitor_id
    if device.purpose == "session":
        given["talk_id"] = device.talk_id
    return connection.execute(_BADGES[device.purpose], given).all()


def known_scans(connection: Connection, fair_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    if not ids:
        return {}
    return {row.id: row for row in connection.execute(_KNOWN, {"fair_id": fair_id, "ids": ids})}


def earlier_scans(connection: Connection, device: Any, people: Sequence[uuid.UUID]) -> Sequence[Any]:
    """The scans that count of these people, at the door or booth or talk that this device is for."""
    if not people:
        return []
    given = {"fair_id": device.fair_id, "people": people}
    if device.purpose == "booth":
        given["exhibitor_id"] = device.exhibitor_id
        return connection.execute(_AT_THE_BOOTH, given).all()
    if device.purpose == "session":
        given["talk_id"] = device.talk_id
        return connection.execute(_AT_THE_TALK, given).all()
    return connection.execute(_AT_THE_DOOR, given).all()


def door_scans(connection: Connection, fair_id: uuid.UUID, people: Sequence[uuid.UUID]) -> Sequence[Any]:
    if not people:
        return []
    return connection.execute(_AT_THE_DOOR, {"fair_id": fair_id, "people": people}).all()


def firsts(connection: Connection, fair_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """The earlier scans that duplicates and conflicts mean, with the device that made them."""
    if not ids:
        return {}
    return {row.id: row for row in connection.execute(_FIRSTS, {"fair_id": fair_id, "ids": ids})}
