"""What exhibitors ask for and organisers set: each changes the floor that is proposed."""

import pytest

from bazaar.booths import actions, queries
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibitor_at
from tests import make


@pytest.fixture
def fair():
    return make.fair(days=1)


@pytest.fixture
def booths(fair):
    return actions.make(fair, "Hall A", 1, 4)


def proposed(fair):
    """Booth numbers by name, as a plan would give them."""
    db.session.flush()
    plan = actions.proposal_for(fair)
    numbers = {booth.id: booth.number for booth in queries.booths_of(fair.id)}
    names = {
        exhibitor.id: exhibitor_at(fair.id, exhibitor.id).organisation.name
        for exhibitor in db.session.scalars(db.select(Exhibitor))
    }
    found = {}
    for part in plan.given:
        found.setdefault(names[part.exhibitor], []).append(numbers[part.booth])
    return {name: sorted(theirs) for name, theirs in found.items()}


def test_the_most_booths_that_the_fair_allows_decides_over_the_wish(fair, booths):
    make.exhibitor(fair, "Bolt AB", booths=3)
    assert proposed(fair) == {"Bolt AB": [1]}
    fair.max_booths = 2
    assert proposed(fair) == {"Bolt AB": [1, 2]}
    actions.apply(fair, actions.proposal_for(fair), None)
    fair.max_booths = 4
    assert proposed(fair) == {"Bolt AB": [3]}, "it keeps what it has, and gets the third it asked for"


def test_two_who_want_half_a_day_share_a_booth(fair, booths):
    make.exhibitor(fair, "Bolt AB", part_of_day="morning")
    make.exhibitor(fair, "Crane AB", part_of_day="afternoon")
    assert proposed(fair) == {"Bolt AB": [1], "Crane AB": [1]}
    actions.apply(fair, actions.proposal_for(fair), None)
    assert len(queries.bookings_of(fair.id)) == 2
    assert proposed(fair) == {}, "nobody adds hours to those who have theirs"


def test_a_day_that_is_not_cut_is_given_whole_to_who_wants_a_half(fair, booths):
    make.exhibitor(fair, "Bolt AB", part_of_day="morning")
    day = make.days(fair)[0]
    actions.recut(fair, day, [queries.hours_of(fair, day)], make.organiser(fair).id)
    actions.apply(fair, actions.proposal_for(fair), None)
    assert len(queries.bookings_of(fair.id)) == 1


def test_sectors_stand_together_or_apart_as_the_fair_says(fair, booths):
    for name in "AB":
        make.exhibitor(fair, f"{name} AB")
    assert proposed(fair) == {"A AB": [1], "B AB": [2]}
    fair.sector_rule = "spread"
    assert proposed(fair) == {"A AB": [1], "B AB": [4]}


def test_a_sector_has_no_more_than_the_fair_takes(fair, booths):
    for name in "ABC":
        make.exhibitor(fair, f"{name} AB")
    assert len(proposed(fair)) == 3
    fair.max_of_sector = 2
    assert len(proposed(fair)) == 2


@pytest.mark.parametrize(
    ("needed", "offered"),
    [
        ({"strong_power": True}, {"power": "400V"}),
        ({"booth_kind": "island"}, {"kind": "island"}),
        ({"price_class": "Gold"}, {"price_class": "Gold"}),
        ({"least_width": 5}, {"width": 5}),
        ({"sockets": 4}, {"sockets": 4}),
    ],
)
def test_what_a_booth_has_decides_who_gets_it(fair, booths, needed, offered):
    make.exhibitor(fair, "Bolt AB", **needed)
    assert proposed(fair) == {}
    for name, value in offered.items():
        setattr(booths[3], name, value)
    assert proposed(fair) == {"Bolt AB": [4]}
