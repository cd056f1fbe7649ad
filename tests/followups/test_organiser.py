"""All meetings of a fair, and what became of them."""

import random
import re
from collections import Counter
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.followups import rules
from bazaar.followups.queries import counts as counts_queries
from bazaar.followups.queries import organiser as queries
from bazaar.followups.queries import truth
from bazaar.followups.queries.organiser import Filters
from tests import make
from tests.followups import cast


@pytest.fixture
def fair():
    return cast.past_fair()


@pytest.fixture
def bolt(fair):
    return make.exhibitor(fair)


@pytest.fixture
def ada(client, fair):
    ada = make.organiser(fair)
    make.sign_in(client, ada)
    return ada


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def names(fair, **filters):
    page = queries.page_of(fair, Filters(**filters), clock.now())
    return [line.name for line in page.lines]


@pytest.fixture
def one_of_each(fair, bolt):
    bo = make.representative(bolt)
    hours = {"said": 9, "scanned": 10, "unknown": 11, "no_show": 12, "cancelled": 13}
    people = {name: make.jobseeker(fair, name) for name in (*hours, "coming", "asked", "walker", "passer")}
    for name, hour in hours.items():
        status = {"said": "held", "no_show": "no_show", "cancelled": "cancelled"}.get(name, "booked")
        cast.meeting(bolt, people[name], make.at(fair, hour), status)
    cast.scan(bolt, people["scanned"], make.at(fair, 10, 5))
    cast.meeting(bolt, people["coming"], clock.now() + timedelta(hours=2))
    cast.meeting(bolt, people["asked"], None, "requested")
    for name in ("walker", "passer"):
        cast.scan(bolt, people[name], make.at(fair, 14))
        cast.scan(bolt, people[name], make.at(fair, 15))
    cast.remark(bolt, people["walker"], bo, "Nice")
    return people


def test_each_meeting_stands_where_it_belongs(fair, one_of_each):
    assert names(fair) == ["said", "scanned", "unknown", "no_show", "cancelled", "coming"]
    assert names(fair, tab="held") == ["said", "scanned"]
    assert names(fair, tab="walk_in") == ["walker"]
    assert names(fair, tab="unknown") == ["unknown"]
    assert names(fair, tab="no_show") == ["no_show"]
    assert names(fair, tab="to_come") == ["coming"]
    assert names(fair, tab="asked") == ["asked"]
    assert names(fair, tab="cancelled") == ["cancelled"]


def test_the_counts_are_those_of_the_tabs(fair, one_of_each):
    counts = counts_queries.shown_counts(counts_queries.counts_of(fair, clock.now()))
    assert counts == {tab: len(names(fair, tab=tab)) for tab in queries.TABS}
    assert counts_queries.counts_of(fair, clock.now()).held == 3


def test_what_is_unknown_is_said_as_loudly(client, fair, ada, one_of_each):
    text = text_of(client.get("/organise/spring/meetings?lang=en"))
    assert "3 meetings held. Of 1 nobody knows. 1 did not come." in text
    assert "1 of those held were walk-ins" in text


def test_a_walk_in_who_is_held_by_booking_counts_once(fair, bolt):
    bo = make.representative(bolt)
    dora = make.jobseeker(fair)
    cast.scan(bolt, dora, make.at(fair, 9))
    cast.meeting(bolt, dora, make.at(fair, 11))
    cast.scan(bolt, dora, make.at(fair, 11))
    cast.remark(bolt, dora, bo, "Good")
    counts = counts_queries.counts_of(fair, clock.now())
    assert (counts["held"], counts["walk_in"]) == (1, 0)


def test_a_voided_first_scan_gives_way_to_the_next(fair, bolt):
    dora = make.jobseeker(fair)
    first = cast.scan(bolt, dora, make.at(fair, 9))
    cast.scan(bolt, dora, make.at(fair, 10))
    cast.remark(bolt, dora, make.representative(bolt), "Good")
    cast.void(first)
    (line,) = queries.page_of(fair, Filters("walk_in"), clock.now()).lines
    assert line.starts_at == make.at(fair, 10)


@pytest.mark.parametrize("seed", range(2))
def test_tabs_and_counts_agree_with_the_rule(fair, bolt, seed):
    chance = random.Random(seed)
    device, moment, window = cast.phone(bolt), make.at(fair, 13), truth.window_of(fair)
    expected = Counter()
    for number in range(40):
        one = make.jobseeker(fair, f"Person {number}")
        at = make.at(fair, chance.choice((9, 12, 13, 15)))
        status = chance.choice(("booked", "booked", "held", "no_show", "cancelled"))
        meeting = cast.meeting(bolt, one, at, status)
        scans = [
            at + timedelta(minutes=chance.choice((-16, -15, 3, 15, 16)))
            for _ in range(chance.choice((0, 1, 2)))
        ]
        for scan in scans:
            cast.scan(bolt, one, scan, device)
        expected[rules.state_of(truth.booking_of(meeting), scans, moment, window)] += 1
    counted = counts_queries.counts_of(fair, moment)
    assert {state: counted[state] for state in expected} == dict(expected)
    for state, number in expected.items():
        assert len(queries.page_of(fair, Filters(state), moment).lines) == number


def test_the_list_can_be_narrowed(client, fair, bolt, ada):
    crane = make.exhibitor(fair, "Crane AB")
    anna, beata = make.jobseeker(fair, "Anna"), make.jobseeker(fair, "Beata Åberg")
    cast.meeting(bolt, anna, make.at(fair, 10))
    cast.meeting(crane, beata, make.at(fair, 11))
    assert names(fair, exhibitor=bolt.id) == ["Anna"]
    assert names(fair, text="aberg") == ["Beata Åberg"]
    assert names(fair, text="crane") == ["Beata Åberg"]
    assert names(fair, day=make.days(fair)[0].date) == ["Anna", "Beata Åberg"]
    assert names(fair, day=make.days(fair)[0].date + timedelta(days=1)) == []
    reply = client.post("/organise/spring/meetings/search", data={"text": "beata"})
    assert "beata" not in reply.location
    assert "Beata" in text_of(client.get(reply.location))


def test_pages_follow_one_another_without_gaps(fair, bolt):
    for number in range(101):
        cast.meeting(bolt, make.jobseeker(fair, f"P {number:03}"), make.at(fair, 9 + number % 7))
    now = clock.now()
    first = queries.page_of(fair, Filters(), now)
    second = queries.page_of(fair, Filters(), now, after=first.lines[-1].id)
    third = queries.page_of(fair, Filters(), now, after=second.lines[-1].id)
    seen = [line.id for page in (first, second, third) for line in page.lines]
    assert len(set(seen)) == len(seen) == 101
    assert (first.has_earlier, first.has_later, third.has_earlier, third.has_later) == (
        False,
        True,
        True,
        False,
    )
    assert queries.page_of(fair, Filters(), now, before=third.lines[0].id).lines == second.lines
    assert queries.page_of(fair, Filters(), now, last=True).lines[-1] == third.lines[-1]


def test_protected_people_stand_by_alias_and_in_no_file(client, fair, bolt, ada):
    hidden = make.jobseeker(fair, "Real", protected=True, alias="Heron")
    cast.meeting(bolt, hidden, make.at(fair, 10))
    cast.meeting(bolt, make.jobseeker(fair), make.at(fair, 11))
    page = client.get("/organise/spring/meetings").text
    assert "Heron" in page
    assert "Real" not in page
    file = client.post("/organise/spring/meetings.csv?lang=en").text
    assert "Dora" in file
    assert "Heron" not in file
    assert "Real" not in file


def test_who_has_left_is_a_row_without_a_name(client, fair, bolt, ada):
    dora = make.jobseeker(fair)
    cast.meeting(bolt, dora, make.at(fair, 10), "held")
    dora.status = "cancelled"
    text = text_of(client.get("/organise/spring/meetings?lang=en"))
    assert "Has left" in text
    assert "Dora" not in text


def test_another_fairs_line_is_no_place_to_go_on_from(client, fair, ada):
    other = cast.past_fair("other")
    theirs = cast.meeting(make.exhibitor(other, "Crane AB"), make.jobseeker(other), make.at(other, 10))
    assert client.get(f"/organise/spring/meetings?after={theirs.id}").status_code == 404


def test_counts_that_take_long_are_remembered_for_a_while(fair, bolt, monkeypatch):
    monkeypatch.setattr(counts_queries, "WORTH_KEEPING", 0.0)
    monkeypatch.setattr(counts_queries, "SLOW", 0.0)
    cast.meeting(bolt, make.jobseeker(fair), make.at(fair, 10), "held")
    monkeypatch.setattr(
        counts_queries._Memory, "keep", lambda self, key, counts, _s: self.known.update({key: (1e12, counts)})
    )
    assert counts_queries.counts_of(fair, clock.now())["held"] == 1
    cast.meeting(bolt, make.jobseeker(fair, "Elias"), make.at(fair, 11), "held")
    again = counts_queries.counts_of(fair, clock.now())
    assert (again["held"], again.slow) == (1, True)
