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
from typing import Annotated, Any, Literal, TypeVar

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

Way = Literal["reads", "looks first", "writes"]
_way: ContextVar[Way] = ContextVar("way", default="writes")


def begin_reading() -> None:
    """From here on in this context, transactions only read: they take no place in the line."""
    _way.set("reads")


def begin_looking() -> None:
    """Transactions look first, and take their place in the line with the first statement that writes or locks.

    What was read before may be older by then, as on PostgreSQL: what decides is read under a lock (`locked`).
    """
    _way.set("looks first")


def begin_writing() -> None:
    """Back to the default: a transaction may write, and takes its place in the line first."""
    _way.set("writes")


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
    way = connection.get_execution_options().get("way", _way.get())
    connection.info["looks first"] = way == "looks first"
    if way == "writes":
        _stand_in_line(connection, connection.exec_driver_sql)
    else:
        connection.exec_driver_sql("BEGIN")


def _before_statement(connection: Connection, cursor: Any, statement: str, *more: Any) -> None:
    """The end of looking: what comes now is written, or read to decide. Only from here on is it one with the rest."""
    if not connection.info.get("looks first") or not _writes_or_locks(statement, more[1]):
        return
    connection.info["looks first"] = False
    cursor.execute("COMMIT")
    _stand_in_line(connection, cursor.execute)


def _writes_or_locks(statement: str, context: Any) -> bool:
    if not statement.startswith(("SELECT", "WITH", "BEGIN", "COMMIT")):
        return True
    # SQLite has no FOR UPDATE, so its text does not tell.
    asked = getattr(context.compiled, "statement", None)
    return getattr(asked, "_for_update_arg", None) is not None


def _stand_in_line(connection: Connection, execute: Callable[[str], object]) -> None:
    if _is_file(connection.engine):
        line = _line_of(connection)
        line.enter()
        connection.info["line"] = line
    try:
        execute("BEGIN IMMEDIATE")
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
    event.listen(engine, "before_cursor_execute", _before_statement)
    event.listen(engine, "commit", _commit)
    event.listen(engine, "rollback", _leave_line)
    _together[engine] = Together(engine.execution_options(way="writes"))


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
    engine = db.engine if together is None else db.engine.execution_options(way="reads")
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
