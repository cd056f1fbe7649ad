"""The organisers' list: dense, searchable, page by page; one person's page; downloads without the protected."""

import io
import re

import pytest
from sqlalchemy import event

from bazaar.db import db
from bazaar.jobseekers import actions, queries
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.queries import Exact, Filters
from bazaar.jobseekers.rules import Needs
from bazaar.journal.models import Entry
from bazaar.messages.actions import put_in_outbox
from bazaar.occupations.actions import load_short_list
from tests import make
from tests.jobseekers.conftest import letters, registrations


@pytest.fixture
def spring(client):
    load_short_list()
    client.set_cookie("lang", "en")
    return make.fair()


@pytest.fixture
def ada(spring, client):
    ada = make.organiser(spring)
    make.sign_in(client, ada)
    return ada


def many(fair, count):
    return [make.jobseeker(fair, f"Name {n:03}") for n in range(count)]


def names(page) -> list[str]:
    return re.findall(r"data-row><bdi>([^<]+)", page.text)


def test_the_list_goes_page_by_page_to_the_last_and_back(client, spring, ada):
    many(spring, 120)
    url = "/organise/spring/jobseekers"
    seen, pages = [], 0
    while url:
        page = client.get(url)
        seen += names(page)
        pages += 1
        after = re.search(r'rel="next" href="([^"]+)"', page.text)
        url = after and after[1].replace("&amp;", "&")
    assert seen == [f"Name {n:03}" for n in range(120)]
    assert pages == 3
    last = client.get("/organise/spring/jobseekers?last=1")
    assert names(last) == [f"Name {n:03}" for n in range(70, 120)]
    before = re.search(r'rel="prev" href="([^"]+)"', last.text)[1]
    assert names(client.get(before)) == [f"Name {n:03}" for n in range(20, 70)]


def test_a_search_finds_any_part_of_a_name_and_stands_in_no_address(client, spring, ada):
    make.jobseeker(spring, "Åsa Öberg")
    make.jobseeker(spring, "Dora Ali")
    answer = client.post("/organise/spring/jobseekers/search", data={"text": "oberg asa"})
    assert "oberg" not in answer.location
    page = client.get(answer.location)
    assert names(page) == ["Åsa Öberg"]
    assert names(client.get("/organise/spring/jobseekers")) == ["Åsa Öberg", "Dora Ali"]
    nobody = client.get(client.post("/organise/spring/jobseekers/search", data={"text": "100%"}).location)
    assert "Nobody here" in nobody.text


def test_filters(client, spring, ada):
    dora, elias = make.jobseeker(spring, "Dora"), make.jobseeker(spring, "Elias", source="desk")
    actions.want(dora, Exact("health"))
    elias.arrival_day_id = make.days(spring)[1].id
    cancelled = make.jobseeker(spring, "Gone")
    cancelled.status = "cancelled"
    url = "/organise/spring/jobseekers"
    assert names(client.get(f"{url}?field=health")) == ["Dora"]
    assert names(client.get(f"{url}?day={elias.arrival_day_id}")) == ["Elias"]
    assert names(client.get(f"{url}?source=desk")) == ["Elias"]
    assert names(client.get(f"{url}?status=cancelled")) == ["Gone"]
    assert client.get(f"{url}?after=x").status_code == 404
    assert client.get(f"{url}?after={make.some_id()}").status_code == 404


def test_an_empty_list_says_what_to_do_first(client, spring, ada):
    assert "Nobody has registered yet" in client.get("/organise/spring/jobseekers").text


def test_another_fairs_jobseekers_are_not_here(client, spring, ada):
    other = make.jobseeker(make.fair("other"), "Eve")
    assert "Eve" not in client.get("/organise/spring/jobseekers").text
    assert client.get(f"/organise/spring/jobseekers/{other.id}").status_code == 404
    assert client.get("/organise/other/jobseekers").status_code == 404


def test_a_person_is_changed_and_told(client, spring, ada):
    dora = make.jobseeker(spring, "Dora")
    url = f"/organise/spring/jobseekers/{dora.id}"
    assert "dora@example.org" in client.get(url).text
    assert client.get(f"{url}/change").status_code == 200
    day = make.days(spring)[1].id
    data = {"name": "Dora Ek", "language": "ar", "day": str(day), "interpreter": "ar", "leaves_by": "15:00"}
    assert client.post(f"{url}/change", data=data).status_code == 303
    again = db.session.get_one(Registration, dora.id)
    assert (again.name, again.arrival_day_id) == ("Dora Ek", day)
    assert queries.needs_of(again).interpreter == "ar"
    assert len(letters("registration_changed")) == 1
    bad = client.post(f"{url}/change", data={**data, "name": "811228-9874"})
    assert bad.status_code == 422
    assert "811228-9874" in bad.text


def test_a_lost_badge_is_replaced(client, spring, ada):
    dora = make.jobseeker(spring, "Dora")
    old = make.badge_code(dora)
    client.post(f"/organise/spring/jobseekers/{dora.id}/badge")
    new = make.badge_code(dora)
    assert new != old
    assert db.session.get_one(Badge, old).voided_at is not None
    assert queries.registration_behind(spring.id, old).id == dora.id


def test_a_protected_name_is_seen_by_owners_alone(client, spring, ada):
    dora = make.jobseeker(spring, "Dora")
    url = f"/organise/spring/jobseekers/{dora.id}"
    assert client.post(f"{url}/protect", data={"alias": " "}).status_code == 422
    assert client.post(f"{url}/protect", data={"alias": "Vega"}).status_code == 303
    assert "Their name is Dora" in client.get(url).text
    listed = client.get("/organise/spring/jobseekers").text
    assert "Vega" in listed
    assert "Dora" not in listed
    found = client.get(client.post("/organise/spring/jobseekers/search", data={"text": "dora"}).location)
    assert names(found) == []
    make.sign_in(client, make.organiser(spring, "Cleo", "co_organiser"))
    page = client.get(url).text
    assert "Dora" not in page
    assert "dora@example.org" not in page
    assert client.get(f"{url}/change").status_code == 409
    assert client.post(f"{url}/protect", data={"end": "yes"}).status_code == 403
    make.sign_in(client, ada)
    client.post(f"{url}/protect", data={"end": "yes"})
    assert "Dora" in client.get("/organise/spring/jobseekers").text


def test_the_download_leaves_out_the_protected_and_stands_in_the_journal(client, spring, ada):
    actions.protect(make.jobseeker(spring, "Dora"), "Vega", ada.id)
    elias = make.jobseeker(spring, "=Elias")
    actions.want(elias, Exact("health"))
    actions.say_swedish(elias, "sfi_c")
    answer = client.post("/organise/spring/jobseekers.csv", buffered=True)
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Phone or e-mail,Language,Work,Swedish,Day,Registered,How"
    assert len(lines) == 2
    assert lines[1].startswith("'=Elias,")
    assert "Health care,SFI C" in lines[1]
    assert "Vega" not in answer.text
    verbs = [entry.verb for entry in db.session.scalars(db.select(Entry).where(Entry.actor == ada.id))]
    assert "export" in verbs


def test_needs_are_in_no_download(client, spring, ada):
    dora = make.jobseeker(spring, "Dora")
    actions.say_needs(dora, Needs(step_free=True))
    assert "step" not in client.post("/organise/spring/jobseekers.csv", buffered=True).text


def test_a_viewer_sees_and_changes_nothing(client, spring):
    dora = make.jobseeker(spring, "Dora")
    make.sign_in(client, make.organiser(spring, "Vera", "viewer"))
    url = f"/organise/spring/jobseekers/{dora.id}"
    assert client.get("/organise/spring/jobseekers").status_code == 200
    assert client.get(url).status_code == 200
    assert "Change" not in client.get(url).text
    for refused in (f"{url}/change", f"{url}/badge", f"{url}/protect", "/organise/spring/jobseekers.csv"):
        assert client.post(refused).status_code == 403
    assert client.get("/organise/spring/import/jobseekers").status_code == 403


def test_others_have_no_list(client, spring):
    for someone in (make.person("Elias"), make.staff(spring), make.organiser(make.fair("other"), "Eve")):
        make.sign_in(client, someone)
        assert client.get("/organise/spring/jobseekers").status_code == 404


def upload(client, text, **data):
    file = (io.BytesIO(text.encode()), "people.csv") if text else (io.BytesIO(), "")
    return client.post("/organise/spring/import/jobseekers", data={"file": file, **data})


def test_a_list_is_previewed_then_taken_in_without_choosing_it_twice(client, spring, ada):
    page = upload(client, "name,email\nDora,dora@example.org\nElias,x\n", preview="yes")
    assert page.status_code == 422
    assert "Nothing is stored yet" in page.text
    assert "not an e-mail address" in page.text
    assert registrations() == []
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', page.text)[1]
    page = upload(client, "", kept=kept, store="yes")
    assert page.status_code == 422
    assert registrations() == []
    assert upload(client, "", kept=kept, keep_good="y", store="yes").status_code == 303
    assert [registration.name for registration in registrations()] == ["Dora"]


@pytest.mark.parametrize("text", ["", "first,last\nDora,Ali\n", "PK\x03\x04 not a workbook"])
def test_a_file_that_is_no_list_is_refused_beside_the_field(client, spring, ada, text):
    answer = upload(client, text, preview="yes")
    assert answer.status_code == 422
    assert "wrong-words" in answer.text


def test_pages_ask_the_same_few_questions_of_the_database(spring):
    many(spring, 60)
    db.session.commit()
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    queries.page_of(spring, Filters())
    assert len([s for s in statements if s.startswith("SELECT")]) <= 4


def test_the_journal_and_the_letters_hold_no_protected_name_but_for_owners(client, spring, ada):
    dora = make.jobseeker(spring, "Dora Zett")
    actions.protect(dora, "Vega", ada.id)
    dora = queries.registration_at(spring, dora.id)
    actions.note_change(dora, "about", dora.person_id)
    letter = put_in_outbox(
        channel="email", address="dora.zett@example.org", language="en", purpose="meeting_booked", subject="Booked",
        words="Hello Dora Zett", fair_id=spring.id, person_id=dora.person_id,
    )  # fmt: skip
    db.session.commit()
    pages = ("journal", "letters", f"letters/{letter.id}")
    read = {page: client.get(f"/organise/spring/{page}").text for page in pages}
    assert "Vega" in read["journal"]
    assert "Dora" not in read["journal"]
    assert "Hello Dora Zett" in read[f"letters/{letter.id}"]
    make.sign_in(client, make.organiser(spring, "Col", "co_organiser"))
    for page in pages:
        text = client.get(f"/organise/spring/{page}").text
        assert "dora" not in text.lower()
        assert "Vega" in text
