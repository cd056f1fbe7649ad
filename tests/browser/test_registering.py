"""A jobseeker registers on a phone, with and without script, fills in a profile and leaves; the desk joins twins."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_exhibiting import published, signed_in
from tests.browser.test_signing_in import code_to, wait_for
from tests.chromium import PHONE, Visit
from tests.conftest import StartLive
from tests.live import Live

FIRST_DAY = (datetime.now(ZoneInfo("Europe/Stockholm")) + timedelta(days=7)).date()
SET_UP = (
    ("organiser", "add", "ada@example.org", "--name", "Ada"),
    ("fair", "new", "spring", "--name", "Spring fair", "--date", FIRST_DAY.isoformat(), "--days", "2",
     "--owner", "ada@example.org"),
)  # fmt: skip


@pytest.fixture
def server(live_server: StartLive, visit: Visit) -> Live:
    server = live_server(*SET_UP)
    published(signed_in(server, visit, "ada@example.org"), server)
    return server


def go_on(page: Page, words: str = "Continue") -> None:
    page.get_by_role("button", name=words, exact=True).click()


def register(page: Page, server: Live, name: str, address: str, look=lambda page: None) -> None:
    page.goto(f"{server.url}/f/spring/register")
    look(page)
    page.get_by_role("link", name="English").click()
    page.get_by_label("Your name").fill(name)
    look(page)
    go_on(page)
    page.get_by_label("Phone number or e-mail").fill(address)
    look(page)
    go_on(page, "Send the code")
    page.get_by_label("Code", exact=True).fill(code_to(server, address))
    look(page)
    go_on(page)
    expect(page.get_by_text("Question 3 of 5")).to_be_visible()
    go_on(page)
    expect(page.get_by_text("You have not chosen anything").first).to_be_visible()
    look(page)
    page.get_by_label("Health care").check()
    page.get_by_label("Cleaning and waste").check()
    go_on(page)
    look(page)
    page.get_by_label("SFI course C").check()
    go_on(page)
    look(page)
    page.get_by_label(re.compile(FIRST_DAY.strftime("%A"))).check()
    go_on(page, "Register")
    expect(page).to_have_url(f"{server.url}/me/spring/")
    expect(page.get_by_text(re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$")).first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_jobseeker_registers_on_a_phone(server: Live, visit: Visit, axe, script):
    page = visit(PHONE, java_script_enabled=script)
    register(page, server, "Dora Ali", "dora@example.org", axe if script else lambda page: None)


def test_back_keeps_what_was_chosen(server: Live, visit: Visit):
    page = visit(PHONE)
    register(page, server, "Dora Ali", "dora@example.org")
    page.goto(f"{server.url}/f/spring/register?new=1")
    page.get_by_label("Your name").fill("Elias Ali")
    go_on(page)
    page.get_by_label("Phone number or e-mail").fill("dora@example.org")
    first = code_to(server, "dora@example.org")
    go_on(page, "Send the code")
    second = wait_for(lambda: next((c for c in [code_to(server, "dora@example.org")] if c != first), None))
    page.get_by_label("Code", exact=True).fill(second)
    go_on(page)
    page.get_by_label("Elias Ali, someone new").check()
    go_on(page)
    page.get_by_label("Health care").check()
    go_on(page)
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Health care")).to_be_checked()
    expect(page.get_by_text("Chosen: 1")).to_be_visible()
    page.goto(f"{server.url}/f/spring/register")
    expect(page.get_by_text("Question 4 of 5")).to_be_visible()


def test_a_profile_is_filled_in_and_the_fair_is_left(server: Live, visit: Visit, axe):
    page = visit(PHONE)
    register(page, server, "Dora Ali", "dora@example.org")
    page.goto(f"{server.url}/me/spring/profile")
    axe(page)
    page.get_by_role("link", name="Work you want").click()
    axe(page)
    page.get_by_role("searchbox").press_sequentially("carpen")
    page.get_by_role("button", name="Add Carpenters").click()
    expect(page.get_by_role("button", name="Take away Carpenters")).to_be_visible()
    for section in ("languages", "experience", "places", "needs", "about", "licences", "findable", "swedish"):
        page.goto(f"{server.url}/me/spring/profile/{section}")
        axe(page)
    page.goto(f"{server.url}/me/spring/leave")
    axe(page)
    go_on(page, "Leave the fair")
    expect(page.get_by_text("You have left Spring fair.")).to_be_visible()
    page.goto(f"{server.url}/me/data")
    axe(page)
    page.goto(f"{server.url}/me/erase")
    axe(page)
    go_on(page, "Erase everything")
    expect(page.get_by_text("Everything about you is erased")).to_be_visible()


def test_the_desk_registers_and_joins(server: Live, visit: Visit, axe):
    register(visit(PHONE), server, "Dora Ali", "dora@example.org")
    desk = signed_in(server, visit, "ada@example.org")
    desk.goto(f"{server.url}/desk/spring/walk-in")
    axe(desk)
    desk.get_by_label("Name", exact=True).fill("Dora Ali")
    desk.get_by_label("I have told them").check()
    go_on(desk, "Register and show the badge")
    expect(desk.get_by_role("alert")).to_contain_text("Perhaps they are registered already")
    axe(desk)
    go_on(desk, "It is somebody else: register")
    expect(desk.get_by_text("Perhaps the same person twice")).to_be_visible()
    axe(desk)
    desk.get_by_role("link", name="Look at both").click()
    axe(desk)
    go_on(desk, "It is the same person: join")
    expect(desk.get_by_text("Joined.")).to_be_visible()
    for path in (
        "organise/spring/jobseekers",
        "desk/spring/",
        "organise/spring/import/jobseekers",
        "privacy",
        "accessibility",
    ):
        desk.goto(f"{server.url}/{path}")
        axe(desk)
