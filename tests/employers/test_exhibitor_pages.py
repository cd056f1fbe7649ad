"""What an exhibitor does through its pages: applies, is invited, writes vacancies, gives the place back."""

import re
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.booths.models import Booth
from bazaar.db import db
from bazaar.employers import queries
from bazaar.employers.models import Exhibitor, Invitation, Organisation, Representative, Vacancy
from bazaar.fairs.models import Phase
from bazaar.journal.models import Entry
from bazaar.messages.models import Letter
from bazaar.occupations.actions import load_short_list
from tests import make


def days(fair):
    return [str(day.id) for day in make.days(fair)]


def application(fair, **facts):
    return {
        "name": "Bolt AB", "number": "556016-0680", "sector": "industry", "kind": "employer", "days": days(fair)[:1],
        "sockets": "2", "by_request": "y", "tables": "3", **facts,
    }  # fmt: skip


def letters(purpose):
    return db.session.scalars(db.select(Letter).where(Letter.purpose == purpose).order_by(Letter.id)).all()


def booths_of_classes(fair, *classes):
    for number, price_class in enumerate(classes, 1):
        make.add(
            Booth(
                fair_id=fair.id,
                hall_id=make.hall(fair).id,
                number=number,
                row=0,
                column=number,
                price_class=price_class,
            )
        )


def the_place():
    return db.session.scalars(db.select(Exhibitor)).one()


# --- Applying ---------------------------------------------------------------------------------------


def test_an_exhibitor_says_how_many_booths_when_and_of_which_kind(client):
    fair = make.fair()
    make.sign_in(client, make.person("Bo"))
    wanted = {
        "booths": "2",
        "part_of_day": "afternoon",
        "strong_power": "y",
        "booth_kind": "corner",
        "price_class": "Gold",
    }
    booths_of_classes(fair, "Gold")
    assert client.post("/f/spring/exhibit", data=application(fair, booths="0")).status_code == 422
    assert client.post("/f/spring/exhibit", data=application(fair, part_of_day="night")).status_code == 422
    assert client.post("/f/spring/exhibit", data=application(fair, **wanted)).status_code == 303
    place = the_place()
    assert (place.booths, place.part_of_day) == (2, "afternoon")
    assert (place.strong_power, place.booth_kind, place.price_class) == (True, "corner", "Gold")


def test_an_exhibitor_chooses_among_the_price_classes_of_the_floor(client):
    fair = make.fair()
    make.sign_in(client, make.person("Bo"))
    assert 'name="price_class"' not in client.get("/f/spring/exhibit").text
    booths_of_classes(fair, "Silver", "Gold")
    page = client.get("/f/spring/exhibit").text
    assert page.index('value="Gold"') < page.index('value="Silver"')
    refused = client.post("/f/spring/exhibit", data=application(fair, price_class="Brass"))
    assert refused.status_code == 422
    assert "no price class of that name" in refused.text
    assert client.post("/f/spring/exhibit", data=application(fair, price_class="")).status_code == 303


def test_a_price_class_that_the_floor_lost_stays_as_it_was_wished(client):
    fair = make.fair()
    place = make.exhibitor(fair, price_class="Bronze")
    make.sign_in(client, make.organiser(fair))
    address = f"/organise/spring/exhibitors/{place.id}/change"
    assert '<option selected value="Bronze">' in client.get(address).text


def test_an_organisation_registers_once_and_applies(client):
    fair = make.fair()
    bo = make.person("Bo")
    make.sign_in(client, bo)
    assert "Your organisation" in client.get("/f/spring/exhibit").text
    answer = client.post("/f/spring/exhibit", data=application(fair))
    place = the_place()
    assert answer.status_code == 303
    assert answer.location == f"/exhibit/spring/{place.id}/place"
    assert (place.status, place.sockets, place.tables, place.by_request, place.open_slots) == (
        "applied",
        2,
        3,
        True,
        False,
    )
    assert [str(day.id) for day in queries.days_of_exhibitor(place.id)] == days(fair)[:1]
    [part] = queries.organisations_of(bo)
    assert (part.role, part.organisation.number) == ("admin", "5560160680")
    assert [letter.address for letter in letters("exhibitor_applied")] == ["bo@example.org"]
    assert "We have your application" in client.get(answer.location).text
    assert {entry.verb for entry in db.session.scalars(db.select(Entry))} == {"registered", "applied"}


def test_it_joins_the_next_fair_without_registering_again(client):
    fair = make.fair()
    place = make.exhibitor(make.fair("autumn"), "Bolt AB")
    bo = make.representative(place)
    make.sign_in(client, bo)
    page = client.get("/f/spring/exhibit").text
    assert "Bolt AB" in page
    organisation_id = place.organisation_id
    facts = {
        key: value for key, value in application(fair).items() if key not in ("name", "number", "sector")
    }
    where = f"/f/spring/exhibit?organisation={organisation_id}"
    assert "Your organisation" not in client.get(where).text
    assert client.post(where, data=facts).status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(Organisation)) == 1
    assert client.get(where).status_code == 303  # it has applied: to its place
    assert "has applied already" in client.get("/f/spring/exhibit").text


@pytest.mark.parametrize(("wrong", "words"), [
    ({"name": ""}, "Write the organisation"),
    ({"number": "123"}, "not an organisation number"),
    ({"website": "htp//x"}, "not a web address"),
    ({"email": "nowhere"}, "not complete"),
    ({"days": []}, "Choose at least one day"),
    ({"days": ["nonsense"]}, "not a valid choice"),
    ({"sockets": "many"}, "Write a whole number"),
    ({"sockets": "999999999"}, "A number from 0 to 20"),
    ({"presentation": "Ring 811218-9876"}, "personal number"),
])  # fmt: skip
def test_a_mistake_is_named_and_nothing_typed_is_lost(client, wrong, words):
    fair = make.fair()
    make.sign_in(client, make.person("Bo"))
    answer = client.post("/f/spring/exhibit", data=application(fair, wishes="Next to the door", **wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Next to the door" in answer.text
    assert db.session.scalars(db.select(Exhibitor)).all() == []


def test_a_sole_traders_number_is_taken_and_never_shown(client):
    fair = make.fair()
    bo = make.person("Bo")
    make.sign_in(client, bo)
    client.post("/f/spring/exhibit", data=application(fair, number="811218-9876"))
    organisation = db.session.scalars(db.select(Organisation)).one()
    assert organisation.number == "8112189876"
    where = f"/exhibit/organisation/{organisation.id}"
    assert "9876" not in client.get(where).text
    client.post(where, data={"name": "Bolt firma", "sector": "industry", "number": ""})
    db.session.refresh(organisation)
    assert (organisation.name, organisation.number) == ("Bolt firma", "8112189876")


def test_an_organisation_is_registered_only_once(client):
    fair = make.fair()
    place = make.exhibitor(make.fair("autumn"), "Bolt AB")
    db.session.get(Organisation, place.organisation_id).number = "5560160680"
    make.sign_in(client, make.person("Bo"))
    answer = client.post("/f/spring/exhibit", data=application(fair))
    assert answer.status_code == 409
    assert "registered already" in answer.text


def test_the_form_is_closed_outside_its_phase(client):
    fair = make.fair()
    phase = db.session.scalar(db.select(Phase).where(Phase.kind == "exhibitors"))
    phase.closes_at = clock.now() - timedelta(days=1)
    make.sign_in(client, make.person("Bo"))
    assert "could apply until" in client.get("/f/spring/exhibit").text
    assert client.post("/f/spring/exhibit", data=application(fair)).status_code == 409


def code_in(letter):
    return re.search(r"\b(\d{3} ?\d{3})\b", letter.words)[1]


def test_somebody_new_proves_the_address_first_and_says_a_name(client):
    make.fair()
    client.set_cookie("lang", "en")
    assert "e-mail" in client.get("/f/spring/exhibit").text
    assert client.post("/f/spring/exhibit", data={"email": "no"}).status_code == 422
    answer = client.post("/f/spring/exhibit", data={"email": "New@bolt.se"})
    assert answer.location == "/sign-in/code"
    [letter] = letters("code")
    assert letter.address == "new@bolt.se"
    answer = client.post("/sign-in/code", data={"code": code_in(letter)})
    while answer.status_code == 303 and "/f/spring/exhibit" not in answer.location.split("?")[0]:
        answer = client.get(answer.location)
    assert "What is your name?" in client.get("/f/spring/exhibit").text
    assert client.post("/f/spring/exhibit", data={"name": "Nora"}).status_code == 303
    assert "Your organisation" in client.get("/f/spring/exhibit").text


# --- Colleagues -------------------------------------------------------------------------------------


def invite(client, place, address="cy@example.org", role="recruiter"):
    answer = client.post(
        f"/exhibit/organisation/{place.organisation_id}/colleagues", data={"email": address, "role": role}
    )
    assert answer.status_code == 303
    letter = letters("invitation")[-1]
    assert letter.secret
    return re.search(r"/invitation/\S+", letter.words)[0]


def test_a_colleague_comes_by_an_invitation_that_works_once(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place))
    link = invite(client, place)
    cy = make.person("Cy")
    make.sign_in(client, cy)
    assert "You are invited" in client.get(link).text
    assert queries.representation(cy, place.organisation_id) is None  # opening changes nothing
    assert client.post(link).status_code == 303
    assert queries.representation(cy, place.organisation_id).role == "recruiter"
    assert client.post(link).status_code == 410
    assert client.get(link).status_code == 410


def test_an_invitation_is_for_its_address_alone(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place))
    link = invite(client, place)
    make.sign_in(client, make.person("Eve"))
    page = client.get(link).text
    assert "another address" in page
    assert "cy@example.org" not in page
    assert client.post(link).status_code == 409
    assert client.get("/invitation/nonsense").status_code == 404


def test_an_invitation_signs_somebody_new_in_by_a_code_to_its_address(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place))
    link = invite(client, place)
    make.sign_out(client)
    client.set_cookie("lang", "en")
    assert "we send a code" in client.get(link).text
    assert client.post(link).location == "/sign-in/code"
    [letter] = letters("code")
    assert letter.address == "cy@example.org"
    answer = client.post("/sign-in/code", data={"code": code_in(letter)})
    while answer.status_code == 303 and not answer.location.startswith("/invitation/"):
        answer = client.get(answer.location)
    assert client.post(link, data={"name": "Cy"}).status_code == 303
    assert client.post(link).status_code == 303
    assert len(queries.representatives_of(place.organisation_id)) == 2


def test_an_invitation_can_be_withdrawn_and_gets_too_old(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place))
    first, second = invite(client, place), invite(client, place)
    assert client.get(first).status_code == 410  # the newer one to the same address took its place
    [invitation] = queries.open_invitations_of(place.organisation_id)
    where = f"/exhibit/organisation/{place.organisation_id}/invitations/{invitation.id}/withdraw"
    assert client.post(where).status_code == 303
    assert client.get(second).status_code == 410
    third = invite(client, place)
    db.session.scalars(db.select(Invitation).order_by(Invitation.id.desc())).first().expires_at = clock.now()
    db.session.commit()
    assert client.get(third).status_code == 410


def test_the_last_admin_stays_and_others_can_be_ended(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    bo, cy = make.representative(place), make.representative(place, "Cy", "recruiter")
    make.sign_in(client, bo)
    parts = {part.person_id: part for part in queries.representatives_of(place.organisation_id)}
    where = f"/exhibit/organisation/{place.organisation_id}/colleagues"
    assert client.post(f"{where}/{parts[bo.id].id}/end").status_code == 409
    assert client.post(f"{where}/{parts[bo.id].id}/role", data={"role": "recruiter"}).status_code == 409
    assert client.post(f"{where}/{parts[cy.id].id}/role", data={"role": "admin"}).status_code == 303
    assert "End Cy" in client.get(f"{where}/{parts[cy.id].id}/end").text
    assert client.post(f"{where}/{parts[cy.id].id}/end").status_code == 303
    make.sign_in(client, cy)
    assert client.get(where).status_code == 404


def test_a_recruiter_reads_and_does_not_change(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place, "Cy", "recruiter"))
    organisation = f"/exhibit/organisation/{place.organisation_id}"
    own = f"/exhibit/spring/{place.id}/place"
    for where in (organisation, f"{organisation}/colleagues", own):
        assert client.get(where).status_code == 200
        assert client.post(where, data={"name": "X"}).status_code == 403
    assert client.get(f"{own}/withdraw").status_code == 403


def test_invoice_facts_are_kept_and_checked(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place))
    where = f"/exhibit/organisation/{place.organisation_id}"
    facts = {"name": "Bolt AB", "peppol_id": "0007:5560160680", "invoice_email": "Pay@bolt.se", "sector": ""}
    assert client.post(where, data=facts).status_code == 303
    organisation = db.session.get(Organisation, place.organisation_id)
    assert (organisation.peppol_id, organisation.invoice_email) == ("0007:5560160680", "pay@bolt.se")
    answer = client.post(where, data={**facts, "peppol_id": "nonsense"})
    assert (answer.status_code, "A Peppol id looks like" in answer.text) == (422, True)


# --- The place --------------------------------------------------------------------------------------


def test_wishes_are_changed_and_the_place_given_back(client):
    fair = make.fair()
    place = make.exhibitor(fair, "Bolt AB")
    make.vacancy(place)
    ada = make.organiser(fair)
    make.sign_in(client, make.representative(place))
    where = f"/exhibit/spring/{place.id}/place"
    facts = {"kind": "authority", "days": days(fair)[1:], "tables": "4"}
    assert client.post(where, data=facts).status_code == 303
    db.session.refresh(place)
    assert (place.kind, place.tables, [str(day.id) for day in queries.days_of_exhibitor(place.id)]) == (
        "authority", 4, days(fair)[1:],
    )  # fmt: skip
    assert "1 vacancy is no longer shown" in client.get(f"{where}/withdraw").text
    assert client.post(f"{where}/withdraw").status_code == 303
    db.session.refresh(place)
    assert place.status == "withdrawn"
    assert [letter.person_id for letter in letters("exhibitor_withdrawn")] == [ada.id]
    assert queries.published_vacancies_of(fair.id) == []
    assert client.post(f"{where}/withdraw").status_code == 409
    again = f"/f/spring/exhibit?organisation={place.organisation_id}"
    assert client.post(again, data={"kind": "employer", "days": days(fair)}).status_code == 303
    db.session.refresh(place)
    assert place.status == "applied"


def test_the_answer_is_shown_from_the_day_of_results(client):
    fair = make.fair()
    fair.results_visible_from = clock.now() + timedelta(days=1)
    place = make.exhibitor(fair, "Bolt AB")
    make.sign_in(client, make.representative(place))
    where = f"/exhibit/spring/{place.id}/place"
    assert "You have a place" not in client.get(where).text
    fair.results_visible_from = clock.now() - timedelta(days=1)
    assert "You have a place" in client.get(where).text


def test_nobody_sees_another_organisations_pages(client):
    place = make.exhibitor(make.fair(), "Bolt AB")
    vacancy = make.vacancy(place)
    other = make.exhibitor(make.fair("autumn"), "Crane AB")
    make.sign_in(client, make.representative(other, "Eve"))
    own = f"/exhibit/spring/{place.id}"
    for where in (
        f"/exhibit/organisation/{place.organisation_id}", f"{own}/place", f"{own}/place/withdraw", f"{own}/vacancies",
        f"{own}/vacancies/{vacancy.id}", f"/exhibit/spring/{other.id}/place",
        f"/exhibit/autumn/{other.id}/vacancies/{vacancy.id}",
    ):  # fmt: skip
        assert client.get(where).status_code == 404, where
    make.sign_out(client)
    assert client.get(f"{own}/place").status_code == 303


# --- Vacancies --------------------------------------------------------------------------------------

FACTS = {
    "title": "Welder", "group_code": "7212", "openings": "2", "pay_from": "27 400", "pay_to": "31000",
    "pay_period": "month", "hours": "full_time", "place": "Farsta", "swedish": "sfi_c", "other_languages": ["en", "ar"],
    "recognition": "not_needed", "licence": "B", "interviews_today": "yes", "decides_today": "no",
}  # fmt: skip


@pytest.fixture
def bolt(client):
    load_short_list()
    place = make.exhibitor(make.fair(), "Bolt AB")
    make.sign_in(client, make.representative(place, role="recruiter"))
    return place


def test_a_vacancy_is_published_when_every_fact_is_said(client, bolt):
    where = f"/exhibit/spring/{bolt.id}/vacancies"
    assert "No vacancies yet" in client.get(where).text
    assert client.get(f"{where}/new").status_code == 200
    assert client.post(f"{where}/new", data={**FACTS, "publish": "yes"}).status_code == 303
    [vacancy] = queries.published_vacancies_of(bolt.fair_id)
    assert (vacancy.pay_from, vacancy.other_languages, vacancy.interviews_today, vacancy.decides_today) == (
        27400, ["en", "ar"], True, False,
    )  # fmt: skip
    page = client.get(where).text
    assert "27,400–31,000 kr a month" in page
    assert 'value="27400"' in client.get(f"{where}/{vacancy.id}").text


def test_a_draft_names_what_is_missing_and_is_published_later(client, bolt):
    where = f"/exhibit/spring/{bolt.id}/vacancies"
    assert (
        client.post(
            f"{where}/new", data={"title": "Welder", "group_code": "", "licence": "", "draft": "yes"}
        ).status_code
        == 303
    )
    vacancy = db.session.scalars(db.select(Vacancy)).one()
    assert "Still missing: Number of jobs, Occupation, Pay" in " ".join(client.get(where).text.split())
    assert queries.published_vacancies_of(bolt.fair_id) == []
    assert client.post(f"{where}/{vacancy.id}/publish").status_code == 409
    answer = client.post(
        f"{where}/{vacancy.id}", data={**FACTS, "swedish": "", "pay_period": "", "publish": "yes"}
    )
    assert answer.status_code == 422
    assert answer.text.count("Say this before you publish: Least Swedish.") == 2  # beside the field and above
    assert "Say this before you publish: Pay." in answer.text
    assert client.post(f"{where}/{vacancy.id}", data={**FACTS, "publish": "yes"}).status_code == 303
    assert client.post(f"{where}/{vacancy.id}/withdraw").status_code == 303
    assert queries.published_vacancies_of(bolt.fair_id) == []
    assert client.post(f"{where}/{vacancy.id}/withdraw").status_code == 409
    assert client.post(f"{where}/{vacancy.id}/publish").status_code == 303


@pytest.mark.parametrize(("wrong", "words"), [
    ({"title": ""}, "Write a title"),
    ({"pay_to": "20000"}, "less than the lowest pay"),
    ({"pay_period": "hour"}, "Is this the pay for that period"),
    ({"openings": "-1"}, "Write a whole number"),
    ({"group_code": "0000"}, "Not a valid choice"),
])  # fmt: skip
def test_a_wrong_vacancy_is_not_stored(client, bolt, wrong, words):
    answer = client.post(
        f"/exhibit/spring/{bolt.id}/vacancies/new", data={**FACTS, "publish": "yes", **wrong}
    )
    assert answer.status_code == 422
    assert words.lower() in answer.text.lower()
    assert db.session.scalars(db.select(Vacancy)).all() == []


def test_pay_is_not_measured_by_a_lowest_pay_that_was_refused(client, bolt):
    answer = client.post(f"/exhibit/spring/{bolt.id}/vacancies/new", data={**FACTS, "pay_from": "900000"})
    assert answer.status_code == 422
    assert "less than the lowest pay" not in answer.text


def test_parts_that_ended_are_gone_but_kept(client, bolt):
    part = db.session.scalars(db.select(Representative)).one()
    part.ended_at = clock.now()
    assert client.get(f"/exhibit/spring/{bolt.id}/vacancies").status_code == 404
