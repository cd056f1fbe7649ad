"""Printing badges: the command from start to the file on disk, and the most memory it held."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, update

from bazaar.db import db
from bazaar.fairs.queries import public_fair
from bazaar.jobseekers.models import Registration
from benchmarks.crowd import add_jobseekers, app_on
from benchmarks.tables import table

ARABIC = "أمينة وحيد"
AIMS = {500: "2", 5000: "15"}


def run(database_url: str, kind: str) -> None:
    """Every third name is Arabic. The fair `bench` is there and has nobody registered yet."""
    rows, there = [], 0
    for wanted, aim in AIMS.items():
        with app_on(database_url).app_context():
            add_jobseekers(public_fair("bench").id, wanted - there)
            there = wanted
            third = select(Registration.id).where(func.length(Registration.name) % 3 == 0)
            db.session.execute(update(Registration).where(Registration.id.in_(third)).values(name=ARABIC))
            db.session.commit()
        for layout in ("a6", "a4", "label"):
            seconds, busy, megabytes, size = printed(database_url, layout)
            rows.append(
                (there, layout, f"{seconds:.2f}", f"{busy:.2f}", aim, f"{megabytes:.0f}", f"{size / 1e6:.1f}")
            )
    table(
        f"Badges as PDF, {kind}",
        ("badges", "layout", "seconds with start", "of a processor", "aim", "MB held (aim 200)", "MB of PDF"),
        rows,
    )


def printed(database_url: str, layout: str) -> tuple[float, float, float, int]:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "badges.pdf"
        command = [sys.executable, "-m", "bazaar", "badges", "bench", "--out", str(out), "--layout", layout]
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env={**os.environ, "DATABASE_URL": database_url}, stderr=subprocess.DEVNULL
        )
        megabytes = 0.0
        while not (done := os.wait4(process.pid, os.WNOHANG))[0]:
            megabytes = most_held(process.pid) or megabytes
            time.sleep(0.01)
        _pid, status, used = done
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        busy = used.ru_utime + used.ru_stime
        return time.perf_counter() - began, busy, megabytes, out.stat().st_size


def most_held(pid: int) -> float:
    """So far, in megabytes. What `wait` tells of it counts the benchmark's own memory, from before the command began."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
