"""Printed pages in our own fonts, in which every script is shaped as it is written.

Positions are millimetres from the top left of a page. What is Latin and stands on many pages in the same
place (a fair's name, a time, an employer) is set once and repeated, so that thousands of badges are soon made.
"""

from typing import Any

from bazaar import clock
from bazaar.web import STATIC

INK = (15, 42, 46)
INK_2 = (75, 94, 97)
LINE = (160, 168, 166)
BLACK = (0, 0, 0)
POINTS = 72 / 25.4  # in a millimetre
_LATIN_ENDS = "\u024f"
_FONTS = {
    "latin and arabic": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "ethiopic": ("NotoSansEthiopic.ttf", "NotoSansEthiopic-Bold.ttf"),
}

Colour = tuple[int, int, int]


def colour_of(hexadecimal: str) -> Colour:
    return (int(hexadecimal[:2], 16), int(hexadecimal[2:4], 16), int(hexadecimal[4:6], 16))


def tint_of(colour: Colour) -> Colour:
    """About a quarter of it on white paper."""
    red, green, blue = (round(255 - (255 - part) * 0.28) for part in colour)
    return red, green, blue


class Paper:
    """A document being written, page after page."""

    def __init__(self, title: str, language: str) -> None:
        from fpdf import FPDF

        self._pdf: Any = FPDF(unit="mm")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_title(title)
        self._pdf.set_lang(language)
        self._pdf.set_creator("Bazaar")
        self._pdf.set_creation_date(clock.now())
        for family, (regular, bold) in _FONTS.items():
            self._pdf.add_font(family, "", STATIC / "vendor" / "fonts" / regular)
            self._pdf.add_font(family, "B", STATIC / "vendor" / "fonts" / bold)
        self._pdf.set_fallback_fonts(["ethiopic"], exact_match=False)
        self._set: dict[tuple[Any, ...], bytes] = {}
        self._wide: dict[tuple[str, bool], float] = {}
        self._height = 0.0

    def page(self, width: float, height: float) -> None:
        self._pdf.add_page(
            format=(min(width, height), max(width, height)), orientation="L" if width > height else "P"
        )
        self._height = height
        for style in ("", "B"):  # a page must name the fonts of what is repeated on it
            self._pdf.set_font("latin and arabic", style, 1)
            self._pdf.cell(0, 0, " ")

    def text(
        self, words: str, x: float, y: float, width: float, size: float,
        *, bold: bool = False, align: str = "L", colour: Colour = INK,
    ) -> None:  # fmt: skip
        """One line in a box from (x, y), `size` points high, aligned L, C or R."""
        key = (words, x, y, width, size, bold, align, colour, self._height)
        if key in self._set:
            self._contents.extend(self._set[key])
            return
        begin = len(self._contents)
        self._choose_font(words, size, bold=bold)
        self._pdf.set_text_color(*colour)
        self._pdf.set_xy(x, y)
        self._pdf.cell(width, size / POINTS, words, align=align)
        if self._is_latin(words):
            self._set[key] = bytes(self._contents[begin:])

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide this line would be."""
        key = (words, bold)
        if key not in self._wide:
            self._choose_font(words, 10, bold=bold)
            self._wide[key] = float(self._pdf.get_string_width(words)) / 10
        return self._wide[key] * size

    def fitted(
        self, words: str, x: float, y: float, width: float, size: float,
        *, least: float, lines: int = 2, bold: bool = False, align: str = "L", colour: Colour = INK,
    ) -> float:  # fmt: skip
        """Words as large as fit, on as few lines as they need. Returns where the last line ends."""
        for number in range(1, lines + 1):
            rows = balanced(words, number)
            widest = max(self.width(row, size, bold=bold) for row in rows)
            fits = min(size, size * width / widest) if widest else size
            if fits >= least or number == lines:
                break
        fits = max(fits, least * 0.6)
        for row in rows:
            self.text(row, x, y, width, fits, bold=bold, align=align, colour=colour)
            y += fits * 1.15 / POINTS
        return y

    def line(
        self, x: float, y: float, to_x: float, to_y: float, width: float = 0.2, colour: Colour = INK, *, dashed: bool = False
    ) -> None:  # fmt: skip
        dash = "[1 1] 0 d " if dashed else ""
        drawn = f"{dash}{width} w {_amounts(colour)} RG {x} {y} m {to_x} {to_y} l S"
        self._draw(drawn, 0, 0, 1)

    def fill(self, path: str, x: float, y: float, scale: float, colour: Colour = BLACK) -> None:
        """A path of PDF operators, its own units `scale` millimetres wide, filled."""
        self._draw(f"{_amounts(colour)} rg {path} f", x, y, scale)

    def stroke(self, lines: str, x: float, y: float, colour: Colour) -> None:
        """Lines of PDF operators, in millimetres from (x, y)."""
        self._draw(f"{_amounts(colour)} RG {lines}", x, y, 1)

    def written(self) -> bytearray:
        written: bytearray = self._pdf.output()
        return written

    @property
    def _contents(self) -> bytearray:
        contents: bytearray = self._pdf.pages[self._pdf.page].contents
        return contents

    def _choose_font(self, words: str, size: float, *, bold: bool) -> None:
        self._pdf.set_text_shaping(not self._is_latin(words))
        self._pdf.set_font("latin and arabic", "", 0.5)  # so that the next line says its own font again
        self._pdf.set_font("latin and arabic", "B" if bold else "", size)

    def _draw(self, operators: str, x: float, y: float, scale: float) -> None:
        wide = scale * POINTS
        place = f"q {wide:.4f} 0 0 {-wide:.4f} {x * POINTS:.3f} {(self._height - y) * POINTS:.3f} cm"
        self._contents.extend(f"{place} {operators} Q\n".encode())

    @staticmethod
    def _is_latin(words: str) -> bool:
        return all(letter <= _LATIN_ENDS for letter in words)


def balanced(words: str, rows: int) -> list[str]:
    """Words on at most so many rows of about the same length."""
    parts = words.split()
    if rows == 1 or len(parts) < 2:
        return [words]
    cuts = range(1, len(parts))
    cut = min(cuts, key=lambda at: max(len(" ".join(parts[:at])), len(" ".join(parts[at:]))))
    return [" ".join(parts[:cut]), " ".join(parts[cut:])]


def _amounts(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)
