"""Writes that come at the same time share a transaction, and nothing else."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from bazaar.db import db, turn
from bazaar.jobseekers.models import Registration
from bazaar.line import Together
from tests import make


def all_at_once(together: Together, *works: Callable[[Connection], Any]) -> list[Any]:
    """Each in a thread of its own; they all wait while somebody else writes. Gives answers or errors."""
    said: list[Any] = [None] * len(works)

    def do(number: int) -> None:
        try:
            said[number] = together.do(works[number])
        except ValueError as error:
            said[number] = error

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(works))]
    first, *others = threads
    with db.engine.begin():  # the first of them leads, and waits in line until the others have come
        first.start()
        for thread in others:
            thread.start()
        while len(together._waiting) < len(works):
            threading.Event().wait(0.005)
    for thread in threads:
        thread.join(10)
    return said


@pytest.fixture
def together(app: Flask) -> Together:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no line")
    return Together(db.engine)


def test_one_that_fails_leaves_the_others_written(together: Together) -> None:
    the_fair = make.fair()
    key = the_fair.id.hex
    db.session.commit()

    def rename(words: str) -> Callable[[Connection], str]:
        def work(connection: Connection) -> str:
            given = {"words": words, "id": key}
            connection.execute(text("UPDATE fair SET city = city || :words WHERE id = :id"), given)
            if words == "!":
                raise ValueError(words)
            return words

        return work

    said = all_at_once(together, rename("a"), rename("!"), rename("b"))
    assert said[0] == "a"
    assert isinstance(said[1], ValueError)
    assert said[2] == "b"
    db.session.rollback()
    db.session.refresh(the_fair)
    assert sorted(the_fair.city.removeprefix("Stockholm")) == ["a", "b"]


def test_they_share_one_commit(together: Together, written: list[bool]) -> None:
    db.session.commit()
    written.clear()
    work = lambda connection: connection.execute(text("SELECT 1")).scalar_one()  # noqa: E731
    assert all_at_once(together, *[work] * 5) == [1] * 5
    assert len(written) == 2  # whoever held the line, and the five


def test_who_stands_in_the_line_cannot_stand_in_it_again(together: Together) -> None:
    db.session.scalar(db.select(Registration.id).limit(1))
    with turn() as mine, pytest.raises(AssertionError):
        mine.take(lambda _connection: None)
