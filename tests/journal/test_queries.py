"""Reading the journal of one fair."""

from bazaar.journal.actions import note
from bazaar.journal.queries import actors_in, entries_of, things_in
from tests import make


def test_the_journal_is_read_newest_first_and_by_fair():
    ours, theirs = make.fair("spring"), make.fair("autumn")
    for fair in (ours, theirs, ours):
        note("made", "hall", make.some_id(), fair_id=fair.id)
        make.db.session.flush()
    rows = entries_of(ours.id).rows
    assert len(rows) == 2
    assert rows[0].id > rows[1].id


def test_the_journal_can_be_read_by_thing_and_by_who_did_it():
    fair = make.fair()
    ada, hall = make.organiser(fair), make.some_id()
    note("made", "hall", hall, fair_id=fair.id, actor=ada.id)
    note("changed", "fair", fair.id, fair_id=fair.id)
    assert [e.thing for e in entries_of(fair.id, thing="hall").rows] == ["hall"]
    assert [e.thing_id for e in entries_of(fair.id, thing_id=hall).rows] == [hall]
    assert [e.verb for e in entries_of(fair.id, actor=ada.id).rows] == ["made"]
    assert set(things_in(fair.id)) == {"hall", "fair"}
    assert actors_in(fair.id) == [ada.id]
