"""The `bazaar` command as whoever scripts against it meets it: exit status, one line, and where."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bazaar.config import Settings
from tests.live import Live

MADE_FAIR = (
    "fair",
    "new",
    "spring",
    "--name",
    "Spring",
    "--date",
    "2027-04-21",
    "--owner",
    "ada@example.org",
)


@pytest.fixture
def here(new_database: Callable[[], str], tmp_path: Path) -> Live:
    return Live(new_database(), tmp_path)


def make_old(live: Live) -> None:
    """As a database that an earlier version left: tables, and a revision that is not the newest."""
    engine = create_engine(Settings.from_environment({"DATABASE_URL": live.database_url}).database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()


def tables(live: Live) -> list[str]:
    engine = create_engine(Settings.from_environment({"DATABASE_URL": live.database_url}).database_url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


@pytest.mark.parametrize("command", ["report", "purge", "frobnicate"])
def test_what_is_not_built_is_an_unknown_command(command: str, here: Live) -> None:
    assert f"No such command '{command}'" in here.run(command, status=2)


@pytest.mark.parametrize(("command", "follow"), [((), "backup"), (("db",), "upgrade")])
def test_an_unfinished_command_names_what_may_follow_in_one_line(
    command: tuple[str, ...], follow: str, here: Live
) -> None:
    said = here.run(*command, status=2)
    assert follow in said
    assert said.count("\n") == 1
    assert len(said) < 200


@pytest.mark.parametrize(
    "command",
    [
        ("send",),
        ("organiser", "add", "a@b.se", "--name", "A"),
        ("backup", "b.gz"),
        ("restore", "b.gz"),
        ("serve",),
    ],
)
def test_an_old_schema_is_refused_in_one_line(command: tuple[str, ...], here: Live, tmp_path: Path) -> None:
    here.run("db", "upgrade")
    here.run("backup", "b.gz")
    make_old(here)
    said = here.run(*command, status=2)
    assert "bazaar db upgrade" in said
    assert said.count("\n") == 1


def test_help_is_given_whatever_the_schema(here: Live) -> None:
    assert "--date" in here.run("fair", "new", "--help")
    assert not tables(here)


def test_the_demo_brings_its_own_old_schema_up_but_touches_no_real_fair(here: Live) -> None:
    here.run("db", "upgrade")
    here.run(*MADE_FAIR)
    make_old(here)
    assert "real fair" in here.run("demo", "--no-serve", status=2)


def test_a_schema_from_the_future_is_refused(here: Live) -> None:
    here.run("db", "upgrade")
    engine = create_engine(Settings.from_environment({"DATABASE_URL": here.database_url}).database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert "9999" in here.run("db", "upgrade", status=2)


def test_a_database_that_does_not_answer_is_one_line_without_the_password(tmp_path: Path) -> None:
    said = Live("postgresql://u:secret@127.0.0.1:1/none", tmp_path).run("send", status=2)
    assert said.startswith("bazaar: DATABASE_URL: ")
    assert said.count("\n") == 1
    assert "secret" not in said


@pytest.mark.parametrize("folder", ["junk", "junk/below"])
def test_a_file_that_is_no_database_is_one_line(folder: str, tmp_path: Path) -> None:
    (tmp_path / "junk").write_text("this is no database, but long enough to look like something else")
    said = Live(f"sqlite:///{tmp_path}/{folder}", tmp_path).run("send", status=2)
    assert said.startswith("bazaar: DATABASE_URL: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("url", ["postgresql://host:many/x", "mysql://host/x", ""])
def test_an_address_that_is_none_of_a_database_is_named(url: str, tmp_path: Path) -> None:
    assert Live(url, tmp_path).run("send", status=2).startswith("bazaar: DATABASE_URL: ")


@pytest.mark.parametrize(
    "command", [("send",), MADE_FAIR, ("backup", "b.gz"), ("restore", "none.gz"), ("restore", "words.gz")]
)
def test_a_mistyped_path_makes_no_empty_database(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "words.gz").write_text("no backup")
    said = Live(f"sqlite:///{tmp_path}/below/typo.db", tmp_path).run(*command, status=2)
    assert said.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["words.gz"]


def test_a_backup_is_restored_into_a_path_where_nothing_is_yet(tmp_path: Path) -> None:
    here = Live(f"sqlite:///{tmp_path}/here/bazaar.db", tmp_path)
    here.run("db", "upgrade")
    here.run(*MADE_FAIR)
    here.run("backup", "b.gz")
    there = Live(f"sqlite:///{tmp_path}/there/bazaar.db", tmp_path)
    assert "rows from b.gz" in there.run("restore", "b.gz")
    assert "taken" in there.run(*MADE_FAIR, status=2)
