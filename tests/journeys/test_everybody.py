"""One fair made through the pages, and everybody who comes to it: exhibitor, colleague, jobseeker, staff."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_signing_in import code_to
from tests.chromium import DESKTOP, PHONE, Visit
from tests.journeys.steps import (
    ADA,
    accept_invitation,
    badge_of,
    make_a_fair,
    open_exhibitor,
    pair,
    scan,
    sign_in,
    speak,
)  # fmt: skip
from tests.live import Live

A_WEEK_BEFORE = datetime(2031, 4, 14, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(scope="module")
def site(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Live]:
    """Ada's fair of one day, with eight booths, made on a desk."""
    server = Live(new_database(), tmp_path_factory.mktemp("everybody"), now=A_WEEK_BEFORE)
    server.run("db", "upgrade")
    server.run(*ADA)
    try:
        server.start()
        page = chromium.new_page(**DESKTOP, locale="en-GB")
        make_a_fair(
            sign_in(page, server, "ada@example.org"), server, "open", "The open fair", "2031-04-22", 1
        )
        page.goto(f"{server.url}/organise/open/booths/plan")
        page.get_by_label("Hall").fill("Hall A")
        page.get_by_label("Rows").fill("2")
        page.get_by_label("Booths in a row").fill("4")
        page.get_by_role("button", name="Make booths").click()
        expect(page.locator("#map-8")).to_be_visible()
        page.context.close()
        yield server
    finally:
        server.stop()


def test_an_exhibitor_applies_takes_a_booth_and_brings_a_colleague(site: Live, visit: Visit) -> None:
    bo, ada, siv = visit(DESKTOP), visit(DESKTOP), visit(PHONE)
    apply(bo, site)
    approve(ada, site)
    bo.reload()
    expect(bo.get_by_text("You have a place.")).to_be_visible()
    take_booth_six(bo)
    ada.goto(f"{site.url}/f/open/employers")
    expect(ada.get_by_role("listitem").filter(has_text="Bolt AB")).to_contain_text("6")
    invite_a_colleague(bo)
    accept_invitation(siv, site, "siv@bolt.se", "Siv")
    expect(siv.get_by_text("You now act for Bolt AB.")).to_be_visible()
    siv.get_by_role("link", name="The open fair").click()
    expect(siv.get_by_text("You have a place.")).to_be_visible()
    expect(siv.get_by_role("button", name="Save")).to_have_count(0)


def apply(bo: Page, site: Live) -> None:
    speak(bo, site, "en").goto(f"{site.url}/f/open/")
    bo.get_by_role("link", name="For employers").first.click()
    bo.get_by_label("Your e-mail address").fill("bo@bolt.se")
    bo.get_by_role("button", name="Send the code").click()
    bo.get_by_label("Code", exact=True).fill(code_to(site, "bo@bolt.se"))
    bo.keyboard.press("Enter")
    bo.get_by_label("Your name").fill("Bo")
    bo.get_by_role("button", name="Continue").click()
    bo.get_by_label("Name of the organisation").fill("Bolt AB")
    bo.get_by_label("Organisation number").fill("556016-0680")
    bo.get_by_role("button", name="Apply").click()
    expect(bo.get_by_text("We have your application.").first).to_be_visible()


def approve(ada: Page, site: Live) -> None:
    open_exhibitor(sign_in(ada, site, "ada@example.org"), site, "open", "Bolt AB")
    ada.get_by_role("button", name="Approve").click()
    expect(ada.get_by_text("1 approved.")).to_be_visible()


def take_booth_six(bo: Page) -> None:
    bo.get_by_role("link", name="Choose a booth").click()
    bo.locator("#map-6").click()
    bo.get_by_role("button", name="Hold booth 6").click()
    expect(bo.get_by_text(re.compile("Booth 6 is held until 10:"))).to_be_visible()
    bo.get_by_role("button", name="Take booth 6").click()
    expect(bo.get_by_role("status")).to_contain_text("Booth 6 is yours")


def invite_a_colleague(bo: Page) -> None:
    bo.get_by_role("link", name="Overview").click()
    bo.get_by_role("link", name="Invite").click()
    bo.get_by_label("E-mail").fill("siv@bolt.se")
    bo.get_by_label(re.compile("^Recruiter")).check()
    bo.get_by_role("button", name="Invite").click()
    expect(bo.get_by_text("Invited, not here yet")).to_be_visible()


def test_a_jobseeker_registers_in_swedish_without_script(site: Live, visit: Visit) -> None:
    omar = visit(PHONE, locale="sv-SE", java_script_enabled=False)
    omar.goto(f"{site.url}/f/open/")
    omar.get_by_role("link", name="Anmäl dig", exact=True).click()
    omar.get_by_role("link", name="Svenska").click()
    omar.get_by_role("button", name="Fortsätt").click()
    expect(omar.get_by_role("alert")).to_contain_text("Skriv ditt namn")
    omar.get_by_label("Ditt namn").fill("Omar Saleh")
    omar.get_by_role("button", name="Fortsätt").click()
    omar.get_by_label("Telefonnummer eller e-post").fill("omar@example.org")
    omar.get_by_role("button", name="Skicka koden").click()
    omar.get_by_label("Kod", exact=True).fill(code_to(site, "omar@example.org"))
    omar.get_by_role("button", name="Fortsätt").click()
    omar.get_by_label("Sanering och renhållning").check()
    omar.get_by_role("button", name="Fortsätt").click()
    omar.get_by_label("SFI kurs B").check()
    omar.get_by_role("button", name="Fortsätt").click()
    expect(omar.get_by_role("heading", name="Dina uppgifter")).to_be_visible()
    omar.get_by_role("button", name="Anmäl dig").click()
    expect(omar.locator(".badge")).to_contain_text("Omar Saleh")
    expect(omar.locator("html")).to_have_attribute("lang", "sv")
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", badge_of(omar))


def test_staff_register_a_walk_in_and_let_her_in(site: Live, visit: Visit) -> None:
    ada, sam, door = visit(DESKTOP), visit(DESKTOP), visit(PHONE)
    sign_in(ada, site, "ada@example.org").goto(f"{site.url}/organise/open/staff")
    ada.get_by_label("Name", exact=True).fill("Sam")
    ada.get_by_label("E-mail or phone").fill("sam@example.org")
    ada.get_by_role("button", name="Add and write to them").click()
    expect(ada.get_by_role("row", name=re.compile("Sam"))).to_be_visible()

    sign_in(sam, site, "sam@example.org").goto(f"{site.url}/desk/open/")
    sam.get_by_role("link", name="Register somebody").click()
    sam.get_by_label("Name", exact=True).fill("Leyla Demir")
    sam.get_by_label("Construction", exact=True).check()
    sam.get_by_role("button", name="Register and show the badge").click()
    expect(sam.get_by_role("alert")).to_contain_text("Tell them first.")
    expect(sam.get_by_label("Name", exact=True)).to_have_value("Leyla Demir")
    sam.get_by_label("I have told them").check()
    sam.get_by_role("button", name="Register and show the badge").click()
    expect(sam.get_by_role("heading", name="Leyla Demir")).to_be_visible()
    label = sam.get_by_role("link", name="Print a label").get_attribute("href")
    assert sam.request.get(f"{site.url}{label}").body().startswith(b"%PDF")

    pair(door, site, site.run("device", "code", "open", "--purpose", "door").strip(), "Sam")
    expect(scan(door, badge_of(sam))).to_contain_text("Welcome Leyla Demir")
    sam.reload()
    expect(sam.get_by_text("not yet")).to_have_count(0)
