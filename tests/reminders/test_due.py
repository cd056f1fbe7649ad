"""When reminders are written, to whom, and which are kept back."""

from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.meetings import actions as meetings
from bazaar.messages.actions import anything_due, claim, mark_sent, write_due
from bazaar.people.models import Contact, Person
from bazaar.reminders.models import Reminder
from bazaar.reminders.rules import windows
from tests import make
from tests.reminders.conftest import link_of, remind_now, reminders

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_a_day_and_an_hour_before_the_meeting_a_reminder_is_written_once(cast, set_clock):
    set_clock(cast.start - DAY - SECOND)
    assert not anything_due()
    assert remind_now() == []
    set_clock(cast.start - DAY)
    assert anything_due()
    write_due()
    (first,) = reminders()
    assert (first.purpose, first.address, first.channel, first.secret) == (
        "reminder",
        "dora@example.org",
        "email",
        True,
    )
    assert "Bolt AB" in first.words
    assert "10:00–10:15" in first.words
    assert "Booth 14, Hall A" in first.words
    assert not anything_due()
    set_clock(cast.start - HOUR)
    (second,) = remind_now()
    assert second.purpose == "reminder_hour"
    assert link_of(second) != link_of(first)
    assert not anything_due()


def test_the_fairs_rules_say_when(cast, set_clock):
    cast.fair.remind_day_hours, cast.fair.remind_hour_minutes = 48, 30
    set_clock(cast.start - timedelta(hours=48))
    assert [letter.purpose for letter in remind_now()] == ["reminder"]
    set_clock(cast.start - HOUR)
    assert remind_now() == []
    set_clock(cast.start - timedelta(minutes=30))
    assert [letter.purpose for letter in remind_now()] == ["reminder_hour"]


def test_nought_means_none(cast, set_clock):
    cast.fair.remind_day_hours = cast.fair.remind_hour_minutes = 0
    for before in (DAY, HOUR, SECOND):
        set_clock(cast.start - before)
        assert not anything_due()
        assert remind_now() == []
    cast.fair.remind_day_hours = 24
    assert [letter.purpose for letter in remind_now()] == ["reminder"]


@pytest.mark.parametrize(
    ("day", "hour", "kinds"),
    [(24, 60, "day hour"), (0, 60, "hour"), (24, 0, "day"), (0, 0, ""), (1, 60, "hour")],
)
def test_a_rule_of_nought_or_one_within_the_other_is_no_reminder(day, hour, kinds):
    assert [window.kind for window in windows(day, hour)] == kinds.split()


def test_when_both_are_due_only_the_later_goes(cast, set_clock):
    set_clock(cast.start - timedelta(minutes=40))
    assert [letter.purpose for letter in remind_now()] == ["reminder_hour"]


def test_who_booked_after_the_reminders_time_gets_only_the_later_one(cast, set_clock):
    set_clock(cast.start - timedelta(hours=20))
    meetings.book(
        cast.fair,
        make.jobseeker(cast.fair, "Elias"),
        cast.bolt,
        make.slot(cast.bolt, cast.at(11)).id,
        language="en",
    )
    assert [letter.address for letter in remind_now()] == ["dora@example.org"]
    set_clock(cast.at(11) - HOUR)
    assert [letter.address for letter in remind_now()] == ["elias@example.org"]


def test_a_moved_meeting_gets_a_new_one_and_the_old_one_that_waits_is_not_sent(cast, set_clock, reminded):
    meetings.move(cast.fair, cast.meeting, make.slot(cast.bolt, cast.at(9, day=1)).id, cast.bo.id)
    (old,) = reminders()
    assert (old.status, old.words) == ("stopped", "")
    assert remind_now() == [], "it is more than a day off"
    set_clock(cast.at(9, day=1) - DAY)
    (new,) = remind_now()
    assert "9:00" in new.words


def test_a_cancelled_meetings_reminder_that_waits_is_not_sent(cast, set_clock, reminded):
    meetings.cancel(cast.fair, cast.meeting, "exhibitor", "Ill", cast.bo.id)
    (letter,) = reminders()
    assert (letter.status, letter.words) == ("stopped", "")
    meetings.restore(cast.fair, cast.meeting, "exhibitor", cast.bo.id)
    set_clock(cast.start - HOUR)
    assert len(remind_now()) == 1


def test_a_meeting_called_off_before_and_taken_up_again_is_reminded_of(cast, set_clock):
    set_clock(cast.start - DAY - HOUR)
    meetings.cancel(cast.fair, cast.meeting, "exhibitor", "", cast.bo.id)
    set_clock(cast.start - DAY)
    assert remind_now() == []
    meetings.restore(cast.fair, cast.meeting, "exhibitor", cast.bo.id)
    assert len(remind_now()) == 1


def test_a_sent_reminders_words_are_forgotten(cast, reminded):
    mark_sent(claim())
    db.session.commit()
    assert [letter.words for letter in reminders()] == [""]


def test_a_reminder_is_never_sent_once_the_next_one_is_due_or_the_meeting_has_begun(
    cast, set_clock, reminded
):
    set_clock(cast.start - HOUR)
    remind_now()
    first, second = reminders()
    assert first.expires_at == cast.start - HOUR
    assert second.expires_at == cast.start
    assert claim().id == second.id


def test_two_interviews_at_the_same_time_are_two_letters(cast, set_clock):
    crane = make.exhibitor(cast.fair, "Crane AB")
    make.meeting(cast.dora, make.slot(crane, cast.at(10, 15)))
    make.meeting(make.jobseeker(cast.fair, "Elias"), make.slot(crane, cast.at(10), table=2))
    set_clock(cast.at(10, 15) - HOUR)
    assert sorted((each.address, "Crane" in each.words) for each in remind_now()) == [
        ("dora@example.org", False), ("dora@example.org", True), ("elias@example.org", True),
    ]  # fmt: skip


def test_a_reminder_is_in_the_readers_language_and_short_by_sms(cast, set_clock):
    someone = db.session.get_one(Person, cast.dora.person_id)
    someone.language = "sv"
    contact = db.session.scalars(db.select(Contact).where(Contact.person_id == someone.id)).one()
    contact.kind, contact.address = "phone", "+46701740605"
    set_clock(cast.start - DAY)
    (letter,) = remind_now()
    assert letter.channel == "sms"
    assert letter.words.startswith("Påminnelse: Bolt AB, ")
    assert "monter 14" in letter.words.lower()


def test_nobody_is_looked_for_in_vain(cast, set_clock):
    """A person without an address gets no letter, and does not keep the sender busy."""
    db.session.delete(
        db.session.scalars(db.select(Contact).where(Contact.person_id == cast.dora.person_id)).one()
    )
    set_clock(cast.start - DAY)
    assert not anything_due()
    assert remind_now() == []


def test_a_fair_that_does_not_take_place_reminds_nobody(cast, set_clock):
    set_clock(cast.start - DAY)
    cast.fair.withdrawn_at = clock.now()
    assert not anything_due()


def test_a_token_is_kept_as_a_hash(cast, reminded):
    kept = db.session.scalars(db.select(Reminder)).one()
    assert reminded.removeprefix("/r/") not in str(vars(kept))
    assert len(kept.token_hash) == 64
