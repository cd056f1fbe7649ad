"""Ada makes a fair in a browser, on a desk and on a phone: every page of its set-up, judged for accessibility."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bazaar import clock
from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive
from tests.live import Live

ADA = ("organiser", "add", "ada@example.org", "--name", "Ada")
PAGES = (
    "settings", "days", "phases", "halls", "rules", "partners", "organisers", "privacy", "staff", "letters", "journal",
    "withdraw", "duplicate", "zone",
)  # fmt: skip


def signed_in(server: Live, page: Page) -> Page:
    page.context.add_cookies([{"name": "lang", "value": "en", "url": server.url}])
    page.goto(server.run("sign-in-link", "ada@example.org").strip())
    page.get_by_role("button").first.click()
    return page


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_fair_is_made_set_up_published_and_shortened(live_server: StartLive, visit: Visit, axe, screen):
    server = live_server(ADA)
    page = signed_in(server, visit(screen))
    make_a_fair(server, page, axe)
    publish_in_another_colour(page)
    for name in PAGES:
        page.goto(f"{server.url}/organise/var/{name}")
        axe(page)
    page.goto(f"{server.url}/f/var/privacy")
    axe(page)
    shorten_its_first_day(server, page, axe)


def make_a_fair(server: Live, page: Page, axe) -> None:
    page.goto(f"{server.url}/organise/new")
    axe(page)
    page.get_by_role("button", name="Make the fair").click()
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    page.get_by_label("Name of the fair").fill("Vårmässan")
    page.get_by_label("Address").fill("var")
    page.get_by_label("First day").fill((clock.now() + timedelta(days=40)).date().isoformat())
    page.get_by_label("Number of days").fill("2")
    page.get_by_role("button", name="Make the fair").click()
    expect(page).to_have_url(f"{server.url}/organise/var/settings")


def publish_in_another_colour(page: Page) -> None:
    page.get_by_label("Moss").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Moss")).to_be_checked()
    page.get_by_role("button", name="Publish the fair").click()
    expect(page.get_by_text("Everybody can see the fair.")).to_be_visible()


def shorten_its_first_day(server: Live, page: Page, axe) -> None:
    page.goto(f"{server.url}/organise/var/days")
    page.get_by_role("link", name=re.compile("Change .*day")).first.click()
    page.get_by_label("Closes").fill("15:00")
    axe(page)
    page.get_by_role("button", name="Change the day").click()
    expect(page.get_by_text("The day is changed.")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("15:00")
