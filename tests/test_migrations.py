"""The migrations make exactly the tables that the models describe, and can be taken back."""

from collections.abc import Callable, Iterator

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect

from bazaar.app import MIGRATIONS, create_app
from bazaar.booths.models import BoothBooking
from bazaar.config import Settings
from bazaar.db import db
from bazaar.employers.models import Vacancy
from tests import make


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


def test_a_changed_table_loses_no_rows_that_point_at_it(empty_database: None) -> None:
    upgrade(str(MIGRATIONS))
    bolt = make.exhibitor(make.fair())
    make.vacancy(bolt)
    make.booth(bolt, 1)
    db.session.commit()
    db.session.remove()
    downgrade(str(MIGRATIONS), revision="0001")
    upgrade(str(MIGRATIONS))
    for kept in (Vacancy, BoothBooking):
        assert db.session.scalar(db.select(db.func.count()).select_from(kept))
