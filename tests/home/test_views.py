"""Start pages: what is next and what is missing, for each role."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bazaar import clock
from bazaar.checkin.models import Device, Scan
from bazaar.db import db, new_id
from bazaar.home.queries.day import day_counts
from bazaar.meetings.models import Meeting, Slot
from bazaar.people.models import Person
from bazaar.programme.models import Seat, Talk
from tests import make


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.text.split())


def test_the_first_page_lists_coming_fairs_before_past_ones(client: FlaskClient) -> None:
    make.fair("old", first_day=clock.now().date() - timedelta(days=40))
    make.fair("new")
    make.fair("hidden", published=False)
    words = page(client, "/")
    assert words.index("Fair new") < words.index("Past fairs") < words.index("Fair old")
    assert "Fair hidden" not in words


def test_the_public_page_says_when_where_who_and_how_many_jobs(client: FlaskClient) -> None:
    fair = make.fair()
    make.vacancy(make.exhibitor(fair), openings=12)
    make.exhibitor(fair, "Crane AB", status="applied")
    words = page(client, "/f/spring/")
    for said in ("Kajhallarna, Stockholm", "Meet 1 employer.", "12 jobs are open.", "Bolt AB", "09:00–17:00"):
        assert said in words
    assert "Crane AB" not in words


def test_an_unpublished_fair_is_not_there(client: FlaskClient) -> None:
    make.fair(published=False)
    assert client.get("/f/spring/").status_code == 404


def test_who_has_one_part_goes_straight_to_it(client: FlaskClient) -> None:
    dora = make.jobseeker(make.fair())
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    assert client.get("/me/").location == "/me/spring/"


def test_who_has_several_parts_chooses(client: FlaskClient) -> None:
    fair = make.fair()
    ada = make.organiser(fair)
    make.sign_in(client, ada)
    assert "Make a new fair" in page(client, "/me/")


def test_a_jobseekers_page_shows_the_code_and_what_is_next(client: FlaskClient) -> None:
    fair = make.fair(first_day=clock.now().date())
    dora, bolt = make.jobseeker(fair), make.exhibitor(fair)
    soon = clock.now() + timedelta(minutes=12)
    slot = make.add(
        Slot(
            fair_id=fair.id,
            exhibitor_id=bolt.id,
            table=1,
            starts_at=soon,
            ends_at=soon + timedelta(minutes=15),
        )
    )
    make.add(
        Meeting(
            fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, slot_id=slot.id, came_by="open_slot",
            status="booked", starts_at=slot.starts_at, ends_at=slot.ends_at,
        )
    )  # fmt: skip
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    words = page(client, "/me/spring/")
    code = make.badge_code(dora)
    assert f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" in words
    assert "Your next meeting begins" in words
    assert "in 12 minutes" in words or "in 11 minutes" in words
    meeting = db.session.scalars(select(Meeting)).one()
    assert f'href="/me/spring/meetings/{meeting.id}"' in words
    assert f'href="/me/spring/meetings/{meeting.id}/cancel"' in words


def test_a_meeting_within_the_minute_begins_now_and_what_is_over_steps_back(client: FlaskClient) -> None:
    fair = make.fair(first_day=clock.now().date())
    dora = make.jobseeker(fair)
    for name, began in (("Bolt", timedelta(minutes=-40)), ("Nut", timedelta(seconds=30))):
        bolt = make.exhibitor(fair, name=name)
        slot = make.add(
            Slot(
                fair_id=fair.id, exhibitor_id=bolt.id, table=1, starts_at=clock.now() + began,
                ends_at=clock.now() + began + timedelta(minutes=15),
            )
        )  # fmt: skip
        make.add(
            Meeting(
                fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, slot_id=slot.id, came_by="open_slot",
                status="booked", starts_at=slot.starts_at, ends_at=slot.ends_at,
            )
        )  # fmt: skip
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    words = page(client, "/me/spring/")
    assert '<p class="signal" id="next">now</p>' in words
    assert words.count('<li class="over">') == 1
    assert words.index('<li class="over">') < words.index('<li class="next">')


def test_a_talk_is_in_the_jobseekers_day(client: FlaskClient) -> None:
    fair = make.fair()
    dora = make.jobseeker(fair)
    talk = make.add(
        Talk(
            fair_id=fair.id, title="CV help", room="Room B", language="en", starts_at=make.at(fair, 13),
            ends_at=make.at(fair, 14),
        )
    )  # fmt: skip
    make.add(Seat(fair_id=fair.id, talk_id=talk.id, registration_id=dora.id, status="going"))
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    words = page(client, "/me/spring/")
    assert "CV help" in words
    assert "Room B" in words


@pytest.mark.parametrize(
    ("status", "said"),
    [("applied", "1</bdi><div><b>exhibitor waits for an answer"), ("approved", "exhibitor without a booth")],
)
def test_the_organiser_sees_what_needs_a_person(client: FlaskClient, status: str, said: str) -> None:
    fair = make.fair()
    make.exhibitor(fair, status=status)
    make.sign_in(client, make.organiser(fair))
    assert said in page(client, "/organise/spring/")
    assert said in page(client, "/organise/spring/health")


def test_the_overview_leads_to_all_that_is_missing(client: FlaskClient) -> None:
    make.sign_in(client, make.organiser(make.fair()))
    assert '<a href="/organise/spring/health">Show all</a>' in page(client, "/organise/spring/")


def test_on_the_day_the_organiser_sees_who_came_once_each(client: FlaskClient) -> None:
    fair = make.fair(first_day=clock.now().date())
    now = clock.now()
    door = make.add(Device(fair_id=fair.id, purpose="door", label="Door", token_hash="x" * 64, salt="s"))
    for dora in (make.jobseeker(fair, "Dora"), make.jobseeker(fair, "Elias")):
        for status in ("recorded", "duplicate"):
            make.add(
                Scan(
                    fair_id=fair.id, id=new_id(), device_id=door.id, code="X", kind="in", at_said=now, at=now,
                    received_at=now, offline=False, status=status, badge_kind="jobseeker", person_id=dora.person_id,
                    registration_id=dora.id,
                )
            )  # fmt: skip
    make.sign_in(client, make.organiser(fair))
    days = make.days(fair)
    days[0].opens, days[0].closes = days[0].opens.replace(0, 1), days[0].closes.replace(23, 59)
    words = page(client, "/organise/spring/")
    assert "2 people have come." in words


@pytest.mark.parametrize("address", ["/organise/spring/", "/organise/spring/health"])
def test_a_new_fair_is_set_up_step_by_step_and_nothing_is_called_done(
    client: FlaskClient, address: str
) -> None:
    fair = make.fair(published=False)
    make.sign_in(client, make.organiser(fair))
    words = page(client, address)
    for said in ("Set up the fair", "Write the privacy words", "Make booths", "Publish the fair"):
        assert said in words
    assert words.count("Done") == 1  # the place is known
    assert "exhibitors without a booth" not in words


def test_the_steps_are_gone_when_the_fair_has_begun(client: FlaskClient) -> None:
    fair = make.fair(first_day=clock.now().date())
    days = make.days(fair)
    days[0].opens, days[0].closes = days[0].opens.replace(0, 1), days[0].closes.replace(23, 59)
    make.sign_in(client, make.organiser(fair))
    words = page(client, "/organise/spring/")
    assert "Set up the fair" not in words
    assert "no phone paired yet" in words


def test_arrivals_are_counted_in_quarters_of_the_clock() -> None:
    fair = make.fair(days=1)
    day = make.days(fair)[0]
    day.opens, day.closes = day.opens.replace(9, 5), day.closes.replace(10, 20)
    quarters = day_counts(fair, day, make.at(fair, 9, 30)).quarters
    assert [at for at, _count in quarters] == [make.at(fair, 9, 15 * n) for n in range(4)] + [
        make.at(fair, 10, 15 * n) for n in range(2)
    ]


def test_the_overview_counts_a_meeting_as_held_when_the_booth_scanned(client: FlaskClient) -> None:
    fair = make.fair(first_day=clock.now().date())
    bolt, dora, now = make.exhibitor(fair), make.jobseeker(fair), clock.now()
    make.meeting(dora, make.slot(bolt, now))
    facts = {"fair_id": fair.id, "exhibitor_id": bolt.id}
    phone = make.add(Device(**facts, purpose="booth", label="Bolt", token_hash="t", salt="s"))
    scan = {"kind": "booth", "code": "X", "at_said": now, "at": now, "received_at": now, "status": "recorded"}
    person = {"badge_kind": "jobseeker", "person_id": dora.person_id, "registration_id": dora.id}
    make.add(Scan(**facts, **scan, **person, id=new_id(), device_id=phone.id, offline=False))
    day = make.days(fair)[0]
    day.opens, day.closes = day.opens.replace(0, 1), day.closes.replace(23, 59)
    make.sign_in(client, make.organiser(fair))
    held = '<div class="stat"><p>Meetings held</p><p class="value"><bdi>1</bdi>'
    assert held in page(client, "/organise/spring/")


def test_an_exhibitor_sees_its_status_only_when_results_are_out(client: FlaskClient) -> None:
    fair = make.fair()
    bolt = make.exhibitor(fair, status="approved")
    fair.results_visible_from = clock.now() + timedelta(days=1)
    make.sign_in(client, make.representative(bolt))
    address = f"/exhibit/spring/{bolt.id}/"
    assert "Your application is with the organisers." in page(client, address)
    fair.results_visible_from = clock.now() - timedelta(days=1)
    assert "Choose a booth" in page(client, address)


def test_one_booth_on_two_days_is_one_booth(client: FlaskClient) -> None:
    fair = make.fair(days=2)
    bolt = make.exhibitor(fair)
    make.booth(bolt, 14)
    make.sign_in(client, make.representative(bolt))
    words = page(client, f"/exhibit/spring/{bolt.id}/")
    assert '<span class="count done">1</span><span class="quiet">booth booked</span>' in words


def test_an_exhibitor_sees_what_is_missing(client: FlaskClient) -> None:
    fair = make.fair()
    bolt = make.exhibitor(fair, open_slots=True)
    make.sign_in(client, make.representative(bolt))
    words = page(client, f"/exhibit/spring/{bolt.id}/")
    for said in ("Choose a booth", "Add a job", "Offer times"):
        assert said in words


def test_a_page_that_everybody_asks_for_is_kept_for_a_moment_but_never_for_a_person(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "KEEP_PAGES", timedelta(seconds=2))
    fair = make.fair("kept")
    assert "Kajhallarna" in page(client, "/f/kept/")
    fair.venue = "Elsewhere"
    assert "Kajhallarna" in page(client, "/f/kept/")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=3))
    assert "Elsewhere" in page(client, "/f/kept/")
    fair.venue = "Third place"
    make.sign_in(client, make.person("Dora"))
    assert "Third place" in page(client, "/f/kept/")


def test_staff_see_the_desks_menu_and_organisers_their_own(client: FlaskClient) -> None:
    fair = make.fair()
    make.sign_in(client, make.staff(fair))
    assert "Live at the doors" in page(client, "/desk/spring/")
    assert "/organise/spring" not in page(client, "/desk/spring/")
    make.sign_in(client, make.organiser(fair))
    assert "/organise/spring/letters" in page(client, "/desk/spring/")


def test_one_line_of_an_exhibitors_menu_is_marked(client: FlaskClient) -> None:
    place = make.exhibitor(make.fair())
    make.sign_in(client, make.representative(place))
    organisation = f"/exhibit/organisation/{place.organisation_id}"
    for address, line in (
        (f"/exhibit/spring/{place.id}/place", "Overview"),
        (f"/exhibit/spring/{place.id}/vacancies/new", "Jobs"),
        (organisation, "The organisation"),
        (f"{organisation}/colleagues", "Colleagues"),
    ):
        words = page(client, address)
        assert words.count('aria-current="page"') == 1
        assert f'aria-current="page">{line}</a>' in words


def test_an_exhibitor_is_not_told_of_requests_and_drafts_that_never_were(client: FlaskClient) -> None:
    place = make.exhibitor(make.fair())
    make.sign_in(client, make.representative(place))
    words = page(client, f"/exhibit/spring/{place.id}/")
    assert "Choose a booth" in words
    assert "ask for a meeting" not in words
    assert "drafts" not in words


def test_a_seat_during_a_meeting_is_refused_in_words(client: FlaskClient) -> None:
    fair = make.fair()
    dora = make.jobseeker(fair)
    meeting = make.meeting(dora, make.slot(make.exhibitor(fair), make.at(fair, 10, 15)))
    talk = make.add(
        Talk(
            fair_id=fair.id, title="CV help", room="B", language="sv", starts_at=make.at(fair, 10),
            ends_at=make.at(fair, 10, 30),
        )
    )  # fmt: skip
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    sign_up = f"/f/spring/programme/{talk.id}/sign-up"
    refused = client.post(sign_up, headers={"Accept-Language": "en"})
    assert refused.status_code == 409
    assert "You have a meeting 10:15–10:30" in refused.text
    assert db.session.scalars(select(Seat)).all() == []
    meeting.status = "cancelled"
    assert client.post(sign_up).status_code == 303
    assert db.session.scalars(select(Seat)).one().status == "going"
