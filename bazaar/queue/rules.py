"""Who is called next, and how long the others wait. Every moment is an argument."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bazaar.meetings.rules import Opening, Time, overlap

STANDING = ("waiting", "called", "here")
AT_TABLE = ("called", "here")

NEAR = 2  # with so many before them, people walk to the booth
LEAST_KNOWN = 3  # conversations, before their length says anything
RECENT = 9
SHORTEST, LONGEST = timedelta(minutes=2), timedelta(minutes=60)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Booth:
    """What a booth has to give from now on."""

    tables: int
    length: timedelta  # of a conversation
    closes_at: datetime
    back_at: datetime | None  # nobody is there until then
    taken: Sequence[Time]  # its booked meetings, and those it talks with or has called


def open_until(openings: Iterable[Opening], moment: datetime) -> datetime | None:
    """While an exhibitor is there: until when. None outside its hours."""
    reached = moment
    for opening in sorted(openings, key=lambda each: each.opens_at):
        if opening.opens_at <= reached < opening.closes_at:
            reached = opening.closes_at
    return reached if reached > moment else None


def typical_length(lengths: Sequence[timedelta], slot: timedelta) -> timedelta:
    """How long a conversation takes here: as the last ones did, or as long as a slot while too few are known.

    The latest is first.
    """
    if len(lengths) < LEAST_KNOWN:
        return slot
    usual = timedelta(seconds=median(length.total_seconds() for length in lengths[:RECENT]))
    return min(max(usual, SHORTEST), LONGEST)


def may_come(busy: Iterable[Time], wanted: Time) -> bool:
    """Whether somebody with these meetings elsewhere can be here then: else they are passed over, not dropped."""
    return not any(overlap(wanted, time) for time in busy)


def first_who_may_come(line: Sequence[Sequence[Time]], wanted: Time) -> int | None:
    """The one whom a booth calls: the first in line who is not elsewhere."""
    return next((n for n, busy in enumerate(line) if may_come(busy, wanted)), None)


def turns(line: Sequence[Sequence[Time]], booth: Booth, moment: datetime) -> list[datetime | None]:
    """When each in the line may expect to be called, by their meetings elsewhere. None: not before the booth closes.

    Minute by minute a free table goes to the first in line who can come.
    """
    found: list[datetime | None] = [None] * len(line)
    waiting = list(range(len(line)))
    taken = list(booth.taken)
    at = max(moment, booth.back_at or moment)
    while waiting and at < booth.closes_at:
        wanted = Time(at, at + booth.length)
        chosen = None
        if most_at_once(taken, wanted) < booth.tables:
            chosen = first_who_may_come([line[who] for who in waiting], wanted)
        if chosen is None:
            at += MINUTE
            continue
        found[waiting.pop(chosen)] = at
        taken.append(wanted)
    return found


def most_at_once(times: Iterable[Time], within: Time) -> int:
    """How many of these times run at the same moment, at most, within another."""
    there = [time for time in times if overlap(time, within)]
    begins = [within.starts_at, *(time.starts_at for time in there if time.starts_at > within.starts_at)]
    return max(sum(time.starts_at <= at < time.ends_at for time in there) for at in begins)


def before(turns_of_line: Sequence[datetime | None], place: int) -> int:
    """How many are called before this one."""
    mine = turns_of_line[place]
    if mine is None:
        return sum(turn is not None for turn in turns_of_line[place + 1 :]) + place
    return sum(
        turn is not None and (turn, n) < (mine, place) for n, turn in enumerate(turns_of_line) if n != place
    )


def stands_still(last_act: datetime, booth: Booth, call: timedelta, moment: datetime) -> bool:
    """Whether a queue has not moved for so long that nobody can say how long it takes."""
    if booth.back_at is not None and booth.back_at > moment:
        return False
    if any(time.starts_at <= moment < time.ends_at for time in booth.taken):
        return False
    return moment - last_act > booth.length + call


def may_be_no_show(called_at: datetime, moment: datetime, call: timedelta) -> bool:
    """Only once the time to come has passed."""
    return moment >= called_at + call


def rounded(wait: timedelta) -> timedelta:
    """A wait as people say it: to the next five minutes, from an hour on to the next quarter."""
    step = timedelta(minutes=5 if wait < timedelta(hours=1) else 15)
    return -(-wait // step) * step
