"""People from a list: bad rows are named, good ones go in only when asked, the same list changes nothing twice."""

from time import process_time

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.jobseekers import actions, imports, queries
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.rules import Needs
from bazaar.occupations.actions import load_short_list
from bazaar.people.models import Contact, Person
from tests import make
from tests.jobseekers.conftest import letters, registrations

GOOD = (
    "Namn;Telefon;E-post;Språk;languages;Yrken;Svenska;Behov;Sko\r\n"
    "Dora Ali;070-174 06 05;;arabiska;Turkish (basic), engelska: bra;health;SFI C;tolk tigrinja, stegfritt, förmiddag;38\r\n"
    "Elias Ek;;elias@example.org;;;Care assistants;b1;senast 14:30\r\n"
)


@pytest.fixture
def the_fair():
    load_short_list()
    return make.fair()


def take(fair, text, **how):
    taken = imports.import_jobseekers(fair, text.encode(), **how)
    db.session.commit()
    return taken


def test_good_rows_are_registered_with_badges_and_letters(the_fair):
    taken = take(the_fair, GOOD)
    assert taken.outcome.last_line == "2 read, 2 new, 0 changed, 0 unchanged, 0 refused"
    assert taken.unknown == ["Sko"]
    dora, elias = registrations()
    assert (dora.status, dora.source, dora.swedish, dora.privacy_version) == (
        "registered",
        "import",
        "sfi_c",
        None,
    )
    assert {one.tag: one.level for one in queries.languages_of(dora)} == {"tr": "basic", "en": "good"}
    needs = queries.needs_of(dora)
    assert (needs.interpreter, needs.step_free, needs.half_day) == ("ti", True, "morning")
    assert [work.words for work in queries.wanted_work(elias)] == ["Care assistants"]
    assert len(queries.badge_of(dora)) == 16
    assert {letter.address for letter in letters("welcome")} == {"+46701740605", "elias@example.org"}


def test_the_same_list_again_changes_nothing(the_fair):
    take(the_fair, GOOD)
    taken = take(the_fair, GOOD)
    assert taken.outcome.last_line == "2 read, 0 new, 0 changed, 2 unchanged, 0 refused"
    assert len(letters("welcome")) == 2


def test_a_changed_cell_changes_its_row(the_fair):
    take(the_fair, GOOD)
    taken = take(the_fair, GOOD.replace("b1", "b2"))
    assert taken.outcome.last_line == "2 read, 0 new, 1 changed, 1 unchanged, 0 refused"


def test_a_dry_run_stores_nothing(the_fair):
    taken = take(the_fair, GOOD, dry_run=True)
    assert taken.outcome.new == 2
    assert registrations() == []
    assert db.session.scalars(db.select(Person)).all() == []


BAD = {
    "name,email\n,a@example.org\n": "row 2: name: missing",
    "name,email\n811228-9874 Dora,a@example.org\n": "row 2: name: looks like a personal number; take it out",
    "name,email\nDora,\n": "row 2: phone: a phone number or an e-mail address is needed",
    "name,email\nDora,dora@\n": "row 2: email: not an e-mail address: “dora@”",
    "name,phone\nDora,12\n": "row 2: phone: not a phone number: “12”",
    "name,email,language\nDora,d@example.org,klingon\n": "row 2: language: no such language: “klingon”",
    "name,email,swedish\nDora,d@example.org,lots\n": "row 2: swedish: no such level of Swedish: “lots”",
    "name,email,occupations\nDora,d@example.org,wizard\n": "row 2: occupations: no such work: “wizard”",
    "name,email,needs\nDora,d@example.org,a throne\n": "row 2: needs: not understood: “a throne”",
    "name,email\nDora,d@example.org\nDora,D@example.org\n": "row 3: name: the same as row 2",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_row_is_named_and_nothing_is_stored(the_fair, text):
    taken = take(the_fair, text)
    assert [row.words for row in taken.outcome.refused] == [BAD[text]]
    assert registrations() == []


def test_the_second_row_of_somebody_is_refused_though_the_first_was_too(the_fair):
    rows = "name,email,swedish\nDora,d@example.org,=1\nDora,d@example.org,SFI C\n"
    assert [row.words for row in take(the_fair, rows, keep_good=True).outcome.refused] == [
        "row 2: swedish: a formula, not a value",
        "row 3: name: the same as row 2",
    ]


def test_good_rows_go_in_when_asked(the_fair):
    taken = take(the_fair, "name,email\nDora,d@example.org\nElias,x\n", keep_good=True)
    assert taken.outcome.last_line == "2 read, 1 new, 0 changed, 0 unchanged, 1 refused"
    assert [registration.name for registration in registrations()] == ["Dora"]


def test_a_family_shares_an_address_in_a_list_too(the_fair):
    take(the_fair, "name,email\nDora Ali,ali@example.org\nElias Ali,ali@example.org\n")
    assert len(registrations()) == 2


def test_what_somebody_said_themselves_stays(the_fair):
    dora = make.jobseeker(the_fair, "Dora")
    actions.say_swedish(dora, "sfi_d")
    taken = take(the_fair, "name,email,swedish,needs\nDora,dora@example.org,SFI A,quiet\n")
    assert taken.outcome.changed == 1
    assert db.session.get_one(Registration, dora.id).swedish == "sfi_d"
    assert queries.needs_of(dora).quiet
    actions.say_needs(dora, Needs(step_free=True))
    assert take(the_fair, "name,email,needs\nDora,dora@example.org,quiet\n").outcome.unchanged == 1


def test_who_has_left_is_not_brought_back(the_fair):
    dora = make.jobseeker(the_fair, "Dora")
    actions.cancel(dora, None)
    [row] = take(the_fair, "name,email\nDora,dora@example.org\n").outcome.refused
    assert row.words == "row 2: name: has cancelled this registration"


def test_a_second_address_is_kept_too(the_fair):
    take(the_fair, "name,email,phone\nDora,d@example.org,0701740605\n")
    assert db.session.scalar(db.select(db.func.count(Contact.id))) == 2


@pytest.mark.parametrize("text", ["", "first,last\nDora,Ali\n", "name\nDora\n"])
def test_a_file_without_the_columns_is_refused(the_fair, text):
    with pytest.raises(Refused):
        take(the_fair, text)


def test_the_command(app, the_fair, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(GOOD)
    db.session.commit()
    runner = app.test_cli_runner()
    from bazaar.jobseekers.commands import import_jobseekers

    done = runner.invoke(import_jobseekers, [the_fair.slug, str(file)], standalone_mode=False)
    assert done.output.splitlines() == [
        "columns not read: Sko",
        "2 read, 2 new, 0 changed, 0 unchanged, 0 refused",
    ]
    assert done.return_value == 0
    file.write_text("name,email\nDora,x\n")
    done = runner.invoke(import_jobseekers, [the_fair.slug, str(file)], standalone_mode=False)
    assert done.return_value == 1


@pytest.mark.parametrize("who", ["proved", "owner"])
def test_a_list_gives_no_address_to_somebody_with_more_to_lose(the_fair, who):
    ada = make.organiser(make.fair("other"), "Ada") if who == "owner" else make.person("Ada")
    contact = db.session.scalars(db.select(Contact).where(Contact.person_id == ada.id)).one()
    contact.verified_at = clock.now() if who == "proved" else None
    take(the_fair, "name,email,phone\nAda,ada@example.org,0701740605\n")
    assert db.session.scalars(db.select(Contact.address).where(Contact.person_id == ada.id)).all() == [
        "ada@example.org"
    ]


def test_a_cell_full_of_spaces_keeps_nobody_waiting(the_fair):
    begun = process_time()
    gap = " " * 40_000
    taken = take(the_fair, f"name,email,languages\nDora,d@example.org,a{gap}b({gap})x\n")
    assert [row.column for row in taken.outcome.refused] == ["languages"]
    assert process_time() - begun < 5
