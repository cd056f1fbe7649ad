"""Load from the same machine: a few clients with open connections, their requests made beforehand."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import quantiles

Request = tuple[str, str, bytes | None, dict[str, str]]  # method, path, body, headers


@dataclass(frozen=True)
class Load:
    """What a load saw: how many a second, latencies in milliseconds, and how many went wrong."""

    rate: float
    p50: float
    p99: float
    errors: int
    answers: int
    size: int  # bytes of the last answer's body, as sent


def load(port: int, requests: Callable[[int], Iterator[Request]], *, clients: int, seconds: float) -> Load:
    """Each client takes requests from `requests(its number)` until the time is over; 5xx and 4xx are errors."""
    times: list[list[float]] = [[] for _ in range(clients)]
    errors = [0] * clients
    sizes = [0] * clients
    begin = threading.Barrier(clients + 1)
    until = [0.0]

    def client(number: int) -> None:
        connection = _connected(port, begin)
        begin.wait()
        for method, path, body, headers in requests(number):
            if time.perf_counter() >= until[0]:
                break
            began = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            sizes[number] = len(answer.read())
            times[number].append(time.perf_counter() - began)
            errors[number] += answer.status >= 400
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    until[0] = time.perf_counter() + seconds
    began = time.perf_counter()
    begin.wait()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    taken = sorted(t * 1000 for one in times for t in one)
    cuts = quantiles(taken, n=100) if len(taken) > 1 else [0.0] * 99
    return Load(len(taken) / took, cuts[49], cuts[98], sum(errors), len(taken), max(sizes))


def _connected(port: int, begin: threading.Barrier) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.connect()
    except OSError:
        begin.abort()  # nobody waits for a client that found no server
        raise
    return connection


def same(path: str, headers: dict[str, str] | None = None) -> Callable[[int], Iterator[Request]]:
    """The same GET again and again."""

    def requests(_client: int) -> Iterator[Request]:
        while True:
            yield "GET", path, None, headers or {}

    return requests


def in_turn(runs: dict[str, Callable[[], Load]], rounds: int = 3) -> dict[str, Load]:
    """A B A B ...: the run with the median rate of each, so that a drifting machine hits both alike."""
    seen: dict[str, list[Load]] = {name: [] for name in runs}
    for _round in range(rounds):
        for name, run in runs.items():
            seen[name].append(run())
    return {name: sorted(loads, key=lambda one: one.rate)[len(loads) // 2] for name, loads in seen.items()}
