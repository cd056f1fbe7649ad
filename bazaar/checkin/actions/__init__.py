"""Pairing devices, recording scans, correcting mistakes. Never commits: the view does."""

from bazaar.checkin.actions.corrections import note_export, settle, void
from bazaar.checkin.actions.devices import make_pairing_code, pair, revoke, take_back
from bazaar.checkin.actions.sharing import hear_yes
from bazaar.checkin.actions.uploads import IdTaken, Result, Upload

__all__ = [
    "IdTaken",
    "Result",
    "Upload",
    "hear_yes",
    "make_pairing_code",
    "note_export",
    "pair",
    "revoke",
    "settle",
    "take_back",
    "void",
]
