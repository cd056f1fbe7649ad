"""Booking a free time: signed-in jobseekers, each their own time, beside one bare INSERT."""

import re
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import insert

from bazaar import clock
from bazaar.db import db, new_id
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.fairs.models import Fair, FairDay, Phase
from bazaar.fairs.queries import public_fair
from bazaar.i18n import moment_of
from bazaar.meetings.models import Slot
from benchmarks.crowd import add_jobseekers, app_on, sign_in
from benchmarks.load import Request, load
from benchmarks.registering import Visitor
from benchmarks.servers import running
from benchmarks.tables import table

PEOPLE = 400


def make_times(fair: Fair) -> list[tuple[str, str]]:
    """An exhibitor for every 40 people with a table for each; gives (employer's address, slot) of everybody."""
    day = db.session.scalars(db.select(FairDay).where(FairDay.fair_id == fair.id)).first()
    assert day is not None
    for phase in db.session.scalars(
        db.select(Phase).where(Phase.fair_id == fair.id, Phase.kind == "booking")
    ):
        phase.opens_at = clock.now() - timedelta(days=400)
    fair.booking_opens_days = 3650
    starts = moment_of(day.date, day.opens, fair) + timedelta(hours=1)
    given = []
    for number in range(PEOPLE // 40):
        organisation = Organisation(name=f"Bench {number}", folded_name=f"bench {number}", sector="it")
        db.session.add(organisation)
        db.session.flush()
        place = Exhibitor(
            fair_id=fair.id, organisation_id=organisation.id, status="approved", open_slots=True, tables=40
        )
        db.session.add(place)
        db.session.flush()
        slots = [
            {"id": new_id(), "fair_id": fair.id, "exhibitor_id": place.id, "table": table_, "starts_at": starts,
             "ends_at": starts + timedelta(minutes=15), "is_open": True}
            for table_ in range(1, 41)
        ]  # fmt: skip
        db.session.execute(insert(Slot), slots)
        given += [(f"/me/bench/employers/{place.id}/book", str(slot["id"])) for slot in slots]
    db.session.commit()
    return given


def run(database_url: str, kind: str, clients: int = 8) -> None:
    with app_on(database_url).app_context():
        fair = public_fair("bench")
        times = make_times(fair)
        cookies = [sign_in(person) for person, _code in add_jobseekers(fair.id, PEOPLE)]
    with running("bazaar", database_url) as ours, running("limit", database_url) as limit:
        tokens = [
            _form(ours.port, cookie, address) for cookie, (address, _slot) in zip(cookies, times, strict=True)
        ]
        booked = load(ours.port, _bookings(times, tokens, clients), clients=clients, seconds=60)
        bare = load(limit.port, _writes(), clients=clients, seconds=5)
    table(
        f"Booking a free time, {clients} clients, {kind}",
        ("Bazaar /s", "bare INSERT /s", "ratio", "p50 ms", "p99 ms", "errors"),
        [(f"{booked.rate:.0f}", f"{bare.rate:.0f}", f"{booked.rate / bare.rate:.2f}", f"{booked.p50:.1f}",
          f"{booked.p99:.1f}", booked.errors)],
    )  # fmt: skip


def _form(port: int, cookie: str, address: str) -> tuple[str, str]:
    """The page with the times, as everybody opens it: its form token and cookies."""
    visitor = Visitor(port, dict([tuple(cookie.split("=", 1))]))  # type: ignore[list-item]
    page = visitor.ask("GET", f"{address}?lang=en")
    if not visitor.token:
        raise SystemExit(f"{address}: no form in {re.sub('<[^>]+>', ' ', page)[:800]}")
    return visitor.token, "; ".join(f"{key}={value}" for key, value in visitor.cookies.items())


def _bookings(
    times: list[tuple[str, str]], tokens: list[tuple[str, str]], clients: int
) -> Callable[[int], Iterator[Request]]:
    def requests(client: int) -> Iterator[Request]:
        for number in range(client, len(times), clients):
            (address, slot), (token, cookie) = times[number], tokens[number]
            body = urllib.parse.urlencode({"csrf_token": token, "slot": slot}).encode()
            yield (
                "POST",
                address,
                body,
                {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
            )

    return requests


def _writes() -> Callable[[int], Iterator[Request]]:
    def requests(_client: int) -> Iterator[Request]:
        while True:
            body = f"words={uuid.uuid4()}".encode()
            yield "POST", "/write", body, {"Content-Type": "application/x-www-form-urlencoded"}

    return requests
