"""Who organises a fair, and who works at it."""

import pytest
from sqlalchemy import select

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.fairs import actions
from bazaar.fairs.models import Organiser, Partner, Staff
from bazaar.fairs.queries import organisers_of, role_at, staff_of
from bazaar.journal.models import Entry
from bazaar.messages.models import Letter
from bazaar.people.models import Contact, Person
from tests import make

BERIT = {"name": "Berit", "address": "Berit@Example.org", "role": "co_organiser", "partner": ""}
SAM = {"name": "Sam", "address": "070 174 06 05", "task": "Main door", "supervisor": "y"}


def part_of(fair, person) -> Organiser:
    return db.session.scalars(
        select(Organiser).where(Organiser.fair_id == fair.id, Organiser.person_id == person.id)
    ).one()


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


# --- Organisers ---


def test_an_organiser_is_added_made_where_new_and_told_where_to_sign_in(browser, fair):
    assert browser.post("/organise/spring/organisers", data=BERIT).status_code == 303
    part = organisers_of(fair.id)[1]
    assert (part.person.name, part.role) == ("Berit", "co_organiser")
    (letter,) = letters()
    assert (letter.address, letter.channel, letter.fair_id) == ("berit@example.org", "email", fair.id)
    assert "http://127.0.0.1:5000/sign-in?next=/organise/spring/" in letter.words
    assert "Ada" in letter.words


def test_somebody_known_is_found_by_name_and_address(browser, fair):
    berit = make.person("Berit", "berit@example.org")
    browser.post("/organise/spring/organisers", data={**BERIT, "name": "BERIT"})
    assert organisers_of(fair.id)[1].person_id == berit.id


def test_a_family_member_of_another_name_is_somebody_else(browser, fair):
    make.person("Bertil", "berit@example.org")
    browser.post("/organise/spring/organisers", data=BERIT)
    people = db.session.scalars(
        select(Person.name).join(Contact).where(Contact.address == "berit@example.org")
    ).all()
    assert sorted(people) == ["Berit", "Bertil"]


@pytest.mark.parametrize(
    ("field", "typed"), [("name", ""), ("address", "berit"), ("address", "070 174 06 05"), ("role", "queen")]
)
def test_an_organiser_who_cannot_be_is_refused(browser, fair, field, typed):
    answer = browser.post("/organise/spring/organisers", data={**BERIT, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert len(organisers_of(fair.id)) == 1
    assert not letters()


def test_nobody_organises_a_fair_twice(browser, fair, ada):
    browser.post("/organise/spring/organisers", data=BERIT)
    answer = browser.post("/organise/spring/organisers", data=BERIT)
    assert answer.status_code == 422
    assert 'id="address-wrong"' in answer.text
    assert len(organisers_of(fair.id)) == 2
    with pytest.raises(Refused, match="already"):
        actions.add_organiser(fair, ada, "viewer", None)


def test_an_organiser_comes_from_a_partner_of_this_fair(browser, fair):
    ours = make.add(Partner(fair_id=fair.id, name="Staden", kind="municipality"))
    theirs = make.add(Partner(fair_id=make.fair("autumn").id, name="Regionen", kind="county"))
    answer = browser.post("/organise/spring/organisers", data={**BERIT, "partner": str(theirs.id)})
    assert answer.status_code == 422
    browser.post("/organise/spring/organisers", data={**BERIT, "partner": str(ours.id)})
    assert organisers_of(fair.id)[1].partner.name == "Staden"
    assert "Staden" in browser.get("/organise/spring/organisers").text


def test_a_new_role_is_told_and_noted(browser, fair):
    berit = make.organiser(fair, "Berit", "viewer")
    address = f"/organise/spring/organisers/{part_of(fair, berit).id}"
    assert 'value="viewer" checked' in browser.get(address).text
    assert browser.post(address, data={"role": "owner", "partner": ""}).status_code == 303
    assert role_at(berit, fair.id) == "owner"
    assert [letter.purpose for letter in letters()] == ["role_changed"]
    entry = db.session.scalars(select(Entry)).one()
    assert entry.facts == {"changed": {"role": ["viewer", "owner"]}}


def test_the_last_owner_neither_leaves_nor_becomes_less(browser, fair, ada):
    address = f"/organise/spring/organisers/{part_of(fair, ada).id}"
    assert browser.post(address, data={"role": "viewer", "partner": ""}).status_code == 409
    answer = browser.post(f"{address}/remove")
    assert answer.status_code == 409
    assert "owner" in answer.text
    assert role_at(ada, fair.id) == "owner"


def test_one_of_two_owners_may_leave(browser, fair, ada):
    make.organiser(fair, "Berit", "owner")
    answer = browser.post(f"/organise/spring/organisers/{part_of(fair, ada).id}/remove")
    assert (answer.status_code, answer.location) == (303, "/organise/")
    assert role_at(ada, fair.id) is None
    assert browser.get("/organise/spring/settings").status_code == 404


def test_who_is_removed_is_told_and_sees_the_fair_no_longer(browser, client, fair):
    berit = make.organiser(fair, "Berit", "co_organiser")
    browser.post(f"/organise/spring/organisers/{part_of(fair, berit).id}/remove")
    assert [letter.purpose for letter in letters()] == ["organiser_removed"]
    make.sign_in(client, berit)
    assert client.get("/organise/spring/settings").status_code == 404


# --- Staff ---


def test_staff_are_added_by_phone_and_told_by_text_message(browser, fair):
    assert browser.post("/organise/spring/staff", data=SAM).status_code == 303
    (sam,) = staff_of(fair.id)
    assert (sam.person.name, sam.task, sam.supervisor) == ("Sam", "Main door", True)
    (letter,) = letters()
    assert (letter.channel, letter.address) == ("sms", "+46701740605")
    assert "Main door" in letter.words


def test_staff_are_added_by_email(browser, fair):
    browser.post("/organise/spring/staff", data={"name": "Sam", "address": "sam@example.org", "task": ""})
    assert [letter.channel for letter in letters()] == ["email"]
    assert not staff_of(fair.id)[0].supervisor


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("address", "12"), ("address", "08-508 00 000"), ("task", "850412-1230")],
)
def test_staff_who_cannot_be_are_refused(browser, fair, field, typed):
    answer = browser.post("/organise/spring/staff", data={**SAM, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert not staff_of(fair.id)


def test_nobody_works_at_a_fair_twice(browser, fair):
    browser.post("/organise/spring/staff", data=SAM)
    assert browser.post("/organise/spring/staff", data=SAM).status_code == 422
    assert len(staff_of(fair.id)) == 1


def test_a_task_is_changed_and_a_member_removed(browser, client, fair):
    sam = make.staff(fair)
    member = staff_of(fair.id)[0]
    address = f"/organise/spring/staff/{member.id}"
    assert "Sam" in browser.get(address).text
    browser.post(address, data={"task": "Desk", "supervisor": "y"})
    assert (member.task, member.supervisor) == ("Desk", True)
    assert browser.post(f"{address}/remove").status_code == 303
    assert not db.session.scalars(select(Staff)).all()
    assert letters()[-1].person_id == sam.id


# --- Roles: every page, every role ---

PAGES = (
    "settings", "rules", "days", "phases", "halls", "partners", "organisers", "staff", "letters", "journal", "privacy",
)  # fmt: skip
SENT = (
    "settings", "rules", "days", "phases", "halls", "partners", "organisers", "staff", "privacy", "publish", "hide",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["owner", "co_organiser", "viewer"])
def test_every_organiser_may_look(client, fair, page, role):
    make.sign_in(client, make.organiser(fair, "Berit", role))
    assert client.get(f"/organise/spring/{page}").status_code == 200


@pytest.mark.parametrize("page", SENT)
def test_a_viewer_changes_nothing_and_is_offered_no_button(client, fair, page):
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    assert client.post(f"/organise/spring/{page}").status_code == 403
    if page in PAGES:
        assert 'class="button main"' not in client.get(f"/organise/spring/{page}").text


def test_a_co_organiser_changes_the_fair_but_not_who_organises(client, fair):
    berit = make.organiser(fair, "Berit", "co_organiser")
    make.sign_in(client, berit)
    assert client.post("/organise/spring/halls", data={}).status_code == 422
    assert client.post("/organise/spring/organisers", data=BERIT).status_code == 403
    assert client.post(f"/organise/spring/organisers/{part_of(fair, berit).id}/remove").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_another_fairs_organiser_finds_nothing(client, fair, page):
    make.sign_in(client, make.organiser(make.fair("autumn"), "Eve"))
    assert client.get(f"/organise/spring/{page}").status_code == 404
    assert client.post(f"/organise/spring/{page}").status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_every_page_leads_to_sign_in_whether_it_exists_or_not(client, fair, page):
    for slug in ("spring", "nowhere"):
        answer = client.get(f"/organise/{slug}/{page}")
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?next=")


def test_another_fairs_parts_are_not_here(browser, fair):
    autumn = make.fair("autumn")
    make.organiser(autumn, "Eve")
    make.staff(autumn)
    partner = make.add(Partner(fair_id=autumn.id, name="Regionen", kind="county"))
    theirs = [
        f"partners/{partner.id}", f"organisers/{organisers_of(autumn.id)[0].id}", f"staff/{staff_of(autumn.id)[0].id}",
    ]  # fmt: skip
    for address in theirs:
        assert browser.get(f"/organise/spring/{address}").status_code == 404
        assert browser.post(f"/organise/spring/{address}").status_code == 404
        assert browser.post(f"/organise/spring/{address}/remove").status_code == 404
