"""Bazaar as its users meet it: a real `bazaar serve` process on a database of its own."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parent.parent


class Live:
    """One running server. `run` gives it commands with the same environment."""

    def __init__(self, database_url: str, folder: Path, now: datetime | None = None, **settings: str) -> None:
        self.database_url = database_url
        self.port = free_port()
        self.url = settings.get("BASE_URL") or f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.log_file = folder / f"live-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BAZAAR_")}
        self.environment = inherited | {
            "DATABASE_URL": database_url,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "BASE_URL": self.url,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        if now is not None:
            self.environment["BAZAAR_NOW"] = now.isoformat()

    def run(self, *command: str, status: int = 0) -> str:
        """Run `bazaar COMMAND`, expect this exit status, return what it printed (with what it complained of)."""
        done = subprocess.run(
            [sys.executable, "-m", "bazaar", *command],
            check=False,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        said = f"bazaar {' '.join(command)} ended with {done.returncode}\n{done.stdout}{done.stderr}"
        assert done.returncode == status, said
        assert "Traceback" not in done.stderr, said
        return done.stdout + done.stderr if status else done.stdout

    def start(self, *command: str) -> "Live":
        """Start the server (`bazaar serve`, unless another command that serves) and wait until it answers."""
        command = command or ("serve", "--workers", "2")
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bazaar", *command, "--port", str(self.port)],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_it_answers()
        return self

    def wait_until_it_answers(self, seconds: float = 60) -> None:
        assert self.process is not None
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"the server did not answer:\n{self.log()}")

    def log(self) -> str:
        """What the server has written so far."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    def link(self, role: str, seconds: float = 10) -> str:
        """The address that `bazaar demo` printed for this role."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.search(rf"^{role}\t(\S+)$", self.log(), re.MULTILINE):
                return found[1]
            time.sleep(0.05)
        raise AssertionError(f"no link for {role}:\n{self.log()}")

    def stop(self) -> None:
        """End the server, and say so if it ever fell over."""
        self.kill(signal.SIGTERM)
        log = self.log()
        assert "Traceback" not in log, log

    def kill(self, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """End the server and all its workers: politely, or as a power cut would."""
        if self.process is None:
            return
        process, self.process = self.process, None
        if with_signal == signal.SIGTERM:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class StartLive(Protocol):
    """Start a real server: live_server(("fair", "new", ...), now=moment, SMTP_URL=...)."""

    def __call__(self, *prepare: tuple[str, ...], **settings: Any) -> Live: ...


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
