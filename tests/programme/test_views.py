"""The programme's pages for visitors, jobseekers and organisers."""

from datetime import timedelta

import pytest
import vobject

from bazaar.db import db
from bazaar.people.models import Person
from bazaar.programme import actions
from bazaar.programme.models import Talk
from tests import make
from tests.programme import cast


@pytest.fixture
def fair():
    return make.fair()


@pytest.fixture
def ada(client, fair):
    ada = make.organiser(fair)
    make.sign_in(client, ada)
    return ada


def person_of(registration):
    return db.session.get(Person, registration.person_id)


def after(client, address, **sent):
    """The page to which a POST leads."""
    answer = client.post(address, **sent)
    assert answer.status_code == 303
    return client.get(answer.location + ("&" if "?" in answer.location else "?") + "lang=en")


def typed(fair, **facts):
    day = make.days(fair)[0].date.isoformat()
    return {
        "kind": "workshop", "title": "Practise interviews", "words": "", "speaker": "Maria", "room": "Room B",
        "language": "en", "day": day, "starts": "10:00", "ends": "11:00", "places": "20", **facts,
    }  # fmt: skip


# --- Visitors and jobseekers ----------------------------------------------------------------------


def test_the_programme_is_shown_by_day_with_rooms_and_seats(client, fair):
    cast.talk(fair, "Morning", places=20)
    cast.talk(
        fair, "Second day", places=None, starts_at=make.at(fair, 9, day=1), ends_at=make.at(fair, 10, day=1)
    )
    page = client.get("/f/spring/programme?lang=en").text
    assert page.index("Morning") < page.index("Second day")
    assert "20 seats free" in page
    assert "Room B" in page


def test_the_programme_can_be_narrowed_by_kind_and_language(client, fair):
    cast.talk(fair, "A talk in Swedish")
    cast.talk(fair, "A workshop in Arabic", kind="workshop", language="ar", room="C")
    assert "A talk in Swedish" not in client.get("/f/spring/programme?kind=workshop").text
    arabic = client.get("/f/spring/programme?language=ar").text
    assert "A workshop in Arabic" in arabic
    assert "A talk in Swedish" not in arabic
    assert client.get("/f/spring/programme?kind=x&language=y").status_code == 200


def test_an_empty_programme_says_so(client, fair):
    assert "not set yet" in client.get("/f/spring/programme?lang=en").text


def test_visitors_are_led_to_sign_in_and_back_to_the_talk(client, fair):
    talk = cast.talk(fair)
    here = f"/f/spring/programme/{talk.id}"
    assert f"/sign-in?next={here}" in client.get(here).text
    answer = client.post(f"{here}/sign-up")
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={here}"


def test_somebody_not_registered_is_led_to_registration(client, fair):
    talk = cast.talk(fair)
    make.sign_in(client, make.person("Nobody yet"))
    page = client.get(f"/f/spring/programme/{talk.id}?lang=en").text
    assert "/f/spring/register" in page
    client.post(f"/f/spring/programme/{talk.id}/sign-up")
    assert "Register for the fair first" in client.get(f"/f/spring/programme/{talk.id}?lang=en").text


def test_one_button_takes_a_seat_and_another_gives_it_up_with_undo(client, fair):
    talk = cast.talk(fair, places=1)
    dora, elias = make.jobseeker(fair), make.jobseeker(fair, "Elias")
    make.sign_in(client, person_of(dora))
    here = f"/f/spring/programme/{talk.id}"
    page = after(client, f"{here}/sign-up?lang=en").text
    assert "You have a seat" in page
    make.sign_in(client, person_of(elias))
    assert "number 1 in line" in after(client, f"{here}/sign-up").text
    make.sign_in(client, person_of(dora))
    page = client.get(here).text
    assert "1 person waits" in page
    page = after(client, f"{here}/withdraw").text
    assert "Undo" in page
    assert cast.status_of(talk, elias) == "going"
    assert len(cast.letters("talk_seat")) == 1


def test_two_talks_at_once_are_allowed_with_a_warning(client, fair):
    one = cast.talk(fair, "One")
    other = cast.talk(fair, "The other", room="C")
    dora = make.jobseeker(fair)
    actions.sign_up(one, dora)
    make.sign_in(client, person_of(dora))
    assert "At the same time" in client.get(f"/f/spring/programme/{other.id}?lang=en").text
    page = after(client, f"/f/spring/programme/{other.id}/sign-up?lang=en").text
    assert "You have a seat" in page
    assert "“One” is at the same time (10:00–11:00)" in page


def test_too_late_and_cancelled_are_refused_in_words(client, fair):
    begun = cast.talk(fair, starts_at=make.clock.now() - timedelta(minutes=5))
    dora = make.jobseeker(fair)
    make.sign_in(client, person_of(dora))
    answer = client.post(f"/f/spring/programme/{begun.id}/sign-up?lang=en")
    assert answer.status_code == 409
    assert "has begun" in answer.text


def test_a_talk_of_another_fair_is_not_here(client, fair, ada):
    talk = cast.talk(make.fair("other"))
    for address in (
        f"/f/spring/programme/{talk.id}",
        f"/f/spring/programme/{talk.id}.ics",
        f"/organise/spring/programme/{talk.id}",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/f/spring/programme/{talk.id}/sign-up").status_code in (303, 404)
    assert client.post(f"/organise/spring/programme/{talk.id}/cancel").status_code == 404


def event_in(answer):
    return vobject.readOne(answer.text).vevent


def test_a_talk_goes_to_the_calendar_in_utc_and_keeps_its_uid(client, fair):
    talk = cast.talk(fair)
    ada = make.organiser(fair)
    first = event_in(client.get(f"/f/spring/programme/{talk.id}.ics"))
    assert first.dtstart.value == talk.starts_at
    assert first.contents["dtstart"][0].serialize().strip().endswith("Z")
    assert first.sequence.value == "0"
    actions.change_talk(fair, talk, actions.Facts(**{**{
        name: getattr(talk, name) for name in actions.Facts.__dataclass_fields__}, "room": "C"}), ada.id)  # fmt: skip
    second = event_in(client.get(f"/f/spring/programme/{talk.id}.ics"))
    assert second.uid.value == first.uid.value
    assert second.sequence.value == "1"
    actions.cancel_talk(talk, ada.id)
    answer = client.get(f"/f/spring/programme/{talk.id}.ics")
    assert "method=CANCEL" in answer.content_type
    assert event_in(answer).status.value == "CANCELLED"


def test_ones_own_calendar_holds_the_talks_where_one_has_a_seat(client, fair):
    mine, full = cast.talk(fair, "Mine"), cast.talk(fair, "Full", places=1, room="C")
    dora = make.jobseeker(fair)
    actions.sign_up(full, make.jobseeker(fair, "Elias"))
    actions.sign_up(mine, dora)
    actions.sign_up(full, dora)
    make.sign_in(client, person_of(dora))
    text = client.get("/me/spring/programme.ics").text
    assert "Mine" in text
    assert "Full" not in text


# --- Organisers -----------------------------------------------------------------------------------


def test_an_organiser_adds_a_talk_in_the_fairs_own_time(client, fair, ada):
    answer = after(client, "/organise/spring/programme/new?lang=en", data=typed(fair))
    assert "“Practise interviews” stands in the programme" in answer.text
    talk = db.session.scalars(db.select(Talk)).one()
    assert (talk.starts_at, talk.ends_at) == (make.at(fair, 10), make.at(fair, 11))
    assert talk.places == 20


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "Write a title."),
        ({"starts": "ten"}, "Write a time, such as 09:00."),
        ({"starts": "", "ends": ""}, "Write a time, such as 09:00."),
        ({"ends": "09:30"}, "It ends after it starts."),
        ({"places": "many"}, "Write a whole number, such as 20."),
        ({"places": "0"}, "Write a number from 1 to 5000."),
        ({"day": "2020-01-01"}, "Day"),
        ({"day": ""}, "Choose a day."),
        ({"room": ""}, "Write where it is."),
        ({"words": "Call 811228-9874"}, "personal number"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(client, fair, ada, wrong, words):
    answer = client.post(
        "/organise/spring/programme/new?lang=en", data=typed(fair, speaker="Maria P", **wrong)
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "Maria P" in answer.text
    assert not db.session.scalars(db.select(Talk)).all()


def test_a_taken_room_is_told_beside_the_room(client, fair, ada):
    cast.talk(fair, "Already there")
    answer = client.post("/organise/spring/programme/new?lang=en", data=typed(fair, starts="10:30"))
    assert answer.status_code == 422
    assert "“Already there”" in answer.text


def test_a_talk_outside_the_hours_is_kept_and_pointed_out(client, fair, ada):
    data = typed(fair, starts="19:00", ends="20:00")
    page = after(client, "/organise/spring/programme/new?lang=en", data=data).text
    assert "outside the fair" in page
    assert "outside the hours" in page


def test_fewer_places_than_seats_taken_asks_first(client, fair, ada):
    talk = cast.talk(fair, "CV", places=2)
    for name in ("Dora", "Elias"):
        actions.sign_up(talk, make.jobseeker(fair, name))
    data = typed(fair, title="CV", places="1")
    answer = client.post(f"/organise/spring/programme/{talk.id}?lang=en", data=data)
    assert answer.status_code == 422
    assert "the last 1 would lose theirs" in answer.text
    assert 'name="move_last"' in answer.text
    answer = after(client, f"/organise/spring/programme/{talk.id}?lang=en", data={**data, "move_last": "y"})
    assert "told by letter" in answer.text
    assert len(cast.letters("talk_waiting")) == 1


def test_before_cancelling_the_page_says_what_hangs_on_it(client, fair, ada):
    talk = cast.talk(fair, places=1)
    for name in ("Dora", "Elias"):
        actions.sign_up(talk, make.jobseeker(fair, name))
    page = client.get(f"/organise/spring/programme/{talk.id}?lang=en").text
    assert "1 person has a seat, 1 wait" in page
    page = after(client, f"/organise/spring/programme/{talk.id}/cancel").text
    assert "2 people are told by letter" in page
    assert "Undo" in page
    client.post(f"/organise/spring/programme/{talk.id}/restore")
    assert db.session.get(Talk, talk.id).cancelled_at is None


def test_a_talk_nobody_wants_can_be_removed(client, fair, ada):
    talk = cast.talk(fair)
    client.post(f"/organise/spring/programme/{talk.id}/remove")
    assert db.session.scalars(db.select(Talk)).all() == []


def test_a_viewer_sees_and_does_not_change(client, fair):
    talk = cast.talk(fair)
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    page = client.get("/organise/spring/programme").text
    assert talk.title in page
    assert "/programme/new" not in page
    assert client.get(f"/organise/spring/programme/{talk.id}").status_code == 200
    assert client.get("/organise/spring/programme/new").status_code == 403
    for verb in ("", "/cancel", "/restore", "/remove"):
        assert client.post(f"/organise/spring/programme/{talk.id}{verb}", data=typed(fair)).status_code == 403


def test_the_list_of_participants_names_protected_people_by_alias_and_leaves_them_out_of_files(
    client, fair, ada
):
    talk = cast.talk(fair, places=5)
    actions.sign_up(talk, make.jobseeker(fair, "Dora"))
    hidden = make.jobseeker(fair, "Real Name", protected=True, alias="Blue Heron")
    actions.sign_up(talk, hidden)
    page = client.get(f"/organise/spring/programme/{talk.id}").text
    assert "Blue Heron" in page
    assert "Real Name" not in page
    file = client.get(f"/organise/spring/programme/{talk.id}/people.csv").text
    assert "Dora" in file
    assert "Blue Heron" not in file
    assert "Real Name" not in file


def test_the_organiser_takes_somebody_off_and_the_next_moves_up(client, fair, ada):
    talk = cast.talk(fair, places=1)
    dora, elias = make.jobseeker(fair), make.jobseeker(fair, "Elias")
    seat = actions.sign_up(talk, dora)
    actions.sign_up(talk, elias)
    client.post(f"/organise/spring/programme/{talk.id}/people/{seat.id}/take-off")
    assert cast.status_of(talk, elias) == "going"


def test_the_programme_as_a_file(client, fair, ada):
    cast.talk(fair, "=cmd()", places=3)
    answer = client.get("/organise/spring/programme.csv?lang=sv")
    assert answer.text.startswith("\ufeff")
    assert ";" in answer.text.splitlines()[0]
    assert "'=cmd()" in answer.text
