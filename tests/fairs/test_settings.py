"""What an organiser sets: a new fair, its name, place and look, and every rule."""

import io
from datetime import date, time

import pytest
from PIL import Image
from sqlalchemy import select

from bazaar.db import db
from bazaar.fairs import rules
from bazaar.fairs.models import Fair, FairDay
from bazaar.fairs.queries import days_of, phases_of
from bazaar.journal.models import Entry
from tests import make

NEW = {
    "name": "Vårmässan 2027", "slug": "var-2027", "first_day": "2027-04-21", "days": "2", "opens": "10:00",
    "closes": "16:00", "zone": "Europe/Stockholm", "venue": "Kajhallarna", "city": "Stockholm",
}  # fmt: skip
LOOK = {
    "name": "Rekryteringsbazaren", "tagline": "Möt din nya arbetsgivare", "venue": "Kajhallarna",
    "address": "Kajen 1", "city": "Stockholm", "languages": ["sv", "ar", "ti"], "hue": "sea", "own_colour": "",
}  # fmt: skip
RULES = {
    "slot_minutes": "20", "gap_minutes": "0", "walk_minutes": "7", "booking_opens_days": "21",
    "booking_closes_minutes": "30", "request_hours": "48", "request_minutes_on_day": "45", "max_pending": "3",
    "max_meetings": "8", "start_window_minutes": "10", "call_minutes": "4", "max_queues": "2", "remind_day_hours": "36", "remind_hour_minutes": "90", "max_exhibitors": "84", "results_visible_from": "2027-03-01T08:00",
    "max_booths": "2", "hold_minutes": "12", "sector_rule": "spread", "max_of_sector": "9", "door_capacity": "900",
    "repeat_minutes": "4", "answer_days": "10", "sms_daily_limit": "200", "sms_countries": "se, no FI",
}  # fmt: skip


def fair_called(slug: str) -> Fair:
    return db.session.scalars(select(Fair).where(Fair.slug == slug)).one()


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#7FB7C9").save(out, kind)
    return out.getvalue()


# --- A new fair ---


def test_a_new_fair_is_hidden_owned_by_its_maker_and_has_days_and_phases(browser, ada):
    answer = browser.post("/organise/new", data=NEW)
    assert answer.status_code == 303
    assert answer.location == "/organise/var-2027/settings"
    made = fair_called("var-2027")
    assert (made.name, made.venue, made.published) == ("Vårmässan 2027", "Kajhallarna", False)
    assert [(d.date, d.opens, d.closes) for d in days_of(made.id)] == [
        (date(2027, 4, 21), time(10), time(16)),
        (date(2027, 4, 22), time(10), time(16)),
    ]
    assert {phase.kind for phase in phases_of(made.id)} == set(rules.PHASES)
    assert browser.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("slug", "Vår 2027"), ("slug", "new"), ("slug", "spring"), ("first_day", "31/4"),
        ("first_day", ""), ("days", "0"), ("days", "15"), ("days", "two"), ("opens", "25:00"), ("closes", "09:00"),
        ("zone", "Mars/Olympus"), ("name", "Anna 850412-1230"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_beside_the_field_and_nothing_typed_is_lost(browser, field, typed):
    answer = browser.post("/organise/new", data={**NEW, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert f'value="{typed}"' in answer.text or not typed
    assert 'value="Kajhallarna"' in answer.text
    assert len(db.session.scalars(select(Fair)).all()) == 1


def test_making_fairs_is_for_those_who_were_given_it(client, fair):
    make.sign_in(client, make.staff(fair))
    assert client.get("/organise/new").status_code == 404
    assert client.post("/organise/new", data=NEW).status_code == 404


# --- Name, place, look ---


def test_every_setting_can_be_changed(browser, fair):
    answer = browser.post("/organise/spring/settings", data=LOOK)
    assert answer.status_code == 303
    told = {
        name: getattr(fair, name) for name in ("name", "tagline", "venue", "address", "city", "languages")
    }
    assert told == {name: LOOK[name] for name in told}
    assert fair.accent == "7fb7c9"
    page = browser.get("/organise/spring/settings").text
    assert 'value="Kajen 1"' in page
    assert 'value="sea" checked' in page


def test_the_journal_names_what_was_changed_but_not_the_words(browser, fair, ada):
    browser.post("/organise/spring/settings", data=LOOK)
    entry = db.session.scalars(select(Entry).where(Entry.thing == "fair", Entry.verb == "changed")).one()
    assert (entry.actor, entry.fair_id) == (ada.id, fair.id)
    assert "tagline" in entry.facts["changed"]
    assert "arbetsgivare" not in str(entry.facts)


@pytest.mark.parametrize(("typed", "kept"), [("#7FB7C9", "7fb7c9"), ("7fb7c9", "7fb7c9")])
def test_a_fair_may_have_a_hue_of_its_own(browser, fair, typed, kept):
    browser.post("/organise/spring/settings", data={**LOOK, "hue": "own", "own_colour": typed})
    assert fair.accent == kept


def test_a_dark_hue_is_lightened_until_dark_words_stand_out(browser, fair):
    browser.post("/organise/spring/settings", data={**LOOK, "hue": "own", "own_colour": "#0B6A3C"})
    assert fair.accent != "0b6a3c"
    assert rules.contrast(fair.accent, rules.INK) >= 6
    assert f"/accent/{fair.accent}.css" in browser.get("/organise/spring/settings").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", " "),
        ("own_colour", "reddish"),
        ("languages", []),
        ("tagline", "x" * 301),
        ("venue", "19850412-1230"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_kept_in_the_form(browser, fair, field, typed):
    data = {**LOOK, "hue": "own", "own_colour": "#7FB7C9", field: typed}
    answer = browser.post("/organise/spring/settings", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert 'value="Kajen 1"' in answer.text
    assert fair.tagline == ""


# --- Logo ---


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_again_and_served_as_a_bounded_png(browser, fair, kind):
    data = {**LOOK, "logo": (io.BytesIO(picture(kind) + b"<script>"), "logo.png")}
    assert browser.post("/organise/spring/settings", data=data).status_code == 303
    answer = browser.get("/f/spring/logo.png")
    assert answer.content_type == "image/png"
    assert b"<script>" not in answer.data
    with Image.open(io.BytesIO(answer.data)) as served:
        assert (served.format, served.width) == ("PNG", 640)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\nnonsense", picture()[:200]])
def test_what_is_no_picture_is_no_logo(browser, fair, data):
    answer = browser.post("/organise/spring/settings", data={**LOOK, "logo": (io.BytesIO(data), "logo.png")})
    assert answer.status_code == 422
    assert not fair.has_logo


def test_a_picture_too_large_to_open_safely_is_no_logo(browser, fair):
    flat = picture(size=(6000, 6000))
    answer = browser.post("/organise/spring/settings", data={**LOOK, "logo": (io.BytesIO(flat), "logo.png")})
    assert answer.status_code == 422


def test_a_logo_is_kept_by_other_changes_and_taken_away_when_asked(browser, fair):
    browser.post("/organise/spring/settings", data={**LOOK, "logo": (io.BytesIO(picture()), "logo.png")})
    browser.post("/organise/spring/settings", data=LOOK)
    assert fair.has_logo
    browser.post("/organise/spring/settings", data={**LOOK, "without_logo": "y"})
    assert not fair.has_logo
    assert browser.get("/f/spring/logo.png").status_code == 404


# --- Rules ---


def test_every_rule_can_be_changed_through_the_page(browser, fair):
    before = {name: getattr(fair, name) for name in rules.LIMITS if name != "keep_days"}
    assert browser.post("/organise/spring/rules", data=RULES).status_code == 303
    for name, was in before.items():
        assert getattr(fair, name) == int(RULES[name]), name
        assert getattr(fair, name) != was, name
    assert (fair.sector_rule, fair.sms_countries) == ("spread", ["SE", "NO", "FI"])
    assert fair.results_visible_from.isoformat() == "2027-03-01T07:00:00+00:00"
    page = browser.get("/organise/spring/rules").text
    assert 'value="2027-03-01T08:00"' in page
    assert 'value="SE, NO, FI"' in page


def test_every_rule_is_a_column_with_a_field(browser):
    page = browser.get("/organise/spring/rules").text
    for name in [*RULES, *(limit for limit in rules.LIMITS if limit != "keep_days")]:
        assert f'name="{name}"' in page, name


@pytest.mark.parametrize("name", [name for name in rules.LIMITS if name != "keep_days"])
@pytest.mark.parametrize("side", ["least", "most"])
def test_a_rule_beyond_its_limit_is_refused(browser, fair, name, side):
    limits = rules.LIMITS[name]
    beyond = limits.least - 1 if side == "least" else limits.most + 1
    answer = browser.post("/organise/spring/rules", data={**RULES, name: str(beyond)})
    assert answer.status_code == 422
    assert f'id="{name}-wrong"' in answer.text
    assert f'value="{beyond}"' in answer.text
    assert fair.walk_minutes == 5


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("slot_minutes", ""), ("slot_minutes", "15.5"), ("gap_minutes", "ten"), ("sms_countries", "SE XX"),
        ("sms_countries", ""), ("sector_rule", "random"), ("results_visible_from", "soon"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_is_refused(browser, fair, name, typed):
    answer = browser.post("/organise/spring/rules", data={**RULES, name: typed})
    assert answer.status_code == 422
    assert f'id="{name}-wrong"' in answer.text
    assert fair.walk_minutes == 5


@pytest.mark.parametrize("name", ["max_exhibitors", "max_of_sector", "door_capacity", "results_visible_from"])
def test_what_may_be_without_limit_may_be_left_empty(browser, fair, name):
    browser.post("/organise/spring/rules", data=RULES)
    assert browser.post("/organise/spring/rules", data={**RULES, name: ""}).status_code == 303
    assert getattr(fair, name) is None


def test_a_change_of_a_number_stands_in_the_journal_with_both_values(browser):
    browser.post("/organise/spring/rules", data=RULES)
    entry = db.session.scalars(select(Entry).where(Entry.verb == "changed")).one()
    assert entry.facts["changed"]["slot_minutes"] == [15, 20]


def test_saving_what_is_the_same_changes_nothing(browser):
    browser.post("/organise/spring/rules", data=RULES)
    browser.post("/organise/spring/rules", data=RULES)
    assert "Nothing was different." in browser.get("/organise/spring/rules?lang=en").text
    assert len(db.session.scalars(select(Entry)).all()) == 1


# --- Publish ---


def test_a_fair_is_published_and_hidden(browser, client, fair):
    fair.published = False
    assert client.get("/f/spring/privacy").status_code == 200, "its organisers see it before"
    make.sign_out(client)
    assert client.get("/f/spring/privacy").status_code == 404
    make.sign_in(client, make.organiser(fair, "Berit"))
    assert client.post("/organise/spring/publish").status_code == 303
    make.sign_out(client)
    assert client.get("/f/spring/privacy").status_code == 200
    make.sign_in(client, make.organiser(fair, "Cecilia"))
    assert client.post("/organise/spring/hide").status_code == 303
    make.sign_out(client)
    assert client.get("/f/spring/privacy").status_code == 404


def test_hours_are_kept_as_the_fairs_clock_shows_them(browser):
    browser.post("/organise/new", data={**NEW, "zone": "Europe/Helsinki"})
    made = fair_called("var-2027")
    day = db.session.scalars(select(FairDay).where(FairDay.fair_id == made.id)).first()
    assert day.opens == time(10)
    opening = next(phase.opens_at for phase in phases_of(made.id) if phase.kind == "fair")
    assert opening.isoformat() == "2027-04-21T07:00:00+00:00"


@pytest.mark.parametrize("first_day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_year_at_the_ends_of_the_calendar_is_refused_in_words(client, first_day):
    make.sign_in(client, make.person("Ada", may_organise=True))
    answer = client.post("/organise/new", data={**NEW, "first_day": first_day})
    assert answer.status_code == 422
    assert "Write a year from 2000 to 2999." in answer.text
    assert f'value="{first_day}"' in answer.text
