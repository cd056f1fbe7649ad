"""Booking, asking, answering, moving and calling off, one sentence each."""

from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.employers.queries import place_at
from bazaar.errors import NotFound, Refused
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import my_registration
from bazaar.journal.models import Entry
from bazaar.meetings import actions, queries
from bazaar.meetings.models import Meeting, Slot
from bazaar.people.models import Person
from bazaar.programme.models import Seat, Talk
from bazaar.sharing.queries import standing_share
from tests import make
from tests.meetings.conftest import Cast, letters


def book(cast: Cast, slot, who=None, exhibitor=None, **said):
    return actions.book(cast.fair, who or cast.dora, exhibitor or cast.bolt, slot.id, language="en", **said)


def ask(cast: Cast, who=None, exhibitor=None, message="I drive a truck"):
    return actions.ask(cast.fair, who or cast.dora, exhibitor or cast.bolt, message, language="en")


def verbs() -> list[str]:
    return [entry.verb for entry in db.session.scalars(db.select(Entry).order_by(Entry.id))]


# --- Booking --------------------------------------------------------------------------------


def test_a_booked_meeting_has_the_slots_time_and_both_sides_are_told(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    meeting = book(cast, slot)
    assert (meeting.status, meeting.starts_at, meeting.ends_at) == ("booked", slot.starts_at, slot.ends_at)
    told = letters("meeting_booked")
    assert {letter.address for letter in told} == {"dora@example.org", "bo@example.org"}
    assert all("10:00" in letter.words for letter in told)
    assert set(verbs()) == {"share", "book"}


def test_booking_is_a_yes_to_showing_the_fields_chosen(cast: Cast):
    book(cast, make.slot(cast.bolt, cast.at(10)), fields=["name", "contact"])
    share = standing_share(cast.dora.id, cast.bolt.id)
    assert share is not None
    assert (share.how, share.fields, share.language) == ("booking", ["name", "contact"], "en")
    assert "Bolt AB" in share.words


def test_a_taken_slot_is_refused_in_words(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    book(cast, slot)
    with pytest.raises(Refused, match=r"10:00 is taken"):
        book(cast, slot, cast.elias)


def test_two_tables_meet_two_people_at_the_same_time(cast: Cast):
    book(cast, make.slot(cast.bolt, cast.at(10)))
    book(cast, make.slot(cast.bolt, cast.at(10), table=2), cast.elias)


def test_a_withdrawn_slot_is_refused(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10), withdrawn_at=cast.at(8))
    with pytest.raises(Refused, match="no longer offers"):
        book(cast, slot)


def test_a_slot_kept_for_requests_is_not_booked(cast: Cast):
    with pytest.raises(Refused, match="no longer offers"):
        book(cast, make.slot(cast.bolt, cast.at(10), is_open=False))


def test_an_exhibitor_that_takes_no_bookings_is_not_booked(cast: Cast):
    cast.bolt.open_slots = False
    with pytest.raises(Refused, match="does not take bookings"):
        book(cast, make.slot(cast.bolt, cast.at(10)))


def test_another_exhibitors_slot_is_not_found(cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    with pytest.raises(NotFound):
        book(cast, make.slot(crane, cast.at(10)))


def test_an_exhibitor_that_left_is_refused(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    cast.bolt.status = "withdrawn"
    with pytest.raises(Refused, match="does not take part"):
        book(cast, slot)


def test_conflicts_are_found_across_all_employers(cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    book(cast, make.slot(cast.bolt, cast.at(10)))
    with pytest.raises(Refused, match="at least 10 minutes"):
        book(cast, make.slot(crane, cast.at(10, 20)), exhibitor=crane)
    book(cast, make.slot(crane, cast.at(10, 25)), exhibitor=crane)


def test_walking_between_halls_takes_its_time(cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    make.booth(cast.bolt, 1)
    make.booth(crane, 2, "Hall B")
    book(cast, make.slot(cast.bolt, cast.at(10)))
    with pytest.raises(Refused, match="at least 15 minutes"):
        book(cast, make.slot(crane, cast.at(10, 25)), exhibitor=crane)
    cast.fair.walk_minutes = 0
    book(
        cast, db.session.scalars(db.select(Slot).where(Slot.exhibitor_id == crane.id)).one(), exhibitor=crane
    )


def test_one_meeting_at_a_time_with_the_same_employer(cast: Cast):
    book(cast, make.slot(cast.bolt, cast.at(10)))
    with pytest.raises(Refused, match="already have a meeting with Bolt AB"):
        book(cast, make.slot(cast.bolt, cast.at(12)))


def test_the_most_meetings_is_a_setting_and_a_cancelled_one_gives_the_quota_back(cast: Cast):
    cast.fair.max_meetings = 1
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    first, second = make.slot(cast.bolt, cast.at(10)), make.slot(crane, cast.at(12))
    meeting = book(cast, first)
    with pytest.raises(Refused, match="the most"):
        book(cast, second, exhibitor=crane)
    actions.cancel(cast.fair, meeting, "jobseeker", "", cast.dora.person_id)
    book(cast, second, exhibitor=crane)


def test_booking_opens_and_closes_by_the_fairs_settings(cast: Cast, set_clock):
    slot = make.slot(cast.bolt, cast.at(10))
    set_clock(cast.at(9, 1))
    with pytest.raises(Refused, match="too late"):
        book(cast, slot)
    cast.fair.booking_closes_minutes = 30
    book(cast, slot)


def test_booking_before_the_window_says_when_it_opens(cast: Cast):
    cast.fair.booking_opens_days = 3
    with pytest.raises(Refused, match="Booking opens on"):
        book(cast, make.slot(cast.bolt, cast.at(10)))


def test_nothing_is_booked_outside_the_booking_phase(cast: Cast):
    phase = next(p for p in queries_phases(cast) if p.kind == "booking")
    db.session.delete(phase)
    db.session.flush()
    with pytest.raises(Refused, match="cannot be booked now"):
        book(cast, make.slot(cast.bolt, cast.at(10)))


def queries_phases(cast: Cast):
    from bazaar.fairs.queries import phases_of

    return phases_of(cast.fair.id)


def test_the_booked_vacancy_must_be_one_that_jobseekers_see(cast: Cast):
    seen, draft = make.vacancy(cast.bolt), make.vacancy(cast.bolt, "Secret", status="draft")
    assert book(cast, make.slot(cast.bolt, cast.at(10)), vacancy_id=seen.id).vacancy_id == seen.id
    assert book(cast, make.slot(cast.bolt, cast.at(11)), cast.elias, vacancy_id=draft.id).vacancy_id is None


# --- Asking and answering -------------------------------------------------------------------


def test_a_request_waits_a_day_and_the_admins_are_told(cast: Cast):
    meeting = ask(cast)
    assert meeting.status == "requested"
    assert meeting.expires_at is not None
    assert meeting.expires_at - meeting.made_at < timedelta(hours=24, seconds=5)
    assert [letter.address for letter in letters("meeting_requested")] == ["bo@example.org"]


def test_at_most_five_requests_wait(cast: Cast):
    for n in range(5):
        ask(cast, exhibitor=make.exhibitor(cast.fair, f"Employer {n}"))
    with pytest.raises(Refused, match="5 of your requests wait"):
        ask(cast)
    cast.fair.max_pending = 6
    ask(cast)


def test_an_exhibitor_that_takes_no_requests_is_not_asked(cast: Cast):
    cast.bolt.by_request = False
    with pytest.raises(Refused, match="does not take requests"):
        ask(cast)


def test_asking_twice_is_refused(cast: Cast):
    ask(cast)
    with pytest.raises(Refused, match="already asked"):
        ask(cast)


def test_an_accepted_request_has_its_time_and_the_jobseeker_is_told(cast: Cast):
    meeting, slot = ask(cast), make.slot(cast.bolt, cast.at(10), is_open=False)
    actions.accept(cast.fair, meeting, slot.id, cast.bo.id)
    assert (meeting.status, meeting.starts_at) == ("booked", slot.starts_at)
    assert [letter.address for letter in letters("meeting_accepted")] == ["dora@example.org"]


def test_conflicts_are_looked_at_again_when_a_request_is_accepted(cast: Cast):
    meeting = ask(cast)
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    book(cast, make.slot(crane, cast.at(10)), exhibitor=crane)
    with pytest.raises(Refused, match="Dora cannot come then") as refused:
        actions.accept(cast.fair, meeting, make.slot(cast.bolt, cast.at(10, 20)).id, cast.bo.id)
    assert "Crane" not in refused.value.reason
    actions.accept(cast.fair, meeting, make.slot(cast.bolt, cast.at(11)).id, cast.bo.id)


def test_the_most_meetings_is_looked_at_again_when_a_request_is_accepted(cast: Cast):
    meeting = ask(cast)
    cast.fair.max_meetings = 0
    with pytest.raises(Refused, match="no room for more"):
        actions.accept(cast.fair, meeting, make.slot(cast.bolt, cast.at(11)).id, cast.bo.id)


def test_a_request_that_ran_out_cannot_be_accepted(cast: Cast, set_clock):
    meeting, slot = ask(cast), make.slot(cast.bolt, cast.at(11))
    set_clock(meeting.expires_at)
    with pytest.raises(Refused, match="ran out"):
        actions.accept(cast.fair, meeting, slot.id, cast.bo.id)


def test_requests_that_ran_out_are_swept_up_once_and_the_jobseeker_is_told(cast: Cast, set_clock):
    meeting = ask(cast)
    assert actions.expire_requests(meeting.made_at) == 0
    set_clock(meeting.expires_at)
    assert queries.requests_to(cast.bolt.id, meeting.expires_at) == []
    assert actions.expire_requests(meeting.expires_at) == 1
    assert actions.expire_requests(meeting.expires_at) == 0
    assert meeting.status == "expired"
    assert [letter.address for letter in letters("meeting_expired")] == ["dora@example.org"]


def test_a_request_that_ran_out_does_not_stand_in_the_way_of_a_new_one(cast: Cast, set_clock):
    first = ask(cast)
    set_clock(first.expires_at)
    second = ask(cast)
    assert (first.status, second.status) == ("expired", "requested")


def test_a_declined_request_is_told_in_the_exhibitors_words(cast: Cast):
    meeting = ask(cast)
    actions.decline(cast.fair, meeting, "Thank you. We are full, try our website.", cast.bo.id)
    assert meeting.status == "declined"
    assert "try our website" in letters("meeting_declined")[0].words


def test_a_decline_may_block_the_pair(cast: Cast):
    meeting = ask(cast)
    actions.decline(cast.fair, meeting, "No", cast.bo.id, and_block=True)
    with pytest.raises(Refused, match="No meeting with Bolt AB"):
        ask(cast)
    actions.unblock(cast.dora.id, cast.bolt.id, "exhibitor", cast.bo.id)
    ask(cast)


# --- Pairs ----------------------------------------------------------------------------------


def test_not_this_employer_calls_off_what_stands_and_lets_nothing_new_come_about(cast: Cast):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    actions.block(cast.fair, cast.dora, cast.bolt, "jobseeker", cast.dora.person_id)
    assert meeting.status == "cancelled"
    with pytest.raises(Refused, match="do not want to meet"):
        book(cast, make.slot(cast.bolt, cast.at(11)))
    with pytest.raises(Refused, match="nothing of yours"):
        actions.unblock(cast.dora.id, cast.bolt.id, "exhibitor", cast.bo.id)
    actions.unblock(cast.dora.id, cast.bolt.id, "jobseeker", cast.dora.person_id)
    book(cast, db.session.scalars(db.select(Slot).where(Slot.starts_at == cast.at(11))).one())


def test_a_blocked_pair_is_not_accepted_either(cast: Cast):
    meeting = ask(cast)
    from bazaar.meetings.models import PairBlock

    make.add(
        PairBlock(
            fair_id=cast.fair.id, registration_id=cast.dora.id, exhibitor_id=cast.bolt.id, by="jobseeker"
        )
    )
    with pytest.raises(Refused, match="does not meet you"):
        actions.accept(cast.fair, meeting, make.slot(cast.bolt, cast.at(11)).id, cast.bo.id)


# --- Moving ---------------------------------------------------------------------------------


def test_the_jobseeker_takes_another_open_time(cast: Cast):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    later = make.slot(cast.bolt, cast.at(10, 15))  # too close to the old time, which is given up
    actions.move_to_open(cast.fair, meeting, later.id, cast.dora.person_id)
    assert (meeting.starts_at, meeting.sequence) == (later.starts_at, 1)
    assert {letter.address for letter in letters("meeting_moved")} == {"bo@example.org"}
    book(cast, db.session.scalars(db.select(Slot).where(Slot.starts_at == cast.at(10))).one(), cast.elias)


def test_the_exhibitor_moves_a_meeting_and_the_jobseeker_is_told(cast: Cast):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    later = make.slot(cast.bolt, cast.at(14), is_open=False)
    actions.move(cast.fair, meeting, later.id, cast.bo.id)
    assert meeting.starts_at == later.starts_at
    assert "dora@example.org" in {letter.address for letter in letters("meeting_moved")}


def test_a_meeting_is_not_moved_onto_another(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    meeting = book(cast, slot)
    other = make.slot(cast.bolt, cast.at(14))
    book(cast, other, cast.elias)
    with pytest.raises(Refused, match="taken"):
        actions.move(cast.fair, meeting, other.id, cast.bo.id)


def test_a_colleague_takes_a_meeting_over(cast: Cast):
    kim = make.representative(cast.bolt, "Kim", "recruiter")
    slot = make.slot(cast.bolt, cast.at(10), recruiter_id=cast.bo.id)
    free = make.slot(cast.bolt, cast.at(10), table=2, recruiter_id=kim.id)
    meeting = book(cast, slot)
    actions.hand_over(cast.fair, meeting, kim.id, cast.bo.id)
    assert (slot.recruiter_id, free.recruiter_id) == (kim.id, cast.bo.id)
    assert [letter.address for letter in letters("meeting_moved")] == ["kim@example.org"]


def test_a_colleague_with_another_meeting_takes_nothing_over(cast: Cast):
    kim = make.representative(cast.bolt, "Kim", "recruiter")
    meeting = book(cast, make.slot(cast.bolt, cast.at(10), recruiter_id=cast.bo.id))
    book(cast, make.slot(cast.bolt, cast.at(10), table=2, recruiter_id=kim.id), cast.elias)
    with pytest.raises(Refused, match="another meeting then"):
        actions.hand_over(cast.fair, meeting, kim.id, cast.bo.id)


def test_somebody_of_another_organisation_takes_nothing_over(cast: Cast):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    stranger = make.representative(make.exhibitor(cast.fair, "Crane AB"), "Kim")
    with pytest.raises(NotFound):
        actions.hand_over(cast.fair, meeting, stranger.id, cast.bo.id)


# --- Calling off ----------------------------------------------------------------------------


def test_a_cancelled_meeting_frees_its_slot_and_the_other_side_is_told_why(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    meeting = book(cast, slot)
    actions.cancel(cast.fair, meeting, "jobseeker", "I have got a job!", cast.dora.person_id)
    told = letters("meeting_cancelled")
    assert [letter.address for letter in told] == ["bo@example.org"]
    assert "I have got a job!" in told[0].words
    assert meeting.sequence == 1
    book(cast, slot, cast.elias)


def test_what_the_exhibitor_cancels_the_jobseeker_is_told(cast: Cast):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    actions.cancel(cast.fair, meeting, "exhibitor", "Bo is ill", cast.bo.id)
    assert [letter.address for letter in letters("meeting_cancelled")] == ["dora@example.org"]


def test_cancelling_twice_or_afterwards_is_refused(cast: Cast, set_clock):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    actions.cancel(cast.fair, meeting, "jobseeker", "", cast.dora.person_id)
    with pytest.raises(Refused, match="does not stand"):
        actions.cancel(cast.fair, meeting, "exhibitor", "", cast.bo.id)
    later = book(cast, make.slot(cast.bolt, cast.at(12)))
    set_clock(cast.at(12, 15))
    with pytest.raises(Refused, match="is over"):
        actions.cancel(cast.fair, later, "jobseeker", "", cast.dora.person_id)


def test_ones_own_cancellation_can_be_undone_while_the_time_is_free(cast: Cast):
    slot = make.slot(cast.bolt, cast.at(10))
    meeting = book(cast, slot)
    actions.cancel(cast.fair, meeting, "jobseeker", "Oops", cast.dora.person_id)
    with pytest.raises(Refused, match="other side"):
        actions.restore(cast.fair, meeting, "exhibitor", cast.bo.id)
    actions.restore(cast.fair, meeting, "jobseeker", cast.dora.person_id)
    assert (meeting.status, meeting.sequence, meeting.ended_by) == ("booked", 2, "")
    actions.cancel(cast.fair, meeting, "jobseeker", "", cast.dora.person_id)
    book(cast, slot, cast.elias)
    with pytest.raises(Refused, match="taken"):
        actions.restore(cast.fair, meeting, "jobseeker", cast.dora.person_id)


def test_a_cancelled_request_can_be_taken_up_again_until_it_runs_out(cast: Cast, set_clock):
    meeting = ask(cast)
    actions.cancel(cast.fair, meeting, "jobseeker", "", cast.dora.person_id)
    actions.restore(cast.fair, meeting, "jobseeker", cast.dora.person_id)
    assert meeting.status == "requested"
    actions.cancel(cast.fair, meeting, "jobseeker", "", cast.dora.person_id)
    set_clock(meeting.expires_at)
    with pytest.raises(Refused, match="run out"):
        actions.restore(cast.fair, meeting, "jobseeker", cast.dora.person_id)


# --- At the table ---------------------------------------------------------------------------


def test_no_show_is_said_only_after_the_start_window_and_can_be_taken_back(cast: Cast, set_clock):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    set_clock(cast.at(10, 15))
    with pytest.raises(Refused, match="15 minutes after the start"):
        actions.say_no_show(cast.fair, meeting, cast.bo.id)
    set_clock(cast.at(10, 16))
    actions.say_no_show(cast.fair, meeting, cast.bo.id)
    assert meeting.status == "no_show"
    actions.take_back_word(cast.fair, meeting, cast.bo.id)
    assert meeting.status == "booked"


def test_the_recruiter_may_say_that_a_meeting_was_held_but_not_before_it(cast: Cast, set_clock):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    with pytest.raises(Refused, match="not begun"):
        actions.say_held(cast.fair, meeting, cast.bo.id)
    set_clock(cast.at(9, 50))
    actions.say_held(cast.fair, meeting, cast.bo.id)
    assert meeting.status == "held"


def test_a_scan_around_the_start_means_held_whatever_was_said(cast: Cast, set_clock):
    meeting = book(cast, make.slot(cast.bolt, cast.at(10)))
    set_clock(cast.at(10, 30))
    assert actions.hold_by_scan(cast.fair, cast.dora.id, cast.bolt.id, cast.at(9, 30)) is None
    assert meeting.status == "booked"
    actions.say_no_show(cast.fair, meeting, cast.bo.id)
    assert actions.hold_by_scan(cast.fair, cast.dora.id, cast.bolt.id, cast.at(10, 5)) == meeting
    assert meeting.status == "held"


# --- Leaving and joining --------------------------------------------------------------------


def test_whoever_leaves_the_fair_has_no_meetings_to_come(cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB")
    make.representative(crane, "Clara")
    booked, asked = book(cast, make.slot(cast.bolt, cast.at(10))), ask(cast, exhibitor=crane)
    others = book(cast, make.slot(cast.bolt, cast.at(11)), cast.elias)
    assert actions.cancel_all_of(cast.fair, cast.dora, "jobseeker", cast.dora.person_id) == 2
    assert (booked.status, asked.status, others.status) == ("cancelled", "cancelled", "booked")
    assert {letter.address for letter in letters("meeting_cancelled")} == {
        "bo@example.org",
        "clara@example.org",
    }


def test_an_exhibitor_that_leaves_calls_its_meetings_off_and_withdraws_its_times(cast: Cast):
    book(cast, make.slot(cast.bolt, cast.at(10)))
    make.slot(cast.bolt, cast.at(11))
    assert actions.cancel_all_of_exhibitor(cast.fair, cast.bolt, "organiser", "They had to leave", None) == 1
    assert queries.slots_of(cast.bolt) == []
    assert "They had to leave" in next(
        letter.words for letter in letters("meeting_cancelled") if letter.address == "dora@example.org"
    )


def test_when_hours_shrink_what_falls_outside_is_called_off(cast: Cast):
    early, late = (
        book(cast, make.slot(cast.bolt, cast.at(10))),
        book(cast, make.slot(cast.bolt, cast.at(16, 30)), cast.elias),
    )
    from datetime import time

    make.days(cast.fair)[0].closes = time(16)
    db.session.flush()
    assert actions.cancel_outside_hours(cast.fair, "The fair closes earlier", None) == 1
    assert (early.status, late.status) == ("booked", "cancelled")
    assert [slot.starts_at for slot in queries.slots_of(cast.bolt)] == [cast.at(10)]


def test_the_same_person_registered_twice_keeps_every_meeting_that_one_day_has_room_for(cast: Cast):
    crane = make.exhibitor(cast.fair, "Crane AB", open_slots=True)
    drake = make.exhibitor(cast.fair, "Drake AB", open_slots=True)
    twice = make.jobseeker(cast.fair, "Dora W")
    kept = book(cast, make.slot(cast.bolt, cast.at(10)))
    clashing = book(cast, make.slot(crane, cast.at(10, 5)), twice, crane)
    moved = book(cast, make.slot(drake, cast.at(12)), twice, drake)
    gone = actions.join(cast.fair, twice, cast.dora, None)
    db.session.expire_all()
    assert [meeting.id for meeting in gone] == [clashing.id]
    assert kept.status == moved.status == "booked"
    assert {meeting.registration_id for meeting in (kept, clashing, moved)} == {cast.dora.id}


# --- Times ----------------------------------------------------------------------------------


def offer(cast: Cast, *times, tables=(1,), recruiter=None):
    return actions.offer(
        cast.fair, cast.bolt, tables, times, is_open=True, recruiter_id=recruiter, actor=cast.bo.id
    )


def time(cast: Cast, hour: int, minute: int = 0):
    from bazaar.meetings.rules import Time

    return Time(cast.at(hour, minute), cast.at(hour, minute) + timedelta(minutes=15))


def test_times_are_offered_at_each_table(cast: Cast):
    slots, left_out = offer(cast, time(cast, 10), time(cast, 11), tables=(1, 2))
    assert len(slots) == 4
    assert left_out == 0


def test_times_that_overlap_are_left_out(cast: Cast):
    offer(cast, time(cast, 10))
    slots, left_out = offer(cast, time(cast, 10, 5), time(cast, 10, 15))
    assert (len(slots), left_out) == (1, 1)


def test_nobody_sits_at_two_tables_at_once(cast: Cast):
    slots, left_out = offer(cast, time(cast, 10), tables=(1, 2), recruiter=cast.bo.id)
    assert (len(slots), left_out) == (1, 1)
    free, _left_out = offer(cast, time(cast, 10), tables=(3,))
    with pytest.raises(Refused, match="two tables"):
        actions.seat(cast.bolt, free, cast.bo.id, cast.bo.id)


def test_times_outside_the_hours_at_the_booth_are_refused(cast: Cast):
    with pytest.raises(Refused, match="outside your hours"):
        offer(cast, time(cast, 8, 50))


def test_withdrawn_times_call_their_meetings_off_and_can_be_offered_again(cast: Cast):
    slots, _left_out = offer(cast, time(cast, 10), time(cast, 11))
    meeting = book(cast, slots[0])
    assert actions.withdraw_slots(cast.fair, cast.bolt, slots, "Bo is ill", cast.bo.id) == 1
    assert meeting.status == "cancelled"
    assert "Bo is ill" in letters("meeting_cancelled")[0].words
    assert actions.reopen_slots(cast.bolt, [slot.id for slot in slots], cast.bo.id) == 2
    again, _left_out = offer(cast, time(cast, 10))
    assert again == []


# --- Letters --------------------------------------------------------------------------------


def test_whoever_has_no_email_gets_a_short_message(cast: Cast):
    from bazaar.people.models import Contact

    phone = make.jobseeker(cast.fair, "Farah")
    contact = db.session.scalars(db.select(Contact).where(Contact.person_id == phone.person_id)).one()
    contact.kind, contact.address = "phone", "+46701234567"
    book(cast, make.slot(cast.bolt, cast.at(10)), phone)
    sms = next(letter for letter in letters() if letter.channel == "sms")
    assert sms.address == "+46701234567"
    assert len(sms.words) < 160


def test_the_recruiter_at_the_table_is_told_rather_than_the_admins(cast: Cast):
    kim = make.representative(cast.bolt, "Kim", "recruiter")
    book(cast, make.slot(cast.bolt, cast.at(10), recruiter_id=kim.id))
    assert {letter.address for letter in letters()} == {"dora@example.org", "kim@example.org"}


def test_a_protected_person_is_named_by_the_alias(cast: Cast):
    cast.dora.protected, cast.dora.alias = True, "Robin"
    book(cast, make.slot(cast.bolt, cast.at(10)))
    told = next(letter for letter in letters() if letter.address == "bo@example.org")
    assert "Robin" in told.words
    assert "Dora" not in told.words + told.subject


def test_the_counts_are_of_what_is_shown(cast: Cast, set_clock):
    book(cast, make.slot(cast.bolt, cast.at(10)))
    make.slot(cast.bolt, cast.at(11))
    request = ask(cast, cast.elias)
    assert queries.counts_of(cast.fair.id, request.made_at) == {"booked": 1, "requested": 1}
    assert queries.counts_of(cast.fair.id, request.expires_at)["expired"] == 1
    assert queries.free_slot_counts(cast.fair.id, request.made_at) == {cast.bolt.id: 1}
    assert db.session.scalar(db.select(db.func.count(Meeting.id))) == 2


# --- What hangs on an exhibitor's place -----------------------------------------------------


def test_before_leaving_the_page_says_what_goes_and_leaving_calls_it_off(cast: Cast):
    from bazaar.employers.actions import places

    booked = book(cast, make.slot(cast.bolt, cast.at(10)))
    make.slot(cast.bolt, cast.at(11))
    asked = ask(cast, cast.elias)
    said = places.hangs_on_place(cast.bolt)
    assert {
        "1 booked meeting is cancelled",
        "1 request is cancelled",
        "2 offered times are withdrawn",
    } <= set(said)
    exhibitor = place_at(cast.bolt.organisation_id, cast.fair.id)
    places.withdraw(exhibitor, cast.bo, reason="We are moving")
    assert (booked.status, asked.status) == ("cancelled", "cancelled")
    assert {letter.address for letter in letters("meeting_cancelled")} == {
        "dora@example.org",
        "elias@example.org",
    }


def test_leaving_one_day_calls_off_only_what_is_on_it(cast: Cast):
    from bazaar.employers.actions import places

    first = book(cast, make.slot(cast.bolt, cast.at(10)))
    second = book(cast, make.slot(cast.bolt, cast.at(10, day=1)), cast.elias)
    exhibitor = place_at(cast.bolt.organisation_id, cast.fair.id)
    places.change_place(exhibitor, {}, [make.days(cast.fair)[0]], cast.bo)
    assert (first.status, second.status) == ("booked", "cancelled")
    assert [slot.starts_at for slot in queries.slots_of(cast.bolt)] == [cast.at(10)]


def test_the_sender_tells_of_requests_that_ran_out(cast: Cast, set_clock):
    from bazaar.messages import actions as messages

    meeting = ask(cast)
    messages.write_due()
    assert meeting.status == "requested"
    set_clock(meeting.expires_at)
    assert messages.anything_due()
    messages.write_due()
    assert meeting.status == "expired"
    assert len(letters("meeting_expired")) == 1
    assert not messages.anything_due()


# --- Seats at talks -------------------------------------------------------------------------------


def talk_at(cast: Cast, hour: int, minute: int = 0, *, status: str = "going") -> Talk:
    """Half an hour's talk at which Dora has a seat."""
    starts_at = cast.at(hour, minute)
    talk = make.add(
        Talk(
            fair_id=cast.fair.id, title="CV help", room="B", language="sv", starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
        )
    )  # fmt: skip
    make.add(Seat(fair_id=cast.fair.id, talk_id=talk.id, registration_id=cast.dora.id, status=status))
    return talk


def test_a_seat_at_a_talk_is_taken_time(cast: Cast):
    talk_at(cast, 10)
    slot = make.slot(cast.bolt, cast.at(10, 15))
    with pytest.raises(Refused, match="You have a seat at “CV help” then"):
        actions.book(cast.fair, cast.dora, cast.bolt, slot.id, language="en")
    assert slot not in queries.bookable_slots(cast.fair, cast.bolt, clock.now(), cast.dora)


def test_a_meeting_may_begin_as_a_talk_ends(cast: Cast):
    talk_at(cast, 10)
    slot = make.slot(cast.bolt, cast.at(10, 30))
    assert actions.book(cast.fair, cast.dora, cast.bolt, slot.id, language="en").status == "booked"


@pytest.mark.parametrize("status", ["waiting", "cancelled"])
def test_only_a_seat_takes_time(cast: Cast, status: str):
    talk_at(cast, 10, status=status)
    slot = make.slot(cast.bolt, cast.at(10, 15))
    assert actions.book(cast.fair, cast.dora, cast.bolt, slot.id, language="en").status == "booked"


def test_an_exhibitor_cannot_accept_for_the_time_of_a_talk_and_hears_nothing_of_it(cast: Cast):
    talk_at(cast, 10)
    meeting = make.add(
        Meeting(
            fair_id=cast.fair.id, exhibitor_id=cast.bolt.id, registration_id=cast.dora.id, came_by="request",
            status="requested",
        )
    )  # fmt: skip
    slot = make.slot(cast.bolt, cast.at(10, 15))
    with pytest.raises(Refused, match="Dora cannot come then"):
        actions.accept(cast.fair, meeting, slot.id, cast.bo.id)


# --- Fast -----------------------------------------------------------------------------------------


def test_a_booking_costs_as_many_statements_whatever_the_day_holds(cast: Cast, statements: list[str]):
    slots = [make.slot(cast.bolt, cast.at(10)), make.slot(cast.bolt, cast.at(15), table=2)]
    db.session.commit()

    def cost(slot: Slot, who: Registration) -> int:
        registration = my_registration(db.session.get_one(Person, who.person_id), cast.fair.slug)
        fair, bolt = registration.fair, queries.exhibitor_at(registration.fair, cast.bolt.id)
        statements.clear()
        actions.book(fair, registration, bolt, slot.id, language="en")
        db.session.commit()
        return len(statements)

    first = cost(slots[0], cast.elias)
    for hour in (10, 11, 12, 13):
        other = make.exhibitor(cast.fair, f"Employer {hour}")
        make.meeting(cast.dora, make.slot(other, cast.at(hour)))
    talk_at(cast, 14)
    db.session.commit()
    assert cost(slots[1], cast.dora) == first <= 28
