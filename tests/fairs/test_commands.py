"""How a server gets its first organiser and its first fair, by command."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bazaar.db import db
from bazaar.errors import NotFound, Refused
from bazaar.fairs.commands import fair as fair_command
from bazaar.fairs.commands import organiser as organiser_command
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, organisers_of, role_at
from bazaar.people.models import Person
from bazaar.people.queries import people_at
from tests import make

NEW = ("new", "spring", "--name", "Spring", "--date", "2027-04-21")


def run(command, *words: str) -> str:
    """What the command printed; what it refuses is raised."""
    result = CliRunner().invoke(command, words, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.output


def the_fair() -> Fair:
    return db.session.scalars(select(Fair).where(Fair.slug == "spring")).one()


def test_an_organiser_is_added_and_may_make_fairs(client):
    run(organiser_command, "add", "Ada@Example.org", "--name", "Ada")
    (ada,) = people_at("ada@example.org")
    assert (ada.name, ada.may_organise) == ("Ada", True)
    make.sign_in(client, ada)
    assert client.get("/organise/new").status_code == 200


def test_adding_somebody_again_makes_nobody_new():
    for _ in range(2):
        run(organiser_command, "add", "ada@example.org", "--name", "Ada")
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_a_fair_belongs_to_who_was_first_let_to_make_fairs():
    run(organiser_command, "add", "ada@example.org", "--name", "Ada")
    run(organiser_command, "add", "berit@example.org", "--name", "Berit")
    assert "2027-04-21" in run(fair_command, *NEW)
    assert [part.person.name for part in organisers_of(the_fair().id)] == ["Ada"]
    assert the_fair().published


def test_a_fair_made_before_any_organiser_becomes_the_first_ones():
    run(fair_command, *NEW)
    assert not organisers_of(the_fair().id)
    run(organiser_command, "add", "ada@example.org", "--name", "Ada")
    assert [part.role for part in organisers_of(the_fair().id)] == ["owner"]


def test_an_owner_is_made_where_new_and_may_make_fairs():
    run(fair_command, *NEW, "--owner", "new.owner@example.org")
    (owner,) = people_at("new.owner@example.org")
    assert (owner.name, owner.may_organise, role_at(owner, the_fair().id)) == ("new.owner", True, "owner")


def test_an_owner_who_is_known_is_not_made_again():
    ada = make.person("Ada", "ada@example.org")
    run(fair_command, *NEW, "--owner", "ADA@example.org")
    assert role_at(ada, the_fair().id) == "owner"


def test_days_zone_and_hidden():
    run(fair_command, *NEW, "--days", "3", "--zone", "Europe/Helsinki", "--hidden")
    assert (len(days_of(the_fair().id)), the_fair().zone, the_fair().published) == (
        3,
        "Europe/Helsinki",
        False,
    )


def test_a_fair_whose_owners_are_gone_gets_another():
    run(fair_command, *NEW)
    run(fair_command, "owner", "spring", "berit@example.org")
    assert [part.person.name for part in organisers_of(the_fair().id)] == ["berit"]
    with pytest.raises(NotFound):
        run(fair_command, "owner", "autumn", "berit@example.org")


def test_a_viewer_can_be_made_owner():
    run(fair_command, *NEW)
    vera = make.organiser(the_fair(), "Vera", "viewer")
    run(fair_command, "owner", "spring", "vera@example.org")
    assert role_at(vera, the_fair().id) == "owner"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "Vår", "--name", "X", "--date", "2027-04-21"), "Vår"),
        (("new", "new", "--name", "X", "--date", "2027-04-21"), "taken"),
        (("new", "x1", "--name", " ", "--date", "2027-04-21"), "--name"),
        (("new", "x1", "--name", "X", "--date", "21 april"), "--date"),
        (("new", "x1", "--name", "X", "--date", "2027-02-30"), "--date"),
        (("new", "x1", "--name", "X", "--date", "0001-01-01"), "--date"),
        ((*NEW, "--days", "0"), "--days"),
        ((*NEW, "--days", "15"), "--days"),
        ((*NEW, "--zone", "Mars"), "--zone"),
        ((*NEW, "--owner", "ada"), "ada"),
    ],
)
def test_bad_input_is_told_in_one_line_and_nothing_is_made(words, told):
    with pytest.raises(Refused, match=told) as refused:
        run(fair_command, *words)
    assert "\n" not in refused.value.reason
    db.session.rollback()
    assert not db.session.scalars(select(Fair)).all()


def test_a_slug_is_taken_once():
    run(fair_command, *NEW)
    with pytest.raises(Refused, match="taken"):
        run(fair_command, *NEW)


def test_no_address_no_organiser():
    with pytest.raises(Refused, match="not an e-mail"):
        run(organiser_command, "add", "070 174 06 05", "--name", "Ada")


@pytest.mark.parametrize("day", ["20270421", "2027-W16-3", "2027-4-21", "2027-04-31", "1999-01-01"])
def test_a_date_is_written_in_one_way_alone(day):
    with pytest.raises(Refused, match=f"--date: .*{day}"):
        run(fair_command, "new", "spring", "--name", "Spring", "--date", day)


def test_a_name_is_one_line_without_what_nobody_sees():
    run(fair_command, "new", "spring", "--name", " Spring\r\nfair\x07 \x1b[31m\udcff", "--date", "2027-04-21")
    assert the_fair().name == "Spring fair [31m"
    assert run(organiser_command, "add", "ada@example.org", "--name", "Ada\nB").splitlines() == [
        "Ada B may make fairs"
    ]
    with pytest.raises(Refused, match="--name"):
        run(organiser_command, "add", "eve@example.org", "--name", "\x07")
