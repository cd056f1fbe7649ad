"""One's own profile: every section can be filled in, changed and emptied, and others cannot open it."""

import pytest

from bazaar.db import db
from bazaar.jobseekers import actions, queries
from bazaar.jobseekers.models import AccessNeed, Registration
from bazaar.jobseekers.rules import MOST_WORK
from bazaar.occupations.models import Name
from bazaar.words import fold
from tests import make
from tests.jobseekers.conftest import person_of


@pytest.fixture
def dora(fair, client) -> Registration:
    registration = make.jobseeker(fair, "Dora")
    client.set_cookie("lang", "en")
    make.sign_in(client, person_of(registration))
    return registration


def put(client, fair, section, **data):
    return client.post(f"/me/{fair.slug}/profile/{section}", data=data)


ANSWERS = {
    "name": ({"name": "Dora Aly"}, "Dora Aly"),
    "swedish": ({"swedish": "b1"}, "B1: I can talk about work and read simple texts"),
    "languages": ({"tag_0": "ar", "level_0": "native", "tag_1": "tr", "level_1": "basic"}, "Arabic: My own language"),
    "experience": (
        {"experience": "3_to_10", "education_level": "university", "education_country": "SY", "recognition": "applied"},
        "University, Syria",
    ),
    "licences": ({"licences": ["B", "forklift"]}, "B: car"),
    "places": ({"places": "Botkyrka, Huddinge", "add": "Uppsala län", "would_move": "y"}, "Uppsala län"),
    "about": ({"about": "I  cook.\n\n\n\nI clean."}, "I cook."),
    "findable": ({"findable": "y"}, "Yes"),
    "needs": ({"interpreter": "ti", "step_free": "y", "half_day": "morning", "leaves_by": "14:30"}, "Must leave by 14:30"),
    "language": ({"language": "sv"}, "Swedish"),
}  # fmt: skip


@pytest.mark.parametrize("section", ANSWERS)
def test_a_section_is_filled_in_shown_and_asked_again(client, fair, dora, section):
    data, words = ANSWERS[section]
    assert client.get(f"/me/{fair.slug}/profile/{section}").status_code == 200
    answer = put(client, fair, section, **data)
    assert answer.status_code == 303
    client.set_cookie("lang", "en")
    assert words in client.get(f"/me/{fair.slug}/profile").text
    again = client.get(f"/me/{fair.slug}/profile/{section}").text
    assert again.count("checked") + again.count("selected") + again.count("value=") > 0


BAD = {
    "name": ({"name": "811228-9874"}, "personal number"),
    "swedish": ({"swedish": "fluent"}, "valid choice"),
    "languages": ({"tag_0": "ar", "level_0": ""}, "Say how well"),
    "experience": ({"experience": "lots"}, "valid choice"),
    "licences": ({"licences": ["X"]}, "valid choice"),
    "places": ({"places": "\n".join(f"Place {n}" for n in range(20))}, "at most 12"),
    "about": ({"about": "Call 811228-9874"}, "personal number"),
    "needs": ({"leaves_by": "25:00"}, "valid time"),
    "day": ({}, "Choose a day."),
    "language": ({"language": "xx"}, "valid choice"),
}


@pytest.mark.parametrize("section", BAD)
def test_a_bad_answer_is_told_beside_the_field(client, fair, dora, section):
    data, words = BAD[section]
    answer = put(client, fair, section, **data)
    assert answer.status_code == 422
    assert words in answer.text


def test_the_day_can_be_changed(client, fair, dora):
    second = make.days(fair)[1]
    assert put(client, fair, "day", day=str(second.id)).status_code == 303
    assert db.session.get_one(Registration, dora.id).arrival_day_id == second.id


def test_work_goes_from_field_to_group_to_name(client, fair, dora):
    db.session.add(Name(group_code="5330", name_sv="Vårdbiträde", folded=fold("Vårdbiträde")))
    url = f"/me/{fair.slug}/profile/work"
    client.post(f"{url}/add", data={"code": "health"})
    assert "Care assistants" in client.get(f"{url}?field=health").text
    client.post(f"{url}/add", data={"code": "5330"})
    assert [work.words for work in queries.wanted_work(dora)] == ["Care assistants"]
    assert "Vårdbiträde" in client.get(f"{url}?q=vardb").text
    assert "<html" not in client.get(f"{url}?q=vardb&part=1").text
    client.post(f"{url}/add", data={"code": "5330", "words": "Vårdbiträde"})
    [work] = queries.wanted_work(dora)
    assert work.words == "Vårdbiträde"
    client.post(f"{url}/remove", data={"work": str(work.id)})
    assert queries.wanted_work(dora) == []
    assert client.post(f"{url}/add", data={"code": "nothing"}).status_code == 404
    assert client.post(f"{url}/remove", data={"work": "x"}).status_code == 404


def test_too_much_work_is_refused_in_words(client, fair, dora):
    codes = db.session.scalars(db.select(make.Group.code).limit(MOST_WORK + 1)).all()
    answers = [client.post(f"/me/{fair.slug}/profile/work/add", data={"code": code}) for code in codes]
    assert [answer.status_code for answer in answers] == [303] * MOST_WORK + [409]


def test_needs_are_a_row_of_their_own_and_go_when_there_are_none(client, fair, dora):
    put(client, fair, "needs", step_free="y")
    assert queries.needs_of(dora).step_free
    put(client, fair, "needs", interpreter="")
    assert db.session.scalars(db.select(AccessNeed)).all() == []


def test_a_protected_name_is_not_findable(client, fair, dora):
    ada = make.organiser(fair)
    actions.protect(dora, "Vega", ada.id)
    put(client, fair, "findable", findable="y")
    again = db.session.get_one(Registration, dora.id)
    assert not again.findable
    assert (again.shown_name, again.folded_name) == ("Vega", "vega")


def test_nobody_else_opens_it(client, fair, dora):
    for someone in (make.person("Elias"), make.organiser(fair), make.staff(fair)):
        make.sign_in(client, someone)
        assert client.get(f"/me/{fair.slug}/profile").status_code == 404
        assert put(client, fair, "about", about="x").status_code == 404
    make.sign_out(client)
    assert client.get(f"/me/{fair.slug}/profile").status_code == 303


def test_an_unknown_section_is_not_here(client, fair, dora):
    assert client.get(f"/me/{fair.slug}/profile/criminal-record").status_code == 404


def test_who_was_registered_from_a_list_reads_about_their_data(client, fair, dora):
    dora.privacy_version = None
    assert "Somebody registered you from a list" in client.get(f"/me/{fair.slug}/profile").text
    client.post(f"/me/{fair.slug}/read")
    again = db.session.get_one(Registration, dora.id)
    assert (again.privacy_version, again.privacy_language) == (1, "en")
    assert "from a list" not in client.get(f"/me/{fair.slug}/profile").text
