"""Mode all as a question of yes and no: every wish in one slot, with so many breaks at most.

`Clauses` writes the question; `answers` asks it again and again with another number of breaks until the fewest are
proven (incremental SAT, CaDiCaL through python-sat). Only python-sat is loaded here: it runs in a process of its own.

The idea, and the implied constraints that make it quick, are from Bofill, Coll, Garcia, Giraldez-Cru, Pesant, Suy,
Villaret: Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem, Journal of Artificial
Intelligence Research 74 (2022).
"""

import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from multiprocessing.connection import Connection

from pysat.card import CardEnc, EncType, ITotalizer
from pysat.solvers import Solver

SOLVER = "cadical195"
PAIRWISE = 12  # names of which one at most may be true: up to here two and two exclude each other

Clause = list[int]


@dataclass(frozen=True)
class Question:
    """A day in plain numbers, so that it can be sent to another process. W wishes, N places, S slots."""

    slots: int
    may: list[list[int]]  # W: the slots each wish may have
    places: list[list[int]]  # W: where it takes seats
    room: list[list[int]]  # N x S
    before: list[list[int]]  # W: wishes that must be held earlier
    compact: list[int]  # places whose breaks count
    hall: int | None  # the place that is the hall
    most_difference: int | None

    def wishes_at(self) -> dict[int, list[int]]:
        there: dict[int, list[int]] = {}
        for wish, places in enumerate(self.places):
            for place in places:
                there.setdefault(place, []).append(wish)
        return there


class Clauses:
    """The question, said clause by clause. What is true has a number: `held[w][s]`, `breaks` where a break ends."""

    def __init__(self, asked: Question, say: Callable[[Clause], object]) -> None:
        self.asked, self.say = asked, say
        self.top = 0
        self.held = [{s: self._new() for s in may} for may in asked.may]
        self.breaks: list[int] = []
        self.broken: list[int] = []  # parties with any break
        self._wishes()
        there = asked.wishes_at()
        for place, wishes in there.items():
            self._seats(place, wishes)
        busy = {party: self._busy(there[party]) for party in asked.compact if party in there}
        self._two_for_each_table(list(busy.values()))
        counted = [self._party(party, slots, len(there[party])) for party, slots in busy.items()]
        if asked.most_difference is not None:
            without: list[list[int]] = [[]] if len(busy) < len(asked.compact) else []
            self._alike([*counted, *without], asked.most_difference)

    def _new(self) -> int:
        self.top += 1
        return self.top

    def _wishes(self) -> None:
        """Each in one slot, after those that come before it."""
        for w, slots in enumerate(self.held):
            self.say(list(slots.values()))
            for one, other in combinations(slots.values(), 2):
                self.say([-one, -other])
            for before in self.asked.before[w]:
                for s, name in slots.items():
                    self.say([-name, *(there for t, there in self.held[before].items() if t < s)])

    def _at_most(self, names: list[int], most: int) -> None:
        if most >= len(names):
            return
        if most == 0:
            for name in names:
                self.say([-name])
        elif most == 1 and len(names) <= PAIRWISE:
            for one, other in combinations(names, 2):
                self.say([-one, -other])
        else:
            self._say_all(CardEnc.atmost(names, most, top_id=self.top, encoding=EncType.cardnetwrk))

    def _say_all(self, network: CardEnc) -> None:
        for clause in network.clauses:
            self.say(clause)
        self.top = max(self.top, network.nv)

    def _seats(self, place: int, wishes: list[int]) -> None:
        for s in range(self.asked.slots):
            self._at_most([self.held[w][s] for w in wishes if s in self.held[w]], self.asked.room[place][s])

    def _busy(self, wishes: list[int]) -> list[int]:
        """For each slot, whether a party meets somebody then."""
        busy = []
        for s in range(self.asked.slots):
            there = [self.held[w][s] for w in wishes if s in self.held[w]]
            name = self._new()
            for one in there:
                self.say([-one, name])
            self.say([-name, *there])
            busy.append(name)
        return busy

    def _two_for_each_table(self, busy: list[list[int]]) -> None:
        """Implied: a slot has at most two busy parties for each table of the hall."""
        if self.asked.hall is not None:
            for s, tables in enumerate(self.asked.room[self.asked.hall]):
                self._at_most([slots[s] for slots in busy], 2 * tables)

    def _party(self, party: int, busy: list[int], meetings: int) -> list[int]:
        """Where breaks of a party end; and where it has one table, what follows from how many meetings it has."""
        begun = self._begun(busy)
        ends = self._ends(busy, begun)
        self.breaks += ends
        if max(self.asked.room[party]) == 1 and 0 < meetings < len(busy):
            self._say_all(CardEnc.equals(busy, meetings, top_id=self.top, encoding=EncType.cardnetwrk))
            if meetings > 1:
                self._in_one_stretch(busy, begun, ends, meetings)
        return ends

    def _begun(self, busy: list[int]) -> list[int]:
        """For each slot, whether the party has met anybody by then."""
        begun = busy[:1]
        for name in busy[1:]:
            by_now = self._new()
            self.say([-begun[-1], by_now])
            self.say([-name, by_now])
            self.say([-by_now, begun[-1], name])
            begun.append(by_now)
        return begun

    def _ends(self, busy: list[int], begun: list[int]) -> list[int]:
        """For each slot from the third on, whether a break ends there: busy, idle before, busy before that."""
        ends = []
        for s in range(2, len(busy)):
            end = self._new()
            self.say([-busy[s], busy[s - 1], -begun[s - 2], end])
            if self.asked.most_difference is not None:  # then it must not be true for nothing
                for name in (busy[s], -busy[s - 1], begun[s - 2]):
                    self.say([-end, name])
            ends.append(end)
        return ends

    def _in_one_stretch(self, busy: list[int], begun: list[int], ends: list[int], meetings: int) -> None:
        """Implied: unless it has a break, a party is busy in so many slots from where it begins, and in no others."""
        broken = self._new()
        self.broken.append(broken)
        self.say([-broken, *ends])
        for end in ends:
            self.say([-end, broken])
        for s, name in enumerate(busy):
            if s < meetings:
                self.say([broken, -begun[s], name])
            else:
                self.say([broken, -begun[s - meetings], -name])
                self.say([broken, -begun[s], begun[s - meetings], name])
        self.say([broken, begun[len(busy) - meetings]])

    def _alike(self, parties: list[list[int]], most: int) -> None:
        """No two parties differ by more breaks: if one has k + most, all have k."""
        counted = [self._counted(ends) for ends in parties]
        for one, other in ((a, b) for a in counted for b in counted if a is not b):
            for k, at_least in enumerate(one):
                needed = k - most
                if needed >= 0:
                    self.say([-at_least, other[needed]] if needed < len(other) else [-at_least])

    def _counted(self, names: list[int]) -> list[int]:
        """Numbers that say: at least one, at least two ... of these are true, and not more than are."""
        counts: list[int] = []
        for name in names:
            longer = [self._new() for _ in range(len(counts) + 1)]
            for k, at_least in enumerate(longer):
                fewer = counts[k - 1 : k] if k else []  # nothing where it cannot fail
                same = counts[k : k + 1]
                self.say([at_least, -name, *(-one for one in fewer)])
                self.say([-at_least, name, *same])
                for one in same:
                    self.say([-one, at_least])
                for one in fewer:
                    self.say([-at_least, *same, one])
            counts = longer
        return counts


@dataclass(frozen=True)
class Answer:
    """What is known by now: no timetable has fewer breaks than `least`; `slots` is one with `breaks`, if any is known.

    `least` None: there is no timetable at all.
    """

    least: int | None
    breaks: int = 0
    slots: list[int] | None = None


def answers(asked: Question) -> Iterator[Answer]:
    """First any timetable; then, break by break, how many are too few; at last a timetable with just enough."""
    with Solver(name=SOLVER) as solver:
        written = Clauses(asked, solver.add_clause)
        if not solver.solve():
            yield Answer(least=None)
            return
        least, best = 0, _read(written, solver.get_model())
        breaks = _count(asked, best)
        yield Answer(least, breaks, best)
        sums = _sums(written, solver, breaks)
        while least < breaks:
            if solver.solve(assumptions=[-sum_of[least] for sum_of in sums if least < len(sum_of)]):
                best, breaks = _read(written, solver.get_model()), least
            else:
                least += 1
            yield Answer(least, breaks, best)


def _sums(written: Clauses, solver: Solver, most: int) -> list[list[int]]:
    """Of the breaks, and of the parties that have any: numbers that say at least one, at least two ..."""
    sums = []
    for names in (written.breaks, written.broken):
        if names:
            with ITotalizer(lits=names, ubound=min(most, len(names)), top_id=written.top) as total:
                for clause in total.cnf.clauses:
                    solver.add_clause(clause)
                written.top = total.top_id
                sums.append(list(total.rhs))
    return sums


def ask(out: Connection, asked: Question, seconds: float) -> None:
    """Send every answer on. Stops by itself, also where nobody is left to stop it."""
    limit = int(seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    for answer in answers(asked):
        out.send(answer)
    out.close()


def _read(written: Clauses, model: list[int] | None) -> list[int]:
    true = {literal for literal in model or () if literal > 0}
    return [next(s for s, name in slots.items() if name in true) for slots in written.held]


def _count(asked: Question, slots: list[int]) -> int:
    """Breaks of a timetable; in the clauses an end may be true for nothing."""
    total = 0
    for n in asked.compact:
        busy = sorted({slots[w] for w, places in enumerate(asked.places) if n in places})
        total += sum(later - earlier > 1 for earlier, later in pairwise(busy))
    return total
