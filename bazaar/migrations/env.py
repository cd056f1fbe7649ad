"""How Alembic reaches our database: through the application that runs it."""

from typing import Any

from alembic import context
from flask import current_app

from bazaar.db import Base, UtcDateTime, begin_writing, db


def skip_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """No file for a revision that changes nothing."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def plain_type(kind: str, thing: Any, _context: Any) -> Any:
    """A revision stands by itself: our own column types are written as what the database stores."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


def migrate() -> None:
    begin_writing()
    with db.engine.connect() as connection:
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
