"""Pairing phones and taking the pairing back."""

import secrets
import uuid
from datetime import timedelta

from flask_babel import gettext as _

from bazaar import clock
from bazaar.checkin import queries, rules
from bazaar.checkin.models import Device, PairingCode
from bazaar.db import db, new_id
from bazaar.errors import NotFound, Refused
from bazaar.journal.actions import note
from bazaar.people.models import Person
from bazaar.words import hashed, new_token

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def make_pairing_code(
    fair_id: uuid.UUID,
    purpose: str,
    *,
    label: str,
    exhibitor_id: uuid.UUID | None = None,
    talk_id: uuid.UUID | None = None,
    may_list: bool = False,
    may_names: bool = False,
    by: Person | None = None,
    holder: uuid.UUID | None = None,
) -> str:
    """A one-use code, good for ten minutes, such as 7K4M-9QXT; only its hash is kept.

    `holder` is the recruiter who will hold the phone; else it is whoever makes the code.
    """
    code = "".join(secrets.choice(_LETTERS) for _ in range(8))
    db.session.add(
        PairingCode(
            fair_id=fair_id, purpose=purpose, label=label, exhibitor_id=exhibitor_id, talk_id=talk_id,
            may_list=may_list, may_names=may_names, made_by=holder or (by.id if by else None), code_hash=hashed(code),
            expires_at=clock.now() + timedelta(minutes=rules.PAIRING_MINUTES),
        )
    )  # fmt: skip
    note("made_pairing_code", "device", None, fair_id=fair_id, actor=by.id if by else None, purpose=purpose)
    return f"{code[:4]}-{code[4:]}"


def pair(typed: str, held_by: str) -> tuple[Device, str]:
    """A new device and its token. NotFound where the code is unknown, used or too old."""
    code = typed.upper().replace("-", "").replace(" ", "")
    pairing = queries.pairing(code)
    now = clock.now()
    if pairing is None or pairing.used_at is not None or pairing.expires_at <= now:
        raise NotFound
    pairing.used_at = now
    recruiter = pairing.made_by if pairing.purpose == "booth" else None
    if not held_by.strip() and recruiter is not None:
        held_by = db.session.get_one(Person, recruiter).name
    token = new_token()
    device = Device(
        id=new_id(), fair_id=pairing.fair_id, purpose=pairing.purpose, exhibitor_id=pairing.exhibitor_id,
        talk_id=pairing.talk_id, label=pairing.label, held_by=held_by[:100], token_hash=hashed(token),
        salt=secrets.token_hex(16), may_list=pairing.may_list, may_names=pairing.may_names, last_seen_at=now,
        person_id=recruiter,
    )  # fmt: skip
    db.session.add(device)
    note("paired", "device", device.id, fair_id=device.fair_id, purpose=device.purpose)
    return device, token


def take_back(pairing: PairingCode, by: Person) -> None:
    """The code pairs nothing any more. One that has paired a phone already is too late to take back."""
    if pairing.used_at is not None:
        raise Refused(_("The code has paired a phone already. Revoke the phone instead."))
    if pairing.expires_at > clock.now():
        pairing.expires_at = clock.now()
        note("took_back_code", "device", None, fair_id=pairing.fair_id, actor=by.id, purpose=pairing.purpose)


def revoke(device: Device, by: Person) -> None:
    """The token ends now; what waits on the phone is still taken in, for the desk to decide."""
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        note("revoked", "device", device.id, fair_id=device.fair_id, actor=by.id)
