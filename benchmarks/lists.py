"""Lists of fifty at 2,000 and at 200,000 rows, the first page and the last; an exhibitor's list by how many it met."""

import http.client
import time
from statistics import median

from sqlalchemy import select

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.queries import public_fair
from benchmarks.crowd import add_jobseekers, add_meetings, app_on, organiser_cookie, recruiter_cookie
from benchmarks.servers import running
from benchmarks.tables import table

START = "/organise/bench"
LISTS = {
    "jobseekers, first page": f"{START}/jobseekers",
    "jobseekers, last page": f"{START}/jobseekers?page=last",
    "meetings, first page": f"{START}/meetings",
    "meetings, last page": f"{START}/meetings?last=1",
}
MET = (100, 667)


def run(database_url: str, kind: str) -> None:
    """The fair `bench` is there; what it lacks of people and meetings is added."""
    with app_on(database_url).app_context():
        fair = public_fair("bench")
        cookie = organiser_cookie(fair)
        exhibitors = select(Exhibitor.id).where(Exhibitor.fair_id == fair.id).order_by(Exhibitor.id)
        followups = {
            f"follow-up, {met} met": (
                f"/exhibit/bench/{exhibitor_id}/followup?tab=all",
                recruiter_cookie(exhibitor_id),
            )
            for met, exhibitor_id in zip(
                MET, db.session.scalars(exhibitors.limit(len(MET))).all(), strict=True
            )
        }
    pages = {name: (path, cookie) for name, path in LISTS.items()} | followups
    rows, seen = [], {}
    for wanted, more in ((2_000, 2_000), (200_000, 198_000)):
        with app_on(database_url).app_context():
            fair = public_fair("bench")
            add_jobseekers(fair.id, more)
            add_meetings(fair, MET if wanted == more else (0, 0))
        with running("bazaar", database_url) as server:
            for name, (path, whose) in pages.items():
                seen[name, wanted] = median_ms(server.port, path, whose)
    for name in pages:
        few, many = seen[name, 2_000], seen[name, 200_000]
        rows.append((name, f"{few:.1f}", f"{many:.1f}", f"{many / few:.2f}"))
    table(
        f"Lists of 50, p50 in ms, one client, {kind}",
        ("", "2,000 rows (aim 15)", "200,000 rows (aim 15)", "growth (aim 1.3)"),
        rows,
    )


def median_ms(port: int, path: str, cookie: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for _turn in range(60):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        times.append((time.perf_counter() - began) * 1000)
    return median(times[10:])
