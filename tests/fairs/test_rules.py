"""What a fair's settings may be."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bazaar.fairs import rules
from bazaar.fairs.models import Fair
from bazaar.fairs.rules import Hours, Window

STOCKHOLM = "Europe/Stockholm"
DAY = Hours(date(2027, 4, 21), time(9), time(17))
NEXT_DAY = Hours(date(2027, 4, 22), time(10), time(16))
colours = st.text("0123456789abcdef", min_size=6, max_size=6)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(STOCKHOLM))


def windows(made: datetime, *days: Hours) -> dict[str, Window]:
    return {w.kind: w for w in rules.usual_windows(days or (DAY, NEXT_DAY), STOCKHOLM, made)}


@pytest.mark.parametrize("text", ["spring", "spring-2027", "a", "a" * 40])
def test_a_slug_is_small_letters_digits_and_single_dashes(text):
    assert rules.is_slug(text)


@pytest.mark.parametrize("text", ["", "Spring", "vår", "a--b", "-a", "a-", "a b", "a/b", "a" * 41, "ab\n"])
def test_anything_else_is_no_slug(text):
    assert not rules.is_slug(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Rekryteringsbazaren 2027", None), ("jobb & framtid", "jobb-framtid"), ("x" * 60, "x" * 40)],
)
def test_a_name_suggests_a_slug(name, slug):
    assert rules.slug_of(name.lower()) == (slug or "rekryteringsbazaren-2027")


def test_a_zone_is_one_the_world_knows():
    assert rules.is_zone(STOCKHOLM)
    assert not rules.is_zone("Europe/Atlantis")
    assert not rules.is_zone("../../etc/passwd")


def test_the_last_owner_stays():
    assert rules.is_last_owner("owner", 1)
    assert not rules.is_last_owner("owner", 2)
    assert not rules.is_last_owner("viewer", 1)


# --- Limits ---


def test_every_rule_starts_at_its_usual_value():
    table = Fair.__table__
    for name, limits in rules.LIMITS.items():
        default = table.c[name].default
        assert (default.arg if default is not None else None) == limits.usual, name


def test_every_usual_value_is_allowed():
    assert all(limits.allow(limits.usual) for limits in rules.LIMITS.values())


def test_a_meeting_lasts_ten_to_thirty_minutes():
    allowed = [minutes for minutes in range(100) if rules.LIMITS["slot_minutes"].allow(minutes)]
    assert allowed == list(range(10, 31))


def test_only_what_may_be_without_limit_may_be_empty():
    assert rules.LIMITS["door_capacity"].allow(None)
    assert not rules.LIMITS["slot_minutes"].allow(None)


# --- Phases ---


def test_forms_of_a_new_fair_are_open_from_the_start():
    made = moment("2027-01-10T12:00")
    opened = [kind for kind, window in windows(made).items() if rules.state_of(window, made) == "open"]
    assert opened == ["exhibitors", "booths", "jobseekers", "wishes"]


def test_forms_close_before_the_fair_and_registration_with_it():
    phases = windows(moment("2027-01-10T12:00"))
    assert phases["exhibitors"].closes_at == moment("2027-03-24T00:00")
    assert phases["booths"].closes_at == moment("2027-04-07T00:00")
    assert phases["booking"].opens_at == moment("2027-04-07T00:00")
    assert phases["wishes"].closes_at == moment("2027-04-14T00:00")
    assert phases["jobseekers"].closes_at == moment("2027-04-22T16:00")
    assert (phases["fair"].opens_at, phases["fair"].closes_at) == (
        moment("2027-04-21T09:00"), moment("2027-04-22T16:00"),
    )  # fmt: skip
    assert phases["followup"].opens_at == moment("2027-04-22T16:00")


def test_a_fair_made_the_same_morning_is_open_to_everybody():
    made = moment("2027-04-21T10:00")
    states = {kind: rules.state_of(window, made) for kind, window in windows(made).items()}
    assert states.pop("followup") == "coming"
    assert states.pop("fair") == "now"
    assert set(states.values()) == {"open"}


@given(st.integers(-500, 500), st.integers(1, 14))
def test_every_phase_of_every_fair_opens_before_it_closes(hours, count):
    days = [Hours(DAY.date + timedelta(days=n), DAY.opens, DAY.closes) for n in range(count)]
    usual = rules.usual_windows(days, STOCKHOLM, moment("2027-04-21T12:00") + timedelta(hours=hours))
    assert [w.kind for w in usual] == list(rules.PHASES)
    assert all(w.opens_at < w.closes_at for w in usual)


def test_a_window_is_coming_then_open_then_done():
    window = Window("booking", moment("2027-04-01T00:00"), moment("2027-04-02T00:00"))
    seen = [rules.state_of(window, window.opens_at + timedelta(hours=h)) for h in (-1, 0, 23, 24)]
    assert seen == ["coming", "open", "open", "done"]


def test_a_shift_over_summer_time_keeps_the_time_on_the_clock():
    assert rules.shifted(moment("2027-03-20T09:00"), 14, STOCKHOLM) == moment("2027-04-03T09:00")
    assert rules.shifted(moment("2027-03-20T09:00"), 14, STOCKHOLM).utcoffset() == timedelta(hours=2)


def test_another_zone_keeps_the_time_on_the_clock():
    there = rules.same_clock(moment("2027-04-21T09:00"), STOCKHOLM, "Europe/Helsinki")
    assert (there.hour, there.utcoffset()) == (9, timedelta(hours=3))


def test_a_day_holds_what_lies_within_its_hours():
    assert DAY.hold(moment("2027-04-21T09:00"), moment("2027-04-21T17:00"), STOCKHOLM)
    assert not DAY.hold(moment("2027-04-21T08:59"), moment("2027-04-21T09:30"), STOCKHOLM)
    assert not DAY.hold(moment("2027-04-22T10:00"), moment("2027-04-22T10:15"), STOCKHOLM)


# --- Colour ---


@pytest.mark.parametrize(
    ("name", "told"), [("salmon", 7.2), ("cloudberry", 7.9), ("sea", 6.8), ("moss", 7.4), ("heather", 6.7)]
)
def test_the_five_hues_have_the_contrast_the_design_tells(name, told):
    assert rules.contrast(rules.ACCENTS[name], rules.INK) == pytest.approx(told, abs=0.1)
    assert rules.accent_for(rules.ACCENTS[name]) == rules.ACCENTS[name]


@given(colours)
def test_dark_ink_reads_well_on_every_accent(colour):
    assert rules.contrast(rules.accent_for(colour), rules.INK) >= 6


@given(colours)
def test_a_hue_that_reads_well_is_taken_as_it_is(colour):
    reads_well = rules.contrast(colour, rules.INK) >= 6
    assert (rules.accent_for(f"#{colour.upper()}") == colour) == reads_well


@given(colours)
def test_lightening_never_darkens_and_settles(colour):
    accent = rules.accent_for(colour)
    assert all(int(accent[at : at + 2], 16) >= int(colour[at : at + 2], 16) for at in (0, 2, 4))
    assert rules.accent_for(accent) == accent


@pytest.mark.parametrize("text", ["#f79a8b", "F79A8B", " #F79A8B "])
def test_a_colour_is_six_digits_with_or_without_a_hash(text):
    assert rules.is_colour(text)


@pytest.mark.parametrize("text", ["", "red", "#fff", "f79a8bff", "url(x)"])
def test_anything_else_is_no_colour(text):
    assert not rules.is_colour(text)
