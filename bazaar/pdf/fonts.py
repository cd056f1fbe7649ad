"""Fonts: a line of words becomes the glyphs that draw it, and what was drawn of a font goes into the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bazaar.pdf.directions import from_left, levels
from bazaar.pdf.objects import Objects
from bazaar.web import STATIC

# The first that has a letter draws it.
_REGULAR = ("DejaVuSans", "NotoSansEthiopic")
_BOLD = ("DejaVuSans-Bold", "NotoSansEthiopic-Bold")
_UNUSED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "kern",
    "cmap",
    "name",
    "post",
    "OS/2",
    "STAT",
)  # the glyphs are chosen already
_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Letters def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True)
class Line:
    """Words ready to be drawn: PDF operators, and how wide they are, in a font one point high."""

    operators: str
    width: float


class Font:
    """One font file. Every glyph gets a number of its own for each text it stands for, so that it can be read back."""

    def __init__(self, name: str, key: str) -> None:
        import uharfbuzz

        self.name, self.key = name, key
        self._hb: Any = uharfbuzz
        self._face = uharfbuzz.Face(
            uharfbuzz.Blob.from_file_path(STATIC / "vendor" / "fonts" / f"{name}.ttf")
        )
        self._font = uharfbuzz.Font(self._face)
        self._thousandth: float = 1000 / self._face.upem
        self._numbers: dict[tuple[int, str], int] = {}

    @property
    def is_used(self) -> bool:
        return bool(self._numbers)

    def has(self, letter: str) -> bool:
        return self._font.get_nominal_glyph(ord(letter)) is not None

    def line(self, words: str, *, to_left: bool) -> Line:
        """Words of one direction, all in this font."""
        buffer = self._hb.Buffer()
        buffer.add_codepoints([ord(letter) for letter in words])
        buffer.cluster_level = self._hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if to_left else "ltr"
        self._hb.shape(self._font, buffer)
        return self._drawn(_read(words, buffer.glyph_infos), buffer.glyph_positions)

    def _drawn(self, glyphs: Iterator[tuple[int, str]], positions: Any) -> Line:
        shown, gap, rise, width = f"/{self.key} 1 Tf [", 0.0, 0, 0
        for (glyph, text), place in zip(glyphs, positions, strict=True):
            if place.y_offset != rise:
                rise = place.y_offset
                shown += f"] TJ {rise * self._thousandth / 1000:.4g} Ts ["
            gap += place.x_offset
            if gap:
                shown += f"{-gap * self._thousandth:.4g}"
            shown += f"<{self._number(glyph, text):04x}>"
            gap = place.x_advance - place.x_offset - self._font.get_glyph_h_advance(glyph)
            width += place.x_advance
        if gap:
            shown += f"{-gap * self._thousandth:.4g}"
        shown = shown.replace("><", "") + ("] TJ 0 Ts" if rise else "] TJ")
        return Line(shown, width * self._thousandth / 1000)

    def _number(self, glyph: int, text: str) -> int:
        return self._numbers.setdefault((glyph, text), len(self._numbers) + 1)

    # --- Into the file ---

    def embedded(self, objects: Objects) -> int:
        """What was used of this font, as one object of the file."""
        file, glyphs = self._subset()
        places = b"".join(glyphs[glyph].to_bytes(2, "big") for glyph, _text in self._numbers)
        widths = " ".join(
            f"{self._font.get_glyph_h_advance(glyph) * self._thousandth:.0f}" for glyph, _ in self._numbers
        )
        name = f"/BAZAAR+{self.name}"  # six capitals before the plus say that it is a part of the font
        lines = self._font.get_font_extents("ltr")
        high, low = lines.ascender * self._thousandth, lines.descender * self._thousandth
        descriptor = objects.add(
            f"<< /Type /FontDescriptor /FontName {name} /Flags 4 /FontBBox [-1000 {low:.0f} 2000 {high:.0f}] /ItalicAngle 0 "
            f"/Ascent {high:.0f} /Descent {low:.0f} /CapHeight 730 /StemV 80 "
            f"/FontFile2 {objects.stream(file, f'/Length1 {len(file)}')} 0 R >>"
        )
        glyph_of = objects.stream(b"\0\0" + places)
        inner = objects.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /FontDescriptor {descriptor} 0 R "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/CIDToGIDMap {glyph_of} 0 R /W [1 [{widths}]] >>"
        )
        return objects.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H "
            f"/DescendantFonts [{inner} 0 R] /ToUnicode {objects.stream(self._texts().encode('ascii'))} 0 R >>"
        )

    def _subset(self) -> tuple[bytes, Any]:
        """The font with the glyphs used alone, and where each went."""
        chosen = self._hb.SubsetInput()
        chosen.glyph_set.update({glyph for glyph, _text in self._numbers})
        chosen.drop_table_tag_set.update({int.from_bytes(tag.encode("ascii"), "big") for tag in _UNUSED})
        flags = self._hb.SubsetFlags
        chosen.flags = flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE
        plan = self._hb.SubsetPlan(self._face, chosen)
        return plan.execute().blob.data, plan.old_to_new_glyph_mapping

    def _texts(self) -> str:
        """What each glyph stands for, so that the words can be searched and copied."""
        texts = [
            f"<{number:04x}> <{text.encode('utf-16-be').hex()}>"
            for (_glyph, text), number in self._numbers.items()
            if text
        ]
        parts = [texts[start : start + 100] for start in range(0, len(texts), 100)]
        listed = (f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar" for part in parts)
        return _TO_UNICODE % "\n".join(listed)


def _read(words: str, glyphs: Any) -> Iterator[tuple[int, str]]:
    """Each glyph with the letters it draws; where several draw the same letters, the first has them."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(words)], strict=True))
    for glyph in glyphs:
        end = ends.get(glyph.cluster, glyph.cluster)
        ends[glyph.cluster] = glyph.cluster
        yield glyph.codepoint, words[glyph.cluster : end]


class Typeface:
    """Fonts of one weight that together have every script we write."""

    def __init__(self, names: tuple[str, ...], key: str) -> None:
        self.fonts = [Font(name, f"{key}{number}") for number, name in enumerate(names)]

    @classmethod
    def regular(cls) -> "Typeface":
        return cls(_REGULAR, "R")

    @classmethod
    def bold(cls) -> "Typeface":
        return cls(_BOLD, "B")

    def line(self, words: str) -> Line:
        """Words of any scripts, from left to right as they are to stand."""
        steps = list(zip(words, levels(words), self._fonts_for(words), strict=True))
        pieces = []
        for (level, font), letters in groupby(steps, key=lambda step: step[1:]):
            piece = "".join(letter for letter, _level, _font in letters)
            pieces.append((level, font.line(piece, to_left=level % 2 == 1)))
        drawn = from_left(pieces)
        return Line(" ".join(line.operators for line in drawn), sum(line.width for line in drawn))

    def _fonts_for(self, words: str) -> Iterator[Font]:
        """The first font stays while it has the letters; a space or mark stays with what stands before it."""
        font = self.fonts[0]
        for letter in words:
            if not (font.has(letter) and not letter.isalpha()):
                font = next((one for one in self.fonts if one.has(letter)), self.fonts[0])
            yield font
