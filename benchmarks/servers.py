"""Starting Bazaar and the limit app in the same way: gunicorn, two workers of eight threads."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).parent.parent
WORKERS, THREADS = 2, 8


class Running:
    """A server that answers at `port`, and the process that leads it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, seconds: float, log: Path) -> None:
        self.process, self.port, self.seconds, self.file = process, port, seconds, log

    def workers(self) -> list[int]:
        """The processes that answer requests: those of the group that listen, but not their leader."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and _parent(entry) == self.process.pid:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
                if b"send --forever" not in words:
                    found.append(int(entry.name))
        return found

    def log(self) -> str:
        """What the server and its sender have written so far."""
        return self.file.read_text()

    def megabytes(self) -> float:
        """Proportional memory of the largest worker: private, and its part of what is shared."""
        return max(_pss(pid) for pid in self.workers()) / 1024


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return -1


def _pss(pid: int) -> int:
    """Private and shared memory in kB (resident set, as a peer would be measured)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:"))


def environment(database_url: str, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAZAAR_")}
    return {
        **kept, "DATABASE_URL": database_url, "SECRET_KEY": secrets.token_urlsafe(48), "PYTHONPATH": str(ROOT),
        "BASE_URL": f"http://127.0.0.1:{port}", "PYTHONWARNINGS": "ignore",
    }  # fmt: skip


def bazaar(database_url: str, *command: str) -> str:
    """Run a `bazaar` command on a database."""
    done = subprocess.run(
        [sys.executable, "-m", "bazaar", *command],
        env=environment(database_url, 5000), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


@contextmanager
def running(kind: str, database_url: str) -> Iterator[Running]:
    """Run `bazaar` or `limit` until the block ends."""
    port = free_port()
    command = {
        "bazaar": ["-m", "bazaar", "serve", "--port", str(port), "--workers", str(WORKERS)],
        "limit": ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--worker-class", "gthread",
                  "--threads", str(THREADS), "--backlog", "2048", "--keep-alive", "5", "--log-level", "warning",
                  "--no-control-socket", "benchmarks.limit_app:create()"],
    }[kind]  # fmt: skip
    env = environment(database_url, port)
    began = time.monotonic()
    with NamedTemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *command], env=env, cwd=ROOT, start_new_session=True, stdout=log, stderr=log
        )
        try:
            _wait(process, port)
            yield Running(process, port, time.monotonic() - began, Path(log.name))
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _try in range(1200):
        if process.poll() is not None:
            raise SystemExit("the server ended before it answered")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not answer")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
