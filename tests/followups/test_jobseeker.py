"""What a jobseeker reads of the employers they met."""

import re
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.followups.models import Answer, Promise
from bazaar.people.models import Person
from tests import make
from tests.followups import cast


@pytest.fixture
def fair():
    return cast.past_fair()


@pytest.fixture
def bolt(fair):
    return make.exhibitor(fair)


@pytest.fixture
def dora(fair, client):
    dora = make.jobseeker(fair)
    make.sign_in(client, db.session.get(Person, dora.person_id))
    return dora


def page(client):
    answer = client.get("/me/spring/met?lang=en")
    assert answer.status_code == 200
    main = answer.text.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_nobody_met_yet(client, fair, dora):
    assert "None yet" in page(client)


def test_what_was_promised_and_by_when(client, fair, bolt, dora):
    bo = make.representative(bolt)
    cast.share(bolt, dora, ["name", "work"])
    cast.scan(bolt, dora, make.at(fair, 10, 45), cast.phone(bolt, "Ria"))
    cast.remark(bolt, dora, bo, "Secret thoughts", star=2, next_step="call")
    text = page(client)
    assert "Bolt AB" in text
    assert "They will call you." in text
    assert "Answer by" in text
    assert "10:45 , Ria" in text
    assert "They see: Name, Work wanted." in text
    assert "Secret" not in text
    assert "★" not in text


def test_a_scan_without_a_yes_shows_that_they_see_nothing(client, fair, bolt, dora):
    cast.scan(bolt, dora, make.at(fair, 10), reason="no_consent")
    text = page(client)
    assert "see nothing of you: you did not say yes" in text
    assert "They have not promised anything" in text


def test_an_answer_is_shown_once_it_can_no_longer_be_taken_back(client, fair, bolt, dora):
    cast.meeting(bolt, dora, make.at(fair, 10), "held")
    known = {"fair_id": fair.id, "exhibitor_id": bolt.id, "registration_id": dora.id}
    answer = make.add(Answer(**known, kind="job_offer", words="Ring Maria.", at=clock.now()))
    assert "offer you a job" not in page(client)
    answer.at = clock.now() - timedelta(minutes=11)
    text = page(client)
    assert "Yes: they want to offer you a job." in text
    assert "Ring Maria." in text
    answer.undone_at = clock.now()
    assert "offer you a job" not in page(client)


def test_a_late_employer_is_not_the_jobseekers_fault(client, fair, bolt, dora):
    cast.meeting(bolt, dora, make.at(fair, 10), "held")
    yesterday = (clock.now() - timedelta(days=2)).date()
    make.add(Promise(fair_id=fair.id, exhibitor_id=bolt.id, registration_id=dora.id, answer_by=yesterday))
    assert "They are late, it is not you." in page(client)


def test_a_booking_nobody_spoke_of_is_not_known(client, fair, bolt, dora):
    cast.meeting(bolt, dora, make.at(fair, 10))
    assert "nobody noted whether you met" in page(client)


def test_requests_and_cancelled_meetings_are_no_meetings(client, fair, bolt, dora):
    cast.meeting(bolt, dora, None, "requested")
    cast.meeting(make.exhibitor(fair, "Crane AB"), dora, make.at(fair, 10), "cancelled")
    assert "None yet" in page(client)


def test_what_was_joined_is_ones_own(client, fair, bolt, dora):
    twice = make.jobseeker(fair, "Dora again", joined_to=dora.id)
    twice.status = "joined"
    cast.scan(bolt, twice, make.at(fair, 10))
    assert "Bolt AB" in page(client)


def test_other_peoples_meetings_are_not_there(client, fair, bolt, dora):
    cast.meeting(bolt, make.jobseeker(fair, "Elias"), make.at(fair, 10), "held")
    assert "Bolt AB" not in page(client)
