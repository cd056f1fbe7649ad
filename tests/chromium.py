"""A real Chromium: a phone, a desktop, a judge of accessibility and a camera that films what it is told."""

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from tests.live import StartLive

HERE = Path(__file__).parent
IN_A_BROWSER = (HERE / "browser", HERE / "journeys")
AXE = HERE.parent / "node_modules" / "axe-core" / "axe.min.js"

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A page may be asked for and refused (404, 409, 422): Chromium calls that an error too.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d)")

Launch = Callable[..., Browser]
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(folder in item.path.parents for folder in IN_A_BROWSER):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Iterator[Launch]:
    """Start one more Chromium, with these flags besides the usual ones."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no chromium on PATH: `make test` installs one")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with ExitStack() as browsers:

        def start(*flags: str) -> Browser:
            browser = playwright.chromium.launch(
                executable_path=chromium, headless=True, args=[*QUIET, *sandbox, *flags]
            )
            browsers.callback(browser.close)
            return browser

        yield start


@pytest.fixture(scope="session")
def chromium(launch: Launch) -> Browser:
    return launch()


class Complaints(list[str]):
    """What pages complained about. A test that means to cause trouble says so: `allow("ERR_INTERNET")`."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        self.allowed.append(pattern)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.append(f"{error.page and error.page.url}: {error.error}"))

    def hear(self, message: ConsoleMessage) -> None:
        page = message.page
        asked_for_it = page is not None and message.location["url"] == page.url
        if message.type != "error" or (asked_for_it and REFUSED.match(message.text)):
            return
        self.append(f"{message.location['url']}: {message.text}")

    def unexpected(self) -> list[str]:
        return [said for said in self if not any(re.search(pattern, said) for pattern in self.allowed)]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


@pytest.fixture
def visit(chromium: Browser, complaints: Complaints, live_server: StartLive) -> Iterator[Visit]:
    """A new visitor with no cookies: visit(PHONE, locale="ar"), or visit(DESKTOP, browser=another).

    Wanting `live_server` makes pages close before their server does, so its end is nobody's complaint.
    """
    with ExitStack() as contexts:

        def arrive(screen: dict[str, Any] = DESKTOP, browser: Browser = chromium, **options: Any) -> Page:
            context = browser.new_context(**{"locale": "en-GB", **screen, **options})
            contexts.callback(context.close)
            context.set_default_timeout(30_000)
            complaints.listen(context)
            return context.new_page()

        yield arrive


@pytest.fixture
def phone(visit: Visit) -> Page:
    return visit(PHONE)


@pytest.fixture
def desktop(visit: Visit) -> Page:
    return visit(DESKTOP)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """axe(page): no violation of WCAG 2.2 A or AA on the page as it stands."""
    source = AXE.read_text()

    def judge(page: Page) -> None:
        # What is half faded in is pale.
        page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        page.evaluate(source)  # through the debugger, so the page's own content policy stays on
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        violations = [
            f"{violation['id']}: {violation['help']}\n    "
            + "\n    ".join(f"{node['target']} {node['html']}" for node in violation["nodes"])
            for violation in found["violations"]
        ]
        assert not violations, f"{page.url}\n" + "\n".join(violations)

    return judge


@pytest.fixture
def camera_on(launch: Launch, tmp_path: Path) -> Callable[[Sequence[str]], Browser]:
    """A Chromium whose camera sees these codes in turn, with a blank wall between them."""

    def film(codes: Sequence[str], frames_each: int = 30) -> Browser:
        reel = tmp_path / "camera.mjpeg"
        wall = jpeg(Image.new("RGB", (640, 480), "grey"))
        reel.write_bytes(b"".join((wall * frames_each + jpeg(held_up(code)) * frames_each) for code in codes))
        return launch(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={reel}",
        )

    return film


def held_up(code: str) -> Image.Image:
    """A camera's picture of a badge with this code."""
    picture = Image.new("RGB", (640, 480), "grey")
    badge = qrcode.make(code, box_size=8).get_image().convert("RGB")
    badge.thumbnail((400, 400))
    picture.paste(badge, ((640 - badge.width) // 2, (480 - badge.height) // 2))
    return picture


def jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()
