"""Lists of exhibitors and of vacancies, as organisers really have them."""

import json
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Uuid

from bazaar.db import db
from bazaar.employers import queries
from bazaar.employers.actions.imports import import_exhibitors, import_vacancies
from bazaar.employers.commands import import_exhibitors as exhibitors_command
from bazaar.employers.commands import import_vacancies as vacancies_command
from bazaar.employers.models import Exhibitor, Organisation, Vacancy
from bazaar.employers.rules import missing_facts
from bazaar.errors import NotFound, Refused
from bazaar.messages.models import Letter
from bazaar.people.models import Person
from bazaar.sheets import looked_through
from tests import make

DATA = Path(__file__).parents[3] / "shared" / "data"

LIST = (
    "Företag;Organisationsnummer;Webbplats;E-post;Mässdagar;Bransch;Typ;Skonummer\r\n"
    "Bolt AB;556016-0680;bolt.se;info@bolt.se;1;Industri;Arbetsgivare;42\r\n"
    "Åre kommun;;https://are.se;;;Offentlig förvaltning;Kommun;\r\n"
    "Komvux;;;;2;Skola;Utbildning;\r\n"
).encode("cp1252")


def text(*lines):
    return "\n".join(lines).encode()


def run(command, *words):
    result = CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value, result.stdout.splitlines()


def days_by_name(fair):
    return {
        place.organisation.name: [day.date.day for day in queries.days_of_exhibitor(place.id)]
        for place in queries.exhibitors_of(fair.id)
    }


def test_exhibitors_come_in_approved_with_their_days_and_facts():
    fair = make.fair()
    taken = import_exhibitors(fair, LIST)
    assert taken.outcome.last_line == "3 read, 3 new, 0 changed, 0 unchanged, 0 refused"
    assert taken.unknown == ["Skonummer"]
    first, second = (day.date.day for day in make.days(fair))
    assert days_by_name(fair) == {"Bolt AB": [first], "Åre kommun": [first, second], "Komvux": [second]}
    are, bolt, komvux = queries.exhibitors_of(fair.id)[:3]
    assert (bolt.organisation.number, bolt.organisation.website, bolt.organisation.sector) == (
        "5560160680", "https://bolt.se", "industry",
    )  # fmt: skip
    assert (bolt.kind, komvux.kind, are.kind) == ("employer", "education", "municipality")


def test_the_same_file_again_changes_nothing_and_another_list_changes_what_differs():
    fair = make.fair()
    import_exhibitors(fair, LIST)
    again = import_exhibitors(fair, LIST)
    assert again.outcome.last_line == "3 read, 0 new, 0 changed, 3 unchanged, 0 refused"
    changed = import_exhibitors(fair, text("organisation,fair_days", "bolt ab,2", "Komvux,2"))
    assert changed.outcome.last_line == "2 read, 0 new, 1 changed, 1 unchanged, 0 refused"
    assert days_by_name(fair)["Bolt AB"] == [make.days(fair)[1].date.day]


def test_every_bad_row_is_named_with_its_reason_and_nothing_is_stored():
    fair = make.fair()
    bad = text(
        "organisation,organisation_number,website,email,fair_days,kind",
        "Bolt AB,,bolt.se,,,",
        ",,,,1,",
        "A,,htp//x,,,",
        "B,123,,,,",
        "C,,,nowhere,,",
        "D,,,,3,",
        "E,,,,,circus",
        "=F,,,,,",
        "BOLT ab,,,,,",
        "G 811218-9876,,,,,",
    )
    taken = import_exhibitors(fair, bad)
    assert [row.words for row in taken.outcome.refused] == [
        "row 3: organisation: empty",
        'row 4: website: not an address: "htp//x"',
        "row 5: organisation_number: not an organisation number: ten digits, the last of them a check digit",
        'row 6: email: not an e-mail address: "nowhere"',
        'row 7: fair_days: not a day of this fair: "3"',
        'row 8: kind: not one of employer, education, start_up, authority, association, municipality: "circus"',
        "row 9: organisation: a formula, not a value",
        "row 10: organisation: the same as row 2",
        "row 11: organisation: looks like a personal number: take it out",
    ]
    assert queries.exhibitors_of(fair.id, status=None) == []
    assert db.session.scalars(db.select(Organisation)).all() == []
    assert import_exhibitors(fair, bad, keep_good=True).outcome.stored
    assert list(days_by_name(fair)) == ["Bolt AB"]


def test_an_organisation_is_known_by_its_number_then_by_its_name():
    fair, other = make.fair(), make.fair("autumn")
    import_exhibitors(fair, text("organisation,organisation_number", "Bolt AB,5560160680"))
    import_exhibitors(
        other, text("organisation,organisation_number", "Bolt Sverige AB,556016-0680", "bolt ab,")
    )
    assert db.session.scalar(db.select(db.func.count()).select_from(Organisation)) == 1
    outcome = import_exhibitors(
        other, text("organisation,organisation_number", "Bolt AB,5560160680", "bolt ab,")
    ).outcome
    assert [row.words for row in outcome.refused] == ["row 3: organisation: the same as row 2"]


def test_the_second_row_of_an_organisation_is_refused_though_the_first_was_too():
    fair = make.fair()
    rows = text(
        "organisation,organisation_number,website",
        "Bolt AB,,htp//x",
        "bolt ab,,bolt.se",
        "Crane AB,556016-0680,=HYPERLINK(1)",
        "Crane Sverige AB,5560160680,",
    )
    assert [row.words for row in import_exhibitors(fair, rows, keep_good=True).outcome.refused] == [
        'row 2: website: not an address: "htp//x"',
        "row 3: organisation: the same as row 2",
        "row 4: website: a formula, not a value",
        "row 5: organisation_number: the same as row 4",
    ]
    assert queries.exhibitors_of(fair.id, status=None) == []


def test_a_line_break_inside_a_name_is_a_space():
    fair = make.fair()
    make.exhibitor(fair, "Crane AB")
    import_exhibitors(fair, text("organisation,sector", '"Bolt\r\nSverige AB","Heavy\nthings"'))
    (bolt,) = [
        place.organisation
        for place in queries.exhibitors_of(fair.id)
        if place.organisation.name != "Crane AB"
    ]
    assert (bolt.name, bolt.sector) == ("Bolt Sverige AB", "Heavy things")
    import_vacancies(fair, text("exhibitor,title,description", '"Crane\nAB","Welder\nnights","One.\nTwo."'))
    assert [(one.title, one.description) for one in vacancies()] == [("Welder nights", "One.\nTwo.")]


def test_who_looks_after_their_own_facts_is_not_overruled_but_is_told():
    fair = make.fair()
    place = make.exhibitor(fair, "Bolt AB", "applied")
    make.representative(place)
    place.organisation = db.session.get(Organisation, place.organisation_id)
    place.organisation.website = "https://own.se"
    taken = import_exhibitors(fair, text("organisation,website,email", "Bolt AB,bolt.se,info@bolt.se"))
    assert taken.outcome.changed == 1
    organisation = db.session.get(Organisation, place.organisation_id)
    assert (organisation.website, organisation.email, place.status) == (
        "https://own.se",
        "info@bolt.se",
        "approved",
    )
    assert db.session.scalar(db.select(Letter.purpose)) == "exhibitor_decision"


def test_a_list_says_what_exhibitors_wish_of_booths_and_empty_cells_change_nothing():
    fair = make.fair()
    head = "Företag;Antal montrar;Del av dagen;Eluttag;400 V;Bredd;Stegfri;Montertyp;Prisklass\n"
    taken = import_exhibitors(fair, f"{head}Bolt AB;2;förmiddagen;3;ja;4;ja;hörn;Guld\n".encode())
    assert (taken.unknown, taken.outcome.new) == ([], 1)
    place = queries.exhibitors_of(fair.id)[0]
    assert (place.booths, place.part_of_day, place.sockets, place.least_width) == (2, "morning", 3, 4)
    assert (place.strong_power, place.step_free, place.booth_kind, place.price_class) == (
        True,
        True,
        "corner",
        "Guld",
    )
    assert import_exhibitors(fair, f"{head}Bolt AB;;;;;;;;\n".encode()).outcome.unchanged == 1
    assert import_exhibitors(fair, b"company,booths,step-free\nBolt AB,1,no\n").outcome.changed == 1
    assert (place.booths, place.step_free, place.sockets) == (1, False, 3)
    refused = import_exhibitors(fair, b"company,part_of_day\nBolt AB,night\n").outcome.refused
    assert [(row.number, row.column) for row in refused] == [(2, "part_of_day")]


def test_who_withdrew_does_not_come_back_by_a_list():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB", "withdrawn")
    [row] = import_exhibitors(fair, text("organisation", "Bolt AB")).outcome.refused
    assert "has withdrawn" in row.reason


def test_twenty_thousand_exhibitors_come_in_within_reason():
    fair = make.fair()
    content = text("organisation;fair_days", *(f"Företag {n};1" for n in range(20_000)))
    started = time.process_time()
    assert import_exhibitors(fair, content).outcome.new == 20_000
    assert time.process_time() - started < 40


def test_others_write_while_a_list_is_looked_through(app):
    fair = make.fair()
    make.exhibitor(fair, "Åre kommun", kind="municipality")
    db.session.commit()

    def write():
        with app.app_context():
            make.person("Dora")
            db.session.commit()

    def look():
        taken = import_exhibitors(fair, LIST, keep_good=True, dry_run=True)
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(10)
        assert not writer.is_alive()
        return taken.outcome

    outcome = looked_through(look)
    assert (outcome.new, outcome.changed, outcome.stored) == (2, 1, False)
    assert db.session.scalar(db.select(db.func.count()).select_from(Organisation)) == 1
    assert db.session.scalar(db.select(Person.name)) == "Dora"


@pytest.mark.skipif(not DATA.is_dir(), reason="the list of a real fair is not part of the project")
def test_the_list_of_a_real_fair_gives_every_employer_its_days():
    fair = make.fair()
    content = (DATA / "exhibitors_real_fair_2017.csv").read_bytes()
    assert (
        import_exhibitors(fair, content).outcome.last_line
        == "159 read, 159 new, 0 changed, 0 unchanged, 0 refused"
    )
    assert import_exhibitors(fair, content).outcome.unchanged == 159
    days = list(days_by_name(fair).values())
    first, second = (day.date.day for day in make.days(fair))
    assert (
        days.count([first]) + days.count([first, second]),
        days.count([second]) + days.count([first, second]),
    ) == (78, 84)
    assert days.count([first, second]) == 3


# --- The command ------------------------------------------------------------------------------------


def test_the_command_says_what_it_did_and_how_it_ended(tmp_path):
    make.fair()
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(LIST)
    bad.write_bytes(text("organisation,website", "Bolt AB,htp//x", "Crane AB,"))
    assert run(exhibitors_command, "spring", good, "--dry-run")[1][-1] == (
        "3 read, 3 new, 0 changed, 0 unchanged, 0 refused"
    )
    assert db.session.scalars(db.select(Exhibitor)).all() == []
    assert run(exhibitors_command, "spring", bad) == (
        1, ['row 2: website: not an address: "htp//x"', "2 read, 1 new, 0 changed, 0 unchanged, 1 refused"],
    )  # fmt: skip
    assert db.session.scalars(db.select(Exhibitor)).all() == []
    assert run(exhibitors_command, "spring", bad, "--keep-good")[0] == 0
    assert len(db.session.scalars(db.select(Exhibitor)).all()) == 1
    status, lines = run(exhibitors_command, "spring", good)
    assert (status, lines[0]) == (0, "columns not read: Skonummer")


def test_the_command_refuses_what_is_no_list(tmp_path):
    make.fair()
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(Refused, match="the file is empty"):
        run(exhibitors_command, "spring", empty)
    with pytest.raises(NotFound, match="autumn"):
        run(exhibitors_command, "autumn", empty)


# --- Vacancies --------------------------------------------------------------------------------------

WHOLE = (
    "Utställare;Titel;Externt id;Antal;Yrke;Lön från;Lön till;Löneperiod;Arbetstid;Ort;Svenska;Andra språk;Erkännande;"
    "Körkort;Intervjuar idag;Beslutar idag\n"
    "Bolt AB;Svetsare;7;3;Svetsare;27 400 kr;31 000;månad;Heltid;Farsta;SFI C;engelska, arabiska;nej;B;ja;nej\n"
).encode()


def vacancies():
    return db.session.scalars(db.select(Vacancy).order_by(Vacancy.title)).all()


def test_a_vacancy_with_every_fact_is_shown_and_one_without_is_a_draft_that_names_them():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    assert import_vacancies(fair, WHOLE).outcome.new == 1
    [vacancy] = vacancies()
    assert missing_facts(vacancy) == []
    assert (vacancy.status, vacancy.group_code, vacancy.pay_from, vacancy.swedish) == (
        "published",
        "7212",
        27400,
        "sfi_c",
    )
    assert (vacancy.other_languages, vacancy.interviews_today) == (["en", "ar"], True)
    taken = import_vacancies(fair, text("exhibitor,title,pay_from", "bolt ab,Welder,28000"))
    assert taken.lines[0].missing[:6] == ("openings", "occupation", "pay", "hours", "place", "swedish")
    assert [one.status for one in vacancies()] == ["published", "draft"]
    assert import_vacancies(fair, WHOLE).outcome.unchanged == 1


def test_what_an_employer_filled_in_stays_when_the_list_comes_again():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    rows = text("exhibitor,title,openings", "Bolt AB,Welder,2")
    import_vacancies(fair, rows)
    [vacancy] = vacancies()
    vacancy.place = "Farsta"
    assert import_vacancies(fair, rows).outcome.unchanged == 1
    assert vacancy.place == "Farsta"


def test_bad_vacancies_are_named():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    make.exhibitor(fair, "Crane AB", "declined")
    rows = text(
        "exhibitor,title,openings,occupation,pay_from,pay_to,pay_period,swedish,other_languages",
        "Crane AB,X,1,,,,,,",
        "Bolt AB,,1,,,,,,",
        "Bolt AB,A,0,,,,,,",
        "Bolt AB,B,1,Dragon slayer,,,,,",
        "Bolt AB,C,1,,30000,20000,month,,",
        "Bolt AB,D,1,,30000,,hour,,",
        "Bolt AB,E,1,,,,,perfect,",
        "Bolt AB,F,1,,,,,,Klingon",
        "Bolt AB,G,1,,,,,,",
        "Bolt AB,g,2,,,,,,",
    )
    assert [row.words for row in import_vacancies(fair, rows).outcome.refused] == [
        'row 2: exhibitor: not at this fair: "Crane AB"',
        "row 3: title: empty",
        'row 4: openings: not a number from 1 to 10000: "0"',
        'row 5: occupation: not an occupation we know: "Dragon slayer"',
        "row 6: pay_to: less than pay_from",
        "row 7: pay_from: cannot be the pay for that period",
        'row 8: swedish: not one of none, sfi_a, sfi_b, sfi_c, sfi_d, sas, fluent: "perfect"',
        'row 9: other_languages: not a language we know: "Klingon"',
        "row 11: title: the same as row 10",
    ]
    assert vacancies() == []


def test_the_second_row_of_a_vacancy_is_refused_though_the_first_was_too():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    rows = text(
        "exhibitor,title,external_id,openings",
        "Bolt AB,Welder,,none",
        "bolt ab,welder,,2",
        "Bolt AB,Turner,7,=1",
        "Bolt AB,Fitter,7,1",
    )
    assert [row.words for row in import_vacancies(fair, rows, keep_good=True).outcome.refused] == [
        'row 2: openings: not a number from 1 to 10000: "none"',
        "row 3: title: the same as row 2",
        "row 4: openings: a formula, not a value",
        "row 5: external_id: the same as row 4",
    ]
    assert vacancies() == []


AD = {
    "id": "22884504", "headline": "Trafikledare sökes", "number_of_vacancies": 2,
    "description": {"text": "Kom och jobba. Ring Anna 070-123 45 67 eller anna@bolt.se."},
    "working_hours_type": {"label": "Heltid"}, "employer": {"name": "Bolt AB", "email": "hr@bolt.se", "phone_number": "08-1"},
    "application_details": {"reference": "Anna Berg", "email": "anna@bolt.se"},
    "application_contacts": [{"name": "Anna Berg", "telephone": "070-123 45 67"}],
    "driving_license_required": True, "driving_license": [{"label": "B"}, {"label": "D"}],
    "occupation_group": {"legacy_ams_taxonomy_id": "4323"}, "workplace_address": {"municipality": "Kiruna"},
    "must_have": {"languages": [{"label": "Engelska"}, {"label": "Svenska"}]},
}  # fmt: skip


def ads(*some):
    return json.dumps(list(some)).encode()


def test_an_ad_becomes_a_draft_without_anybodys_contact_data():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    taken = import_vacancies(fair, ads(AD))
    [vacancy] = vacancies()
    assert (vacancy.status, vacancy.external_id, vacancy.openings, vacancy.place) == (
        "draft",
        "22884504",
        2,
        "Kiruna",
    )
    assert (vacancy.group_code, vacancy.hours, vacancy.licence, vacancy.other_languages) == (
        "4323",
        "full_time",
        "D",
        ["en"],
    )
    words = [column.key for column in Vacancy.__table__.columns if not isinstance(column.type, Uuid)]
    everything = json.dumps([str(getattr(vacancy, key)) for key in words])
    for secret in ("Anna Berg", "070", "anna@", "hr@"):
        assert secret not in everything
    assert taken.lines[0].missing == ("pay", "swedish", "recognition", "interviews_today", "decides_today")
    assert import_vacancies(fair, ads(AD)).outcome.unchanged == 1


def test_an_ad_of_an_employer_who_is_not_there_is_refused_by_name():
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    other = {**AD, "employer": {"name": "Fazer Food Services AB"}}
    outcome = import_vacancies(fair, ads(AD, other, "nonsense", {**AD, "headline": None}, AD)).outcome
    assert [row.words for row in outcome.refused] == [
        'row 2: exhibitor: not at this fair: "Fazer Food Services AB"',
        "row 3: row: not an ad",
        "row 4: headline: empty",
        "row 5: id: the same as row 1",
    ]
    assert vacancies() == []


def test_an_ad_finds_its_employer_by_number():
    fair = make.fair()
    make.exhibitor(fair, "Bolt Sverige AB")
    db.session.scalar(db.select(Organisation)).number = "5560160680"
    ad = {**AD, "employer": {"name": "Bolt", "organization_number": "5560160680"}}
    assert import_vacancies(fair, ads(ad)).outcome.new == 1


@pytest.mark.parametrize("odd", [
    {"number_of_vacancies": "many", "description": None, "employer": {"name": "Bolt AB"}, "must_have": [], "driving_license": 3},
    {"description": "text", "occupation_group": [], "workplace_address": "x", "working_hours_type": None},
    {"headline": "a\x00b\ud800", "description": {"text": "x" * 50_000}, "number_of_vacancies": 10**30},
])  # fmt: skip
def test_an_ad_of_another_shape_breaks_nothing(odd):
    fair = make.fair()
    make.exhibitor(fair, "Bolt AB")
    assert import_vacancies(fair, ads({**AD, **odd})).outcome.new == 1
    db.session.commit()


@pytest.mark.parametrize(
    "content", [b"[", b"[]", b'{"hits": 3}', b"[\xff]", b"[" * 100_000, b"[" + b"9" * 5000 + b"]"]
)
def test_json_that_is_no_list_of_ads_is_refused(content):
    with pytest.raises(Refused):
        import_vacancies(make.fair(), content)


@pytest.mark.skipif(not DATA.is_dir(), reason="the samples are not part of the project")
def test_real_ads_are_taken_in(tmp_path):
    fair = make.fair()
    content = (DATA / "jobad_samples.json").read_bytes()
    outcome = import_vacancies(fair, content).outcome
    assert (outcome.read, len(outcome.refused)) == (3, 3)
    for name in {ad["employer"]["name"] for ad in json.loads(content)}:
        make.exhibitor(fair, name)
    file = tmp_path / "ads.json"
    file.write_bytes(content)
    status, lines = run(vacancies_command, "spring", file)
    assert (status, lines[-1]) == (0, "3 read, 3 new, 0 changed, 0 unchanged, 0 refused")
    assert lines[0].startswith("row 1: draft, still missing: pay")
    assert {vacancy.status for vacancy in vacancies()} == {"draft"}
