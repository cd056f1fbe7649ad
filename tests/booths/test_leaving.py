"""A booth becomes free when its exhibitor leaves the day or the fair, and the page says so before."""

from bazaar.booths import actions, queries
from bazaar.booths.models import BoothBooking
from bazaar.db import db
from bazaar.employers.actions import places
from bazaar.employers.queries import exhibitor_at
from tests import make


def standing(fair):
    return db.session.scalar(db.select(db.func.count(BoothBooking.id)).where(BoothBooking.fair_id == fair.id))


def test_booths_become_free_on_the_days_that_are_left():
    fair = make.fair()
    ada = make.organiser(fair)
    [booth, *_rest] = actions.make(fair, "Hall A", 1, 2)
    bolt = exhibitor_at(fair.id, make.exhibitor(fair, "Bolt AB").id)
    first, second = make.days(fair)
    blocks = queries.blocks_by_day(fair)
    every = [block.id for day in (first, second) for block in blocks[day.id]]
    actions.assign(fair, bolt.id, booth, every, ada.id)
    assert places.hangs_on(bolt, [second.id]) == [f"Booth {booth.number} becomes free"]
    places.change_place(bolt, {}, [first], ada)
    assert standing(fair) == len(blocks[first.id])
    assert f"Booth {booth.number} becomes free" in places.hangs_on_place(bolt)
    places.withdraw(bolt, ada, by_organiser=True)
    assert standing(fair) == 0
