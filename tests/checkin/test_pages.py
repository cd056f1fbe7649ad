"""The pages and commands around scanning: phones are paired and revoked, the desk decides, mistakes are voided."""

import re
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from bazaar import clock
from bazaar.checkin.commands import device as device_command
from bazaar.checkin.commands import scans as scans_command
from bazaar.checkin.models import Correction, Device, PairingCode, Scan
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.rules import new_badge_code
from bazaar.programme.models import Talk
from tests import make

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


@pytest.fixture
def fair() -> Fair:
    return make.fair(first_day=clock.now().date())


@pytest.fixture
def bolt(fair: Fair) -> Exhibitor:
    return make.exhibitor(fair)


@pytest.fixture
def dora(fair: Fair) -> Registration:
    return make.jobseeker(fair, "Dora")


def pair(client: FlaskClient, code: str, name: str = "") -> Any:
    answer = client.post("/device/pair", json={"code": code, "name": name})
    assert answer.status_code == 200, answer.text
    return answer.json


def scan(client: FlaskClient, paired: Any, code: str, kind: str = "in", **more: Any) -> Any:
    at = more.pop("at", clock.now())
    item = {"id": str(uuid.uuid4()), "code": code, "kind": kind, "at": at.isoformat(), **more}
    body = {"sent": clock.now().isoformat(), "scans": [item]}
    answer = client.post("/device/scans", json=body, headers={"Authorization": f"Bearer {paired['token']}"})
    return answer.json["results"][0]


def code_for(fair: Fair, *options: str) -> str:
    db.session.commit()
    done = CliRunner().invoke(device_command, ["code", fair.slug, *options])
    assert done.exit_code == 0, done.output
    return done.output.strip()


# --- Organisers' phones ---------------------------------------------------------------------------


def test_a_phone_is_paired_with_the_code_on_the_page(client: FlaskClient, fair: Fair) -> None:
    make.sign_in(client, make.organiser(fair))
    page = client.post(f"/organise/{fair.slug}/devices", data={"purpose": "door", "label": "North door"})
    assert page.status_code == 200
    code = CODE.search(page.text)
    assert code
    assert pair(client, code[0], "Sam")["device"]["label"] == "North door"
    listed = client.get(f"/organise/{fair.slug}/devices").text
    assert "North door" in listed
    assert "Sam" in listed


@pytest.mark.parametrize("whose", ["organiser", "exhibitor"])
def test_a_pairing_code_is_taken_back_before_its_time_is_over(
    client: FlaskClient, fair: Fair, bolt: Exhibitor, whose: str
) -> None:
    if whose == "organiser":
        make.sign_in(client, make.organiser(fair))
        start, data = f"/organise/{fair.slug}/devices", {"purpose": "door", "label": "North door"}
    else:
        ria = make.representative(bolt, "Ria")
        make.sign_in(client, ria)
        start, data = f"/exhibit/{fair.slug}/{bolt.id}/scanner", {"holder": str(ria.id)}
    code = CODE.search(client.post(start, data=data).text)[0]
    pairing = db.session.scalars(db.select(PairingCode)).one()
    address = f"{start}/codes/{pairing.id}/take-back"
    assert address in client.get(start).text
    assert client.post(address).status_code == 303
    assert address not in client.get(start).text
    assert client.post("/device/pair", json={"code": code}).status_code == 404
    pairing.used_at = clock.now()
    assert client.post(address).status_code == 409


def test_a_booths_phone_needs_a_booth(client: FlaskClient, fair: Fair, bolt: Exhibitor) -> None:
    make.sign_in(client, make.organiser(fair))
    refused = client.post(f"/organise/{fair.slug}/devices", data={"purpose": "booth", "label": "Ours"})
    assert refused.status_code == 422
    assert "Choose whose booth" in refused.text
    assert 'value="Ours"' in refused.text
    page = client.post(f"/organise/{fair.slug}/devices", data={"purpose": "booth", "exhibitor": str(bolt.id)})
    assert pair(client, CODE.search(page.text)[0])["may"] == ["booth", "meeting", "list"]


def test_a_phone_for_a_talk_counts_at_that_talk(client: FlaskClient, fair: Fair, dora: Registration) -> None:
    talk = make.add(
        Talk(
            fair_id=fair.id, title="CV help", room="B", language="sv", starts_at=make.at(fair, 13),
            ends_at=make.at(fair, 14),
        )
    )  # fmt: skip
    make.sign_in(client, make.organiser(fair))
    page = client.post(f"/organise/{fair.slug}/devices", data={"purpose": "session", "talk": str(talk.id)})
    paired = pair(client, CODE.search(page.text)[0])
    assert paired["device"]["label"] == "CV help"
    assert scan(client, paired, make.badge_code(dora), "session")["status"] == "recorded"
    assert db.session.scalars(db.select(Scan)).one().talk_id == talk.id


def test_a_talks_phone_without_a_talk_still_sees_a_repeat(
    client: FlaskClient, fair: Fair, dora: Registration
) -> None:
    paired = pair(client, code_for(fair, "--purpose", "session"))
    results = [scan(client, paired, make.badge_code(dora), "session") for _ in range(2)]
    assert [(one["status"], one["reason"]) for one in results] == [
        ("recorded", None),
        ("duplicate", "repeat"),
    ]


def test_a_revoked_phone_is_shown_as_such_and_its_scans_come_to_the_desk(
    client: FlaskClient, fair: Fair, dora: Registration
) -> None:
    paired = pair(client, code_for(fair, "--purpose", "door"), "Sam")
    make.sign_in(client, make.organiser(fair))
    page = f"/organise/{fair.slug}/devices/{paired['device']['id']}"
    assert "Revoke this phone" in client.get(page).text
    client.post(f"{page}/revoke")
    assert "Revoked" in client.get(page).text
    scan(client, paired, make.badge_code(dora))
    assert "The phone was revoked" in client.get(f"/desk/{fair.slug}/conflicts").text


def test_a_clock_that_is_off_is_told(client: FlaskClient, fair: Fair) -> None:
    pair(client, code_for(fair, "--purpose", "door"))
    phone = db.session.scalars(db.select(Device)).one()
    phone.clock_off = 240
    make.sign_in(client, make.organiser(fair))
    assert "4 minutes behind" in client.get(f"/organise/{fair.slug}/devices").text


# --- Exhibitors' phones ---------------------------------------------------------------------------


def test_a_recruiter_pairs_a_phone_for_the_own_booth(
    client: FlaskClient, fair: Fair, bolt: Exhibitor
) -> None:
    bo, ria = make.representative(bolt, "Bo"), make.representative(bolt, "Ria", "recruiter")
    make.sign_in(client, bo)
    page = client.post(
        f"/exhibit/{fair.slug}/{bolt.id}/scanner", data={"holder": str(ria.id), "may_list": "y"}
    )
    paired = pair(client, CODE.search(page.text)[0])
    assert (paired["purpose"], paired["device"]) == (
        "booth", {"id": paired["device"]["id"], "label": "Bolt AB", "name": "Ria"},
    )  # fmt: skip
    phone = db.session.scalars(db.select(Device)).one()
    assert (phone.person_id, phone.exhibitor_id, phone.may_list) == (ria.id, bolt.id, True)
    client.post(f"/exhibit/{fair.slug}/{bolt.id}/scanner/{phone.id}/revoke")
    assert db.session.scalars(db.select(Device)).one().revoked_at


def test_somebody_who_does_not_work_there_cannot_hold_it(
    client: FlaskClient, fair: Fair, bolt: Exhibitor
) -> None:
    eve = make.representative(make.exhibitor(fair, "Crane AB"), "Eve")
    make.sign_in(client, make.representative(bolt, "Bo"))
    page = client.post(f"/exhibit/{fair.slug}/{bolt.id}/scanner", data={"holder": str(eve.id)})
    assert page.status_code == 422


def test_no_phone_before_the_place_is_approved(client: FlaskClient, fair: Fair) -> None:
    crane = make.exhibitor(fair, "Crane AB", status="applied")
    cy = make.representative(crane, "Cy")
    make.sign_in(client, cy)
    page = f"/exhibit/{fair.slug}/{crane.id}/scanner"
    assert "when your place at the fair is approved" in client.get(page).text
    assert client.post(page, data={"holder": str(cy.id)}).status_code == 409


# --- The desk -------------------------------------------------------------------------------------


@pytest.fixture
def door(client: FlaskClient, fair: Fair) -> Any:
    return pair(client, code_for(fair, "--purpose", "door"), "Sam")


@pytest.mark.parametrize(("verb", "words"), [("accept", "counts now"), ("dismiss", "dismissed")])
def test_the_desk_decides_on_a_conflict(
    client: FlaskClient, fair: Fair, dora: Registration, door: Any, verb: str, words: str
) -> None:
    make.sign_in(client, make.staff(fair, "Kim"))
    at = clock.now() - timedelta(minutes=10)
    other = pair(client, code_for(fair, "--purpose", "door"), "Ola")
    scan(client, door, make.badge_code(dora), at=at, offline=True)
    late = scan(client, other, make.badge_code(dora), at=at + timedelta(minutes=1), offline=True)
    page = client.get(f"/desk/{fair.slug}/conflicts").text
    assert "Dora" in page
    assert "by another phone" in page
    client.post(f"/desk/{fair.slug}/conflicts/{late['id']}", data={"verb": verb})
    done = client.get(f"/desk/{fair.slug}/conflicts").text
    assert words in done
    assert "Nothing to decide" in done
    again = client.post(f"/desk/{fair.slug}/conflicts/{late['id']}", data={"verb": verb})
    assert again.status_code == 409


def test_only_a_conflict_can_be_decided_and_only_so(
    client: FlaskClient, fair: Fair, dora: Registration, door: Any
) -> None:
    make.sign_in(client, make.staff(fair, "Kim"))
    good = scan(client, door, make.badge_code(dora))
    assert (
        client.post(f"/desk/{fair.slug}/conflicts/{good['id']}", data={"verb": "accept"}).status_code == 409
    )
    bad = scan(client, door, new_badge_code())
    assert client.post(f"/desk/{fair.slug}/conflicts/{bad['id']}", data={"verb": "eat"}).status_code == 404
    assert client.post(f"/desk/{fair.slug}/conflicts/{bad['id']}").status_code == 404


def test_a_mistaken_scan_is_voided_with_a_reason_and_stays(
    client: FlaskClient, fair: Fair, dora: Registration, door: Any
) -> None:
    made = scan(client, door, make.badge_code(dora))
    make.sign_in(client, make.staff(fair, "Kim"))
    page = f"/desk/{fair.slug}/scans/{made['id']}"
    client.post(page, data={"why": "Held by a friend"})
    done = client.get(page).text
    assert "Held by a friend" in done
    assert "Kim" in done
    assert client.post(page, data={"why": "again"}).status_code == 409
    correction = db.session.scalars(db.select(Correction)).one()
    assert (correction.verb, correction.why) == ("void", "Held by a friend")
    assert scan(client, door, make.badge_code(dora))["status"] == "recorded"


def test_a_reason_holds_no_personal_number(
    client: FlaskClient, fair: Fair, dora: Registration, door: Any
) -> None:
    made = scan(client, door, make.badge_code(dora))
    make.sign_in(client, make.staff(fair, "Kim"))
    page = client.post(f"/desk/{fair.slug}/scans/{made['id']}", data={"why": "It was 19121212-1212"})
    assert page.status_code == 422
    assert "19121212-1212" in page.text


def test_the_live_page_counts_people_once(
    client: FlaskClient, fair: Fair, dora: Registration, door: Any
) -> None:
    elias = make.jobseeker(fair, "Elias")
    for who, kind in ((dora, "in"), (dora, "in"), (elias, "in"), (elias, "out")):
        scan(client, door, make.badge_code(who), kind)
    make.sign_in(client, make.staff(fair, "Kim"))
    page = client.get(f"/desk/{fair.slug}/live").text
    values = re.findall(r'class="value"><bdi>(\d+)</bdi>', page)
    assert values == ["2", "1", "0", "0"]


# --- Commands -------------------------------------------------------------------------------------


def test_a_code_by_command_pairs(client: FlaskClient, fair: Fair, bolt: Exhibitor) -> None:
    for purpose in ("door", "session", "kiosk"):
        assert pair(client, code_for(fair, "--purpose", purpose))["purpose"] == purpose
    booth = pair(client, code_for(fair, "--purpose", "booth", "--exhibitor", "bolt ab"))
    assert booth["device"]["label"] == "Bolt AB"


@pytest.mark.parametrize(
    "options", [("--purpose", "booth"), ("--purpose", "booth", "--exhibitor", "No AB"), ("--purpose", "door", "--exhibitor", "Bolt AB")]
)  # fmt: skip
def test_what_makes_no_sense_is_refused(fair: Fair, bolt: Exhibitor, options: tuple[str, ...]) -> None:
    db.session.commit()
    done = CliRunner().invoke(device_command, ["code", fair.slug, *options])
    assert "--exhibitor" in done.exception.reason


def test_scans_are_written_as_promised(
    client: FlaskClient, fair: Fair, dora: Registration, door: Any, tmp_path: Path
) -> None:
    made = scan(client, door, make.badge_code(dora))
    unknown = scan(client, door, new_badge_code(), "out", offline=True)
    out = tmp_path / "scans.csv"
    done = CliRunner().invoke(scans_command, [fair.slug, "--out", str(out)])
    assert done.exit_code == 0, done.output
    header, first, second = out.read_bytes().decode("utf-8-sig").split("\r\n")[:3]
    assert header == "id,device,kind,registration,at,received,offline,status,reason,at_said"
    when = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    assert re.fullmatch(rf"{made['id']},Main door,in,{dora.id},{when},{when},false,recorded,,{when}", first)
    assert re.fullmatch(
        rf"{unknown['id']},Main door,out,,{when},{when},true,conflict,unknown_code,{when}", second
    )
