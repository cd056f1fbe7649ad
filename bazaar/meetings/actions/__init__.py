"""Offering times, booking and asking for meetings, moving and cancelling them."""

from bazaar.meetings.actions.booking import (
    accept,
    accept_at,
    ask,
    book,
    decline,
    hand_over,
    move,
    move_to_open,
)
from bazaar.meetings.actions.ending import block, call_off_all, cancel, restore, unblock
from bazaar.meetings.actions.feeds import end_feed, new_feed
from bazaar.meetings.actions.leaving import (
    cancel_all_of,
    cancel_all_of_exhibitor,
    cancel_outside_hours,
    expire_requests,
    join,
    meetings_follow_day,
    tell_of_meetings,
)
from bazaar.meetings.actions.table import (
    hold_by_scan,
    not_held_by_scan,
    say_held,
    say_no_show,
    take_back_word,
)
from bazaar.meetings.actions.times import choose_ways, offer, open_slots, reopen_slots, seat, withdraw_slots
from bazaar.meetings.actions.together import when_given_up

__all__ = [
    "accept",
    "accept_at",
    "ask",
    "block",
    "book",
    "call_off_all",
    "cancel",
    "cancel_all_of",
    "cancel_all_of_exhibitor",
    "cancel_outside_hours",
    "choose_ways",
    "decline",
    "end_feed",
    "expire_requests",
    "hand_over",
    "hold_by_scan",
    "join",
    "meetings_follow_day",
    "move",
    "move_to_open",
    "new_feed",
    "not_held_by_scan",
    "offer",
    "open_slots",
    "reopen_slots",
    "restore",
    "say_held",
    "say_no_show",
    "seat",
    "take_back_word",
    "tell_of_meetings",
    "unblock",
    "when_given_up",
    "withdraw_slots",
]
