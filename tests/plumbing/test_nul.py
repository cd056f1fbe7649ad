"""A NUL in an address or a form is answered like any other nonsense, on every database."""

from tests import make


def test_a_nul_finds_nothing_and_is_not_stored(client):
    make.fair()
    make.sign_in(client, make.person("Bo"))
    assert client.get("/f/a%00b/exhibit").status_code == 404
    assert client.get("/f/spring/exhibit?organisation=%00").status_code == 400
    assert client.post("/f/spring/exhibit", data={"name": "A\x00B"}).status_code == 400
