"""The bare thing: Flask with hand-written SQL, one connection per thread, nothing that is not needed.

No forms, no sign-in, no rules: it answers what the same number of statements and commits cost on this machine.
"""

import fcntl
import os
import sqlite3
import threading
import uuid
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, Response, render_template_string, request

PAGE = (Path(__file__).parent / "limit_page.html").read_text()
TABLES = (
    "CREATE TABLE IF NOT EXISTS limit_row (id {uuid} PRIMARY KEY, who {uuid}, kind TEXT, at TEXT, words TEXT)",
    "CREATE INDEX IF NOT EXISTS limit_row_who ON limit_row (who, kind)",
)


class Database:
    """One open connection per thread, and a line for SQLite's writers, as Bazaar has."""

    def __init__(self, url: str) -> None:
        self.on_sqlite = url.startswith("sqlite")
        self.url = url.removeprefix("sqlite:///") if self.on_sqlite else url.replace("+psycopg", "")
        self.here = threading.local()
        self.thread = threading.Lock()
        self.line = Path(f"{self.url}.limit-line").open("w") if self.on_sqlite else None  # noqa: SIM115 - kept open

    def connection(self) -> Any:
        if not hasattr(self.here, "connection"):
            if self.on_sqlite:
                self.here.connection = sqlite3.connect(self.url, isolation_level=None)
                for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
                    self.here.connection.execute(f"PRAGMA {pragma}")
            else:
                self.here.connection = psycopg.connect(self.url, autocommit=True)
        return self.here.connection

    def read(self, sql: str, *values: Any) -> list[Any]:
        found: list[Any] = self.connection().execute(self._sql(sql), values).fetchall()
        return found

    def write(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """All statements in one transaction, on disk when this returns."""
        connection = self.connection()
        if self.line is None:
            with connection.transaction():
                for sql, values in statements:
                    connection.execute(self._sql(sql), values)
            return
        with self.thread:
            fcntl.flock(self.line, fcntl.LOCK_EX)
            try:
                connection.execute("BEGIN IMMEDIATE")
                for sql, values in statements:
                    connection.execute(sql, values)
                connection.execute("COMMIT")
            finally:
                fcntl.flock(self.line, fcntl.LOCK_UN)

    def _sql(self, sql: str) -> str:
        return sql if self.on_sqlite else sql.replace("?", "%s")


def create() -> Flask:
    app = Flask(__name__)
    database = Database(os.environ["DATABASE_URL"])
    kind = "TEXT" if database.on_sqlite else "UUID"
    tables = [(sql.format(uuid=kind), ()) for sql in TABLES]
    if not database.on_sqlite:  # two workers that start at once make them one after the other
        tables.insert(0, ("SELECT pg_advisory_xact_lock(1)", ()))
    database.write(*tables)

    @app.get("/healthz")
    def healthz() -> str:
        database.read("SELECT 1")
        return "ok"

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/page")
    def page() -> str:
        """A template page with as many rows as a fair's public page shows."""
        names = [(f"Employer {number}", number) for number in range(20)]
        return render_template_string(PAGE, names=names)

    @app.get("/rows")
    def rows() -> str:
        """Fifty rows of a list, by key."""
        found = database.read("SELECT id, name FROM registration ORDER BY id LIMIT 50")
        return render_template_string(
            "{% for id, name in rows %}<p>{{ id }} {{ name }}</p>{% endfor %}", rows=found
        )

    @app.post("/write")
    def write() -> Response:
        """One row, on disk before the answer: what a registration's page or a booking is at the least."""
        row = (str(uuid.uuid4()), str(uuid.uuid4()), "page", "now", request.form.get("words", ""))
        database.write(("INSERT INTO limit_row VALUES (?, ?, ?, ?, ?)", row))
        return Response(status=303, headers={"Location": "/page"})

    @app.post("/scan")
    def scan() -> dict[str, str]:
        """One scan: read JSON, one INSERT, on disk before the answer."""
        said = request.get_json()
        item = said["scans"][0]
        row = (item["id"], str(uuid.uuid4()), item["kind"], item["at"], item["code"])
        database.write(("INSERT INTO limit_row VALUES (?, ?, ?, ?, ?)", row))
        return {"id": item["id"], "status": "recorded"}

    return app
