"""Changing the floor: what is kept, what is refused and in which words, and who is told."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bazaar import clock
from bazaar.booths import actions, queries
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay
from bazaar.employers.queries import exhibitor_at
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Hall, Phase
from bazaar.journal.models import Entry
from bazaar.messages.models import Letter
from tests import make


@pytest.fixture
def fair():
    return make.fair()


@pytest.fixture
def ada(fair):
    return make.organiser(fair)


@pytest.fixture
def booths(fair):
    return actions.make(fair, "Hall A", 2, 3)


@pytest.fixture
def bolt(fair):
    bolt = make.exhibitor(fair, "Bolt AB")
    make.representative(bolt)
    return exhibitor_at(fair.id, bolt.id)


@pytest.fixture
def crane(fair):
    return exhibitor_at(fair.id, make.exhibitor(fair, "Crane AB").id)


@pytest.fixture
def later(monkeypatch):
    """Let this much time pass."""

    def pass_by(minutes):
        now = clock.now() + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: now)

    return pass_by


def day_blocks(fair, day=0):
    return [block.id for block in queries.blocks_by_day(fair)[make.days(fair)[day].id]]


def letters():
    return [(letter.address, letter.subject) for letter in db.session.scalars(db.select(Letter))]


def verbs():
    return list(db.session.scalars(db.select(Entry.verb).order_by(Entry.id)))


# --- The floor ---


def test_booths_are_made_in_a_new_hall_and_numbered_on(fair, booths):
    more = actions.make(fair, "Hall B", 1, 2)
    assert [booth.number for booth in [*booths, *more]] == list(range(1, 9))
    assert [hall.name for hall in db.session.scalars(db.select(Hall).order_by(Hall.position))] == [
        "Hall A",
        "Hall B",
    ]
    assert [(b.row, b.column) for b in booths[:4]] == [(0, 2), (0, 5), (0, 8), (4, 8)]


def test_more_booths_in_a_hall_stand_behind_the_others(fair, booths):
    more = actions.make(fair, "Hall A", 2, 3)
    cells = {
        (b.row + y, b.column + x) for b in [*booths, *more] for y in range(b.height) for x in range(b.width)
    }
    assert len(cells) == 12 * 6
    hall = db.session.scalars(db.select(Hall)).one()
    assert all(booth.row + booth.height <= hall.rows for booth in more)


def test_each_day_has_two_blocks_once_booths_are_made(fair, booths):
    blocks = db.session.scalars(db.select(Block).order_by(Block.starts_at)).all()
    assert [(block.starts_at, block.ends_at) for block in blocks[:2]] == [
        (make.at(fair, 9), make.at(fair, 13)),
        (make.at(fair, 13), make.at(fair, 17)),
    ]
    assert len(blocks) == 4


def test_blocks_are_the_same_before_and_after_they_are_stored(fair):
    before = [block.id for block in queries.blocks_of(fair)]
    actions.ensure_blocks(fair)
    assert [block.id for block in queries.blocks_of(fair)] == before


def test_blocks_follow_the_days_new_hours(fair, booths):
    day = make.days(fair)[0]
    day.closes = day.closes.replace(hour=18)
    actions.ensure_blocks(fair)
    assert queries.blocks_by_day(fair)[day.id][-1].ends_at == make.at(fair, 18)


def test_renumbering_follows_the_walk_and_tells_those_concerned(fair, ada, booths, bolt):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair), ada.id)
    booths[0].number = 77
    db.session.flush()
    assert actions.renumber(fair, ada.id) == 1
    assert [booth.number for booth in queries.walking_order(fair.id)] == list(range(1, 7))
    assert len(letters()) == 2
    assert actions.renumber(fair, ada.id) == 0


def test_a_booth_is_not_placed_on_another_or_outside(fair, ada, booths):
    with pytest.raises(Refused, match="Booth 1 stands there"):
        actions.place_booth(fair, booths[1], 0, 3, ada.id)
    with pytest.raises(Refused, match="outside Hall A"):
        actions.place_booth(fair, booths[1], 0, 200, ada.id)
    actions.place_booth(fair, booths[1], 8, 3, ada.id)
    assert (booths[1].row, booths[1].column) == (8, 3)


def test_removing_a_booth_tells_who_stood_there(fair, ada, booths, bolt):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair), ada.id)
    actions.remove_booth(fair, booths[0], ada.id)
    assert letters()[-1] == ("bo@example.org", "You have no booth at Fair spring now")
    assert len(queries.booths_of(fair.id)) == 5


def test_a_floor_is_copied_into_halls_of_the_same_name(fair, booths):
    other = make.fair("autumn", days=1)
    actions.make(fair, "Only here", 1, 1)
    assert actions.copy_floor(fair.id, other.id) == 6
    assert [booth.number for booth in queries.booths_of(other.id)] == [1, 2, 3, 4, 5, 6]


# --- Blocks ---


def spans(fair, *hours):
    edges = [make.at(fair, hour) for hour in hours]
    return list(pairwise(edges))


def test_cutting_a_day_finer_keeps_the_bookings_and_their_reasons(fair, ada, booths, bolt):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair), ada.id)
    actions.recut(fair, make.days(fair)[0], spans(fair, 9, 11, 13, 15, 17), ada.id)
    rows = queries.bookings_of(fair.id)
    assert [row.booth.number for row in rows] == [1, 1, 1, 1]
    assert {row.exhibitor_id for row in rows} == {bolt.id}
    assert all(row.reason for row in rows)
    assert len(day_blocks(fair)) == 4


def test_a_day_is_not_cut_so_that_a_booking_is_lost(fair, ada, booths, bolt, crane):
    morning, afternoon = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], [morning], ada.id)
    actions.assign(fair, crane.id, booths[0], [afternoon], ada.id)
    with pytest.raises(Refused, match=r"booth 1: Bolt AB 09:00–13:00, Crane AB 13:00–17:00"):
        actions.recut(fair, make.days(fair)[0], spans(fair, 9, 17), ada.id)
    assert day_blocks(fair) == [morning, afternoon]


# --- Organisers ---


def test_two_exhibitors_share_a_booth_in_different_blocks(fair, ada, booths, bolt, crane):
    morning, afternoon = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], [morning], ada.id)
    actions.assign(fair, crane.id, booths[0], [afternoon], ada.id)
    assert [row.exhibitor_id for row in queries.bookings_of(fair.id)] == [bolt.id, crane.id]


def test_a_taken_booth_is_refused_in_words(fair, ada, booths, bolt, crane):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    with pytest.raises(Refused, match=r"Booth 1 is taken by Bolt AB, .* 09:00–13:00"):
        actions.assign(fair, crane.id, booths[0], blocks, ada.id)


def test_the_database_itself_refuses_two_in_one_place(fair, booths, bolt, crane):
    block = day_blocks(fair)[0]
    row = {"fair_id": fair.id, "booth_id": booths[0].id, "block_id": block}
    make.add(BoothBooking(exhibitor_id=bolt.id, **row))
    with pytest.raises(Exception, match=r"(?i)unique"):
        make.add(BoothBooking(exhibitor_id=crane.id, **row))


def test_an_exhibitor_has_no_more_booths_at_a_time_than_the_fair_allows(fair, ada, booths, bolt):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    with pytest.raises(Refused, match="Bolt AB has booth 1 then already"):
        actions.assign(fair, bolt.id, booths[1], blocks, ada.id)
    fair.max_booths = 2
    actions.assign(fair, bolt.id, booths[1], blocks, ada.id)
    assert queries.booth_numbers(fair.id) == {bolt.id: [1, 2]}


def test_only_approved_exhibitors_on_their_own_days_are_assigned(fair, ada, booths, bolt):
    db.session.execute(db.delete(ExhibitorDay).where(ExhibitorDay.fair_day_id == make.days(fair)[1].id))
    with pytest.raises(Refused, match="does not take part"):
        actions.assign(fair, bolt.id, booths[0], day_blocks(fair, 1), ada.id)
    bolt.status = "waitlisted"
    with pytest.raises(Refused, match="not approved"):
        actions.assign(fair, bolt.id, booths[0], day_blocks(fair), ada.id)


def test_moving_frees_the_old_booth_and_can_be_undone(fair, ada, booths, bolt):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    change = actions.move(fair, bolt.id, booths[0], blocks, booths[4], ada.id)
    assert queries.booth_numbers(fair.id) == {bolt.id: [5]}
    actions.undo(fair, change.id, ada.id)
    assert queries.booth_numbers(fair.id) == {bolt.id: [1]}
    with pytest.raises(Refused, match="undone already"):
        actions.undo(fair, change.id, ada.id)
    assert verbs()[-3:] == ["assigned", "moved", "undone"]
    assert len(letters()) == 3


def test_nothing_is_undone_over_what_somebody_else_did_since(fair, ada, booths, bolt, crane):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    change = actions.clear(fair, booths[0], blocks, ada.id)
    actions.assign(fair, crane.id, booths[0], blocks, ada.id)
    with pytest.raises(Refused, match="Crane AB"):
        actions.undo(fair, change.id, ada.id)


def test_two_swap_their_booths(fair, ada, booths, bolt, crane):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    actions.assign(fair, crane.id, booths[1], blocks, ada.id)
    actions.swap(fair, booths[0], booths[1], blocks, ada.id)
    assert queries.booth_numbers(fair.id) == {crane.id: [1], bolt.id: [2]}


def test_the_day_is_shared(fair, ada, booths, bolt, crane):
    morning, afternoon = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], [morning, afternoon], ada.id)
    actions.share(fair, crane.id, booths[0], [afternoon], ada.id)
    assert [row.exhibitor_id for row in queries.bookings_of(fair.id)] == [bolt.id, crane.id]


def test_clearing_tells_who_stood_there(fair, ada, booths, bolt):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    actions.clear(fair, booths[0], blocks, ada.id)
    assert queries.bookings_of(fair.id) == []
    assert letters() == [
        ("bo@example.org", "Your booth at Fair spring"),
        ("bo@example.org", "You have no booth at Fair spring now"),
    ]


def test_the_letter_says_where_and_when(fair, ada, booths, bolt):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair), ada.id)
    words = db.session.scalars(db.select(Letter.words)).one()
    assert "Booth 1, " in words
    assert "09:00–17:00" in words


def test_another_fairs_booth_or_exhibitor_is_not_found(fair, ada, booths, bolt):
    autumn = make.fair("autumn")
    theirs = actions.make(autumn, "Hall A", 1, 1)
    stranger = make.exhibitor(autumn, "Elsewhere AB")
    with pytest.raises(NotFound):
        actions.assign(fair, bolt.id, theirs[0], day_blocks(fair), ada.id)
    with pytest.raises(NotFound):
        actions.assign(fair, stranger.id, booths[0], day_blocks(fair), ada.id)


def test_whoever_withdraws_frees_the_booth_at_once(fair, ada, booths, bolt, crane):
    blocks = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], blocks, ada.id)
    bolt.status = "withdrawn"
    db.session.flush()
    assert queries.bookings_of(fair.id) == []
    actions.assign(fair, crane.id, booths[0], blocks, ada.id)
    assert queries.booth_numbers(fair.id) == {crane.id: [1]}


def test_a_day_given_up_frees_the_booth_on_that_day(fair, ada, booths, bolt):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair, 0) + day_blocks(fair, 1), ada.id)
    db.session.execute(db.delete(ExhibitorDay).where(ExhibitorDay.fair_day_id == make.days(fair)[1].id))
    assert len(queries.bookings_of(fair.id)) == 2


# --- Exhibitors ---


def test_a_booth_is_held_then_confirmed(fair, booths, bolt):
    actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)
    assert queries.stands_of(bolt.id) == []
    actions.confirm(bolt, bolt.id)
    assert [booth.number for _block, booth in queries.stands_of(bolt.id)] == [1, 1]
    assert queries.booth_at(bolt.id, make.at(fair, 10)).number == 1
    assert queries.booth_at(bolt.id, make.at(fair, 17)) is None


def test_a_held_booth_is_refused_to_others_in_words(fair, booths, bolt, crane):
    actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)
    with pytest.raises(Refused, match=r"held for Bolt AB until \d\d:\d\d"):
        actions.hold(crane, booths[0], day_blocks(fair), crane.id)


def test_a_hold_that_ended_is_void(fair, booths, bolt, crane, later):
    actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)
    later(11)
    assert queries.bookings_of(fair.id) == []
    actions.hold(crane, booths[0], day_blocks(fair), crane.id)
    with pytest.raises(Refused, match="Your time is over"):
        actions.confirm(bolt, bolt.id)


def test_a_hold_that_ended_is_confirmed_all_the_same_where_nobody_came(fair, booths, bolt, later):
    actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)
    later(11)
    actions.confirm(bolt, bolt.id)
    assert len(queries.stands_of(bolt.id)) == 2


def test_more_time_is_given_twice(fair, booths, bolt, later):
    actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)
    later(9)
    assert actions.more_time(bolt, bolt.id) == clock.now() + timedelta(minutes=10)
    actions.more_time(bolt, bolt.id)
    with pytest.raises(Refused, match="more time twice"):
        actions.more_time(bolt, bolt.id)


def test_holding_another_booth_lets_the_first_go(fair, booths, bolt, crane):
    actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)
    actions.hold(bolt, booths[1], day_blocks(fair), bolt.id)
    actions.hold(crane, booths[0], day_blocks(fair), crane.id)
    assert [row.booth.number for row in queries.bookings_of(fair.id)] == [1, 1, 2, 2]


def test_a_booth_is_held_as_long_as_the_fair_says(fair, booths, bolt):
    bo = make.representative(bolt)
    for minutes in (10, 3):
        fair.hold_minutes = minutes
        held = actions.hold(bolt, booths[0], day_blocks(fair), bo.id)[0]
        assert timedelta(minutes=minutes - 1) < held.held_until - clock.now() <= timedelta(minutes=minutes)


def test_booths_are_chosen_only_while_the_phase_is_open(fair, booths, bolt):
    db.session.execute(db.delete(Phase).where(Phase.kind == "booths"))
    with pytest.raises(Refused, match="cannot be chosen now"):
        actions.hold(bolt, booths[0], day_blocks(fair), bolt.id)


def test_only_the_approved_choose(fair, booths):
    waiting = exhibitor_at(fair.id, make.exhibitor(fair, "Waiting AB", status="waitlisted").id)
    with pytest.raises(Refused, match="approved"):
        actions.hold(waiting, booths[0], day_blocks(fair), waiting.id)


def test_a_booth_is_given_back_and_taken_back(fair, booths, bolt, crane):
    blocks = day_blocks(fair)
    actions.hold(bolt, booths[0], blocks, bolt.id)
    actions.confirm(bolt, bolt.id)
    actions.withdraw(bolt, booths[0], blocks[1:], bolt.id)
    assert len(queries.stands_of(bolt.id)) == 1
    actions.take_back(bolt, booths[0], blocks[1:], bolt.id)
    assert len(queries.stands_of(bolt.id)) == 2


# --- The whole floor ---


def test_the_proposal_is_applied_with_its_reasons_and_undone_as_one(fair, ada, booths, bolt, crane):
    bolt.sockets = 1
    plan = actions.proposal_for(fair)
    change = actions.apply(fair, plan, ada.id)
    assert {row.exhibitor_id for row in queries.bookings_of(fair.id)} == {bolt.id, crane.id}
    assert all(row.reason for row in queries.bookings_of(fair.id))
    assert actions.proposal_for(fair).given == ()
    actions.undo(fair, change.id, ada.id)
    assert queries.bookings_of(fair.id) == []


def test_a_proposal_leaves_those_who_stand_where_they_are(fair, ada, booths, bolt, crane):
    actions.assign(fair, bolt.id, booths[3], day_blocks(fair, 0), ada.id)
    plan = actions.proposal_for(fair)
    theirs = [part for part in plan.given if part.exhibitor == bolt.id]
    assert [part.booth for part in theirs] == [booths[3].id], "the same booth on the other day"
    assert theirs[0].blocks == frozenset(day_blocks(fair, 1))


def test_nothing_is_written_twice_when_a_plan_is_old(fair, ada, booths, bolt, crane):
    plan = actions.proposal_for(fair)
    first = next(part for part in plan.given if part.exhibitor == bolt.id)
    other = next(booth for booth in booths if booth.id == first.booth)
    actions.assign(fair, crane.id, other, list(first.blocks)[:1], ada.id)
    with pytest.raises(Refused):
        actions.apply(fair, plan, ada.id)


def test_a_booth_made_by_hand_needs_its_own_number_and_place(fair, ada, booths):
    facts = actions.BoothFacts(
        booths[0].hall_id, 1, 8, 2, 3, 2, "down", "standard", "", 1, "230V", step_free=True
    )
    with pytest.raises(Refused, match="has that number"):
        actions.add_booth(fair, facts, ada.id)
    assert db.session.scalar(db.select(db.func.count()).select_from(Booth)) == 6
    assert db.session.scalar(db.select(db.func.count()).select_from(Exhibitor)) == 0
