"""The migrations make exactly the tables that the models describe, and can be taken back."""

from collections.abc import Callable, Iterator

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect

from bazaar.app import MIGRATIONS, create_app
from bazaar.config import Settings
from bazaar.db import db


@pytest.fixture
def empty_database(new_database: Callable[[], str]) -> Iterator[None]:
    with create_app(Settings.from_environment({"DATABASE_URL": new_database()})).app_context():
        yield
        db.engine.dispose()


def test_migrations_lead_to_the_models(empty_database: None) -> None:
    upgrade(str(MIGRATIONS))
    check(str(MIGRATIONS))


def test_migrations_can_be_taken_back(empty_database: None) -> None:
    upgrade(str(MIGRATIONS))
    downgrade(str(MIGRATIONS), revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
