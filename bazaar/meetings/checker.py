"""An independent look at a timetable: every hard rule, every sum it claims, every reason it gives.

It takes the two files as plain JSON (their form has been checked) and shares nothing with the solver, so that one
mistake cannot hide the other. A clash is one line that names the wishes, the party and the slot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

Json = Mapping[str, Any]
STANDING = 2  # slots after the one that runs in which nothing is changed any more


class _Day:
    """The problem and the timetable, looked up by id."""

    def __init__(self, problem: Json, timetable: Json) -> None:
        self.problem, self.timetable = problem, timetable
        self.slots = range(problem["slots"])
        now = timetable.get("now")
        self.opens = 0 if now is None else now + STANDING + 1  # the first slot that could still be changed
        self.parties = {party["id"]: party for party in problem["parties"]}
        self.resources = {one["id"]: one for one in problem.get("resources") or []}
        self.wishes = {wish["id"]: wish for wish in problem["wishes"]}
        self.slot_of: dict[str, int] = {}
        self.followers: defaultdict[str, list[str]] = defaultdict(list)
        self.at: Counter[tuple[str, int]] = Counter()  # party or resource and slot
        self.in_hall: Counter[int] = Counter()
        self.held: Counter[str] = Counter()
        for meeting in timetable["meetings"]:
            wish = self.wishes.get(meeting["wish"])
            if wish is None or meeting["wish"] in self.slot_of:
                continue
            slot = self.slot_of[meeting["wish"]] = meeting["slot"]
            self.in_hall[slot] += 1
            for party in wish["parties"]:
                self.at[party, slot] += 1
                self.held[party] += 1
            if wish.get("resource") is not None:
                self.at[_resource(wish), slot] += 1
            for before in wish.get("after") or []:
                self.followers[before].append(meeting["wish"])

    def blocked(self, party: str, slot: int) -> bool:
        return slot in (self.parties[party].get("blocked") or [])

    def tables(self, party: str) -> int:
        return int(self.parties[party].get("parallel", 1))

    def supply(self, wish: Json, slot: int) -> int:
        return int(self.resources[wish["resource"]]["per_slot"][slot])

    def is_jobseeker(self, party: Json) -> bool:
        role = party.get("role")
        return role == "jobseeker" if role is not None else bool(party.get("compact"))

    def common(self, wish: Json) -> list[int]:
        """The slots in which the wish may be held and neither party is blocked."""
        allowed = self.slots if wish.get("slots") is None else wish["slots"]
        fixed = wish.get("fixed")
        return [
            slot
            for slot in allowed
            if (fixed is None or slot == fixed)
            and not any(self.blocked(party, slot) for party in wish["parties"])
        ]


def _resource(wish: Json) -> str:
    return f"resource {wish['resource']}"  # apart from a party of the same id


def clashes(problem: Json, timetable: Json) -> list[str]:
    """What is wrong with the timetable, a line each; empty where all is well."""
    day = _Day(problem, timetable)
    return [*_lists(day), *_places(day), *_shared(day), *_wishes(day), *_sums(day), *_reasons(day)]


def _lists(day: _Day) -> Iterator[str]:
    """Meetings and unmet together are all wishes, each once."""
    named = Counter(
        [meeting["wish"] for meeting in day.timetable["meetings"]]
        + [unmet["wish"] for unmet in day.timetable.get("unmet") or []]
    )
    for wish, times in named.items():
        if wish not in day.wishes:
            yield f"{wish}: no such wish"
        elif times > 1:
            yield f"{wish}: named {times} times among meetings and unmet"
    for wish in day.wishes:
        if wish not in named:
            yield f"{wish}: neither held nor unmet"
        elif day.problem["mode"] == "all" and wish not in day.slot_of:
            yield f"{wish}: not held, and every wish must be"


def _places(day: _Day) -> Iterator[str]:
    """Nobody in more places at once than they have tables, nor above their cap."""
    for party in day.parties:
        for slot in day.slots:
            if day.at[party, slot] > day.tables(party):
                yield f"{party}: {day.at[party, slot]} meetings in slot {slot}, {day.tables(party)} at once"
            if day.at[party, slot] and day.blocked(party, slot):
                yield f"{party}: meets in slot {slot}, which is blocked"
        cap = day.parties[party].get("cap")
        if cap is not None and day.held[party] > cap:
            yield f"{party}: {day.held[party]} meetings, at most {cap} in the day"


def _shared(day: _Day) -> Iterator[str]:
    """No more meetings than there are interpreters for, nor tables in the hall."""
    for name, resource in day.resources.items():
        for slot, supply in enumerate(resource["per_slot"]):
            if day.at[f"resource {name}", slot] > supply:
                yield f"{name}: {day.at[f'resource {name}', slot]} needed in slot {slot}, there are {supply}"
    tables = day.problem.get("tables")
    for slot, meetings in sorted(day.in_hall.items()):
        if tables is not None and meetings > tables:
            yield f"the hall: {meetings} meetings in slot {slot}, {tables} tables"


def _wishes(day: _Day) -> Iterator[str]:
    """Each held wish in a slot it may have, and after those it has to follow."""
    for name, slot in day.slot_of.items():
        wish = day.wishes[name]
        if wish.get("slots") is not None and slot not in wish["slots"]:
            yield f"{name}: held in slot {slot}, which it may not have"
        if wish.get("fixed") is not None and slot != wish["fixed"]:
            yield f"{name}: held in slot {slot}, fixed at {wish['fixed']}"
        for before in wish.get("after") or []:
            if before not in day.slot_of:
                yield f"{name}: held, but {before} must be held before it and is not"
            elif day.slot_of[before] >= slot:
                yield f"{name}: held in slot {slot}, not after {before} in slot {day.slot_of[before]}"


def _gaps(day: _Day) -> dict[str, list[int]]:
    """For each compact party the lengths of its groups of empty slots between meetings."""
    busy: dict[str, set[int]] = defaultdict(set)
    for name, slot in day.slot_of.items():
        for party in day.wishes[name]["parties"]:
            busy[party].add(slot)
    gaps = {}
    for name, party in day.parties.items():
        if party.get("compact"):
            slots = sorted(busy[name])
            gaps[name] = [later - slot - 1 for slot, later in pairwise(slots) if later - slot > 1]
    return gaps


def _sums(day: _Day) -> Iterator[str]:
    """Weight, coverage, idle slots and breaks are what is said, and no more is claimed than is bounded."""
    said = day.timetable
    weight = sum(day.wishes[wish].get("weight", 1) for wish in day.slot_of)
    gaps = _gaps(day)
    breaks = {party: len(lengths) for party, lengths in gaps.items()}
    jobseekers = [name for name, party in day.parties.items() if day.is_jobseeker(party)]
    true = {
        "weight": weight,
        "idle": sum(sum(lengths) for lengths in gaps.values()),
        "breaks": sum(breaks.values()),
        "coverage": [sum(day.held[name] >= least for name in jobseekers) for least in (1, 2)],
    }
    for what, value in true.items():
        if what in said and said[what] != value:
            yield f"{what}: {said[what]} is said, it is {value}"
    if "bound" in said and weight > said["bound"]:
        yield f"bound: {said['bound']} is said, the timetable weighs {weight}"
    most = day.problem.get("max_break_difference")
    fewest, highest = min(breaks.values(), default=0), max(breaks.values(), default=0)
    if day.problem["mode"] == "all" and most is not None and highest - fewest > most:
        yield f"breaks: from {fewest} to {highest}, they may differ by {most}"


def _reasons(day: _Day) -> Iterator[str]:
    """The reason of each unmet wish is true of this timetable, and no unmet wish could simply be added."""
    for unmet in day.timetable.get("unmet") or []:
        wish = day.wishes.get(unmet["wish"])
        if wish is None or unmet["wish"] in day.slot_of:
            continue
        open_slots = (slot for slot in day.common(wish) if slot >= day.opens)
        could = next((slot for slot in open_slots if _could_be_added(day, wish, slot)), None)
        if could is not None:
            yield f"{unmet['wish']}: unmet, but it could be added in slot {could}"
        elif (reason := _reason(day, wish)) != unmet["reason"]:
            yield f"{unmet['wish']}: unmet as {unmet['reason']} is said, it is {reason}"
        for other in unmet.get("because") or []:
            if other not in day.slot_of:
                yield f"{unmet['wish']}: unmet because of {other}, which is not held"


def _free(day: _Day, wish: Json, slot: int) -> bool:
    return all(day.at[party, slot] < day.tables(party) for party in wish["parties"])


def _capped(day: _Day, wish: Json) -> bool:
    caps = ((party, day.parties[party].get("cap")) for party in wish["parties"])
    return any(cap is not None and day.held[party] >= cap for party, cap in caps)


def _served(day: _Day, wish: Json, slot: int) -> bool:
    return wish.get("resource") is None or day.at[_resource(wish), slot] < day.supply(wish, slot)


def _could_be_added(day: _Day, wish: Json, slot: int) -> bool:
    tables = day.problem.get("tables")
    return (
        _free(day, wish, slot)
        and not _capped(day, wish)
        and _served(day, wish, slot)
        and (tables is None or day.in_hall[slot] < tables)
        and all(day.slot_of.get(before, len(day.slots)) < slot for before in wish.get("after") or [])
        and all(day.slot_of[follower] > slot for follower in day.followers[wish["id"]])
    )


def _reason(day: _Day, wish: Json) -> str:
    """The first reason that is true."""
    common = day.common(wish)
    free = [slot for slot in common if _free(day, wish, slot)]
    employers = [party for party in wish["parties"] if not day.is_jobseeker(day.parties[party])]
    if not common:
        return "no_common_slot"
    if _capped(day, wish):
        return "own_cap"
    if all(any(day.at[party, slot] >= day.tables(party) for party in employers) for slot in common):
        return "employer_full"
    if free and not any(_served(day, wish, slot) for slot in free):
        return "no_interpreter"
    return "worth_less"
