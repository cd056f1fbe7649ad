"""The JSON forms `bazaar-timetable-problem/1` and `bazaar-timetable/1`: read strictly, written in a fixed order.

What is not of the form raises NotOfTheForm, whose words name the place: `wishes[3].slots[0]: 24 is not a slot (0..23)`.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

from bazaar.meetings.solver.problem import (
    EMPLOYER,
    JOBSEEKER,
    Meeting,
    Mode,
    Party,
    Problem,
    Reason,
    Resource,
    Status,
    Timetable,
    Unmet,
    Wish,
)

PROBLEM, TIMETABLE = "bazaar-timetable-problem/1", "bazaar-timetable/1"
MOST_SLOTS = 1000
MOST = 1_000_000  # of anything that is counted; weights too, so that sums stay whole numbers of 64 bits
FARTHEST = 1e9
STATUSES = ("optimal", "feasible", "infeasible", "unknown")
REASONS = ("no_common_slot", "own_cap", "employer_full", "no_interpreter", "worth_less")
Named = TypeVar("Named", Party, Resource, Wish)


class NotOfTheForm(Exception):
    """A file is not what it should be; the words say where and why."""


class _Place:
    """A value in the file and the way to it."""

    def __init__(self, value: Any, path: str) -> None:
        self.value, self.path = value, path

    def wrong(self, why: str) -> NotOfTheForm:
        return NotOfTheForm(f"{self.path or 'the file'}: {why}")

    def keys(self, needed: Iterable[str], optional: Iterable[str] = ()) -> None:
        if not isinstance(self.value, dict):
            raise self.wrong("an object is wanted")
        known = {*needed, *optional}
        for key in self.value:
            if key not in known:
                raise self.wrong(f"unknown key {json.dumps(key)}")
        for key in needed:
            if key not in self.value:
                raise self.wrong(f'"{key}" is missing')

    def at(self, key: str, default: Any = None) -> "_Place":
        path = f"{self.path}.{key}" if self.path else key
        return _Place(self.value.get(key, default), path)

    def items(self) -> list["_Place"]:
        if not isinstance(self.value, list):
            raise self.wrong("a list is wanted")
        return [_Place(item, f"{self.path}[{index}]") for index, item in enumerate(self.value)]

    def text(self, *, or_none: bool = False) -> str:
        if not isinstance(self.value, str) or not (self.value or or_none):
            raise self.wrong("a text is wanted")
        if not self.value.isprintable():
            raise self.wrong("a text without control characters is wanted")
        return self.value

    def number(self, least: int, most: int | None = None) -> int:
        whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        if not whole or self.value < least or (most is not None and self.value > most):
            between = f"from {least} to {most}" if most is not None else f"of at least {least}"
            raise self.wrong(f"a whole number {between} is wanted")
        return cast(int, self.value)

    def slot(self, slots: int) -> int:
        whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        if not whole or not 0 <= self.value < slots:
            which = f"0..{slots - 1}" if slots else "there are none"
            raise self.wrong(f"{json.dumps(self.value)} is not a slot ({which})")
        return cast(int, self.value)

    def maybe_number(self, least: int) -> int | None:
        return None if self.value is None else self.number(least, MOST)

    def measure(self) -> float:
        number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if not number or not abs(self.value) <= FARTHEST:
            raise self.wrong("a number is wanted")
        return float(self.value)

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("true or false is wanted")
        return self.value

    def one_of(self, choices: Iterable[str]) -> str:
        if self.value not in tuple(choices):
            raise self.wrong("one of " + ", ".join(f'"{choice}"' for choice in choices) + " is wanted")
        return cast(str, self.value)

    def known(self, ids: Mapping[str, Any], what: str) -> str:
        name = self.text()
        if name not in ids:
            raise self.wrong(f"no {what} has the id {json.dumps(name)}")
        return name

    def set_of_slots(self, slots: int) -> frozenset[int]:
        return frozenset(item.slot(slots) for item in self.items())


def plain(path: Path) -> Any:
    """The file as JSON, whatever its form."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as error:
        raise NotOfTheForm(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotOfTheForm(f"{path}: not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise NotOfTheForm(f"{path}: line {error.lineno} column {error.colno}: {error.msg}") from error
    except ValueError as error:
        raise NotOfTheForm(f"{path}: {error}") from error
    except RecursionError as error:
        raise NotOfTheForm(f"{path}: lists within lists, too deep") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _load(path: Path) -> _Place:
    return _Place(plain(path), "")


def read_problem(path: Path) -> Problem:
    top = _load(path)
    needed = ("format", "mode", "slots", "parties", "wishes")
    top.keys(needed, ("tables", "resources", "max_break_difference"))
    top.at("format").one_of([PROBLEM])
    slots = top.at("slots").number(0, MOST_SLOTS)
    parties = _unique([_party(item, slots) for item in top.at("parties").items()], top.at("parties"))
    resources = _unique(
        [_resource(item, slots) for item in top.at("resources", []).items()], top.at("resources")
    )
    wishes = _unique(
        [_wish(item, slots, parties, resources) for item in top.at("wishes").items()], top.at("wishes")
    )
    _known_befores(top.at("wishes"), wishes)
    mode = top.at("mode").one_of(("best", "all"))
    return Problem(
        mode=cast(Mode, mode),
        slots=slots,
        tables=top.at("tables").maybe_number(0),
        parties=tuple(parties.values()),
        resources=tuple(resources.values()),
        wishes=tuple(wishes.values()),
        max_break_difference=top.at("max_break_difference").maybe_number(0),
    )


def _unique(read: list[Named], place: _Place) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for index, one in enumerate(read):
        if one.id in found:
            raise NotOfTheForm(f"{place.path}[{index}].id: {json.dumps(one.id)} is there twice")
        found[one.id] = one
    return found


def _party(place: _Place, slots: int) -> Party:
    place.keys(("id",), ("parallel", "cap", "blocked", "compact", "role", "place"))
    compact = place.at("compact", False).truth()
    usual = JOBSEEKER if compact else EMPLOYER
    return Party(
        id=place.at("id").text(),
        parallel=place.at("parallel", 1).number(1, MOST),
        cap=place.at("cap").maybe_number(0),
        blocked=place.at("blocked", []).set_of_slots(slots),
        compact=compact,
        role=usual if place.at("role").value is None else place.at("role").one_of((JOBSEEKER, EMPLOYER)),
        place=_spot(place.at("place")),
    )


def _spot(place: _Place) -> tuple[float, float] | None:
    if place.value is None:
        return None
    metres = [item.measure() for item in place.items()]
    if len(metres) != 2:
        raise place.wrong("two numbers of metres are wanted")
    return metres[0], metres[1]


def _resource(place: _Place, slots: int) -> Resource:
    place.keys(("id", "per_slot"))
    per_slot = [item.number(0, MOST) for item in place.at("per_slot").items()]
    if len(per_slot) != slots:
        raise place.at("per_slot").wrong(f"{slots} numbers are wanted, one for each slot")
    return Resource(place.at("id").text(), tuple(per_slot))


def _wish(place: _Place, slots: int, parties: dict[str, Party], resources: dict[str, Resource]) -> Wish:
    place.keys(("id", "parties"), ("weight", "slots", "fixed", "after", "resource"))
    two = [item.known(parties, "party") for item in place.at("parties").items()]
    if len(two) != 2 or two[0] == two[1]:
        raise place.at("parties").wrong("two different parties are wanted")
    allowed, fixed, resource = place.at("slots"), place.at("fixed"), place.at("resource")
    return Wish(
        id=place.at("id").text(),
        parties=(two[0], two[1]),
        weight=place.at("weight", 1).number(1, MOST),
        slots=None if allowed.value is None else allowed.set_of_slots(slots),
        fixed=None if fixed.value is None else fixed.slot(slots),
        after=tuple(item.text() for item in place.at("after", []).items()),
        resource=None if resource.value is None else resource.known(resources, "resource"),
    )


def _known_befores(place: _Place, wishes: dict[str, Wish]) -> None:
    for item, wish in zip(place.items(), wishes.values(), strict=True):
        for before in item.at("after", []).items():
            if before.known(wishes, "wish") == wish.id:
                raise before.wrong("a wish cannot come after itself")


def read_timetable(path: Path, problem: Problem, *, also_gone: bool = False) -> Timetable:
    """A timetable of this problem; `also_gone`: it may name wishes that the problem no longer has."""
    top = _load(path)
    counts = ("weight", "bound", "idle", "breaks", "moved", "dropped")
    needed = ("format", "status", "meetings")
    top.keys(needed, (*counts, "coverage", "coverage_bound", "seconds", "unmet", "now"))
    top.at("format").one_of([TIMETABLE])
    _named_once(top, {wish.id for wish in problem.wishes}, also_gone)
    return Timetable(
        status=cast(Status, top.at("status").one_of(STATUSES)),
        **{name: top.at(name, 0).number(0) for name in counts},
        coverage=_two_numbers(top.at("coverage", [0, 0])),
        coverage_bound=_two_numbers(top.at("coverage_bound", [0, 0])),
        seconds=top.at("seconds", 0).measure(),
        meetings=tuple(_meeting(item, problem.slots) for item in top.at("meetings").items()),
        unmet=tuple(_unmet(item) for item in top.at("unmet", []).items()),
        now=None if top.at("now").value is None else top.at("now").slot(problem.slots),
    )


def _named_once(top: _Place, wishes: set[str], also_gone: bool) -> None:
    """Every wish named is one of the problem, and named once."""
    named: set[str] = set()
    for item in (*top.at("meetings").items(), *top.at("unmet", []).items()):
        item.keys(("wish",), ("slot", "reason", "words", "because"))
        wish = item.at("wish")
        if wish.text() in named:
            raise wish.wrong(f"{json.dumps(wish.value)} is there twice")
        named.add(wish.value)
        if wish.value not in wishes and not also_gone:
            raise wish.wrong(f"the problem has no wish {json.dumps(wish.value)}")
    if named and not named & wishes:
        raise top.at("meetings").wrong("not one of these wishes is in the problem")


def _two_numbers(place: _Place) -> tuple[int, int]:
    numbers = [item.number(0) for item in place.items()]
    if len(numbers) != 2:
        raise place.wrong("two numbers are wanted")
    return numbers[0], numbers[1]


def _meeting(place: _Place, slots: int) -> Meeting:
    place.keys(("wish", "slot"))
    return Meeting(place.at("wish").text(), place.at("slot").slot(slots))


def _unmet(place: _Place) -> Unmet:
    place.keys(("wish", "reason"), ("words", "because"))
    return Unmet(
        place.at("wish").text(),
        cast(Reason, place.at("reason").one_of(REASONS)),
        place.at("words", "").text(or_none=True),
        tuple(item.text() for item in place.at("because", []).items()),
    )


def write_problem(problem: Problem, path: Path) -> None:
    _write(path, problem_form(problem))


def problem_form(problem: Problem) -> dict[str, Any]:
    """Every key of the form, also where it says nothing."""
    return {
        "format": PROBLEM,
        "mode": problem.mode,
        "slots": problem.slots,
        "tables": problem.tables,
        "parties": [_party_of(party) for party in problem.parties],
        "resources": [{"id": one.id, "per_slot": list(one.per_slot)} for one in problem.resources],
        "wishes": [_wish_of(wish) for wish in problem.wishes],
        "max_break_difference": problem.max_break_difference,
    }


def _party_of(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "parallel": party.parallel,
        "cap": party.cap,
        "blocked": sorted(party.blocked),
        "compact": party.compact,
        "role": party.role,
        "place": None if party.place is None else list(party.place),
    }


def _wish_of(wish: Wish) -> dict[str, Any]:
    return {
        "id": wish.id,
        "parties": list(wish.parties),
        "weight": wish.weight,
        "slots": None if wish.slots is None else sorted(wish.slots),
        "fixed": wish.fixed,
        "after": list(wish.after),
        "resource": wish.resource,
    }


def write_timetable(timetable: Timetable, path: Path) -> None:
    _write(path, timetable_form(timetable))


def timetable_form(timetable: Timetable) -> dict[str, Any]:
    return {
        "format": TIMETABLE,
        "status": timetable.status,
        "weight": timetable.weight,
        "bound": timetable.bound,
        "coverage": list(timetable.coverage),
        "coverage_bound": list(timetable.coverage_bound),
        "idle": timetable.idle,
        "breaks": timetable.breaks,
        "moved": timetable.moved,
        "dropped": timetable.dropped,
        "seconds": timetable.seconds,
        "meetings": [{"wish": meeting.wish, "slot": meeting.slot} for meeting in timetable.meetings],
        "unmet": [
            {"wish": one.wish, "reason": one.reason, "words": one.words, "because": list(one.because)}
            for one in timetable.unmet
        ],
        **({} if timetable.now is None else {"now": timetable.now}),
    }


def refuse_unwritable(path: Path) -> None:
    """Before the work, not after it."""
    if (
        path.is_dir()
        or not os.access(path.parent, os.W_OK)
        or (path.exists() and not os.access(path, os.W_OK))
    ):
        raise NotOfTheForm(f"--out: {path} cannot be written")


def _write(path: Path, form: dict[str, Any]) -> None:
    """Whole or not at all."""
    beside = path.with_name(path.name + ".part")
    words = json.dumps(form, ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        if path.exists() and not path.is_file():  # a pipe or a device
            path.write_text(words, encoding="utf-8")
            return
        beside.write_text(words, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise NotOfTheForm(f"--out: {path} cannot be written: {error.strerror}") from error
