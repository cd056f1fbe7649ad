"""The list is made of what happened, and of nothing else."""

import random
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.followups import rules
from bazaar.followups.models import Answer, Promise
from bazaar.followups.queries import exhibitor as queries
from bazaar.followups.queries import known, truth
from bazaar.followups.queries.exhibitor import Filters
from bazaar.followups.queries.whole import whole as whole_of
from bazaar.meetings.models import Meeting
from tests import make
from tests.followups import cast


@pytest.fixture
def fair():
    return cast.past_fair()


@pytest.fixture
def bolt(fair):
    return make.exhibitor(fair)


@pytest.fixture
def bo(bolt):
    return make.representative(bolt)


def listed(fair, bolt, bo):
    return known.everybody(fair, bolt.id, bo.id, clock.now())


def by_name(fair, bolt, bo):
    return {one.folded_name: one for one in listed(fair, bolt, bo).people}


def test_whoever_asked_booked_met_shared_or_was_scanned_with_a_share_is_listed(fair, bolt, bo):
    people = {
        name: make.jobseeker(fair, name)
        for name in ("asked", "booked", "held", "shared", "scanned", "written")
    }
    cast.meeting(bolt, people["asked"], None, "requested")
    cast.meeting(bolt, people["booked"], clock.now() + timedelta(hours=1))
    cast.meeting(bolt, people["held"], make.at(fair, 10))
    cast.scan(bolt, people["held"], make.at(fair, 10, 2))
    for name in ("shared", "scanned", "written"):
        cast.share(bolt, people[name])
    for name in ("scanned", "written"):
        cast.scan(bolt, people[name], make.at(fair, 11))
    cast.remark(bolt, people["written"], bo, "Kind and quick")
    make.jobseeker(fair, "stranger")
    statuses = {name: one.status for name, one in by_name(fair, bolt, bo).items()}
    assert statuses == {
        "asked": "asked", "booked": "to_come", "held": "met", "shared": "shared", "scanned": "scanned", "written": "met"
    }  # fmt: skip


def test_scanned_without_a_share_is_counted_and_never_named(fair, bolt, bo):
    silent, took_back = make.jobseeker(fair, "Silent"), make.jobseeker(fair, "Took back")
    for one in (silent, took_back):
        cast.scan(bolt, one, make.at(fair, 11), reason="no_consent")
    cast.share(bolt, took_back, withdrawn_at=clock.now())
    cast.remark(bolt, silent, bo, "Sound")
    everybody = listed(fair, bolt, bo)
    assert everybody.people == []
    assert everybody.unseen == 2
    assert everybody.debt.met == 0


def test_a_name_taken_back_is_neither_shown_found_nor_exported(fair, bolt, bo):
    dora = make.jobseeker(fair, "Dora")
    cast.meeting(bolt, dora, make.at(fair, 10), "held")
    yes = cast.share(bolt, dora)
    assert [one.folded_name for one in listed(fair, bolt, bo).people] == ["dora"]
    yes.withdrawn_at = clock.now()
    people = listed(fair, bolt, bo).people
    assert [line.name for line in queries.lines_of(fair, bolt.id, people)] == ["Name taken back"]
    assert [one.folded_name for one in people] == [""]
    assert list(queries.for_export(fair, bolt.id, people)) == []
    cast.share(bolt, dora)
    assert [one.folded_name for one in listed(fair, bolt, bo).people] == ["dora"]


def test_a_voided_scan_counts_for_nothing_nor_does_what_was_written_at_it(fair, bolt, bo):
    dora = make.jobseeker(fair)
    cast.share(bolt, dora)
    scan = cast.scan(bolt, dora, make.at(fair, 11))
    cast.remark(bolt, dora, bo, "Wrong person", next_step="call", scan_id=scan.id)
    assert by_name(fair, bolt, bo)["dora"].status == "met"
    cast.void(scan)
    one = by_name(fair, bolt, bo)["dora"]
    assert (one.status, one.promised) == ("shared", False)


def test_another_exhibitors_scans_and_notes_stay_its_own(fair, bolt, bo):
    crane = make.exhibitor(fair, "Crane AB")
    dora = make.jobseeker(fair)
    cast.meeting(bolt, dora, make.at(fair, 10))
    cast.scan(crane, dora, make.at(fair, 10))
    cast.remark(crane, dora, make.representative(crane, "Cia"), "Ours", star=3)
    one = by_name(fair, bolt, bo)["dora"]
    assert (one.status, one.star) == ("unknown", 0)


def test_of_each_recruiter_the_latest_words_are_shown_and_a_colleagues_are_kept(fair, bolt, bo):
    ria = make.representative(bolt, "Ria", "recruiter")
    dora = make.jobseeker(fair)
    cast.meeting(bolt, dora, make.at(fair, 10), "held")
    early = clock.now() - timedelta(hours=3)
    cast.remark(bolt, dora, bo, "First thought", star=3, next_step="call", at=early)
    cast.remark(bolt, dora, bo, "Second thought", next_step="interview", at=early + timedelta(minutes=5))
    cast.remark(bolt, dora, ria, "Agree", star=1, at=early + timedelta(minutes=3))
    one = by_name(fair, bolt, bo)["dora"]
    assert (one.star, rules.steps_in(one.steps)) == (1, ["interview"])
    whole = whole_of(fair, bolt.id, one, clock.now())
    assert [said.note for said in whole.said] == ["Second thought", "Agree"]
    assert [said.note for said in whole.earlier] == ["First thought"]


def test_joined_registrations_are_one_person(fair, bolt, bo):
    dora, twice = make.jobseeker(fair), make.jobseeker(fair, "Dora again")
    cast.meeting(bolt, dora, make.at(fair, 10))
    cast.scan(bolt, twice, make.at(fair, 10, 5))
    cast.remark(bolt, twice, bo, "Good", next_step="call")
    twice.status, twice.joined_to = "joined", dora.id
    people = by_name(fair, bolt, bo)
    assert list(people) == ["dora"]
    assert (people["dora"].status, people["dora"].promised) == ("met", True)
    assert [said.note for said in whole_of(fair, bolt.id, people["dora"], clock.now()).said] == ["Good"]


def test_who_has_left_stays_as_a_line_without_a_name_where_they_met(fair, bolt, bo):
    met, asked = make.jobseeker(fair, "Met"), make.jobseeker(fair, "Asked")
    cast.meeting(bolt, met, make.at(fair, 10), "held")
    cast.remark(bolt, met, bo, "Good", next_step="call")
    cast.meeting(bolt, asked, None, "requested")
    met.status = asked.status = "cancelled"
    everybody = listed(fair, bolt, bo)
    (one,) = everybody.people
    assert (one.left, one.folded_name, one.promised) == (True, "", False)
    assert everybody.debt.met == 1
    (line,) = queries.lines_of(fair, bolt.id, everybody.people)
    assert line.name == ""


def test_only_what_is_shared_is_shown(fair, bolt, bo):
    dora = make.jobseeker(fair, swedish="sfi_c")
    cast.share(bolt, dora, ["name"])
    (line,) = queries.lines_of(fair, bolt.id, listed(fair, bolt, bo).people)
    assert (line.name, line.swedish) == ("Dora", "")


def test_a_protected_person_is_found_and_shown_by_alias(fair, bolt, bo):
    hidden = make.jobseeker(fair, "Real", protected=True, alias="Heron")
    hidden.folded_name = "heron"
    cast.meeting(bolt, hidden, make.at(fair, 10), "held")
    everybody = listed(fair, bolt, bo)
    assert [line.name for line in queries.lines_of(fair, bolt.id, everybody.people)] == ["Heron"]
    assert queries.filtered(fair, bolt.id, everybody, Filters("all", text="heron"))
    assert not queries.filtered(fair, bolt.id, everybody, Filters("all", text="real"))
    assert list(queries.for_export(fair, bolt.id, everybody.people)) == []


def test_who_is_late_stands_first_and_who_has_an_answer_last(fair, bolt, bo):
    today = clock.now().date()
    due = {"late": -3, "today": 0, "coming": 2, "answered": 1}
    for name, days in due.items():
        one = make.jobseeker(fair, name)
        cast.meeting(bolt, one, make.at(fair, 10), "held")
        cast.remark(bolt, one, bo, next_step="call")
        promise = today + timedelta(days=days)
        make.add(Promise(fair_id=fair.id, exhibitor_id=bolt.id, registration_id=one.id, answer_by=promise))
        if name == "answered":
            make.add(Answer(fair_id=fair.id, exhibitor_id=bolt.id, registration_id=one.id, kind="no"))
    cast.meeting(bolt, make.jobseeker(fair, "nothing"), make.at(fair, 12), "held")
    everybody = listed(fair, bolt, bo)
    assert [one.folded_name for one in everybody.people] == ["late", "today", "coming", "nothing", "answered"]
    debt = everybody.debt
    assert (debt.met, debt.promised, debt.answered, debt.late, debt.today, debt.coming) == (5, 4, 1, 1, 1, 1)


def test_an_answer_taken_back_does_not_count(fair, bolt, bo):
    dora = make.jobseeker(fair)
    cast.meeting(bolt, dora, make.at(fair, 10), "held")
    known = {"fair_id": fair.id, "exhibitor_id": bolt.id, "registration_id": dora.id}
    make.add(Answer(**known, kind="later", at=clock.now() - timedelta(hours=1)))
    make.add(Answer(**known, kind="no", undone_at=clock.now()))
    assert by_name(fair, bolt, bo)["dora"].answered == "later"


def test_the_filters_each_do_what_they_say(fair, bolt, bo):
    ria = make.representative(bolt, "Ria", "recruiter")
    anna, beata = make.jobseeker(fair, "Anna Ek"), make.jobseeker(fair, "Beata Åberg")
    cast.meeting(bolt, anna, make.at(fair, 10), "held", recruiter=ria)
    cast.meeting(bolt, beata, make.at(fair, 11))
    cast.remark(bolt, beata, bo, "Good", star=2, next_step="send_cv")
    everybody = listed(fair, bolt, bo)

    def names(**filters):
        shown = queries.filtered(fair, bolt.id, everybody, Filters(**{"tab": "all", **filters}))
        return [one.folded_name for one in shown]

    assert names() == ["beata aberg", "anna ek"]
    assert names(tab="promised") == ["beata aberg"]
    assert names(tab="mine") == ["beata aberg"]
    assert names(status="met") == ["anna ek"]
    assert names(status="unknown") == ["beata aberg"]
    assert names(star=True) == ["beata aberg"]
    assert names(step="send_cv") == ["beata aberg"]
    assert names(step="call") == []
    assert names(recruiter=ria.id) == ["anna ek"]
    assert names(text="åberg") == ["beata aberg"]
    assert names(day=make.days(fair)[0].date) == ["beata aberg", "anna ek"]
    assert names(day=make.days(fair)[0].date + timedelta(days=1)) == []


def test_pages_follow_one_another_without_gaps(fair, bolt, bo):
    for number in range(120):
        cast.share(bolt, make.jobseeker(fair, f"Person {number:03}"))
    people = listed(fair, bolt, bo).people
    first = queries.page_of(people)
    second = queries.page_of(people, after=first.people[-1].id)
    third = queries.page_of(people, after=second.people[-1].id)
    assert [one.id for page in (first, second, third) for one in page.people] == [one.id for one in people]
    assert (first.has_earlier, first.has_later, third.has_earlier, third.has_later) == (
        False,
        True,
        True,
        False,
    )
    assert queries.page_of(people, before=third.people[0].id) == second
    assert queries.page_of(people, last=True).people[-1].id == people[-1].id


@pytest.mark.parametrize("seed", range(3))
def test_the_database_and_the_rule_say_the_same_of_every_meeting(fair, bolt, seed):
    chance = random.Random(seed)
    crane = make.exhibitor(fair, "Crane AB")
    moment, window = make.at(fair, 13), truth.window_of(fair)
    device = cast.phone(bolt)
    for number in range(40):
        one = make.jobseeker(fair, f"Person {number}")
        starts = make.at(fair, chance.choice((9, 12, 13, 14)), chance.choice((0, 15, 45)))
        status = chance.choice(
            ("requested", "booked", "booked", "booked", "held", "no_show", "declined", "cancelled")
        )
        expires = (
            {"expires_at": moment + timedelta(minutes=chance.choice((-5, 0, 5)))}
            if status == "requested"
            else {}
        )
        cast.meeting(bolt, one, None if status == "requested" else starts, status, **expires)
        for _ in range(chance.choice((0, 0, 1, 2))):
            at = starts + timedelta(minutes=chance.choice((-16, -15, 0, 14, 15, 16, 40)))
            where = chance.choice((bolt, bolt, crane))
            made = cast.scan(
                where, one, at, device, status=chance.choice(("recorded", "recorded", "conflict"))
            )
            if chance.random() < 0.2:
                cast.void(made)
    said = dict(db.session.execute(db.select(Meeting.id, truth.STATE), truth.times(fair, moment)).all())
    for meeting in db.session.scalars(db.select(Meeting)):
        scans = truth.scans_of(fair.id, [meeting.registration_id]).get(bolt.id, [])
        by_rule = rules.state_of(truth.booking_of(meeting), [one.at for one in scans], moment, window)
        assert said[meeting.id] == by_rule
