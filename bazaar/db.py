"""The database: SQLite or PostgreSQL behind one thin layer.

Every table has a time-ordered random UUID as its key, every moment is UTC, and foreign keys point
down the street. SQLite writers stand in one line (a file lock across processes), because SQLite's
own back-off lets the unlucky wait for seconds.
"""

import fcntl
import os
import threading
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, ForeignKey, MetaData, String, event, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, TypeDecorator

from bazaar import clock


def new_id() -> uuid.UUID:
    """A UUID version 7 (RFC 9562): ordered by time, 74 random bits, so never guessable."""
    milliseconds = int(clock.now().timestamp() * 1000)
    random = int.from_bytes(os.urandom(10))
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


class UtcDateTime(TypeDecorator[datetime]):
    """Stored in UTC, refused without a zone, always read back with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[uuid.UUID, mapped_column(primary_key=True, default=new_id)]
Word = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(300))]
Hash = Annotated[str, mapped_column(String(64))]


class Base(DeclarativeBase):
    """The parent of every table's class."""

    registry = registry(
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base)

M = TypeVar("M", bound=Base)


def points_to(target: str, *, cascade: bool = True) -> Any:
    """A foreign key column, indexed; the row goes when what it points to goes."""
    return mapped_column(ForeignKey(target, ondelete="CASCADE" if cascade else "RESTRICT"), index=True)


def may_point_to(target: str) -> Any:
    """A foreign key that becomes empty when what it points to goes."""
    return mapped_column(ForeignKey(target, ondelete="SET NULL"), index=True)


def locked(model: type[M], key: uuid.UUID) -> M:
    """This row, fresh and locked until the transaction ends: where a count decides.

    On SQLite the whole database is already ours (BEGIN IMMEDIATE).
    """
    db.session.flush()
    return db.session.execute(
        select(model).where(model.__mapper__.primary_key[0] == key).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one()


def broken_rule(error: IntegrityError) -> str:
    """Lower-case text that names the constraint (PostgreSQL) or its columns (SQLite)."""
    diagnostics = getattr(error.orig, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    return str(name or error.orig).lower()


# --- How SQLite is opened -------------------------------------------------------------------

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


def begin_reading() -> None:
    """From here on in this context, transactions only read: they take no place in the line."""
    _only_reading.set(True)


def begin_writing() -> None:
    """Back to the default: a transaction may write, and takes its place in the line first."""
    _only_reading.set(False)


class _WritersLine:
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


_lines: dict[tuple[int, str], _WritersLine] = {}
_opening = threading.Lock()


def _line_of(connection: Connection) -> _WritersLine:
    # A forked worker must not share its parent's lock, hence the process in the key.
    key = (os.getpid(), str(connection.engine.url.database))
    with _opening:
        if key not in _lines:
            _lines[key] = _WritersLine(Path(key[1]))
        return _lines[key]


def _is_file(engine: Engine) -> bool:
    return engine.url.database not in (None, "", ":memory:")


def _open(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if _only_reading.get():
        connection.exec_driver_sql("BEGIN")
        return
    if _is_file(connection.engine):
        line = _line_of(connection)
        line.enter()
        connection.info["line"] = line
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        _leave_line(connection)
        raise


def _commit(connection: Connection) -> None:
    # SQLAlchemy tells us before it commits: commit here, so that the line moves on only after it.
    connection.exec_driver_sql("COMMIT")
    _leave_line(connection)


def _leave_line(connection: Connection) -> None:
    line = connection.info.pop("line", None)
    if line is not None:
        line.leave()


def open_sqlite_well(engine: Engine) -> None:
    """WAL, foreign keys on, every commit on disk before it is answered, one line of writers."""
    event.listen(engine, "connect", _open)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _commit)
    event.listen(engine, "rollback", _leave_line)


def once(session: Session, make: Callable[[], object], taken: Callable[[str], Exception]) -> None:
    """Run `make` and flush inside a savepoint; a broken constraint becomes `taken(its name)`."""
    try:
        with session.begin_nested():
            make()
            session.flush()
    except IntegrityError as error:
        raise taken(broken_rule(error)) from error
