"""How Python is compiled here: `entry` is called from Python, `inner` from compiled code alone.

What is compiled is kept for the next process, in the user's cache (or where NUMBA_CACHE_DIR says), under a name that
changes with the code: numba looks at the file of the entry alone, and would not see that what it calls has changed.
"""

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit

Function = TypeVar("Function", bound=Callable[..., Any])


def _own_folder() -> Path:
    """In this user's cache, for this very code."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "bazaar"
    code = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or caches).expanduser() / sha256(code).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return folder  # it can be written


try:
    config.CACHE_DIR = str(_own_folder())
except (OSError, RuntimeError):  # nobody's home, or not to be written: then it is compiled each time
    _for_now = tempfile.TemporaryDirectory(prefix="bazaar-")
    config.CACHE_DIR = _for_now.name


def is_compiled() -> bool:
    """Whether a process before this one has compiled anything."""
    return any(Path(config.CACHE_DIR).rglob("*.nbi"))


def entry(function: Function) -> Function:
    """What allocates nothing: references to arrays need not be counted (`_nrt`), which took two thirds of the time."""
    return cast("Function", njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function))


def inner(function: Function) -> Function:
    """As `entry`, without an entrance from Python."""
    closed = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast("Function", njit(nogil=True, error_model="numpy", _nrt=False, **closed)(function))
