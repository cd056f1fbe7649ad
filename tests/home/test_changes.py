"""Changing what much hangs on: the page says before what it is, does it as one act, and tells those concerned."""

import re
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bazaar import clock
from bazaar.booths.actions import ensure_blocks
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.db import db
from bazaar.employers.models import ExhibitorDay
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay, Partner
from bazaar.fairs.queries import days_of, halls_of, organisers_of, partners_of, phase_of, phases_of, staff_of
from bazaar.fairs.rules import Hours
from bazaar.home import actions
from bazaar.jobseekers.models import Registration
from bazaar.journal.models import Entry
from bazaar.meetings.models import Meeting, Slot
from bazaar.messages.models import Letter
from bazaar.programme.models import Seat, Talk
from tests import make
from tests.typed import forms_of


@pytest.fixture
def fair():
    """Two days, 9-17, in ten days: Bolt AB exhibits, Dora has a meeting with it at 10:00 on both."""
    return make.fair()


@pytest.fixture
def bolt(fair):
    place = make.exhibitor(fair, open_slots=True)
    make.representative(place)
    return place


@pytest.fixture
def dora(fair):
    return make.jobseeker(fair)


@pytest.fixture
def browser(client, fair):
    make.sign_in(client, make.organiser(fair))
    client.set_cookie("lang", "en")
    return client


@pytest.fixture
def ada(fair):
    return make.organiser(fair, "Ada Two")


def meeting_at(fair, bolt, who, hour, day=0) -> Meeting:
    starts = make.at(fair, hour, day=day)
    slot = make.add(
        Slot(
            fair_id=fair.id,
            exhibitor_id=bolt.id,
            table=1,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=15),
        )
    )
    return make.meeting(who, slot)


def talk_at(fair, hour, day=0, *, going=None) -> Talk:
    starts = make.at(fair, hour, day=day)
    talk = make.add(
        Talk(
            fair_id=fair.id,
            title="CV",
            room="A",
            language="sv",
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
        )
    )
    if going is not None:
        make.add(Seat(fair_id=fair.id, talk_id=talk.id, registration_id=going.id, status="going"))
    return talk


def letters() -> list[str]:
    return sorted(db.session.scalars(select(Letter.purpose)))


def typed(day: FairDay, **changed: str) -> dict[str, str]:
    return {
        "date": day.date.isoformat(), "opens": f"{day.opens:%H:%M}", "closes": f"{day.closes:%H:%M}", **changed,
    }  # fmt: skip


def typed_page(browser, address: str) -> dict[str, str]:
    """What stands in the form of this page."""
    form = forms_of(browser.get(address).text, address)[-1]
    return {name: one.value for name, one in form.inputs.items()}


def confirmed(answer) -> dict[str, str]:
    """What a person who read the page and says yes sends along."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', answer.text)
    assert found, answer.text
    return {"seen": found.group(1)}


# --- A day's hours and date ---


def test_shorter_hours_are_asked_about_first_and_change_nothing_before(browser, fair, bolt, dora):
    meeting = meeting_at(fair, bolt, dora, 16)
    talk = talk_at(fair, 16, going=dora)
    day = days_of(fair.id)[0]
    answer = browser.post(f"/organise/spring/days/{day.id}", data=typed(day, closes="15:00"))
    assert answer.status_code == 200
    for words in (
        "<b>1</b> meeting is called off",
        "<b>1</b> talk is cancelled",
        "letters tell those concerned",
    ):
        assert words in answer.text
    assert 'value="15:00"' in answer.text
    assert (day.closes, meeting.status, talk.cancelled_at) == (time(17), "booked", None)
    assert not letters()
    assert not db.session.scalars(select(Entry)).all()


def test_after_a_yes_it_is_one_act_and_those_concerned_are_told(browser, fair, bolt, dora):
    meeting, kept = (
        meeting_at(fair, bolt, dora, 16),
        meeting_at(fair, bolt, make.jobseeker(fair, "Elias"), 10),
    )
    talk = talk_at(fair, 16, going=dora)
    day = days_of(fair.id)[0]
    address, data = f"/organise/spring/days/{day.id}", typed(day, closes="15:00")
    yes = confirmed(browser.post(address, data=data))
    assert browser.post(address, data={**data, **yes}).status_code == 303
    assert (day.closes, meeting.status, meeting.ended_by, kept.status) == (
        time(15),
        "cancelled",
        "organiser",
        "booked",
    )
    assert talk.cancelled_at is not None
    assert "day_changed" in letters()
    assert len(letters()) == len([p for p in letters() if p != "code"]) >= 3


def test_what_came_to_hang_on_it_since_is_asked_about_again(browser, fair, bolt, dora):
    meeting_at(fair, bolt, dora, 16)
    day = days_of(fair.id)[0]
    address, data = f"/organise/spring/days/{day.id}", typed(day, closes="15:00")
    yes = confirmed(browser.post(address, data=data))
    late = meeting_at(fair, bolt, make.jobseeker(fair, "Elias"), 15)
    answer = browser.post(address, data={**data, **yes})
    assert answer.status_code == 200
    assert "<b>2</b> meetings are called off" in answer.text
    assert late.status == "booked"


def test_a_change_on_which_nothing_hangs_is_made_at_once(browser, fair):
    day = days_of(fair.id)[0]
    assert browser.post(f"/organise/spring/days/{day.id}", data=typed(day, opens="08:00")).status_code == 303
    assert day.opens == time(8)
    assert phase_of(fair.id, "fair").opens_at == make.at(fair, 8)


def test_longer_hours_call_nothing_off_but_exhibitors_are_told(fair, bolt, dora, ada):
    meeting = meeting_at(fair, bolt, dora, 10)
    day = days_of(fair.id)[0]
    done = actions.change_day(fair, day, Hours(day.date, time(8), time(18)), ada)
    assert (done.meetings, done.talks, done.exhibitors, done.letters) == (0, 0, 0, 1)
    assert meeting.status == "booked"


def test_a_moved_day_takes_booths_meetings_and_talks_along(fair, bolt, dora, ada):
    make.booth(bolt, 14)
    ensure_blocks(fair)
    day = days_of(fair.id)[1]
    free = make.slot(bolt, make.at(fair, 11, day=1))
    meeting, talk = meeting_at(fair, bolt, dora, 10, day=1), talk_at(fair, 13, day=1, going=dora)
    later = day.date + timedelta(days=7)
    booked = len(db.session.scalars(select(BoothBooking)).all())
    done = actions.change_day(fair, day, Hours(later, time(9), time(17)), ada)
    assert (done.moved, done.meetings, done.talks, done.exhibitors) == (2, 0, 0, 0)
    assert (meeting.status, meeting.starts_at, meeting.sequence) == ("booked", make.at(fair, 10, day=1), 1)
    assert (free.starts_at, free.withdrawn_at) == (make.at(fair, 11, day=1), None)
    assert (talk.starts_at, talk.cancelled_at) == (make.at(fair, 13, day=1), None)
    assert len(db.session.scalars(select(BoothBooking)).all()) == booked
    blocks = db.session.scalars(
        select(Block).where(Block.fair_day_id == day.id).order_by(Block.starts_at)
    ).all()
    assert blocks[0].starts_at.date() == later
    assert (blocks[0].starts_at, blocks[-1].ends_at) == (make.at(fair, 9, day=1), make.at(fair, 17, day=1))
    told = select(Letter.purpose).where(Letter.person_id == dora.person_id)
    assert sorted(db.session.scalars(told)) == ["day_changed", "meeting_moved", "talk_changed"]


def test_what_does_not_fit_the_new_hours_of_a_moved_day_is_called_off_with_the_reason(fair, bolt, dora, ada):
    day = days_of(fair.id)[1]
    early, late = (
        meeting_at(fair, bolt, dora, 10, day=1),
        meeting_at(fair, bolt, make.jobseeker(fair, "Elias"), 16, day=1),
    )
    done = actions.change_day(fair, day, Hours(day.date + timedelta(days=7), time(9), time(15)), ada)
    assert (done.moved, done.meetings) == (1, 1)
    assert (early.status, late.status, late.reason) == (
        "booked",
        "cancelled",
        "The hours of the fair have changed.",
    )
    told = select(Letter.purpose).where(
        Letter.person_id == db.session.get_one(Registration, late.registration_id).person_id
    )
    assert sorted(db.session.scalars(told)) == ["day_changed", "meeting_cancelled"]


def test_a_day_moved_there_and_back_has_its_meetings_as_before(fair, bolt, dora, ada):
    day = days_of(fair.id)[0]
    meeting, before = meeting_at(fair, bolt, dora, 10), day.date
    gone = make.slot(bolt, make.at(fair, 10) + timedelta(days=-7))
    gone.withdrawn_at = gone.starts_at  # offered on the other date once, and given up
    for there in (before - timedelta(days=7), before):
        actions.change_day(fair, day, Hours(there, time(9), time(17)), ada)
    assert (meeting.status, meeting.starts_at) == ("booked", make.at(fair, 10))


def test_a_block_outside_the_new_hours_goes_with_its_booths(fair, bolt, ada):
    ensure_blocks(fair)
    day = days_of(fair.id)[0]
    booth = make.add(Booth(fair_id=fair.id, hall_id=make.hall(fair).id, number=14, row=0, column=0))
    in_order = select(Block).where(Block.fair_day_id == day.id).order_by(Block.starts_at)
    for block in db.session.scalars(in_order).all():
        make.add(BoothBooking(fair_id=fair.id, booth_id=booth.id, block_id=block.id, exhibitor_id=bolt.id))
    done = actions.change_day(fair, day, Hours(day.date, time(9), time(10)), ada)
    assert done.exhibitors == 1
    (block,) = db.session.scalars(in_order).all()
    assert (block.starts_at, block.ends_at) == (make.at(fair, 9), make.at(fair, 10))
    assert len(db.session.scalars(select(BoothBooking)).all()) == 1


@pytest.mark.parametrize(("field", "value"), [("date", "soon"), ("closes", "09:00"), ("opens", "")])
def test_a_day_that_cannot_be_is_refused(browser, fair, field, value):
    day = days_of(fair.id)[0]
    answer = browser.post(f"/organise/spring/days/{day.id}", data=typed(day, **{field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text


def test_two_days_never_share_a_date(browser, fair):
    first, second = days_of(fair.id)
    answer = browser.post(
        f"/organise/spring/days/{second.id}", data=typed(second, date=first.date.isoformat())
    )
    assert answer.status_code == 422


# --- A day less ---


def test_a_removed_day_takes_with_it_what_hangs_on_it(browser, fair, bolt, dora):
    gone = meeting_at(fair, bolt, dora, 10)
    kept = meeting_at(fair, bolt, make.jobseeker(fair, "Elias"), 10, day=1)
    first, second = days_of(fair.id)
    address = f"/organise/spring/days/{first.id}/remove"
    assert "Remove" in browser.get(address).text
    answer = browser.post(address)
    for words in ("<b>1</b> meeting is called off", "<b>1</b> exhibitor loses its place"):
        assert words in answer.text
    assert len(days_of(fair.id)) == 2
    assert browser.post(address, data=confirmed(answer)).status_code == 303
    assert [day.id for day in days_of(fair.id)] == [second.id]
    assert (gone.status, kept.status) == ("cancelled", "booked")
    assert len(db.session.scalars(select(ExhibitorDay)).all()) == 1
    told = set(db.session.scalars(select(Letter.person_id).where(Letter.purpose == "day_cancelled")))
    assert dora.person_id in told


def test_who_comes_on_another_day_is_not_bothered(fair, dora, ada):
    first, second = days_of(fair.id)
    dora.arrival_day_id = second.id
    db.session.flush()
    actions.remove_day(fair, first, ada)
    assert "day_cancelled" not in letters()


def test_the_last_day_stays(browser, fair):
    first, second = days_of(fair.id)
    browser.post(f"/organise/spring/days/{first.id}/remove")
    answer = browser.post(f"/organise/spring/days/{second.id}/remove")
    assert answer.status_code == 409
    assert days_of(fair.id) == [second]


# --- The clock ---


def test_the_zone_is_changed_while_nothing_stands_on_it(browser, fair):
    ensure_blocks(fair)
    assert browser.post("/organise/spring/zone", data={"zone": "Europe/London"}).status_code == 303
    assert fair.zone == "Europe/London"
    assert not db.session.scalars(select(Block)).all()
    assert phase_of(fair.id, "followup") is not None


def test_the_zone_stays_once_something_is_booked_by_it(browser, fair, bolt, dora):
    meeting_at(fair, bolt, dora, 10)
    answer = browser.post("/organise/spring/zone", data={"zone": "Europe/London"})
    assert answer.status_code == 409
    assert fair.zone == "Europe/Stockholm"


def test_a_zone_nobody_knows_is_refused(browser):
    answer = browser.post("/organise/spring/zone", data={"zone": "Mars"})
    assert answer.status_code == 422
    assert 'value="Mars"' in answer.text


# --- Halls ---

HALL = {"name": "Big hall", "position": "0", "rows": "12", "columns": "20", "cell_metres": "2", "entrance_row": "1",
        "entrance_column": "1"}  # fmt: skip


def test_a_hall_is_changed(browser, fair):
    hall = make.hall(fair)
    address = f"/organise/spring/halls/{hall.id}"
    assert browser.post(address, data=HALL).status_code == 303
    assert (hall.name, hall.cell_metres, hall.entrance_row, hall.entrance_column) == ("Big hall", 2.0, 0, 0)
    assert 'name="entrance_row" type="number" value="1"' in browser.get(address).text


def test_a_hall_does_not_shrink_under_its_booths(browser, fair, bolt):
    make.booth(bolt, 14)
    booth = db.session.scalars(select(Booth)).one()
    booth.row, booth.column = 9, 15
    answer = browser.post(f"/organise/spring/halls/{make.hall(fair).id}", data={**HALL, "rows": "9"})
    assert answer.status_code == 422
    assert "Booths stand beyond it: 14" in answer.text
    assert make.hall(fair).rows == 12


def test_a_removed_hall_takes_its_booths_along_and_tells(browser, fair, bolt):
    make.booth(bolt, 14)
    address = f"/organise/spring/halls/{make.hall(fair).id}/remove"
    assert "1 booth" in browser.get(address).text
    answer = browser.post(address)
    assert "<b>1</b> exhibitor loses its place" in answer.text
    assert len(db.session.scalars(select(Booth)).all()) == 1
    assert browser.post(address, data=confirmed(answer)).status_code == 303
    assert not db.session.scalars(select(Booth)).all()
    assert not halls_of(fair.id)


def test_an_empty_hall_is_removed_after_one_question(browser, fair):
    address = f"/organise/spring/halls/{make.hall(fair).id}/remove"
    assert browser.get(address).status_code == 200
    assert halls_of(fair.id)
    assert browser.post(address).status_code == 303
    assert not halls_of(fair.id)


# --- The fair ---


def test_a_withdrawn_fair_calls_everything_off_and_writes_once_to_everybody(
    browser, client, fair, bolt, dora
):
    meeting, talk = meeting_at(fair, bolt, dora, 10), talk_at(fair, 11, going=dora)
    make.staff(fair)
    answer = browser.post("/organise/spring/withdraw")
    for words in ("<b>1</b> meeting is called off", "<b>1</b> talk is cancelled", "<b>3</b> letters tell"):
        assert words in answer.text
    assert fair.withdrawn_at is None
    assert browser.post("/organise/spring/withdraw", data=confirmed(answer)).status_code == 303
    assert (meeting.status, talk.cancelled_at is None, fair.published) == ("cancelled", False, False)
    assert letters() == ["fair_cancelled"] * 3
    page = client.get("/organise/spring/settings").text
    assert "Withdrawn" in page
    make.sign_out(client)
    assert client.get("/f/spring/privacy").status_code == 404


def test_a_fair_is_withdrawn_once(browser, fair):
    browser.post("/organise/spring/withdraw")
    assert fair.withdrawn_at is not None, "nobody else has a part in it: nothing to ask about"
    assert browser.post("/organise/spring/withdraw").status_code == 409


def test_letters_are_in_each_readers_language(fair, dora, ada):
    elias = make.jobseeker(fair, "Elias")
    db.session.get_one(make.Person, elias.person_id).language = "sv"
    actions.withdraw(fair, ada)
    languages = db.session.scalars(select(Letter.language).where(Letter.purpose == "fair_cancelled")).all()
    assert sorted(languages) == ["en", "sv"]


def test_a_withdrawn_fair_is_not_published_again(browser, fair):
    browser.post("/organise/spring/withdraw")
    assert browser.post("/organise/spring/publish").status_code == 409


def test_an_exhibitor_reads_and_does_not_change_its_place_at_a_withdrawn_fair(browser, fair, bolt):
    bo = make.representative(bolt, "Bo", "admin")
    fair.withdrawn_at = clock.now()
    make.sign_in(browser, bo)
    start = f"/exhibit/spring/{bolt.id}"
    for page in ("place", "vacancies", "vacancies/new", "booth", "meetings", "times", "scanner"):
        assert browser.get(f"{start}/{page}").status_code == 200, page
    for page in ("place", "place/withdraw", "vacancies/new", "booth/hold", "times", "scanner", "badge"):
        refused = browser.post(f"{start}/{page}")
        assert (refused.status_code, "does not take place" in refused.text) == (409, True), page


def test_a_withdrawn_fair_is_brought_back_hidden_and_what_was_called_off_stays_so(browser, fair, bolt, dora):
    meeting = meeting_at(fair, bolt, dora, 10)
    browser.post("/organise/spring/withdraw", data=confirmed(browser.post("/organise/spring/withdraw")))
    assert "/organise/spring/bring-back" in browser.get("/organise/spring/settings").text
    assert "stay called off" in browser.get("/organise/spring/bring-back").text
    assert browser.post("/organise/spring/bring-back").status_code == 303
    assert (fair.withdrawn_at, fair.published, meeting.status) == (None, False, "cancelled")
    assert browser.post("/organise/spring/bring-back").status_code == 409
    assert browser.post("/organise/spring/publish").status_code == 303


def test_a_withdrawn_fair_whose_days_are_over_is_not_brought_back(browser):
    past = make.fair("past", first_day=clock.now().date() - timedelta(days=30))
    past.withdrawn_at = clock.now()
    make.sign_in(browser, make.organiser(past, "Pia"))
    assert browser.post("/organise/past/bring-back").status_code == 409


# --- The next fair ---


def test_a_duplicate_has_the_set_up_and_not_the_people(browser, fair, bolt, dora):
    make.staff(fair)
    make.booth(bolt, 14)
    make.add(Partner(fair_id=fair.id, name="Staden", kind="municipality"))
    fair.slot_minutes, fair.controller, fair.accent = 20, "Staden", "7fb7c9"
    first = date(2028, 4, 19)
    data = {"name": "Next spring", "slug": "next", "first_day": first.isoformat()}
    assert "Fair spring" in browser.get("/organise/spring/duplicate").text
    assert browser.post("/organise/spring/duplicate", data=data).status_code == 303
    copy = db.session.scalars(select(Fair).where(Fair.slug == "next")).one()
    assert (copy.name, copy.slot_minutes, copy.controller, copy.accent) == (
        "Next spring",
        20,
        "Staden",
        "7fb7c9",
    )
    assert (copy.published, copy.privacy_version) == (False, 1)
    assert [day.date for day in days_of(copy.id)] == [first, first + timedelta(days=1)]
    assert [hall.name for hall in halls_of(copy.id)] == ["Hall A"]
    assert [partner.name for partner in partners_of(copy.id)] == ["Staden"]
    assert [part.person.name for part in organisers_of(copy.id)] == ["Ada"]
    assert not staff_of(copy.id)
    assert [b.number for b in db.session.scalars(select(Booth).where(Booth.fair_id == copy.id))] == [14]
    assert not db.session.scalars(select(BoothBooking).where(BoothBooking.fair_id == copy.id)).all()


def test_phases_of_a_duplicate_keep_their_distance_and_their_time_of_day(browser, fair):
    moved = (date(2028, 4, 19) - days_of(fair.id)[0].date).days
    browser.post("/organise/spring/duplicate", data={"name": "N", "slug": "next", "first_day": "2028-04-19"})
    copy = db.session.scalars(select(Fair).where(Fair.slug == "next")).one()
    old = {phase.kind: phase.opens_at for phase in phases_of(fair.id)}
    for phase in phases_of(copy.id):
        assert abs(phase.opens_at - old[phase.kind] - timedelta(days=moved)) <= timedelta(hours=1), phase.kind


@pytest.mark.parametrize(
    ("field", "value"), [("slug", "spring"), ("slug", "Next!"), ("name", ""), ("first_day", "x")]
)
def test_a_duplicate_that_cannot_be_is_refused(browser, field, value):
    data = {"name": "N", "slug": "next", "first_day": "2028-04-19", field: value}
    answer = browser.post("/organise/spring/duplicate", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text


# --- Whose it is ---

PLACES = (
    "withdraw",
    "duplicate",
    "zone",
    "days/{day}",
    "days/{day}/remove",
    "halls/{hall}",
    "halls/{hall}/remove",
)


def addresses(of: Fair, ids_of: Fair) -> list[str]:
    ids = {"day": days_of(ids_of.id)[0].id, "hall": halls_of(ids_of.id)[0].id}
    return [f"/organise/{of.slug}/{place.format(**ids)}" for place in PLACES]


def test_a_viewer_looks_and_sends_nothing(client, fair):
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    for address in addresses(fair, fair):
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 403


def test_a_co_organiser_neither_withdraws_nor_duplicates(client, fair):
    make.sign_in(client, make.organiser(fair, "Berit", "co_organiser"))
    assert client.post("/organise/spring/withdraw").status_code == 403
    assert client.post("/organise/spring/duplicate").status_code == 403


def test_another_fairs_things_are_not_here(browser, client, fair):
    autumn = make.fair("autumn")
    for address in addresses(fair, autumn):
        if str(days_of(autumn.id)[0].id) in address or str(halls_of(autumn.id)[0].id) in address:
            assert browser.get(address).status_code == 404
            assert browser.post(address).status_code == 404
    make.sign_in(client, make.organiser(autumn, "Eve"))
    for address in addresses(fair, fair):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_the_refused_leaves_no_trace(fair, ada):
    first, second = days_of(fair.id)
    actions.remove_day(fair, first, ada)
    with pytest.raises(Refused):
        actions.foreseen(lambda: actions.remove_day(fair, second, ada))
    assert len(days_of(fair.id)) == 1


# --- More places ---


def test_more_places_go_at_once_to_those_who_waited_longest(browser, fair):
    fair.max_exhibitors = 1
    make.exhibitor(fair, "Bolt AB")
    names = ("Crane AB", "Dock AB", "Elm AB")
    crane, dock, elm = [
        make.exhibitor(fair, name, "waitlisted", applied_at=make.at(fair, hour))
        for hour, name in enumerate(names)
    ]
    page = typed_page(browser, "/organise/spring/rules")
    assert browser.post("/organise/spring/rules", data={**page, "max_exhibitors": "3"}).status_code == 303
    assert "2 exhibitors have got places from the waiting list." in browser.get("/organise/spring/rules").text
    assert [place.status for place in (crane, dock, elm)] == ["approved", "approved", "waitlisted"]
    browser.post("/organise/spring/rules", data={**page, "max_exhibitors": "2"})
    assert crane.status == "approved"
