"""At the booth: the question, the yes that is said aloud, the profile, and who has been met."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.checkin import actions
from bazaar.checkin.models import Device
from bazaar.checkin.rules import PAIRINGS_OF_NETWORK
from bazaar.db import db
from bazaar.employers.models import Exhibitor, Representative
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.rules import new_badge_code
from bazaar.meetings.models import Meeting, PairBlock
from bazaar.messages.models import Letter
from bazaar.people.models import Person
from bazaar.sharing import actions as sharing
from bazaar.sharing.models import Share
from tests import make


class Phone:
    """A recruiter's paired phone."""

    def __init__(self, client: FlaskClient, exhibitor: Exhibitor, **facts: Any) -> None:
        self.client = client
        bo = make.representative(exhibitor, "Bo")
        code = actions.make_pairing_code(
            exhibitor.fair_id, "booth", label="Bolt AB", exhibitor_id=exhibitor.id, by=bo, **facts
        )
        self.token = client.post("/device/pair", json={"code": code, "name": "Bo"}).json["token"]

    def ask(self, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        return self.client.post(path, json=body, headers=headers)

    def look(self, path: str) -> Any:
        return self.client.get(
            path, headers={"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        )

    def scan(self, code: str, **more: Any) -> dict[str, Any]:
        item = {
            "id": str(make.some_id()),
            "code": code,
            "kind": "booth",
            "at": clock.now().isoformat(),
            **more,
        }
        answer = self.ask("/device/scans", {"sent": clock.now().isoformat(), "scans": [item]})
        result: dict[str, Any] = answer.json["results"][0]
        return result

    @property
    def device(self) -> Device:
        return db.session.scalars(db.select(Device).where(Device.label == "Bolt AB")).one()


@pytest.fixture
def fair() -> Fair:
    return make.fair(first_day=clock.now().date())


@pytest.fixture
def bolt(fair: Fair) -> Exhibitor:
    return make.exhibitor(fair)


@pytest.fixture
def dora(fair: Fair) -> Registration:
    return make.jobseeker(fair, "Dora", experience="3_to_10", about="I can weld.")


@pytest.fixture
def code(dora: Registration) -> str:
    return make.badge_code(dora)


@pytest.fixture
def phone(client: FlaskClient, bolt: Exhibitor) -> Phone:
    return Phone(client, bolt, may_list=True)


def test_the_question_is_put_in_the_jobseekers_language(phone: Phone, dora: Registration, code: str) -> None:
    db.session.get_one(Person, dora.person_id).language = "sv"
    phone.scan(code)
    asked = phone.ask("/device/question", {"code": code}).json
    assert asked["language"] == "sv"
    assert asked["direction"] == "ltr"
    assert "Bolt AB" in asked["words"]


def test_a_yes_said_aloud_is_kept_and_shows_the_profile(phone: Phone, dora: Registration, code: str) -> None:
    phone.scan(code)
    assert phone.ask("/device/person", {"code": code}).status_code == 404
    shown = phone.ask("/device/share", {"code": code, "language": "en"}).json
    assert shown["name"] == "Dora"
    assert ["About me", "I can weld."] in shown["facts"]
    kept = db.session.scalars(db.select(Share)).one()
    assert (kept.how, kept.language, kept.recorded_by) == ("spoken", "en", phone.device.person_id)
    assert phone.ask("/device/person", {"code": code}).json == shown


def test_who_said_yes_aloud_is_told_in_their_language_once_and_how_to_take_it_back(
    phone: Phone, fair: Fair, dora: Registration, code: str
) -> None:
    db.session.get_one(Person, dora.person_id).language = "sv"
    phone.scan(code)
    for _time in range(2):
        phone.ask("/device/share", {"code": code, "language": "sv"})
    [letter] = db.session.scalars(db.select(Letter).where(Letter.purpose == "share_heard"))
    assert (letter.language, letter.person_id) == ("sv", dora.person_id)
    for words in ("Bolt AB", "Om mig", f"/me/{fair.slug}/sharing"):
        assert words in letter.words


def test_a_spoken_yes_is_refused_in_words_where_one_was_taken_back_until_their_own_page_says_otherwise(
    phone: Phone, bolt: Exhibitor, dora: Registration, code: str
) -> None:
    phone.scan(code)
    sharing.withdraw(sharing.share(dora, bolt, "page", "en"), dora.person_id)
    refused = phone.ask("/device/share", {"code": code, "language": "en"})
    assert (refused.status_code, "on their own page" in refused.json["error"]) == (409, True)
    assert phone.ask("/device/person", {"code": code}).status_code == 404
    sharing.share(dora, bolt, "page", "en")
    assert phone.ask("/device/share", {"code": code, "language": "en"}).status_code == 200


def test_a_spoken_yes_is_refused_where_the_jobseeker_has_blocked_the_exhibitor(
    phone: Phone, fair: Fair, bolt: Exhibitor, dora: Registration, code: str
) -> None:
    phone.scan(code)
    make.add(PairBlock(fair_id=fair.id, registration_id=dora.id, exhibitor_id=bolt.id, by="jobseeker"))
    assert phone.ask("/device/share", {"code": code, "language": "en"}).status_code == 409


def test_a_spoken_yes_does_not_widen_what_the_jobseeker_chose_to_show(
    phone: Phone, bolt: Exhibitor, dora: Registration, code: str
) -> None:
    phone.scan(code)
    sharing.share(dora, bolt, "page", "en", fields=["name"])
    assert phone.ask("/device/share", {"code": code, "language": "en"}).json["facts"] == []


def test_who_was_not_scanned_here_is_not_there(phone: Phone, fair: Fair, code: str) -> None:
    other = make.jobseeker(make.fair("other"), "Eve")
    for unknown in (code, make.badge_code(other), new_badge_code(), "x", None, 7):
        for path in ("/device/question", "/device/person"):
            assert phone.ask(path, {"code": unknown}).status_code == 404
        assert phone.ask("/device/share", {"code": unknown, "language": "en"}).status_code == 404
    assert phone.ask("/device/share", {"code": code, "language": "tlh"}).status_code == 422
    assert not db.session.scalars(db.select(Share)).all()


def test_a_yes_taken_back_hides_the_profile_again(phone: Phone, dora: Registration, code: str) -> None:
    phone.scan(code)
    phone.ask("/device/share", {"code": code, "language": "en"})
    sharing.withdraw(db.session.scalars(db.select(Share)).one(), dora.person_id)
    assert phone.ask("/device/person", {"code": code}).status_code == 404
    assert phone.look("/device/people").json == {"people": []}


def test_who_booked_is_seen_by_name_alone(
    phone: Phone, fair: Fair, bolt: Exhibitor, dora: Registration, code: str
) -> None:
    make.add(
        Meeting(
            fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, came_by="open_slot", status="booked",
            starts_at=make.at(fair, 10), ends_at=make.at(fair, 11),
        )
    )  # fmt: skip
    phone.scan(code)
    assert phone.ask("/device/person", {"code": code}).json == {"name": "Dora", "facts": [], "remarks": []}


def test_what_was_written_comes_back_the_last_first(phone: Phone, code: str) -> None:
    phone.scan(code)
    phone.ask("/device/share", {"code": code, "language": "en"})
    phone.scan(code, note="Six years at a hospital", star=1)
    phone.scan(code, note="Can start in May", star=3, next="interview")
    remarks = phone.ask("/device/person", {"code": code}).json["remarks"]
    assert [(r["by"], r["note"], r["star"], r["next"]) for r in remarks] == [
        ("Bo", "Can start in May", 3, "interview"), ("Bo", "Six years at a hospital", 1, "none"),
    ]  # fmt: skip


def test_the_list_shows_those_who_share(phone: Phone, fair: Fair, code: str) -> None:
    elias = make.badge_code(make.jobseeker(fair, "Elias"))
    phone.scan(elias)
    phone.scan(code, star=2)
    phone.ask("/device/share", {"code": code, "language": "en"})
    met = phone.look("/device/people").json["people"]
    assert [(one["name"], one["code"], one["star"]) for one in met] == [("Dora", code, 2)]


def test_only_phones_with_the_right_see_the_list(client: FlaskClient, bolt: Exhibitor) -> None:
    assert Phone(client, bolt).look("/device/people").status_code == 403


def test_a_revoked_phone_sees_nothing_more(phone: Phone, fair: Fair, code: str) -> None:
    phone.scan(code)
    phone.ask("/device/share", {"code": code, "language": "en"})
    actions.revoke(phone.device, make.organiser(fair))
    assert phone.look("/device/me").status_code == 401
    assert phone.look("/device/people").status_code == 401
    for path in ("/device/question", "/device/person", "/device/share"):
        assert phone.ask(path, {"code": code, "language": "en"}).status_code == 401


@pytest.mark.parametrize("how", ["the recruiter ends", "the place is given back"])
def test_a_phone_ends_with_its_recruiters_part_and_its_exhibitors_place(
    phone: Phone, bolt: Exhibitor, code: str, how: str
) -> None:
    phone.scan(code)
    phone.ask("/device/share", {"code": code, "language": "en"})
    if how == "the recruiter ends":
        db.session.scalars(db.select(Representative)).one().ended_at = clock.now()
    else:
        bolt.status = "withdrawn"
    assert phone.look("/device/me").status_code == 401
    assert phone.ask("/device/person", {"code": code}).status_code == 401
    result = phone.scan(code)
    assert (result["reason"], result["person"]) == ("revoked_device", None)


def test_a_phone_knows_what_it_is(phone: Phone) -> None:
    told = phone.look("/device/me").json
    assert told["may"] == ["booth", "meeting", "list"]
    assert told["device"]["label"] == "Bolt AB"


def test_guessing_pairing_codes_is_slowed_down(client: FlaskClient, fair: Fair) -> None:
    tries = [
        client.post("/device/pair", json={"code": f"GUESS{n:03}"})
        for n in range(PAIRINGS_OF_NETWORK.most + 1)
    ]
    assert {answer.status_code for answer in tries[:-1]} == {404}
    assert tries[-1].status_code == 429
    assert int(tries[-1].headers["Retry-After"]) > 0
