"""What every test stands on: a database, the app, a client, and real servers.

`pytest` runs on SQLite, `pytest --database postgresql` on a PostgreSQL server that the run starts.
"""

import contextvars
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from hatch_build import compile_catalogs
from tests.databases import new_postgresql, new_sqlite, postgresql_server
from tests.live import Live, StartLive

pytest_plugins = ["tests.chromium"]

SERVER = "BAZAAR_TEST_POSTGRESQL"
_until_the_end = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or config.getoption("collectonly"):
        return
    compile_catalogs()
    if config.getoption("database") == "postgresql":
        os.environ[SERVER] = _until_the_end.enter_context(postgresql_server())


def pytest_unconfigure() -> None:
    _until_the_end.close()


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Call it for the address of a new, empty database of the kind this run is about."""
    if request.config.getoption("database") == "postgresql":
        return lambda: new_postgresql(os.environ[SERVER])
    folder = tmp_path_factory.mktemp("databases")
    return lambda: new_sqlite(folder)


@pytest.fixture(scope="session")
def database_url(new_database: Callable[[], str]) -> str:
    return new_database()


class Browserless(FlaskClient):
    """A client whose requests share nothing with the test but the database."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        try:
            return contextvars.Context().run(super().open, *args, **kwargs)
        finally:
            db.session.expire_all()


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """The application on this run's database, without the form tokens that browser tests do carry."""
    app = create_app(
        Settings.from_environment(
            {
                "DATABASE_URL": database_url,
                "SECRET_KEY": secrets.token_urlsafe(48),
                "BASE_URL": "http://127.0.0.1:5000",
            }
        )
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, KEEP_PAGES=timedelta(0))
    app.test_client_class = Browserless
    with app.app_context():
        if db.engine.dialect.name == "sqlite":  # nothing outlives a test run: it need not wait for the disk
            event.listen(
                db.engine, "connect", lambda connection, _entry: connection.execute("PRAGMA synchronous=OFF")
            )
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def written(app: Flask) -> list[bool]:
    """Not empty once anything has been committed since the last cleaning."""
    commits: list[bool] = []
    with app.app_context():
        event.listen(db.engine, "commit", lambda _connection: commits.append(True))
    return commits


@pytest.fixture(autouse=True)
def clean_database(app: Flask, written: list[bool]) -> Iterator[None]:
    """Each test begins with empty tables, inside the app's context."""
    with app.app_context():
        yield
        db.session.rollback()
        db.session.remove()
        if written:
            with db.engine.begin() as connection:
                for table in reversed(db.metadata.sorted_tables):
                    connection.execute(table.delete())
            written.clear()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database from here on, BEGIN and COMMIT left out; `clear()` starts anew."""
    sent: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield sent
    event.remove(db.engine, "before_cursor_execute", listen)


@pytest.fixture
def live_server(new_database: Callable[[], str], tmp_path: Path) -> Iterator[StartLive]:
    """Call it to start a server on a database of its own; `prepare` are commands to run before it."""
    with ExitStack() as servers:

        def start(*prepare: tuple[str, ...], **settings: Any) -> Live:
            live = Live(new_database(), tmp_path, **settings)
            servers.callback(live.stop)
            if prepare:
                live.run("db", "upgrade")
            for command in prepare:
                live.run(*command)
            return live.start()

        yield start


@pytest.fixture(scope="session")
def demo_site(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One small demo fair for the whole run, served by `bazaar demo`: sign in with `demo_site.link("organiser")`."""
    live = Live(new_database(), tmp_path_factory.mktemp("demo"))
    try:
        yield live.start("demo", "--jobseekers", "40", "--employers", "8")
    finally:
        live.stop()
