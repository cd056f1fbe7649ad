"""The page behind the link: anybody may open it, only the answer changes anything."""

from datetime import timedelta

import pytest

from bazaar.db import db
from bazaar.journal.models import Entry
from bazaar.meetings import actions as meetings
from bazaar.meetings.models import Meeting
from bazaar.messages.models import Letter
from bazaar.people.models import Person
from bazaar.privacy import actions as privacy
from bazaar.privacy.queries import everything_on
from bazaar.reminders import rules
from bazaar.reminders.models import Reminder
from tests import make
from tests.reminders.conftest import link_of, remind_now


def status() -> str:
    return db.session.scalars(db.select(Meeting.status)).one()


def answer() -> str:
    return db.session.scalars(db.select(Reminder.answer)).one()


def test_opening_the_link_changes_nothing_however_often(client, cast, reminded, statements):
    statements.clear()
    for _ in range(3):
        page = client.get(reminded)
        assert page.status_code == 200
    assert all(statement.startswith("SELECT") for statement in statements)
    assert (status(), answer()) == ("booked", "")


def test_the_page_shows_only_who_when_and_where(client, cast, reminded):
    page = client.get(reminded).text
    for words in ("Bolt AB", "10:00–10:15", "Booth 14, Hall A", "I'm coming", "I can't"):
        assert words in page
    assert "Dora" not in page
    assert "noindex" in page


def test_coming_is_seen_by_the_exhibitor_and_the_organisers(client, cast, reminded):
    ada = make.organiser(cast.fair)
    plan = f"/exhibit/spring/{cast.bolt.id}/meetings"
    make.sign_in(client, cast.bo)
    assert "Reminded, no answer yet" in client.get(plan).text
    assert client.post(reminded, data={"answer": "coming"}).status_code == 303
    assert "You have said that you come." in client.get(reminded).text
    assert "Says they come" in client.get(plan).text
    assert "Says they come" in client.get(f"{plan}/{cast.meeting.id}").text
    make.sign_in(client, ada)
    assert "Says they come" in client.get("/organise/spring/meetings").text


def test_nothing_is_said_of_who_was_not_asked(client, cast):
    make.sign_in(client, cast.bo)
    page = client.get(f"/exhibit/spring/{cast.bolt.id}/meetings").text
    assert "Reminded, no answer yet" not in page
    assert "Says they come" not in page


def test_cannot_frees_the_time_and_tells_the_exhibitor(client, cast, reminded):
    client.post(reminded, data={"answer": "coming"})
    assert client.post(reminded, data={"answer": "cannot"}).status_code == 303
    assert (status(), answer(), cast.meeting.ended_by) == ("cancelled", "cannot", "jobseeker")
    told = db.session.scalars(db.select(Letter).where(Letter.purpose == "meeting_cancelled")).all()
    assert [letter.address for letter in told] == ["bo@example.org"]
    assert "the time is free for somebody else" in client.get(reminded).text
    meetings.book(
        cast.fair, make.jobseeker(cast.fair, "Elias"), cast.bolt, cast.meeting.slot_id, language="en"
    )


def test_who_changes_their_mind_comes_after_all_while_the_time_is_free(client, cast, reminded):
    client.post(reminded, data={"answer": "cannot"})
    assert client.post(reminded, data={"answer": "coming"}).status_code == 303
    assert (status(), answer()) == ("booked", "coming")
    client.post(reminded, data={"answer": "cannot"})
    elias = make.jobseeker(cast.fair, "Elias")
    meetings.book(cast.fair, elias, cast.bolt, cast.meeting.slot_id, language="en")
    too_late = client.post(reminded, data={"answer": "coming"})
    assert too_late.status_code == 409
    assert "Somebody was faster: 10:00 is taken." in too_late.text
    assert cast.meeting.status == "cancelled"


def test_saying_the_same_twice_is_no_mistake(client, cast, reminded):
    for said in ("coming", "coming", "cannot", "cannot"):
        assert client.post(reminded, data={"answer": said}).status_code == 303


def test_after_the_start_the_link_has_kind_words_and_takes_no_answer(client, cast, set_clock, reminded):
    set_clock(cast.start)
    page = client.get(reminded)
    assert page.status_code == 200
    assert "Your meeting has begun" in page.text
    assert "I can't" not in page.text
    assert client.post(reminded, data={"answer": "cannot"}).status_code == 409
    assert status() == "booked"
    set_clock(cast.start + timedelta(hours=1))
    assert "This meeting is over" in client.get(reminded).text


def test_a_meeting_the_employer_cancelled_cannot_be_taken_up(client, cast, reminded):
    meetings.cancel(cast.fair, cast.meeting, "exhibitor", "", cast.bo.id)
    assert client.post(reminded, data={"answer": "coming"}).status_code == 404, "nobody has got the link"
    assert status() == "cancelled"


def test_after_sending_the_link_of_a_cancelled_meeting_says_so(client, cast, reminded):
    db.session.execute(db.update(Letter).values(status="sent"))
    meetings.cancel(cast.fair, cast.meeting, "exhibitor", "", cast.bo.id)
    page = client.get(reminded)
    assert page.status_code == 200
    assert "This meeting will not take place" in page.text
    assert client.post(reminded, data={"answer": "coming"}).status_code == 409


def test_the_old_link_of_a_moved_meeting_leads_to_its_new_time_and_asks_again(client, cast, reminded):
    client.post(reminded, data={"answer": "coming"})
    db.session.execute(db.update(Letter).values(status="sent"))
    meetings.move(cast.fair, cast.meeting, make.slot(cast.bolt, cast.at(15)).id, cast.bo.id)
    page = client.get(reminded).text
    assert "15:00–15:15" in page
    assert "You have said that you come." not in page
    client.post(reminded, data={"answer": "coming"})
    assert "You have said that you come." in client.get(reminded).text


def test_an_unknown_link_is_told_in_words(client, cast):
    page = client.get("/r/nothing")
    assert page.status_code == 404
    assert "This link leads nowhere" in page.text
    assert client.post("/r/nothing", data={"answer": "coming"}).status_code == 404


def test_neither_button_is_refused_in_words(client, cast, reminded):
    assert client.post(reminded, data={"answer": "perhaps"}).status_code == 409
    assert status() == "booked"


def test_many_answers_are_too_many(client, cast, reminded):
    for number in range(rules.ANSWERS_ABOUT_MEETING.most):
        client.post(reminded, data={"answer": ("coming", "cannot")[number % 2]})
    answered = client.post(reminded, data={"answer": "coming"})
    assert answered.status_code == 429
    assert int(answered.headers["Retry-After"]) > 0


def test_the_page_is_in_the_persons_language_unless_another_was_chosen(app, cast, reminded):
    db.session.get_one(Person, cast.dora.person_id).language = "sv"
    db.session.commit()
    assert "Kommer du?" in app.test_client().get(reminded, headers={"Accept-Language": "en"}).text
    assert "Are you coming?" in app.test_client().get(f"{reminded}?lang=en").text


def test_a_link_works_where_somebody_else_is_signed_in(client, cast, reminded):
    make.sign_in(client, cast.bo)
    assert client.post(reminded, data={"answer": "cannot"}).status_code == 303
    entry = db.session.scalars(db.select(Entry).where(Entry.thing == "reminder")).one()
    assert (entry.verb, entry.actor, entry.facts) == ("answer", cast.dora.person_id, {"answer": "cannot"})


def test_what_was_answered_stands_in_my_data_and_is_forgotten_with_me(client, cast, reminded):
    client.post(reminded, data={"answer": "coming"})
    person = db.session.get_one(Person, cast.dora.person_id)
    (part,) = [part for part in everything_on(person) if part.table == "reminder"]
    assert part.rows[0]["answer"] == "coming"
    assert "token_hash" not in part.rows[0]
    privacy.erase(person)
    db.session.commit()
    assert db.session.scalars(db.select(Reminder)).all() == []
    assert client.get(reminded).status_code == 404


@pytest.mark.parametrize("said", ["coming", "cannot"])
def test_both_reminders_links_work_and_the_last_answer_counts(client, cast, set_clock, reminded, said):
    client.post(reminded, data={"answer": "coming"})
    set_clock(cast.start - timedelta(hours=1))
    second = link_of(*remind_now())
    assert "You have said that you come." in client.get(second).text
    client.post(second, data={"answer": said})
    assert status() == {"coming": "booked", "cannot": "cancelled"}[said]
