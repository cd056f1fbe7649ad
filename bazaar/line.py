"""The line in which SQLite's writers stand.

SQLite lets one write at a time, and its own back-off lets the unlucky wait for seconds. So writers take a file
lock across processes first. Those of one process who wait for it at the same time may go `Together`: whoever
is first writes for all of them, and they share the one thing that takes long, the disk's promise.
"""

import fcntl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")


class WritersLine:
    """One writer at a time, over all threads and processes that use this file."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(f"{database.name}.line").open(
            "w"
        )  # open as long as the process lives
        self._thread = threading.Lock()

    def enter(self) -> None:
        self._thread.acquire()
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def leave(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._thread.release()


class _Piece:
    """A piece of work that waits to be done, and what became of it."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.woken = threading.Event()
        self.done = False
        self.answer: Any = None
        self.error: BaseException | None = None

    def do(self, connection: Connection) -> None:
        """In a savepoint of its own: when it fails, the others are not touched."""
        try:
            with connection.begin_nested():
                self.answer = self.work(connection)
        except Exception as error:  # noqa: BLE001 - it is raised where the work came from
            self.error = error

    def wake(self) -> None:
        self.done = True
        self.woken.set()


class Together:
    """Writes that come at the same time share a transaction, a savepoint each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[_Piece] = []
        self._somebody_leads = False
        self._mutex = threading.Lock()

    def do(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, once it is on disk; or its error, once nothing of it is."""
        mine = _Piece(work)
        with self._mutex:
            self._waiting.append(mine)
            leads, self._somebody_leads = not self._somebody_leads, True
        if not leads:
            mine.woken.wait()
        if not mine.done:
            self._lead()
        if mine.error is not None:
            raise mine.error
        answer: T = mine.answer
        return answer

    def _lead(self) -> None:
        """Stand in line for everybody who waits; then the next one leads."""
        company: list[_Piece] = []
        try:
            with self._engine.begin() as connection:
                company = self._all_who_wait()  # only now: who came while we stood in line comes along
                if len(company) == 1:
                    company[0].answer = company[0].work(connection)
                else:
                    for piece in company:
                        piece.do(connection)
        except BaseException as error:  # noqa: BLE001 - as above; nothing of it is on disk
            company = company or self._all_who_wait()
            for piece in company:
                piece.error = piece.error or error
        finally:
            self._hand_on()
            for piece in company:
                piece.wake()

    def _all_who_wait(self) -> list[_Piece]:
        with self._mutex:
            company, self._waiting = self._waiting, []
        return company

    def _hand_on(self) -> None:
        with self._mutex:
            self._somebody_leads = bool(self._waiting)
            if self._waiting:
                self._waiting[0].woken.set()
