"""Talks for the cast."""

from datetime import timedelta

from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.messages.models import Letter
from bazaar.programme.models import Seat, Talk
from tests import make


def talk(
    fair: Fair, title: str = "Write a good CV", *, hour: int = 10, minutes: int = 60, **facts: object
) -> Talk:
    starts = make.at(fair, hour)
    known: dict[str, object] = {
        "kind": "talk", "room": "Room B", "language": "sv", "places": 2, "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes),
    }  # fmt: skip
    return make.add(Talk(fair_id=fair.id, title=title, **{**known, **facts}))


def status_of(the_talk: Talk, registration: object) -> str | None:
    query = db.select(Seat.status).where(Seat.talk_id == the_talk.id, Seat.registration_id == registration.id)
    return db.session.scalar(query)


def letters(purpose: str | None = None) -> list[Letter]:
    query = db.select(Letter).order_by(Letter.id)
    rows = db.session.scalars(query).all()
    return [row for row in rows if purpose is None or row.purpose == purpose]
