"""Two registrations of one person become one, and nothing of either is lost."""

import pytest

from bazaar import clock
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.db import db
from bazaar.desk import queries as desk
from bazaar.fairs.models import Organiser
from bazaar.jobseekers import actions as jobseekers
from bazaar.jobseekers import queries
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.queries import Exact
from bazaar.jobseekers.rules import Needs
from bazaar.meetings.models import Meeting
from bazaar.messages.models import Letter
from bazaar.people.models import Contact, Person, SignIn
from bazaar.people.queries import people_at
from bazaar.programme.models import Seat, Talk
from bazaar.sharing.models import Share
from tests import make
from tests.desk.conftest import person_of


@pytest.fixture
def twins(fair):
    """Dora registered on her phone, and again at the desk without an address."""
    first = make.jobseeker(fair, "Dora Ali")
    second = make.jobseeker(fair, "Dora Ali")
    contact = db.session.scalars(db.select(Contact).where(Contact.person_id == second.person_id)).one()
    contact.kind, contact.address = "phone", "+46701740605"
    return first, second


def again(registration) -> Registration:
    db.session.expire_all()
    return db.session.get_one(Registration, registration.id)


def join(client, fair, kept, gone, **data):
    return client.post(f"/desk/{fair.slug}/same/{kept.id}/{gone.id}", data={"join": "yes", **data})


def test_pairs_are_listed_shown_side_by_side_and_told_apart(client, fair, sam, twins):
    first, second = twins
    assert "Dora Ali" in client.get(f"/desk/{fair.slug}/twice").text
    page = client.get(f"/desk/{fair.slug}/same/{first.id}/{second.id}").text
    assert "d…@example.org" in page
    assert "…0605" in page
    assert "Perhaps the same person twice" in client.get(f"/desk/{fair.slug}/person/{first.id}").text
    client.post(f"/desk/{fair.slug}/same/{first.id}/{second.id}", data={"different": "yes"})
    assert "Nobody seems to be registered twice" in client.get(f"/desk/{fair.slug}/twice").text
    assert "Perhaps" not in client.get(f"/desk/{fair.slug}/person/{first.id}").text


def test_only_who_may_be_one_person_can_be_joined(client, fair, sam):
    dora, stranger = make.jobseeker(fair, "Dora Ali"), make.jobseeker(fair, "Elias Berg")
    assert client.get(f"/desk/{fair.slug}/same/{dora.id}/{stranger.id}").status_code == 404
    assert join(client, fair, dora, stranger).status_code == 404
    assert again(stranger).status == "registered"


def test_telling_apart_is_taken_back_from_the_same_list(client, fair, sam, twins):
    first, second = twins
    address = f"/desk/{fair.slug}/same/{first.id}/{second.id}"
    client.post(address, data={"different": "yes"})
    assert f"{address}/perhaps" in client.get(f"/desk/{fair.slug}/twice").text
    for _time in range(2):
        assert client.post(f"{address}/perhaps").status_code == 303
    page = client.get(f"/desk/{fair.slug}/twice").text
    assert ("Look at both" in page, "Told apart" in page) == (True, False)


def test_a_family_is_no_pair_and_a_turned_name_at_one_address_is(fair):
    dora, elias = make.jobseeker(fair, "Dora Ali"), make.jobseeker(fair, "Elias Ali")
    third = make.jobseeker(fair, "Ali, Dora")
    for one in (elias, third):
        db.session.scalars(
            db.select(Contact).where(Contact.person_id == one.person_id)
        ).one().address = "dora.ali@example.org"
    third.folded_name = "ali dora"
    db.session.flush()
    assert [{a.id, b.id} for a, b in queries.perhaps_twice(fair)] == [{dora.id, third.id}]


def test_wishes_meetings_seats_shares_and_scans_are_kept(client, fair, sam, twins):
    kept, gone = twins
    bolt, crane = make.exhibitor(fair), make.exhibitor(fair, "Crane AB")
    make.meeting(kept, make.slot(bolt, make.at(fair, 10)))
    theirs = make.meeting(gone, make.slot(crane, make.at(fair, 11)))
    talk = make.add(Talk(fair_id=fair.id, title="CV", room="A", language="sv",
                         starts_at=make.at(fair, 13), ends_at=make.at(fair, 14)))  # fmt: skip
    make.add(Seat(fair_id=fair.id, talk_id=talk.id, registration_id=gone.id, status="going"))
    make.add(
        Share(
            fair_id=fair.id,
            registration_id=gone.id,
            exhibitor_id=crane.id,
            how="page",
            words="?",
            language="sv",
        )
    )
    device = make.add(Device(fair_id=fair.id, purpose="door", label="Door", token_hash="x", salt="y"))
    scan = make.add(Scan(fair_id=fair.id, id=make.some_id(), device_id=device.id, code=make.badge_code(gone), kind="in",
                         at_said=clock.now(), at=clock.now(), received_at=clock.now(), offline=False, status="recorded",
                         registration_id=gone.id, person_id=gone.person_id, badge_kind="jobseeker"))  # fmt: skip
    make.add(
        Remark(
            fair_id=fair.id,
            exhibitor_id=crane.id,
            registration_id=gone.id,
            author=sam.id,
            author_name="x",
            note="good",
        )
    )
    jobseekers.want(gone, Exact("health"))
    jobseekers.say_swedish(gone, "sfi_c")
    jobseekers.say_languages(gone, {"ar": "native"})
    jobseekers.say_needs(gone, Needs(quiet=True))
    codes = {make.badge_code(kept), make.badge_code(gone)}

    assert join(client, fair, kept, gone).location == f"/desk/{fair.slug}/person/{kept.id}"
    kept, gone = again(kept), again(gone)
    assert (gone.status, gone.joined_to) == ("joined", kept.id)
    assert db.session.get_one(Meeting, theirs.id).registration_id == kept.id
    assert {seat.registration_id for seat in db.session.scalars(db.select(Seat))} == {kept.id}
    assert {share.registration_id for share in db.session.scalars(db.select(Share))} == {kept.id}
    assert {remark.registration_id for remark in db.session.scalars(db.select(Remark))} == {kept.id}
    assert db.session.get_one(Scan, (fair.id, scan.id)).registration_id == gone.id
    assert queries.all_ids_of(kept) == [kept.id, gone.id]
    assert desk.came_at(kept) is not None
    assert set(db.session.scalars(db.select(Badge.code).where(Badge.registration_id == kept.id))) == codes
    assert {b.person_id for b in db.session.scalars(db.select(Badge))} == {kept.person_id}
    assert [work.words for work in queries.wanted_work(kept)] == ["Health care"]
    assert kept.swedish == "sfi_c"
    assert queries.needs_of(kept).quiet


def test_the_person_is_told_of_the_joining(client, fair, sam, twins):
    join(client, fair, *twins)
    [letter] = db.session.scalars(db.select(Letter).where(Letter.purpose == "registrations_joined"))
    assert letter.address == "dora.ali@example.org"


def test_both_addresses_lead_to_the_one_person(client, fair, sam, twins):
    kept, gone = twins
    phone = client.application.test_client()
    make.sign_in(phone, person_of(gone))
    join(client, fair, kept, gone)
    assert [person.id for person in people_at("+46701740605")] == [kept.person_id]
    assert db.session.get_one(Person, gone.person_id).erased_at is not None
    assert phone.get(f"/me/{fair.slug}/profile").status_code == 200
    assert (
        db.session.scalars(db.select(SignIn.person_id).where(SignIn.person_id == gone.person_id)).all() == []
    )


def test_who_is_more_than_a_jobseeker_here_stays_somebody(client, fair, sam, twins):
    kept, gone = twins
    make.add(Registration(fair_id=make.fair("other").id, person_id=gone.person_id, name="Dora", folded_name="dora",
                          status="registered"))  # fmt: skip
    join(client, fair, kept, gone)
    assert db.session.get_one(Person, gone.person_id).erased_at is None
    assert {person.id for person in people_at("+46701740605")} == {kept.person_id, gone.person_id}
    make.sign_in(client, person_of(gone))
    assert client.get(f"/me/{fair.slug}/profile").status_code == 200


def clash(fair, twins):
    kept, gone = twins
    mine = make.meeting(kept, make.slot(make.exhibitor(fair), make.at(fair, 10)))
    theirs = make.meeting(gone, make.slot(make.exhibitor(fair, "Crane AB"), make.at(fair, 10, 5)))
    return mine, theirs


def test_a_clash_is_shown_and_the_desk_chooses(client, fair, sam, twins):
    mine, theirs = clash(fair, twins)
    page = client.get(f"/desk/{fair.slug}/same/{twins[0].id}/{twins[1].id}").text
    assert "These meetings cannot both be kept" in page
    assert "Crane AB" in page
    join(client, fair, *twins, **{f"clash-{theirs.id}": "theirs"})
    assert (again_meeting(mine).status, again_meeting(theirs).status) == ("cancelled", "booked")
    assert again_meeting(theirs).registration_id == twins[0].id


def test_where_nothing_is_chosen_the_kept_one_stands(client, fair, sam, twins):
    mine, theirs = clash(fair, twins)
    join(client, fair, *twins)
    assert (again_meeting(mine).status, again_meeting(theirs).status) == ("booked", "cancelled")


def test_a_meeting_that_was_held_cannot_give_way(client, fair, sam, twins):
    mine, theirs = clash(fair, twins)
    mine.status = "held"
    join(client, fair, *twins, **{f"clash-{theirs.id}": "theirs"})
    assert (again_meeting(mine).status, again_meeting(theirs).status) == ("held", "cancelled")


def again_meeting(meeting) -> Meeting:
    db.session.expire_all()
    return db.session.get_one(Meeting, meeting.id)


def test_two_clicks_join_once_and_others_cannot_be_joined(client, fair, sam, twins):
    kept, gone = twins
    other = make.jobseeker(make.fair("other"), "Dora Ali")
    assert join(client, fair, kept, kept).status_code == 409
    assert join(client, fair, kept, other).status_code == 404
    assert join(client, fair, kept, gone).status_code == 303
    assert join(client, fair, kept, gone).status_code == 409
    assert client.get(f"/desk/{fair.slug}/same/{kept.id}/{gone.id}").status_code == 409


def test_a_third_registration_follows_to_the_last(client, fair, sam, twins):
    kept, gone = twins
    third = make.jobseeker(fair, "Dora Ali")
    join(client, fair, gone, third)
    join(client, fair, kept, gone)
    assert again(third).joined_to == kept.id
    assert set(queries.all_ids_of(again(kept))) == {kept.id, gone.id, third.id}


def test_joining_lets_nobody_into_an_organisers_or_an_employers_pages(client, fair, sam, twins):
    """A walk-in with the name of an organiser and another address would else open the organiser's pages."""
    first, second = twins
    make.add(Organiser(fair_id=fair.id, person_id=first.person_id, role="owner"))
    token = make.add(SignIn(token_hash="t" * 64, person_id=second.person_id, device="phone"))
    assert join(client, fair, first, second).status_code == 303
    assert people_at("+46701740605") == []
    session = db.session.get_one(SignIn, token.id)
    assert session.person_id != first.person_id
    assert session.ended_at is not None
    assert again(second).joined_to == first.id
