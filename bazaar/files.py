"""Files that commands write: whole, or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bazaar.errors import Refused


@contextmanager
def whole(path: Path, *, secret: bool = False) -> Iterator[BinaryIO]:
    """Written beside as .part, and under its name only when all of it is on the disk. `secret`: for its owner alone."""
    try:
        if path.exists() and not path.is_file():  # a terminal or a pipe takes what comes
            with path.open("wb") as out:
                yield out
        else:
            with _beside(path.resolve(), secret=secret) as out:
                yield out
    except OSError as error:
        raise Refused(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None


@contextmanager
def _beside(path: Path, *, secret: bool) -> Iterator[BinaryIO]:
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o666), "wb"
        ) as out:
            if path.exists() and not secret:
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
