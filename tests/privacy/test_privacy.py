"""Leaving a fair, being erased, seeing everything that is kept: from the first day, in one act, in plain words."""

import json
import re

import pytest

from bazaar import clock
from bazaar.checkin.actions import make_pairing_code
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Upload
from bazaar.fairs.models import Organiser
from bazaar.fairs.queries import phase_of
from bazaar.followups.models import Answer
from bazaar.jobseekers import actions as jobseekers
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import Exact
from bazaar.jobseekers.rules import Needs
from bazaar.journal.models import Entry
from bazaar.meetings.models import Meeting
from bazaar.messages.actions import put_in_outbox
from bazaar.messages.models import Letter
from bazaar.occupations.actions import load_short_list
from bazaar.people.models import Code, Contact, Person, SignIn
from bazaar.privacy import queries
from bazaar.programme.models import Seat, Talk
from bazaar.sharing.models import Share
from tests import make

NAME = "Dora Zetterlund"


@pytest.fixture
def fair(client):
    load_short_list()
    client.set_cookie("lang", "en")
    return make.fair()


@pytest.fixture
def dora(fair, client) -> Registration:
    """Dora has a profile, a meeting, a seat, a share, a scan and a note; she is signed in."""
    dora = make.jobseeker(fair, NAME, about="I cook")
    bolt = make.exhibitor(fair)
    make.representative(bolt)
    make.meeting(dora, make.slot(bolt, make.at(fair, 10)), message="Hello from Dora")
    for title, status in (("CV help", "going"), ("Tax", "cancelled")):
        talk = make.add(Talk(fair_id=fair.id, title=title, room="A", language="sv",
                             starts_at=make.at(fair, 13), ends_at=make.at(fair, 14)))  # fmt: skip
        make.add(Seat(fair_id=fair.id, talk_id=talk.id, registration_id=dora.id, status=status))
    make.add(
        Share(
            fair_id=fair.id,
            registration_id=dora.id,
            exhibitor_id=bolt.id,
            how="page",
            words="?",
            language="sv",
        )
    )
    device = make.add(
        Device(fair_id=fair.id, purpose="booth", exhibitor_id=bolt.id, label="B", token_hash="x", salt="y")
    )
    make.add(Scan(fair_id=fair.id, id=make.some_id(), device_id=device.id, code="x", kind="booth", at_said=clock.now(),
                  at=clock.now(), received_at=clock.now(), offline=False, status="recorded", note="Dora is shy",
                  registration_id=dora.id, person_id=dora.person_id, exhibitor_id=bolt.id))  # fmt: skip
    make.add(Remark(fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, author=make.some_id(),
                    author_name="Bo", note="Dora is good"))  # fmt: skip
    make.add(
        Answer(fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, kind="no", words="Dear Dora")
    )
    jobseekers.want(dora, Exact("health"))
    jobseekers.say_needs(dora, Needs(step_free=True))
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    return dora


def again(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def letters() -> list[Letter]:
    return list(db.session.scalars(db.select(Letter)))


def test_whoever_left_reads_so_and_may_come_back_while_registration_is_open(client, fair, dora):
    client.post(f"/me/{fair.slug}/leave")
    page = client.get("/me/").text
    assert "You are not in any fair yet" not in page
    assert "Fairs you have left" in page
    assert f'href="/f/{fair.slug}/register"' in page
    assert client.get(f"/f/{fair.slug}/register", follow_redirects=True).status_code == 200
    phase_of(fair.id, "jobseekers").closes_at = clock.now()
    page = client.get("/me/").text
    assert f'href="/f/{fair.slug}/register"' not in page
    assert "The registration is closed." in page


def test_leaving_says_what_hangs_on_it_and_does_it_in_one_act(client, fair, dora):
    page = client.get(f"/me/{fair.slug}/leave").text
    assert "Bolt AB" in page
    assert "CV help" in page
    assert "Tax" not in page
    assert again(dora).status == "registered"
    assert client.post(f"/me/{fair.slug}/leave").location == "/me/"
    assert again(dora).status == "cancelled"
    assert [meeting.status for meeting in db.session.scalars(db.select(Meeting))] == ["cancelled"]
    assert {seat.status for seat in db.session.scalars(db.select(Seat))} == {"cancelled"}
    assert all(share.withdrawn_at for share in db.session.scalars(db.select(Share)))
    told = {letter.address for letter in letters()}
    assert {"bo@example.org", "dora.zetterlund@example.org"} <= told
    assert client.get(f"/me/{fair.slug}/leave").status_code == 404
    assert client.post(f"/me/{fair.slug}/leave").status_code == 404


def test_who_has_left_may_register_again_and_keeps_the_answers(client, fair, dora):
    client.post(f"/me/{fair.slug}/leave")
    client.post(f"/f/{fair.slug}/register", data={"name": NAME})
    registration = again(dora)
    assert (registration.status, registration.about) == ("started", "I cook")


def test_a_started_registration_may_be_left_too(client, fair):
    elias = make.jobseeker(fair, "Elias")
    elias.status = "started"
    make.sign_in(client, db.session.get_one(Person, elias.person_id))
    assert client.get(f"/me/{fair.slug}/leave").status_code == 200
    client.post(f"/me/{fair.slug}/leave")
    assert again(elias).status == "cancelled"
    assert letters() == []


def test_an_organiser_cancels_for_somebody_and_they_are_told(client, fair, dora):
    make.sign_in(client, make.organiser(fair))
    url = f"/organise/{fair.slug}/jobseekers/{dora.id}/cancel"
    assert "Bolt AB" in client.get(url).text
    assert client.post(url).status_code == 303
    assert again(dora).status == "cancelled"
    assert "registration_cancelled" in {letter.purpose for letter in letters()}
    assert client.post(url).status_code == 409


def test_only_organisers_who_may_change_cancel_for_others(client, fair, dora):
    url = f"/organise/{fair.slug}/jobseekers/{dora.id}/cancel"
    assert client.post(url).status_code == 404
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    assert client.post(url).status_code == 403
    make.sign_in(client, make.organiser(make.fair("other"), "Eve"))
    assert client.post(url).status_code == 404
    assert client.post(f"/organise/other/jobseekers/{dora.id}/cancel").status_code == 404


def everything() -> str:
    """All that stands anywhere in the database."""
    db.session.expire_all()
    with db.engine.connect() as connection:
        return "\n".join(
            str(row) for table in db.metadata.sorted_tables for row in connection.execute(table.select())
        )


def test_erasing_leaves_no_name_address_profile_or_note_anywhere(client, fair, dora):
    put_in_outbox(channel="email", address="bo@example.org", language="en", purpose="meeting_booked",
                  subject=f"{NAME} books", words=f"{NAME} books 10:00", fair_id=fair.id).status = "sent"  # fmt: skip
    put_in_outbox(channel="email", address="dora.zetterlund@example.org", language="en", purpose="x", subject="Hi",
                  words="Dora, hello", fair_id=fair.id, person_id=dora.person_id)  # fmt: skip
    assert "cannot be undone" in client.get("/me/erase").text
    before = everything()
    assert all(words in before for words in ("Zetterlund", "zetterlund", "I cook", "shy", "good", "Dear"))
    assert client.post("/me/erase").status_code == 303
    after = everything()
    for words in ("Zetterlund", "zetterlund", "Dora", "I cook", "shy", "good", "Dear"):
        assert words not in after, words
    assert client.get("/me/").status_code == 303
    assert db.session.scalars(db.select(SignIn).where(SignIn.person_id == dora.person_id)).all() == []


def test_what_stays_is_that_somebody_was_there(client, fair, dora):
    client.post("/me/erase")
    assert [scan.registration_id for scan in db.session.scalars(db.select(Scan))] == [dora.id]
    assert again(dora).status == "cancelled"
    assert [meeting.status for meeting in db.session.scalars(db.select(Meeting))] == ["cancelled"]
    assert "bo@example.org" in {letter.address for letter in letters()}
    verbs = {
        entry.verb for entry in db.session.scalars(db.select(Entry).where(Entry.actor == dora.person_id))
    }
    assert {"erase", "cancel"} <= verbs
    assert db.session.scalars(db.select(Organiser)).all() == []


def test_a_family_member_at_the_same_address_stays(client, fair, dora):
    elias = make.person("Elias", "dora.zetterlund@example.org")
    make.sign_in(client.application.test_client(), elias)
    client.post("/me/erase")
    assert db.session.scalars(db.select(Contact.address)).all().count("dora.zetterlund@example.org") == 1
    assert db.session.scalars(db.select(SignIn).where(SignIn.person_id == elias.id)).all()


def test_the_only_owner_of_a_fair_must_first_find_another(client, fair):
    ada = make.organiser(fair)
    make.sign_in(client, ada)
    answer = client.post("/me/erase")
    assert answer.status_code == 409
    assert "only owner" in answer.text
    make.organiser(fair, "Cleo")
    assert client.post("/me/erase").status_code == 303
    assert again(ada).erased_at is not None


def test_a_representative_who_is_erased_leaves_no_name(client, fair, dora):
    bo = db.session.scalars(db.select(Person).where(Person.name == "Bo")).one()
    make.sign_in(client, bo)
    remark = db.session.scalars(db.select(Remark)).one()
    remark.author = bo.id
    client.post("/me/erase")
    assert again(remark).author_name == "–"


def test_everything_that_is_kept_can_be_seen_and_taken_along(client, fair, dora):
    page = client.get("/me/data").text
    for words in (NAME, "I cook", "Dora is shy", "Dora is good", "Dear Dora", "Hello from Dora"):
        assert words in page
    answer = client.get("/me/data.json")
    told = json.loads(answer.data)["data"]
    assert told["person"][0]["name"] == NAME
    assert told["access_need"][0]["step_free"] is True
    assert {
        "contact",
        "registration",
        "meeting",
        "seat",
        "share",
        "scan",
        "remark",
        "answer",
        "badge",
    } <= set(told)
    assert "token_hash" not in answer.text


def test_what_is_kept_is_told_in_words_and_times_that_are_read(client, fair, dora):
    page = client.get("/me/data?lang=sv", follow_redirects=True).text
    assert "<dt>Namn</dt>" in page
    assert "created at" not in page
    assert not re.search(r"<bdi>[0-9]{4}-[0-9]{2}-[0-9]{2}T", page)


def test_nobody_sees_what_is_kept_on_others(client, fair, dora):
    make.sign_in(client, make.person("Elias"))
    told = json.loads(client.get("/me/data.json").data)["data"]
    assert set(told) == {"person", "contact", "sign_in"}
    make.sign_out(client)
    assert client.get("/me/data").status_code == 303
    assert client.get("/me/erase").status_code == 303


def test_anybody_may_read_about_data_and_accessibility(client, fair):
    page = client.get("/privacy").text
    assert fair.name in page
    assert "personal number" in page.lower()
    page = client.get("/accessibility").text
    for words in ("2018:1937", "DIGG", "WCAG 2.2", "bazaar@localhost", "looked through on 22 November 2026"):
        assert words in page


def test_no_table_about_people_is_forgotten():
    """A new table with a person or a registration in it must be shown to that person."""
    # Of codes only hashes are kept, for minutes; an uploaded list is not about whoever uploads it.
    known = {*queries.BY_PERSON, *queries.BY_REGISTRATION, Code, Upload}
    forgotten = [
        mapper.class_.__name__
        for mapper in db.Model.registry.mappers
        if {"person_id", "registration_id"} & {column.key for column in mapper.columns}
        and mapper.class_ not in known
    ]
    assert forgotten == []


def test_erasing_strikes_out_the_name_an_organiser_gave_and_what_still_waits(client, fair, dora):
    dora.name = "Dorothea Zett"
    for status in ("sent", "waiting"):
        put_in_outbox(channel="email", address="bo@example.org", language="en", purpose="meeting_booked",
                      subject="A meeting", words="Dorothea Zett comes", fair_id=fair.id).status = status  # fmt: skip
    other = put_in_outbox(channel="email", address="eva@example.org", language="en", purpose="meeting_booked",
                          subject=NAME, words=f"{NAME} comes", fair_id=make.fair("other").id)  # fmt: skip
    client.post("/me/erase")
    assert "Dorothea" not in everything()
    assert again(other).subject == NAME, "a namesake's letter at another fair is still to be sent"


def test_the_phone_of_a_representative_who_is_erased_sees_nothing_more(client, fair, dora):
    bolt = db.session.scalars(db.select(Exhibitor)).one()
    bo = db.session.scalars(db.select(Person).where(Person.name == "Bo")).one()
    code = make_pairing_code(fair.id, "booth", label="Bolt", exhibitor_id=bolt.id, by=bo)
    phone = {"Authorization": f"Bearer {client.post('/device/pair', json={'code': code}).json['token']}"}
    assert client.get("/device/me", headers=phone).status_code == 200
    make.sign_in(client, bo)
    client.post("/me/erase")
    assert client.get("/device/me", headers=phone).status_code == 401
