"""Finding phones and the codes that pair them."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bazaar import clock
from bazaar.checkin.models import Device, PairingCode
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.words import hashed


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


def open_codes(fair_id: uuid.UUID, exhibitor_id: uuid.UUID | None = None) -> Sequence[PairingCode]:
    """The codes that would still pair a phone: the fair's, or one exhibitor's. The newest first."""
    query = (
        select(PairingCode)
        .where(
            PairingCode.fair_id == fair_id,
            PairingCode.used_at.is_(None),
            PairingCode.expires_at > clock.now(),
        )
        .order_by(PairingCode.id.desc())
    )
    if exhibitor_id is not None:
        query = query.where(PairingCode.exhibitor_id == exhibitor_id)
    return db.session.scalars(query).all()


def pairing_in(
    fair_id: uuid.UUID, pairing_id: uuid.UUID, exhibitor_id: uuid.UUID | None = None
) -> PairingCode:
    """A pairing code of this fair (and of this exhibitor, where given), locked."""
    query = select(PairingCode).where(PairingCode.fair_id == fair_id, PairingCode.id == pairing_id)
    code = db.session.scalar(query.with_for_update())
    if code is None or (exhibitor_id is not None and code.exhibitor_id != exhibitor_id):
        raise NotFound
    return code


def pairing(code: str) -> PairingCode | None:
    return db.session.scalar(
        select(PairingCode).where(PairingCode.code_hash == hashed(code)).with_for_update()
    )
