"""Tables from and to files: CSV and XLSX in, CSV and XLSX out, and the frame in which every import runs.

Reading: `read(content, COLUMNS)` gives a `Sheet` of rows numbered as a spreadsheet shows them. Importing:
`take_in(sheet.rows, take, ...)` calls `take(row)` for each row, which answers NEW, CHANGED or UNCHANGED or
raises `BadRow(column, reason)`, and gives the `Outcome`. Writing: `csv_text`, `csv_file`, `csv_download`, `xlsx`.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import ORMExecuteState

from bazaar import clock, files
from bazaar.db import begin_reading, begin_writing, db
from bazaar.errors import Refused
from bazaar.words import fold, seen

MOST_ROWS = 100_000
MOST_LINES = 1_048_576  # empty ones too: as many as a spreadsheet has
MOST_CELLS = 5_000_000  # empty ones too
MOST_UNZIPPED = 120_000_000  # bytes of XML: a file that swells beyond this is no list of people
MOST_STRINGS = 60_000_000  # of these, the texts that many cells share: all of them are held in memory at once
LONGEST_CELL = 100_000
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins like this
BOM = "\ufeff"


# --- Reading ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column that an import knows: its English key, what else it may be called, whether it must be there."""

    key: str
    also: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Row:
    """One record. `cells` has every known column of the file, "" where empty; `problem` is what spoils it."""

    number: int
    cells: dict[str, str]
    problem: tuple[str, str] | None = None

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    unknown: list[str]  # headers that no column answers to, as written
    headers: dict[str, str]  # key -> header as written


Cells = list[Any]  # str, or a _Bad where a cell holds no value


@dataclass(frozen=True)
class _Bad:
    reason: str


class ColumnMissing(Refused):
    """A table, but not of this kind: a required column is not there."""


def read(content: bytes, columns: Sequence[Column]) -> Sheet:
    """The table in this file. Refused, in one line, where there is none or a required column is missing."""
    records = _xlsx_records(content) if content.startswith(b"PK\x03\x04") else _csv_records(content, columns)
    numbered = ((n, cells) for n, cells in _numbered(records) if any(cell != "" for cell in cells))
    first = next(numbered, None)
    if first is None:
        raise Refused(_("the file is empty"))
    keys, unknown, headers = _headers(first[1], columns)
    rows: list[Row] = []
    for number, cells in numbered:
        if len(rows) == MOST_ROWS:
            raise Refused(_("the file has more than %(most)s rows", most=MOST_ROWS))
        rows.append(_row(number, cells, keys))
    return Sheet(rows, unknown, headers)


def _numbered(records: Iterator[Cells]) -> Iterator[tuple[int, Cells]]:
    for number, cells in enumerate(records, start=1):
        if number > MOST_LINES:
            raise Refused(_("the file is too large to take in"))
        yield number, cells


def _headers(cells: Cells, columns: Sequence[Column]) -> tuple[list[str], list[str], dict[str, str]]:
    known = _known(columns)
    keys: list[str] = []
    unknown: list[str] = []
    headers: dict[str, str] = {}
    for cell in cells:
        words = cell if isinstance(cell, str) else ""
        key = known.get(_plain(words), "")
        if key and key in headers:
            raise Refused(
                _("two columns are %(key)s: %(one)s and %(other)s", key=key, one=headers[key], other=words)
            )
        if key:
            headers[key] = words
        elif words:
            unknown.append(words)
        keys.append(key)
    missing = [column.key for column in columns if column.required and column.key not in headers]
    if missing:
        raise ColumnMissing(_("no column named %(missing)s in the first row", missing=", ".join(missing)))
    return keys, unknown, headers


def _known(columns: Sequence[Column]) -> dict[str, str]:
    return {_plain(name): column.key for column in columns for name in (column.key, *column.also)}


def _plain(header: str) -> str:
    """A header without case, marks, spaces, dashes and underscores: E-post, e_post and EPOST are one."""
    return re.sub(r"[\W_]+", "", fold(header))


def _row(number: int, cells: Cells, keys: list[str]) -> Row:
    problem = None
    values = {key: "" for key in keys if key}
    for place, cell in enumerate(cells):
        if place >= len(keys):
            if cell != "":
                problem = problem or (_("row"), _("more cells than the first row has headers"))
        elif isinstance(cell, _Bad):
            problem = problem or (keys[place] or _("row"), cell.reason)
        elif keys[place]:
            values[keys[place]] = cell
    return Row(number, values, problem)


def _cell(text: str) -> Any:
    """What a cell of text says: trimmed, our own apostrophe taken off, a formula told apart."""
    if text.startswith("'") and text[1:].startswith(RISKY):
        return text[1:].strip()
    text = text.strip()
    if text.startswith("="):
        return _Bad(_("a formula, not a value"))
    if "\x00" in text or len(text) > LONGEST_CELL:
        return _Bad(_("not readable as text"))
    return seen(text)


def _csv_records(content: bytes, columns: Sequence[Column]) -> Iterator[Cells]:
    text = _text(content)
    named = re.match(
        r"sep=(.)\r?\n", text, re.IGNORECASE
    )  # Excel's own note to itself, which it does not show
    if named:
        text = text[named.end() :]
    separator = named[1] if named else _separator(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):  # noqa: B007 - named when the next one breaks
            yield [_cell(cell) for cell in record]
    except csv.Error:
        raise Refused(
            _("row %(number)s cannot be read: is a quotation mark left open?", number=number + 1)
        ) from None


def _text(content: bytes) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("this is an old Excel file: save it as .xlsx or CSV"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries: tuple[str, ...] = ("utf-16",)
    else:
        tries = ("utf-8-sig", "cp1252")
    for encoding in tries:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(_("the file is not text: give CSV (UTF-8 or Windows-1252) or XLSX"))


def _separator(text: str, columns: Sequence[Column]) -> str:
    """The separator under which the first row answers to most columns."""
    known = _known(columns)
    lines = io.StringIO(text.lstrip("\r\n;,\t "), newline="")

    def answers(separator: str) -> tuple[int, int]:
        lines.seek(0)
        try:
            header = next(csv.reader(lines, delimiter=separator), [])
        except csv.Error:
            return (0, 0)
        return sum(_plain(cell) in known for cell in header), len(header)

    return max(",;\t", key=answers)


def _xlsx_records(content: bytes) -> Iterator[Cells]:
    from openpyxl import load_workbook

    try:
        _refuse_swollen(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows()
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - whatever the library finds wrong, the file cannot be read
        raise Refused(_("the file cannot be read as XLSX")) from None
    yield from _xlsx_rows(rows)


def _refuse_swollen(content: bytes) -> None:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNZIPPED:
            raise Refused(_("the file is too large to take in"))
        reader: Any = ExcelReader(io.BytesIO(content), read_only=True)
        reader.read_manifest()
        strings = reader.package.find(SHARED_STRINGS)  # whatever the part is called
        if strings is not None and parts.getinfo(strings.PartName[1:]).file_size > MOST_STRINGS:
            raise Refused(_("the file is too large to take in"))


def _xlsx_rows(rows: Iterator[Any]) -> Iterator[Cells]:
    read = 0
    while True:
        try:
            row = next(rows, None)
        except Exception:  # noqa: BLE001 - a broken sheet shows only while it is read
            raise Refused(_("the file cannot be read as XLSX")) from None
        if row is None:
            return
        read += len(row)
        if read > MOST_CELLS:  # a file of some bytes may say that its rows are thousands of cells wide
            raise Refused(_("the file is too large to take in"))
        cells = [_xlsx_cell(cell) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        yield cells


def _xlsx_cell(cell: Any) -> Any:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind == "f":
        return _Bad(_("a formula, not a value"))
    if kind == "e":
        return _Bad(_("an error value of the spreadsheet"))
    if isinstance(value, str):
        # Text that begins with = was marked as text in the spreadsheet: it is no formula.
        return seen(value.strip()) if value.strip().startswith("=") else _cell(value)
    return _xlsx_value(value)


def _xlsx_value(value: Any) -> str:
    """A number, moment or truth value as a person would have typed it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return _written(value)


# --- Importing ----------------------------------------------------------------------------------

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


class BadRow(Exception):
    """This row cannot be taken in: which column, and why, in words."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column = column
        self.reason = reason


class HasNumber(Protocol):
    @property
    def number(self) -> int: ...


Key = tuple[Any, str]  # what a row is known by, and the column that says so
R = TypeVar("R", bound=HasNumber)
T = TypeVar("T")


@dataclass(frozen=True)
class RefusedRow:
    number: int
    column: str
    reason: str

    @property
    def words(self) -> str:
        return f"row {self.number}: {self.column}: {self.reason}"


@dataclass
class Outcome:
    """What an import did, or would do. `states` has each row that was taken: (number, NEW/CHANGED/UNCHANGED)."""

    states: list[tuple[int, str]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    stored: bool = False

    def count(self, state: str) -> int:
        return sum(1 for _number, said in self.states if said == state)

    @property
    def new(self) -> int:
        return self.count(NEW)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)

    @property
    def unchanged(self) -> int:
        return self.count(UNCHANGED)

    @property
    def read(self) -> int:
        return len(self.states) + len(self.refused)

    @property
    def last_line(self) -> str:
        """The line that scripts read."""
        return (
            f"{self.read} read, {self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{len(self.refused)} refused"
        )

    def exit_status(self, *, keep_good: bool) -> int:
        return 1 if self.refused and not keep_good else 0


class Repeats:
    """Refuses the second row of one file that has the same key, and names the first."""

    def __init__(self) -> None:
        self._first: dict[Any, int] = {}

    def refuse(self, key: Any, number: int, column: str) -> None:
        self.refuse_any([(key, column)], number)

    def refuse_any(self, keys: Iterable[Key], number: int) -> None:
        """For a row that is known by several keys: from here on all of them are taken."""
        for first, column in [(self._first.setdefault(key, number), column) for key, column in keys]:
            if first != number:
                raise BadRow(column, _("the same as row %(first)s", first=first))


def _no_keys(_row: Any) -> Iterable[Key]:
    return ()


def take_in(
    rows: Iterable[R],
    take: Callable[[R], str],
    *,
    keys: Callable[[R], Iterable[Key]] = _no_keys,
    keep_good: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Take rows in inside one savepoint: a refused row undoes them all unless `keep_good`; `dry_run` always does.

    `take` checks everything before it writes, so that a row it refuses has written nothing. A second row with one of
    the same `keys` is refused, whatever became of the first. Nothing is committed.
    Raises Refused where somebody else stores the same at the same moment.
    """
    outcome = Outcome()
    repeats = Repeats()
    savepoint = db.session.begin_nested()
    try:
        for row in rows:
            try:
                repeats.refuse_any(keys(row), row.number)
                _refuse_spoilt(row)
                outcome.states.append((row.number, take(row)))
            except BadRow as bad:
                outcome.refused.append(RefusedRow(row.number, bad.column, bad.reason))
            if progress and outcome.read % 500 == 0:
                progress(outcome.read)
        if dry_run or (outcome.refused and not keep_good):
            savepoint.rollback()
        else:
            db.session.flush()
            savepoint.commit()
            outcome.stored = True
    except IntegrityError:
        savepoint.rollback()
        raise Refused(_("somebody stored the same at this moment: nothing was stored, try again")) from None
    return outcome


def _refuse_spoilt(row: HasNumber) -> None:
    problem = getattr(row, "problem", None)
    if problem:
        raise BadRow(*problem)


class _Writes(Exception):
    """What was only to be looked through wants to write."""


def looked_through(look: Callable[[], T]) -> T:
    """What `look`, a dry run, finds; it ends the transaction. A long list keeps nobody from writing meanwhile.

    Nothing is sent to the database, so on SQLite no place in the writers' line is taken. Where a row cannot be looked
    at without (the list changes what people have said), the list is looked through again, in the line.
    """
    session = db.session()
    stops = (("before_flush", _refuse_flush), ("do_orm_execute", _refuse_statement))
    db.session.rollback()
    begin_reading()
    for moment, refuse in stops:
        event.listen(session, moment, refuse)
    try:
        with session.no_autoflush:
            return look()
    except _Writes:
        pass
    finally:
        for moment, refuse in stops:
            event.remove(session, moment, refuse)
        db.session.rollback()
        begin_writing()
    return look()


def _refuse_flush(*_facts: Any) -> None:
    raise _Writes


def _refuse_statement(said: ORMExecuteState) -> None:
    if not said.is_select:
        raise _Writes


# --- Writing ------------------------------------------------------------------------------------


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]], separator: str = ",") -> Iterator[str]:
    """The lines of a CSV: CRLF, RFC 4180 quotes, UTF-8 with BOM when encoded, no cell that runs as a formula."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=separator, lineterminator="\r\n")
    yield BOM
    writer.writerow([_safe(words) for words in header])
    for record in rows:
        writer.writerow([_safe(_written(cell)) for cell in record])
        if line.tell() > 8192:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def csv_file(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], *, secret: bool = False
) -> None:
    """A command's CSV. `secret`: it holds codes, only its owner may read it."""
    with files.whole(path, secret=secret) as out:
        out.writelines(part.encode() for part in csv_text(header, rows))


def csv_download(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A page's CSV, to be streamed: translated headers are the caller's, the separator is the reader's."""
    separator = reader_separator()
    return (part.encode() for part in csv_text(header, rows, separator))


def reader_separator() -> str:
    """Semicolon where the reader's spreadsheet writes 1,5 with a comma."""
    locale = get_locale()
    symbols = locale.number_symbols.get("latn", {}) if locale else {}
    return ";" if symbols.get("decimal") == "," else ","


def xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "Bazaar") -> bytes:
    """A workbook of one sheet; text stays text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Bazaar")
    bold = book.add_format({"bold": True})
    for column, words in enumerate(header):
        sheet.write_string(0, column, str(words), bold)
    for number, record in enumerate(rows, start=1):
        for column, cell in enumerate(record):
            _write_xlsx(sheet, number, column, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _write_xlsx(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    elif (text := _written(cell)) != "":
        sheet.write_string(row, column, text[:32_767])


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return clock.rfc3339(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return " ".join(str(part) for part in cell)
    return str(cell)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text
