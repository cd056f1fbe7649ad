"""A way through the registration, as a browser goes."""

import re

import pytest
from flask.testing import FlaskClient

from bazaar.db import db
from bazaar.jobseekers.models import Registration
from bazaar.messages.models import Letter
from bazaar.occupations.actions import load_short_list
from bazaar.people.models import Person
from tests import make


@pytest.fixture
def fair():
    load_short_list()
    return make.fair()


def last_code() -> str:
    letter = db.session.scalars(
        db.select(Letter).where(Letter.purpose == "code").order_by(Letter.id.desc())
    ).first()
    assert letter is not None
    found = re.search(r"\b\d{6}\b", letter.words)
    assert found, letter.words
    return found[0]


def letters(purpose: str) -> list[Letter]:
    return list(db.session.scalars(db.select(Letter).where(Letter.purpose == purpose)))


def registrations(**facts: object) -> list[Registration]:
    return list(db.session.scalars(db.select(Registration).filter_by(**facts).order_by(Registration.name)))


class Walk:
    """A browser on its way through the registration of one fair; it counts its requests and bytes."""

    def __init__(self, client: FlaskClient, slug: str) -> None:
        self.client, self.base = client, f"/f/{slug}/register"
        self.requests = self.bytes = 0

    def _count(self, answer):
        self.requests += 1
        self.bytes += len(answer.data)
        return answer

    def get(self, path: str = ""):
        return self._count(
            self.client.get(path if path.startswith("/") and path.startswith("/me") else self.base + path)
        )

    def post(self, path: str = "", **data: object):
        return self._count(self.client.post(self.base + path, data=data))

    def to_code(self, name: str = "Dora Ali", address: str = "dora@example.org"):
        assert self.post("", name=name).location.endswith("/register/address")
        return self.post("/address", address=address)

    def in_(self, name: str = "Dora Ali", address: str = "dora@example.org"):
        """Through name, address and code."""
        assert self.to_code(name, address).location.endswith("/register/code")
        return self.post("/code", code=last_code())

    def all(self, name: str = "Dora Ali", address: str = "dora@example.org"):
        self.in_(name, address)
        self.post("/work", fields=["health", "cleaning"])
        self.post("/swedish", swedish="sfi_c")
        return self.finish()

    def finish(self):
        page = self.get("/when").text
        day = re.search(r'name="day"[^>]*value="([^"]+)"', page) or re.search(
            r'value="([^"]+)"[^>]*name="day"', page
        )
        version = re.search(r'name="privacy_version"[^>]*value="(\d+)"', page)
        return self.post("/when", **({"day": day[1]} if day else {}), privacy_version=version[1])


@pytest.fixture
def walk(client, fair) -> Walk:
    client.set_cookie("lang", "en")
    return Walk(client, fair.slug)


def person_of(registration: Registration) -> Person:
    return db.session.get_one(Person, registration.person_id)
