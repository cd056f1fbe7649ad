"""Backup and restore, proved by restoring, from either database into either."""

import gzip
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from bazaar import schema
from bazaar.backup import write
from bazaar.config import Settings
from bazaar.db import Base, db, open_sqlite_well
from tests import make
from tests.databases import new_sqlite
from tests.live import Live


def everything(url: str) -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, as text, in a fixed order."""
    engine = create_engine(Settings.from_environment({"DATABASE_URL": url}).database_url)
    if engine.dialect.name == "sqlite":
        open_sqlite_well(engine)
    with engine.begin() as connection:
        found = {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


def some_rows() -> None:
    fair = make.fair()
    place = make.exhibitor(fair)
    make.representative(place)
    make.vacancy(place)
    dora = make.jobseeker(fair, "Dora")
    again = make.jobseeker(fair, "Dora Again")
    again.status, again.joined_to = "joined", dora.id
    fair.logo = b"\x89PNG"
    db.session.commit()


@pytest.mark.parametrize("kind", ["the same", "sqlite"])
def test_what_is_backed_up_is_there_after_restoring(
    kind: str, database_url: str, new_database: Callable[[], str], tmp_path: Path
) -> None:
    some_rows()
    file = tmp_path / "backup.gz"
    write(file, schema.newest())
    before = everything(database_url)
    there_url = new_database() if kind == "the same" else new_sqlite(tmp_path)
    there = Live(there_url, tmp_path)
    there.run("restore", str(file))
    assert everything(there_url) == before
    assert sum(map(len, before.values())) > 15


def test_a_backup_is_readable_by_its_owner_alone(new_database: Callable[[], str], tmp_path: Path) -> None:
    here = Live(new_database(), tmp_path)
    here.run("db", "upgrade")
    here.run("backup", str(tmp_path / "b.gz"))
    assert stat.S_IMODE((tmp_path / "b.gz").stat().st_mode) == 0o600


def test_a_file_cut_short_is_refused_and_nothing_is_stored(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    some_rows()
    file = tmp_path / "backup.gz"
    write(file, schema.newest())
    with gzip.open(file, "rt") as whole:
        lines = whole.read().splitlines()
    with gzip.open(file, "wt") as out:
        out.write("\n".join(lines[:-2]))
    there_url = new_database()
    there = Live(there_url, tmp_path)
    assert "cut short" in there.run("restore", str(file), status=2)
    rows = everything(there_url)
    assert not any(
        rows[name] for name in rows if not name.startswith("occupation")
    )  # the short list is there


def test_a_full_database_is_not_restored_into(new_database: Callable[[], str], tmp_path: Path) -> None:
    some_rows()
    write(tmp_path / "b.gz", schema.newest())
    here = Live(new_database(), tmp_path)
    here.run("restore", str(tmp_path / "b.gz"))
    assert "not empty" in here.run("restore", str(tmp_path / "b.gz"), status=2)


def test_something_else_is_no_backup(new_database: Callable[[], str], tmp_path: Path) -> None:
    other = tmp_path / "other.gz"
    for words in (json.dumps({"format": "other"}), "[]", "null", "no JSON"):
        with gzip.open(other, "wt") as out:
            out.write(words)
        there = Live(new_database(), tmp_path)
        assert "not a whole backup" in there.run("restore", str(other), status=2)


@pytest.mark.parametrize("place", [20, 400, -20])
def test_a_damaged_file_is_refused_in_one_line(
    place: int, new_database: Callable[[], str], tmp_path: Path
) -> None:
    some_rows()
    file = tmp_path / "backup.gz"
    write(file, schema.newest())
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(content)
    there_url = new_database()
    said = Live(there_url, tmp_path).run("restore", str(file), status=2)
    assert said.startswith(f"bazaar: {file}: ")
    assert said.count("\n") == 1
