"""Signing up, waiting, changing and cancelling: counts always hold, and everybody concerned is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.journal.models import Entry
from bazaar.programme import actions, queries
from bazaar.programme.actions import Facts
from tests import make
from tests.programme import cast


@pytest.fixture
def fair():
    return make.fair()


@pytest.fixture
def people(fair):
    return [make.jobseeker(fair, name) for name in ("Dora", "Elias", "Farah", "Gita", "Hodan")]


def signed_up(talk, people):
    return [actions.sign_up(talk, one).status for one in people]


def facts_of(talk):
    return Facts(**{name: getattr(talk, name) for name in Facts.__dataclass_fields__})


def test_the_first_get_seats_and_the_rest_wait(fair, people):
    talk = cast.talk(fair, places=2)
    assert signed_up(talk, people) == ["going", "going", "waiting", "waiting", "waiting"]
    assert queries.attendance_at(talk) == queries.Attendance(2, 3)


def test_a_talk_without_a_number_of_places_has_room_for_all(fair, people):
    assert set(signed_up(cast.talk(fair, places=None), people)) == {"going"}


def test_signing_up_twice_changes_nothing(fair, people):
    talk = cast.talk(fair, places=1)
    first = actions.sign_up(talk, people[0])
    actions.sign_up(talk, people[1])
    asked_at = first.asked_at
    assert actions.sign_up(talk, people[0]).asked_at == asked_at
    assert queries.attendance_at(talk) == queries.Attendance(1, 1)


def test_a_freed_seat_goes_to_the_next_by_itself_with_a_letter(fair, people):
    talk = cast.talk(fair, places=1)
    signed_up(talk, people[:3])
    actions.withdraw(talk, people[0])
    assert [cast.status_of(talk, one) for one in people[:3]] == ["cancelled", "going", "waiting"]
    (letter,) = cast.letters("talk_seat")
    assert letter.person_id == people[1].person_id
    assert "Write a good CV" in letter.subject
    assert f"/f/spring/programme/{talk.id}" in letter.words


def test_whoever_gives_up_and_comes_back_stands_last_in_line(fair, people):
    talk = cast.talk(fair, places=1)
    signed_up(talk, people[:3])
    actions.withdraw(talk, people[0])
    assert actions.sign_up(talk, people[0]).status == "waiting"
    actions.withdraw(talk, people[1])
    assert [cast.status_of(talk, one) for one in people[:3]] == ["waiting", "cancelled", "going"]


def test_nobody_signs_up_for_a_talk_that_has_begun_or_is_cancelled(fair, people):
    ada = make.organiser(fair)
    begun = cast.talk(fair, starts_at=make.clock.now() - timedelta(minutes=5))
    with pytest.raises(Refused, match="has begun"):
        actions.sign_up(begun, people[0])
    cancelled = cast.talk(fair)
    actions.cancel_talk(cancelled, ada.id)
    with pytest.raises(Refused, match="cancelled"):
        actions.sign_up(cancelled, people[0])


def test_a_seat_freed_after_the_talk_has_begun_goes_to_nobody(fair, people):
    talk = cast.talk(fair, places=1)
    signed_up(talk, people[:2])
    talk.starts_at = make.clock.now() - timedelta(minutes=5)
    actions.withdraw(talk, people[0])
    assert cast.status_of(talk, people[1]) == "waiting"


def test_only_the_registered_sign_up(fair, people):
    people[0].status = "cancelled"
    with pytest.raises(Refused, match="Register"):
        actions.sign_up(cast.talk(fair), people[0])


def test_a_room_that_is_taken_is_refused_and_the_other_talk_is_named(fair):
    ada = make.organiser(fair)
    talk = cast.talk(fair, "Talk of the morning", room="Sal Å", hour=10)
    wanted = replace(facts_of(talk), title="Another", room="sal a", starts_at=make.at(fair, 10, 30))
    with pytest.raises(actions.RoomTaken, match=r"Talk of the morning.*10:00–11:00"):
        actions.add_talk(fair, wanted, ada.id)
    later = replace(wanted, starts_at=make.at(fair, 11), ends_at=make.at(fair, 12))
    second = actions.add_talk(fair, later, ada.id)
    with pytest.raises(actions.RoomTaken):
        actions.change_talk(fair, second, wanted, ada.id)
    actions.cancel_talk(talk, ada.id)
    actions.change_talk(fair, second, wanted, ada.id)
    with pytest.raises(actions.RoomTaken, match="Another"):
        actions.restore_talk(fair, talk, ada.id)


def test_fewer_places_than_people_going_is_refused_in_words(fair, people):
    ada = make.organiser(fair)
    talk = cast.talk(fair, places=3)
    signed_up(talk, people)
    with pytest.raises(actions.TooFewPlaces, match=r"3 people have a seat.*1 places.*last 2"):
        actions.change_talk(fair, talk, replace(facts_of(talk), places=1), ada.id)
    assert queries.attendance_at(talk).going == 3


def test_the_last_to_sign_up_wait_first_when_the_organiser_says_so(fair, people):
    ada = make.organiser(fair)
    talk = cast.talk(fair, places=3)
    signed_up(talk, people)
    told = actions.change_talk(fair, talk, replace(facts_of(talk), places=1), ada.id, move_last=True)
    assert told == 2
    assert {letter.person_id for letter in cast.letters("talk_waiting")} == {p.person_id for p in people[1:3]}
    actions.change_talk(fair, talk, replace(facts_of(talk), places=2), ada.id)
    assert [cast.status_of(talk, one) for one in people] == [
        "going",
        "going",
        "waiting",
        "waiting",
        "waiting",
    ]


def test_more_places_let_in_who_waits(fair, people):
    ada = make.organiser(fair)
    talk = cast.talk(fair, places=1)
    signed_up(talk, people)
    assert actions.change_talk(fair, talk, replace(facts_of(talk), places=3), ada.id) == 2
    assert queries.attendance_at(talk) == queries.Attendance(3, 2)
    assert actions.change_talk(fair, talk, replace(facts_of(talk), places=None), ada.id) == 2
    assert queries.attendance_at(talk) == queries.Attendance(5, 0)


def test_a_new_time_or_room_is_told_and_raises_the_sequence(fair, people):
    ada = make.organiser(fair)
    talk = cast.talk(fair, places=1)
    signed_up(talk, people[:2])
    assert actions.change_talk(fair, talk, facts_of(talk), ada.id) == 0
    assert talk.sequence == 0
    assert actions.change_talk(fair, talk, replace(facts_of(talk), room="Room C"), ada.id) == 2
    assert talk.sequence == 1
    assert actions.change_talk(fair, talk, replace(facts_of(talk), words="New words"), ada.id) == 0
    assert talk.sequence == 2
    assert len(cast.letters("talk_changed")) == 2


def test_a_cancelled_talk_is_told_to_all_and_can_be_on_again_with_the_same_seats(fair, people):
    ada = make.organiser(fair)
    talk = cast.talk(fair, places=1)
    signed_up(talk, people[:2])
    assert actions.cancel_talk(talk, ada.id) == 2
    assert actions.cancel_talk(talk, ada.id) == 0
    assert len(cast.letters("talk_cancelled")) == 2
    assert queries.seats_of(people[0]) == []
    actions.restore_talk(fair, talk, ada.id)
    assert [cast.status_of(talk, one) for one in people[:2]] == ["going", "waiting"]
    assert talk.sequence == 2


def test_a_talk_goes_without_a_trace_only_while_nobody_has_signed_up(fair, people):
    ada = make.organiser(fair)
    empty, wanted = cast.talk(fair), cast.talk(fair, "Wanted", hour=13)
    actions.sign_up(wanted, people[0])
    actions.remove_talk(empty, ada.id)
    with pytest.raises(Refused, match="Cancel it instead"):
        actions.remove_talk(wanted, ada.id)
    assert [one.title for one in queries.talks_of(fair.id)] == ["Wanted"]


def test_whoever_leaves_gives_up_every_seat(fair, people):
    one, other = cast.talk(fair, places=1), cast.talk(fair, "Other", places=1, hour=13)
    for talk in (one, other):
        signed_up(talk, people[:2])
    assert actions.give_up_seats(people[0]) == 2
    assert [cast.status_of(talk, people[1]) for talk in (one, other)] == ["going", "going"]
    assert len(cast.letters("talk_seat")) == 2
    assert actions.give_up_seats(people[0]) == 0


def test_two_registrations_of_one_person_become_one_with_the_better_seat(fair, people):
    twice = make.jobseeker(fair, "Dora again")
    moved, kept, freed = (
        cast.talk(fair, title, places=1, hour=hour)
        for title, hour in (("moved", 9), ("kept", 11), ("freed", 13))
    )
    freed.places = 2
    actions.sign_up(moved, twice)
    signed_up(kept, [twice, people[0]])
    signed_up(freed, [twice, people[0], people[1]])
    actions.join(twice, people[0])
    assert [cast.status_of(talk, people[0]) for talk in (moved, kept, freed)] == ["going"] * 3
    assert cast.status_of(kept, twice) == "cancelled"
    assert cast.status_of(freed, people[1]) == "going"
    assert queries.seats_of(twice) == []


def test_clashes_with_ones_other_talks_are_known(fair, people):
    one = cast.talk(fair, "One", hour=10)
    same = cast.talk(fair, "Same time", hour=10, room="Room C")
    cast.talk(fair, "Later", hour=12)
    actions.sign_up(one, people[0])
    assert queries.at_the_same_time(people[0], same) == [one]
    assert queries.at_the_same_time(people[0], one) == []
    assert queries.at_the_same_time(people[1], same) == []


def test_every_change_stands_in_the_journal_without_personal_data(fair, people):
    ada = make.organiser(fair)
    facts = facts_of(cast.talk(fair, places=1))
    talk = actions.add_talk(fair, replace(facts, room="Room D"), ada.id)
    signed_up(talk, people[:2])
    actions.withdraw(talk, people[0])
    actions.change_talk(fair, talk, replace(facts_of(talk), places=4), ada.id)
    actions.cancel_talk(talk, ada.id)
    actions.restore_talk(fair, talk, ada.id)
    db.session.flush()
    entries = db.session.scalars(db.select(Entry).order_by(Entry.id)).all()
    verbs = [(entry.verb, entry.thing) for entry in entries]
    assert verbs == [
        ("add", "talk"), ("sign_up", "seat"), ("sign_up", "seat"), ("withdraw", "seat"), ("let_in", "seat"),
        ("change", "talk"), ("cancel", "talk"), ("restore", "talk"),
    ]  # fmt: skip
    assert not any(person.name in str(entry.facts) for entry in entries for person in people)
