"""The map of a hall with a thousand booths, all taken for half of the day, as everybody and as an organiser sees it."""

from sqlalchemy import insert, select

from bazaar.booths.models import Booth, BoothBooking
from bazaar.booths.queries.blocks import default_blocks
from bazaar.db import db, new_id
from bazaar.employers.models import Exhibitor, ExhibitorDay
from bazaar.fairs.models import Hall
from bazaar.fairs.queries import days_of, public_fair
from benchmarks.crowd import analyse, app_on, organiser_cookie
from benchmarks.lists import median_ms
from benchmarks.servers import running
from benchmarks.tables import table

PATHS = {
    "everybody's map": "/f/bench/map?booth=1",
    "organisers' map and schedule": "/organise/bench/booths",
    "organisers' plan": "/organise/bench/booths/plan",
}
WIDE = 50


def run(database_url: str, kind: str) -> None:
    with app_on(database_url).app_context():
        cookie = organiser_cookie(public_fair("bench"))
        add_booths(1000)
    with running("bazaar", database_url) as server:
        rows = [(name, f"{median_ms(server.port, path, cookie):.0f}") for name, path in PATHS.items()]
    table(f"A hall with 1,000 booths, p50 in ms, one client, {kind}", ("", "ms (aim 100)"), rows)


def add_booths(count: int) -> None:
    fair = public_fair("bench")
    day = days_of(fair.id)[0]
    hall = Hall(fair_id=fair.id, name="Hall", columns=WIDE, rows=count // WIDE * 2, position=1)
    db.session.add(hall)
    db.session.flush()
    booths = [
        {"id": new_id(), "fair_id": fair.id, "hall_id": hall.id, "number": number + 1, "row": number // WIDE * 2,
         "column": number % WIDE, "width": 1, "height": 1, "aisle": "down" if number // WIDE % 2 else "up",
         "kind": "standard", "price_class": "", "sockets": 1, "power": "230V", "step_free": True}
        for number in range(count)
    ]  # fmt: skip
    db.session.execute(insert(Booth), booths)
    exhibitors = db.session.scalars(select(Exhibitor.id).where(Exhibitor.fair_id == fair.id)).all()
    taking_part = set(
        db.session.scalars(select(ExhibitorDay.exhibitor_id).where(ExhibitorDay.fair_day_id == day.id))
    )
    days = [
        {"id": new_id(), "fair_id": fair.id, "exhibitor_id": one, "fair_day_id": day.id}
        for one in exhibitors
        if one not in taking_part
    ]
    if days:
        db.session.execute(insert(ExhibitorDay), days)
    morning, afternoon = default_blocks(fair, day)
    db.session.add_all((morning, afternoon))
    db.session.flush()
    bookings = [
        {"id": new_id(), "fair_id": fair.id, "booth_id": booth["id"], "block_id": morning.id,
         "exhibitor_id": exhibitors[number % len(exhibitors)]}
        for number, booth in enumerate(booths)
    ]  # fmt: skip
    db.session.execute(insert(BoothBooking), bookings)
    db.session.commit()
    analyse()
