"""Made-up days to measure and test with: the shape of a real fair, drawn from a seed.

The same arguments and seed draw the same problem on every machine.
"""

import random
from dataclasses import dataclass
from itertools import accumulate

from bazaar.meetings.solver.problem import JOBSEEKER, Party, Problem, Resource, Wish

LANGUAGES = ("ti", "ar", "fa", "so", "uk")


@dataclass(frozen=True)
class Shape:
    """How hard a day is."""

    popularity: float  # exponent of the Zipf law by which employers are wished for
    half_day: float  # share of jobseekers who can come half a day
    two_blocked: float  # share of jobseekers with two more slots taken
    block_off: float  # share of employers with a block of slots off
    need_interpreter: float
    supply: float  # interpreters in a slot, against what the wishes need


ORDINARY = Shape(0.6, 0.35, 0.25, 0.15, 0.15, 1.0)
HARD = Shape(0.9, 0.70, 0.30, 0.50, 0.40, 0.6)


def fair_day(
    jobseekers: int, employers: int, slots: int, seed: int, *, hard: bool = False, interpreters: bool = False
) -> Problem:
    """A day in mode best: ranked wishes of jobseekers over employers, of whom some are wanted by everybody."""
    draw = random.Random(seed)
    shape = HARD if hard else ORDINARY
    hosts = [_employer(draw, number, slots, shape) for number in range(1, employers + 1)]
    guests = [_jobseeker(draw, number, slots, shape) for number in range(1, jobseekers + 1)]
    speak = {
        guest.id: draw.choice(LANGUAGES)
        for guest in guests
        if interpreters and draw.random() < shape.need_interpreter
    }
    popularity = list(accumulate((rank**-shape.popularity for rank in range(1, employers + 1)), initial=0.0))[
        1:
    ]
    wishes: list[Wish] = []
    for guest in guests:
        wished = _wished(draw, hosts, popularity)
        for rank, host in enumerate(wished):
            weight = max(1, 10 - rank) + (3 if draw.random() < 0.3 else 0)
            resource = f"interpreter:{speak[guest.id]}" if guest.id in speak else None
            wishes.append(Wish(f"w{len(wishes) + 1}", (host.id, guest.id), weight, resource=resource))
    return Problem(
        mode="best",
        slots=slots,
        parties=(*hosts, *guests),
        wishes=tuple(wishes),
        resources=_interpreters(draw, guests, speak, slots, shape) if interpreters else (),
    )


def _employer(draw: random.Random, number: int, slots: int, shape: Shape) -> Party:
    blocked: frozenset[int] = frozenset()
    if draw.random() < shape.block_off:
        length = max(1, slots // 6)
        start = draw.randrange(slots - length + 1)
        blocked = frozenset(range(start, start + length))
    place = (float(number % 20 * 4), float(number // 20 * 6))
    return Party(f"e{number}", parallel=draw.randint(1, 3), blocked=blocked, place=place)


def _jobseeker(draw: random.Random, number: int, slots: int, shape: Shape) -> Party:
    blocked: set[int] = set()
    if draw.random() < shape.half_day:
        half = slots // 2
        blocked.update(range(half) if draw.random() < 0.5 else range(half, slots))
    if draw.random() < shape.two_blocked:
        blocked.update(draw.sample(range(slots), min(2, slots)))
    return Party(
        f"j{number}", cap=draw.randint(2, 5), blocked=frozenset(blocked), compact=True, role=JOBSEEKER
    )


def _wished(draw: random.Random, hosts: list[Party], popularity: list[float]) -> list[Party]:
    """Three to eight employers, no one twice, the popular ones more often."""
    count = min(draw.randint(3, 8), len(hosts))
    chosen: dict[str, Party] = {}
    while len(chosen) < count:
        host = draw.choices(hosts, cum_weights=popularity)[0]
        chosen[host.id] = host
    return list(chosen.values())


def _interpreters(
    draw: random.Random, guests: list[Party], speak: dict[str, str], slots: int, shape: Shape
) -> tuple[Resource, ...]:
    """So many interpreters in each slot that together they serve `supply` of the meetings that could need one."""
    resources = []
    for language in LANGUAGES:
        needed = sum(min(guest.cap or slots, slots) for guest in guests if speak.get(guest.id) == language)
        per_slot = [0] * slots
        for _ in range(round(needed * shape.supply)):
            per_slot[draw.randrange(slots)] += 1
        resources.append(Resource(f"interpreter:{language}", tuple(per_slot)))
    return tuple(resources)


PART_OF_DAY = 0.6  # of the companies come for part of the day
STRAY = 0.15  # of those who just met somebody are not kept busy, so that some have a break
FULLEST = 0.6  # of its slots a company meets in, on average


def agreed_day(seed: int) -> Problem:
    """A day in mode all: companies that agreed whom to meet, drawn around a timetable that nobody is shown.

    40-80 companies with 5 to 8 meetings each, 125-300 in all, 8-22 slots, and tables for hardly more meetings at
    once than the day needs. In the hidden timetable everybody is there for one stretch of the day.
    """
    draw = random.Random(seed)
    slots = draw.randint(8, 22)
    companies = draw.randint(max(40, -(-250 // int(FULLEST * slots))), 80)
    each = min(draw.uniform(5.0, 8.0), FULLEST * slots)
    meetings = min(300, max(140, round(each * companies / 2)))
    tables = min(companies // 2, -(-meetings * 10 // (slots * 9)))
    hidden: list[Held] = []
    while len(hidden) < 125:
        stretches = [_stretch(draw, slots, 2 * meetings / companies) for _ in range(companies)]
        hidden = _hidden_timetable(draw, stretches, slots, tables, meetings)
    draw.shuffle(hidden)
    names = [f"c{number}" for number in range(1, companies + 1)]
    parties = [
        Party(name, blocked=_elsewhere(draw, stretch, slots), compact=True)
        for name, stretch in zip(names, stretches, strict=True)
    ]
    wishes = []
    for number, (slot, (one, other)) in enumerate(hidden, 1):
        half = frozenset(range(slots // 2)) if slot < slots // 2 else frozenset(range(slots // 2, slots))
        wishes.append(
            Wish(
                f"w{number}",
                (names[one], names[other]),
                slots=half if draw.random() < 0.25 else None,
                fixed=slot if draw.random() < 0.02 else None,
            )
        )
    return Problem(mode="all", slots=slots, parties=tuple(parties), wishes=tuple(wishes), tables=tables)


Held = tuple[int, tuple[int, int]]  # a slot and the two who meet then


def _stretch(draw: random.Random, slots: int, meetings: float) -> range:
    """When a company is there: about as many slots as it has meetings, anywhere in the day."""
    length = min(slots, max(2, round(meetings * draw.uniform(0.7, 1.3)) + draw.randint(0, 2)))
    start = draw.randint(-length // 2, slots - length // 2)
    return range(slots)[min(max(start, 0), slots - length) :][:length]


def _elsewhere(draw: random.Random, stretch: range, slots: int) -> frozenset[int]:
    """The slots in which a company cannot meet: none, or all but its stretch and a slot on either side."""
    if draw.random() >= PART_OF_DAY:
        return frozenset()
    return frozenset(range(slots)) - frozenset(range(stretch.start - 1, stretch.stop + 1))


def _hidden_timetable(
    draw: random.Random, stretches: list[range], slots: int, tables: int, meetings: int
) -> list[Held]:
    """Meetings that can be held: no pair twice, nobody twice in a slot, no more at once than the tables."""
    met: set[tuple[int, int]] = set()
    hidden: list[Held] = []
    just_met: set[int] = set()
    for slot in range(slots):
        wanted = min(tables, meetings - len(hidden))
        there = [number for number, stretch in enumerate(stretches) if slot in stretch]
        draw.shuffle(there)
        there.sort(key=lambda number: number not in just_met or draw.random() < STRAY)
        pairs = _paired(there, met)[:wanted]
        just_met = {number for pair in pairs for number in pair}
        met.update(pairs)
        hidden += [(slot, pair) for pair in pairs]
    return hidden


def _paired(there: list[int], met: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whoever is there with somebody whom they have not met."""
    pairs = []
    busy: set[int] = set()
    for one in there:
        others = (other for other in there if other != one and other not in busy)
        pair = next(
            (each for other in others if (each := (min(one, other), max(one, other))) not in met), None
        )
        if pair is not None and one not in busy:
            busy.update(pair)
            pairs.append(pair)
    return pairs
