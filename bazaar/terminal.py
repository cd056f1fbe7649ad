"""What long work says of itself, where somebody looks on: to a terminal, never into a file or a pipe."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
EVERY = 100
CLEAR = "\r\x1b[K"


def tell(words: str) -> None:
    """Stands in place of what was told before; no words end it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{CLEAR}{words}")
        sys.stderr.flush()


def counting(what: str) -> Callable[[int], None]:
    return lambda count: tell(f"{count} {what}")


def counted(them: Iterable[T], what: str, most: int | None = None) -> Iterator[T]:
    """Them, one after the other, told now and then."""
    of = "" if most is None else f" of {most}"
    try:
        for count, one in enumerate(them):
            if count % EVERY == 0:
                tell(f"{count}{of} {what}")
            yield one
    finally:
        tell("")
