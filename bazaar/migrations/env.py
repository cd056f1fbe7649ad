"""How Alembic reaches our database: through the application that runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from bazaar.db import Base, UtcDateTime, begin_writing, db


def skip_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """No file for a revision that changes nothing."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def plain_type(kind: str, thing: Any, _context: Any) -> Any:
    """A revision stands by itself: our own column types are written as what the database stores."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


@contextmanager
def keeping_what_hangs(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: dropping the old one must not delete the rows that point at it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction, so before it and after it
    try:
        yield
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("rows would point at nothing: the schema is left as it was")
        connection.commit()
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON")


def migrate() -> None:
    begin_writing()
    with db.engine.connect() as connection, keeping_what_hangs(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            process_revision_directives=skip_empty,
            render_item=plain_type,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


migrate()
