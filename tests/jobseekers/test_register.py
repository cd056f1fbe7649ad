"""Registering on a phone: one question a page, nothing typed is lost, the same person is registered once."""

import re
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.fairs.models import Phase
from bazaar.jobseekers import queries
from bazaar.jobseekers.models import Badge, WantedWork
from bazaar.journal.models import Entry
from bazaar.people.models import Contact, Person
from tests import make
from tests.jobseekers.conftest import Walk, last_code, letters, registrations


def test_a_whole_registration_in_few_requests_and_bytes(client, fair):
    """From choosing a language to the badge page."""
    walk = Walk(client, fair.slug)
    assert "Svenska" in walk.get().text
    assert "What is your name?" in walk.get("?lang=en").text
    assert walk.post("", name="Dora Ali").location.endswith("/address")
    assert "Question 2 of 5" in walk.get("/address").text
    assert walk.post("/address", address="070-174 06 05").location.endswith("/code")
    assert "070-174 06 05" in walk.get("/code").text
    assert walk.post("/code", code=last_code()).location.endswith("/work")
    assert "Question 3 of 5" in walk.get("/work").text
    assert walk.post("/work", fields=["health"]).location.endswith("/swedish")
    assert "SFI course C" in walk.get("/swedish").text
    assert walk.post("/swedish", swedish="sfi_c").location.endswith("/when")
    answer = walk.finish()
    assert answer.status_code == 303
    assert answer.location == f"/me/{fair.slug}/"
    walk.get(answer.location)
    assert walk.requests <= 14
    assert walk.bytes < 90_000  # before compression

    [registration] = registrations()
    assert (registration.status, registration.name, registration.swedish_by) == (
        "registered",
        "Dora Ali",
        "sfi",
    )
    assert (registration.privacy_version, registration.privacy_language) == (1, "en")
    assert registration.arrival_day_id is not None
    assert [work.words for work in queries.wanted_work(registration)] == ["Health care"]
    assert len(queries.badge_of(registration)) == 16
    [letter] = letters("welcome")
    assert (letter.channel, letter.address, letter.language) == ("sms", "+46701740605", "en")


def test_registering_writes_the_journal_without_names(walk, fair):
    walk.all()
    entries = list(db.session.scalars(db.select(Entry).where(Entry.fair_id == fair.id)))
    assert {entry.verb for entry in entries} >= {"start", "register"}
    assert "Dora" not in str([entry.facts for entry in entries])


def test_bad_answers_keep_what_was_typed(walk):
    answer = walk.post("", name="Dora 811228-9874")
    assert answer.status_code == 422
    assert "looks like a personal number" in answer.text
    assert "Dora 811228-9874" in answer.text
    assert walk.post("", name=" ").status_code == 422
    walk.post("", name="Dora")
    answer = walk.post("/address", address="dora@")
    assert answer.status_code == 422
    assert 'value="dora@"' in answer.text
    walk.post("/address", address="dora@example.org")
    assert walk.post("/code", code="12").status_code == 422
    assert "Dora" in walk.get().text
    assert "dora@example.org" in walk.get("/address").text
    walk.post("/code", code=last_code())
    answer = walk.post("/work")
    assert answer.status_code == 422
    assert "You have not chosen anything" in answer.text
    assert "Press at least one work" in answer.text
    assert walk.post("/work", fields=["nonsense"]).status_code == 422
    walk.post("/work", fields=["health"])
    assert walk.post("/swedish").status_code == 422
    walk.post("/swedish", swedish="none")
    assert walk.post("/when", privacy_version="1").status_code == 422


def test_not_knowing_yet_is_an_answer(walk):
    walk.in_()
    assert walk.post("/work", undecided="y").location.endswith("/swedish")
    [registration] = registrations()
    assert registration.undecided
    walk.post("/work", fields=["health"])
    db.session.refresh(registration)
    assert not registration.undecided


def test_back_keeps_answers_and_the_address_leads_to_the_open_question(walk, client, fair):
    walk.in_()
    assert walk.get().location.endswith("/work")
    walk.post("/work", fields=["health", "data"])
    assert walk.get().location.endswith("/swedish")
    page = walk.get("/work").text
    assert page.count(" checked") == 2
    walk.post("/name", name="Dora Aly")
    assert registrations()[0].name == "Dora Aly"
    make.sign_out(client)
    client.delete_cookie("bazaar_page")
    assert "What is your name?" in walk.get().text  # signed out: begun again, and found again
    assert walk.in_("dora aly").location.endswith("/swedish")
    assert len(registrations()) == 1


def test_registering_again_leads_to_ones_page(walk, client, fair):
    walk.all()
    assert walk.get().location == f"/me/{fair.slug}/"
    make.sign_out(client)
    assert walk.in_().location == f"/me/{fair.slug}/"
    assert len(registrations()) == 1
    assert db.session.scalar(db.select(db.func.count(Badge.code))) == 1


def test_a_family_shares_an_address(walk, client, fair):
    walk.all("Dora Ali")
    make.sign_out(client)
    assert walk.in_("Elias Ali").location.endswith("/who")
    page = walk.get("/who").text
    assert "Dora Ali" in page
    assert "Elias Ali, someone new" in page
    assert walk.post("/who", who="nobody").status_code == 422
    assert walk.post("/who", who="new").location.endswith("/work")
    assert {r.name for r in registrations()} == {"Dora Ali", "Elias Ali"}
    assert db.session.scalar(db.select(db.func.count(Contact.id))) == 2


def test_a_family_member_may_say_that_they_are_known(walk, client, fair):
    walk.all("Dora Ali")
    make.sign_out(client)
    walk.in_("D. Ali")
    dora = db.session.scalars(db.select(Person)).one()
    assert walk.post("/who", who=str(dora.id)).location == f"/me/{fair.slug}/"
    assert len(registrations()) == 1


def test_who_cannot_be_somebody_at_another_address(walk, client, fair):
    eve = make.person("Eve")
    walk.all("Dora Ali")
    make.sign_out(client)
    walk.in_("Elias Ali")
    assert walk.post("/who", who=str(eve.id)).status_code == 422


def test_a_shared_phone_registers_somebody_else(walk, client):
    walk.all("Dora Ali")
    assert "What is your name?" in walk.get("?new=1").text
    assert walk.post("?new=1", name="Elias").location.endswith("/address")
    walk.post("/address", address="elias@example.org")
    assert walk.post("/code", code=last_code()).location.endswith("/work")
    assert {r.name for r in registrations()} == {"Dora Ali", "Elias"}


def test_who_is_signed_in_needs_no_code(walk, client, fair):
    make.sign_in(client, make.person("Dora"))
    assert 'value="Dora"' in walk.get().text
    assert walk.post("", name="Dora").location.endswith("/work")


def test_the_link_of_the_letter_leads_back_into_the_registration(walk, client):
    walk.to_code()
    link = re.search(r"(/sign-in/link/\S+)", letters("code")[0].words)[1]
    onward = client.post(link).location
    answer = client.get(client.get(onward).location)
    assert "What is your name?" in answer.text
    assert "Dora Ali" in answer.text
    assert walk.post("", name="Dora Ali").location.endswith("/work")


def test_a_one_day_fair_asks_for_no_day(client, fair):
    small = make.fair("small", days=1)
    client.set_cookie("lang", "en")
    walk = Walk(client, "small")
    walk.in_()
    walk.post("/work", undecided="y")
    walk.post("/swedish", swedish="native")
    assert walk.finish().location == "/me/small/"
    assert registrations()[0].arrival_day_id == make.days(small)[0].id


def test_privacy_words_that_changed_meanwhile_are_shown_again(walk, fair):
    walk.in_()
    walk.post("/work", undecided="y")
    walk.post("/swedish", swedish="none")
    fair.privacy_version = 2
    day = make.days(fair)[0].id
    answer = walk.post("/when", day=day, privacy_version="1")
    assert answer.status_code == 422
    assert "have just been changed" in answer.text
    assert 'value="2"' in answer.text
    assert walk.post("/when", day=day, privacy_version="2").status_code == 303


def test_a_cancelled_registration_begins_anew_with_the_same_badge(walk, fair):
    walk.all()
    [registration] = registrations()
    code = make.badge_code(registration)
    registration.status = "cancelled"
    assert walk.post("", name="Dora Ali").location.endswith("/when")
    walk.finish()
    db.session.refresh(registration)
    assert registration.status == "registered"
    assert make.badge_code(registration) == code


@pytest.mark.parametrize(
    ("days", "words"), [(5, "Registration opens later"), (-40, "Registration is closed")]
)
def test_outside_its_phase_the_page_says_so(walk, fair, days, words):
    phase = db.session.scalar(db.select(Phase).where(Phase.fair_id == fair.id, Phase.kind == "jobseekers"))
    phase.opens_at = clock.now() + timedelta(days=days)
    phase.closes_at = phase.opens_at + timedelta(days=1)
    answer = walk.get()
    assert answer.status_code == 200
    assert words in answer.text
    assert walk.post("", name="Dora").status_code == 409


def test_questions_without_a_beginning_lead_to_the_first(walk, fair):
    for path in ("/address", "/code", "/who", "/work", "/swedish", "/when", "/name"):
        assert walk.get(path).location == f"/f/{fair.slug}/register"


def test_an_unknown_or_unpublished_fair_is_not_here(client):
    make.fair("hidden", published=False)
    assert client.get("/f/hidden/register").status_code == 404
    assert client.get("/f/nothing/register").status_code == 404


def test_numbers_of_countries_the_fair_does_not_write_to_are_refused_at_the_field(walk):
    walk.post("", name="Dora")
    answer = walk.post("/address", address="+49 151 23456789")
    assert answer.status_code == 422
    assert "no messages to numbers of that country" in answer.text


def test_two_taps_make_one_registration(walk):
    walk.all()
    walk.post("/when", privacy_version="1", day="x")
    assert len(registrations()) == 1
    assert db.session.scalar(db.select(db.func.count(WantedWork.id))) == 2
