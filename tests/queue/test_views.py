"""The pages of the queue, for both sides."""

from flask.testing import FlaskClient

from bazaar import clock
from bazaar.db import db
from bazaar.people.models import Person
from bazaar.queue import actions
from bazaar.queue.models import Place
from bazaar.sharing.queries import standing_share
from tests import make
from tests.queue.conftest import Cast


def as_jobseeker(client: FlaskClient, cast: Cast, name: str = "Dora"):
    dora = make.jobseeker(cast.fair, name, about="I like people.")
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    return dora


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def test_a_jobseeker_joins_reads_the_wait_and_leaves_with_an_undo(client: FlaskClient, cast: Cast):
    cast.join("A", "B", "C")
    dora = as_jobseeker(client, cast)
    assert "About 45 minutes: 3 before you." in page(client, f"/f/spring/employers/{cast.bolt.id}")
    assert "Stand in the queue at Bolt AB?" in page(client, cast.mine)
    assert client.post(cast.mine).status_code == 303
    here = page(client, cast.mine)
    assert "Number 4." in here
    assert "About 45 minutes: 3 before you." in here
    assert "Bolt AB" in page(client, "/me/spring/")
    assert standing_share(dora.id, cast.bolt.id) is None
    assert client.post(f"{cast.mine}/leave").status_code == 303
    assert "You have left the queue at Bolt AB." in page(client, "/me/spring/")
    assert client.post(f"{cast.mine}/again").status_code == 303
    assert "Number 4." in page(client, cast.mine)


def test_the_profile_is_shown_to_the_booth_only_on_a_yes_of_its_own(client: FlaskClient, cast: Cast):
    dora = as_jobseeker(client, cast)
    assert "May Bolt AB see this about you" in page(client, cast.mine)
    client.post(cast.mine, data={"share": "y"})
    share = standing_share(dora.id, cast.bolt.id)
    assert share is not None
    assert "about" in share.fields


def test_the_day_page_says_whose_turn_it_is(client: FlaskClient, cast: Cast):
    [other] = cast.join("A")
    dora = as_jobseeker(client, cast)
    cast.stands(dora)
    assert "Walk now." in page(client, "/me/spring/")
    cast.call()
    actions.say_met(cast.fair, cast.bolt, other, cast.bo)
    cast.call()
    day = page(client, "/me/spring/")
    assert "Number 2, it is your turn" in day
    assert "Walk now to booth 14" in day
    assert "it is your turn" in page(client, cast.mine)


def test_the_booth_calls_sees_who_comes_and_takes_a_mistake_back(client: FlaskClient, cast: Cast):
    dora, elias = cast.join("Dora", "Elias")
    make.sign_in(client, cast.bo)
    assert "2 people wait" in page(client, cast.page)
    client.post(f"{cast.page}/call")
    assert "Number 1 is called." in page(client, cast.page)
    client.post(cast.way_of(dora), data={"what": "here"})
    assert "Dora is here." in page(client, cast.page)
    client.post(cast.way_of(dora), data={"what": "met"})
    client.post(cast.way_of(dora))
    assert db.session.get_one(Place, dora.id).status == "here"
    client.post(f"{cast.page}/call")
    client.post(cast.way_of(elias), data={"what": "skip"})
    assert "Elias keeps the place. Nobody else waits." in page(client, cast.page)
    assert client.post(cast.way_of(elias), data={"what": "met"}).status_code == 409


def test_a_scan_alone_gives_the_booth_no_name(client: FlaskClient, cast: Cast):
    dora = make.jobseeker(cast.fair)
    actions.join(cast.fair, dora, cast.bolt, by="scanner", actor=None)
    make.sign_in(client, cast.bo)
    seen = page(client, cast.page)
    assert "Dora" not in seen
    assert f"Code ends in {make.badge_code(dora)[-4:]}" in seen


def test_who_booked_and_did_not_come_leaves_the_time_to_the_queue(client: FlaskClient, cast: Cast):
    make.meeting(make.jobseeker(cast.fair, "Booked"), make.slot(cast.bolt, make.at(cast.fair, 10)))
    cast.join("Dora")
    make.sign_in(client, cast.bo)
    assert "has not come" not in page(client, cast.page)
    cast.set_clock(10, 16)
    seen = page(client, cast.page)
    assert "Booked, booked for 10:00, has not come." in seen
    way = seen.split("/instead/")[1].split('"')[0]
    client.post(f"{cast.page}/instead/{way}")
    assert "Number 1 is called." in page(client, cast.page)


def test_back_at_is_shown_to_everybody_and_a_past_time_is_refused(client: FlaskClient, cast: Cast):
    make.sign_in(client, cast.bo)
    wrong = client.post(f"{cast.page}/away", data={"back_at": "09:30"})
    assert wrong.status_code == 422
    assert "Write a time later than now." in wrong.get_data(as_text=True)
    client.post(f"{cast.page}/away", data={"back_at": "10:30"})
    assert "Back at 10:30" in page(client, f"/f/spring/employers/{cast.bolt.id}")
    client.post(f"{cast.page}/away", data={"back": "now"})
    assert "Back at" not in page(client, f"/f/spring/employers/{cast.bolt.id}")


def test_an_exhibitor_says_whether_it_has_a_queue(client: FlaskClient, cast: Cast):
    make.sign_in(client, cast.bo)
    address = f"/f/spring/employers/{cast.bolt.id}"
    assert "Stand in the queue" in page(client, address)
    client.post(f"/exhibit/spring/{cast.bolt.id}/times/ways", data={"tables": "1", "by_request": "y"})
    assert "Stand in the queue" not in page(client, address)
    assert "You have no queue." in page(client, cast.page)


def test_whoever_is_nobody_yet_registers_first(client: FlaskClient, cast: Cast):
    seen = page(client, f"/f/spring/employers/{cast.bolt.id}/queue")
    assert "Register first, then stand in the queue" in seen


def test_a_closed_booth_offers_no_queue(client: FlaskClient, cast: Cast):
    as_jobseeker(client, cast)
    cast.set_clock(17, 30)
    assert "Stand in the queue" not in page(client, f"/f/spring/employers/{cast.bolt.id}")
    assert client.post(cast.mine).status_code == 409


def test_a_look_at_the_queue_asks_the_database_as_much_for_ten_as_for_two(
    client: FlaskClient, cast: Cast, statements: list[str]
):
    make.sign_in(client, cast.bo)
    cast.join("A", "B")
    page(client, cast.page)
    statements.clear()
    page(client, cast.page)
    few = len(statements)
    cast.join(*"CDEFGHIJ")
    db.session.commit()
    statements.clear()
    page(client, cast.page)
    assert len(statements) == few
    assert clock.now()
