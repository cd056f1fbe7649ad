"""The database's schema: which one this version wants, and who may bring it up.

Only `demo`, `db upgrade`, and `serve` and `restore` on an empty database change it; everybody else refuses.
"""

from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import inspect, text

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.occupations.actions import load_short_list

MIGRATIONS = Path(__file__).parent / "migrations"


def newest() -> str:
    """The newest revision that this version knows."""
    return max(_known())


def tools() -> Any:
    """Flask-Migrate, set up for this app. With Alembic it weighs 11 MB: no web worker loads it."""
    import flask_migrate

    flask_migrate.Migrate(current_app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    return flask_migrate


def is_empty() -> bool:
    """Whether the database holds no table yet."""
    return _file_to_come() is not None or not set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def refuse_old() -> None:
    """Refused, in one line, where the database is not at this version's schema."""
    file = _file_to_come()
    if file is not None:
        raise Refused(f"DATABASE_URL: there is no database {file} yet: run `bazaar db upgrade`")
    if _there() != newest():
        raise Refused("the database's schema is not this version's: run `bazaar db upgrade`")


def bring_up() -> None:
    """To this version's schema, and the short list of occupations with it."""
    _make_folder()
    db.session.rollback()  # what was read before must not stand in the way of the connections below
    there = _there()
    if there is not None and there not in _known():
        raise Refused(f"the database's schema, {there}, is not known to this version: install the newer one")
    tools().upgrade()
    load_short_list()
    db.session.commit()


def make_ready() -> None:
    """An empty database gets its schema; an old one is refused."""
    if is_empty():
        bring_up()
    else:
        refuse_old()


def _file_to_come() -> Path | None:
    """The SQLite file, while there is none: opening it would make it."""
    database = db.engine.url.database
    if (
        db.engine.dialect.name != "sqlite"
        or database in (None, "", ":memory:")
        or Path(str(database)).exists()
    ):
        return None
    return Path(str(database))


def _make_folder() -> None:
    file = _file_to_come()
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"DATABASE_URL: {file.parent}: {(error.strerror or 'cannot be made').lower()}"
        ) from None


def _known() -> set[str]:
    """The revisions of this version, by the numbers their files begin with."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _there() -> str | None:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision
