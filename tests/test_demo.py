"""The demo fair: the same for the same seed, in a database of its own, and never across midnight."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from bazaar.config import Settings
from bazaar.db import Base
from tests.live import Live

NOON = datetime(2026, 4, 21, 10, tzinfo=UTC)


def rows_of(url: str) -> dict[str, list[tuple[str, ...]]]:
    engine = create_engine(Settings.from_environment({"DATABASE_URL": url}).database_url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_the_same_seed_makes_the_same_fair(new_database: Callable[[], str], tmp_path: Path) -> None:
    made = []
    for seed in ("7", "7", "8"):
        live = Live(new_database(), tmp_path, now=NOON)
        live.run("demo", "--no-serve", "--jobseekers", "30", "--employers", "12", "--seed", seed)
        rows = rows_of(live.database_url)
        rows = {
            name: rows[name]
            for name in ("organisation", "vacancy", "registration", "meeting", "scan", "badge")
        }
        without_seconds = str(rows).replace(", 1)", "")
        made.append(without_seconds)
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_the_demo_refuses_a_database_with_a_real_fair(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    live = Live(new_database(), tmp_path)
    live.run("db", "upgrade")
    live.run("fair", "new", "real", "--name", "Real", "--date", "2027-04-21", "--owner", "ada@example.org")
    assert "real fair" in live.run("demo", "--no-serve", "--fresh", status=2)


def test_a_demo_started_again_goes_on_with_the_same_fair(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    live = Live(new_database(), tmp_path, now=NOON)
    again = ("demo", "--no-serve", "--jobseekers", "5", "--employers", "4")
    live.run(*again)
    before = rows_of(live.database_url)["fair"]
    live.run(*again)
    assert rows_of(live.database_url)["fair"] == before


@pytest.mark.parametrize("hour", [1, 21])
def test_a_demo_that_would_cross_midnight_is_at_noon(
    hour: int, new_database: Callable[[], str], tmp_path: Path
) -> None:
    live = Live(new_database(), tmp_path, now=NOON.replace(hour=hour))
    live.run("demo", "--no-serve", "--jobseekers", "5", "--employers", "4")
    engine = create_engine(Settings.from_environment({"DATABASE_URL": live.database_url}).database_url)
    with engine.connect() as connection:
        opens = connection.execute(select(Base.metadata.tables["fair_day"].c.opens)).scalars().first()
    engine.dispose()
    assert str(opens).startswith("08:00")


def test_the_links_work_many_times(demo_site: Live) -> None:
    for role in ("organiser", "exhibitor", "jobseeker", "staff"):
        assert demo_site.link(role).startswith(f"{demo_site.url}/sign-in/link/")
