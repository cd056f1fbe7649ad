"""The pages of meetings, as a jobseeker and an exhibitor walk them."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from bazaar.db import db
from bazaar.meetings.models import Meeting, PairBlock, Slot
from bazaar.people.models import Person
from bazaar.sharing.queries import standing_share
from tests import make
from tests.meetings.conftest import Cast


@pytest.fixture
def dora(client: FlaskClient, cast: Cast) -> FlaskClient:
    make.sign_in(client, db.session.get_one(Person, cast.dora.person_id))
    return client


@pytest.fixture
def bo(client: FlaskClient, cast: Cast) -> FlaskClient:
    make.sign_in(client, cast.bo)
    return client


def only_meeting() -> Meeting:
    return db.session.scalars(db.select(Meeting)).one()


def plan(cast: Cast) -> str:
    return f"/exhibit/spring/{cast.bolt.id}/meetings"


# --- An employer's page ---------------------------------------------------------------------


def test_anybody_sees_every_fact_and_the_free_times(client: FlaskClient, cast: Cast):
    make.vacancy(cast.bolt, other_languages=["ar", "so"])
    make.booth(cast.bolt, 14)
    make.slot(cast.bolt, cast.at(10, 45))
    page = client.get(f"/f/spring/employers/{cast.bolt.id}")
    assert page.status_code == 200
    for words in (
        "Bolt AB",
        "14",
        "27,400–31,200 kr",
        "Farsta",
        "SFI C",
        "Arabic, Somali",
        "10:45",
        "Interviews at the fair",
    ):
        assert words in page.text
    assert "Bolt AB sees nothing about you before you book or show your code." in page.text
    labels = re.findall(r"<dt>(.*?)</dt>", page.text)
    assert labels == [
        "Jobs", "Occupation", "Pay", "Hours", "Place", "Least Swedish", "Other languages that help", "Education",
        "Driving licence", "At the fair",
    ]  # fmt: skip


def test_drafts_and_exhibitors_that_are_not_approved_are_not_shown(client: FlaskClient, cast: Cast):
    make.vacancy(cast.bolt, "Secret job", status="draft")
    assert "Secret job" not in client.get(f"/f/spring/employers/{cast.bolt.id}").text
    waiting = make.exhibitor(cast.fair, "Waiting AB", status="waitlisted")
    assert client.get(f"/f/spring/employers/{waiting.id}").status_code == 404
    elsewhere = make.exhibitor(make.fair("autumn"), "Eve AB")
    assert client.get(f"/f/spring/employers/{elsewhere.id}").status_code == 404


def test_before_the_fair_shows_its_exhibitors_nobody_sees_one(client: FlaskClient, cast: Cast):
    cast.fair.results_visible_from = cast.at(9)
    assert client.get(f"/f/spring/employers/{cast.bolt.id}").status_code == 404


def test_three_times_at_the_thumb_and_the_rest_behind_more(client: FlaskClient, cast: Cast):
    for hour in range(10, 15):
        make.slot(cast.bolt, cast.at(hour))
    make.slot(cast.bolt, cast.at(10), table=2)
    address = f"/f/spring/employers/{cast.bolt.id}"
    assert client.get(address).text.count('type="radio" name="slot"') == 3
    assert client.get(f"{address}?times=all").text.count('type="radio" name="slot"') == 5


def test_times_that_do_not_fit_ones_own_day_are_not_offered(dora: FlaskClient, cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    make.meeting(cast.dora, make.slot(crane, cast.at(10)))
    make.slot(cast.bolt, cast.at(10, 15))
    make.slot(cast.bolt, cast.at(11))
    page = dora.get(f"/f/spring/employers/{cast.bolt.id}").text
    assert ">11:00<" in page
    assert ">10:15<" not in page


def test_by_request_alone_one_asks(client: FlaskClient, cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB")
    assert "Ask for a meeting" in client.get(f"/f/spring/employers/{crane.id}").text


def test_before_booking_opens_the_page_says_when(client: FlaskClient, cast: Cast):
    cast.fair.booking_opens_days = 2
    make.slot(cast.bolt, cast.at(10))
    page = client.get(f"/f/spring/employers/{cast.bolt.id}").text
    assert "Meetings can be booked from" in page
    assert 'name="slot"' not in page


def test_before_booking_opens_nobody_fills_in_a_question_that_cannot_be_sent(dora: FlaskClient, cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB")
    asking = f"/me/spring/employers/{crane.id}/ask"
    assert dora.get(asking).status_code == 200
    cast.fair.booking_opens_days = 2
    page = dora.get(asking)
    assert page.status_code == 409
    assert "Meetings can be booked from" in page.text


# --- Booking --------------------------------------------------------------------------------


def test_whoever_is_not_registered_registers_or_signs_in_and_comes_back(client: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    page = client.get(f"/f/spring/employers/{cast.bolt.id}/meet?slot={slot.id}")
    assert "Register first" in page.text
    assert f"slot%3D{slot.id}" in page.text
    stranger = make.person("Farah")
    make.sign_in(client, stranger)
    assert client.get(f"/me/spring/employers/{cast.bolt.id}/book").status_code == 404
    assert "Register first" in client.get(f"/f/spring/employers/{cast.bolt.id}/meet").text


def test_after_registering_one_comes_back_to_the_booking(dora: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    onward = f"/me/spring/employers/{cast.bolt.id}/book?slot={slot.id}"
    answer = dora.get("/f/spring/register", query_string={"next": onward})
    assert answer.location == onward
    away = dora.get("/f/spring/register", query_string={"next": "https://evil.example"})
    assert "evil" not in away.location


def test_a_registered_jobseeker_goes_on_to_the_question(dora: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    onward = dora.get(f"/f/spring/employers/{cast.bolt.id}/meet?slot={slot.id}")
    assert onward.status_code == 303
    page = dora.get(onward.location).text
    assert "Book 10:00 with Bolt AB?" in page


def test_booking_in_one_tap_shows_what_the_page_said(dora: FlaskClient, cast: Cast):
    cast.dora.about = "I like people."
    slot = make.slot(cast.bolt, cast.at(10))
    page = dora.get(f"/f/spring/employers/{cast.bolt.id}").text
    assert "If you book, they see: Name, About me." in page
    bar = page[page.index('<div class="bar">') :]
    assert "If you book" not in bar  # the bar at the thumb stays low and leads to the words
    assert 'href="#shown"' in bar
    shown = re.findall(r'name="shown" value="(\w+)"', page)
    booked = dora.post(
        f"/me/spring/employers/{cast.bolt.id}/book", data={"slot": str(slot.id), "shown": shown}
    )
    assert booked.status_code == 303
    meeting = only_meeting()
    assert (meeting.status, meeting.slot_id) == ("booked", slot.id)
    share = standing_share(cast.dora.id, cast.bolt.id)
    assert share is not None
    assert share.fields == ["name", "about"]
    mine = dora.get("/me/spring/meetings").text
    assert "Booked: Bolt AB" in mine
    assert ">10:00<" in mine


def test_no_time_chosen_is_said_beside_the_times(dora: FlaskClient, cast: Cast):
    make.slot(cast.bolt, cast.at(10))
    answer = dora.post(f"/me/spring/employers/{cast.bolt.id}/book", data={"slot": "nonsense"})
    assert answer.status_code == 422
    assert "Choose a time." in answer.text


def test_whoever_is_too_late_is_told_in_words_with_a_way_on(dora: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    make.meeting(cast.elias, slot)
    answer = dora.post(f"/me/spring/employers/{cast.bolt.id}/book", data={"slot": str(slot.id)})
    assert answer.status_code == 409
    assert "Somebody was faster: 10:00 is taken." in answer.text
    assert "See the free times" in answer.text


def test_asking_keeps_what_was_typed_when_a_personal_number_is_refused(dora: FlaskClient, cast: Cast):
    message = "I am Dora, 19900101-2385, and drive trucks"
    answer = dora.post(f"/me/spring/employers/{cast.bolt.id}/ask", data={"message": message})
    assert answer.status_code == 422
    assert "personal number" in answer.text
    assert "drive trucks" in answer.text
    dora.post(f"/me/spring/employers/{cast.bolt.id}/ask", data={"message": "I drive trucks"})
    assert only_meeting().message == "I drive trucks"
    assert "answer before" in dora.get("/me/spring/meetings").text


# --- The jobseeker's day --------------------------------------------------------------------


def test_the_day_shows_booths_and_walks_between_halls(dora: FlaskClient, cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB")
    make.booth(cast.bolt, 14)
    make.booth(crane, 31, "Hall B")
    make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    make.meeting(cast.dora, make.slot(crane, cast.at(11)))
    page = dora.get("/me/spring/meetings").text
    assert "Booth 14" in page
    assert "Walk to Hall B, about 5 minutes" in page


def test_cancelling_asks_first_and_can_be_undone(dora: FlaskClient, cast: Cast):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    page = dora.get(f"/me/spring/meetings/{meeting.id}/cancel").text
    assert "They get a letter." in page
    dora.post(f"/me/spring/meetings/{meeting.id}/cancel", data={"reason": "I am ill"})
    assert (only_meeting().status, only_meeting().reason) == ("cancelled", "I am ill")
    assert f"/me/spring/meetings/{meeting.id}/restore" in dora.get("/me/spring/meetings").text
    dora.post(f"/me/spring/meetings/{meeting.id}/restore")
    assert only_meeting().status == "booked"


def test_another_time_is_chosen_on_a_page(dora: FlaskClient, cast: Cast):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    later = make.slot(cast.bolt, cast.at(14))
    assert "14:00" in dora.get(f"/me/spring/meetings/{meeting.id}/move").text
    assert dora.post(f"/me/spring/meetings/{meeting.id}/move", data={}).status_code == 422
    dora.post(f"/me/spring/meetings/{meeting.id}/move", data={"slot": str(later.id)})
    assert only_meeting().slot_id == later.id


def test_not_this_employer_and_back(dora: FlaskClient, cast: Cast):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    assert "is cancelled" in dora.get(f"/me/spring/employers/{cast.bolt.id}/block").text
    dora.post(f"/me/spring/employers/{cast.bolt.id}/block")
    assert db.session.get_one(Meeting, meeting.id).status == "cancelled"
    assert "do not want to meet them" in dora.get(f"/f/spring/employers/{cast.bolt.id}").text
    dora.post(f"/me/spring/employers/{cast.bolt.id}/unblock")
    assert db.session.scalars(db.select(PairBlock)).all() == []


def test_every_state_of_a_meeting_has_its_page(dora: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    for status in ("booked", "held", "no_show", "cancelled", "declined", "expired"):
        meeting = make.meeting(cast.dora, slot, status, reason="Because")
        assert dora.get(f"/me/spring/meetings/{meeting.id}").status_code == 200, status
        assert dora.get("/me/spring/meetings").status_code == 200, status
        db.session.delete(meeting)
        db.session.commit()


def test_somebody_elses_meeting_is_not_found(dora: FlaskClient, cast: Cast):
    theirs = make.meeting(cast.elias, make.slot(cast.bolt, cast.at(10)))
    for page in ("", "/cancel", "/move", ".ics"):
        assert dora.get(f"/me/spring/meetings/{theirs.id}{page}").status_code == 404, page


# --- The exhibitor --------------------------------------------------------------------------


def ask(cast: Cast) -> UUID:
    from bazaar.meetings import actions

    meeting = actions.ask(cast.fair, cast.dora, cast.bolt, "I drive trucks", language="en")
    db.session.commit()
    return meeting.id


def test_a_request_is_answered_with_one_of_the_free_times(bo: FlaskClient, cast: Cast):
    meeting_id = ask(cast)
    slot = make.slot(cast.bolt, cast.at(10), is_open=False)
    page = bo.get(plan(cast)).text
    assert "1 request to answer." in page
    assert "I drive trucks" in page
    assert "10:00" in bo.get(f"{plan(cast)}/{meeting_id}").text
    no_time = bo.post(f"{plan(cast)}/{meeting_id}/accept", data={})
    assert no_time.status_code == 422
    assert "Thank you for your interest" in no_time.text
    bo.post(f"{plan(cast)}/{meeting_id}/accept", data={"slot": str(slot.id)})
    assert only_meeting().status == "booked"


def test_a_request_is_answered_with_a_time_of_ones_own(bo: FlaskClient, cast: Cast):
    meeting_id = ask(cast)
    day = make.days(cast.fair)[0].date.isoformat()
    data = {"day": day, "starts": "08:00", "table": "1"}
    refused = bo.post(f"{plan(cast)}/{meeting_id}/accept", data=data)
    assert refused.status_code == 409
    assert "outside your hours" in refused.text
    assert db.session.scalars(db.select(Slot)).all() == []
    bo.post(f"{plan(cast)}/{meeting_id}/accept", data={**data, "starts": "13:20"})
    assert only_meeting().starts_at == cast.at(13, 20)


def test_a_request_is_declined_in_ones_own_words(bo: FlaskClient, cast: Cast):
    meeting_id = ask(cast)
    empty = bo.post(f"{plan(cast)}/{meeting_id}/decline", data={"words": " "})
    assert empty.status_code == 422
    bo.post(f"{plan(cast)}/{meeting_id}/decline", data={"words": "Sorry, we are full", "block": "y"})
    assert (only_meeting().status, only_meeting().reason) == ("declined", "Sorry, we are full")
    assert "You take no requests from" in bo.get(plan(cast)).text
    bo.post(f"/exhibit/spring/{cast.bolt.id}/people/{cast.dora.id}/unblock")
    assert db.session.scalars(db.select(PairBlock)).all() == []


def test_a_meeting_is_moved_handed_over_and_cancelled_on_its_page(bo: FlaskClient, cast: Cast):
    kim = make.representative(cast.bolt, "Kim", "recruiter")
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    later = make.slot(cast.bolt, cast.at(14))
    address = f"{plan(cast)}/{meeting.id}"
    bo.post(f"{address}/move", data={"slot": str(later.id)})
    bo.post(f"{address}/hand-over", data={"colleague": str(kim.id)})
    assert (only_meeting().slot_id, db.session.get_one(Slot, later.id).recruiter_id) == (later.id, kim.id)
    assert bo.post(f"{address}/hand-over", data={"colleague": ""}).status_code == 422
    assert bo.post(f"{address}/move", data={"slot": ""}).status_code == 422
    bo.post(f"{address}/cancel", data={"reason": "Bo is ill"})
    assert only_meeting().status == "cancelled"
    bo.post(f"{address}/restore")
    assert only_meeting().status == "booked"


def test_calling_off_may_block_the_person_too(bo: FlaskClient, cast: Cast):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    bo.post(f"{plan(cast)}/{meeting.id}/cancel", data={"reason": "Not again", "block": "y"})
    assert (only_meeting().status, only_meeting().reason) == ("cancelled", "Not again")
    assert db.session.scalars(db.select(PairBlock)).one().by == "exhibitor"


def test_held_and_not_come_are_said_on_the_plan_once_it_is_time(bo: FlaskClient, cast: Cast, set_clock):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    assert "Did not come" not in bo.get(plan(cast)).text
    early = bo.post(f"{plan(cast)}/{meeting.id}/said", data={"what": "no_show"})
    assert early.status_code == 409
    set_clock(cast.at(10, 20))
    assert "Did not come" in bo.get(plan(cast)).text
    bo.post(f"{plan(cast)}/{meeting.id}/said", data={"what": "no_show"})
    assert only_meeting().status == "no_show"
    bo.post(f"{plan(cast)}/{meeting.id}/said", data={})
    bo.post(f"{plan(cast)}/{meeting.id}/said", data={"what": "held"})
    assert only_meeting().status == "held"


def test_whoever_took_the_name_back_is_not_named_afterwards(bo: FlaskClient, cast: Cast, set_clock):
    make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)), "held")
    assert "Name taken back" in bo.get(plan(cast)).text
    from bazaar.sharing import actions as sharing

    sharing.share(cast.dora, cast.bolt, "page", "en")
    assert "Dora" in bo.get(plan(cast)).text


def test_ones_own_plan_holds_only_ones_own_times(bo: FlaskClient, cast: Cast):
    make.slot(cast.bolt, cast.at(10), recruiter_id=cast.bo.id)
    make.slot(cast.bolt, cast.at(11), table=2)
    assert ">11:00<" in bo.get(plan(cast)).text
    mine = bo.get(f"{plan(cast)}?who=me").text
    assert ">10:00<" in mine
    assert ">11:00<" not in mine


def test_another_exhibitors_meetings_are_not_found(bo: FlaskClient, cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB")
    meeting = make.meeting(cast.dora, make.slot(crane, cast.at(10)))
    assert bo.get(f"/exhibit/spring/{crane.id}/meetings").status_code == 404
    assert bo.get(f"{plan(cast)}/{meeting.id}").status_code == 404


# --- Times ----------------------------------------------------------------------------------


def times(cast: Cast) -> str:
    return f"/exhibit/spring/{cast.bolt.id}/times"


def a_day(cast: Cast, **facts: object) -> dict[str, object]:
    day = make.days(cast.fair)[0].date.isoformat()
    return {
        "days": [day], "starts": "10:00", "ends": "12:00", "length": "15", "pause": "10", "tables": ["1"], "recruiter": "",
        "kind": "open", **facts,
    }  # fmt: skip


def test_a_whole_day_is_offered_in_one_act(bo: FlaskClient, cast: Cast):
    cast.bolt.tables = 2
    data = a_day(cast, tables=["1", "2"], lunch_starts="10:45", lunch_ends="11:15")
    assert bo.post(times(cast), data=data).status_code == 303
    page = bo.get(times(cast)).text
    assert "8 times offered." in page
    assert page.count('name="slots"') == 8


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ends": "09:00"}, "after the beginning"),
        ({"starts": "later"}, "Write a time, such as 09:00."),
        ({"length": "45"}, "10 to 30 minutes"),
        ({"length": "x"}, "Write how many minutes"),
        ({"starts": "07:00"}, "outside your hours"),
        ({"lunch_starts": "11:00"}, "both times"),
        ({"days": []}, "Choose a day"),
        ({"tables": ["7"]}, "7"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(bo: FlaskClient, cast: Cast, facts, words: str):
    answer = bo.post(times(cast), data=a_day(cast, **facts))
    assert answer.status_code == 422
    if words not in ("10 to 30", "7"):
        assert words in answer.text
    assert 'value="10"' in answer.text
    assert db.session.scalars(db.select(Slot)).all() == []


def test_a_time_that_cannot_be_read_is_not_called_missing(bo: FlaskClient, cast: Cast):
    answer = bo.post(times(cast), data=a_day(cast, lunch_starts="11:00", lunch_ends="noon"))
    assert answer.status_code == 422
    assert "Write a time, such as 09:00." in answer.text
    assert "both times" not in answer.text


def test_chosen_times_are_kept_opened_and_seated(bo: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    change = f"{times(cast)}/change"
    bo.post(change, data={"slots": [str(slot.id)], "act": "keep"})
    assert not db.session.get_one(Slot, slot.id).is_open
    bo.post(change, data={"slots": [str(slot.id)], "act": "open"})
    bo.post(change, data={"slots": [str(slot.id)], "act": "seat", "recruiter": str(cast.bo.id)})
    slot = db.session.get_one(Slot, slot.id)
    assert (slot.is_open, slot.recruiter_id) == (True, cast.bo.id)
    bo.post(change, data={"act": "open"})
    assert "Tick the times first." in bo.get(times(cast)).text


def test_free_times_are_withdrawn_at_once_with_an_undo(bo: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    bo.post(f"{times(cast)}/change", data={"slots": [str(slot.id)], "act": "withdraw"})
    assert db.session.get_one(Slot, slot.id).withdrawn_at is not None
    assert f'name="slots" value="{slot.id}"' in bo.get(times(cast)).text
    bo.post(f"{times(cast)}/reopen", data={"slots": str(slot.id)})
    assert db.session.get_one(Slot, slot.id).withdrawn_at is None


def test_times_with_meetings_say_first_what_hangs_on_them(bo: FlaskClient, cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    make.meeting(cast.dora, slot)
    data = {"slots": [str(slot.id)], "act": "withdraw"}
    page = bo.post(f"{times(cast)}/change", data=data)
    assert page.status_code == 200
    assert "Dora" in page.text
    assert only_meeting().status == "booked"
    bo.post(f"{times(cast)}/change", data={**data, "sure": "y", "reason": "Bo is ill"})
    assert (only_meeting().status, only_meeting().reason) == ("cancelled", "Bo is ill")


def test_how_we_meet_people_is_chosen_here(bo: FlaskClient, cast: Cast):
    bo.post(f"{times(cast)}/ways", data={"by_request": "y", "tables": "3"})
    db.session.refresh(cast.bolt)
    assert (cast.bolt.open_slots, cast.bolt.by_request, cast.bolt.tables) == (False, True, 3)
    assert bo.post(f"{times(cast)}/ways", data={"tables": "0"}).status_code == 422


def test_the_same_time_at_another_table_is_no_other_time(dora: FlaskClient, cast: Cast):
    meeting = make.meeting(cast.dora, make.slot(cast.bolt, cast.at(10)))
    make.slot(cast.bolt, cast.at(10), table=2)
    assert "Choose another time" not in dora.get(f"/me/spring/meetings/{meeting.id}").text
    make.slot(cast.bolt, cast.at(14))
    page = dora.get(f"/me/spring/meetings/{meeting.id}/move").text
    assert 'data-time="14:00"' in page
    assert 'data-time="10:00"' not in page
