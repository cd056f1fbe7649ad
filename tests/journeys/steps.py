"""What people do at a fair, page by page. Journeys are made of these steps."""

import re
from datetime import datetime

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_signing_in import code_to, wait_for
from tests.live import Live

ADA = ("organiser", "add", "ada@example.org", "--name", "Ada")


def speak(page: Page, server: Live, tag: str) -> Page:
    """This visitor has chosen a language on an earlier page."""
    page.context.add_cookies([{"name": "lang", "value": tag, "url": server.url}])
    return page


def sign_in(page: Page, server: Live, address: str) -> Page:
    """By a link from the command line, in English."""
    speak(page, server, "en").goto(server.run("sign-in-link", address).strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"^(?!.*/link/)"))
    return page


def make_a_fair(page: Page, server: Live, slug: str, name: str, first_day: str, days: int) -> None:
    """The organiser makes it and publishes it."""
    page.goto(f"{server.url}/organise/new")
    page.get_by_label("Name of the fair").fill(name)
    page.get_by_label("Address").fill(slug)
    page.get_by_label("First day").fill(first_day)
    page.get_by_label("Number of days").fill(str(days))
    page.get_by_label("Venue").fill("Kistamässan")
    page.get_by_role("button", name="Make the fair").click()
    page.get_by_role("button", name="Publish the fair").click()
    expect(page.get_by_text("Everybody can see the fair.")).to_be_visible()


def open_exhibitor(page: Page, server: Live, slug: str, name: str) -> None:
    """Find it in the organiser's list."""
    page.goto(f"{server.url}/organise/{slug}/exhibitors")
    page.get_by_label("Search by name").fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def invitation_to(server: Live, address: str) -> str:
    """The link in the newest letter to this address."""
    letter = rf"to {re.escape(address)}\n(?:│.*\n)*?│ .*?(http\S+/invitation/\S+)"
    return wait_for(lambda: (re.findall(letter, server.log()) or [None])[-1])


def accept_invitation(page: Page, server: Live, address: str, name: str) -> None:
    """Somebody nobody knows yet: the code proves the address, the name is asked for."""
    page.goto(invitation_to(server, address))
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(code_to(server, address))
    page.keyboard.press("Enter")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Yes, accept").click()


def badge_of(page: Page) -> str:
    """The letters under the code, as people type them."""
    badge = page.get_by_role("region", name=re.compile("Your badge|Ditt märke|Din bricka"))
    return badge.locator(".badge-letters").inner_text().strip()


def pair(page: Page, server: Live, code: str, holder: str) -> None:
    page.goto(f"{server.url}/scan#{code}")
    if holder:
        page.get_by_label("Who holds the phone?").fill(holder)
    page.get_by_role("button", name="Pair").click()
    expect(page.get_by_role("button", name="Type code")).to_be_visible()


def scan(page: Page, code: str) -> Locator:
    """Type a badge code; the panel says what became of it."""
    page.get_by_role("button", name="Type code").click()
    page.get_by_label("Badge code").fill(code)
    page.get_by_role("button", name="Scan this code").click()
    return page.locator("#panel")


def go_to(server: Live, moment: datetime) -> None:
    """Everybody waits until this moment."""
    server.stop()
    server.environment["BAZAAR_NOW"] = moment.isoformat()
    server.start()
