"""The blueprint of the follow-up, and what its pages share."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, session

from bazaar.sheets import csv_download, xlsx

blueprint = Blueprint("followups", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEARCHED = "followups_searched"


def file_of(kind: str, header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """A download as CSV or XLSX."""
    content = xlsx(header, rows, name) if kind == "xlsx" else b"".join(csv_download(header, rows))
    response = Response(content, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def id_or_none(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def searched(key: str) -> str:
    """The name last looked for in this list: it stays in the browser, out of addresses and logs."""
    return str((session.get(SEARCHED) or {}).get(key, ""))


def look_for(key: str, text: str) -> None:
    session[SEARCHED] = {key: " ".join(text.split())[:100]}


def spoken(named: Mapping[str, Any]) -> dict[str, str]:
    """Keys with their names in the reader's language, looked up once."""
    return {key: str(words) for key, words in named.items()}
