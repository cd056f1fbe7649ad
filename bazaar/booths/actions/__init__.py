"""Changing the floor: booths, blocks, and who stands where. Every booking goes through `arranging.rearrange` or `choosing.hold`."""

from bazaar.booths.actions.arranging import assign, clear, move, share, swap, undo
from bazaar.booths.actions.blocks import ensure_blocks, recut
from bazaar.booths.actions.choosing import confirm, hold, let_go, more_time, take_back, withdraw
from bazaar.booths.actions.fitting import taken_words
from bazaar.booths.actions.floor import (
    BoothFacts,
    add_booth,
    change_booth,
    copy_floor,
    hang_picture,
    make,
    place_booth,
    remove_booth,
    renumber,
)
from bazaar.booths.actions.proposing import apply, proposal_for

__all__ = [
    "BoothFacts",
    "add_booth",
    "apply",
    "assign",
    "change_booth",
    "clear",
    "confirm",
    "copy_floor",
    "ensure_blocks",
    "hang_picture",
    "hold",
    "let_go",
    "make",
    "more_time",
    "move",
    "place_booth",
    "proposal_for",
    "recut",
    "remove_booth",
    "renumber",
    "share",
    "swap",
    "take_back",
    "taken_words",
    "undo",
    "withdraw",
]
