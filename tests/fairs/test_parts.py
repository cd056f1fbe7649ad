"""Days, phases, halls and partners of a fair."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bazaar import clock
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.fairs import actions
from bazaar.fairs.models import Hall, Partner
from bazaar.fairs.queries import days_of, halls_of, is_open, partners_of, phase_of, phase_strip
from bazaar.fairs.rules import Hours
from bazaar.journal.models import Entry
from tests import make

DAY = {"date": "2027-04-23", "opens": "10:00", "closes": "15:00"}
HALL = {
    "name": "Hall B", "position": "1", "rows": "8", "columns": "30", "cell_metres": "1.5", "entrance_row": "1",
    "entrance_column": "30",
}  # fmt: skip
PARTNER = {"name": "Stockholms stad", "kind": "municipality", "website": "https://stockholm.se", "shown": "y"}


@pytest.fixture
def fair():
    return make.fair(first_day=date(2027, 4, 21))


# --- Days ---


def test_a_day_is_added_and_the_fair_lasts_until_it(browser, fair):
    assert browser.post("/organise/spring/days", data=DAY).status_code == 303
    assert [(d.date.day, d.closes) for d in days_of(fair.id)] == [
        (21, time(17)),
        (22, time(17)),
        (23, time(15)),
    ]
    assert phase_of(fair.id, "fair").closes_at == datetime(2027, 4, 23, 13, tzinfo=UTC)


def test_the_summary_says_which_of_two_like_fields_is_wrong(browser, fair):
    answer = browser.post("/organise/spring/days", data={**DAY, "opens": "", "closes": ""})
    assert '<a href="#opens"><b>Opens:</b> Write a time' in answer.text
    assert '<a href="#closes"><b>Closes:</b> Write a time' in answer.text


@pytest.mark.parametrize(
    ("field", "typed"), [("date", "2027-04-21"), ("date", "tomorrow"), ("closes", "10:00"), ("opens", "")]
)
def test_a_day_that_cannot_be_is_refused(browser, fair, field, typed):
    answer = browser.post("/organise/spring/days", data={**DAY, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert len(days_of(fair.id)) == 2


def test_the_next_day_is_offered_with_the_last_ones_hours(browser):
    page = browser.get("/organise/spring/days").text
    assert 'value="2027-04-23"' in page
    assert 'value="17:00"' in page


def test_changing_a_day_moves_the_fairs_own_phase(fair, ada):
    day = days_of(fair.id)[1]
    actions.change_day(fair, day, Hours(date(2027, 4, 25), time(8), time(12)), ada)
    assert phase_of(fair.id, "fair").closes_at == datetime(2027, 4, 25, 10, tzinfo=UTC)


def test_two_days_are_never_the_same(fair, ada):
    first, second = days_of(fair.id)
    with pytest.raises(Refused, match="already"):
        actions.change_day(fair, second, Hours(first.date, time(8), time(12)), ada)


def test_the_last_day_stays(fair, ada):
    first, second = days_of(fair.id)
    actions.remove_day(fair, first, ada)
    with pytest.raises(Refused):
        actions.remove_day(fair, second, ada)


def test_another_zone_moves_phases_but_not_what_clocks_show(fair, ada):
    actions.add_day(fair, Hours(date(2027, 4, 23), time(9), time(17)), ada)
    before = phase_of(fair.id, "fair").opens_at
    actions.change_zone(fair, "Europe/London", ada)
    assert phase_of(fair.id, "fair").opens_at == before + timedelta(hours=1)
    assert days_of(fair.id)[0].opens == time(9)


# --- Phases ---


def phases(**changed: str) -> dict[str, str]:
    data = {}
    for kind in ("exhibitors", "booths", "jobseekers", "wishes", "booking", "followup"):
        data[f"{kind}-opens"] = changed.get(f"{kind}_opens", "2027-01-01T00:00")
        data[f"{kind}-closes"] = changed.get(f"{kind}_closes", "2027-04-01T12:00")
    return data


def saved(browser, data: dict[str, str]) -> int:
    """What saving these answers, by who says yes where open forms would close."""
    answer = browser.post("/organise/spring/phases", data=data)
    asked = re.search('name="seen"[^>]* value="([^"]+)"', answer.text)
    if asked:
        answer = browser.post("/organise/spring/phases", data={**data, "seen": asked[1]})
    return answer.status_code


def test_every_phase_can_be_set_by_the_fairs_clock(browser, fair):
    data = phases(booking_opens="2027-03-30T08:00", booking_closes="2027-04-22T16:00")
    assert saved(browser, data) == 303
    booking = phase_of(fair.id, "booking")
    assert booking.opens_at == datetime(2027, 3, 30, 6, tzinfo=UTC)
    assert not is_open(fair.id, "booking", datetime(2027, 3, 30, 5, 59, tzinfo=UTC))
    assert is_open(fair.id, "booking", datetime(2027, 3, 30, 6, tzinfo=UTC))
    assert 'value="2027-03-30T08:00"' in browser.get("/organise/spring/phases").text


def test_a_phase_without_dates_is_closed(browser, fair):
    saved(browser, phases(wishes_opens="", wishes_closes=""))
    assert phase_of(fair.id, "wishes") is None
    assert not is_open(fair.id, "wishes", datetime(2027, 3, 1, tzinfo=UTC))
    saved(browser, phases())
    assert is_open(fair.id, "wishes", datetime(2027, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "changed", [{"wishes_closes": ""}, {"wishes_closes": "2026-12-31T00:00"}, {"wishes_closes": "in spring"}]
)
def test_a_phase_closes_after_it_opens(browser, fair, changed):
    opens = phase_of(fair.id, "booking").opens_at
    answer = browser.post("/organise/spring/phases", data=phases(**changed))
    assert answer.status_code == 422
    assert 'id="wishes-closes-wrong"' in answer.text
    assert phase_of(fair.id, "booking").opens_at == opens


def test_an_open_form_closes_only_after_a_plain_question_that_names_it(browser, fair):
    now = clock.now()
    for kind, opens in (("jobseekers", now - timedelta(days=1)), ("booths", now + timedelta(days=1))):
        phase = phase_of(fair.id, kind)
        phase.opens_at, phase.closes_at = opens, now + timedelta(days=9)
    emptied = dict.fromkeys(phases(), "")
    asked = browser.post("/organise/spring/phases", data=emptied).text
    assert "These forms are open, and would close now:" in asked
    assert "<li>Jobseekers register</li>" in asked
    assert "<li>Booth choice</li>" not in asked  # opens later
    assert is_open(fair.id, "jobseekers", clock.now())
    assert saved(browser, emptied) == 303
    assert not is_open(fair.id, "jobseekers", clock.now())


def test_a_phase_whose_opening_cannot_be_read_is_not_told_to_write_it(browser):
    answer = browser.post("/organise/spring/phases", data=phases(booking_opens="soon"))
    assert answer.status_code == 422
    assert "or neither" not in answer.text


def test_the_strip_tells_of_every_phase_in_order(browser, fair):
    saved(browser, phases(exhibitors_closes="2027-03-01T00:00"))
    make.db.session.expire_all()
    actions.add_day(fair, Hours(date(2027, 4, 23), time(9), time(17)), make.organiser(fair, "Berit"))
    strip = phase_strip(fair, datetime(2027, 4, 22, 9, tzinfo=UTC))
    assert [state for _name, _words, state in strip][-3:] == ["now", "done", "done"]
    strip = phase_strip(fair, datetime(2027, 3, 10, 9, tzinfo=UTC))
    assert [state for _name, _words, state in strip] == [
        "done",
        "open",
        "open",
        "open",
        "open",
        "coming",
        "open",
        "coming",
    ]


def test_the_fair_says_which_day_it_is(fair, ada):
    actions.add_day(fair, Hours(date(2027, 4, 23), time(9), time(17)), ada)
    strip = {state: words for _name, words, state in phase_strip(fair, datetime(2027, 4, 22, 9, tzinfo=UTC))}
    assert strip["now"] == "day 2 of 3"


# --- Halls ---


def test_a_hall_is_added_with_its_entrance(browser, fair):
    assert browser.post("/organise/spring/halls", data=HALL).status_code == 303
    hall = halls_of(fair.id)[1]
    assert (hall.name, hall.rows, hall.columns, hall.cell_metres) == ("Hall B", 8, 30, 1.5)
    assert (hall.entrance_row, hall.entrance_column) == (0, 29)
    assert "Hall B" in browser.get("/organise/spring/halls").text


def test_halls_stand_in_their_order(browser, fair):
    browser.post("/organise/spring/halls", data={**HALL, "position": "0", "name": "First"})
    browser.post("/organise/spring/halls", data={**HALL, "position": "9", "name": "Aft"})
    assert [hall.name for hall in halls_of(fair.id)] == ["First", "Hall A", "Aft"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("name", "hall a"), ("rows", "0"), ("rows", "201"), ("columns", "many"), ("cell_metres", "wide"),
        ("cell_metres", "0"), ("entrance_row", "9"), ("entrance_column", "31"), ("entrance_column", ""),
    ],
)  # fmt: skip
def test_a_hall_that_cannot_be_is_refused(browser, fair, field, typed):
    answer = browser.post("/organise/spring/halls", data={**HALL, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert len(halls_of(fair.id)) == 1


@pytest.mark.parametrize(
    ("typed", "never_said"),
    [
        ({"rows": "-5"}, "1 to -5"),
        ({"rows": "-5"}, "The entrance stands"),
        ({"entrance_row": "x"}, "or neither"),
    ],
)
def test_the_entrance_is_not_measured_by_a_number_that_was_refused(browser, typed, never_said):
    answer = browser.post("/organise/spring/halls", data={**HALL, **typed})
    assert answer.status_code == 422
    assert never_said not in answer.text


def test_two_halls_never_share_a_name(fair, ada):
    with pytest.raises(Refused):
        actions.add_hall(fair, {"name": "Hall A"}, ada)
    assert len(db.session.scalars(select(Hall)).all()) == 1


# --- Partners ---


def test_a_partner_is_added_changed_and_removed(browser, fair):
    assert browser.post("/organise/spring/partners", data=PARTNER).status_code == 303
    (partner,) = partners_of(fair.id)
    assert (partner.name, partner.kind, partner.website, partner.shown) == (
        "Stockholms stad", "municipality", "https://stockholm.se", True,
    )  # fmt: skip
    address = f"/organise/spring/partners/{partner.id}"
    assert 'value="Stockholms stad"' in browser.get(address).text
    browser.post(address, data={"name": "Region Stockholm", "kind": "county", "website": ""})
    assert (partner.name, partner.kind, partner.website, partner.shown) == (
        "Region Stockholm",
        "county",
        "",
        False,
    )
    assert browser.post(f"{address}/remove").status_code == 303
    assert not partners_of(fair.id)
    verbs = db.session.scalars(select(Entry.verb).where(Entry.thing == "partner").order_by(Entry.id)).all()
    assert verbs == ["made", "changed", "removed"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "arbetsförmedlingen"),
        ("kind", "crown"),
        ("website", "javascript:alert(1)"),
        ("website", "x"),
    ],
)
def test_a_partner_that_cannot_be_is_refused(browser, fair, field, typed):
    make.add(Partner(fair_id=fair.id, name="Arbetsförmedlingen", kind="employment_service"))
    answer = browser.post("/organise/spring/partners", data={**PARTNER, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text


def test_a_partner_may_keep_its_own_name(browser, fair):
    partner = make.add(Partner(fair_id=fair.id, name="Arbetsförmedlingen", kind="employment_service"))
    answer = browser.post(
        f"/organise/spring/partners/{partner.id}", data={**PARTNER, "name": "Arbetsförmedlingen"}
    )
    assert answer.status_code == 303
