"""The organiser's list of jobseekers at 2,000 and at 200,000 rows: first page, and the last."""

import http.client
import time
from statistics import median

from bazaar.fairs.queries import public_fair
from benchmarks.crowd import add_jobseekers, app_on, organiser_cookie
from benchmarks.servers import running
from benchmarks.tables import table

PATHS = {"first page": "/organise/bench/jobseekers", "last page": "/organise/bench/jobseekers?page=last"}


def run(database_url: str, kind: str) -> None:
    """The fair `bench` is there; what it lacks of people is added."""
    with app_on(database_url).app_context():
        fair = public_fair("bench")
        cookie = organiser_cookie(fair)
    rows, seen = [], {}
    for wanted, more in ((2_000, 2_000), (200_000, 198_000)):
        with app_on(database_url).app_context():
            add_jobseekers(public_fair("bench").id, more)
        with running("bazaar", database_url) as server:
            for name, path in PATHS.items():
                seen[name, wanted] = _median_ms(server.port, path, cookie)
    for name in PATHS:
        few, many = seen[name, 2_000], seen[name, 200_000]
        rows.append((name, f"{few:.1f}", f"{many:.1f}", f"{many / few:.2f}"))
    table(
        f"List of 50 jobseekers, p50 in ms, one client, {kind}",
        ("", "2,000 rows (aim 15)", "200,000 rows (aim 15)", "growth (aim 1.3)"),
        rows,
    )


def _median_ms(port: int, path: str, cookie: str) -> float:
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
