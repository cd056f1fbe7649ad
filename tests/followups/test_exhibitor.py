"""The exhibitor's list: seeing, answering, undoing, writing, taking it along."""

import re
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.checkin.models import Remark
from bazaar.db import db
from bazaar.employers.queries import exhibitor_at
from bazaar.fairs.models import Phase
from bazaar.followups import actions
from bazaar.followups.models import Answer, Promise
from bazaar.followups.queries import known
from bazaar.journal.models import Entry
from bazaar.people.models import Contact, Person
from tests import make
from tests.followups import cast


@pytest.fixture
def fair():
    return cast.past_fair()


@pytest.fixture
def bolt(fair):
    return make.exhibitor(fair)


@pytest.fixture
def bo(bolt, client):
    bo = make.representative(bolt)
    make.sign_in(client, bo)
    return bo


@pytest.fixture
def dora(fair, bolt, bo):
    """Met at ten, with a note and a promise."""
    dora = make.jobseeker(fair, swedish="sfi_c")
    cast.share(bolt, dora)
    cast.meeting(bolt, dora, make.at(fair, 10))
    cast.scan(bolt, dora, make.at(fair, 10))
    cast.remark(bolt, dora, bo, "Used to night shifts", star=1, next_step="interview")
    return dora


def start(bolt):
    return f"/exhibit/spring/{bolt.id}/followup"


def get(client, address):
    answer = client.get(address + ("&" if "?" in address else "?") + "lang=en")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def after(client, address, **data):
    answer = client.post(address, data=data)
    assert answer.status_code == 303, answer.status_code
    return get(client, answer.location)


def answer(client, bolt, who, kind="second_interview", **data):
    return after(client, f"{start(bolt)}/answer", person=str(who.id), kind=kind, **data)


def test_the_headline_says_what_is_owed(client, fair, bolt, bo, dora):
    page = get(client, start(bolt))
    assert "You met 1. You promised an answer to 1. You answered 0." in page
    assert "in 13 days" in page
    assert "Everyday talk" in page
    assert "Used to night shifts" in page


def test_people_scanned_without_sharing_are_a_number(client, fair, bolt, bo):
    cast.scan(bolt, make.jobseeker(fair, "Silent"), make.at(fair, 11))
    page = get(client, start(bolt))
    assert "1 person was scanned without sharing" in page
    assert "Silent" not in page


def test_an_answer_is_kept_and_its_letter_waits_ten_minutes_in_the_jobseekers_language(
    client, bolt, bo, dora
):
    db.session.get(Person, dora.person_id).language = "sv"
    page = answer(client, bolt, dora, words="Ring Maria.")
    assert "You answered 1." in page
    assert "Dora: Yes, second interview. The letter goes in 10 minutes." in page
    (letter,) = cast.letters()
    assert letter.language == "sv"
    assert "Ring Maria." in letter.words
    assert "/me/spring/met" in letter.words
    assert timedelta(minutes=9) < letter.next_try_at - clock.now() <= timedelta(minutes=10)


def test_an_answer_is_undone_within_ten_minutes_and_no_letter_goes(client, bolt, bo, dora):
    answer(client, bolt, dora)
    (row,) = db.session.scalars(db.select(Answer)).all()
    page = after(client, f"{start(bolt)}/undo", answers=str(row.id))
    assert "1 answer taken back." in page
    assert "You answered 0." in page
    assert cast.letters() == []
    assert db.session.get(Answer, row.id).undone_at is not None


def test_after_ten_minutes_it_is_too_late(client, bolt, bo, dora):
    answer(client, bolt, dora)
    (row,) = db.session.scalars(db.select(Answer)).all()
    row.at -= timedelta(minutes=10)
    reply = client.post(f"{start(bolt)}/undo?lang=en", data={"answers": str(row.id)})
    assert reply.status_code == 409
    assert "The letter has been sent" in reply.text
    assert len(cast.letters()) == 1


def test_a_letter_that_is_being_sent_is_not_undone(client, bolt, bo, dora):
    answer(client, bolt, dora)
    cast.letters()[0].status = "claimed"
    (row,) = db.session.scalars(db.select(Answer)).all()
    assert client.post(f"{start(bolt)}/undo", data={"answers": str(row.id)}).status_code == 409


def test_the_same_answer_twice_is_one_and_another_at_once_replaces_the_letter(client, bolt, bo, dora):
    answer(client, bolt, dora, "later")
    assert "they have already" in answer(client, bolt, dora, "later")
    assert len(db.session.scalars(db.select(Answer)).all()) == 1
    answer(client, bolt, dora, "no")
    assert len(cast.letters()) == 1
    assert len([row for row in db.session.scalars(db.select(Answer)) if row.undone_at is None]) == 1


def test_an_answer_can_be_changed_later_and_both_letters_go(client, bolt, bo, dora):
    answer(client, bolt, dora, "later")
    for row in db.session.scalars(db.select(Answer)):
        row.at -= timedelta(days=1)
    answer(client, bolt, dora, "job_offer")
    assert len(cast.letters()) == 2


def test_several_are_answered_and_undone_together(client, fair, bolt, bo):
    people = [make.jobseeker(fair, name) for name in ("Anna", "Beata", "Cecilia")]
    for one in people:
        cast.meeting(bolt, one, make.at(fair, 10 + people.index(one)), "held")
    page = after(client, f"{start(bolt)}/answer?tab=all", person=[str(one.id) for one in people], kind="no")
    assert "3 people: No, kindly said" in page
    assert len(cast.letters()) == 3
    ids = ",".join(str(row.id) for row in db.session.scalars(db.select(Answer)))
    after(client, f"{start(bolt)}/undo", answers=ids)
    assert cast.letters() == []


def test_nobody_marked_is_said_kindly(client, bolt, bo):
    assert "Mark whom you answer first" in after(client, f"{start(bolt)}/answer", kind="no")


def test_another_exhibitors_people_and_answers_are_not_there(client, fair, bolt, bo, dora):
    crane = make.exhibitor(fair, "Crane AB")
    elias = make.jobseeker(fair, "Elias")
    cast.meeting(crane, elias, make.at(fair, 10), "held")
    theirs = make.add(Answer(fair_id=fair.id, exhibitor_id=crane.id, registration_id=elias.id, kind="no"))
    for address, data in (
        (f"{start(bolt)}/answer", {"person": str(elias.id), "kind": "no"}),
        (f"{start(bolt)}/undo", {"answers": str(theirs.id)}),
        (f"{start(bolt)}/{elias.id}/note", {"note": "x", "star": "0", "next_step": "none"}),
    ):
        assert client.post(address, data=data).status_code == 404
    assert client.get(f"{start(bolt)}/{elias.id}").status_code == 404
    assert client.get(f"{start(bolt)}?person={elias.id}").status_code == 404
    assert client.get(start(crane)).status_code == 404


def test_an_unknown_answer_is_not_there(client, bolt, bo, dora):
    assert (
        client.post(f"{start(bolt)}/answer", data={"person": str(dora.id), "kind": "maybe"}).status_code
        == 404
    )


def note(**other):
    return {"note": "Calm and kind", "star": "2", "next_step": "call", "answer_by": "", **other}


def test_a_note_adds_and_never_overwrites(client, bolt, bo, dora):
    page = after(client, f"{start(bolt)}/{dora.id}/note", **note())
    assert "The note is kept." in page
    assert "Calm and kind" in page
    assert "1 earlier note" in page
    assert [row.note for row in db.session.scalars(db.select(Remark).order_by(Remark.at))] == [
        "Used to night shifts",
        "Calm and kind",
    ]
    whole = get(client, f"{start(bolt)}/{dora.id}")
    assert "Used to night shifts" in whole


def test_a_promise_by_another_day_than_the_usual_one(client, fair, bolt, bo, dora):
    day = (clock.now() + timedelta(days=2)).date().isoformat()
    assert "in 2 days" in after(client, f"{start(bolt)}/{dora.id}/note", **note(answer_by=day))
    usual = known.everybody(fair, bolt.id, bo.id, clock.now()).due
    after(client, f"{start(bolt)}/{dora.id}/note", **note(answer_by=usual.isoformat()))
    assert db.session.scalars(db.select(Promise)).all() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"answer_by": "soon"}, "Write a date, such as 2027-05-06."),
        ({"answer_by": "2099-01-01"}, "Choose a day within a year."),
        ({"note": "x" * 2001}, "At most 2000 characters."),
        ({"note": "Calm, 19811228-9874"}, "personal number"),
        ({"star": "9"}, "Not a valid choice"),
        ({"next_step": "marry"}, "Not a valid choice"),
    ],
)
def test_a_wrong_note_is_told_and_nothing_typed_is_lost(client, bolt, bo, dora, wrong, words):
    reply = client.post(f"{start(bolt)}/{dora.id}/note?lang=en", data=note(**wrong))
    assert reply.status_code == 422
    assert words in reply.text
    assert wrong.get("note", "Calm and kind") in reply.text


def test_words_with_a_personal_number_are_not_sent(client, bolt, bo, dora):
    data = {"person": str(dora.id), "kind": "no", "words": "Hej 811228-9874"}
    reply = client.post(f"{start(bolt)}/answer?lang=en", data=data)
    assert reply.status_code == 422
    assert "Hej 811228-9874" in reply.text
    assert cast.letters() == []


def test_once_the_follow_up_is_closed_nothing_is_answered(client, fair, bolt, bo, dora):
    phase = db.session.scalars(
        db.select(Phase).where(Phase.fair_id == fair.id, Phase.kind == "followup")
    ).one()
    phase.closes_at = clock.now() - timedelta(minutes=1)
    data = {"person": str(dora.id), "kind": "no"}
    assert client.post(f"{start(bolt)}/answer", data=data).status_code == 409
    assert client.post(f"{start(bolt)}/{dora.id}/note", data=note()).status_code == 409
    assert client.get(start(bolt)).status_code == 200


def test_nobody_answers_who_has_left(client, fair, bolt, bo, dora):
    dora.status = "cancelled"
    page = get(client, f"{start(bolt)}?tab=all")
    assert "Has left" in page
    assert "Dora" not in page
    assert "Everyday talk" not in page
    assert (
        client.post(f"{start(bolt)}/answer", data={"person": str(dora.id), "kind": "no"}).status_code == 409
    )
    assert client.post(f"{start(bolt)}/{dora.id}/note", data=note()).status_code == 404


def test_after_an_answer_the_next_who_waits_is_shown(client, fair, bolt, bo, dora):
    elias = make.jobseeker(fair, "Elias")
    cast.meeting(bolt, elias, make.at(fair, 11), "held")
    cast.remark(bolt, elias, bo, next_step="call")
    page = client.get(f"{start(bolt)}?person={dora.id}").text
    assert f'name="next" value="{elias.id}"' in page
    reply = client.post(
        f"{start(bolt)}/answer", data={"person": str(dora.id), "kind": "no", "next": str(elias.id)}
    )
    assert reply.location.endswith(f"?person={elias.id}")


def test_a_name_is_looked_for_without_standing_in_the_address(client, bolt, bo, dora):
    reply = client.post(f"{start(bolt)}/search", data={"text": "dor"})
    assert "dor" not in reply.location
    assert "Dora" in get(client, reply.location)
    reply = client.post(f"{start(bolt)}/search", data={"text": "zzz"})
    page = get(client, reply.location)
    assert "Nobody fits that" in page


def test_only_the_shared_profile_is_shown_and_access_needs_never(client, fair, bolt, bo, dora):
    from bazaar.jobseekers.models import AccessNeed

    make.add(AccessNeed(registration_id=dora.id, fair_id=fair.id, interpreter="ti", step_free=True))
    page = get(client, f"{start(bolt)}/{dora.id}")
    assert "Manages everyday talk" in page
    assert "interpreter" not in page.lower()
    assert "Tigrinya" not in page
    contact = db.session.scalars(db.select(Contact).where(Contact.person_id == dora.person_id)).one()
    assert contact.address not in page


def test_the_list_as_a_file(client, fair, bolt, bo, dora):
    hidden = make.jobseeker(fair, "Real", protected=True, alias="Heron")
    cast.meeting(bolt, hidden, make.at(fair, 12), "held")
    text = client.post(f"{start(bolt)}.csv?tab=all&lang=en").text
    assert "Dora" in text
    assert "Used to night shifts" in text
    assert "Interview" in text
    assert "Heron" not in text
    assert "Real" not in text
    assert client.post(f"{start(bolt)}.xlsx?tab=all").data.startswith(b"PK")
    assert client.post(f"{start(bolt)}.pdf").status_code == 404
    (first, second) = db.session.scalars(db.select(Entry).where(Entry.verb == "export")).all()
    assert (first.facts["kind"], second.facts["kind"]) == ("csv", "xlsx")


def test_everything_stands_in_the_journal_without_words(client, bolt, bo, dora):
    answer(client, bolt, dora, words="Secret words")
    (row,) = db.session.scalars(db.select(Answer)).all()
    after(client, f"{start(bolt)}/undo", answers=str(row.id))
    after(client, f"{start(bolt)}/{dora.id}/note", **note())
    entries = db.session.scalars(db.select(Entry).order_by(Entry.id)).all()
    assert [entry.verb for entry in entries] == ["answer", "undo_answer", "write"]
    assert not any("Secret" in str(entry.facts) or "Calm" in str(entry.facts) for entry in entries)


def test_two_recruiters_at_once_give_one_answer(fair, bolt, bo, dora):
    everybody = known.everybody(fair, bolt.id, bo.id, clock.now())
    people = [known.known_one(everybody, dora.id)]
    place = exhibitor_at(fair.id, bolt.id)
    assert len(actions.answer(fair, place, people, "no", "", bo)) == 1
    assert actions.answer(fair, place, people, "no", "", bo) == []
