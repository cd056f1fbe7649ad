"""At the desk: a whole registration in one screen, people found by code, by name for supervisors alone."""

import pytest

from bazaar.db import db
from bazaar.jobseekers import actions as jobseekers
from bazaar.jobseekers import queries
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.rules import shown_code
from bazaar.messages.models import Letter
from bazaar.people.models import Contact
from tests import make


def walk_in(client, fair, **data):
    day = str(make.days(fair)[0].id)
    known = {"name": "Dora Ali", "address": "", "language": "ar", "swedish": "sfi_b", "day": day, "told": "y"}
    return client.post(f"/desk/{fair.slug}/walk-in", data={**known, **data})


def registrations() -> list[Registration]:
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


def test_one_screen_gives_the_badge_at_once(client, fair, sam):
    assert client.get(f"/desk/{fair.slug}/walk-in").status_code == 200
    answer = walk_in(client, fair, fields=["health", "cleaning"], address="0701740605")
    assert answer.status_code == 303
    [dora] = registrations()
    assert (dora.status, dora.source, dora.swedish, dora.privacy_version) == (
        "registered",
        "desk",
        "sfi_b",
        1,
    )
    assert len(queries.wanted_work(dora)) == 2
    page = client.get(answer.location).text
    assert shown_code(queries.badge_of(dora)) in page
    assert "not yet" in page
    pdf = client.get(f"{answer.location}/badge.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert client.get(f"{answer.location}/badge.pdf?layout=a6").data.startswith(b"%PDF")
    assert client.get(f"{answer.location}/badge.pdf?layout=poster").status_code == 404


def test_nobody_needs_an_address(client, fair, sam):
    walk_in(client, fair)
    assert [registration.undecided for registration in registrations()] == [True]
    assert db.session.scalars(db.select(Letter)).all() == []


@pytest.mark.parametrize(
    ("data", "words"),
    [({"name": ""}, "Write your name"), ({"name": "811228-9874 Dora"}, "personal number"),
     ({"address": "12"}, "not a phone number"), ({"told": ""}, "Tell them first"),
     ({"fields": ["wizard"]}, "wizard")],
)  # fmt: skip
def test_what_is_wrong_is_told_and_the_rest_is_kept(client, fair, sam, data, words):
    answer = walk_in(client, fair, **data)
    assert answer.status_code == 422
    assert registrations() == []
    assert words in answer.text
    assert "SFI course B" in answer.text


def test_somebody_alike_is_shown_before_registering_twice(client, fair, sam):
    walk_in(client, fair, address="dora@example.org")
    for data in ({}, {"name": "Ali Dora", "address": "dora@example.org"}, {"address": "dora@example.org"}):
        answer = walk_in(client, fair, **data)
        assert answer.status_code == 422
        assert "Perhaps they are registered already" in answer.text
    assert len(registrations()) == 1
    assert walk_in(client, fair, anyway="yes").status_code == 303
    assert len(registrations()) == 2
    assert walk_in(client, fair, name="Elias Ali", address="dora@example.org").status_code == 303
    assert (
        db.session.scalar(db.select(db.func.count(Contact.id)).where(Contact.address == "dora@example.org"))
        == 2
    )


def test_a_code_finds_the_person(client, fair, sam):
    dora = make.jobseeker(fair, "Dora")
    code = make.badge_code(dora)
    for typed in (code, shown_code(code).lower(), f"HTTP://127.0.0.1:5000/B/{code}"):
        answer = client.post(f"/desk/{fair.slug}/", data={"text": typed})
        assert answer.location == f"/desk/{fair.slug}/person/{dora.id}"
    other = make.jobseeker(make.fair("other"), "Eve")
    assert "Nobody found" in client.post(f"/desk/{fair.slug}/", data={"text": make.badge_code(other)}).text


def test_only_supervisors_search_by_name(client, fair, sam):
    dora = make.jobseeker(fair, "Dora")
    assert "Nobody found" in client.post(f"/desk/{fair.slug}/", data={"text": "dora"}).text
    make.sign_in(client, make.staff(fair, "Siv", supervisor=True))
    page = client.post(f"/desk/{fair.slug}/", data={"text": "dora"})
    assert f"/person/{dora.id}" in page.text


def test_a_lost_badge_gets_a_new_code_and_the_old_one_is_known(client, fair, sam):
    dora = make.jobseeker(fair, "Dora")
    old = make.badge_code(dora)
    client.post(f"/desk/{fair.slug}/person/{dora.id}/new-badge")
    assert make.badge_code(dora) != old
    assert client.post(f"/desk/{fair.slug}/", data={"text": old}).location.endswith(str(dora.id))


def test_a_protected_name_is_not_seen_at_the_desk(client, fair, sam):
    dora = make.jobseeker(fair, "Dora")
    jobseekers.protect(dora, "Vega", sam.id)
    page = client.get(f"/desk/{fair.slug}/person/{dora.id}").text
    assert "Vega" in page
    assert "Dora" not in page


def test_the_desk_is_for_its_own_staff(client, fair, sam):
    dora = make.jobseeker(fair, "Dora")
    pages = ["", "walk-in", "twice", f"person/{dora.id}", f"same/{dora.id}/{dora.id}"]
    eve = make.staff(make.fair("other"), "Eve")
    for someone in (eve, make.person("Elias"), make.representative(make.exhibitor(fair))):
        make.sign_in(client, someone)
        for page in pages:
            assert client.get(f"/desk/{fair.slug}/{page}").status_code == 404
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    assert client.get(f"/desk/{fair.slug}/").status_code == 403
    make.sign_out(client)
    assert client.get(f"/desk/{fair.slug}/").status_code == 303
