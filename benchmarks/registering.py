"""Registering a jobseeker, all pages and all writes, beside a bare app that does as many requests and commits."""

import http.client
import re
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.load import Request, load
from benchmarks.servers import Running, running
from benchmarks.tables import table

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Visitor:
    """A phone with its cookies, that counts what it asks for."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    writes: int = 0
    size: int = 0
    token: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method: str, path: str, **form: str) -> str:
        """One request; gives where it leads (303), or the page."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "en"}
        body = None
        if method == "POST":
            body = urllib.parse.urlencode({"csrf_token": self.token, **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.writes += 1
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (BrokenPipeError, http.client.RemoteDisconnected):  # it was idle for too long: once more
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        page = answer.read().decode()
        self.requests += 1
        self.size += len(page)
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _is, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status}\n{page[:2000]}")
        found = TOKEN.search(page)
        if found:
            self.token = found[1]
        return answer.headers.get("Location", page)


START = "/f/bench/register"


def before_the_code(visitor: Visitor, number: int) -> None:
    visitor.ask("GET", f"{START}?lang=en")
    visitor.ask("POST", START, name=f"Dora Number {number}")
    visitor.ask("GET", f"{START}/address")
    visitor.ask("POST", f"{START}/address", address=f"dora{number}@example.org")
    visitor.ask("GET", f"{START}/code")


def after_the_code(visitor: Visitor, code: str) -> None:
    visitor.ask("POST", f"{START}/code", code=code)
    visitor.ask("GET", f"{START}/work")
    visitor.ask("POST", f"{START}/work", fields="health")
    visitor.ask("GET", f"{START}/swedish")
    visitor.ask("POST", f"{START}/swedish", swedish="sfi_c")
    page = visitor.ask("GET", f"{START}/when")
    days = re.findall(r'name="day"[^>]*value="([^"]+)"', page)
    version = re.search(r'name="privacy_version"[^>]*value="(\d+)"', page)
    assert version
    visitor.ask("POST", f"{START}/when", privacy_version=version[1], **({"day": days[0]} if days else {}))
    visitor.ask("GET", "/me/bench/")


def run(database_url: str, kind: str, people: int = 160, clients: int = 8) -> None:
    with running("bazaar", database_url) as ours:
        visitors = [Visitor(ours.port) for _ in range(people)]
        first = _all(visitors, clients, before_the_code)
        codes = _codes(ours, people)
        second = _all(visitors, clients, lambda visitor, number: after_the_code(visitor, codes[number]))
        rate = people / (first + second)
    one = visitors[0]
    with running("limit", database_url) as limit:
        bare = load(limit.port, _as_many(one.requests, one.writes), clients=clients, seconds=6)
    bare_rate = bare.answers / one.requests / 6
    table(
        f"Registering a jobseeker, {clients} clients, {kind}",
        ("Bazaar /s", "bare app /s", "ratio (aim 0.40)", "requests (at most 14)", "writes", "kB of pages"),
        [
            (
                f"{rate:.1f}",
                f"{bare_rate:.1f}",
                f"{rate / bare_rate:.2f}",
                one.requests,
                one.writes,
                f"{one.size / 1000:.0f}",
            )
        ],
    )


def _all(visitors: list[Visitor], clients: int, walk: Callable[[Visitor, int], None]) -> float:
    """Everybody walks, so many at a time; the seconds it took."""

    def some(start: int) -> None:
        for number in range(start, len(visitors), clients):
            walk(visitors[number], number)

    threads = [threading.Thread(target=some, args=(start,)) for start in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _codes(server: Running, people: int) -> dict[int, str]:
    """The codes that the sender wrote on its console; how fast it sends is not counted."""
    for _wait in range(600):
        said = server.log()
        found = dict(re.findall(r"dora(\d+)@example\.org.*?code is (\d{6})", said, re.DOTALL))
        if len(found) >= people:
            return {int(number): code for number, code in found.items()}
        time.sleep(0.2)
    raise SystemExit(f"only {len(found)} of {people} codes came")


def _as_many(requests: int, writes: int) -> Callable[[int], Iterator[Request]]:
    """The bare app's mix: as many pages and as many commits."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    def mix(_client: int) -> Iterator[Request]:
        while True:
            for turn in range(requests):
                if turn < writes:
                    yield "POST", "/write", b"words=Dora", form
                else:
                    yield "GET", "/page", None, {}

    return mix
