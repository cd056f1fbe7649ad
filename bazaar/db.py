"""The database: SQLite or PostgreSQL behind one thin layer.

Every table has a time-ordered random UUID as its key, every moment is UTC, and foreign keys point
down the street. SQLite writers stand in one line (`bazaar.line`).
"""

import os
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, ForeignKey, MetaData, String, event, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, TypeDecorator

from bazaar import clock
from bazaar.line import Together, WritersLine


class Keys:
    """UUIDs of version 7 (RFC 9562): ordered by time, and in one process always in the order of making.

    A new millisecond begins at a random place; within it each key is a random step of 64 bits further on than
    the one before, so that none can be guessed from another.
    """

    RANDOM = 74  # bits that do not tell the time
    SET_BACK = 60_000  # milliseconds: a clock that was set back by more is believed

    def __init__(self) -> None:
        self._last = 0
        self._one_at_a_time = threading.Lock()

    def new(self) -> uuid.UUID:
        milliseconds = int(clock.now().timestamp() * 1000)
        with self._one_at_a_time:
            if 0 <= (self._last >> self.RANDOM) - milliseconds < self.SET_BACK:
                self._last += 1 + int.from_bytes(os.urandom(8))
            else:  # the top bit is left empty, for the steps
                self._last = milliseconds << self.RANDOM | int.from_bytes(os.urandom(10)) >> 7
            made = self._last
        time, random = made >> self.RANDOM, made & ((1 << self.RANDOM) - 1)
        high, low = random >> 62, random & ((1 << 62) - 1)
        return uuid.UUID(int=time << 80 | 0x7 << 76 | high << 64 | 0x2 << 62 | low)


new_id = Keys().new


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
T = TypeVar("T")


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


def broken_rule(error: DBAPIError) -> str:
    """Lower-case text that names the constraint (PostgreSQL) or its columns (SQLite); never what stood in them."""
    diagnostics = getattr(error.orig, "diag", None)
    name = getattr(diagnostics, "constraint_name", None) or getattr(diagnostics, "message_primary", None)
    return str(name or error.orig).lower()


# --- How SQLite is opened -------------------------------------------------------------------

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


def begin_reading() -> None:
    """From here on in this context, transactions only read: they take no place in the line."""
    _only_reading.set(True)


def begin_writing() -> None:
    """Back to the default: a transaction may write, and takes its place in the line first."""
    _only_reading.set(False)


_lines: dict[tuple[int, str], WritersLine] = {}
_opening = threading.Lock()


def _line_of(connection: Connection) -> WritersLine:
    # A forked worker must not share its parent's lock, hence the process in the key.
    key = (os.getpid(), str(connection.engine.url.database))
    with _opening:
        if key not in _lines:
            _lines[key] = WritersLine(Path(key[1]))
        return _lines[key]


def _is_file(engine: Engine) -> bool:
    return engine.url.database not in (None, "", ":memory:")


def _open(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if _only_reading.get() or connection.get_execution_options().get("only_reading"):
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
    _together[engine] = Together(engine)


_together: dict[Engine, Together] = {}


class Turn:
    """A connection that only reads, until it is its turn to write: for what must be fast when many come at once."""

    def __init__(self, connection: Connection, together: Together | None) -> None:
        self.connection = connection
        self._together = together

    def take(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in the writers' line; it is on disk when this returns.

        It may run in another request's thread, so it knows only the connection it is given.
        """
        if self._together is not None:
            assert not db.session().in_transaction(), "this request stands in the line already"
            self.connection.rollback()
            return self._together.do(work)
        done = work(self.connection)
        self.connection.commit()
        return done

    def leave(self) -> None:
        """Out of line: what was read need not be remembered."""
        self.connection.rollback()


@contextmanager
def turn() -> Iterator[Turn]:
    """Read first, then write in the line. On PostgreSQL both are one transaction, so that what is read may be locked."""
    together = _together.get(db.engine)
    engine = db.engine if together is None else db.engine.execution_options(only_reading=True)
    with engine.connect() as connection:
        yield Turn(connection, together)


def once(session: Session, make: Callable[[], object], taken: Callable[[str], Exception]) -> None:
    """Run `make` and flush inside a savepoint; a broken constraint becomes `taken(its name)`."""
    try:
        with session.begin_nested():
            make()
            session.flush()
    except IntegrityError as error:
        raise taken(broken_rule(error)) from error
