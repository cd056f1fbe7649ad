"""How long this disk takes to promise: durable figures mean nothing without it."""

import os
import time
from pathlib import Path
from statistics import median


def fdatasync_ms(folder: Path) -> float:
    """The median of 200 small writes with fdatasync, in milliseconds."""
    times = []
    with (folder / "disk").open("wb") as file:
        for _turn in range(200):
            file.write(b"x" * 512)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return median(times)
