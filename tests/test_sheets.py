"""Files as people really send them: any separator, encoding and header language, and the odd broken one."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from bazaar import sheets
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.sheets import CHANGED, NEW, BadRow, Column, Repeats, read, take_in
from tests import make

COLUMNS = (
    Column("name", ("namn",), required=True),
    Column("email", ("e-post", "epost")),
    Column("fair_days", ("mässdagar",)),
)


def rows(content):
    return [(row.number, row["name"], row["email"]) for row in read(content, COLUMNS).rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_separator_and_encoding_is_read(separator, encoding):
    text = f"Namn{separator}E-POST\r\nÅsa Öberg{separator}asa@example.org\r\n"
    assert rows(text.encode(encoding)) == [(2, "Åsa Öberg", "asa@example.org")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    content = b'name,email\n"Ada\nof the long name",a@x.se\n\n,\nBo,b@x.se\n'
    assert rows(content) == [(2, "Ada\nof the long name", "a@x.se"), (5, "Bo", "b@x.se")]


def test_headers_answer_in_swedish_or_english_in_any_case_and_the_unknown_are_named():
    sheet = read("NAMN;Mässdagar;Skostorlek\nAda;1 2;38\n".encode(), COLUMNS)
    assert sheet.rows[0]["fair_days"] == "1 2"
    assert sheet.unknown == ["Skostorlek"]
    assert sheet.headers == {"name": "NAMN", "fair_days": "Mässdagar"}


def test_a_separator_inside_a_quoted_name_does_not_mislead():
    assert rows(b'name;email\n"a, b, c, d";x@x.se\n') == [(2, "a, b, c, d", "x@x.se")]


def test_our_own_apostrophe_is_taken_off_and_a_formula_is_a_problem_of_its_row():
    sheet = read(b"name,email\n'=Sum AB,x@x.se\n=1+1,y@x.se\n@home,z@x.se\n", COLUMNS)
    assert [row["name"] for row in sheet.rows] == ["=Sum AB", "", "@home"]
    assert [row.problem for row in sheet.rows] == [None, ("name", "a formula, not a value"), None]


def test_a_row_with_more_cells_than_headers_says_so():
    [row] = read(b"name,email\nAda,a@x.se,lost\n", COLUMNS).rows
    assert row.problem == ("row", "more cells than the first row has headers")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"email\nx@x.se\n", "no column named name"),
        (b"name,namn\na,b\n", "two columns are name"),
        (b'name,email\n"open,x\nAda,y\n', "row 2 cannot be read"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"PK\x03\x04 not a zip", "XLSX"),
        (b"name\x00\n\x00\x01", "not text"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content, words):
    with pytest.raises(Refused) as refused:
        read(content, COLUMNS)
    assert words in refused.value.reason
    assert "\n" not in refused.value.reason


def test_a_workbook_is_read_with_its_numbers_dates_and_gaps():
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = "Namn", "E-post", "Mässdagar"
    sheet["A2"], sheet["B2"], sheet["C2"] = 5566778899.0, True, datetime(2027, 4, 21)  # noqa: DTZ001
    sheet["A5"] = "Bo"
    sheet["A6"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    read_rows = read(out.getvalue(), COLUMNS).rows
    assert [row.number for row in read_rows] == [2, 5, 6]
    assert read_rows[0].cells == {"name": "5566778899", "email": "true", "fair_days": "2027-04-21"}
    assert read_rows[2].problem == ("name", "a formula, not a value")


def workbook(rows):
    """A workbook whose one sheet holds these rows of XML below its header."""
    import openpyxl

    made, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(made)
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    name_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{name_space}"><sheetData>{head}{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if part == "xl/worksheets/sheet1.xml" else old.read(part))
        new.writestr("xl/vbaProject.bin", b"macros are never looked at")
    return out.getvalue()


def test_a_workbook_with_macros_and_merged_cells_is_read_as_it_stands():
    merged = '<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c><c r="B2"/></row>'
    assert [row["name"] for row in read(workbook(merged), COLUMNS).rows] == ["Ada"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 400)),
        " " * 121_000_000,
    ],
    ids=["a row beyond counting", "thousands of cells wide", "swollen"],
)
def test_a_small_file_that_swells_is_refused_at_once(rows):
    with pytest.raises(Refused, match="too large"):
        read(workbook(rows), COLUMNS)


def shared_texts(column):
    """A workbook that keeps its texts apart from its cells, as spreadsheets do."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_column(0, 0, column)
    book.close()
    return out.getvalue()


def test_a_workbook_whose_shared_texts_would_fill_the_memory_is_refused_at_once():
    out, made = io.BytesIO(), io.BytesIO(shared_texts(["name", "Ada"]))
    renamed = (b"sharedStrings.xml", b"other.xml")  # a file may call the part as it likes
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for part in old.namelist():
            if part == "xl/sharedStrings.xml":
                parts.writestr("xl/other.xml", old.read(part) + b" " * 61_000_000)
            else:
                parts.writestr(part, old.read(part).replace(*renamed))
    with pytest.raises(Refused, match="too large"):
        read(out.getvalue(), COLUMNS)


def test_a_workbook_of_twenty_thousand_rows_is_read():
    content = shared_texts(["name", *(f"Person {n}" for n in range(20_000))])
    assert len(read(content, COLUMNS).rows) == 20_000


def test_twenty_thousand_rows_are_read():
    content = "name;email\n" + "".join(f"Person {n};p{n}@x.se\n" for n in range(20_000))
    assert len(rows(content.encode())) == 20_000


def take_person(row):
    if "@" not in row["email"]:
        raise BadRow("email", f'not an address: "{row["email"]}"')
    make.person(row["name"], row["email"])
    return NEW


GOOD_AND_BAD = b"name,email\nAda,a@x.se\nBo,nowhere\nCleo,c@x.se\n"


def people():
    return db.session.scalar(db.select(db.func.count()).select_from(make.Person))


def test_one_refused_row_keeps_all_out_and_is_named():
    outcome = take_in(read(GOOD_AND_BAD, COLUMNS).rows, take_person)
    assert outcome.last_line == "3 read, 2 new, 0 changed, 0 unchanged, 1 refused"
    assert [row.words for row in outcome.refused] == ['row 3: email: not an address: "nowhere"']
    assert (outcome.stored, outcome.exit_status(keep_good=False), people()) == (False, 1, 0)


def test_keep_good_stores_the_rest():
    outcome = take_in(read(GOOD_AND_BAD, COLUMNS).rows, take_person, keep_good=True)
    assert (outcome.stored, outcome.exit_status(keep_good=True), people()) == (True, 0, 2)


def test_a_dry_run_says_the_same_and_stores_nothing():
    outcome = take_in(read(GOOD_AND_BAD, COLUMNS).rows, take_person, keep_good=True, dry_run=True)
    assert (outcome.new, outcome.stored, people()) == (2, False, 0)


def test_what_somebody_else_stored_at_the_same_moment_is_no_accident():
    make.person("Ada", "a@x.se")

    def take(_row):
        db.session.add(
            make.Person(id=db.session.scalar(db.select(make.Person.id)), name="X", folded_name="x")
        )
        return NEW

    with pytest.raises(Refused, match="at this moment"):
        take_in(read(b"name\nAda\n", COLUMNS).rows, take)


def test_a_second_row_with_the_same_key_names_the_first():
    repeats = Repeats()

    def take(row):
        repeats.refuse(row["name"], row.number, "name")
        return CHANGED

    outcome = take_in(read(b"name\nAda\nBo\nAda\n", COLUMNS).rows, take)
    assert [row.words for row in outcome.refused] == ["row 4: name: the same as row 2"]


def test_what_is_written_comes_back_the_same_and_runs_nowhere():
    records = [
        ["=1+1", "+46 70", None, True, datetime(2027, 4, 21, 8, tzinfo=UTC)],
        ['say "hi"; you', "@x", "", 3, "\tx"],
    ]
    text = "".join(sheets.csv_text(["a", "b", "c", "d", "e"], records))
    assert text.startswith("\ufeffa,b,c,d,e\r\n'=1+1,'+46 70,,true,2027-04-21T08:00:00Z\r\n")
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert back[2] == ['say "hi"; you', "'@x", "", "3", "'\tx"]


def test_a_command_file_with_codes_is_its_owners_alone(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("old")
    sheets.csv_file(path, ["code"], [["X"]], secret=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == b"\xef\xbb\xbfcode\r\nX\r\n"
    with pytest.raises(Refused, match="no such file"):
        sheets.csv_file(tmp_path / "nowhere" / "x.csv", ["a"], [])


def test_downloads_have_the_separator_that_the_reader_expects():
    with force_locale("sv"):
        assert b"".join(sheets.csv_download(["a", "b"], [["1", "2"]])) == b"\xef\xbb\xbfa;b\r\n1;2\r\n"
    with force_locale("en"):
        assert b"a,b" in b"".join(sheets.csv_download(["a", "b"], []))


def test_a_workbook_keeps_text_as_text():
    import openpyxl

    content = sheets.xlsx(["Name", "Count"], [["=1+1", 3], ["'quoted", None]], "People: all")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Name", "Count"], ["=1+1", 3], ["'quoted", None],
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"
    assert [row["name"] for row in read(content, COLUMNS).rows] == ["=1+1", "'quoted"]
