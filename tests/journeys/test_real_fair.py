"""A day of a two-day fair with 159 employers and 84 booths, from the first page to the follow-up list."""

import csv
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_signing_in import code_to
from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive
from tests.journeys.steps import (
    ADA,
    accept_invitation,
    badge_of,
    go_to,
    make_a_fair,
    open_exhibitor,
    pair,
    scan,
    sign_in,
)  # fmt: skip
from tests.live import ROOT, Live

DATA = ROOT.parent / "shared" / "data"
REAL = DATA / "exhibitors_real_fair_2017.csv"
OCCUPATIONS = ("occupation_fields.csv", "ssyk2012_4digit.csv", "occupation_names_sv.csv")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
TWO_WEEKS_BEFORE = datetime(2031, 4, 10, 10, tzinfo=STOCKHOLM)
NINE_FIFTY = datetime(2031, 4, 22, 9, 50, tzinfo=STOCKHOLM)


def exhibitor_list(folder: Path) -> Path:
    """The real list; where it is not at hand, a made one of the same shape."""
    if REAL.exists():
        return REAL
    made = folder / "exhibitors.csv"
    days = ["1 2"] * 3 + ["1"] * 75 + ["2"] * 81
    rows = [f"Employer {n:03},https://employer{n:03}.example,{day}" for n, day in enumerate(days)]
    made.write_text("\n".join(["organisation,website,fair_days", *rows]), encoding="utf-8")
    return made


def on_both_days(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [row["organisation"] for row in csv.DictReader(lines) if row["fair_days"] == "1 2"]


def test_a_day_of_a_real_fair(live_server: StartLive, visit: Visit, tmp_path: Path) -> None:
    server = live_server(ADA, now=TWO_WEEKS_BEFORE)
    if DATA.exists():
        server.run("import", "occupations", *(str(DATA / name) for name in OCCUPATIONS))
    employers = exhibitor_list(tmp_path)
    both = on_both_days(employers)
    acme, neighbour = both[0], both[1]

    ada = sign_in(visit(DESKTOP), server, "ada@example.org")
    make_a_fair(ada, server, "real", "The real fair", "2031-04-22", 2)
    everybody_has_a_booth(ada, server, employers, both)

    rut = visit(DESKTOP)
    open_exhibitor(ada, server, "real", acme)
    invite(ada, "rut@example.org")
    accept_invitation(rut, server, "rut@example.org", "Rut")
    publish_a_vacancy(rut)
    offer_times(rut)

    amina = visit(PHONE)
    register(amina, server)
    book(amina, server, acme)
    code = badge_of_tomorrow(amina, server)

    go_to(server, NINE_FIFTY)
    check_in(visit(PHONE), server, code)
    at_the_booth(visit(PHONE), server, rut, code, acme)
    at_a_booth_without_a_meeting(visit(PHONE), server, code, neighbour)
    what_each_has_in_the_end(rut, amina, ada, server, acme, neighbour)


def everybody_has_a_booth(ada: Page, server: Live, employers: Path, both: list[str]) -> None:
    assert "159 new" in server.run("import", "exhibitors", "real", str(employers))
    server.run("booths", "make", "real", "--hall", "Hall A", "--rows", "7", "--columns", "12")
    said = server.run("booths", "propose", "real", "--apply")
    assert said.splitlines()[-1] == "159 placed in 84 booths, 0 without a booth"
    for day in ("2031-04-22", "2031-04-23"):
        ada.goto(f"{server.url}/organise/real/booths?day={day}")
        expect(ada.get_by_text("Everybody has a booth this day.")).to_be_visible()
    ada.goto(f"{server.url}/f/real/employers")
    expect(ada.get_by_role("heading", name="159 employers")).to_be_visible()
    assert len(both) == 3
    for number, name in enumerate(both, 1):
        line = next(line for line in said.splitlines() if line.startswith(f"{name}: "))
        assert line.count(f"Booth {number},") == 2


def invite(ada: Page, address: str) -> None:
    ada.get_by_label("E-mail").fill(address)
    ada.get_by_role("button", name="Invite").click()
    expect(ada.get_by_text("Invited:")).to_be_visible()


def publish_a_vacancy(rut: Page) -> None:
    rut.get_by_role("link", name="The real fair").click()
    rut.get_by_role("link", name="Vacancies").first.click()
    rut.get_by_role("link", name="New vacancy").click()
    rut.get_by_label("Title").fill("Night cleaner")
    rut.get_by_label("Occupation").select_option(index=1)
    rut.get_by_label("How many do you hire?").fill("4")
    rut.get_by_label("Pay from, kronor").fill("27 400")
    for choice in ("a month", "Full time", "No recognised degree needed"):
        rut.get_by_label(choice, exact=True).check()
    rut.get_by_label("SFI C. You need").check()
    rut.get_by_label("Where is the work?").fill("Farsta")
    rut.get_by_label("Licence").select_option(label="B (car)")
    rut.get_by_role("group", name="Do you interview at the fair?").get_by_label("Yes").check()
    rut.get_by_role("group", name="Can you decide at the fair?").get_by_label("Yes").check()
    rut.get_by_role("button", name="Save and publish").click()
    expect(rut.get_by_text("Saved. Jobseekers see it.")).to_be_visible()


def offer_times(rut: Page) -> None:
    rut.get_by_role("link", name="Meetings").first.click()
    rut.get_by_role("link", name="Offer times").first.click()
    rut.get_by_label("Jobseekers book a free time themselves").check()
    rut.get_by_role("button", name="Save", exact=True).click()
    rut.get_by_label("From", exact=True).fill("10:00")
    rut.get_by_label("Until", exact=True).fill("12:00")
    rut.get_by_role("button", name="Offer these times").click()
    expect(rut.get_by_role("row", name=re.compile("10:00–10:15.*Free"))).to_have_count(2)


def register(amina: Page, server: Live) -> None:
    amina.goto(f"{server.url}/f/real/")
    amina.get_by_role("link", name="Register", exact=True).click()
    amina.get_by_role("link", name="English").click()
    amina.get_by_label("Your name").fill("Amina Yusuf")
    amina.get_by_role("button", name="Continue").click()
    amina.get_by_label("Phone number or e-mail").fill("070 174 06 05")
    amina.get_by_role("button", name="Send the code").click()
    amina.get_by_label("Code", exact=True).fill(code_to(server, "+46701740605"))
    amina.get_by_role("button", name="Continue").click()
    amina.get_by_label("Cleaning and waste").check()
    amina.get_by_role("button", name="Continue").click()
    amina.get_by_label("SFI course C").check()
    amina.get_by_role("button", name="Continue").click()
    expect(amina.get_by_role("heading", name="Your data")).to_be_visible()
    amina.get_by_label(re.compile("22")).check()
    amina.get_by_role("button", name="Register").click()
    expect(amina.get_by_role("region", name="Your badge")).to_contain_text("Amina Yusuf")


def book(amina: Page, server: Live, employer: str) -> None:
    amina.get_by_role("link", name="Employers", exact=True).click()
    amina.get_by_text("More choices").click()
    amina.get_by_label("Name or job").fill("night cleaner")
    amina.get_by_role("button", name="Show employers").click()
    expect(amina.get_by_role("heading", name="1 of 159 employers")).to_be_visible()
    amina.get_by_role("link", name=employer, exact=True).click()
    expect(amina.get_by_text("27,400 kr a month")).to_be_visible()
    amina.get_by_label("10:00").check()
    amina.get_by_role("button", name="Book 10:00").click()
    expect(amina.get_by_text(employer).first).to_be_visible()


def badge_of_tomorrow(amina: Page, server: Live) -> str:
    amina.goto(f"{server.url}/me/real/")
    expect(amina.get_by_text("10:00–10:15")).to_be_visible()
    return badge_of(amina)


def check_in(door: Page, server: Live, code: str) -> None:
    pair(door, server, server.run("device", "code", "real", "--purpose", "door").strip(), "Sam")
    expect(scan(door, code)).to_contain_text("Welcome Amina Yusuf")
    expect(scan(door, code)).to_contain_text("Already in")


def at_the_booth(phone: Page, server: Live, rut: Page, code: str, employer: str) -> None:
    """She booked, and so said what they may see: nobody asks again."""
    rut.goto(rut.url)
    rut.get_by_role("link", name="Scanner").first.click()
    rut.get_by_role("button", name="Make a code").click()
    pair(phone, server, rut.locator(".signal.code").inner_text().strip(), "")
    scan(phone, code)
    remark(phone, "Six years of night work", "Interview", "2 stars")


def at_a_booth_without_a_meeting(phone: Page, server: Live, code: str, employer: str) -> None:
    """She comes by, and says yes when she is asked."""
    pairing = server.run("device", "code", "real", "--purpose", "booth", "--exhibitor", employer).strip()
    pair(phone, server, pairing, "Olle")
    scan(phone, code)
    asking = phone.get_by_role("dialog", name="Ask first")
    expect(asking).to_contain_text(employer)
    expect(phone.get_by_text("Amina")).to_have_count(0)
    asking.get_by_role("button", name="They say yes").click()
    remark(phone, "Speaks four languages", "Send", "1 star")


def remark(phone: Page, note: str, step: str, stars: str) -> None:
    person = phone.get_by_role("dialog", name="Amina Yusuf")
    person.get_by_label("Your note").fill(note)
    person.get_by_label(step).check()
    person.get_by_label(stars).check()
    person.get_by_role("button", name="Save").click()
    expect(phone.locator("#panel")).to_contain_text("Your note is saved")


def what_each_has_in_the_end(
    rut: Page, amina: Page, ada: Page, server: Live, employer: str, neighbour: str
) -> None:
    rut.get_by_role("link", name="Follow-up").first.click()
    row = rut.get_by_role("row", name=re.compile("Amina Yusuf"))
    expect(row).to_contain_text("Six years of night work")
    expect(row).to_contain_text("interview", ignore_case=True)

    amina.goto(f"{server.url}/me/real/met")
    met = amina.get_by_role("listitem").filter(has_text=employer)
    expect(met).to_contain_text("interview", ignore_case=True)
    expect(amina.get_by_role("heading", name=neighbour)).to_be_visible()
    expect(amina.get_by_text("Six years")).to_have_count(0)

    ada.goto(f"{server.url}/organise/real/")
    expect(stat(ada, "Came 22 April")).to_have_text("1")
    expect(stat(ada, "Meetings held")).to_have_text("1")


def stat(page: Page, name: str) -> Locator:
    """The number under this name."""
    return page.locator(".stat").filter(has_text=name).locator("p").nth(1)
