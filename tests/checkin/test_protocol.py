"""The scanning protocol as a phone meets it: every status and reason, and nothing twice."""

import io
import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.checkin import actions, queries
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import new_badge_code
from bazaar.meetings.models import Meeting, Slot
from bazaar.sharing.models import Share
from tests import make


class Phone:
    """A paired phone that says what it scans."""

    def __init__(self, client: FlaskClient, fair: Fair, purpose: str = "door", **facts: Any) -> None:
        self.client = client
        name = facts.pop("name", "Sam")
        code = actions.make_pairing_code(fair.id, purpose, label=facts.pop("label", "Main door"), **facts)
        answer = client.post("/device/pair", json={"code": code, "name": name})
        assert answer.status_code == 200, answer.text
        self.paired = answer.json
        self.token = answer.json["token"]

    @property
    def device(self) -> Device:
        return db.session.get_one(Device, uuid.UUID(self.paired["device"]["id"]))

    def item(self, code: str, kind: str = "in", at: datetime | None = None, **more: Any) -> dict[str, Any]:
        at = at or clock.now()
        return {
            "id": str(uuid.uuid4()),
            "code": code,
            "kind": kind,
            "at": at.isoformat(),
            "offline": False,
            **more,
        }

    def send(self, *items: Any, sent: datetime | None = None, status: int = 200) -> Any:
        body = {"sent": (sent or clock.now()).isoformat(), "scans": list(items)}
        answer = self.client.post(
            "/device/scans",
            json=body,
            headers={"Authorization": f"Bearer {self.token}", "Accept-Language": "en"},
        )
        assert answer.status_code == status, answer.text
        return answer.json.get("results")

    def scan(self, code: str, kind: str = "in", **more: Any) -> dict[str, Any]:
        result: dict[str, Any] = self.send(self.item(code, kind, **more))[0]
        return result


@pytest.fixture
def fair() -> Fair:
    return make.fair(first_day=clock.now().date())


@pytest.fixture
def dora(fair: Fair) -> Registration:
    return make.jobseeker(fair, "Dora")


@pytest.fixture
def code(dora: Registration) -> str:
    return make.badge_code(dora)


@pytest.fixture
def door(client: FlaskClient, fair: Fair) -> Phone:
    return Phone(client, fair)


@pytest.fixture
def bolt(fair: Fair) -> Exhibitor:
    return make.exhibitor(fair)


@pytest.fixture
def booth(client: FlaskClient, fair: Fair, bolt: Exhibitor) -> Phone:
    return Phone(client, fair, "booth", exhibitor_id=bolt.id, label="Bolt AB", name="Bo")


def share(dora: Registration, bolt: Exhibitor) -> None:
    make.add(
        Share(
            fair_id=dora.fair_id, registration_id=dora.id, exhibitor_id=bolt.id, how="page", fields=["name"],
            words="Yes?", language="en",
        )
    )  # fmt: skip


def brief(result: dict[str, Any]) -> tuple[str, str | None]:
    return result["status"], result["reason"]


# --- Pairing ----------------------------------------------------------------------------------


def test_a_pairing_code_works_once(client: FlaskClient, fair: Fair) -> None:
    code = actions.make_pairing_code(fair.id, "door", label="Main door")
    first = client.post("/device/pair", json={"code": code.lower().replace("-", ""), "name": "Sam"})
    assert first.json["purpose"] == "door"
    assert first.json["may"] == ["in", "out"]
    assert set(first.json) == {"token", "salt", "device", "fair", "purpose", "may"}
    assert client.post("/device/pair", json={"code": code}).status_code == 404


def test_a_pairing_code_is_void_after_ten_minutes(
    client: FlaskClient, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = actions.make_pairing_code(fair.id, "door", label="Main door")
    db.session.commit()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=10, seconds=1))
    assert client.post("/device/pair", json={"code": code}).status_code == 404


@pytest.mark.parametrize("body", [None, [], "x", {"name": "Sam"}, {"code": 7}, {"code": "x", "name": 3}])
def test_a_pairing_body_of_another_form_is_422(client: FlaskClient, body: Any) -> None:
    assert client.post("/device/pair", json=body).status_code == 422


def test_an_unknown_token_is_401(client: FlaskClient) -> None:
    for header in ({}, {"Authorization": "Bearer nope"}, {"Authorization": "Basic eA=="}):
        assert client.post("/device/scans", json={}, headers=header).status_code == 401


# --- The door ---------------------------------------------------------------------------------


def test_the_first_scan_at_the_door_is_recorded(door: Phone, code: str) -> None:
    result = door.scan(code)
    assert brief(result) == ("recorded", None)
    assert result["person"] == {"name": "Dora", "kind": "jobseeker", "state": "in"}
    assert result["words"] == "Welcome"
    assert set(result) == {"id", "status", "reason", "words", "first", "person", "again"}


def test_the_second_says_when_and_by_whom(door: Phone, code: str) -> None:
    first = door.scan(code)
    second = door.scan(code)
    assert brief(second) == ("duplicate", "already_in")
    assert second["first"]["id"] == first["id"]
    assert second["first"]["by"] == "Sam"
    assert re.fullmatch(r"Already in, \d\d:\d\d by Sam", second["words"])


def test_out_and_in_again_is_recorded(door: Phone, code: str) -> None:
    results = [door.scan(code, kind) for kind in ("in", "out", "out", "in")]
    assert [brief(r) for r in results] == [
        ("recorded", None), ("recorded", None), ("duplicate", "already_out"), ("recorded", None),
    ]  # fmt: skip


def test_two_phones_that_could_not_know_of_each_other_make_a_conflict(
    client: FlaskClient, fair: Fair, door: Phone, code: str
) -> None:
    other = Phone(client, fair, label="Back door", name="Kim")
    at = clock.now() - timedelta(minutes=10)
    first = door.send(door.item(code, at=at, offline=True))[0]
    late = other.send(other.item(code, at=at - timedelta(minutes=1), offline=True))[0]
    assert brief(late) == ("conflict", "already_in")
    assert late["first"]["id"] == first["id"]


def test_the_same_phone_offline_twice_is_only_a_duplicate(door: Phone, code: str) -> None:
    results = door.send(door.item(code, offline=True), door.item(code, offline=True))
    assert [brief(r) for r in results] == [("recorded", None), ("duplicate", "already_in")]


def test_a_protected_person_goes_by_the_alias(door: Phone, dora: Registration, code: str) -> None:
    dora.protected, dora.alias = True, "Guest 7"
    assert door.scan(code)["person"]["name"] == "Guest 7"


def test_a_representative_has_a_badge_too(door: Phone, fair: Fair, bolt: Exhibitor) -> None:
    bo = make.representative(bolt, "Bo")
    make.add(Badge(code=new_badge_code(), fair_id=fair.id, kind="representative", person_id=bo.id))
    badge = db.session.scalars(db.select(Badge).where(Badge.person_id == bo.id)).one()
    assert door.scan(badge.code)["person"] == {"name": "Bo", "kind": "representative", "state": "in"}


@pytest.mark.parametrize("how", ["{0}", "{1}", "  {1} ", "http://127.0.0.1:5000/B/{0}"])
def test_a_code_is_read_however_it_is_written(door: Phone, code: str, how: str) -> None:
    dashed = "-".join(code[i : i + 4] for i in range(0, 16, 4)).lower()
    assert brief(door.scan(how.format(code, dashed))) == ("recorded", None)


# --- Conflicts --------------------------------------------------------------------------------


def test_unknown_foreign_blank_and_cancelled_codes_are_kept_for_the_desk(
    door: Phone, fair: Fair, dora: Registration, code: str
) -> None:
    eve = make.jobseeker(make.fair("other"), "Eve")
    blank, started = new_badge_code(), make.jobseeker(fair, "Half")
    started.status = "started"
    make.add(Badge(code=blank, fair_id=fair.id))
    dora.status = "cancelled"
    codes = [new_badge_code(), "not a code", make.badge_code(eve), blank, make.badge_code(started), code]
    results = door.send(*(door.item(one) for one in codes))
    assert [brief(r) for r in results] == [
        ("conflict", "unknown_code"), ("conflict", "unknown_code"), ("conflict", "other_fair"),
        ("conflict", "not_registered"), ("conflict", "not_registered"), ("conflict", "cancelled"),
    ]  # fmt: skip
    assert [r["person"] for r in results[:4]] == [None] * 4
    assert len(db.session.scalars(db.select(Scan)).all()) == 6


def test_a_void_badge_does_not_let_anybody_in(door: Phone, code: str) -> None:
    db.session.get_one(Badge, code).voided_at = clock.now()
    assert brief(door.scan(code)) == ("conflict", "cancelled")


def test_a_scan_from_the_future_is_a_conflict(door: Phone, code: str) -> None:
    result = door.send(door.item(code, at=clock.now() + timedelta(minutes=3)))[0]
    assert brief(result) == ("conflict", "clock_off")


def test_a_clock_that_is_off_is_corrected_and_both_times_are_kept(door: Phone, code: str) -> None:
    an_hour = timedelta(hours=1)
    said = clock.now() + an_hour
    result = door.send(door.item(code, at=said), sent=clock.now() + an_hour)[0]
    assert brief(result) == ("recorded", None)
    scan = db.session.scalars(db.select(Scan)).one()
    assert scan.at_said == said
    assert abs(scan.at - (said - an_hour)) < timedelta(seconds=5)
    assert -3605 < door.device.clock_off < -3595


def test_a_revoked_phone_loses_nothing_and_sees_nobody(door: Phone, fair: Fair, code: str) -> None:
    actions.revoke(door.device, make.organiser(fair))
    result = door.scan(code)
    assert brief(result) == ("conflict", "revoked_device")
    assert (result["words"], result["person"]) == (None, None)


# --- Once and only once -----------------------------------------------------------------------


def test_the_same_id_again_answers_as_the_first_time(door: Phone, code: str) -> None:
    item = door.item(code)
    first = door.send(item)[0]
    again = door.send(item)[0]
    assert (first["again"], again["again"]) == (False, True)
    assert [again[key] for key in ("status", "reason", "first")] == [
        first[key] for key in ("status", "reason", "first")
    ]
    assert len(db.session.scalars(db.select(Scan)).all()) == 1


def test_the_same_id_twice_in_one_upload_is_one_scan(door: Phone, code: str) -> None:
    item = door.item(code)
    results = door.send(item, item)
    assert [r["again"] for r in results] == [False, True]
    assert len(db.session.scalars(db.select(Scan)).all()) == 1


def test_the_same_id_from_another_phone_is_the_same_scan(
    client: FlaskClient, fair: Fair, door: Phone, code: str
) -> None:
    item = door.item(code)
    door.send(item)
    assert Phone(client, fair).send(item)[0]["again"] is True


def test_the_same_id_is_the_same_scan_from_a_phone_of_another_purpose_too(
    door: Phone, booth: Phone, code: str
) -> None:
    item = door.item(code)
    door.send(item)
    answer = booth.send(item)[0]
    assert (brief(answer), answer["again"]) == (("recorded", None), True)
    assert answer["person"] is None
    assert brief(door.send({**item, "kind": "booth"})[0]) == ("refused", "bad_item")


@pytest.mark.parametrize("change", [{"kind": "out"}, {"at": "2026-01-01T00:00:00Z"}, {"code": "0" * 16}])
def test_the_same_id_saying_something_else_is_refused(door: Phone, code: str, change: dict[str, str]) -> None:
    item = door.item(code)
    door.send(item)
    assert brief(door.send({**item, **change})[0]) == ("refused", "bad_item")


def test_an_id_of_another_fair_is_simply_new(client: FlaskClient, door: Phone, code: str) -> None:
    item = door.item(code)
    door.send(item)
    other = Phone(client, make.fair("other"))
    assert brief(other.send(item)[0]) == ("conflict", "other_fair")


# --- Bad items --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"at": "yesterday"}, {"at": "2026-04-21T10:00:00"}, {"at": "0001-01-01T00:00:00+14:00"}, {"at": None},
        {"code": 7}, {"code": ""}, {"code": "x" * 301}, {"code": "\x00"}, {"code": "\ud800"}, {"kind": "fly"},
        {"kind": ["in"]}, {"offline": 1}, {"note": "x" * 2001}, {"note": None}, {"star": 4}, {"star": True},
        {"star": 1.0}, {"next": "marry"}, {"next": {}},
    ],
)  # fmt: skip
def test_a_bad_item_never_stops_the_next(door: Phone, code: str, change: dict[str, Any]) -> None:
    results = door.send({**door.item(code), **change}, door.item(code))
    assert [brief(r) for r in results] == [("refused", "bad_item"), ("recorded", None)]
    assert results[0]["id"] is not None


@pytest.mark.parametrize(
    "item", [None, 7, "x", [], {}, {"id": 7}, {"id": "nope"}, {"id": "{" + "0" * 34 + "}"}]
)
def test_an_item_without_a_usable_id_is_answered_with_none(door: Phone, code: str, item: Any) -> None:
    results = door.send(item, door.item(code))
    assert results[0]["id"] is None
    assert [r["status"] for r in results] == ["refused", "recorded"]


def test_a_phone_does_only_what_its_purpose_needs(door: Phone, code: str) -> None:
    assert brief(door.scan(code, "booth")) == ("refused", "wrong_purpose")
    assert not db.session.scalars(db.select(Scan)).all()


@pytest.mark.parametrize("body", [None, [], {}, {"sent": "x", "scans": []}, {"sent": "2026-04-21T10:00:00Z"}])
def test_another_body_is_422(client: FlaskClient, door: Phone, body: Any) -> None:
    headers = {"Authorization": f"Bearer {door.token}"}
    assert client.post("/device/scans", json=body, headers=headers).status_code == 422


def test_more_than_500_are_413_and_nothing_is_stored(door: Phone, code: str) -> None:
    door.send(*(door.item(code) for _ in range(501)), status=413)
    assert not db.session.scalars(db.select(Scan)).all()
    assert len(door.send(*(door.item(code) for _ in range(500)))) == 500


def test_more_than_a_megabyte_is_413_also_when_its_length_is_not_said(
    client: FlaskClient, door: Phone, code: str
) -> None:
    said = (
        json.dumps({"sent": clock.now().isoformat(), "scans": [door.item(code)]}).encode() + b" " * 1_000_000
    )
    answer = client.post(
        "/device/scans",
        input_stream=io.BytesIO(said),
        headers={"Authorization": f"Bearer {door.token}"},
        environ_overrides={"CONTENT_LENGTH": "", "wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert not db.session.scalars(db.select(Scan)).all()


# --- The booth --------------------------------------------------------------------------------


def test_before_a_share_the_scan_is_a_fact_that_shows_nobody(booth: Phone, code: str) -> None:
    result = booth.scan(code, "booth")
    assert brief(result) == ("recorded", "no_consent")
    assert result["person"] is None


def test_after_a_share_the_recruiter_sees_the_name(
    booth: Phone, dora: Registration, bolt: Exhibitor, code: str
) -> None:
    share(dora, bolt)
    result = booth.scan(code, "booth")
    assert brief(result) == ("recorded", None)
    assert result["person"] == {"name": "Dora", "kind": "jobseeker", "state": "registered"}


def test_a_second_scan_within_five_minutes_is_a_repeat_and_adds_its_note(booth: Phone, code: str) -> None:
    first = booth.scan(code, "booth", note="Six years at a hospital", star=1)
    second = booth.scan(code, "booth", note="Can start in May", star=3, next="interview")
    assert brief(second) == ("duplicate", "repeat")
    assert second["first"]["id"] == first["id"]
    remarks = db.session.scalars(db.select(Remark).order_by(Remark.at)).all()
    assert [(r.note, r.star, r.next_step) for r in remarks] == [
        ("Six years at a hospital", 1, "none"), ("Can start in May", 3, "interview"),
    ]  # fmt: skip


def test_how_long_is_a_repeat_is_the_fairs_to_say(booth: Phone, fair: Fair, code: str) -> None:
    fair.repeat_minutes = 1
    at = clock.now() - timedelta(minutes=3)
    assert brief(booth.scan(code, "booth", at=at)) == ("recorded", "no_consent")
    assert brief(booth.scan(code, "booth")) == ("recorded", "no_consent")


def test_a_personal_number_in_a_note_keeps_the_scan_and_loses_its_digits(booth: Phone, code: str) -> None:
    item = booth.item(code, "booth", note="Ring 070-174 06 05. Born 811218-9876, or ١٩٨١١٢١٨٩٨٧٦", star=2)
    said = "Ask if they want to share. A personal number was taken out of the note."
    for again in (False, True):  # sent once more it is the same scan
        [result] = booth.send(item)
        assert (result["status"], result["again"], result["words"]) == ("recorded", again, said)
    for row in (db.session.scalars(db.select(Scan)).one(), db.session.scalars(db.select(Remark)).one()):
        assert row.note == "Ring •••-••• •• ••. Born ••••••-••••, or ••••••••••••"
        assert row.star == 2


def test_a_personal_number_typed_for_a_code_is_not_stored(booth: Phone) -> None:
    booth.scan("811218-9876", "booth")
    assert db.session.scalars(db.select(Scan.code)).one() == "••••••-••••"


def test_a_replay_adds_no_second_note(booth: Phone, code: str) -> None:
    item = booth.item(code, "booth", note="Six years")
    booth.send(item)
    booth.send(item)
    assert len(db.session.scalars(db.select(Remark)).all()) == 1


def test_another_exhibitors_scan_is_no_repeat_of_ours(
    client: FlaskClient, fair: Fair, booth: Phone, code: str
) -> None:
    crane = make.exhibitor(fair, "Crane AB")
    other = Phone(client, fair, "booth", exhibitor_id=crane.id, label="Crane AB", name="Cy")
    booth.scan(code, "booth")
    assert brief(other.scan(code, "booth")) == ("recorded", "no_consent")


# --- Corrections ------------------------------------------------------------------------------


def test_a_voided_scan_no_longer_counts_and_stays(door: Phone, fair: Fair, code: str) -> None:
    first = door.scan(code)
    scan = db.session.get_one(Scan, (fair.id, uuid.UUID(first["id"])))
    actions.void(scan, make.organiser(fair), "wrong person")
    assert brief(door.scan(code)) == ("recorded", None)
    assert len(db.session.scalars(db.select(Scan)).all()) == 2


def test_what_the_desk_accepts_from_a_revoked_phone_counts(
    client: FlaskClient, door: Phone, fair: Fair, code: str
) -> None:
    ada = make.organiser(fair)
    actions.revoke(door.device, ada)
    waiting = door.scan(code)
    actions.settle(db.session.get_one(Scan, (fair.id, uuid.UUID(waiting["id"]))), "accept", ada)
    assert brief(Phone(client, fair).scan(code)) == ("duplicate", "already_in")


@pytest.mark.parametrize(("verb", "came"), [("accept", 1), ("dismiss", 0)])
def test_an_arrival_that_the_desk_accepts_is_counted(
    verb: str, came: int, door: Phone, fair: Fair, code: str
) -> None:
    ada, now = make.organiser(fair), clock.now()
    actions.revoke(door.device, ada)
    waiting = door.scan(code)
    actions.settle(db.session.get_one(Scan, (fair.id, uuid.UUID(waiting["id"]))), verb, ada)
    found = queries.live(fair.id, now + timedelta(minutes=1), now - timedelta(hours=1))
    assert (found.came, found.inside) == (came, came)


def test_an_accepted_booth_scan_brings_its_note(
    client: FlaskClient, booth: Phone, fair: Fair, code: str
) -> None:
    ada = make.organiser(fair)
    actions.revoke(booth.device, ada)
    waiting = booth.scan(code, "booth", note="Good welder")
    assert not db.session.scalars(db.select(Remark)).all()
    actions.settle(db.session.get_one(Scan, (fair.id, uuid.UUID(waiting["id"]))), "accept", ada)
    assert db.session.scalars(db.select(Remark)).one().note == "Good welder"


def test_a_booth_scan_at_the_time_of_a_meeting_shows_that_it_was_held(
    booth: Phone, fair: Fair, dora: Registration, bolt: Exhibitor, code: str
) -> None:
    starts = clock.now() - timedelta(minutes=3)
    slot = make.add(
        Slot(
            fair_id=fair.id,
            exhibitor_id=bolt.id,
            table=1,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=15),
        )
    )
    meeting = make.add(
        Meeting(
            fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, slot_id=slot.id, came_by="open_slot",
            status="booked", starts_at=slot.starts_at, ends_at=slot.ends_at,
        )
    )  # fmt: skip
    result = booth.scan(code, "booth")
    assert meeting.status == "held"
    scan = db.session.get_one(Scan, (fair.id, uuid.UUID(result["id"])))
    actions.void(scan, make.organiser(fair), "somebody else's badge")
    assert meeting.status == "booked"


# --- Fast -----------------------------------------------------------------------------------------


def test_a_scan_costs_five_statements(
    client: FlaskClient, fair: Fair, code: str, statements: list[str]
) -> None:
    phone = Phone(client, fair)
    item = phone.item(code)
    statements.clear()
    assert phone.send(item)[0]["status"] == "recorded"
    # the device, the badges, what is known; in the line: who is in, the new rows
    assert [statement.split()[0] for statement in statements] == ["SELECT"] * 4 + ["INSERT"]


def test_five_hundred_scans_cost_as_many_statements_as_one(
    client: FlaskClient, fair: Fair, code: str, statements: list[str]
) -> None:
    phone = Phone(client, fair)
    items = [phone.item(new_badge_code(), offline=True) for _ in range(499)] + [phone.item(code)]
    statements.clear()
    results = phone.send(*items)
    assert [result["reason"] for result in results] == ["unknown_code"] * 499 + [None]
    assert len(statements) == 5


def test_an_id_that_another_upload_wrote_meanwhile_is_answered_as_there(
    client: FlaskClient, fair: Fair, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone(client, fair)
    item, taken_by = phone.item(code), make.badge_code(make.jobseeker(fair, "Elias"))
    look = actions.Upload.look
    looked = []

    def look_and_be_overtaken(upload: actions.Upload, connection: Any) -> None:
        look(upload, connection)
        looked.append(upload)
        if len(looked) == 1:  # before this one stands in line, another phone comes with the same id
            assert phone.send({**item, "code": taken_by})[0]["status"] == "recorded"

    monkeypatch.setattr(actions.Upload, "look", look_and_be_overtaken)
    result = phone.send(item, phone.item(code))
    assert (result[0]["status"], result[0]["reason"]) == ("refused", "bad_item")
    assert (result[1]["status"], result[1]["reason"]) == ("recorded", None)
    assert len(db.session.scalars(db.select(Scan)).all()) == 2
