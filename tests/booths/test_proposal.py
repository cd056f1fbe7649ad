"""A proposed floor: everybody who can be placed is placed, with reasons, and nobody on top of another."""

import csv
import time
import uuid
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bazaar.booths.proposal import Stand, Standing, Wish, clashes, propose

REAL_LIST = Path(__file__).parents[3] / "shared" / "data" / "exhibitors_real_fair_2017.csv"
DAY_ONE, DAY_TWO = (frozenset({uuid.UUID(int=n), uuid.UUID(int=n + 1)}) for n in (1, 3))
BOTH = (DAY_ONE, DAY_TWO)
MORNING = (frozenset({min(DAY_ONE)}),)
AFTERNOONS = (frozenset({max(DAY_ONE)}), frozenset({max(DAY_TWO)}))
HALL = uuid.UUID(int=99)


def stands(count, **facts):
    return [Stand(uuid.UUID(int=1000 + n), n + 1, HALL, n, **facts) for n in range(count)]


def wish(n, days=(DAY_ONE,), sector="", **needs):
    return Wish(uuid.UUID(int=100000 + n), f"Exhibitor {n}", sector, tuple(days), applied=n, **needs)


def two_day_fair(both=3, one=75, two=81):
    return [
        wish(n, BOTH if n < both else (DAY_ONE,) if n < both + one else (DAY_TWO,))
        for n in range(both + one + two)
    ]


def booths_by_exhibitor(plan):
    booths = {}
    for part in plan.given:
        booths.setdefault(part.exhibitor, set()).add(part.booth)
    return booths


def assert_all_placed_and_both_days_in_one_booth(wishes, booths):
    plan = propose(booths, wishes)
    assert plan.missing == ()
    assert clashes(plan, booths, wishes, []) == []
    assert all(len(theirs) == 1 for theirs in booths_by_exhibitor(plan).values())
    assert len(booths_by_exhibitor(plan)) == len(wishes)


def test_78_and_84_exhibitors_with_3_on_both_days_fit_in_84_booths():
    assert_all_placed_and_both_days_in_one_booth(two_day_fair(), stands(84))


@pytest.mark.skipif(not REAL_LIST.exists(), reason="the real list lies outside the project")
def test_the_real_fair_of_2017_fits_in_84_booths():
    with REAL_LIST.open(newline="") as file:
        rows = list(csv.DictReader(file))
    days = {"1": DAY_ONE, "2": DAY_TWO}
    wishes = [wish(n, [days[day] for day in row["fair_days"].split()]) for n, row in enumerate(rows)]
    assert len(wishes) == 159
    assert_all_placed_and_both_days_in_one_booth(wishes, stands(84))


def test_with_one_booth_too_few_the_last_to_apply_goes_without_and_is_told_why():
    wishes = two_day_fair()
    plan = propose(stands(83), wishes)
    assert [part.exhibitor for part in plan.missing] == [wishes[-1].id]
    assert plan.missing[0].reason.key == "all_taken"
    assert clashes(plan, stands(83), wishes, []) == []


def test_the_same_facts_give_the_same_plan_in_whatever_order_they_come():
    wishes = two_day_fair(3, 20, 20)
    assert propose(stands(24), wishes) == propose(stands(24)[::-1], wishes[::-1])


def test_those_who_already_stand_there_stay_and_keep_their_booth_on_the_other_day():
    place = [Standing(wish(0).id, "Exhibitor 0", "", stands(3)[2].id, block) for block in DAY_ONE]
    plan = propose(stands(3), [wish(0, [DAY_TWO]), wish(1, BOTH), wish(2, BOTH)], place)
    assert clashes(plan, stands(3), [wish(0, [DAY_TWO]), wish(1, BOTH), wish(2, BOTH)], place) == []
    assert booths_by_exhibitor(plan)[wish(0).id] == {stands(3)[2].id}


def test_needs_decide_and_are_the_reason():
    booths = [*stands(2, sockets=0, power="none"), Stand(uuid.UUID(int=7), 3, HALL, 2, sockets=4, width=3)]
    plan = propose(booths, [wish(0), wish(1), wish(2, sockets=2, least_width=2)])
    given = next(part for part in plan.given if part.exhibitor == wish(2).id)
    assert given.booth == booths[2].id
    assert [reason.key for reason in given.reasons] == ["sockets", "width"]


def test_somebody_moves_to_make_room_for_one_who_needs_that_very_booth():
    wide, narrow = stands(1, width=3)[0], Stand(uuid.UUID(int=8), 2, HALL, 1)
    # Both days are asked for first, and would take the wide booth that another needs.
    wishes = [wish(0, BOTH, sockets=1), wish(1, (DAY_ONE,), least_width=3)]
    plan = propose([wide, narrow], wishes)
    assert plan.missing == ()
    assert booths_by_exhibitor(plan)[wish(1).id] == {wide.id}


def test_what_no_booth_has_is_said():
    plan = propose(stands(2, step_free=False), [wish(0, step_free=True)])
    assert plan.missing[0].reason.key == "none_fits"
    assert plan.missing[0].reason.facts == {"lacks": "step_free"}
    assert propose([], [wish(0)]).missing[0].reason.key == "no_booths"


def test_one_sector_stands_together_or_spread_as_the_fair_wishes():
    wishes = [wish(n, sector=("care", "trade", "transport")[n % 3]) for n in range(12)]
    sectors = {each.id: each.sector for each in wishes}

    def in_a_row(rule):
        plan = propose(stands(12), wishes, sector_rule=rule)
        along = [sectors[part.exhibitor] for part in plan.given]
        return sum(one == other for one, other in pairwise(along))

    assert in_a_row("neighbours") == 9
    assert in_a_row("spread") <= 2


def test_a_sector_has_at_most_so_many_the_first_to_apply():
    wishes = [wish(n, sector="care") for n in range(4)] + [wish(9, sector="")]
    plan = propose(stands(9), wishes, max_of_sector=3)
    assert [part.exhibitor for part in plan.missing] == [wish(3).id]
    assert plan.missing[0].reason.facts == {"sector": "care", "limit": 3}


def test_where_no_booth_is_free_on_both_days_one_has_a_booth_each_day():
    place = [Standing(uuid.UUID(int=5), "Other", "", stands(2)[0].id, block) for block in DAY_ONE]
    place += [Standing(uuid.UUID(int=6), "Another", "", stands(2)[1].id, block) for block in DAY_TWO]
    plan = propose(stands(2), [wish(0, BOTH)], place)
    assert plan.missing == ()
    assert {reason.key for part in plan.given for reason in part.reasons} >= {"own_booth_each_day", "shares"}


def several(n, count=2, **facts):
    return [wish(n, nth=nth, **facts) for nth in range(count)]


def test_who_wants_two_booths_gets_two_side_by_side():
    wishes = [wish(0, BOTH), *several(1, days=BOTH), wish(2, BOTH)]
    plan = propose(stands(4), wishes)
    assert clashes(plan, stands(4), wishes, []) == []
    assert (plan.missing, plan.fewer) == ((), ())
    numbers = sorted(part.booth.int - 999 for part in plan.given if part.exhibitor == wish(1).id)
    assert numbers[1] - numbers[0] == 1
    assert "one_more" in {reason.key for part in plan.given for reason in part.reasons}


def test_one_booth_for_everybody_comes_before_a_second_for_anybody():
    wishes = [*several(0), wish(1), wish(2)]
    plan = propose(stands(3), wishes)
    assert clashes(plan, stands(3), wishes, []) == []
    assert plan.missing == ()
    assert [(left.exhibitor, left.reason.key) for left in plan.fewer] == [(wish(0).id, "all_taken")]


def test_nobody_gets_a_second_booth_on_a_day_without_a_first():
    wishes = [*several(0, sector="care"), *several(1, sector="care")]
    plan = propose(stands(9), wishes, max_of_sector=1)
    assert [part.exhibitor for part in plan.given] == [wish(0).id] * 2
    assert [left.exhibitor for left in plan.missing] == [wish(1).id]


def test_one_of_the_morning_and_one_of_the_afternoon_share_a_booth():
    morning, afternoon = (frozenset({block}) for block in sorted(DAY_ONE))
    wishes = [wish(0, [morning]), wish(1, [afternoon]), wish(2, [DAY_ONE])]
    plan = propose(stands(2), wishes)
    assert clashes(plan, stands(2), wishes, []) == []
    assert plan.missing == ()
    booths = booths_by_exhibitor(plan)
    assert booths[wish(0).id] == booths[wish(1).id] != booths[wish(2).id]
    shared = next(part for part in plan.given if part.exhibitor == wish(0).id)
    assert shared.reasons[-1].facts == {"with": "Exhibitor 1"}


@pytest.mark.parametrize(
    ("needed", "offered", "lack"),
    [
        ({"strong_power": True}, {"power": "400V"}, "power"),
        ({"booth_kind": "corner"}, {"kind": "corner"}, "kind"),
        ({"price_class": "Gold"}, {"price_class": "gold"}, "price_class"),
        ({"step_free": True}, {"step_free": True}, "step_free"),
        ({"least_width": 4}, {"width": 4}, "width"),
        ({"sockets": 3}, {"sockets": 3}, "sockets"),
    ],
)
def test_every_need_chooses_the_booth_that_meets_it_and_says_so_where_none_does(needed, offered, lack):
    plain = stands(3, **{"step_free": False} if lack == "step_free" else {})
    fitting = Stand(uuid.UUID(int=7), 4, HALL, 3, **offered)
    plan = propose([*plain, fitting], [wish(0, **needed)])
    assert [part.booth for part in plan.given] == [fitting.id]
    assert plan.given[0].reasons[0].key == lack
    left = propose(plain, [wish(0, **needed)]).missing[0]
    assert (left.reason.key, left.reason.facts) == ("none_fits", {"lacks": lack})


def test_special_booths_are_left_to_those_who_ask_for_them():
    corner = Stand(uuid.UUID(int=7), 0, HALL, -1, kind="corner")
    plan = propose([corner, *stands(2)], [wish(0), wish(1), wish(2, booth_kind="corner")])
    assert booths_by_exhibitor(plan)[wish(2).id] == {corner.id}
    assert not any(part.booth == corner.id for part in plan.given if part.exhibitor != wish(2).id)


needs = st.builds(
    lambda n, days, sector, sockets, width, step_free: wish(
        n, days, sector, sockets=sockets, least_width=width, step_free=step_free
    ),
    n=st.integers(0, 10**6),
    days=st.sampled_from([(DAY_ONE,), (DAY_TWO,), BOTH, MORNING, AFTERNOONS]),
    sector=st.sampled_from(["", "care", "trade"]),
    sockets=st.integers(0, 3),
    width=st.integers(1, 3),
    step_free=st.booleans(),
)
offers = st.tuples(st.integers(1, 3), st.integers(0, 3), st.sampled_from(["none", "230V"]), st.booleans())


@settings(deadline=None)
@given(
    st.lists(needs, max_size=14, unique_by=lambda each: each.id),
    st.lists(offers, max_size=8),
    st.sampled_from(["neighbours", "spread", "none"]),
    st.one_of(st.none(), st.integers(1, 4)),
    st.integers(0, 3),
    st.integers(0, 4),
)
def test_no_plan_ever_clashes_and_nobody_is_forgotten(wishes, offered, rule, limit, standing, more):
    wishes = [*wishes, *(replace(each, nth=1) for each in wishes[:more])]
    booths = [
        Stand(uuid.UUID(int=1000 + n), n + 1, HALL, n, width, sockets, power, step_free)
        for n, (width, sockets, power, step_free) in enumerate(offered)
    ]
    place = [
        Standing(uuid.UUID(int=50 + n), f"Before {n}", "care", booth.id, block)
        for n, booth in enumerate(booths[:standing])
        for block in DAY_ONE
    ]
    plan = propose(booths, wishes, place, sector_rule=rule, max_of_sector=limit)
    assert clashes(plan, booths, wishes, place) == []
    kept = {(part.exhibitor, block) for part in plan.given for block in part.blocks}
    for left in plan.missing:
        assert not any((left.exhibitor, block) in kept for block in left.blocks)


@settings(deadline=None)
@given(st.integers(0, 6), st.integers(0, 12), st.integers(0, 12))
def test_as_many_booths_as_the_fullest_day_are_always_enough(both, one, two):
    booths = stands(both + max(one, two))
    if booths:
        assert_all_placed_and_both_days_in_one_booth(two_day_fair(both, one, two), booths)


def test_two_thousand_exhibitors_are_placed_in_seconds():
    wishes = [
        wish(n, [DAY_ONE, DAY_TWO][n % 2 : n % 2 + 1], sector=f"s{n % 20}", sockets=n % 3)
        for n in range(2000)
    ]
    began = time.perf_counter()
    plan = propose(stands(990, sockets=3), wishes)
    assert time.perf_counter() - began < 60
    assert len(plan.missing) == 20
