"""Many at once: the last place, one organisation number, one invitation. Exactly one gets it, the others hear so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bazaar.db import db
from bazaar.employers import queries
from bazaar.employers.actions import organisations
from bazaar.employers.models import Organisation, Representative
from tests import make

pytestmark = pytest.mark.race
MANY = 8


def at_once(app, acts):
    """Each act (cookie's person, address, form) by a browser of its own, all at the same moment."""

    def send(act):
        client, where, data = act
        with app.app_context():
            return client.post(where, data=data).status_code

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(send, acts))


def browser(app, person):
    client = app.test_client()
    make.sign_in(client, person)
    return client


def test_the_last_place_is_given_once(app):
    fair = make.fair()
    fair.max_exhibitors = 1
    people = [make.organiser(fair, f"Ada {n}", "co_organiser") for n in range(MANY)]
    exhibitors = [make.exhibitor(fair, f"Firm {n}", "applied") for n in range(MANY)]
    acts = [
        (browser(app, person), "/organise/spring/exhibitors/decide", {"approve": str(one.id)})
        for person, one in zip(people, exhibitors, strict=True)
    ]
    db.session.commit()
    assert at_once(app, acts) == [303] * MANY
    counts = queries.counts_by_status(fair.id)
    assert (counts["approved"], counts["waitlisted"]) == (1, MANY - 1)


def test_an_organisation_number_is_registered_once(app):
    fair = make.fair()
    facts = {
        "name": "Bolt AB", "number": "556016-0680", "sector": "", "kind": "employer",
        "days": [str(day.id) for day in make.days(fair)],
    }  # fmt: skip
    acts = [(browser(app, make.person(f"Bo {n}")), "/f/spring/exhibit", facts) for n in range(MANY)]
    db.session.commit()
    assert at_once(app, acts) == [303] + [409] * (MANY - 1)
    assert db.session.scalar(db.select(db.func.count()).select_from(Organisation)) == 1


def test_an_invitation_is_used_once(app):
    place = make.exhibitor(make.fair(), "Bolt AB")
    bo = make.representative(place)
    organisation = db.session.get(Organisation, place.organisation_id)
    cy = make.person("Cy")
    organisations.invite(organisation, "cy@example.org", "recruiter", bo, language="en")
    letter = db.session.scalar(db.select(make.db.metadata.tables["letter"].c.words))
    link = "/invitation/" + letter.split("/invitation/")[1].split()[0]
    acts = [(browser(app, cy), link, {}) for _ in range(MANY)]
    db.session.commit()
    answers = at_once(app, acts)
    assert answers.count(303) == 1
    assert set(answers) <= {303, 409, 410}
    assert db.session.scalar(db.select(db.func.count()).select_from(Representative)) == 2


def test_two_admins_who_leave_at_once_leave_one(app):
    place = make.exhibitor(make.fair(), "Bolt AB")
    people = [make.representative(place, f"Bo {n}") for n in range(2)]
    parts = {part.person_id: part.id for part in queries.representatives_of(place.organisation_id)}
    where = f"/exhibit/organisation/{place.organisation_id}/colleagues"
    acts = [(browser(app, one), f"{where}/{parts[one.id]}/end", {}) for one in people]
    db.session.commit()
    assert at_once(app, acts) == [303, 409]
    assert queries.admins_of(place.organisation_id) == 1
