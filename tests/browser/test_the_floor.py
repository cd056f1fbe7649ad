"""The floor in a real browser: by mouse, by key, on a phone, and by two who want the same booth."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from bazaar.app import create_app
from bazaar.booths import actions, queries
from bazaar.config import Settings
from bazaar.db import db
from bazaar.employers.models import Exhibitor as Place
from bazaar.fairs import models as fairs
from bazaar.people.models import Person, SignIn
from bazaar.words import hashed, new_token
from tests import make
from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive


@dataclass
class Fair:
    """A fair with two rows of booths: Bolt AB in booth 1, Crane AB in 2, Delta AB nowhere."""

    url: str
    site: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def let_in(self, page: Page, who: str) -> None:
        page.context.add_cookies([{"name": "bazaar", "value": self.cookies[who], "url": self.url}])

    def numbers(self) -> dict[str, list[int]]:
        with self.site.app_context():
            names = {value: name for name, value in self.ids.items()}
            found = queries.booth_numbers(db.session.scalars(db.select(Place.fair_id)).first())
            db.session.remove()
            return {names[str(exhibitor)]: numbers for exhibitor, numbers in found.items()}


@pytest.fixture
def fair(live_server: StartLive) -> Iterator[Fair]:
    live = live_server()
    site = create_app(Settings.from_environment({"DATABASE_URL": live.database_url, "SECRET_KEY": "s" * 40}))
    made = Fair(live.url, site)
    with site.app_context():
        db.create_all()
        fair = make.fair("bazaar", days=1)
        booths = actions.make(fair, "Hall A", 2, 4)
        blocks = [block.id for block in queries.blocks_of(fair)]
        made.cookies["ada"] = cookie_of(make.organiser(fair))
        for number, name in enumerate(("bolt", "crane", "delta")):
            place = make.exhibitor(fair, f"{name.title()} AB")
            make.vacancy(place)
            made.ids[name] = str(place.id)
            made.cookies[name] = cookie_of(make.representative(place, f"Rep of {name}"))
            if number < 2:
                actions.assign(fair, place.id, booths[number], blocks, None)
        db.session.commit()
    yield made
    with site.app_context():
        db.engine.dispose()


def cookie_of(person: Person) -> str:
    token = new_token()
    make.add(SignIn(token_hash=hashed(token), person_id=person.id, device="test"))
    return token


def bar(page: Page, name: str):
    return page.get_by_role("region", name="Booths and times").get_by_role("link", name=re.compile(name))


def on_map(page: Page, number: int):
    return page.locator(f"#map-{number}")


def test_an_organiser_moves_by_key_swaps_by_drag_and_takes_it_back(
    fair: Fair, visit: Visit, axe: Callable[[Page], None]
):
    page = visit(DESKTOP)
    fair.let_in(page, "ada")
    page.goto(f"{fair.url}/organise/bazaar/booths")
    axe(page)
    on_map(page, 1).click()
    expect(page.locator("#chosen")).to_contain_text("Bolt AB")
    axe(page)
    page.keyboard.press("m")
    expect(page.get_by_label("Move to booth")).to_be_focused()
    on_map(page, 5).click()
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Bolt AB moved to booth 5")
    assert fair.numbers() == {"bolt": [5], "crane": [2]}
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert fair.numbers() == {"bolt": [1], "crane": [2]}
    bar(page, "Bolt AB").drag_to(bar(page, "Crane AB"))
    expect(page.get_by_role("status")).to_contain_text("changed places")
    assert fair.numbers() == {"bolt": [2], "crane": [1]}
    bar(page, "Crane AB").drag_to(on_map(page, 7))
    expect(page.get_by_role("status")).to_contain_text("Crane AB moved to booth 7")
    axe(page)


def test_what_is_chosen_on_the_map_of_a_full_hall_is_seen_in_the_schedule_beside_it(fair: Fair, visit: Visit):
    with fair.site.app_context():
        actions.make(db.session.scalars(db.select(fairs.Fair)).one(), "Hall A", 4, 10)
        db.session.commit()
    page = visit(DESKTOP)
    fair.let_in(page, "ada")
    page.goto(f"{fair.url}/organise/bazaar/booths")
    on_map(page, 44).click()
    chosen = (
        page.get_by_role("region", name="Booths and times")
        .get_by_role("row")
        .filter(has_text=re.compile("^44"))
    )
    expect(chosen).to_be_in_viewport()
    expect(on_map(page, 44)).to_be_in_viewport()


def test_an_organiser_proposes_the_whole_plan(fair: Fair, visit: Visit, axe: Callable[[Page], None]):
    page = visit(DESKTOP)
    fair.let_in(page, "ada")
    page.goto(f"{fair.url}/organise/bazaar/booths")
    page.get_by_role("link", name="Propose the whole plan").click()
    expect(page.get_by_role("row", name=re.compile("Delta AB"))).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Give 1 booth").click()
    expect(page.get_by_role("status")).to_contain_text("1 exhibitor got a booth")
    expect(page.get_by_text("Everybody has a booth this day.")).to_be_visible()


def test_booths_are_placed_by_mouse_and_by_arrow_keys(fair: Fair, visit: Visit, axe: Callable[[Page], None]):
    page = visit(DESKTOP)
    fair.let_in(page, "ada")
    page.goto(f"{fair.url}/organise/bazaar/booths/plan")
    axe(page)
    booth = on_map(page, 8).locator("rect")
    box = booth.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + 5 + box["height"] * 2, steps=5)
    page.mouse.up()
    expect(page.locator("#chosen")).to_contain_text("Booth 8")
    expect(page.locator("#chosen")).not_to_contain_text("Row 5,")
    on_map(page, 5).focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#chosen")).to_contain_text("Booth 5")
    expect(page.locator("#chosen")).to_contain_text("Row 4,")
    axe(page)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_exhibitor_holds_a_booth_and_takes_it(
    fair: Fair, visit: Visit, axe: Callable[[Page], None], screen
):
    page, other = visit(screen), visit(screen)
    fair.let_in(page, "delta")
    fair.let_in(other, "bolt")
    page.goto(f"{fair.url}/exhibit/bazaar/{fair.ids['delta']}/booth")
    axe(page)
    on_map(page, 6).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Hold booth 6").click()
    expect(page.get_by_text(re.compile("Booth 6 is held until"))).to_be_visible()
    axe(page)
    other.goto(f"{fair.url}/exhibit/bazaar/{fair.ids['bolt']}/booth")
    expect(on_map(other, 6)).to_have_class(re.compile("held"))
    page.get_by_role("button", name="More time").click()
    page.get_by_role("button", name="Take booth 6").click()
    expect(page.get_by_role("status")).to_contain_text("Booth 6 is yours")
    page.get_by_role("button", name=re.compile("Give it back")).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Booth 6 is yours again")
    assert fair.numbers()["delta"] == [6]


def test_a_visitor_finds_an_employer_without_script(fair: Fair, visit: Visit):
    page = visit(PHONE, java_script_enabled=False)
    page.goto(f"{fair.url}/f/bazaar/employers")
    page.get_by_text("More choices").click()
    page.get_by_label("Name or job").fill("crane")
    page.get_by_role("button", name="Show employers").click()
    expect(page.get_by_role("heading", name="1 of 3 employers")).to_be_visible()
    page.get_by_role("link", name=re.compile("On the map")).click()
    expect(page.locator("#map-2")).to_have_attribute("aria-current", "true")
    page.get_by_label("Find an employer").fill("bolt")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status")).to_contain_text("Booth 1: Bolt AB")


@pytest.mark.parametrize("path", ["employers", "employers?choose=place", "map", "map?booth=2"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_public_pages_are_open_to_all(
    fair: Fair, visit: Visit, axe: Callable[[Page], None], screen, path
):
    page = visit(screen)
    page.goto(f"{fair.url}/f/bazaar/{path}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["viewport"]["width"]
