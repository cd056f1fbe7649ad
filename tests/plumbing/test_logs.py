"""What goes wrong is written down; whom it was about is not."""

import logging

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from bazaar.people.models import Contact
from tests import make


def test_a_statement_that_fails_names_nobody_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    address = "dora.zetterlund@example.org"
    dora = make.person("Dora", address)
    with pytest.raises(IntegrityError) as broken:
        make.add(Contact(person_id=dora.id, kind="email", address=address))
    with app.test_request_context("/"), caplog.at_level(logging.ERROR):
        answer = app.make_response(app.handle_user_exception(broken.value))
    assert answer.status_code == 500
    assert "contact" in caplog.text
    assert address not in caplog.text
