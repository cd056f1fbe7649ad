"""Standing in a queue and leaving it, being called, coming, being met. Every act holds the exhibitor's row."""

from bazaar.queue.actions.calling import (
    call_instead,
    call_next,
    go_away,
    say_here,
    say_met,
    say_no_show_in_queue,
    skip,
    take_back,
)
from bazaar.queue.actions.leaving import close, close_all, hand_over, hangs_on, leave_all, let_go
from bazaar.queue.actions.standing import join, leave, stand_again

__all__ = [
    "call_instead",
    "call_next",
    "close",
    "close_all",
    "go_away",
    "hand_over",
    "hangs_on",
    "join",
    "leave",
    "leave_all",
    "let_go",
    "say_here",
    "say_met",
    "say_no_show_in_queue",
    "skip",
    "stand_again",
    "take_back",
]
