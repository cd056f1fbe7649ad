"""What organisers do with exhibitors: find, answer, add, change, take off, take in lists."""

import io
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.employers import queries
from bazaar.employers.actions import places
from bazaar.employers.models import Exhibitor, Organisation, Upload
from bazaar.messages.models import Letter
from tests import make


@pytest.fixture
def fair(client):
    fair = make.fair()
    make.sign_in(client, make.organiser(fair))
    return fair


LIST = "/organise/spring/exhibitors"


def statuses(fair):
    return {place.organisation.name: place.status for place in queries.exhibitors_of(fair.id, status=None)}


def decide(client, decision, *chosen, **facts):
    return client.post(
        f"{LIST}/decide", data={"decision": decision, "chosen": [str(one.id) for one in chosen], **facts}
    )


def letters():
    return db.session.scalars(db.select(Letter).order_by(Letter.id)).all()


# --- The list ---------------------------------------------------------------------------------------


def test_the_list_is_found_by_name_status_sector_and_day(client, fair):
    bolt, _crane = make.exhibitor(fair, "Bolt AB", "applied"), make.exhibitor(fair, "Åkeri Crane AB")
    db.session.get(Organisation, bolt.organisation_id).sector = "it"
    one_day = make.exhibitor(fair, "Dock AB")
    other = queries.days_of_exhibitor(one_day.id)[0].id
    places.change_place(queries.exhibitor_at(fair.id, one_day.id), {}, make.days(fair)[1:], None)
    assert all(name in client.get(LIST).text for name in ("Bolt AB", "Åkeri Crane AB", "Dock AB"))
    for query, there, gone in (
        ("search=akeri", "Crane", "Bolt AB"), ("status=applied", "Bolt AB", "Crane"), ("sector=it", "Bolt AB", "Crane"),
        (f"day={other}", "Bolt AB", "Dock AB"), ("search=%25", "Nobody fits", "Bolt AB"),
    ):  # fmt: skip
        page = client.get(f"{LIST}?{query}").text
        assert there in page, query
        assert gone not in page, query
    assert client.get(f"{LIST}?day=nonsense&after=nonsense&status=nonsense").status_code == 200


def test_the_list_goes_on_page_by_page(client, fair):
    for number in range(queries.PAGE + 3):
        make.exhibitor(fair, f"Firm {number:03}")
    page = client.get(LIST).text
    assert "Firm 049" in page
    assert "Firm 050" not in page
    last = queries.listed(fair.id).rows[-1].id
    assert f"after={last}" in page
    page = client.get(f"{LIST}?after={last}").text
    assert "Firm 049" not in page
    assert "Firm 052" in page


def test_an_empty_list_says_what_to_do_first(client, fair):
    assert "No exhibitors yet" in client.get(LIST).text


def test_a_viewer_sees_and_does_not_change(client, fair):
    place = make.exhibitor(fair, "Bolt AB", "applied")
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    page = client.get(LIST).text
    assert "Bolt AB" in page
    assert "Approve those chosen" not in page
    assert client.get(f"{LIST}/{place.id}").status_code == 200
    assert decide(client, "approved", place).status_code == 403
    for where in ("new", f"{place.id}/change", f"{place.id}/remove"):
        assert client.get(f"{LIST}/{where}").status_code == 403
    assert client.get("/organise/spring/import/exhibitors").status_code == 403


def test_another_fairs_exhibitors_are_not_there(client, fair):
    other = make.exhibitor(make.fair("autumn"), "Crane AB", "applied")
    for where in (f"{LIST}/{other.id}", f"{LIST}/{other.id}/change", "/organise/autumn/exhibitors"):
        assert client.get(where).status_code == 404
    assert decide(client, "approved", other).status_code == 409
    assert other.status == "applied"
    assert client.post(f"{LIST}/{other.id}/reopen").status_code == 404


def test_the_list_downloads_with_what_is_wished_of_booths(client, fair):
    make.exhibitor(
        fair, booths=2, part_of_day="morning", strong_power=True, booth_kind="corner", price_class="Gold"
    )
    header, row = client.get(f"{LIST}/download.csv?lang=en").data.decode("utf-8-sig").splitlines()
    assert header.endswith(",Booths,Part of the day,400 V,Kind of booth,Price class")
    assert row.endswith(",2,The morning,true,Corner,Gold")


def test_the_list_downloads_without_a_sole_traders_number(client, fair):
    for name, number in (("Bolt AB", "5560160680"), ("=Firma", "8112189876")):
        place = make.exhibitor(fair, name)
        db.session.get(Organisation, place.organisation_id).number = number
    text = client.get(f"{LIST}/download.csv?lang=en").data.decode("utf-8-sig")
    assert "556016-0680" in text
    assert "9876" not in text
    assert "'=Firma" in text
    assert client.get(f"{LIST}/download.xlsx").data[:2] == b"PK"
    assert client.get(f"{LIST}/download.pdf").status_code == 404


# --- Answers ----------------------------------------------------------------------------------------


def test_one_click_approves_and_can_be_undone(client, fair):
    place = make.exhibitor(fair, "Bolt AB", "applied")
    make.representative(place)
    answer = client.post(f"{LIST}/decide", data={"approve": str(place.id)})
    assert answer.status_code == 303
    assert statuses(fair) == {"Bolt AB": "approved"}
    assert [letter.purpose for letter in letters()] == ["exhibitor_decision"]
    page = client.get(LIST).text
    assert "1 approved." in page
    assert f"{place.id}/reopen" in page
    assert client.post(f"{LIST}/{place.id}/reopen").status_code == 303
    assert (statuses(fair), letters()) == ({"Bolt AB": "applied"}, [])
    assert client.post(f"{LIST}/{place.id}/reopen").status_code == 409


def test_many_are_answered_at_once_with_a_reason(client, fair):
    chosen = [make.exhibitor(fair, name, "applied") for name in ("Bolt AB", "Crane AB")]
    make.exhibitor(fair, "Dock AB", "applied")
    make.representative(chosen[0])
    assert decide(client, "declined", *chosen, reason="Too few places").status_code == 303
    assert statuses(fair) == {"Bolt AB": "declined", "Crane AB": "declined", "Dock AB": "applied"}
    [letter] = letters()
    assert "Too few places" in letter.words
    assert decide(client, "declined").status_code == 409
    assert decide(client, "nonsense", *chosen).status_code == 409


def test_a_reason_holds_no_personal_number(client, fair):
    place = make.exhibitor(fair, "Bolt AB", "applied")
    answer = decide(client, "declined", place, reason="Not 811218-9876")
    assert (answer.status_code, "personal number" in answer.text) == (422, True)
    assert statuses(fair) == {"Bolt AB": "applied"}


def test_letters_wait_for_the_day_of_results_and_only_the_last_answer_is_sent(client, fair):
    place = make.exhibitor(fair, "Bolt AB", "applied")
    make.representative(place)
    fair.results_visible_from = visible = clock.now() + timedelta(days=3)
    decide(client, "declined", place)
    decide(client, "approved", place)
    [letter] = letters()
    assert letter.next_try_at == visible
    assert "has a place" in letter.words


def test_a_full_fair_puts_on_the_waiting_list_and_a_free_place_goes_to_the_first(client, fair):
    fair.max_exhibitors = 1
    bolt, crane, dock = (make.exhibitor(fair, name, "applied") for name in ("Bolt AB", "Crane AB", "Dock AB"))
    crane.applied_at = clock.now() + timedelta(hours=1)
    decide(client, "approved", bolt)
    decide(client, "approved", crane, dock)
    assert statuses(fair) == {"Bolt AB": "approved", "Crane AB": "waitlisted", "Dock AB": "waitlisted"}
    assert client.post(f"{LIST}/decide", data={"approve": str(crane.id)}).status_code == 303
    assert "The fair is full" in client.get(LIST).text
    assert client.post(f"{LIST}/{bolt.id}/remove", data={}).status_code == 303
    assert statuses(fair) == {"Bolt AB": "withdrawn", "Crane AB": "waitlisted", "Dock AB": "approved"}
    fair.max_exhibitors = 2
    assert client.post(f"{LIST}/move-waiting-list").status_code == 303
    assert statuses(fair)["Crane AB"] == "approved"


def test_what_hangs_on_a_place_is_said_before_it_is_taken(client, fair, monkeypatch):
    place = make.exhibitor(fair, "Bolt AB")
    gone = []
    hanging = places.Hanging(
        lambda _place, days: [f"booth 14 on {len(days)} days"],
        lambda _place, days, _by: gone.append(len(days)),
    )
    monkeypatch.setattr(places, "_hanging", [hanging])
    answer = decide(client, "declined", place)
    assert "booth 14 on 2 days" in answer.text
    assert (answer.status_code, statuses(fair), gone) == (200, {"Bolt AB": "approved"}, [])
    assert decide(client, "declined", place, sure="yes").status_code == 303
    assert (statuses(fair), gone) == ({"Bolt AB": "declined"}, [2])


def test_a_day_on_which_something_hangs_is_not_left_by_accident(client, fair, monkeypatch):
    place = make.exhibitor(fair, "Bolt AB")
    gone = []
    hanging = places.Hanging(
        lambda _place, _days: ["3 meetings"], lambda _place, days, _by: gone.extend(days)
    )
    monkeypatch.setattr(places, "_hanging", [hanging])
    first, second = make.days(fair)
    facts = {"name": "Bolt AB", "sector": "", "kind": "employer", "days": [str(first.id)]}
    answer = client.post(f"{LIST}/{place.id}/change", data=facts)
    assert (answer.status_code, "3 meetings" in answer.text, gone) == (422, True, [])
    assert client.post(f"{LIST}/{place.id}/change", data={**facts, "sure": "yes"}).status_code == 303
    assert gone == [second.id]
    assert [day.id for day in queries.days_of_exhibitor(place.id)] == [first.id]


# --- One exhibitor ----------------------------------------------------------------------------------


def test_an_organiser_adds_an_exhibitor_and_invites_its_first_representative(client, fair):
    facts = {
        "name": "Bolt AB", "number": "556016-0680", "sector": "it", "kind": "employer",
        "days": [str(day.id) for day in make.days(fair)], "first_email": "bo@bolt.se",
    }  # fmt: skip
    assert client.get(f"{LIST}/new").status_code == 200
    assert client.post(f"{LIST}/new", data={**facts, "first_email": "bo"}).status_code == 422
    answer = client.post(f"{LIST}/new", data=facts)
    assert statuses(fair) == {"Bolt AB": "approved"}
    [letter] = letters()
    assert (letter.address, letter.secret) == ("bo@bolt.se", True)
    assert "Fair spring invites you" in letter.words
    page = client.get(answer.location).text
    assert "bo@bolt.se" in page
    assert "556016-0680" in page
    assert client.post(f"{LIST}/new", data=facts).status_code == 409


def test_who_has_people_of_its_own_invites_its_own(client, fair):
    place = make.exhibitor(fair, "Bolt AB")
    where = f"{LIST}/{place.id}/invite"
    assert client.post(where, data={"email": "nobody"}).status_code == 422
    assert client.post(where, data={"email": "bo@example.org"}).status_code == 303
    [invitation] = queries.open_invitations_of(place.organisation_id)
    assert invitation.role == "admin"
    assert client.post(f"{LIST}/{place.id}/invitations/{invitation.id}/withdraw").status_code == 303
    make.representative(place)
    assert client.post(where, data={"email": "eve@example.org"}).status_code == 409
    assert queries.open_invitations_of(place.organisation_id) == []


def test_an_organiser_mends_facts_but_not_those_of_who_looks_after_its_own(client, fair):
    place = make.exhibitor(fair, "Bolt A")
    facts = {
        "name": "Bolt AB",
        "sector": "",
        "kind": "employer",
        "days": [str(make.days(fair)[0].id)],
        "sockets": "4",
    }
    assert client.post(f"{LIST}/{place.id}/change", data=facts).status_code == 303
    assert list(statuses(fair)) == ["Bolt AB"]
    make.representative(place)
    assert (
        client.post(f"{LIST}/{place.id}/change", data={**facts, "name": "Other", "sockets": "5"}).status_code
        == 303
    )
    assert list(statuses(fair)) == ["Bolt AB"]
    assert db.session.get(Exhibitor, place.id).sockets == 5


def test_an_exhibitor_is_taken_off_and_told_why(client, fair):
    place = make.exhibitor(fair, "Bolt AB")
    bo = make.representative(place)
    assert "Take Bolt AB off the fair?" in client.get(f"{LIST}/{place.id}/remove").text
    assert client.post(f"{LIST}/{place.id}/remove", data={"reason": "No answer"}).status_code == 303
    [letter] = letters()
    assert (letter.person_id, "No answer" in letter.words) == (bo.id, True)
    assert client.post(f"{LIST}/{place.id}/remove").status_code == 409
    facts = {"name": "Bolt AB", "sector": "", "kind": "employer", "days": [str(make.days(fair)[0].id)]}
    assert client.post(f"{LIST}/new", data=facts).status_code == 303
    assert statuses(fair) == {"Bolt AB": "approved"}


# --- Lists ------------------------------------------------------------------------------------------

IMPORT = "/organise/spring/import/exhibitors"


def upload(client, text, where=IMPORT, name="list.csv"):
    return client.post(where, data={"file": (io.BytesIO(text.encode()), name)})


def token_in(page):
    return page.text.split('name="token" value="')[1].split('"')[0]


def test_a_list_is_looked_through_and_then_taken_in(client, fair):
    assert "Look through the file" in client.get(IMPORT).text
    page = upload(client, "Företag;Mässdagar;Skor\nBolt AB;1;42\nCrane AB;;43\n")
    assert page.status_code == 200
    assert "Bolt AB" in page.text
    assert "Skor" in page.text
    assert statuses(fair) == {}
    assert client.post(IMPORT, data={"token": token_in(page)}).location == LIST
    assert statuses(fair) == {"Bolt AB": "approved", "Crane AB": "approved"}
    assert db.session.scalars(db.select(Upload)).all() == []
    assert client.post(IMPORT, data={"token": token_in(page)}).status_code == 409


def test_bad_rows_are_named_and_good_ones_come_in_only_when_they_say_so(client, fair):
    page = upload(client, "organisation,Webbplats\nBolt AB,\nCrane AB,htp//x\n")
    assert "not an address" in page.text
    assert "Webbplats" in page.text
    assert "Take in the 1 good rows only" in page.text
    refused = client.post(IMPORT, data={"token": token_in(page)})
    assert (refused.status_code, statuses(fair)) == (409, {})
    assert client.post(IMPORT, data={"token": token_in(page), "keep_good": "yes"}).status_code == 303
    assert statuses(fair) == {"Bolt AB": "approved"}


@pytest.mark.parametrize(
    ("text", "words"), [("", "the file is empty"), ("a,b\n1,2\n", "no column named organisation")]
)
def test_a_file_that_is_no_list_says_why(client, fair, text, words):
    page = upload(client, text)
    assert (page.status_code, words in page.text) == (422, True)
    assert "Choose a file" in client.post(IMPORT, data={}).text


def test_the_file_is_kept_for_whoever_chose_it_and_for_an_hour(client, fair):
    page = upload(client, "organisation\nBolt AB\n")
    make.sign_in(client, make.organiser(fair, "Olle", "co_organiser"))
    assert client.post(IMPORT, data={"token": token_in(page)}).status_code == 409
    db.session.scalars(db.select(Upload)).one().expires_at = clock.now()
    upload(client, "organisation\nCrane AB\n")
    assert len(db.session.scalars(db.select(Upload)).all()) == 1
    assert statuses(fair) == {}


def test_vacancies_come_from_a_list_too(client, fair):
    place = make.exhibitor(fair, "Bolt AB")
    where = "/organise/spring/import/vacancies"
    assert client.get(where).status_code == 200
    page = upload(client, "exhibitor,title\nBolt AB,Welder\nNobody AB,Welder\n", where)
    assert "draft, still missing: Number of jobs" in " ".join(page.text.split())
    assert "not at this fair" in page.text
    assert client.post(where, data={"token": token_in(page), "keep_good": "yes"}).status_code == 303
    assert [vacancy.title for vacancy in queries.vacancies_of(place.id)] == ["Welder"]
    page = upload(client, '[{"headline": "Smed", "employer": {"name": "Bolt AB"}}]', where, "ads.json")
    assert "Smed" in page.text


def test_the_health_of_a_fair_can_be_asked(client, fair):
    bolt = make.exhibitor(fair, "Bolt AB")
    crane = make.exhibitor(fair, "Crane AB")
    make.representative(bolt)
    make.vacancy(bolt)
    assert [place.id for place in queries.without_representative(fair.id)] == [crane.id]
    assert [place.id for place in queries.without_vacancy(fair.id)] == [crane.id]
    assert queries.counts_by_status(fair.id)["approved"] == 2
    assert [place.id for place in queries.places_of(make.representative(crane, "Cy"))] == [crane.id]
