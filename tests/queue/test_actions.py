"""Standing in the queue, being called, coming and leaving."""

from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.desk import actions as desk
from bazaar.errors import Refused
from bazaar.meetings.models import Meeting, PairBlock
from bazaar.privacy import actions as privacy
from bazaar.queue import actions, queries
from bazaar.queue.words import turn_words, wait_words
from tests import make
from tests.queue.conftest import Cast, letters


def words(cast: Cast) -> list[str]:
    """What each who waits reads."""
    line = queries.line_at(cast.fair, cast.bolt, clock.now())
    return [turn_words(line, turn) for turn in line.turns]


def test_people_are_called_in_the_order_in_which_they_came(cast: Cast):
    dora, elias = cast.join("Dora", "Elias")
    assert (dora.number, elias.number) == (1, 2)
    assert words(cast) == ["Soon: you are next.", "About 15 minutes: 1 before you."]
    assert [cast.call(), cast.call()] == [dora, elias]
    with pytest.raises(Refused, match="Nobody waits"):
        cast.call()


def test_whoever_stands_in_the_queue_already_keeps_the_place(cast: Cast):
    dora, _elias = cast.join("Dora", "Elias")
    registration = db.session.get_one(type(dora.registration), dora.registration_id)
    assert cast.stands(registration) is dora


def test_the_wait_goes_by_how_long_the_last_conversations_took(cast: Cast):
    places = cast.join("A", "B", "C", "D", "E")
    for n, place in enumerate(places[:3]):
        cast.set_clock(10, n * 5)
        cast.call()
        actions.say_here(cast.bolt, place, cast.bo)
        cast.set_clock(10, n * 5 + 5)
        actions.say_met(cast.fair, cast.bolt, place, cast.bo)
    assert words(cast) == ["Soon: you are next.", "About 5 minutes: 1 before you."]


def test_booked_meetings_are_counted_in_the_wait(cast: Cast):
    slot = make.slot(cast.bolt, make.at(cast.fair, 10))
    make.meeting(make.jobseeker(cast.fair, "Booked"), slot)
    cast.join("Dora")
    assert words(cast) == ["About 15 minutes: you are next."]


def test_a_queue_that_nobody_calls_says_that_it_cannot_say(cast: Cast):
    cast.join("Dora", "Elias")
    cast.set_clock(10, 21)
    assert words(cast) == [
        "We cannot say how long: nobody has been called for a while. You are next.",
        "We cannot say how long: nobody has been called for a while. 1 before you.",
    ]


def test_the_turn_that_may_not_come_before_closing_is_said(cast: Cast):
    cast.set_clock(16, 40)
    cast.join("A", "B", "C")
    assert words(cast)[2] == "Perhaps not before they close at 17:00: 2 before you."


def test_whoever_meets_somebody_else_now_is_passed_over_and_keeps_the_place(cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB")
    dora, elias = cast.join("Dora", "Elias")
    slot = make.slot(crane, make.at(cast.fair, 10, 10))
    make.meeting(dora.registration, slot)
    assert cast.call() is elias
    assert dora.status == "waiting"
    with pytest.raises(Refused, match="The first is free at 10:25"):
        cast.call()
    cast.set_clock(10, 25)
    assert cast.call() is dora


def test_with_two_before_them_people_are_told_to_walk_once(cast: Cast):
    cast.join("A", "B", "C", "D", "E")
    assert letters("queue_call") == []  # whoever joined with two before them reads it on the page
    cast.call()
    [letter] = letters("queue_call")
    assert letter.subject == "Soon your turn at Bolt AB: walk to booth 14 now"
    assert letter.address == "d@example.org"
    cast.call()
    assert [each.address for each in letters("queue_call")] == ["d@example.org", "e@example.org"]
    cast.call()
    cast.call()
    assert len(letters("queue_call")) == 2


def test_a_skipped_one_keeps_the_place_and_the_next_is_called(cast: Cast):
    dora, elias = cast.join("Dora", "Elias")
    cast.call()
    assert actions.skip(cast.fair, cast.bolt, dora, cast.bo) is elias
    assert dora.status == "waiting"
    assert cast.call() is dora


def test_did_not_come_is_said_only_after_the_time_to_come(cast: Cast):
    [dora] = cast.join("Dora")
    cast.fair.call_minutes = 7
    cast.call()
    cast.set_clock(10, 6)
    with pytest.raises(Refused, match="Wait until 7 minutes after the call"):
        actions.say_no_show_in_queue(cast.fair, cast.bolt, dora, cast.bo)
    cast.set_clock(10, 7)
    actions.say_no_show_in_queue(cast.fair, cast.bolt, dora, cast.bo)
    assert dora.status == "no_show"


def test_the_time_of_who_booked_and_did_not_come_goes_to_the_queue(cast: Cast):
    slot = make.slot(cast.bolt, make.at(cast.fair, 10))
    booked: Meeting = make.meeting(make.jobseeker(cast.fair, "Booked"), slot)
    [dora] = cast.join("Dora")
    with pytest.raises(Refused, match="they may still come"):
        actions.call_instead(cast.fair, cast.bolt, booked, cast.bo)
    cast.set_clock(10, 16)
    assert actions.call_instead(cast.fair, cast.bolt, booked, cast.bo) is dora
    assert booked.status == "no_show"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("closed", "is not at its booth now"),
        ("no_queue", "has no queue"),
        ("blocked", "You have said that you do not want to meet"),
        ("refused", "You cannot stand in the queue"),
        ("booked", "You have a meeting with Bolt AB at 11:00"),
        ("most", "You stand in 1 queue"),
    ],
)
def test_a_place_that_cannot_be_had_is_refused_in_words(cast: Cast, what: str, said: str):
    dora = make.jobseeker(cast.fair)
    if what == "closed":
        cast.set_clock(17, 0)
    elif what == "no_queue":
        cast.bolt.walk_up = False
    elif what == "booked":
        make.meeting(dora, make.slot(cast.bolt, make.at(cast.fair, 11)))
    elif what == "most":
        cast.fair.max_queues = 1
        crane = make.exhibitor(cast.fair, "Crane AB")
        actions.join(cast.fair, dora, crane, by="jobseeker", actor=None)
    else:
        by = "jobseeker" if what == "blocked" else "exhibitor"
        make.add(PairBlock(fair_id=cast.fair.id, registration_id=dora.id, exhibitor_id=cast.bolt.id, by=by))
    with pytest.raises(Refused, match=said):
        cast.stands(dora)


def test_leaving_is_undone_at_the_same_place_while_it_is_fresh(cast: Cast):
    dora, elias = cast.join("Dora", "Elias")
    actions.leave(cast.fair, dora, None)
    actions.stand_again(cast.fair, dora, cast.bo.id)
    assert cast.call() is dora
    actions.leave(cast.fair, elias, None)
    cast.set_clock(10, 11)
    with pytest.raises(Refused, match="Your place is gone"):
        actions.stand_again(cast.fair, elias, cast.bo.id)


def test_a_place_ends_with_the_booths_day_and_makes_room_for_another(cast: Cast):
    [dora] = cast.join("Dora")
    tomorrow = make.at(cast.fair, 9, 30, day=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: tomorrow)
        again = cast.stands(dora.registration)
    assert (dora.status, again.number) == ("closed", 2)


def test_leaving_the_fair_and_being_erased_give_the_place_up(cast: Cast):
    dora, elias = cast.join("Dora", "Elias")
    dora.registration.fair, elias.registration.fair = cast.fair, cast.fair
    privacy.leave(dora.registration, "jobseeker", dora.registration.person_id)
    privacy.erase(db.session.get_one(type(cast.bo), elias.registration.person_id))
    assert (dora.status, elias.status) == ("left", "left")


def test_of_two_places_of_one_person_the_earlier_is_kept(cast: Cast):
    dora, other = cast.join("Dora", "Dora B")
    kept, gone = other.registration, dora.registration
    db.session.commit()
    kept.fair = gone.fair = cast.fair
    desk.join(kept, gone, [], cast.bo.id)
    db.session.expire_all()
    assert (dora.status, other.status) == ("waiting", "left")
    assert dora.registration_id == kept.id


def test_an_exhibitor_that_leaves_today_tells_its_queue(cast: Cast):
    [dora] = cast.join("Dora")
    today = make.days(cast.fair)[0].id
    assert actions.hangs_on(cast.bolt, [today]) == ["1 person in the queue is sent away"]
    assert actions.hangs_on(cast.bolt, [make.days(cast.fair)[1].id]) == []
    actions.let_go(cast.bolt, [today], None)
    assert dora.status == "closed"
    assert [letter.subject for letter in letters("queue_cancelled")] == ["The queue at Bolt AB has ended"]


def test_away_is_counted_and_ends_with_the_next_call(cast: Cast):
    cast.join("Dora")
    actions.go_away(cast.bolt, clock.now() + timedelta(minutes=40), cast.bo)
    assert words(cast) == ["About 40 minutes: you are next."]
    cast.call()
    assert cast.bolt.back_at is None


def test_a_newcomer_reads_how_long_it_would_take(cast: Cast):
    cast.join("A", "B")
    line = queries.line_at(cast.fair, cast.bolt, clock.now())
    assert wait_words(line, *line.newcomer()) == "About 30 minutes: 2 before you."
