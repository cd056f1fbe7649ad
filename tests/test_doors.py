"""Every door, tried by everybody: nobody, each role, each role of another fair, and each kind of device.

A new route is tried by itself; a new kind of id in an address needs a line in `World`.
"""

import tempfile
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from bazaar import clock
from bazaar.app import create_app
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.checkin import actions as checkin
from bazaar.checkin.models import Device, PairingCode, Scan
from bazaar.config import Settings
from bazaar.db import db
from bazaar.employers.models import Invitation, Representative
from bazaar.fairs.models import Fair, Organiser, Partner, Staff
from bazaar.followups.models import Answer
from bazaar.meetings.models import Meeting, Slot
from bazaar.messages.models import Letter
from bazaar.people.models import Contact, Person, SignIn
from bazaar.programme.models import Seat, Talk
from bazaar.queue.models import Place
from bazaar.reminders.models import Reminder
from bazaar.sharing.models import Share
from bazaar.words import hashed
from tests import make

GUARDED = ("/organise", "/exhibit", "/me", "/desk")


def all_rules() -> list[Rule]:
    app = create_app(
        Settings.from_environment({"DATABASE_URL": f"sqlite:///{tempfile.gettempdir()}/bazaar-doors.db"})
    )
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "web.static"]


RULES = {f"{rule.rule} {sorted(rule.methods - {'HEAD', 'OPTIONS'})}": rule for rule in all_rules()}


@dataclass
class World:
    """A fair with one of everything, and everybody who has a part in it."""

    fair: Fair
    people: dict[str, Person]
    ids: dict[str, Any]

    def address(self, rule: Rule, **other: Any) -> str:
        """This world's address of a rule; `other` ids take the place of its own."""
        known = {**self.ids, **other}
        if rule.rule.endswith(("download.<kind>", ".<kind>")):
            known["kind"] = "csv"
        values = {name: known[name] for name in rule.arguments}
        _domain, path = rule.build(values) or ("", "")
        assert path, rule.rule
        return path


def row(model: Any, **values: Any) -> Any:
    return make.add(model(**values))


def one_of_everything(slug: str, suffix: str) -> World:  # noqa: PLR0915 - a list, not a procedure
    fair = make.fair(slug, first_day=clock.now().date() + timedelta(days=3))
    day = make.days(fair)[0]
    bolt = make.exhibitor(fair, f"Bolt{suffix} AB")
    dora = make.jobseeker(fair, f"Dora{suffix}")
    people = {
        role: make.organiser(fair, f"{role} {suffix}", role) for role in ("owner", "co_organiser", "viewer")
    }
    people["staff"] = make.staff(fair, f"Sam{suffix}", supervisor=True)
    people["admin"] = make.representative(bolt, f"Bo{suffix}", "admin")
    people["recruiter"] = make.representative(bolt, f"Ria{suffix}", "recruiter")
    people["jobseeker"] = db.session.get_one(Person, dora.person_id)
    hall = make.hall(fair)
    booth = row(Booth, fair_id=fair.id, hall_id=hall.id, number=1, row=0, column=0)
    block = row(
        Block, fair_id=fair.id, fair_day_id=day.id, starts_at=make.at(fair, 9), ends_at=make.at(fair, 17)
    )
    booking = row(BoothBooking, fair_id=fair.id, booth_id=booth.id, block_id=block.id, exhibitor_id=bolt.id)
    vacancy = make.vacancy(bolt)
    slot = row(
        Slot,
        fair_id=fair.id,
        exhibitor_id=bolt.id,
        table=1,
        starts_at=make.at(fair, 10),
        ends_at=make.at(fair, 10, 15),
    )
    free = row(
        Slot,
        fair_id=fair.id,
        exhibitor_id=bolt.id,
        table=1,
        starts_at=make.at(fair, 11),
        ends_at=make.at(fair, 11, 15),
    )
    meeting = row(
        Meeting,
        fair_id=fair.id,
        exhibitor_id=bolt.id,
        registration_id=dora.id,
        slot_id=slot.id,
        came_by="open_slot",
        status="booked",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
    )
    talk = row(
        Talk,
        fair_id=fair.id,
        title="CV help",
        room="B",
        language="en",
        starts_at=make.at(fair, 12),
        ends_at=make.at(fair, 13),
        places=5,
    )
    seat = row(Seat, fair_id=fair.id, talk_id=talk.id, registration_id=dora.id, status="going")
    share = row(
        Share,
        fair_id=fair.id,
        registration_id=dora.id,
        exhibitor_id=bolt.id,
        how="page",
        fields=["name"],
        words="?",
        language="en",
    )
    partner = row(Partner, fair_id=fair.id, name="County", kind="county")
    letter = row(
        Letter,
        fair_id=fair.id,
        channel="email",
        address="x@example.org",
        language="en",
        purpose="news",
        subject="Hej",
        words="Hej",
        status="failed",
    )
    pairing = row(
        PairingCode,
        fair_id=fair.id,
        purpose="booth",
        exhibitor_id=bolt.id,
        label="Bolt",
        code_hash=hashed(f"p{suffix}"),
        expires_at=clock.now() + timedelta(minutes=10),
    )
    device = row(
        Device,
        fair_id=fair.id,
        purpose="booth",
        exhibitor_id=bolt.id,
        label="Bolt",
        token_hash=hashed(f"b{suffix}"),
        salt="s",
    )
    scan = row(
        Scan,
        fair_id=fair.id,
        id=uuid.uuid4(),
        device_id=device.id,
        code="X",
        kind="booth",
        at_said=clock.now(),
        at=clock.now(),
        received_at=clock.now(),
        offline=False,
        status="conflict",
        reason="unknown_code",
        exhibitor_id=bolt.id,
    )
    answer = row(Answer, fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, kind="later")
    token = f"invitation-{suffix}"
    invitation = row(
        Invitation,
        organisation_id=bolt.organisation_id,
        address="new@example.org",
        role="recruiter",
        token_hash=hashed(token),
        expires_at=clock.now() + timedelta(days=7),
    )
    row(
        Reminder,
        fair_id=fair.id,
        meeting_id=meeting.id,
        kind="day",
        starts_at=meeting.starts_at,
        token_hash=hashed(token),
    )
    first = {
        name: db.session.scalars(db.select(model).where(model.fair_id == fair.id)).first()
        for name, model in (("organiser", Organiser), ("staff", Staff))
    }
    part = db.session.scalars(
        db.select(Representative).where(Representative.organisation_id == bolt.organisation_id)
    ).first()
    place = row(
        Place,
        fair_id=fair.id,
        exhibitor_id=bolt.id,
        registration_id=dora.id,
        number=1,
        by="jobseeker",
        status="called",
        until=make.at(fair, 17),
        called_at=clock.now(),
    )
    other = make.jobseeker(fair, f"Dora{suffix}")  # perhaps the same person: the desk looks at both
    contact = db.session.scalars(db.select(Contact).where(Contact.person_id == dora.person_id)).one()
    sign_in = row(SignIn, token_hash=hashed(f"s{suffix}"), person_id=dora.person_id, device="phone")
    ids = {
        "slug": slug,
        "exhibitor_id": bolt.id,
        "organisation_id": bolt.organisation_id,
        "registration_id": dora.id,
        "vacancy_id": vacancy.id,
        "booth_id": booth.id,
        "block_id": block.id,
        "booking_id": booking.id,
        "slot_id": free.id,
        "meeting_id": meeting.id,
        "talk_id": talk.id,
        "seat_id": seat.id,
        "share_id": share.id,
        "partner_id": partner.id,
        "letter_id": letter.id,
        "device_id": device.id,
        "pairing_id": pairing.id,
        "scan_id": scan.id,
        "answer_id": answer.id,
        "place_id": place.id,
        "invitation_id": invitation.id,
        "organiser_id": first["organiser"].id,
        "staff_id": first["staff"].id,
        "contact_id": contact.id,
        "sign_in_id": sign_in.id,
        "day_id": day.id,
        "hall_id": hall.id,
        "person_id": dora.person_id,
        "code": make.badge_code(dora),
        "token": token,
        "colour": "f79a8b",
        "section": "places",
        "kind": "exhibitors",
        "name": "base.css",
        "version": "x",
        "layout": "a6",
        "field_code": "health",
        "group_code": "5330",
        "representative_id": part.id,
        "one": dora.id,
        "other": other.id,
    }
    db.session.commit()
    return World(fair, people, ids)


@pytest.fixture
def here() -> World:
    return one_of_everything("spring", "")


@pytest.fixture
def elsewhere() -> World:
    return one_of_everything("other", "x")


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def is_guarded(rule: Rule) -> bool:
    return any(rule.rule == start or rule.rule.startswith(f"{start}/") for start in GUARDED)


def of_a_fair(rule: Rule) -> bool:
    return is_guarded(rule) and "slug" in rule.arguments


def ours(rule: Rule) -> bool:
    """Addresses below a guarded start that name something of ours."""
    return is_guarded(rule) and bool(
        rule.arguments - {"section", "kind", "layout", "field_code", "group_code"}
    )


def which(chosen: Callable[[Rule], bool]) -> Any:
    names = [name for name, rule in RULES.items() if chosen(rule)]
    return pytest.mark.parametrize("rule", [RULES[name] for name in names], ids=names)


def knock(client: FlaskClient, rule: Rule, address: str) -> Iterator[tuple[str, int, Any]]:
    for method in methods(rule):
        answer = client.open(address, method=method, buffered=True)
        yield method, answer.status_code, answer


PART_OF = {  # who has a part in what begins with
    "/organise": ("owner", "co_organiser", "viewer"),
    "/exhibit": ("admin", "recruiter"),
    "/me": ("jobseeker",),
    "/desk": ("staff", "owner", "co_organiser", "viewer"),
}


def start_of(rule: Rule) -> str:
    return next(start for start in GUARDED if rule.rule.startswith(start))


def uuids(rule: Rule) -> list[str]:
    return [name for name in rule.arguments if name.endswith("_id") or name in ("one", "other")]


def wrongly_open(
    client: FlaskClient,
    chosen: Callable[[Rule], bool],
    address: Callable[[Rule], str],
    right: Collection[int],
) -> list[tuple[str, str, int]]:
    """The doors of a kind that answer this visitor with another status than a right one."""
    return [
        (method, rule.rule, status)
        for rule in filter(chosen, RULES.values())
        for method, status, _answer in knock(client, rule, address(rule))
        if status not in right
    ]


def test_nobody_is_sent_to_sign_in(client: FlaskClient, here: World) -> None:
    for rule in filter(is_guarded, RULES.values()):
        for there in (here.address(rule), here.address(rule, **dict.fromkeys(uuids(rule), uuid.uuid4()))):
            for method, status, answer in knock(client, rule, there):
                assert (rule.rule, method, status) == (rule.rule, method, 303)
                assert answer.location.startswith("/sign-in?next=")


ROLES = ("owner", "co_organiser", "viewer", "staff", "admin", "recruiter", "jobseeker")
every_role = pytest.mark.parametrize("role", ROLES)


@every_role
def test_another_fairs_pages_are_not_there(
    client: FlaskClient, here: World, elsewhere: World, role: str
) -> None:
    make.sign_in(client, elsewhere.people[role])
    assert wrongly_open(client, of_a_fair, here.address, {404}) == []


@every_role
def test_somebody_elses_things_are_not_there(
    client: FlaskClient, here: World, elsewhere: World, role: str
) -> None:
    make.sign_in(client, elsewhere.people[role])

    def names_a_thing(rule: Rule) -> bool:
        return is_guarded(rule) and "slug" not in rule.arguments and bool(uuids(rule))

    assert wrongly_open(client, names_a_thing, here.address, {404}) == []


@every_role
def test_another_fairs_things_are_not_in_my_fair(
    client: FlaskClient, here: World, elsewhere: World, role: str
) -> None:
    """My fair's address with one id of another fair in it: each id by itself."""
    make.sign_in(client, here.people[role])
    right = {404} if role in ("owner", "admin", "staff", "jobseeker") else {403, 404}
    for name in {name for rule in RULES.values() for name in uuids(rule)}:

        def names_it(rule: Rule, name: str = name) -> bool:
            return of_a_fair(rule) and name in rule.arguments and role in PART_OF[start_of(rule)]

        def there(rule: Rule, name: str = name) -> str:
            return here.address(rule, **{name: elsewhere.ids[name]})

        assert wrongly_open(client, names_it, there, right) == []


@every_role
def test_a_part_in_a_fair_opens_only_its_own_doors(client: FlaskClient, here: World, role: str) -> None:
    make.sign_in(client, here.people[role])

    def not_theirs(rule: Rule) -> bool:
        return of_a_fair(rule) and role not in PART_OF[start_of(rule)]

    assert wrongly_open(client, not_theirs, here.address, {404}) == []


READING = ("jobseekers.search_list",)  # a POST that changes nothing: names stay out of addresses


def test_a_viewer_changes_nothing(client: FlaskClient, here: World) -> None:
    make.sign_in(client, here.people["viewer"])
    for rule in RULES.values():
        if rule.rule.startswith("/organise/<slug>"):
            for method, status, _answer in knock(client, rule, here.address(rule)):
                changes = method == "POST" and rule.endpoint not in READING
                right = (403,) if changes else (200, 302, 303, 403)
                assert status in right, (method, rule.rule, status)


@which(lambda rule: True)
def test_everybody_gets_an_answer_and_nobody_breaks_a_page(
    client: FlaskClient, here: World, rule: Rule
) -> None:
    """Every door with every part, GET before POST, with an empty form: never a 500."""
    for role in (None, *here.people):
        if role:
            make.sign_in(client, here.people[role])
        for method, status, _answer in knock(client, rule, here.address(rule)):
            assert status < 500, (role, method, status)


@which(lambda rule: is_guarded(rule) and "GET" in (rule.methods or ()))
def test_every_page_opens_for_whom_it_is(client: FlaskClient, here: World, rule: Rule) -> None:
    role = PART_OF[start_of(rule)][0]
    make.sign_in(client, here.people[role])
    address = here.address(rule, **({"sign_in_id": here.ids["sign_in_id"]} if role == "jobseeker" else {}))
    answer = client.get(address)
    assert answer.status_code in (200, 302, 303), (role, address, answer.status_code)


@pytest.mark.parametrize("purpose", ["door", "booth", "session", "kiosk"])
def test_a_devices_token_is_nobody_on_pages(client: FlaskClient, here: World, purpose: str) -> None:
    more = {"exhibitor_id": here.ids["exhibitor_id"]} if purpose == "booth" else {}
    more |= {"talk_id": here.ids["talk_id"]} if purpose == "session" else {}
    _device, token = checkin.pair(checkin.make_pairing_code(here.fair.id, purpose, label="x", **more), "Sam")
    for rule in filter(is_guarded, RULES.values()):
        for method in methods(rule):
            answer = client.open(
                here.address(rule), method=method, headers={"Authorization": f"Bearer {token}"}
            )
            assert (rule.rule, method, answer.status_code) == (rule.rule, method, 303)


@which(lambda rule: rule.rule.startswith("/device"))
def test_without_a_token_a_devices_door_is_shut(client: FlaskClient, here: World, rule: Rule) -> None:
    for method, status, _answer in knock(client, rule, here.address(rule)):
        assert (method, status) in ((method, 401), (method, 422))
