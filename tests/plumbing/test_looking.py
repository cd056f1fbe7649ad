"""Whoever sends a form looks first, and stands in SQLite's line from the first statement that writes or locks."""

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, func, select

from bazaar.db import begin_looking, db, locked, turn
from bazaar.fairs.models import Fair
from bazaar.people.models import Person
from tests import make


@pytest.fixture(autouse=True)
def only_sqlite(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no line")


def looking(work: Callable[[], object]) -> None:
    """As a request that sends a form."""

    def look() -> None:
        begin_looking()
        work()

    db.session.commit()
    contextvars.copy_context().run(look)
    db.session.rollback()


def in_line() -> bool:
    return "line" in db.session.connection().info


def test_who_is_asking_is_read_before_the_line(app: Flask, client: FlaskClient) -> None:
    """Somebody else writes all the while; a form that is not right is answered."""
    make.sign_in(client, make.person("Dora", "dora@example.org"))
    answers = []

    def press() -> None:
        with app.app_context():
            answers.append(client.post("/me/settings", data={"name": "", "language": "sv"}).status_code)

    db.session.commit()
    pressed = threading.Thread(target=press)
    with db.engine.begin():
        pressed.start()
        pressed.join(5)
        assert answers == [422]
    pressed.join()


def test_what_is_locked_is_read_anew_in_the_line(app: Flask) -> None:
    fair = make.fair()

    def look() -> None:
        assert fair.city == "Stockholm"
        assert not in_line()
        with db.engine.connect() as other:
            other.execute(db.update(Fair).values(city="Kiruna"))
            db.session.connection()  # still looking: the other one is not in its way
            other.commit()
        assert locked(Fair, fair.id).city == "Kiruna"
        assert in_line()

    looking(look)


@pytest.mark.parametrize("of", [select(Fair), select(Fair.id), select(Fair.__table__)])
def test_every_lock_stands_in_the_line(app: Flask, of: Select[Any]) -> None:
    def look() -> None:
        db.session.execute(of).all()
        assert not in_line()
        db.session.execute(of.with_for_update()).all()
        assert in_line()

    looking(look)


def test_a_write_stands_in_the_line_and_leaves_it(app: Flask) -> None:
    def write() -> None:
        db.session.scalar(select(func.count()).select_from(Person))
        db.session.add(Person(name="Dora", folded_name="dora"))
        db.session.flush()
        assert in_line()
        db.session.commit()
        assert not in_line()

    looking(write)
    assert db.session.scalars(select(Person.name)).all() == ["Dora"]


def test_a_savepoint_is_made_in_the_line(app: Flask) -> None:
    def try_once() -> None:
        db.session.scalar(select(Person.id))
        with db.session.begin_nested():
            db.session.scalar(select(Person.id))
        assert in_line()

    looking(try_once)


def test_those_who_write_together_stand_in_the_line_before_they_look(app: Flask) -> None:
    def take() -> None:
        with turn() as mine:
            mine.connection.execute(select(Person.id)).all()
            assert "line" not in mine.connection.info
            assert mine.take(lambda connection: "line" in connection.info)

    looking(take)
