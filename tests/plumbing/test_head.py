"""Link checkers and mail scanners ask with HEAD: it may do no more than GET."""

from bazaar.people import queries
from tests import make


def test_head_is_answered_as_get_without_a_body(client):
    seen, asked = client.get("/sign-in"), client.head("/sign-in")
    assert (asked.status_code, asked.data) == (200, b"")
    assert asked.headers["Content-Type"] == seen.headers["Content-Type"]
    assert client.head("/nowhere").status_code == 404


def test_head_takes_no_view_for_its_post(client):
    """A page whose one view answers both ways acts on POST alone."""
    dora = make.person("Dora")
    make.sign_in(client, dora)
    for page in ("/me/erase", "/me/settings"):
        assert client.head(page).status_code == client.get(page).status_code
    assert queries.people_at("dora@example.org")
