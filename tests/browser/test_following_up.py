"""A recruiter answers the people met from the keyboard alone, and axe looks at the list meanwhile."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from bazaar import clock
from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.db import db
from bazaar.followups.models import Promise
from tests import make
from tests.chromium import DESKTOP, PHONE, Visit
from tests.conftest import StartLive
from tests.followups.cast import past_fair, remark, share
from tests.live import Live
from tests.races.test_last_booth import cookie_of


@dataclass
class Booth:
    """Bolt AB the day after the fair: Amina's answer is late, Elias's is due today, Zara's in three days."""

    live: Live
    address: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def enter(self, page: Page) -> Page:
        page.context.add_cookies(
            [{"name": name, "value": value, "url": self.live.url} for name, value in self.cookies.items()]
        )
        page.goto(self.address)
        return page


@pytest.fixture
def booth(live_server: StartLive) -> Iterator[Booth]:
    live = live_server()
    site: Flask = create_app(
        Settings.from_environment({"DATABASE_URL": live.database_url, "SECRET_KEY": "s" * 40})
    )
    with site.app_context():
        db.create_all()
        fair = past_fair()
        bolt = make.exhibitor(fair)
        bo = make.representative(bolt)
        today = clock.now().date()
        for name, days, note in (("Amina", -2, "Calm."), ("Elias", 0, "Has a licence."), ("Zara", 3, "")):
            met = make.jobseeker(fair, name)
            share(bolt, met)
            remark(bolt, met, bo, note, next_step="call")
            make.add(
                Promise(
                    fair_id=fair.id, exhibitor_id=bolt.id, registration_id=met.id, by=bo.id,
                    answer_by=today + timedelta(days=days),
                )
            )  # fmt: skip
        made = Booth(live, f"{live.url}/exhibit/spring/{bolt.id}/followup")
        made.cookies = {"bazaar": cookie_of(bo), "lang": "en"}
        db.session.commit()
    yield made
    with site.app_context():
        db.engine.dispose()


def expect_beside(page: Page, name: str) -> None:
    expect(page.locator("#person-name")).to_have_text(name)
    expect(page.locator(".people tr.chosen th")).to_have_text(name)


def press(page: Page, *keys: str) -> None:
    page.wait_for_load_state()  # the keys work once the page's script does
    for key in keys:
        page.keyboard.press(key)


def test_j_and_k_show_the_next_and_the_previous_person(
    booth: Booth, visit: Visit, axe: Callable[[Page], None]
):
    page = booth.enter(visit(DESKTOP))
    expect_beside(page, "Amina")
    axe(page)
    press(page, "j")
    expect(page.get_by_role("link", name="Elias", exact=True)).to_be_focused()
    expect_beside(page, "Elias")
    axe(page)
    press(page, "k")
    expect_beside(page, "Amina")


def test_one_key_answers_and_another_takes_the_answer_back(
    booth: Booth, visit: Visit, axe: Callable[[Page], None]
):
    page = booth.enter(visit(DESKTOP))
    heading = page.get_by_role("heading", level=1)
    for number, words in (
        (1, "Yes, second interview"),
        (2, "Yes, job offer"),
        (3, "Not now"),
        (4, "No, kindly"),
    ):
        expect_beside(page, "Amina")
        press(page, str(number))
        expect(page.get_by_role("status")).to_contain_text("Amina")
        expect(heading).to_contain_text("You answered 1.")
        expect_beside(page, "Elias")
        expect(page.get_by_role("row", name="Amina")).to_contain_text(words)
        if number == 1:
            axe(page)
        press(page, "z")
        expect(heading).to_contain_text("You answered 0.")
        page.goto(booth.address)


def test_a_note_is_written_without_the_mouse(booth: Booth, visit: Visit, axe: Callable[[Page], None]):
    page = booth.enter(visit(DESKTOP))
    press(page, "n")
    note = page.get_by_label("Note", exact=True)
    expect(note).to_be_focused()
    axe(page)
    press(page, "End")
    page.keyboard.type(" 1 job, just for 4 nights.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You answered 0.")
    press(page, "Tab", "ArrowRight")
    expect(page.get_by_label("1 star")).to_be_checked()
    keep = page.get_by_role("button", name="Keep the note")
    for _part_of_the_form in range(10):
        if keep.evaluate("it => it === document.activeElement"):
            break
        press(page, "Tab")
    press(page, "Enter")
    expect(page.get_by_role("blockquote").first).to_contain_text("Calm. 1 job, just for 4 nights.")


def test_several_are_marked_and_answered_with_one_key(
    booth: Booth, visit: Visit, axe: Callable[[Page], None]
):
    page = booth.enter(visit(DESKTOP))
    press(page, "x", "j")
    expect_beside(page, "Elias")
    press(page, "x")
    expect(page.get_by_text("Answer all who are marked:")).to_be_visible()
    axe(page)
    press(page, "3")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You answered 2.")
    press(page, "z")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You answered 0.")


def test_a_slash_searches_and_a_question_mark_lists_the_keys(
    booth: Booth, visit: Visit, axe: Callable[[Page], None]
):
    page = booth.enter(visit(DESKTOP))
    press(page, "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    axe(page)
    press(page, "2")
    expect(keys).to_be_visible()
    press(page, "Escape")
    expect(keys).to_be_hidden()
    press(page, "/")
    expect(page.get_by_role("searchbox", name="Search by name")).to_be_focused()
    page.keyboard.type("zar")
    press(page, "Enter")
    expect(page.locator(".people tbody tr")).to_have_count(1)
    expect_beside(page, "Zara")
    axe(page)


def test_a_phone_has_the_list_without_a_scroll_sideways(
    booth: Booth, visit: Visit, axe: Callable[[Page], None]
):
    page = booth.enter(visit(PHONE))
    expect(page.get_by_role("navigation", name="Main menu").get_by_text("Follow-up")).to_be_in_viewport()
    axe(page)
    page.get_by_role("link", name="Elias").click()
    expect(page).to_have_url(re.compile("person="))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
