"""Calendar files and feeds, read back by another parser than the one that wrote them."""

import re

import pytest
import vobject
from flask.testing import FlaskClient

from bazaar.db import db
from bazaar.meetings import actions
from bazaar.meetings.models import Feed
from bazaar.people.models import Person
from bazaar.programme.models import Seat, Talk
from tests import make
from tests.meetings.conftest import Cast


@pytest.fixture
def dora(client: FlaskClient, cast: Cast) -> FlaskClient:
    make.sign_in(client, db.session.get_one(Person, cast.dora.person_id))
    return client


def read(answer):
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/calendar")
    calendar = vobject.readOne(answer.text)
    assert f"method={calendar.method.value}" in answer.content_type
    return calendar


def events(answer) -> list[str]:
    return sorted(event.summary.value for event in read(answer).contents.get("vevent", []))


def test_a_meeting_is_a_file_in_utc_with_booth_and_hall(dora: FlaskClient, cast: Cast):
    make.booth(cast.bolt, 14)
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10, 45)))
    calendar = read(dora.get(f"/me/spring/meetings/{meeting.id}.ics"))
    event = calendar.vevent
    assert calendar.method.value == "PUBLISH"
    assert event.dtstart.value == cast.at(10, 45)
    assert event.summary.value == "Meeting: Bolt AB"
    assert event.location.value == "Booth 14, Hall A, Kajhallarna, Stockholm"
    assert event.sequence.value == "0"


def test_a_change_raises_the_sequence_and_keeps_the_uid_and_a_cancellation_says_so(
    dora: FlaskClient, cast: Cast
):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    later = make.slot(cast.bolt, cast.at(14))
    address = f"/me/spring/meetings/{meeting.id}.ics"
    first = read(dora.get(address)).vevent
    dora.post(f"/me/spring/meetings/{meeting.id}/move", data={"slot": str(later.id)})
    moved = read(dora.get(address)).vevent
    dora.post(f"/me/spring/meetings/{meeting.id}/cancel", data={})
    struck = read(dora.get(address))
    assert first.uid.value == moved.uid.value == struck.vevent.uid.value
    assert first.organizer.value == struck.vevent.organizer.value
    assert [one.sequence.value for one in (first, moved, struck.vevent)] == ["0", "1", "2"]
    assert moved.dtstart.value == cast.at(14)
    assert (struck.method.value, struck.vevent.status.value) == ("CANCEL", "CANCELLED")


def test_a_request_without_a_time_has_no_file(dora: FlaskClient, cast: Cast):
    meeting = actions.ask(cast.fair, cast.dora, cast.bolt, "", language="en")
    db.session.commit()
    assert dora.get(f"/me/spring/meetings/{meeting.id}.ics").status_code == 404


def address_on(page: str) -> str:
    found = re.search(r"<code>http://127\.0\.0\.1:5000(/calendar/[^<]+\.ics)</code>", page)
    assert found
    return found[1]


def test_a_jobseekers_feed_holds_meetings_and_talks_and_is_shown_once(
    dora: FlaskClient, client: FlaskClient, cast: Cast
):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    make.meeting(cast.elias, make.slot(cast.bolt, cast.at(11)))
    talk = make.add(
        Talk(
            fair_id=cast.fair.id,
            title="CV help",
            room="B",
            language="sv",
            starts_at=cast.at(13),
            ends_at=cast.at(14),
        )
    )
    make.add(Seat(fair_id=cast.fair.id, talk_id=talk.id, registration_id=cast.dora.id, status="going"))
    address = address_on(dora.post("/me/spring/calendar", data={"act": "new"}).text)
    assert "<code>" not in dora.get("/me/spring/calendar").text
    make.sign_out(dora)
    assert events(dora.get(address)) == ["CV help", "Meeting: Bolt AB"]
    actions.cancel(cast.fair, meeting, "exhibitor", "", cast.bo.id)
    db.session.commit()
    assert events(dora.get(address)) == ["CV help"]
    feed = db.session.scalars(db.select(Feed)).one()
    assert feed.token_hash not in address


def test_a_new_address_ends_the_old_and_ending_ends_it(dora: FlaskClient, cast: Cast):
    old = address_on(dora.post("/me/spring/calendar", data={"act": "new"}).text)
    new = address_on(dora.post("/me/spring/calendar", data={"act": "new"}).text)
    assert dora.get(old).status_code == 404
    assert dora.get(new).status_code == 200
    dora.post("/me/spring/calendar", data={"act": "end"})
    assert dora.get(new).status_code == 404


def test_whoever_left_the_fair_has_no_feed(dora: FlaskClient, cast: Cast):
    address = address_on(dora.post("/me/spring/calendar", data={"act": "new"}).text)
    cast.dora.status = "cancelled"
    assert dora.get(address).status_code == 404


def test_a_recruiters_feed_holds_their_own_meetings_the_exhibitors_all(client: FlaskClient, cast: Cast):
    make.sign_in(client, cast.bo)
    make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10), recruiter_id=cast.bo.id))
    make.meeting(cast.elias, make.slot(cast.bolt, cast.at(11)))
    page = f"/exhibit/spring/{cast.bolt.id}/calendar"
    mine = address_on(client.post(page, data={"act": "new", "kind": "recruiter"}).text)
    ours = address_on(client.post(page, data={"act": "new", "kind": "exhibitor"}).text)
    assert client.post(page, data={"act": "new", "kind": "nonsense"}).status_code == 404
    make.sign_out(client)
    assert events(client.get(mine)) == ["Meeting: Dora"]
    assert events(client.get(ours)) == ["Meeting: Dora", "Meeting: Elias"]


def test_a_recruiter_who_left_the_organisation_has_no_feed(client: FlaskClient, cast: Cast):
    from bazaar import clock
    from bazaar.employers.models import Representative

    make.sign_in(client, cast.bo)
    page = f"/exhibit/spring/{cast.bolt.id}/calendar"
    address = address_on(client.post(page, data={"act": "new", "kind": "exhibitor"}).text)
    db.session.scalars(db.select(Representative)).one().ended_at = clock.now()
    assert client.get(address).status_code == 404


def test_the_public_calendar_has_the_days_and_the_programme(client: FlaskClient, cast: Cast):
    make.add(
        Talk(
            fair_id=cast.fair.id,
            title="CV help",
            room="B",
            language="sv",
            starts_at=cast.at(13),
            ends_at=cast.at(14),
        )
    )
    calendar = read(client.get("/f/spring/calendar.ics"))
    assert sorted(event.summary.value for event in calendar.contents["vevent"]) == [
        "CV help",
        "Fair spring",
        "Fair spring",
    ]
    assert cast.at(9) in {event.dtstart.value for event in calendar.contents["vevent"]}


def test_an_unknown_address_is_not_found(client: FlaskClient):
    assert client.get("/calendar/nonsense.ics").status_code == 404


def test_a_name_taken_back_leaves_the_exhibitors_calendar_too(client: FlaskClient, cast: Cast):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    make.sign_in(client, cast.bo)
    address = f"/exhibit/spring/{cast.bolt.id}/meetings/{meeting.id}.ics"
    assert events(client.get(address)) == ["Meeting: Dora"]
    actions.cancel(cast.fair, meeting, "jobseeker", "", cast.dora.person_id)
    assert events(client.get(address)) == ["Meeting: Name taken back"]
