"""The public page beside a bare template page; worker memory, start, and an empty database to ready."""

import http.client
import re
import time

from benchmarks.load import in_turn, load, same
from benchmarks.servers import Running, running
from benchmarks.tables import table

ZIPPED = {"Accept-Encoding": "gzip"}


def run(database_url: str, kind: str, seconds: float = 4) -> None:
    with running("bazaar", database_url) as ours, running("limit", database_url) as limit:
        loads = in_turn(
            {
                "ours": lambda: load(ours.port, same("/f/bench/", ZIPPED), clients=8, seconds=seconds),
                "limit": lambda: load(limit.port, same("/page", ZIPPED), clients=8, seconds=seconds),
            }
        )
        load(ours.port, same("/f/bench/"), clients=8, seconds=2)
        held = (ours.megabytes(), limit.megabytes())
        starts = (ours.seconds, limit.seconds)
        first_visit = _first_visit(ours)
    fast, bare = loads["ours"], loads["limit"]
    table(
        f"Public page, 8 clients, {kind}",
        ("Bazaar /s", "bare template page /s", "ratio (aim 0.60)", "p50 ms", "p99 ms", "errors"),
        [(f"{fast.rate:,.0f}", f"{bare.rate:,.0f}", f"{fast.rate / bare.rate:.2f}", f"{fast.p50:.1f}", f"{fast.p99:.1f}",
          fast.errors)],
    )  # fmt: skip
    table(
        f"A worker, {kind}",
        ("", "Bazaar", "bare", "aim"),
        [
            ("memory after 1,000 requests, MB", f"{held[0]:.0f}", f"{held[1]:.0f}", "110"),
            ("start to first answer, s", f"{starts[0]:.2f}", f"{starts[1]:.2f}", "1.5"),
            ("first visit of a phone, kB over the wire", f"{first_visit / 1000:.1f}", "", "60"),
        ],
    )


def _first_visit(server: Running) -> int:
    """Bytes of the page and of everything it names, compressed where the server does so."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def get(path: str) -> bytes:
        connection.request("GET", path, headers=ZIPPED)
        return connection.getresponse().read()

    connection.request("GET", "/f/bench/")
    html = connection.getresponse().read().decode()
    named = set(re.findall(r'(?:href|src)="(/(?:static|accent)/[^"]+)"', html))
    return len(get("/f/bench/")) + sum(len(get(path)) for path in named)


def ready(kind: str, new_database: str) -> None:
    """From an empty database to the first answer."""
    began = time.monotonic()
    with running("bazaar", new_database):
        took = time.monotonic() - began
    table(f"Empty database to ready, {kind}", ("seconds", "aim"), [(f"{took:.2f}", "3")])
