"""What phones say to us and hear back: the scanning protocol, as JSON.

Every answer to an upload promises that what it calls recorded is on disk.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from bazaar import clock
from bazaar.checkin import actions, queries, rules
from bazaar.checkin.actions import IdTaken, Result, Upload
from bazaar.checkin.names import ANSWERS, GREETINGS, UNREADABLE, WELCOME
from bazaar.db import Turn, db, turn
from bazaar.errors import NotFound
from bazaar.i18n import LANGUAGES
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.rules import normal_code
from bazaar.people import limits
from bazaar.people.asking import network
from bazaar.queue.actions import join as line_up
from bazaar.queue.queries import line_at
from bazaar.queue.words import booth_words

blueprint = Blueprint("device", __name__)
TOO_LONG = object()


def answer(said: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(said, ensure_ascii=False), status, mimetype="application/json")


def problem(status: int, words: str) -> Response:
    return answer({"error": words}, status)


def asking_device(connection: Any) -> Any:
    """The row of the device whose token was sent, or None."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.isascii():
        return None
    return queries.device_of(connection, token.strip())


def body(most: int | None = None) -> Any:
    """The JSON that was sent, or None; TOO_LONG over `most` bytes, which are read all the same, else the phone
    is cut off while it sends and hears no answer."""
    said = request.get_data(cache=False)
    if most is not None and len(said) > most:
        return TOO_LONG
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


@blueprint.post("/device/pair")
def pair() -> Response:
    """{"code", "name"} -> the device's token, salt, and what it may do. 404 for a code that does not work."""
    said = body()
    if (
        not isinstance(said, dict)
        or not isinstance(said.get("code"), str)
        or not _is_name(said.get("name", ""))
    ):
        return problem(422, _('Send the pairing code as {"code": ...}.'))
    limits.count(rules.PAIRINGS_OF_NETWORK, network())
    try:
        device, token = actions.pair(said["code"], said.get("name") or "")
    except NotFound:
        db.session.commit()  # the try is counted
        return problem(404, _("This code is not valid. Ask for a new one."))
    db.session.commit()
    row = queries.device_of(db.session.connection(), token)
    return answer({"token": token, "salt": device.salt, **_about(row)})


def _about(device: Any) -> dict[str, Any]:
    """What a phone is told of itself."""
    return {
        "device": {"id": str(device.id), "label": device.label, "name": device.held_by},
        "fair": {"slug": device.slug, "name": device.fair_name, "zone": device.zone},
        "purpose": device.purpose,
        "may": rules.may(device.purpose, names=device.may_names, may_list=device.may_list),
    }


def _is_name(said: object) -> bool:
    return said is None or (isinstance(said, str) and len(said) <= 100 and "\x00" not in said)


@blueprint.post("/device/scans")
def scans() -> Response:
    """Take in at most 500 scans; one result per item, in the order sent."""
    received = clock.now()
    with turn() as mine:
        device = asking_device(mine.connection)
        if device is None:
            return problem(401, _("This phone is not paired."))
        said = body(rules.MOST_BYTES)
        if said is TOO_LONG:
            return problem(413, _("Too much at once: at most 500 scans and 1 MB."))
        sent = rules.moment(said.get("sent")) if isinstance(said, dict) else None
        if sent is None or not isinstance(said.get("scans"), list):
            return problem(422, _('The body is not of the form {"sent": ..., "scans": [...]}.'))
        if len(said["scans"]) > rules.MOST_SCANS:
            return problem(413, _("Too much at once: at most 500 scans and 1 MB."))
        results = _taken_in(mine, lambda: Upload(device, said["scans"], sent, received))
    return answer({"now": clock.rfc3339(received), "results": [_said(result, device) for result in results]})


def _taken_in(mine: Turn, upload_anew: Callable[[], Upload]) -> list[Result]:
    """The results, on disk. Where another upload wrote one of the ids meanwhile, look again and answer as it did."""
    for _try in range(3):
        try:
            return _commit(mine, upload_anew())
        except IdTaken:
            mine.leave()
            db.session.rollback()
    return _commit(mine, upload_anew())


def _commit(mine: Turn, upload: Upload) -> list[Result]:
    upload.look(mine.connection)
    if not upload.shows_meetings:
        return mine.take(upload.take_in)
    mine.leave()
    connection = db.session.connection()
    upload.look(connection)
    results = upload.take_in(connection)
    upload.hold_meetings()
    db.session.commit()
    return results


def _said(result: Result, device: Any) -> dict[str, Any]:
    """One result as JSON. A revoked device hears neither words nor names."""
    first = result.first
    quiet = device.revoked_at is not None
    return {
        "id": str(result.id) if result.id else None,
        "status": result.status,
        "reason": result.reason,
        "words": None if quiet else words(result, first, device.zone),
        "first": None if first is None else {
            "id": str(first.id), "at": clock.rfc3339(first.at), "device": first.label, "by": first.held_by or first.label,
        },
        "person": None if quiet else result.person,
        "again": result.again,
    }  # fmt: skip


def words(result: Result, first: Any, zone: str) -> str:
    """The result for a person at arm's length: short, and saying who and when."""
    said = _result_words(result, first, zone)
    if result.blanked:
        return f"{said}. {_('A personal number was taken out of the note.')}"
    return said


def _result_words(result: Result, first: Any, zone: str) -> str:
    if result.status == "recorded":
        return _recorded_words(result)
    if first is not None:
        facts = {"time": _time(first.at, zone), "by": first.held_by or first.label}
        if result.reason == "already_in":
            return _("Already in, %(time)s by %(by)s", **facts)
        if result.reason == "already_out":
            return _("Already out, %(time)s by %(by)s", **facts)
        return _("Scanned %(time)s by %(by)s", **facts)
    return str(ANSWERS.get(result.reason or "", UNREADABLE))


def _recorded_words(result: Result) -> str:
    if result.reason == "no_consent":
        return _("Ask if they want to share")
    return str(GREETINGS.get(result.kind, WELCOME))


def _time(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


# --- At the booth -------------------------------------------------------------------------------


def standing_device() -> Any:
    """The device that asks, unless it is unknown or revoked (None)."""
    device = asking_device(db.session.connection())
    return None if device is None or device.revoked_at is not None else device


@blueprint.get("/device/me")
def me() -> Response:
    """What this phone is; also how it finds out that it is online, and still paired."""
    device = standing_device()
    return problem(401, _("This phone is not paired.")) if device is None else answer(_about(device))


@blueprint.post("/device/question")
def question() -> Response:
    """{"code"} -> the question to put to somebody who was scanned here, in their language."""
    device = standing_device()
    if device is None:
        return problem(401, _("This phone is not paired."))
    asked = queries.question_to(device, _visitor(device))
    direction = LANGUAGES[asked.language].direction
    return answer({"words": asked.words, "language": asked.language, "direction": direction})


@blueprint.post("/device/share")
def share() -> Response:
    """{"code", "language" of the question} -> the profile: the jobseeker said yes aloud."""
    device = standing_device()
    if device is None:
        return problem(401, _("This phone is not paired."))
    said = body()
    if not isinstance(said, dict) or said.get("language") not in LANGUAGES:
        return problem(422, _('Send {"code": ..., "language": ...}.'))
    visitor = queries.visitor(device, _code_in(said))
    actions.hear_yes(device, visitor, said["language"])
    db.session.commit()
    return answer(_shown(device, visitor))


@blueprint.post("/device/person")
def person() -> Response:
    """{"code"} -> name, facts and earlier remarks of somebody who shares with, or has booked, this booth."""
    device = standing_device()
    if device is None:
        return problem(401, _("This phone is not paired."))
    return answer(_shown(device, _visitor(device)))


@blueprint.get("/device/people")
def people() -> Response:
    """Whom this booth has met, for phones that may see the list."""
    device = standing_device()
    if device is None:
        return problem(401, _("This phone is not paired."))
    if not device.may_list:
        return problem(403, _("This phone may not see the list."))
    met = [
        {
            "code": one.code,
            "name": one.name,
            "at": clock.rfc3339(one.at),
            "star": one.remark.star if one.remark else 0,
        }
        for one in queries.people_met(device)
    ]
    return answer({"people": met})


@blueprint.post("/device/queue")
def queue() -> Response:
    """{"code"} -> {"number", "words"}: somebody who was scanned here stands in the queue of this booth."""
    device = standing_device()
    if device is None:
        return problem(401, _("This phone is not paired."))
    visitor = _visitor(device)
    fair, exhibitor = queries.fair_and_exhibitor(device)
    place = line_up(fair, visitor, exhibitor, by="scanner", actor=device.person_id)
    line = line_at(fair, exhibitor, clock.now())
    turn = line.turn_of(place.id)
    said = {"number": place.number, "words": booth_words(line, turn) if turn else ""}
    db.session.commit()
    return answer(said)


def _visitor(device: Any) -> Registration:
    return queries.visitor(device, _code_in(body()))


def _code_in(said: Any) -> str:
    code = normal_code(said["code"]) if isinstance(said, dict) and isinstance(said.get("code"), str) else None
    if code is None:
        raise NotFound
    return code


def _shown(device: Any, visitor: Registration) -> dict[str, Any]:
    profile = queries.profile_for(device, visitor)
    remarks = queries.remarks_of(device.fair_id, device.exhibitor_id, [visitor.id])
    return {
        "name": profile.name,
        "facts": [[fact.label, fact.words] for fact in profile.facts],
        "remarks": [
            {
                "by": one.author_name, "at": clock.rfc3339(one.at), "note": one.note, "star": one.star,
                "next": one.next_step,
            }
            for one in reversed(remarks)
        ],
    }  # fmt: skip
