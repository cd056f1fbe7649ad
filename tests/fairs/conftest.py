"""Ada's fair, and Ada's browser."""

import pytest

from tests import make


@pytest.fixture
def fair():
    return make.fair()


@pytest.fixture
def ada(fair):
    return make.organiser(fair)


@pytest.fixture
def browser(client, ada):
    """Ada is signed in here."""
    make.sign_in(client, ada)
    return client
