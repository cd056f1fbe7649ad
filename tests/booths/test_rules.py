"""The floor's rules: plain facts in, plain answers out."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bazaar.booths import rules
from bazaar.booths.models import Booth
from bazaar.booths.rules import Reason, Spot, Stay
from bazaar.employers.models import Exhibitor

OPENS = datetime(2027, 4, 21, 9, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=8)


def at(hour, minute=0):
    return OPENS.replace(hour=hour, minute=minute)


def test_booths_are_laid_out_in_walking_order_with_awnings_to_the_aisles():
    spots = rules.laid_out(4, 3)
    assert [(spot.row, spot.column) for spot in spots[:6]] == [(0, 2), (0, 5), (0, 8), (4, 8), (4, 5), (4, 2)]
    assert [spots[n].row for n in (0, 3, 6, 9)] == [0, 4, 6, 10], "two rows stand back to back"
    assert [spots[n].aisle for n in (0, 3, 6, 9)] == ["down", "up", "down", "up"]


@given(st.integers(1, 12), st.integers(1, 12))
def test_laid_out_booths_never_overlap_and_already_stand_in_walking_order(rows, columns):
    spots = rules.laid_out(rows, columns)
    assert len(spots) == rows * columns
    assert rules.in_walking_order(reversed(spots)) == spots
    cells = [(s.row + y, s.column + x) for s in spots for y in range(s.height) for x in range(s.width)]
    assert len(cells) == len(set(cells))
    height, width = rules.room_needed(spots)
    assert all(rules.misplaced(spot, height, width, []) is None for spot in spots)


def test_every_aisle_is_found():
    spots = rules.laid_out(4, 3)
    assert rules.aisles_between(spots, 14) == [3, 9, 13]
    assert rules.aisles_between([], 14) == []


def test_a_booth_dragged_a_cell_aside_keeps_its_turn_in_the_row():
    spots = rules.laid_out(2, 3)
    moved = Spot(1, 5, "down")
    assert rules.in_walking_order([spots[0], moved, spots[2]]) == [spots[0], moved, spots[2]]


def test_a_booth_stands_inside_the_hall_and_on_nobody_else():
    there = Spot(0, 0, "down")
    assert rules.misplaced(Spot(0, 2, "down"), 10, 10, [there]) is there
    assert rules.misplaced(Spot(0, 3, "down"), 10, 10, [there]) is None
    assert rules.misplaced(Spot(-1, 3, "down"), 10, 10, [there]) == "outside"
    assert rules.misplaced(Spot(0, 8, "down"), 10, 10, []) == "outside"


def test_a_day_is_cut_whole_in_halves_or_in_hours():
    assert rules.cut(OPENS, CLOSES, "whole") == [(OPENS, CLOSES)]
    assert rules.cut(OPENS, CLOSES, "halves") == [(OPENS, at(13)), (at(13), CLOSES)]
    assert len(rules.cut(OPENS, CLOSES, "hours")) == 8


@given(st.integers(15, 900), st.sampled_from(["whole", "halves", "hours"]))
def test_blocks_have_neither_gap_nor_overlap(minutes, kind):
    closes = OPENS + timedelta(minutes=minutes)
    blocks = rules.cut(OPENS, closes, kind)
    assert blocks[0][0] == OPENS
    assert blocks[-1][1] == closes
    assert all(before[1] == after[0] for before, after in pairwise(blocks))
    assert all(ends - starts >= rules.SHORTEST_BLOCK for starts, ends in blocks)


@pytest.mark.parametrize(
    ("at", "refusal"),
    [([time(13)], None), ([time(8)], "outside"), ([time(13), time(13)], "twice"), ([time(9, 5)], "short")],
)
def test_a_day_is_not_cut_outside_itself_twice_or_too_fine(at, refusal):
    assert rules.cut_refusal(time(9), time(17), at) == refusal


def test_cutting_finer_keeps_every_booking():
    stay = Stay("14", "Bolt AB", OPENS, CLOSES)
    kept, lost = rules.kept_in(rules.cut(OPENS, CLOSES, "halves"), [stay])
    assert kept == {("14", 0): "Bolt AB", ("14", 1): "Bolt AB"}
    assert lost == []


def test_a_shared_day_cannot_become_one_block():
    stays = [Stay("14", "Bolt AB", OPENS, at(13)), Stay("14", "Crane AB", at(13), CLOSES)]
    assert rules.kept_in([(OPENS, CLOSES)], stays) == ({}, [("14", 0)])


def test_half_a_day_cannot_become_a_whole_one_unasked():
    assert rules.kept_in([(OPENS, CLOSES)], [Stay("14", "Bolt AB", OPENS, at(13))])[1] == [("14", 0)]


def test_blocks_follow_a_days_new_hours_unless_one_would_vanish():
    blocks = rules.cut(OPENS, CLOSES, "halves")
    assert rules.stretched(blocks, at(8), at(18)) == [(at(8), at(13)), (at(13), at(18))]
    assert rules.stretched(blocks, at(13), CLOSES) is None
    assert rules.stretched(blocks, OPENS, at(12)) is None


def test_a_booth_says_what_it_lacks():
    booth = Booth(width=2, sockets=2, power="none", step_free=False)
    needs = Exhibitor(least_width=3, sockets=1, step_free=True)
    assert rules.lacks(booth, needs) == ["sockets", "width", "step_free"]
    assert rules.lacks(booth, Exhibitor(least_width=1, sockets=0, step_free=False)) == []


def test_a_hold_gets_more_time_twice_and_not_after_its_end():
    assert rules.may_have_more_time(at(10), 1, at(9, 55))
    assert not rules.may_have_more_time(at(10), 2, at(9, 55))
    assert not rules.may_have_more_time(at(10), 0, at(10))


def test_reasons_are_stored_and_read_back():
    reasons = [Reason("sockets", {"needed": 2}), Reason("step_free")]
    assert rules.unpacked(rules.packed(reasons)) == reasons
    assert rules.unpacked("") == []
    assert rules.unpacked("Beside the door") == [Reason("Beside the door")]
