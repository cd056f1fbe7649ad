"""`bazaar backup` and `bazaar restore`: every row of every table, in one file that either database can read.

The file is gzip over lines of JSON: first {"format", "schema", "at"}, then one {"table", "row"} per row in the
order of foreign keys, last {"rows": N}, so that a file cut short is noticed.
"""

import base64
import datetime as dt
import gzip
import json
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Column, Table, func, insert, select, update
from sqlalchemy.engine import Connection

from bazaar import clock, files, schema
from bazaar.db import Base, begin_reading, begin_writing, db
from bazaar.errors import Refused
from bazaar.terminal import counted

FORMAT = "bazaar-backup/1"
AT_ONCE = 500


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything to FILE, readable by you alone."""
    begin_reading()
    try:
        rows = write(file, schema.newest())
    finally:
        begin_writing()
    click.echo(f"{rows} rows in {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Read FILE into an empty database: all of it or nothing."""
    try:
        next(_lines(file, schema.newest()), None)  # a file of another kind makes no schema either
        schema.make_ready()
        with db.engine.begin() as connection:
            if not _is_empty(connection):
                raise Refused("the database is not empty: restore only into a new one")
            rows = read(connection, file, schema.newest())
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{file}: not a whole backup of this version ({error})") from error
    click.echo(f"{rows} rows from {file}")


def write(file: Path, revision: str) -> int:
    """Write all rows as of one moment; answers how many."""
    count = 0
    with files.whole(file, secret=True) as raw, gzip.open(raw, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"format": FORMAT, "schema": revision, "at": clock.rfc3339(clock.now())}) + "\n")
        with db.engine.connect().execution_options(isolation_level=_one_moment()) as connection:
            for table in Base.metadata.sorted_tables:
                rows = connection.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings()
                for row in counted(rows, f"rows of {table.name}"):
                    said = {key: _to_json(value) for key, value in row.items()}
                    out.write(json.dumps({"table": table.name, "row": said}, ensure_ascii=False) + "\n")
                    count += 1
        out.write(json.dumps({"rows": count}) + "\n")
    return count


def read(connection: Connection, file: Path, revision: str) -> int:
    """Put all rows in place; ValueError says what is wrong with the file."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())  # what a new database brings along, such as the short list of work
    later: list[tuple[Table, dict[str, Any]]] = []
    count = 0
    batch: list[dict[str, Any]] = []
    batch_table: Table | None = None
    for said in counted(_lines(file, revision), "rows"):
        table = tables[said["table"]]
        row = {column.name: _from_json(column, said["row"][column.name]) for column in table.columns}
        later += _pointing_to_own_table(table, row)
        if batch and (table is not batch_table or len(batch) >= AT_ONCE):
            connection.execute(insert(table if batch_table is None else batch_table), batch)
            batch = []
        batch_table = table
        batch.append(row)
        count += 1
    if batch and batch_table is not None:
        connection.execute(insert(batch_table), batch)
    for table, row in later:
        connection.execute(update(table).where(table.c.id == row.pop("id")).values(**row))
    return count


def _lines(file: Path, revision: str) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        head = json.loads(next(lines, "{}"))
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise ValueError("not a Bazaar backup")
        if head.get("schema") != revision:
            raise ValueError(f"made at schema {head.get('schema')}, this is {revision}")
        for seen, line in enumerate(lines):
            said = json.loads(line)
            if "rows" in said:
                if said["rows"] != seen:
                    raise ValueError("rows are missing")
                return
            yield said
        raise ValueError("cut short")


def _pointing_to_own_table(table: Table, row: dict[str, Any]) -> list[tuple[Table, dict[str, Any]]]:
    """A row that points to another of its own table gets that pointer when all are there."""
    own = [c.name for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
    kept = {name: row[name] for name in own if row[name] is not None}
    if not kept:
        return []
    row.update(dict.fromkeys(kept))
    return [(table, {"id": row["id"], **kept})]


def _one_moment() -> str:
    return "SERIALIZABLE" if db.engine.dialect.name == "sqlite" else "REPEATABLE READ"


def _is_empty(connection: Connection) -> bool:
    tables = Base.metadata.tables
    return not any(
        connection.scalar(select(func.count()).select_from(tables[name]))
        for name in ("person", "fair", "organisation", "letter", "journal_entry")
    )


def _to_json(value: Any) -> Any:
    match value:
        case dt.datetime():
            return value.isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
    return value


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = column.type.python_type
    if kind is bytes:
        return base64.b64decode(value)
    if kind is uuid.UUID:
        return uuid.UUID(value)
    if issubclass(kind, dt.datetime | dt.date | dt.time):
        return kind.fromisoformat(value)
    return value
