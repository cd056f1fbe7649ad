"""The square code of a badge, as one path; and the codes of a whole fair, quickly."""

import re
from collections.abc import Iterator
from functools import cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import BitBuffer, QRData

QUIET = 4  # modules of white that a reader needs around the code
_MASK = 3  # any of the eight reads; choosing the prettiest takes seven times as long
_PART = 8  # modules of a row that are drawn at once
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

Rows = list[str]  # one "1" for each dark module, one "0" for each light one


def squares(text: str) -> Rows:
    """The code's modules, without the quiet zone. Upper-case text makes fewer and bigger ones."""
    return _drawn(QRData(text.encode()))


def _drawn(data: QRData) -> Rows:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(data, optimize=0)
    return ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]


def runs(modules: Rows) -> Iterator[tuple[int, int, int]]:
    """Dark stretches of every row: (x, y, length)."""
    for y, row in enumerate(modules):
        for stretch in re.finditer("1+", row):
            yield stretch.start(), y, stretch.end() - stretch.start()


def svg_path(text: str) -> tuple[str, int]:
    """The whole code as one SVG path with its quiet zone, and how many modules the square is wide."""
    modules = squares(text)
    path = "".join(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for x, y, length in runs(modules))
    return path, len(modules) + 2 * QUIET


def pdf_path(modules: Rows) -> str:
    """The same as rectangles of a PDF, without the quiet zone: paper is white already."""
    parts = range(0, len(modules), _PART)
    return "".join(
        _rectangles(x, row[x : x + _PART]).replace("y", str(y))
        for y, row in enumerate(modules)
        for x in parts
    )


@cache
def _rectangles(left: int, part: str) -> str:
    """A part of a row, whose number stands as y: there are few parts, and many rows made of them."""
    return "".join(f"{left + x} y {length} 1 re\n" for x, _, length in runs([part]))


class _Bits(QRData):
    """Upper-case text whose bits may be turned one by one."""

    def __init__(self, bits: str, characters: int) -> None:
        super().__init__(b"A" * characters, 2)  # two is the mode of digits, capitals and a few signs
        self.bits = bits

    def write(self, buffer: BitBuffer) -> None:
        for bit in self.bits:
            buffer.put_bit(bit == "1")


def _bits(text: str) -> str:
    """How upper-case text stands in a code: 11 bits for each pair of characters, 6 for one left over."""
    values = [_ALPHABET.index(character) for character in text]
    pairs = zip(values[::2], values[1::2], strict=False)
    end = f"{values[-1]:06b}" if len(values) % 2 else ""
    return "".join(f"{45 * one + other:011b}" for one, other in pairs) + end


class Codes:
    """The codes that begin with the same address, a hundred times as quick as one by one.

    Each module of a code is a sum (exclusive or) of bits of the text. So what one bit turns is found once
    by drawing, and every further code is the sum of what its bits turn.
    """

    def __init__(self, address: str, length: int) -> None:
        self._address = address
        self._first = address + "0" * length
        bits = _bits(self._first)
        rows = self._draw(bits)
        self.width = len(rows)
        self._drawn = int("".join(rows), 2)
        self._first_bits = int(bits, 2)
        varies = 11 * ((length + 2) // 2)
        self._turns = [
            int("".join(self._draw(f"{self._first_bits ^ 1 << bit:0{len(bits)}b}")), 2) ^ self._drawn
            for bit in range(varies)
        ]

    def _draw(self, bits: str) -> Rows:
        return _drawn(_Bits(bits, len(self._first)))

    def squares(self, code: str) -> Rows:
        turned, modules = int(_bits(self._address + code), 2) ^ self._first_bits, self._drawn
        for bit, turn in enumerate(self._turns):
            if turned >> bit & 1:
                modules ^= turn
        dark = f"{modules:0{self.width**2}b}"
        return [dark[start : start + self.width] for start in range(0, len(dark), self.width)]


class OneByOne:
    """The same for a few: each is drawn by itself."""

    def __init__(self, address: str) -> None:
        self._address = address

    def squares(self, code: str) -> Rows:
        return squares(self._address + code)


def codes(address: str, length: int, how_many: int) -> Codes | OneByOne:
    """Whichever is quicker for so many codes; what is no alphanumeric text is drawn one by one."""
    alphanumeric = all(character in _ALPHABET for character in address)
    return Codes(address, length) if how_many > 11 * length and alphanumeric else OneByOne(address)
