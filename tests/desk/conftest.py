"""Sam works at the desk of a fair with Bolt AB; Dora is registered."""

import pytest

from bazaar.db import db
from bazaar.occupations.actions import load_short_list
from bazaar.people.models import Person
from tests import make


@pytest.fixture
def fair():
    load_short_list()
    return make.fair()


@pytest.fixture
def sam(fair, client) -> Person:
    client.set_cookie("lang", "en")
    sam = make.staff(fair)
    make.sign_in(client, sam)
    return sam


def person_of(registration) -> Person:
    return db.session.get_one(Person, registration.person_id)
