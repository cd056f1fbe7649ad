"""The objects of a PDF, written one after another: nothing is kept but where each begins."""

import zlib
from array import array
from typing import IO

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Objects:
    """A PDF being written. An object is named by its number, which may be known before the object is."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._starts = array("Q", [0])
        self._at = 0
        self._write(_HEAD)

    def number(self) -> int:
        """A number for an object that is written later."""
        self._starts.append(0)
        return len(self._starts) - 1

    def add(self, content: str | bytes, number: int | None = None) -> int:
        number = number or self.number()
        body = content if isinstance(content, bytes) else content.encode("ascii")
        self._starts[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def stream(self, content: bytes, about: str = "", number: int | None = None) -> int:
        """Compressed quickly: pages are many and small."""
        packed = zlib.compress(content, 1)
        head = f"<< {about} /Filter /FlateDecode /Length {len(packed)} >>".encode("ascii")
        return self.add(b"%b\nstream\n%b\nendstream" % (head, packed), number)

    def finish(self, root: int, info: int) -> None:
        begin = self._at
        self._write(f"xref\n0 {len(self._starts)}\n0000000000 65535 f \n".encode("ascii"))
        for start in self._starts[1:]:
            self._write(b"%010d 00000 n \n" % start)
        trailer = f"trailer\n<< /Size {len(self._starts)} /Root {root} 0 R /Info {info} 0 R >>"
        self._write(f"{trailer}\nstartxref\n{begin}\n%%EOF\n".encode("ascii"))

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._at += len(content)


def words_of(words: str) -> str:
    """Words as a PDF holds them, whatever their script."""
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be').hex()}>"
