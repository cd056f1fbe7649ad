"""Threads against one database: the last place, and one exhibitor who presses twice."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from bazaar.booths import actions, queries
from bazaar.booths.models import Block
from bazaar.db import db
from bazaar.employers.queries import exhibitor_at
from bazaar.errors import Refused
from tests import make

pytestmark = pytest.mark.race
CROWD = 16


def at_once(app: Flask, acts: list) -> Counter:
    """Each act in a thread and transaction of its own; what each was answered."""
    gate = threading.Barrier(len(acts))

    def one(act: object) -> str:
        with app.app_context():
            gate.wait(30)
            try:
                act()
                db.session.commit()
                return "done"
            except Refused as refused:
                db.session.rollback()
                return refused.reason
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as threads:
        return Counter(threads.map(one, acts))


@pytest.fixture
def fair():
    return make.fair(days=1)


def test_the_last_booth_goes_to_one_and_the_others_read_who_has_it(app, fair):
    booth = actions.make(fair, "Hall A", 1, 1)[0].id
    places = [make.exhibitor(fair, f"Exhibitor {n} AB").id for n in range(CROWD)]
    blocks, fair_id = [block.id for block in queries.blocks_of(fair)], fair.id
    db.session.commit()

    def taking(place):
        return lambda: actions.hold(
            exhibitor_at(fair_id, place), queries.booth_at_fair(fair_id, booth), blocks, place
        )

    answers = at_once(app, [taking(place) for place in places])
    assert answers["done"] == 1
    assert all(answer == "done" or "is held for Exhibitor" in answer for answer in answers)
    assert len(queries.bookings_of(fair_id)) == 2


def test_one_exhibitor_pressing_many_times_at_once_has_no_more_booths_than_allowed(app, fair):
    booths = [booth.id for booth in actions.make(fair, "Hall A", 2, CROWD // 2)]
    place = make.exhibitor(fair, "Bolt AB").id
    blocks, fair_id = [block.id for block in queries.blocks_of(fair)], fair.id
    db.session.commit()

    def taking(booth):
        return lambda: actions.take_back(
            exhibitor_at(fair_id, place), queries.booth_at_fair(fair_id, booth), blocks, place
        )

    answers = at_once(app, [taking(booth) for booth in booths])
    assert answers["done"] == 1
    assert len(queries.booth_numbers(fair_id)[place]) == 1


def test_a_day_needs_its_blocks_once_however_many_come_first(app, fair):
    booth = actions.make(fair, "Hall A", 1, CROWD)
    db.session.execute(db.delete(Block))
    booths, fair_id = [each.id for each in booth], fair.id
    places = [make.exhibitor(fair, f"Exhibitor {n} AB").id for n in range(CROWD)]
    blocks = [block.id for block in queries.blocks_of(fair)]
    db.session.commit()

    def taking(place, booth):
        return lambda: actions.hold(
            exhibitor_at(fair_id, place), queries.booth_at_fair(fair_id, booth), blocks, place
        )

    pairs = zip(places, booths, strict=True)
    assert at_once(app, [taking(place, booth) for place, booth in pairs]) == {"done": CROWD}


def test_two_organisers_and_an_exhibitor_never_block_one_another_for_good(app, fair):
    booths = [booth.id for booth in actions.make(fair, "Hall A", 1, 4)]
    places = [make.exhibitor(fair, f"Exhibitor {n} AB").id for n in range(4)]
    blocks, fair_id = [block.id for block in queries.blocks_of(fair)], fair.id
    ada = make.organiser(fair).id
    for place, booth in zip(places, booths, strict=True):
        actions.assign(fair, place, queries.booth_at_fair(fair_id, booth), blocks, ada)
    db.session.commit()

    def swapping(one, other):
        def act():
            from bazaar.fairs.models import Fair

            the_fair = db.session.get_one(Fair, fair_id)
            actions.swap(
                the_fair,
                queries.booth_at_fair(fair_id, one),
                queries.booth_at_fair(fair_id, other),
                blocks,
                ada,
            )

        return act

    pairs = [(booths[n % 4], booths[(n + 1) % 4]) for n in range(8)]
    answers = at_once(app, [swapping(one, other) for one, other in [*pairs, *((b, a) for a, b in pairs)]])
    assert answers["done"] >= 1
    assert sorted(number for numbers in queries.booth_numbers(fair_id).values() for number in numbers) == [
        1,
        2,
        3,
        4,
    ]
