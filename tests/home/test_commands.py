"""`bazaar sign-in-link`."""

import pytest
from click.testing import CliRunner

from bazaar.errors import NotFound, Refused
from bazaar.home.commands import sign_in_link
from tests import make


def run(*arguments: str) -> str:
    make.db.session.commit()
    result = CliRunner().invoke(sign_in_link, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_prints_one_line_that_signs_in_once(client):
    make.person("Dora", "dora@example.org")
    line = run("Dora@example.org")
    assert line.startswith("http://127.0.0.1:5000/sign-in/link/")
    assert line.count("\n") == 1
    link = line.strip().removeprefix("http://127.0.0.1:5000")
    assert client.get(link).status_code == 200
    assert client.post(link).location == "/me/"
    assert client.get("/me/settings").status_code == 200
    assert client.post(link).status_code == 410


def test_it_leads_to_where_the_person_belongs_at_the_fair(client):
    fair = make.fair()
    make.organiser(fair, "Ada", "viewer")
    place = make.exhibitor(fair)
    make.representative(place, "Bo")
    make.staff(fair, "Sam")
    make.jobseeker(fair, "Dora")
    make.jobseeker(fair, "Elias").status = "started"
    make.organiser(make.fair("autumn"), "Eve")
    ways = {
        "ada": "/organise/spring/",
        "bo": f"/exhibit/spring/{place.id}/",
        "sam": "/desk/spring/",
        "dora": "/me/spring/",
        "elias": "/f/spring/register",
        "eve": "/f/spring/",
    }
    for name, way in ways.items():
        link = run(f"{name}@example.org", "--fair", "spring").strip().removeprefix("http://127.0.0.1:5000")
        assert client.post(link).location == way
        assert client.get(way).status_code in (200, 303)  # the register goes on to its first step


def test_a_family_is_asked_who_it_is(client):
    make.person("Dora", "+46701740605")
    make.person("Elias", "+46701740605")
    link = run("+46701740605").strip()
    assert client.post(link.removeprefix("http://127.0.0.1:5000")).location.startswith("/sign-in/who")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["dora"], Refused),
        (["nobody@example.org"], NotFound),
        (["dora@example.org", "--fair", "autumn"], NotFound),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments, error):
    make.person("Dora", "dora@example.org")
    make.db.session.commit()
    with pytest.raises(error) as said:
        CliRunner().invoke(sign_in_link, arguments, catch_exceptions=False)
    assert str(said.value)
    assert "\n" not in str(said.value)
