"""Letters as people read them, and a way through the sign-in pages."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.db import db
from bazaar.messages.models import Letter


def letters() -> list[Letter]:
    return list(db.session.scalars(db.select(Letter).order_by(Letter.created_at)))


def code_in(letter: Letter) -> str:
    found = re.search(r"\b\d{6}\b", letter.words)
    assert found, letter.words
    return found[0]


def link_in(letter: Letter) -> str:
    found = re.search(r"http://127.0.0.1:5000(/sign-in/link/\S+)", letter.words)
    assert found, letter.words
    return found[1]


def ask(client: FlaskClient, address: str, **more: str):
    return client.post("/sign-in", data={"address": address, **more})


def enter(client: FlaskClient, code: str):
    return client.post("/sign-in/code", data={"code": code})


def reader(app: Flask) -> FlaskClient:
    """A browser that asks for English."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return reader(app)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock: later(minutes=11)."""

    def move(**by: float) -> None:
        shift = clock._shift() + timedelta(**by)
        monkeypatch.setattr(clock, "_shift", lambda: shift)

    return move
