"""Drawing on pages. Positions are millimetres from the top left; sizes of letters are points.

A page is written to the file as soon as the next begins, and what stands on many pages is written once.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from types import TracebackType
from typing import IO, Self

from bazaar import clock
from bazaar.pdf.fonts import Line, Typeface
from bazaar.pdf.objects import Objects, words_of

INK = (15, 42, 46)
INK_2 = (75, 94, 97)
LINE = (160, 168, 166)
BLACK = (0, 0, 0)
POINTS = 72 / 25.4  # in a millimetre

Colour = tuple[int, int, int]


def colour_of(hexadecimal: str) -> Colour:
    return (int(hexadecimal[:2], 16), int(hexadecimal[2:4], 16), int(hexadecimal[4:6], 16))


def tint_of(colour: Colour) -> Colour:
    """About a quarter of it on white paper."""
    red, green, blue = (round(255 - (255 - part) * 0.28) for part in colour)
    return red, green, blue


class Paper:
    """A document being written to a file, page after page; whole at the end of its `with`."""

    def __init__(self, out: IO[bytes], title: str, language: str) -> None:
        self._objects = Objects(out)
        self._title, self._language = title, language
        self._regular, self._bold = Typeface.regular(), Typeface.bold()
        self._line = lru_cache(2000)(self._shaped)  # names are many: only what comes again soon is kept
        self._tree, self._fonts, self._stamped = (self._objects.number() for _ in range(3))
        self._pages: list[int] = []
        self._stamps: dict[Hashable, int] = {}
        self._size = (0.0, 0.0)
        self._contents: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._finish()

    def page(self, width: float, height: float) -> None:
        self._end_page()
        self._size = (width * POINTS, height * POINTS)
        self._contents = [f"1 0 0 1 0 {height * POINTS:.3f} cm"]

    def stamp(self, key: Hashable, draw: Callable[[], None], x: float = 0, y: float = 0) -> None:
        """What `draw` draws from (0, 0), here from (x, y). It is drawn when its key is new, and only named after."""
        if key not in self._stamps:
            page, self._contents = self._contents, []
            draw()
            drawn, self._contents = "\n".join(self._contents).encode("ascii"), page
            about = f"/Type /XObject /Subtype /Form /BBox [-9999 -9999 9999 9999] /Resources << /Font {self._fonts} 0 R >>"
            self._stamps[key] = self._objects.stream(drawn, about)
        self._contents.append(f"q 1 0 0 1 {x * POINTS:.3f} {-y * POINTS:.3f} cm /S{self._stamps[key]} Do Q")

    def text(
        self, words: str, x: float, y: float, width: float, size: float,
        *, bold: bool = False, align: str = "L", colour: Colour = INK,
    ) -> None:  # fmt: skip
        """One line in a box from (x, y), `size` points high, aligned L, C or R."""
        line = self._line(words, bold)
        spare = width * POINTS - line.width * size
        left = x * POINTS + {"L": 0, "C": spare / 2, "R": spare}[align]
        base = -y * POINTS - 0.8 * size
        self._contents.append(
            f"BT {_amounts(colour)} rg {size:.3f} 0 0 {size:.3f} {left:.3f} {base:.3f} Tm {line.operators} ET"
        )

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide this line would be."""
        return self._line(words, bold).width * size / POINTS

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
        self.stroke(f"{dash}{width} w {x} {y} m {to_x} {to_y} l S", 0, 0, colour)

    def fill(self, path: str, x: float, y: float, scale: float, colour: Colour = BLACK) -> None:
        """A path of PDF operators, its own units `scale` millimetres wide, filled."""
        self._draw(f"{_amounts(colour)} rg {path} f", x, y, scale)

    def stroke(self, lines: str, x: float, y: float, colour: Colour) -> None:
        """Lines of PDF operators, in millimetres from (x, y)."""
        self._draw(f"{_amounts(colour)} RG {lines}", x, y, 1)

    def _draw(self, operators: str, x: float, y: float, scale: float) -> None:
        wide = scale * POINTS
        place = f"q {wide:.4f} 0 0 {-wide:.4f} {x * POINTS:.3f} {-y * POINTS:.3f} cm"
        self._contents.append(f"{place} {operators} Q")

    def _shaped(self, words: str, bold: bool) -> Line:
        return (self._bold if bold else self._regular).line(words)

    def _end_page(self) -> None:
        if not self._contents:
            return
        contents = self._objects.stream("\n".join(self._contents).encode("ascii"))
        self._contents = []
        width, height = self._size
        self._pages.append(
            self._objects.add(
                f"<< /Type /Page /Parent {self._tree} 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
                f"/Resources << /Font {self._fonts} 0 R /XObject {self._stamped} 0 R >> /Contents {contents} 0 R >>"
            )
        )

    def _finish(self) -> None:
        self._end_page()
        objects = self._objects
        used = [font for face in (self._regular, self._bold) for font in face.fonts if font.is_used]
        fonts = " ".join(f"/{font.key} {font.embedded(objects)} 0 R" for font in used)
        stamps = " ".join(f"/S{number} {number} 0 R" for number in self._stamps.values())
        objects.add(f"<< {fonts} >>", self._fonts)
        objects.add(f"<< {stamps} >>", self._stamped)
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        objects.add(f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>", self._tree)
        root = objects.add(
            f"<< /Type /Catalog /Pages {self._tree} 0 R /Lang {words_of(self._language)} "
            "/ViewerPreferences << /DisplayDocTitle true >> >>"
        )
        info = objects.add(
            f"<< /Title {words_of(self._title)} /Creator (Bazaar) /CreationDate (D:{clock.now():%Y%m%d%H%M%S}Z) >>"
        )
        objects.finish(root, info)


def balanced(words: str, rows: int) -> list[str]:
    """Words on at most so many rows of about the same length."""
    parts = words.split()
    if rows == 1 or len(parts) < 2:
        return [words]
    cuts = range(1, len(parts))
    cut = min(cuts, key=lambda at: max(len(" ".join(parts[:at])), len(" ".join(parts[at:]))))
    return [" ".join(parts[:cut]), " ".join(parts[cut:])]


@lru_cache
def _amounts(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)
