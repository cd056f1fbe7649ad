"""Signing in on a phone and on a desk, with the letters a real sender printed."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive
from tests.live import Live

ADA = ("organiser", "add", "ada@example.org", "--name", "Ada")


def wait_for(read: Callable[[], str | None]) -> str:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = read()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("nothing came")


def code_to(server: Live, address: str) -> str:
    def read() -> str | None:
        found = re.findall(rf"to {re.escape(address)}\n(?:│.*\n)*?│ .*?\b(\d{{6}})\b", server.log())
        return found[-1] if found else None

    return wait_for(read)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_code_from_a_letter_signs_in_and_out(live_server: StartLive, visit: Visit, axe, screen):
    server = live_server(ADA)
    page: Page = visit(screen)
    page.goto(f"{server.url}/sign-in?next=/me/settings&lang=en")
    axe(page)
    page.get_by_label("Phone number or e-mail").fill("ada@")
    page.get_by_role("button", name="Send the code").click()
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    page.get_by_label("Phone number or e-mail").fill("ada@example.org")
    page.get_by_role("button", name="Send the code").click()
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    axe(page)
    page.get_by_label("Code", exact=True).fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("4 more times")
    page.get_by_label("Code", exact=True).fill(code_to(server, "ada@example.org"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/me/settings")
    axe(page)
    page.get_by_role("link", name="Where you are signed in").click()
    expect(page.get_by_text("This one")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{server.url}/me/settings")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_without_script_the_link_signs_in(live_server: StartLive, visit: Visit, axe):
    server = live_server(ADA)
    link = server.run("sign-in-link", "ada@example.org").strip()
    page = visit(PHONE, java_script_enabled=False)
    page.goto(link)
    page.goto(f"{link}?lang=en")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{server.url}/me/settings")
    expect(page.get_by_label("Name")).to_have_value("Ada")
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()


def test_languages_are_chosen_by_their_own_names(live_server: StartLive, visit: Visit, axe):
    server = live_server(ADA)
    page = visit(PHONE)
    page.goto(f"{server.url}/sign-in")
    page.get_by_role("link", name="English").click()
    axe(page)
    page.get_by_role("link", name="Svenska").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.locator("html")).to_have_attribute("lang", "sv")
