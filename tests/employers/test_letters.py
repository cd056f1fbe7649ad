"""Who is written to about an exhibitor: its people; without any, the organisation's own address."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from bazaar.booths.letters import where_they_stand
from bazaar.db import db
from bazaar.employers import queries
from bazaar.employers.actions import places
from bazaar.employers.models import Organisation
from bazaar.fairs.queries import days_of
from bazaar.fairs.rules import Hours
from bazaar.home import actions as home
from bazaar.messages.models import Letter
from tests import make


@pytest.fixture
def fair():
    return make.fair()


@pytest.fixture
def ada(fair):
    return make.organiser(fair)


@pytest.fixture
def bolt(fair):
    """Nobody acts for it yet."""
    place = make.exhibitor(fair, "Bolt AB", "applied")
    db.session.get_one(Organisation, place.organisation_id).email = "info@bolt.example"
    return queries.exhibitor_at(fair.id, place.id)


def told():
    query = select(Letter.purpose, Letter.address, Letter.person_id, Letter.language).order_by(Letter.purpose)
    return [tuple(row) for row in db.session.execute(query)]


def to_bolt(purpose):
    return (purpose, "info@bolt.example", None, "sv")


def test_the_answer_goes_to_the_organisation_for_which_nobody_acts(fair, bolt, ada):
    places.decide(fair, [bolt], "approved", "", ada)
    assert told() == [to_bolt("exhibitor_decision")]
    assert db.session.scalars(select(Letter.words)).one().startswith("Hej Bolt AB")


def test_where_it_stands_and_what_moves_is_told_there_too(fair, bolt, ada):
    bolt.status = "approved"
    where_they_stand(fair, [bolt])
    day = days_of(fair.id)[0]
    home.change_day(fair, day, Hours(day.date - timedelta(days=3), time(9), time(17)), ada)
    home.withdraw(fair, ada)
    assert told() == [to_bolt("booth"), to_bolt("day_changed"), to_bolt("fair_cancelled")]


def test_the_letter_to_a_place_leads_those_who_act_for_it_to_what_they_do_next(fair, bolt, ada):
    make.representative(bolt, "Bo")
    places.decide(fair, [bolt], "approved", "", ada)
    assert f"/exhibit/{fair.slug}/{bolt.id}/" in db.session.scalars(select(Letter.words)).one()


def test_nobody_is_led_to_a_page_that_only_those_who_act_can_open(fair, bolt, ada):
    places.decide(fair, [bolt], "approved", "", ada)
    make.booth(bolt, 14)
    where_they_stand(fair, [bolt])
    written = " ".join(db.session.scalars(select(Letter.words)))
    assert f"/f/{fair.slug}/map" in written
    assert "/exhibit/" not in written


def test_with_somebody_who_acts_the_organisation_gets_no_letter(fair, bolt, ada):
    bo = make.representative(bolt, "Bo")
    places.decide(fair, [bolt], "waitlisted", "", ada)
    home.withdraw(fair, ada)
    assert {person for _purpose, _address, person, _language in told()} == {bo.id}
