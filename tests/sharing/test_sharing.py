"""A jobseeker decides who sees what: each yes is a dated act, and taken back at no cost."""

import pytest
from flask.testing import FlaskClient

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import AccessNeed, Registration, SpokenLanguage, WantedPlace, WantedWork
from bazaar.journal.models import Entry
from bazaar.people.models import Person
from bazaar.sharing import actions, queries
from bazaar.sharing.models import Share
from tests import make


@pytest.fixture
def fair() -> Fair:
    return make.fair()


@pytest.fixture
def bolt(fair: Fair) -> Exhibitor:
    return make.exhibitor(fair)


@pytest.fixture
def dora(fair: Fair) -> Registration:
    registration = make.jobseeker(
        fair, experience="1_to_3", education_level="university", education_country="SY", recognition="applied",
        swedish="sfi_c", licences=["B"], would_move=True, about="I like people.",
    )  # fmt: skip
    group = make.occupation()
    for row in (
        WantedWork(fair_id=fair.id, registration_id=registration.id, field_code=group.field_code, group_code=group.code),
        SpokenLanguage(fair_id=fair.id, registration_id=registration.id, tag="ar", level="native"),
        WantedPlace(fair_id=fair.id, registration_id=registration.id, place="Farsta"),
        AccessNeed(registration_id=registration.id, fair_id=fair.id, interpreter="ti", step_free=True),
    ):  # fmt: skip
        make.add(row)
    return registration


def shown(share: Share) -> dict[str, str]:
    return {fact.key: fact.words for fact in queries.shared_profile(share).facts}


def test_the_employer_reads_plain_sentences_of_what_was_said_yes_to(dora: Registration, bolt: Exhibitor):
    share = actions.share(dora, bolt, "page", "en")
    assert shown(share) == {
        "work": "Care assistants",
        "experience": "One to three years",
        "education": "University, Syria, has applied for recognition in Sweden",
        "languages": "Arabic (mother tongue)",
        "swedish": "Manages everyday talk in Swedish (SFI course C)",
        "licences": "B: car",
        "places": "Farsta, would move for work",
        "about": "I like people.",
    }
    assert queries.shared_profile(share).name == "Dora"


def test_a_phone_number_is_shown_only_when_ticked_and_nothing_else_than_what_is_ticked(
    dora: Registration, bolt: Exhibitor
):
    share = actions.share(dora, bolt, "page", "en", fields=["contact", "nonsense"])
    assert share.fields == ["name", "contact"]
    assert shown(share) == {"contact": "dora@example.org"}


def test_access_needs_are_never_shown(dora: Registration, bolt: Exhibitor):
    told = str(queries.shared_profile(actions.share(dora, bolt, "page", "en"))).lower()
    assert "interpreter" not in told
    assert "tigrinya" not in told
    assert "step" not in told


def test_a_protected_person_goes_by_the_alias_and_is_not_reached(dora: Registration, bolt: Exhibitor):
    dora.protected, dora.alias = True, "Robin"
    share = actions.share(dora, bolt, "page", "en", fields=["contact", "work"])
    assert queries.shared_profile(share).name == "Robin"
    assert list(shown(share)) == ["work"]


def test_a_yes_keeps_its_words_language_time_and_fields(dora: Registration, bolt: Exhibitor):
    share = actions.share(dora, bolt, "page", "en", fields=["work"])
    assert (
        share.words == "May Bolt AB see this about you: Name, Work wanted? You can take it back at any time."
    )
    assert (share.language, share.how, share.fields) == ("en", "page", ["name", "work"])
    entry = db.session.scalars(db.select(Entry)).one()
    assert (entry.verb, entry.thing, entry.thing_id) == ("share", "share", share.id)
    assert "Dora" not in str(entry.facts)


def test_another_yes_takes_the_place_of_the_first_and_the_first_is_kept(dora: Registration, bolt: Exhibitor):
    first = actions.share(dora, bolt, "page", "en", fields=["work"])
    assert actions.share(dora, bolt, "booking", "en", fields=["work"]) is first
    second = actions.share(dora, bolt, "page", "en", fields=["work", "about"])
    assert queries.standing_share(dora.id, bolt.id) is second
    assert first.withdrawn_at is not None
    assert list(queries.shares_of(dora)) == [second, first]


def test_what_is_taken_back_is_seen_by_nobody(dora: Registration, bolt: Exhibitor):
    share = actions.share(dora, bolt, "page", "en")
    assert list(queries.shared_with(bolt.id)) == [share]
    actions.withdraw(share, dora.person_id)
    assert list(queries.shared_with(bolt.id)) == []
    assert queries.standing_share(dora.id, bolt.id) is None


def test_everything_may_be_taken_back_at_once(dora: Registration, bolt: Exhibitor, fair: Fair):
    actions.share(dora, bolt, "page", "en")
    actions.share(dora, make.exhibitor(fair, "Crane AB"), "page", "en")
    assert actions.withdraw_all_of(dora, dora.person_id) == 2
    assert actions.withdraw_all_of(dora, dora.person_id) == 0


def test_of_somebody_registered_twice_the_later_yes_stands(dora: Registration, bolt: Exhibitor, fair: Fair):
    twice = make.jobseeker(fair, "Dora W")
    crane = make.exhibitor(fair, "Crane AB")
    actions.share(dora, bolt, "page", "en", fields=["work"])
    later = actions.share(twice, bolt, "page", "en", fields=[])
    other = actions.share(twice, crane, "page", "en")
    actions.join(twice, dora)
    db.session.expire_all()
    standing = [share.id for share in queries.shares_of(dora) if share.withdrawn_at is None]
    assert set(standing) == {later.id, other.id}


# --- Pages ----------------------------------------------------------------------------------


@pytest.fixture
def page(client: FlaskClient, dora: Registration) -> FlaskClient:
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    return client


def test_saying_yes_on_the_page_with_only_what_is_ticked(
    page: FlaskClient, dora: Registration, bolt: Exhibitor
):
    question = page.get(f"/me/spring/share/{bolt.id}").text
    assert "May Bolt AB see this about you?" in question
    assert "Care assistants" in question
    answer = page.post(f"/me/spring/share/{bolt.id}", data={"shown": ["work"], "answer": "yes"})
    assert answer.status_code == 303
    share = queries.standing_share(dora.id, bolt.id)
    assert share is not None
    assert share.fields == ["name", "work"]
    mine = page.get("/me/spring/sharing").text
    assert "Bolt AB" in mine
    assert "Work wanted" in mine


def test_saying_no_shares_nothing_and_takes_an_earlier_yes_back(
    page: FlaskClient, dora: Registration, bolt: Exhibitor
):
    page.post(f"/me/spring/share/{bolt.id}", data={"answer": "no"})
    assert queries.shares_of(dora) == []
    page.post(f"/me/spring/share/{bolt.id}", data={"answer": "yes"})
    page.post(f"/me/spring/share/{bolt.id}", data={"answer": "no"})
    assert queries.standing_share(dora.id, bolt.id) is None


def test_taking_back_can_be_undone(page: FlaskClient, dora: Registration, bolt: Exhibitor):
    share = actions.share(dora, bolt, "page", "en", fields=["work"])
    page.post(f"/me/spring/sharing/{share.id}/withdraw")
    assert queries.standing_share(dora.id, bolt.id) is None
    mine = page.get("/me/spring/sharing").text
    assert f"/me/spring/sharing/{share.id}/again" in mine
    page.post(f"/me/spring/sharing/{share.id}/again")
    again = queries.standing_share(dora.id, bolt.id)
    assert again is not None
    assert again.fields == ["name", "work"]


def test_a_field_that_was_not_offered_is_refused(page: FlaskClient, bolt: Exhibitor):
    answer = page.post(f"/me/spring/share/{bolt.id}", data={"shown": ["interpreter"], "answer": "yes"})
    assert answer.status_code == 422


def test_only_my_own_shares_and_only_exhibitors_of_this_fair(
    page: FlaskClient, fair: Fair, dora: Registration
):
    elsewhere = make.exhibitor(make.fair("autumn"), "Eve AB")
    assert page.get(f"/me/spring/share/{elsewhere.id}").status_code == 404
    elias = make.jobseeker(fair, "Elias")
    theirs = actions.share(elias, make.exhibitor(fair), "page", "en")
    assert page.post(f"/me/spring/sharing/{theirs.id}/withdraw").status_code == 404
    waiting = make.exhibitor(fair, "Waiting AB", status="waitlisted")
    assert page.get(f"/me/spring/share/{waiting.id}").status_code == 404


def test_signed_out_one_is_asked_to_sign_in(client: FlaskClient, bolt: Exhibitor):
    answer = client.get(f"/me/spring/share/{bolt.id}")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
