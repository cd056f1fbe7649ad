"""Check-in at the door, one scan a request, on disk before the answer; and waiting scans in batches."""

import json
from collections.abc import Callable, Iterator

from bazaar import clock
from bazaar.fairs.queries import public_fair
from benchmarks.crowd import add_jobseekers, app_on, door_token, scan
from benchmarks.load import Load, Request, in_turn, load
from benchmarks.servers import running
from benchmarks.tables import table


def bodies(
    codes: list[str], headers: dict[str, str], path: str, at_once: int = 1
) -> Callable[[int], Iterator[Request]]:
    """Each client scans its own people, each of them once, a number of them at a time."""

    def requests(client: int) -> Iterator[Request]:
        mine = codes[client::32]
        while True:
            for start in range(0, len(mine), at_once):
                scans = [scan(code) for code in mine[start : start + at_once]]
                body = json.dumps({"sent": clock.now().isoformat(), "scans": scans}).encode()
                yield "POST", path, body, {"Content-Type": "application/json", **headers}

    return requests


def run(database_url: str, kind: str, seconds: float = 4) -> None:
    with app_on(database_url).app_context():
        fair = public_fair("bench")
        token = door_token(fair)
        codes = [code for _person, code in add_jobseekers(fair.id, 20_000)]
    device = {"Authorization": f"Bearer {token}"}
    rows = []
    with running("bazaar", database_url) as ours, running("limit", database_url) as limit:
        for clients in (8, 32):
            loads = in_turn(
                {
                    "ours": lambda n=clients: load(ours.port, bodies(codes, device, "/device/scans"), clients=n, seconds=seconds),
                    "limit": lambda n=clients: load(limit.port, bodies(codes, {}, "/scan"), clients=n, seconds=seconds),
                }
            )  # fmt: skip
            rows.append(_row(f"{clients} clients", loads))
        batch = load(ours.port, bodies(codes, device, "/device/scans", 500), clients=4, seconds=seconds)
    table(
        f"Check-in, durable, {kind}",
        ("", "Bazaar /s", "limit /s", "ratio (aim 0.60)", "p50 ms", "p99 ms (aim 50)", "errors"),
        rows,
    )
    table(
        f"Waiting scans in batches of 500, 4 phones, {kind}",
        ("scans /s (aim 5,000)", "errors"),
        [(f"{batch.rate * 500:,.0f}", batch.errors)],
    )


def _row(name: str, loads: dict[str, Load]) -> tuple[object, ...]:
    ours, limit = loads["ours"], loads["limit"]
    return (
        name, f"{ours.rate:,.0f}", f"{limit.rate:,.0f}", f"{ours.rate / limit.rate:.2f}", f"{ours.p50:.1f}",
        f"{ours.p99:.1f}", ours.errors + limit.errors,
    )  # fmt: skip
