"""The migrations make exactly the tables that the models describe, and can be taken back."""

from collections.abc import Callable, Iterator

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bazaar import schema
from bazaar.app import create_app
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
    schema.tools().upgrade()
    schema.tools().check()


def test_migrations_can_be_taken_back(empty_database: None) -> None:
    schema.tools().upgrade()
    schema.tools().downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]


def test_a_changed_table_loses_no_rows_that_point_at_it(empty_database: None) -> None:
    schema.tools().upgrade()
    bolt = make.exhibitor(make.fair())
    make.vacancy(bolt)
    make.booth(bolt, 1)
    db.session.commit()
    db.session.remove()
    schema.tools().downgrade(revision="0001")
    schema.tools().upgrade()
    for kept in (Vacancy, BoothBooking):
        assert db.session.scalar(db.select(db.func.count()).select_from(kept))


def test_the_newest_revision_is_the_head_of_the_migrations() -> None:
    assert schema.newest() == ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()
