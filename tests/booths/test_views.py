"""The floor's pages: what they show, what they refuse, and what stays as typed."""

import re
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.booths import actions, queries
from bazaar.booths.models import BoothBooking
from bazaar.db import db
from bazaar.employers.queries import exhibitor_at
from bazaar.fairs.models import Phase
from tests import make


@pytest.fixture
def fair():
    return make.fair()


@pytest.fixture
def booths(fair):
    return actions.make(fair, "Hall A", 2, 3)


@pytest.fixture
def bolt(fair):
    return exhibitor_at(fair.id, make.exhibitor(fair, "Bolt AB").id)


@pytest.fixture
def crane(fair):
    return exhibitor_at(fair.id, make.exhibitor(fair, "Crane AB").id)


@pytest.fixture
def ada(client, fair):
    ada = make.organiser(fair)
    make.sign_in(client, ada)
    return ada


@pytest.fixture
def bo(client, bolt):
    bo = make.representative(bolt)
    make.sign_in(client, bo)
    return bo


def day_blocks(fair, day=0):
    return [block.id for block in queries.blocks_by_day(fair)[make.days(fair)[day].id]]


def floor(fair, *rest):
    return "/".join(["/organise", fair.slug, "booths", *map(str, rest)])


def page(response, status=200):
    assert response.status_code == status, response.get_data(as_text=True)[-2000:]
    return response.get_data(as_text=True)


# --- Organisers ---


def test_the_floor_shows_map_and_schedule_with_the_same_choice(client, fair, ada, booths, bolt):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair)[:1], ada.id)
    html = page(client.get(f"{floor(fair)}?booth={booths[0].id}"))
    assert "Booth 1: Bolt AB 09:00–13:00, free 13:00–17:00" in html
    assert "chosen-row" in html
    assert "Chosen by the organisers" in html


def test_every_address_on_the_floor_leads_where_it_says(client, fair, ada, booths, bolt):
    """They are written from one beginning: a hall has a thousand booths."""
    actions.assign(fair, bolt.id, booths[1], day_blocks(fair)[:1], ada.id)
    html = page(client.get(floor(fair)))
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*[?&;]booth=[^"]*)"', html)}
    assert len(links) == 6 + 6 + 1  # each booth, its first time, and the free half of the second
    for link in links:
        assert 'aria-current="true"' in page(client.get(link))
    public = page(client.get(f"/f/{fair.slug}/map"))
    for link in set(re.findall(r'href="([^"]*[?&;]booth=[^"]*)"', public)):
        assert "Booth" in page(client.get(link.replace("&amp;", "&")))
    assert f'href="/f/{fair.slug}/employers/{bolt.id}"' in public


def test_an_exhibitor_with_a_booth_is_offered_once_by_its_first(client, fair, ada, booths, bolt):
    morning, afternoon = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[1], [morning], ada.id)
    actions.assign(fair, bolt.id, booths[2], [afternoon], ada.id)
    html = page(client.get(f"{floor(fair)}?booth={booths[0].id}&do=assign"))
    assert html.count("Bolt AB (2)</option>") == 1
    assert "Bolt AB (3)" not in html


def test_the_floor_says_what_those_without_a_booth_wish(client, fair, ada, booths):
    make.exhibitor(fair, "Bolt AB", booths=2, part_of_day="morning", strong_power=True, sockets=3,
                   booth_kind="corner", price_class="Gold")  # fmt: skip
    page = client.get("/organise/spring/booths?lang=en").text
    assert "2 booths, The morning, 3 sockets, 400 V, Corner, price class Gold" in page


def test_the_schedule_says_full_clock_times_and_hides_one_without_room(client, fair, ada, booths):
    day = make.days(fair)[0]
    day.closes = day.closes.replace(17, 5)
    client.post(floor(fair, "times"), data={"kind": "halves", "days": day.date.isoformat()})
    html = page(client.get(floor(fair)))
    assert "<span>09:00</span>" in html
    assert '<span class="unseen">17:00</span>' in html


def test_an_empty_floor_says_what_to_do_first(client, fair, ada):
    assert "Make booths" in page(client.get(floor(fair)))


def test_booths_are_assigned_moved_swapped_shared_and_cleared_by_plain_forms(
    client, fair, ada, booths, bolt, crane
):
    blocks = list(map(str, day_blocks(fair)))
    one = {"booth": booths[0].id, "blocks": blocks}
    page(client.post(floor(fair, "assign"), data=one | {"exhibitor": bolt.id}), 303)
    page(client.post(floor(fair, "move"), data=one | {"exhibitor": bolt.id, "to": booths[1].id}), 303)
    page(client.post(floor(fair, "assign"), data=one | {"exhibitor": crane.id}), 303)
    page(client.post(floor(fair, "swap"), data=one | {"to": booths[1].id}), 303)
    assert queries.booth_numbers(fair.id) == {bolt.id: [1], crane.id: [2]}
    page(client.post(floor(fair, "clear"), data={"booth": booths[1].id, "blocks": blocks}), 303)
    page(
        client.post(
            floor(fair, "share"), data={"booth": booths[0].id, "blocks": blocks[1:], "exhibitor": crane.id}
        ),
        303,
    )
    assert queries.booth_numbers(fair.id) == {bolt.id: [1], crane.id: [1]}


def test_an_act_is_undone_from_the_next_page(client, fair, ada, booths, bolt):
    blocks = day_blocks(fair)
    client.post(floor(fair, "assign"), data={"booth": booths[0].id, "blocks": blocks, "exhibitor": bolt.id})
    html = page(client.get(floor(fair)))
    change = html.split('name="change" value="')[1].split('"')[0]
    page(client.post(floor(fair, "undo"), data={"change": change}), 303)
    assert queries.bookings_of(fair.id) == []


def test_a_taken_booth_is_a_409_in_words(client, fair, ada, booths, bolt, crane):
    actions.assign(fair, bolt.id, booths[0], day_blocks(fair), ada.id)
    form = {"booth": booths[0].id, "blocks": day_blocks(fair), "exhibitor": crane.id}
    assert "Booth 1 is taken by Bolt AB" in page(client.post(floor(fair, "assign"), data=form), 409)


def test_nonsense_in_an_act_is_refused_in_words(client, fair, ada, booths, bolt):
    assert "at least one time" in page(client.post(floor(fair, "assign"), data={"booth": booths[0].id}), 409)
    page(client.post(floor(fair, "assign"), data={"booth": "x", "blocks": "y"}), 404)
    blocks = day_blocks(fair)
    assert "Choose an exhibitor" in page(
        client.post(floor(fair, "assign"), data={"booth": booths[0].id, "blocks": blocks}), 409
    )


def test_a_viewer_sees_the_floor_and_changes_nothing(client, fair, booths):
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    assert "Change the floor" not in page(client.get(floor(fair)))
    page(client.post(floor(fair, "clear"), data={}), 403)
    page(client.get(floor(fair, "plan")), 403)


def test_eve_of_another_fair_sees_nothing(client, fair, booths):
    make.sign_in(client, make.organiser(make.fair("autumn"), "Eve"))
    for rest in ("", "plan", "times", "proposal", booths[0].id):
        page(client.get(floor(fair, rest) if rest else floor(fair)), 404)


def test_the_proposal_is_read_then_taken(client, fair, ada, booths, bolt, crane):
    html = page(client.get(floor(fair, "proposal")))
    seal = html.split('name="seal" value="')[1].split('"')[0]
    page(client.post(floor(fair, "proposal"), data={"seal": "old"}), 409)
    page(client.post(floor(fair, "proposal"), data={"seal": seal}), 303)
    assert set(queries.booth_numbers(fair.id)) == {bolt.id, crane.id}
    assert "Nothing to propose" in page(client.get(floor(fair, "proposal")))


def test_who_gets_none_is_told_why(client, fair, ada, booths, bolt):
    bolt.sockets = 9
    html = page(client.get(floor(fair, "proposal")))
    assert "No booth fits: too few sockets" in html


def test_rows_of_booths_are_made_on_the_page(client, fair, ada):
    page(client.post(floor(fair, "make"), data={"hall": "Hall B", "rows": 2, "columns": 4}), 303)
    assert len(queries.booths_of(fair.id)) == 8
    html = page(client.post(floor(fair, "make"), data={"hall": "Hall C", "rows": "many", "columns": 4}), 422)
    assert 'value="many"' in html


FACTS = {
    "number": 50, "row": 9, "column": 3, "width": 3, "height": 2, "aisle": "down", "kind": "corner", "price_class": "A",
    "sockets": 4, "power": "400V", "step_free": "y",
}  # fmt: skip


def test_a_booth_is_added_changed_and_removed(client, fair, ada, booths):
    hall = str(booths[0].hall_id)
    page(client.post(floor(fair, "new"), data=FACTS | {"hall": hall}), 303)
    added = queries.booth_numbered(fair.id, 50)
    assert (added.row, added.column, added.sockets) == (8, 2, 4)
    page(client.post(floor(fair, added.id), data=FACTS | {"hall": hall, "number": 51}), 303)
    assert "cannot be undone" in page(client.get(floor(fair, added.id, "remove")))
    page(client.post(floor(fair, added.id, "remove")), 303)
    assert queries.booth_numbered(fair.id, 51) is None


def test_a_booth_on_another_keeps_what_was_typed(client, fair, ada, booths):
    wrong = FACTS | {"hall": str(booths[0].hall_id), "row": 1, "column": 4}
    html = page(client.post(floor(fair, "new"), data=wrong), 409)
    assert "Booth 1 stands there" in html
    assert 'value="50"' in html
    assert "Give a number from 0 to 99" in page(
        client.post(floor(fair, "new"), data=wrong | {"sockets": -1}), 422
    )


def test_a_booth_is_dragged(client, fair, ada, booths):
    page(client.post(floor(fair, booths[0].id, "place"), data={"row": 8, "column": 2}), 303)
    page(client.post(floor(fair, booths[0].id, "place"), data={"row": "x", "column": 2}), 409)
    page(client.post(floor(fair, booths[0].id, "place"), data={"row": 4, "column": 2}), 409)


def test_the_days_are_cut_on_the_page(client, fair, ada, booths):
    days = [day.date.isoformat() for day in make.days(fair)]
    page(client.post(floor(fair, "times"), data={"kind": "hours", "days": days}), 303)
    assert len(day_blocks(fair)) == 8
    page(
        client.post(floor(fair, "times"), data={"kind": "own", "times": "11:00 13.30", "days": days[:1]}), 303
    )
    assert len(day_blocks(fair)) == 3
    html = page(
        client.post(floor(fair, "times"), data={"kind": "own", "times": "half past", "days": days}), 422
    )
    assert "half past" in html
    html = page(client.post(floor(fair, "times"), data={"kind": "own", "times": "20:00", "days": days}), 409)
    assert "open 09:00–17:00" in html


def test_a_cut_that_would_lose_a_booking_changes_nothing(client, fair, ada, booths, bolt, crane):
    morning, afternoon = day_blocks(fair)
    actions.assign(fair, bolt.id, booths[0], [morning], ada.id)
    actions.assign(fair, crane.id, booths[0], [afternoon], ada.id)
    days = [day.date.isoformat() for day in make.days(fair)]
    html = page(client.post(floor(fair, "times"), data={"kind": "whole", "days": days}), 409)
    assert "booth 1: Bolt AB 09:00–13:00, Crane AB 13:00–17:00" in html
    assert len(queries.bookings_of(fair.id)) == 2


# --- Exhibitors ---


def own(fair, bolt, act=""):
    return f"/exhibit/{fair.slug}/{bolt.id}/booth" + (f"/{act}" if act else "")


def test_a_booth_is_chosen_on_the_map_held_and_confirmed(client, fair, booths, bolt, bo):
    html = page(client.get(f"{own(fair, bolt)}?booth={booths[1].id}"))
    assert "Hold booth 2" in html
    blocks = day_blocks(fair)
    page(client.post(own(fair, bolt, "hold"), data={"booth": booths[1].id, "blocks": blocks}), 303)
    html = page(client.get(own(fair, bolt)))
    assert "Take booth 2" in html
    assert "More time" in html
    page(client.post(own(fair, bolt, "more-time")), 303)
    page(client.post(own(fair, bolt, "confirm")), 303)
    assert "You stand here" in page(client.get(own(fair, bolt)))
    page(
        client.post(
            own(fair, bolt, "withdraw"), data={"booth": booths[1].id, "blocks": " ".join(map(str, blocks))}
        ),
        303,
    )
    assert queries.stands_of(bolt.id) == []
    page(client.post(own(fair, bolt, "take-back"), data={"booth": booths[1].id, "blocks": blocks}), 303)
    assert len(queries.stands_of(bolt.id)) == 2


def test_a_booth_that_is_just_taken_is_a_409_in_words(client, fair, booths, bolt, crane, bo):
    actions.assign(fair, crane.id, booths[1], day_blocks(fair), None)
    response = client.post(own(fair, bolt, "hold"), data={"booth": booths[1].id, "blocks": day_blocks(fair)})
    assert "Booth 2 is taken by Crane AB" in page(response, 409)


def test_a_booth_that_does_not_fit_is_marked_with_why(client, fair, booths, bolt, bo):
    bolt.sockets, bolt.least_width = 4, 5
    html = page(client.get(f"{own(fair, bolt)}?booth={booths[1].id}"))
    assert "Does not fit you: too few sockets, too narrow" in html


def test_a_recruiter_sees_the_map_and_does_not_choose(client, fair, booths, bolt):
    make.sign_in(client, make.representative(bolt, "Ria", "recruiter"))
    assert "Hold booth" not in page(client.get(f"{own(fair, bolt)}?booth={booths[1].id}"))
    page(client.post(own(fair, bolt, "hold"), data={"booth": booths[1].id, "blocks": day_blocks(fair)}), 403)


def test_after_the_choice_the_page_says_that_it_is_over(client, fair, booths, bolt, bo):
    phase = db.session.scalars(db.select(Phase).where(Phase.kind == "booths")).one()
    phase.closes_at = clock.now() - timedelta(days=1)
    db.session.commit()
    assert "could be chosen until" in page(client.get(own(fair, bolt)))


def test_a_hold_ends_by_itself(client, fair, booths, bolt, crane, bo, monkeypatch):
    client.post(own(fair, bolt, "hold"), data={"booth": booths[1].id, "blocks": day_blocks(fair)})
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Take booth 2" not in page(client.get(own(fair, bolt)))
    assert db.session.scalars(db.select(BoothBooking)).all() != [], "it is void, not gone"


# --- Everybody ---


def test_the_list_shows_facts_before_slogans(client, fair, booths, bolt, crane):
    make.vacancy(bolt, "Care assistant", openings=12)
    actions.assign(fair, bolt.id, booths[2], day_blocks(fair), None)
    html = page(client.get(f"/f/{fair.slug}/employers?lang=en"))
    assert "12 jobs · 27,400–31,200 kr" in html
    assert "SFI C is enough" in html
    assert "Interviews today" in html
    assert f"/f/{fair.slug}/map?booth=3" in html
    assert "2 employers" in html


def test_the_list_is_filtered_by_work_place_swedish_day_and_name(client, fair, bolt, crane):
    make.vacancy(bolt, swedish="sfi_c")
    make.vacancy(crane, "Welder", swedish="fluent", interviews_today=False).place = "Kista"
    for query, names in {
        "field=health": {"Bolt AB", "Crane AB"},
        "field=transport": set(),
        "place=Kista": {"Crane AB"},
        "swedish=sfi_d": {"Bolt AB"},
        "interviews=1": {"Bolt AB"},
        "place=Kista&swedish=sfi_c": set(),
        "q=CRÅNE": {"Crane AB"},
        "q=welder": {"Crane AB"},
        "q=%25": set(),
        "day=" + make.days(fair)[1].date.isoformat(): {"Bolt AB", "Crane AB"},
        "day=tomorrow&swedish=lots&after=x": {"Bolt AB", "Crane AB"},
    }.items():
        html = page(client.get(f"/f/{fair.slug}/employers?{query}"))
        assert {name for name in ("Bolt AB", "Crane AB") if name in html} == names, query


def test_only_approved_exhibitors_are_shown_and_only_when_answers_are(client, fair, bolt):
    make.exhibitor(fair, "Waiting AB", status="waitlisted")
    assert "Waiting AB" not in page(client.get(f"/f/{fair.slug}/employers"))
    fair.results_visible_from = clock.now() + timedelta(days=3)
    assert "Bolt AB" not in page(client.get(f"/f/{fair.slug}/employers"))
    assert "Bolt AB" not in page(client.get(f"/f/{fair.slug}/map"))


def test_a_long_list_is_read_page_by_page_forth_and_back(client, fair):
    for n in range(70):
        make.exhibitor(fair, f"Employer {n:02}")
    seen, address = [], f"/f/{fair.slug}/employers?lang=en"
    while address:
        html = page(client.get(address))
        seen += [word for n in range(70) if (word := f"Employer {n:02}") in html]
        address = (
            html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
            if 'rel="next"' in html
            else None
        )
    assert seen == [f"Employer {n:02}" for n in range(70)]
    back = html.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    html = page(client.get(back))
    assert [n for n in range(70) if f"Employer {n:02}" in html] == list(range(30, 60))


def test_the_map_finds_an_employer_and_lights_its_booth(client, fair, booths, bolt):
    actions.assign(fair, bolt.id, booths[3], day_blocks(fair), None)
    html = page(client.get(f"/f/{fair.slug}/map?q=bolt&lang=en"))
    assert "Booth 4" in html
    assert 'id="map-4"' in html
    assert html.count('aria-current="true"') == 1
    assert "Nobody of that name" in page(client.get(f"/f/{fair.slug}/map?q=nobody&lang=en"))
    page(client.get(f"/f/{fair.slug}/map?booth=999999999999"))


def test_an_unpublished_fair_has_no_public_floor(client):
    hidden = make.fair("hidden", published=False)
    for path in ("employers", "map"):
        page(client.get(f"/f/{hidden.slug}/{path}"), 404)


def test_the_list_asks_the_database_as_often_for_sixty_as_for_two(client, fair, bolt):
    from sqlalchemy import event

    counted = []

    def count(*_args):
        counted.append(1)

    def asked():
        counted.clear()
        page(client.get(f"/f/{fair.slug}/employers"))
        return len(counted)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        few = asked()
        for n in range(60):
            make.vacancy(make.exhibitor(fair, f"Employer {n}"))
        assert asked() <= few
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert few <= 16


def test_names_are_escaped(client, fair, booths):
    nasty = make.exhibitor(fair, "<script>alert(1)</script> AB")
    actions.assign(fair, nasty.id, booths[0], day_blocks(fair), None)
    for path in ("employers", "map"):
        assert "<script>alert" not in page(client.get(f"/f/{fair.slug}/{path}"))
