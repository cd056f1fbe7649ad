"""The scanner as it is held at a door and at a booth: camera, keyboard and hand scanner, online and not."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from bazaar.jobseekers.rules import new_badge_code, shown_code
from tests.chromium import DESKTOP, PHONE, Complaints, Visit
from tests.live import Live


@dataclass(frozen=True)
class Someone:
    name: str
    code: str
    registration: str


@dataclass(frozen=True)
class Fair:
    """A fair of today on a real server, with an employer, and two jobseekers nobody has scanned yet."""

    live: Live
    amina: Someone
    elias: Someone

    def pairing_code(self, *options: str) -> str:
        return self.live.run("device", "code", "spring", *options).strip()

    def address(self, someone: Someone) -> str:
        return f"{self.live.url}/B/{someone.code}".upper()

    def scans(self, folder: Path) -> list[dict[str, str]]:
        """Scans of these two, and of nobody."""
        out = folder / "scans.csv"
        self.live.run("scans", "spring", "--out", str(out))
        ours = ("", self.amina.registration, self.elias.registration)
        with out.open(encoding="utf-8-sig", newline="") as lines:
            return [row for row in csv.DictReader(lines) if row["registration"] in ours]


@pytest.fixture(scope="module")
def site(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("scanner")
    today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    employers, people = folder / "employers.csv", folder / "people.csv"
    employers.write_text("organisation,email\nBolt AB,bo@example.org\n")
    rows = [
        f"{name} {n},{name}{n}@example.org,{tag}"
        for n in range(30)
        for name, tag in (("Amina", "sv"), ("Elias", "en"))
    ]
    people.write_text("\n".join(["name,email,language", *rows]))
    live = Live(new_database(), folder)
    live.run("db", "upgrade")
    live.run(
        "fair",
        "new",
        "spring",
        "--name",
        "Spring fair",
        "--date",
        today.isoformat(),
        "--owner",
        "ada@example.org",
    )
    live.run("import", "exhibitors", "spring", str(employers))
    live.run("import", "jobseekers", "spring", str(people))
    live.run("badges", "spring", "--out", str(folder / "badges.csv"))
    try:
        yield live.start()
    finally:
        live.stop()


@pytest.fixture(scope="module")
def pairs(site: Live) -> Iterator[tuple[Someone, Someone]]:
    with (site.folder / "badges.csv").open(encoding="utf-8-sig", newline="") as lines:
        people = [Someone(row["name"], row["code"], row["registration"]) for row in csv.DictReader(lines)]
    half = len(people) // 2
    return iter(list(zip(people[:half], people[half:], strict=True)))


@pytest.fixture
def fair(site: Live, pairs: Iterator[tuple[Someone, Someone]]) -> Fair:
    return Fair(site, *next(pairs))


def paired(page: Page, fair: Fair, *options: str, name: str = "Sam") -> Page:
    """This phone, paired by the code in the address."""
    options = options or ("--purpose", "door")
    page.goto(f"{fair.live.url}/scan#{fair.pairing_code(*options)}")
    page.get_by_label("Who holds the phone?").fill(name)
    page.get_by_role("button", name="Pair").click()
    expect(page.get_by_role("button", name="Type code")).to_be_visible()
    return page


def type_code(page: Page, code: str) -> None:
    page.get_by_role("button", name="Type code").click()
    page.get_by_label("Badge code").fill(code)
    page.get_by_role("button", name="Scan this code").click()


def expect_result(page: Page, colour: str, *words: str) -> None:
    panel = page.locator("#panel")
    expect(panel).to_have_class(re.compile(rf"\b{colour}\b"))
    for one in words:
        expect(panel).to_contain_text(one)


@pytest.fixture
def door(visit: Visit, fair: Fair) -> Page:
    return paired(visit(PHONE), fair)


# --- Pairing --------------------------------------------------------------------------------------


def test_a_code_pairs_once_and_says_so_when_it_does_not(
    visit: Visit, fair: Fair, complaints: Complaints
) -> None:
    complaints.allow("404")
    code = fair.pairing_code("--purpose", "door")
    page = visit(PHONE)
    page.goto(f"{fair.live.url}/scan")
    page.get_by_role("button", name="Pair").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the pairing code")
    page.get_by_label("Pairing code").fill(code.lower().replace("-", ""))
    page.get_by_label("Who holds the phone?").fill("Sam")
    page.get_by_role("button", name="Pair").click()
    expect(page.locator("#label")).to_have_text("Main door")
    page.reload()
    expect(page.locator("#label")).to_have_text("Main door")

    other = visit(PHONE)
    other.goto(f"{fair.live.url}/scan#{code}")
    expect(other.get_by_label("Pairing code")).to_have_value(code)
    other.get_by_role("button", name="Pair").click()
    expect(other.get_by_role("alert")).to_contain_text("not valid any more")


def test_a_phone_is_unpaired_from_its_menu(door: Page) -> None:
    door.get_by_role("button", name="Main door").click()
    expect(door.get_by_role("dialog")).to_contain_text("Spring fair")
    door.get_by_role("button", name="Unpair this phone").click()
    expect(door.get_by_label("Pairing code")).to_be_visible()
    door.reload()
    expect(door.get_by_label("Pairing code")).to_be_visible()


# --- At the door ----------------------------------------------------------------------------------


def test_the_camera_reads_a_badge(
    visit: Visit, fair: Fair, camera_on: Callable[[Sequence[str]], Browser]
) -> None:
    browser = camera_on([fair.address(fair.amina)])
    page = visit(PHONE, browser=browser)
    answered: list[Request] = []
    page.on("requestfinished", lambda request: answered.append(request))  # noqa: PLW0108 - playwright marks what it is given
    paired(page, fair)
    expect_result(page, "green", f"Welcome {fair.amina.name}", "in ")
    assert sum(request.sizes()["responseBodySize"] for request in answered) <= 600_000
    expect(page.locator("#panel")).to_have_class(re.compile("ready"))
    expect(page.locator("#last")).to_contain_text(f"Last: {fair.amina.name} – in ")


def test_a_typed_code_is_read_however_it_is_written(door: Page, fair: Fair) -> None:
    door.get_by_role("button", name="Type code").click()
    door.get_by_label("Badge code").fill("7K4M")
    door.get_by_role("button", name="Scan this code").click()
    expect(door.get_by_role("alert")).to_contain_text("16 characters")
    door.get_by_label("Badge code").fill(shown_code(fair.amina.code).lower())
    door.keyboard.press("Enter")
    expect_result(door, "green", f"Welcome {fair.amina.name}")


def test_a_hand_scanner_types_faster_than_people(door: Page, fair: Fair) -> None:
    door.keyboard.type(fair.address(fair.elias))
    door.keyboard.press("Enter")
    expect_result(door, "green", f"Welcome {fair.elias.name}")


def test_the_second_time_says_when_and_by_whom(door: Page, fair: Fair) -> None:
    for _ in range(2):
        type_code(door, fair.amina.code)
    expect_result(door, "amber", "Already in", "by Sam", f"{fair.amina.name} can go in again.")


def test_out_is_chosen_by_a_switch(door: Page, fair: Fair) -> None:
    door.get_by_role("button", name="Out", exact=True).click()
    type_code(door, fair.amina.code)
    expect_result(door, "green", f"Goodbye {fair.amina.name}", "out ")


def test_an_unknown_code_stays_red_until_the_next(door: Page, fair: Fair) -> None:
    type_code(door, new_badge_code())
    expect_result(door, "red", "Unknown code", "not let in")
    door.wait_for_timeout(2500)
    expect_result(door, "red", "Unknown code")
    type_code(door, fair.amina.code)
    expect_result(door, "green", f"Welcome {fair.amina.name}")


def test_a_code_that_is_no_badges_is_not_sent(door: Page, fair: Fair, tmp_path: Path) -> None:
    before = len(fair.scans(tmp_path))
    door.keyboard.type("https://example.org/some/poster")
    door.keyboard.press("Enter")
    expect_result(door, "red", "Not a badge")
    assert len(fair.scans(tmp_path)) == before


# --- Offline --------------------------------------------------------------------------------------


def test_scans_wait_offline_and_go_in_order_when_the_line_is_back(
    door: Page, fair: Fair, tmp_path: Path, complaints: Complaints
) -> None:
    complaints.allow("ERR_INTERNET_DISCONNECTED")
    expect(door.get_by_text("Online · 0 waiting")).to_be_visible()
    door.context.set_offline(True)
    for someone in (fair.amina, fair.elias):
        type_code(door, someone.code)
        expect_result(door, "green", "Saved", "It sends when you are online")
    expect(door.get_by_text("Offline · 2 waiting")).to_be_visible()
    door.context.set_offline(False)
    expect(door.get_by_text("Online · 0 waiting")).to_be_visible(timeout=15_000)
    rows = [row for row in fair.scans(tmp_path) if row["registration"]]
    assert [row["status"] for row in rows] == ["recorded", "recorded"]
    assert [row["offline"] for row in rows] == ["true", "true"]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def test_what_waits_survives_a_reload_and_is_counted_once(
    door: Page, fair: Fair, tmp_path: Path, complaints: Complaints
) -> None:
    complaints.allow("ERR_FAILED")
    door.route("**/device/scans", lambda route: route.abort())
    type_code(door, fair.amina.code)
    expect(door.get_by_text("Offline · 1 waiting")).to_be_visible()
    door.reload()
    expect(door.get_by_text("1 waiting")).to_be_visible()
    door.unroute("**/device/scans")
    expect(door.get_by_text("Online · 0 waiting")).to_be_visible(timeout=15_000)
    assert [row["status"] for row in fair.scans(tmp_path) if row["registration"]] == ["recorded"]


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_id(
    door: Page, fair: Fair, tmp_path: Path, complaints: Complaints
) -> None:
    complaints.allow("ERR_FAILED")
    lost = []

    def lose_first(route: object) -> None:
        if not lost:
            lost.append(route.fetch().status)  # it arrived; its answer does not
            route.abort()
        else:
            route.continue_()

    door.route("**/device/scans", lose_first)
    type_code(door, fair.amina.code)
    expect(door.get_by_text("Online · 0 waiting")).to_be_visible(timeout=15_000)
    assert lost == [200]
    assert [row["status"] for row in fair.scans(tmp_path) if row["registration"]] == ["recorded"]


def test_a_kept_scan_that_needs_the_desk_says_so(door: Page, fair: Fair, complaints: Complaints) -> None:
    complaints.allow("ERR_INTERNET_DISCONNECTED")
    door.context.set_offline(True)
    type_code(door, new_badge_code())
    expect_result(door, "green", "Saved")
    door.context.set_offline(False)
    expect(door.get_by_text("A saved scan needs the desk: This code is not known")).to_be_visible(
        timeout=15_000
    )


# --- At the booth ---------------------------------------------------------------------------------


def test_a_recruiter_asks_sees_and_writes(visit: Visit, fair: Fair, complaints: Complaints) -> None:
    page = paired(visit(PHONE), fair, "--purpose", "booth", "--exhibitor", "Bolt AB", name="Bo")
    type_code(page, fair.amina.code)
    asking = page.get_by_role("dialog", name="Ask first")
    expect(asking.locator("blockquote")).to_have_attribute("lang", "sv")
    expect(asking.locator("blockquote")).to_contain_text("Bolt AB")
    asking.get_by_role("button", name="They say yes").click()
    person = page.get_by_role("dialog", name=f"{fair.amina.name}")
    person.get_by_label("Your note").fill("Six years at a hospital")
    person.get_by_label("Interview").check()
    person.get_by_label("2 stars").check()
    person.get_by_role("button", name="Save").click()
    expect_result(page, "green", "Your note is saved")

    type_code(page, fair.amina.code)
    expect(person.get_by_text("Six years at a hospital")).to_be_visible()
    expect(person.get_by_text("Stars: 2 · Interview")).to_be_visible()


def test_the_list_of_people_met_opens_each_of_them(visit: Visit, fair: Fair) -> None:
    page = paired(visit(PHONE), fair, "--purpose", "booth", "--exhibitor", "Bolt AB", "--list", name="Bo")
    type_code(page, fair.amina.code)
    page.get_by_role("button", name="They say yes").click()
    page.get_by_role("button", name="Next person").click()
    page.get_by_role("button", name="Bolt AB").click()
    page.get_by_role("button", name="People met").click()
    page.get_by_role("button", name=fair.amina.name).click()
    expect(page.get_by_role("dialog", name=fair.amina.name)).to_be_visible()


def test_a_no_shows_nothing_of_the_person(visit: Visit, fair: Fair) -> None:
    page = paired(visit(PHONE), fair, "--purpose", "booth", "--exhibitor", "Bolt AB", name="Bo")
    type_code(page, fair.amina.code)
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(fair.amina.name)).to_have_count(0)


def test_a_begun_note_is_there_when_the_person_comes_back(
    visit: Visit, fair: Fair, complaints: Complaints
) -> None:
    complaints.allow("ERR_INTERNET_DISCONNECTED")
    page = paired(visit(PHONE), fair, "--purpose", "booth", "--exhibitor", "Bolt AB", name="Bo")
    page.context.set_offline(True)
    type_code(page, fair.elias.code)
    expect(page.get_by_text("Offline: you see the profile when you are online again.")).to_be_visible()
    page.get_by_label("Your note").fill("Knows welding")
    page.get_by_role("button", name="Next person").click()
    type_code(page, fair.elias.code)
    expect(page.get_by_label("Your note")).to_have_value("Knows welding")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Offline · 3 waiting")).to_be_visible()


# --- The phone's own detector ---------------------------------------------------------------------

OWN_DETECTOR = """
    window.looks = 0;
    window.BarcodeDetector = class {
        static getSupportedFormats() { return Promise.resolve(FORMATS); }
        detect() { window.looks += 1; return Promise.resolve([{ rawValue: "TEXT", format: "qr_code" }]); }
    };
"""


@pytest.mark.parametrize(("formats", "own"), [('["qr_code", "ean_13"]', True), ('["ean_13"]', False)])
def test_the_phones_own_detector_is_used_where_it_reads_these_codes(
    visit: Visit, fair: Fair, camera_on: Callable[[Sequence[str]], Browser], formats: str, own: bool
) -> None:
    filmed = fair.address(fair.amina)
    told = fair.address(fair.elias)
    page = visit(PHONE, browser=camera_on([filmed]))
    page.add_init_script(OWN_DETECTOR.replace("FORMATS", formats).replace("TEXT", told))
    wanted: list[str] = []
    page.on("request", lambda request: wanted.append(request.url))
    paired(page, fair)
    expect_result(page, "green", f"Welcome {fair.elias.name}" if own else f"Welcome {fair.amina.name}")
    assert any("zxing" in url for url in wanted) is not own
    assert (page.evaluate("window.looks") > 0) is own


# --- Everybody ------------------------------------------------------------------------------------


def test_every_state_is_accessible(
    visit: Visit, fair: Fair, axe: Callable[[Page], None], complaints: Complaints
) -> None:
    page = visit(PHONE, reduced_motion="reduce")
    page.goto(f"{fair.live.url}/scan")
    axe(page)
    paired(page, fair, "--purpose", "booth", "--exhibitor", "Bolt AB", name="Bo")
    axe(page)
    page.get_by_role("button", name="Type code").click()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Bolt AB").click()
    axe(page)
    page.keyboard.press("Escape")
    type_code(page, fair.elias.code)
    expect(page.get_by_role("dialog", name="Ask first")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="They say yes").click()
    expect(page.get_by_role("dialog", name=f"{fair.elias.name}")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    type_code(page, new_badge_code())
    expect_result(page, "red")
    axe(page)


def test_the_pages_around_scanning_are_accessible(
    visit: Visit, fair: Fair, door: Page, axe: Callable[[Page], None]
) -> None:
    type_code(door, new_badge_code())
    expect_result(door, "red")
    page = visit(DESKTOP)
    page.goto(f"{fair.live.url}/?lang=en")
    page.goto(fair.live.run("sign-in-link", "ada@example.org").strip())
    page.get_by_role("button").last.click()
    page.wait_for_url(re.compile(r"^(?!.*/link/).*$"))
    for path in (
        "/organise/spring/badges",
        "/organise/spring/devices",
        "/desk/spring/live",
        "/desk/spring/conflicts",
    ):
        page.goto(fair.live.url + path)
        axe(page)
    page.get_by_role("link", name="Unknown code").first.click()
    axe(page)
    page.goto(f"{fair.live.url}/organise/spring/devices")
    page.get_by_role("button", name="Make a code").click()
    expect(page.get_by_role("img", name="The pairing code as a picture")).to_be_visible()
    axe(page)
    stranger = visit(PHONE)
    stranger.goto(f"{fair.live.url}/b/{fair.amina.code}")
    axe(stranger)
