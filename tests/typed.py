"""The forms of a page as a browser sees them, and what hostile but lawful hands type into them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes, urljoin

Typed = list[tuple[str, str | bytes]]


@dataclass
class Input:
    """One named field: how it is shown, what stands in it, what it offers."""

    name: str
    kind: str
    value: str = ""
    offers: list[str] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Whether a person may type anything there."""
        return self.kind not in ("select", "radio", "checkbox", "submit", "hidden", "file")


@dataclass
class HtmlForm:
    """A form of a page: where it is sent, and its fields in order."""

    action: str
    method: str
    multipart: bool
    page: str
    inputs: dict[str, Input] = field(default_factory=dict)

    def filled(self) -> Typed:
        """Every field with what stands in it, or something it would take."""
        return [(name, one.value or _usual(one)) for name, one in self.inputs.items() if one.kind != "file"]


_USUAL = {"number": "1", "date": "2027-04-21", "time": "10:00", "datetime-local": "2027-04-21T10:00"}


def _usual(one: Input) -> str:
    if one.offers:
        return one.offers[0]
    return _USUAL.get(one.kind, "ny@example.org" if "mail" in one.name or one.kind == "email" else "1")


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[HtmlForm] = []
        self.links: list[str] = []
        self.by_id: dict[str, HtmlForm] = {}
        self.loose: list[tuple[str, Input]] = []  # fields that name their form by id
        self.elsewhere: list[tuple[HtmlForm | str, str]] = []  # forms that a button sends somewhere else
        self.form: HtmlForm | None = None
        self.text: Input | None = None
        self.select: Input | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and "hidden" not in has:  # a script's own form has no address until it is sent
            action = urljoin(self.address, has.get("action") or self.address)
            multipart = has.get("enctype") == "multipart/form-data"
            self.form = HtmlForm(action, has.get("method", "get").lower(), multipart, self.address)
            self.forms.append(self.form)
            self.by_id[has.get("id", "")] = self.form
        elif tag == "a" and has.get("href"):
            self.links.append(urljoin(self.address, has["href"]).split("#")[0])
        elif tag == "button" and has.get("formaction") and not has.get("name"):
            self._field(tag, {**has, "name": "button"})
        elif tag in ("input", "button", "textarea", "select") and has.get("name"):
            self._field(tag, has)
        elif tag == "option" and self.select is not None:
            self.select.offers.append(has.get("value", ""))
            if "selected" in has:
                self.select.value = has.get("value", "")

    def _field(self, tag: str, has: dict[str, str]) -> None:
        kind = {"input": has.get("type", "text"), "button": "submit"}.get(tag, tag)
        one = Input(has["name"], kind, has.get("value", ""))
        known = self.form.inputs.get(one.name) if self.form else None
        if kind in ("radio", "checkbox", "submit"):
            one.offers = [*(known.offers if known else []), one.value]
            one.value = one.value if "checked" in has else (known.value if known else "")
        if "formaction" in has and (sent := has.get("form") or self.form):
            self.elsewhere.append((sent, urljoin(self.address, has["formaction"])))
        if "form" in has:
            self.loose.append((has["form"], one))
        elif self.form is not None:
            self.form.inputs[one.name] = one
        self.text = one if tag == "textarea" else None
        self.select = one if tag == "select" else None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.value += data.removeprefix("\n") if not self.text.value else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None

    def close(self) -> None:
        super().close()
        for name, one in self.loose:
            if name in self.by_id:
                self.by_id[name].inputs.setdefault(one.name, one)
        for sent, action in self.elsewhere:
            form = self.by_id.get(sent) if isinstance(sent, str) else sent
            if form is not None:
                self.forms.append(replace(form, action=action))
        sent_on = {
            id(self.by_id.get(sent) if isinstance(sent, str) else sent) for sent, _to in self.elsewhere
        }
        self.forms = [form for form in self.forms if id(form) not in sent_on or form.action != form.page]


def forms_of(page: str, address: str) -> list[HtmlForm]:
    """The forms of this page that change something."""
    return [form for form in read(page, address).forms if form.method == "post"]


def read(page: str, address: str) -> _Reader:
    reader = _Reader(address)
    reader.feed(page)
    reader.close()
    return reader


# --- What is typed --------------------------------------------------------------------------------

NONSENSE: dict[str, str | bytes] = {
    "nothing": "",
    "spaces": " \t ",
    "long": "å" * 10_000,
    "negative": "-1",
    "zero": "0",
    "huge": "9" * 40,
    "beyond 32 bits": "3000000000",
    "beyond 64 bits": "9223372036854775808",
    "infinite": "1e999",
    "no number": "NaN",
    "other digits": "٣٤",
    "underscored": "1_0",
    "no such day": "2027-02-29",
    "the first year": "0001-01-01",
    "the last year": "9999-12-31",
    "the first moment": "0001-01-01T00:00",
    "the last moment": "9999-12-31T23:59",
    "a time that is skipped": "2027-03-28T02:30",
    "a time that comes twice": "2027-10-31T02:30",
    "midnight": "00:00",
    "past midnight": "24:00",
    "no id": "00000000-0000-0000-0000-000000000000",
    "unseen": "a\x01\x07\x1b[31m\x7f\x85b",
    "backwards": "\u202eabc\u2066\u200f",
    "lines": "a\r\nBcc: eve@example.org\u2028b",
    "emoji": "👩🏽‍🚀🏳️‍🌈",
    "lone surrogate": b"\xed\xa0\x80",
    "half a character": b"\xc3",
    "markup": "<script>alert(1)</script>\"'><b>",
    "template": "{{ 7*7 }} {% raw %} %(x)s %s {0}",
    "pattern": "%_\\'\"; DROP TABLE fair;--",
    "path": "../../../etc/passwd",
    "list": "[1, 2]",
    "personal number": "811218-9876",
    "personal number inside": "I am 198112189876, call me",
}


def body(typed: Typed) -> bytes:
    """The form as it is sent: any bytes at all."""
    return b"&".join(f"{_quoted(name)}={_quoted(value)}".encode() for name, value in typed)


def _quoted(text: str | bytes) -> str:
    return quote_from_bytes(text if isinstance(text, bytes) else text.encode())


def with_files(form: HtmlForm, typed: Typed, file: bytes = b"nonsense") -> dict[str, Any]:
    """The same with a file in each of its file fields."""
    sent: dict[str, Any] = {}
    for key, value in typed:
        sent[key] = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    for one in form.inputs.values():
        if one.kind == "file":
            sent[one.name] = (BytesIO(file), "list.csv")
    return sent


def all_at_once(form: HtmlForm, nonsense: str | bytes) -> Typed:
    """The same nonsense in every field."""
    return [
        (name, nonsense) for name, one in form.inputs.items() if one.kind != "file" and name != "csrf_token"
    ]


def one_at_a_time(form: HtmlForm, nonsense: str | bytes) -> Iterator[tuple[str, Typed]]:
    """The nonsense in one field, the others as they should be."""
    right = form.filled()
    for name, one in form.inputs.items():
        if one.kind != "file" and name != "csrf_token":
            yield name, [(key, nonsense if key == name else value) for key, value in right]
