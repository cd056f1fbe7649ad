"""Booking on a phone and offering times at a desk, in a real browser, without a fault that axe can find."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.people.models import Person
from tests import make
from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive
from tests.live import Live
from tests.races.test_last_booth import cookie_of


@dataclass
class Stage:
    live: Live
    bolt: str  # Bolt AB's id
    dora: str  # Dora's cookie
    bo: str

    def enter(self, page: Page, cookie: str | None) -> Page:
        for name, value in (("lang", "en"), ("bazaar", cookie)):
            if value:
                page.context.add_cookies([{"name": name, "value": value, "url": self.live.url}])
        return page


@pytest.fixture
def stage(live_server: StartLive) -> Iterator[Stage]:
    live = live_server()
    site: Flask = create_app(
        Settings.from_environment({"DATABASE_URL": live.database_url, "SECRET_KEY": "s" * 40})
    )
    with site.app_context():
        db.create_all()
        fair = make.fair(days=1)
        bolt = make.exhibitor(fair, open_slots=True, presentation="We care for people.")
        make.vacancy(bolt)
        make.booth(bolt, 14)
        for minute in (0, 30):
            make.slot(bolt, make.at(fair, 10, minute))
        dora = make.jobseeker(fair, about="I like people.")
        cookies = cookie_of(db.session.get_one(Person, dora.person_id)), cookie_of(make.representative(bolt))
        ready = Stage(live, str(bolt.id), *cookies)
        db.session.commit()
    yield ready
    with site.app_context():
        db.engine.dispose()


def test_a_jobseeker_books_and_cancels_on_a_phone(stage: Stage, visit: Visit, axe: Callable[[Page], None]):
    page = stage.enter(visit(PHONE), stage.dora)
    page.goto(f"{stage.live.url}/f/spring/employers/{stage.bolt}")
    axe(page)
    expect(page.get_by_role("button", name="Book 10:00")).to_be_visible()
    page.get_by_label("10:30").check()
    page.get_by_role("button", name="Book 10:30").click()
    expect(page.get_by_text("Booked: Bolt AB")).to_be_visible()
    axe(page)
    page.get_by_role("link", name=re.compile("10:30 Bolt AB")).click()
    axe(page)
    page.get_by_role("link", name="I cannot come").click()
    axe(page)
    page.get_by_role("button", name="Cancel the meeting").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("stands again")).to_be_visible()
    for address in (
        "sharing",
        f"share/{stage.bolt}",
        "calendar",
        f"employers/{stage.bolt}/ask",
        f"employers/{stage.bolt}/book",
    ):
        page.goto(f"{stage.live.url}/me/spring/{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_works_without_script(stage: Stage, visit: Visit):
    page = stage.enter(visit(PHONE, java_script_enabled=False), stage.dora)
    page.goto(f"{stage.live.url}/f/spring/employers/{stage.bolt}")
    page.get_by_label("10:30").check()
    page.get_by_role("button", name="Book the chosen time").click()
    expect(page.get_by_text("Booked: Bolt AB")).to_be_visible()


def test_whoever_is_nobody_yet_is_shown_the_way(stage: Stage, visit: Visit, axe: Callable[[Page], None]):
    page = stage.enter(visit(PHONE), None)
    page.goto(f"{stage.live.url}/f/spring/employers/{stage.bolt}")
    page.get_by_role("button", name="Book 10:00").click()
    expect(page.get_by_role("link", name="Register", exact=True)).to_be_visible()
    axe(page)


def test_an_exhibitor_offers_a_day_and_sees_the_plan(stage: Stage, visit: Visit, axe: Callable[[Page], None]):
    page = stage.enter(visit(DESKTOP), stage.bo)
    page.goto(f"{stage.live.url}/exhibit/spring/{stage.bolt}/times")
    axe(page)
    page.get_by_label("From", exact=True).fill("13:00")
    page.get_by_label("Until", exact=True).fill("14:00")
    page.get_by_role("button", name="Offer these times").click()
    expect(page.get_by_text("4 times offered.")).to_be_visible()
    page.get_by_label("All of the day").check()
    page.get_by_role("button", name="Keep for requests").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("cell", name="Kept for requests")).to_have_count(6)
    page.get_by_role("link", name="Meetings").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("6 free times")
    axe(page)
    page.goto(f"{stage.live.url}/exhibit/spring/{stage.bolt}/calendar")
    axe(page)
