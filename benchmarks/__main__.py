"""`python -m benchmarks [NAME ...]`: all benchmarks, or those named, on SQLite and on PostgreSQL."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bazaar.config import Settings
from benchmarks import badges, booking, checkin, floor, lists, pages, registering, timetable
from benchmarks.crowd import app_on, fill_public_page
from benchmarks.disk import fdatasync_ms
from benchmarks.servers import bazaar
from benchmarks.tables import table
from tests.databases import new_postgresql, new_sqlite, postgresql_server

PARTS = {
    "pages": pages.run, "registering": registering.run, "booking": booking.run, "checkin": checkin.run,
    "badges": badges.run, "lists": lists.run, "floor": floor.run,
}  # fmt: skip


ENGINE = "timetable"  # knows no database, so it runs once


def main() -> None:
    chosen = sys.argv[1:] or [*PARTS, ENGINE]
    unknown = set(chosen) - {*PARTS, ENGINE}
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}: there are {', '.join([*PARTS, ENGINE])}")
    if ENGINE in chosen:
        chosen.remove(ENGINE)
        timetable.run()
    if chosen:
        _on_both_databases(chosen)


def _on_both_databases(chosen: list[str]) -> None:
    with TemporaryDirectory() as folder, postgresql_server(hurried=False) as server:
        table("The disk", ("fdatasync p50 ms",), [(f"{fdatasync_ms(Path(folder)):.2f}",)])
        for kind in ("SQLite", "PostgreSQL"):
            for name in chosen:
                url = new_sqlite(Path(folder)) if kind == "SQLite" else new_postgresql(server)
                url = _address(url)
                prepare(url)
                PARTS[name](url, kind)
            if "pages" in chosen:
                pages.ready(
                    kind, _address(new_sqlite(Path(folder)) if kind == "SQLite" else new_postgresql(server))
                )


def _address(url: str) -> str:
    """As SQLAlchemy writes it."""
    return Settings.from_environment({**os.environ, "DATABASE_URL": url}).database_url


def prepare(url: str) -> None:
    """A fair called `bench`, open for everything, with 60 exhibitors on its public page."""
    bazaar(url, "db", "upgrade")
    bazaar(
        url, "fair", "new", "bench", "--name", "Bench", "--date", "2027-04-21", "--owner", "ada@example.org"
    )
    with app_on(url).app_context():
        fill_public_page()


if __name__ == "__main__":
    main()
