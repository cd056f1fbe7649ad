"""The short list, the publisher's lists and finding an occupation by what people call it."""

from pathlib import Path

import pytest
from flask_babel import force_locale

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.occupations import queries
from bazaar.occupations.actions import load_short_list, recognise, take_lists_in
from bazaar.occupations.models import Field, Group, Name
from bazaar.occupations.short_list import FIELDS, GROUPS

DATA = Path(__file__).parents[3] / "shared" / "data"

FIELD_FILE = (
    "concept_id,legacy_id,name_sv,description_sv\n"
    'NYW6_mP6_vwf,8,Hälso- och sjukvård,"Vårdar"\n'
    "new1_new_new,99,Rymdarbete,Flyger\n"
).encode()
GROUP_FILE = (
    "ssyk4;name_sv;name_en_via_isco08;isco08;occupation_field_sv;occupation_field_concept_id\n"
    "5330;Vårdbiträden m.fl.;Health care assistants | Other;5321;Hälso- och sjukvård;NYW6_mP6_vwf\n"
    "9999;Rymdfarare;Astronauts | Pilots;9999;Rymdarbete;new1_new_new\n"
).encode("cp1252")
NAME_FILE = (
    "ssyk4\toccupation_name_sv\tjobtech_concept_id\n5330\tVårdbiträde\taaaa\n5330\tServiceassistent, vård\tbbbb\n"
    "9999\tMånfarare\tcccc\n"
).encode()


def take(*files, keep_good=False, dry_run=False):
    lists = [recognise(f"file{number}.csv", content) for number, content in enumerate(files)]
    return [
        outcome.last_line for _name, outcome in take_lists_in(lists, keep_good=keep_good, dry_run=dry_run)
    ]


def test_the_short_list_has_every_field_and_loads_once():
    assert len(FIELDS) == 21
    assert len({group[0] for group in GROUPS}) == len(GROUPS)
    assert {group[1] for group in GROUPS} <= {field[0] for field in FIELDS}
    assert load_short_list() == len(FIELDS) + len(GROUPS)
    assert load_short_list() == 0
    assert [field.code for field in queries.fields()][:2] == ["health", "cleaning"]


def test_names_are_in_the_readers_language():
    load_short_list()
    with force_locale("sv"):
        assert queries.name_of(queries.group("5330")) == "Vårdbiträden"
    with force_locale("en"):
        assert queries.name_of(queries.group("5330")) == "Care assistants"


def test_the_publishers_lists_load_in_any_order_and_the_second_time_nothing_changes():
    first = take(NAME_FILE, GROUP_FILE, FIELD_FILE)
    assert first == [
        "2 read, 1 new, 0 changed, 1 unchanged, 0 refused",
        "2 read, 1 new, 1 changed, 0 unchanged, 0 refused",
        "3 read, 3 new, 0 changed, 0 unchanged, 0 refused",
    ]
    assert db.session.get(Group, "5330").name_en == "Care assistants"
    assert db.session.get(Group, "9999").name_en == "Astronauts"
    load_short_list()
    assert [line.split(" read, ")[1] for line in take(NAME_FILE, GROUP_FILE, FIELD_FILE)] == [
        f"0 new, 0 changed, {count} unchanged, 0 refused" for count in (2, 2, 3)
    ]


def test_a_bad_row_is_named_and_nothing_is_stored():
    bad = b"ssyk4,occupation_name_sv\n533,Short\n1234,No such group\n5330,\n5330,Good\n5330,good\n"
    [(_, outcome)] = take_lists_in([recognise("names.csv", bad)], keep_good=False, dry_run=False)
    assert [row.words for row in outcome.refused] == [
        'row 2: ssyk4: not four digits: "533"',
        "row 3: ssyk4: no group 1234: load the groups first",
        "row 4: occupation_name_sv: empty",
        "row 6: occupation_name_sv: the same as row 5",
    ]
    assert db.session.scalar(db.select(db.func.count()).select_from(Name)) == 0
    take(bad, keep_good=True)
    assert db.session.scalar(db.select(Name.name_sv)) == "Good"


def test_a_dry_run_stores_nothing():
    take(FIELD_FILE, dry_run=True)
    assert db.session.scalar(db.select(Field).where(Field.concept_id == "new1_new_new")) is None


def test_another_file_is_refused_by_name():
    with pytest.raises(Refused, match=r"x\.csv: not a list of fields, groups or names"):
        recognise("x.csv", b"name,email\n")
    with pytest.raises(Refused, match=r"x\.csv: the file is empty"):
        recognise("x.csv", b"")


def test_an_occupation_is_found_by_what_people_call_it():
    take(FIELD_FILE, GROUP_FILE, NAME_FILE)
    with force_locale("sv"):
        assert [one.words for one in queries.search("vardb")][:2] == ["Vårdbiträde", "Vårdbiträden m.fl."]
        assert "Serviceassistent, vård" in [one.words for one in queries.search("vård")]
        assert [(one.words, one.group.code) for one in queries.search("manf")] == [("Månfarare", "9999")]
        assert queries.search("  ") == []
        assert queries.search("%") == []
    with force_locale("en"):
        assert [one.group.code for one in queries.search("astro")] == ["9999"]


@pytest.mark.parametrize("said", ["5330", "vårdbiträde", "Care assistants"])
def test_an_occupation_is_known_by_code_or_name(said):
    take(FIELD_FILE, GROUP_FILE, NAME_FILE)
    assert queries.code_of(said) == "5330"
    assert queries.code_of("Drakdödare") is None


@pytest.mark.skipif(not DATA.is_dir(), reason="the publisher's files are not part of the project")
def test_the_real_lists_load_whole():
    files = ("occupation_names_sv.csv", "ssyk2012_4digit.csv", "occupation_fields.csv")
    lists = [recognise(name, (DATA / name).read_bytes()) for name in files]
    outcomes = take_lists_in(lists, keep_good=False, dry_run=False)
    assert [(outcome.read, len(outcome.refused)) for _name, outcome in outcomes] == [
        (21, 0),
        (400, 0),
        (2412, 0),
    ]
    shipped = {code: field for code, field, _sv, _en in GROUPS}
    assert {code: db.session.get(Group, code).field_code for code in shipped} == shipped
    assert outcomes[0][1].last_line == "21 read, 0 new, 0 changed, 21 unchanged, 0 refused"
