"""An organisation comes to a fair: it applies on a phone, the organiser answers by keyboard, jobs are written."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_signing_in import code_to
from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive
from tests.live import Live

SET_UP = (
    ("organiser", "add", "ada@example.org", "--name", "Ada"),
    ("fair", "new", "spring", "--name", "Spring fair", "--date", "2031-04-21", "--days", "2", "--owner", "ada@example.org"),
)  # fmt: skip


def signed_in(server: Live, visit: Visit, address: str, screen: dict = DESKTOP) -> Page:
    page = visit(screen)
    page.goto(server.run("sign-in-link", address).strip())
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{server.url}/?lang=en")
    return page


def published(page: Page, server: Live) -> None:
    page.goto(f"{server.url}/organise/spring")
    if page.get_by_role("button", name="Publish").count():
        page.get_by_role("button", name="Publish").first.click()


def test_an_organisation_applies_is_approved_and_writes_its_jobs(live_server: StartLive, visit: Visit, axe):
    server = live_server(*SET_UP)
    organiser = signed_in(server, visit, "ada@example.org")
    published(organiser, server)
    phone = visit(PHONE)
    apply(phone, server, axe)
    approve_by_keyboard(organiser, server, axe)
    phone.reload()
    expect(phone.get_by_text("You have a place.")).to_be_visible()
    write_a_vacancy(phone, axe)


def apply(phone: Page, server: Live, axe) -> None:
    phone.goto(f"{server.url}/f/spring/exhibit")
    axe(phone)
    phone.get_by_label("Your e-mail address").fill("bo@bolt.se")
    phone.get_by_role("button", name="Send the code").click()
    phone.get_by_label("Code", exact=True).fill(code_to(server, "bo@bolt.se"))
    phone.keyboard.press("Enter")
    phone.get_by_label("Your name").fill("Bo")
    axe(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_label("Name of the organisation").fill("Bolt AB")
    phone.get_by_label("Organisation number").fill("12")
    phone.get_by_role("button", name="Apply").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_label("Name of the organisation")).to_have_value("Bolt AB")
    axe(phone)
    phone.get_by_label("Organisation number").fill("556016-0680")
    phone.get_by_role("button", name="Apply").click()
    expect(phone.get_by_text("We have your application.").first).to_be_visible()
    axe(phone)


def approve_by_keyboard(page: Page, server: Live, axe) -> None:
    page.goto(f"{server.url}/organise/spring/exhibitors")
    axe(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bolt AB")).to_be_visible()
    axe(page)
    page.keyboard.press("a")
    expect(page.get_by_text("1 approved.")).to_be_visible()


def write_a_vacancy(page: Page, axe) -> None:
    page.get_by_role("link", name="Vacancies").click()
    axe(page)
    page.get_by_role("link", name="New vacancy").click()
    axe(page)
    page.get_by_label("Title").fill("Welder")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    page.get_by_label("Occupation").select_option(label="Welders")
    page.get_by_label("How many do you hire?").fill("3")
    page.get_by_label("Pay from, kronor").fill("27 400")
    for choice in ("a month", "Full time", "No recognised degree needed"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_label("SFI C. You need").check()
    page.get_by_label("Where is the work?").fill("Farsta")
    page.get_by_label("Licence").select_option(label="B (car)")
    page.get_by_role("group", name="Do you interview at the fair?").get_by_label("Yes").check()
    page.get_by_role("group", name="Can you decide at the fair?").get_by_label("No").check()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Saved. Jobseekers see it.")).to_be_visible()
    expect(page.get_by_text("27,400 kr a month")).to_be_visible()


def test_a_list_is_looked_through_before_it_is_taken_in(live_server: StartLive, visit: Visit, axe):
    server = live_server(*SET_UP)
    page = signed_in(server, visit, "ada@example.org")
    page.goto(f"{server.url}/organise/spring/import/exhibitors")
    axe(page)
    rows = "Företag;Webbplats;Skor\nBolt AB;bolt.se;1\nCrane AB;htp//x;2\n".encode("cp1252")
    page.get_by_label("File").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": rows})
    page.get_by_role("button", name="Look through the file").click()
    expect(page.get_by_text('not an address: "htp//x"')).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Take in the 1 good rows only").click()
    expect(page).to_have_url(re.compile("/organise/spring/exhibitors$"))
    expect(page.get_by_role("link", name="Bolt AB")).to_be_visible()
