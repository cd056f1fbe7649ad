"""A published timetable meets the day: somebody cancelled, an employer left, and people have read their plans.

What is past, what runs and the next two slots stand. The zero-move answer leaves every meeting that can still be held
where it is and gives the freed seats to others; its bound is that of such answers. The improved one may move some: a
flow in which a wish that is held already weighs more says which, and seating pays for every meeting that moves.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from bazaar.meetings.solver.annealing import Price
from bazaar.meetings.solver.best import Best, finished
from bazaar.meetings.solver.flow import Selection, select
from bazaar.meetings.solver.layout import PLACES, Layout, lay_out
from bazaar.meetings.solver.problem import STANDING, Problem, Timetable
from bazaar.meetings.solver.search import Search, Stage
from bazaar.meetings.solver.seats import NONE, Flags, Ints, Seats, day_of, seat_those

KEEP = 1.5  # units of weight that must be gained for a published meeting to be dropped
FINE = 16  # parts of a unit of weight in the flow that weighs keeping

ADD = Stage(share=0.5, moves=20, hot=2.0, cold=0.5, push=0.9)
SEAT = Stage(share=0.4, moves=400, hot=3.0, cold=1.0, push=0.8)
SETTLE = Stage(share=1.0, moves=1000, hot=0.8, cold=0.05, push=0.2)
SEATING = Price(first=8.0, second=8.0, weight=8.0, idle=0.1, stay=4.0)
MOVING = Price(first=20000.0, second=4000.0, weight=40.0, idle=1.0, pause=0.01, stay=60.0)


def replan(
    problem: Problem,
    published: Timetable,
    *,
    now: int,
    moves: bool = True,
    seconds: float = 6.0,
    seed: int = 7,
) -> Timetable:
    """The timetable that follows `published` on the problem as it is now; slot `now` runs. `moves`: others may move."""
    begun = time.monotonic()
    whole = lay_out(problem)
    slots = _slots_of(whole, published)
    keeps = slots != NONE
    keeps[keeps] = whole.may[keeps, slots[keeps]]
    stands = keeps & (slots <= now + STANDING) if moves else keeps
    layout = _as_it_can_go_on(whole, slots, stands, now)
    day = day_of(layout, np.where(keeps, slots, NONE), stands)
    until = begun + seconds - min(0.3 * seconds, 0.05 + len(slots) / 120_000)
    search = Search(layout, day, seed=seed, until=until)
    tight = _with_what_is_over_full(layout, slots, stands, now)
    best: Callable[[tuple[int, int] | None], Selection] = partial(select, tight)
    if moves:
        near = _near(tight, keeps).chosen
        seat_those(day, search.seats, np.where(near | stands, day.published, NONE))
        search.run(SEAT, SEATING, search.line(near), until_seated=True)
        search.run(SETTLE, MOVING, search.line())
        flow = best(None)
    else:
        seat_those(day, search.seats, day.published)
        best = _added_to(tight, search.seats)
        flow = best(None)
        search.run(ADD, MOVING, search.line(flow.chosen), until_seated=True)
    search.hand_out(MOVING)
    return _compared(finished(search, flow, None, whole.may, best, begun), published, problem, now)


def _slots_of(layout: Layout, published: Timetable) -> Ints:
    number = {wish.id: index for index, wish in enumerate(layout.problem.wishes)}
    slots = np.full(len(number), NONE, np.int64)
    for meeting in published.meetings:
        if meeting.wish in number:
            slots[number[meeting.wish]] = meeting.slot
    return slots


def _as_it_can_go_on(layout: Layout, slots: Ints, stands: Flags, now: int) -> Layout:
    """What stands may be nowhere else; nothing else may be before the slots that are still open."""
    may = layout.may.copy()
    may[:, : max(now + STANDING + 1, 0)] = False
    may[stands] = False
    may[stands, slots[stands]] = True
    return replace(layout, may=may)


def _with_what_is_over_full(layout: Layout, slots: Ints, stands: Flags, now: int) -> Layout:
    """For the flow, which adds up the seats of several slots: those that are over have seats for what stands alone."""
    room = layout.room.copy()
    room[:, : max(now + STANDING + 1, 0)] = 0
    over = np.flatnonzero(stands & (slots <= now + STANDING))
    for place in range(PLACES):
        at = layout.places[over, place]
        np.add.at(room, (at[at >= 0], slots[over[at >= 0]]), 1)
    return replace(layout, room=room)


def _near(layout: Layout, keeps: Flags) -> Selection:
    """The best selection when keeping a published meeting is worth KEEP units of weight."""
    return select(replace(layout, weight=layout.weight * FINE + int(KEEP * FINE) * keeps))


def _added_to(layout: Layout, seats: Seats) -> Best:
    """The best of what fits on the seats that are free now; weight and coverage are those of the whole day with it."""
    free = layout.room - seats.taken
    may = layout.may & (seats.slot == NONE)[:, None]
    for place in range(PLACES):
        at = layout.places[:, place]
        may &= (at < 0)[:, None] | (free[at] > 0)
    could = replace(layout, may=may, room=free.astype(np.int32), cap=layout.cap - seats.held)
    held, standing = seats.held.copy(), int(layout.weight[seats.slot != NONE].sum())

    def best(bonuses: tuple[int, int] | None) -> Selection:
        added = select(could, bonuses, held)
        return replace(added, weight=added.weight + standing)

    return best


def _compared(timetable: Timetable, published: Timetable, problem: Problem, now: int) -> Timetable:
    after = {meeting.wish: meeting.slot for meeting in timetable.meetings}
    before = {meeting.wish: meeting.slot for meeting in published.meetings}
    moved = sum(wish in after and after[wish] != slot for wish, slot in before.items())
    dropped = sum(wish not in after for wish in before)
    status = timetable.status if problem.mode == "best" else "unknown" if timetable.unmet else "feasible"
    return replace(timetable, status=status, moved=moved, dropped=dropped, now=now)
