"""Which way every letter of a line runs, and in which order its pieces stand from left to right.

Unicode's way for lines in which two scripts meet (UAX 9), without the marks that override it: names,
employers and titles hold none.
"""

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = ("EN", "AN")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}

Piece = TypeVar("Piece")


def levels(words: str) -> list[int]:
    """For each letter: even runs to the right, odd to the left; what is higher stands inside what is lower."""
    if words.isascii():
        return [0] * len(words)
    ways = _known(words)
    base = next((way for way in ways if way in "LR"), "L")
    if base == "L" and "R" not in ways and "AN" not in ways:
        return [0] * len(words)
    _settle_numbers(ways, base)
    _settle_brackets(words, ways, base)
    _settle_rest(ways, base)
    if base == "L":
        return [{"L": 0, "R": 1}.get(way, 2) for way in ways]
    return [1 if way == "R" else 2 for way in ways]


def from_left(pieces: Sequence[tuple[int, Piece]]) -> list[Piece]:
    """Pieces of a line, each with its level, in the order in which they stand."""
    ordered = list(pieces)
    for least in range(max((level for level, _ in ordered), default=0), 0, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and ordered[end][0] >= least:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = end + 1
    return [piece for _, piece in ordered]


def _known(words: str) -> list[str]:
    """What Unicode says of each letter: a way (L or R), a number, a sign between numbers (ES or CS), or '?'."""
    ways: list[str] = []
    for letter in words:
        said = unicodedata.bidirectional(letter)
        if said == "NSM":  # a mark goes with its letter
            ways.append(ways[-1] if ways else "?")
        else:
            ways.append(_STRONG.get(said, said if said in ("EN", "AN", "ES", "CS") else "?"))
    return ways


def _settle_numbers(ways: list[str], base: str) -> None:
    """Digits are numbers only among letters that run to the left; one sign between two belongs to them."""
    for at in range(1, len(ways) - 1):
        if ways[at] in ("ES", "CS"):
            ways[at] = ways[at - 1] if ways[at - 1] == ways[at + 1] and ways[at - 1] in _NUMBERS else "?"
    last = base
    for at, way in enumerate(ways):
        if way in ("L", "R"):
            last = way
        elif way == "EN" and last == "L":
            ways[at] = "L"
        elif way in ("ES", "CS"):
            ways[at] = "?"


def _settle_brackets(words: str, ways: list[str], base: str) -> None:
    """Both of a pair run as the line does, unless all before and in them runs against it."""
    for opening, letter in enumerate(words):
        closing = words.find(_BRACKETS[letter], opening) if letter in _BRACKETS else -1
        inside = {_side(way) for way in ways[opening:closing]} - {"?"} if closing > 0 else set()
        if not inside:
            continue
        before = next((_side(way) for way in reversed(ways[:opening]) if way != "?"), base)
        ways[opening] = ways[closing] = base if base in inside else before if {before} == inside else base


def _settle_rest(ways: list[str], base: str) -> None:
    """Spaces and signs run as what stands on both sides does; else as the line."""
    at = 0
    while at < len(ways):
        end = at
        while end < len(ways) and ways[end] == "?":
            end += 1
        before = _side(ways[at - 1]) if at else base
        after = _side(ways[end]) if end < len(ways) else base
        ways[at:end] = [before if before == after else base] * (end - at)
        at = end + 1


def _side(way: str) -> str:
    return "R" if way in _NUMBERS else way
