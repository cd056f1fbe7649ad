"""A published timetable meets the day: somebody cancelled, an employer left, and people have read their plans.

What is past, what runs and the next two slots stand. The zero-move answer leaves every meeting that can still be held
where it is and gives the freed seats to others; its bound is that of such answers. The improved one may move some: a
flow in which a wish that is held already weighs more says which, and seating pays for every meeting that moves.
"""

import time
from dataclasses import replace

import numpy as np

from bazaar.meetings.solver.annealing import Price
from bazaar.meetings.solver.best import finished
from bazaar.meetings.solver.flow import Selection, select
from bazaar.meetings.solver.layout import PLACES, Layout, lay_out
from bazaar.meetings.solver.problem import STANDING, Problem, Timetable
from bazaar.meetings.solver.search import Search, Stage
from bazaar.meetings.solver.seats import NONE, Flags, Ints, Seats, day_of, empty_seats, seat_those

KEEP = 1.5  # units of weight that must be gained for a published meeting to be dropped
FINE = 16  # parts of a unit of weight in the flow that weighs keeping

ADD = Stage(share=0.5, moves=20, hot=2.0, cold=0.5, push=0.9)
SEAT = Stage(share=0.3, moves=200, hot=2.0, cold=0.5, push=0.6)
SETTLE = Stage(share=1.0, moves=1000, hot=0.8, cold=0.05, push=0.2)
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
    seats = empty_seats(day)
    seat_those(day, seats, day.published)
    until = begun + seconds - min(0.3 * seconds, 0.05 + len(slots) / 120_000)
    search = Search(layout, day, seed=seed, until=until, seats=seats)
    if moves:
        flow = select(layout)
        search.run(SEAT, MOVING, search.line(_near(layout, keeps).chosen))
        search.run(SETTLE, MOVING, search.line())
    else:
        flow = _that_can_be_added(layout, seats)
        search.run(ADD, MOVING, search.line(flow.chosen), until_seated=True)
    search.hand_out(MOVING)
    return _compared(finished(search, flow, None, whole.may, begun), published, problem, now)


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


def _near(layout: Layout, keeps: Flags) -> Selection:
    """The best selection when keeping a published meeting is worth KEEP units of weight."""
    return select(replace(layout, weight=layout.weight * FINE + int(KEEP * FINE) * keeps))


def _that_can_be_added(layout: Layout, seats: Seats) -> Selection:
    """The best of what fits on the seats that are free; weight and coverage are those of the whole day with it."""
    free = layout.room - seats.taken
    may = layout.may & (seats.slot == NONE)[:, None]
    for place in range(PLACES):
        at = layout.places[:, place]
        may &= (at < 0)[:, None] | (free[at] > 0)
    could = replace(layout, may=may, room=free.astype(np.int32), cap=layout.cap - seats.held)
    added = select(could, held=seats.held)
    return replace(added, weight=added.weight + int(layout.weight[seats.slot != NONE].sum()))


def _compared(timetable: Timetable, published: Timetable, problem: Problem, now: int) -> Timetable:
    after = {meeting.wish: meeting.slot for meeting in timetable.meetings}
    before = {meeting.wish: meeting.slot for meeting in published.meetings}
    moved = sum(wish in after and after[wish] != slot for wish, slot in before.items())
    dropped = sum(wish not in after for wish in before)
    status = timetable.status if problem.mode == "best" else "unknown" if timetable.unmet else "feasible"
    return replace(timetable, status=status, moved=moved, dropped=dropped, now=now)
