"""What cannot be seen or stored is answered like any other nonsense, on every database."""

from bazaar.db import db
from bazaar.fairs.models import Fair
from tests import make


def test_a_nul_finds_nothing_and_is_not_stored(client):
    make.fair()
    make.sign_in(client, make.person("Bo"))
    assert client.get("/f/a%00b/exhibit").status_code == 404
    assert client.get("/f/spring/exhibit?organisation=%00").status_code == 400
    assert client.post("/f/spring/exhibit", data={"name": "A\x00B"}).status_code == 400


def test_what_nobody_sees_is_not_stored(client):
    fair = make.fair()
    make.sign_in(client, make.organiser(fair))
    facts = {"name": "\u202eSpring\x1b\x07 fair", "venue": " \t ", "slug": "may", "first_day": "2027-05-04"}
    facts |= {"days": "1", "opens": "09:00", "closes": "17:00", "zone": "Europe/Stockholm"}
    assert client.post("/organise/new", data=facts).status_code == 303
    made = db.session.scalars(db.select(Fair).where(Fair.slug == "may")).one()
    assert (made.name, made.venue) == ("Spring fair", "")


def test_json_is_no_form(client):
    fair = make.fair()
    make.sign_in(client, make.organiser(fair))
    for sent in ([1], {"name": {"a": 1}}, "x", None):
        assert client.post("/organise/spring/halls", json=sent).status_code == 422


def test_a_form_of_millions_of_characters_is_refused_in_words(client):
    fair = make.fair()
    make.sign_in(client, make.organiser(fair))
    client.set_cookie("lang", "en")
    answer = client.post("/organise/spring/halls", data={"name": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "too large" in answer.text
    answer = client.post("/organise/spring/halls", data={"name": "x" * 1_000_000})
    assert answer.status_code == 422
    assert "x" * 1_000_000 in answer.text
