"""What organisers and exhibitors alike cannot do when somebody is to stand somewhere, and the words of the refusal."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, select

from bazaar.booths import queries, rules
from bazaar.booths.actions.blocks import ensure_blocks
from bazaar.booths.models import Block, BoothBooking
from bazaar.booths.queries import Place
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.i18n import clock_time, day_words


def known_places(fair: Fair, places: Iterable[Place]) -> dict[uuid.UUID, Block]:
    """The blocks of these places, by id; another fair's booth or block is NotFound."""
    ensure_blocks(fair)
    blocks = {block.id: block for day in queries.stored_blocks(fair.id).values() for block in day}
    booths = {booth.id for booth in queries.booths_of(fair.id)}
    for booth, block in places:
        if booth not in booths:
            raise NotFound
        if block not in blocks:
            raise Refused(_("The day was cut into other times since. Look again."))
    return blocks


def lock(exhibitors: Collection[uuid.UUID]) -> None:
    """Where booths are counted: one at a time for each exhibitor, whose status is then what it is now."""
    db.session.flush()
    query = select(Exhibitor.id, Exhibitor.status).where(Exhibitor.id.in_(exhibitors)).order_by(Exhibitor.id)
    now = {row.id: row.status for row in db.session.execute(query.with_for_update())}
    for known in list(db.session):
        if isinstance(known, Exhibitor) and now.get(known.id, known.status) != known.status:
            db.session.expire(known, ["status"])


def delete_rows(rows: Iterable[BoothBooking]) -> None:
    """By their ids, so that a row that somebody else removed this moment is no surprise."""
    ids = [row.id for row in rows]
    if ids:
        db.session.execute(delete(BoothBooking).where(BoothBooking.id.in_(ids)))


def refuse_unfit(
    fair: Fair, new: Mapping[Place, uuid.UUID], exhibitors: Mapping[uuid.UUID, Exhibitor], blocks: Mapping[uuid.UUID, Block]
) -> None:  # fmt: skip
    """Only approved exhibitors, on their own days, with as many booths at a time as the fair allows."""
    days = queries.days_by_exhibitor(fair.id)
    day_of = {day.id: day for day in days_of(fair.id)}
    had = (
        Counter((row.exhibitor_id, row.block_id) for row in queries.bookings_of(fair.id))
        if new
        else Counter()
    )
    for (_booth, block), who in new.items():
        name = exhibitors[who].organisation.name
        day = day_of[blocks[block].fair_day_id]
        if exhibitors[who].status != "approved":
            raise Refused(_("%(name)s is not approved for the fair.", name=name))
        if day.id not in days.get(who, ()):
            raise Refused(_("%(name)s does not take part on %(day)s.", name=name, day=day_words(day.date)))
        if rules.too_many(had[who, block], fair.max_booths):
            raise Refused(_too_many_words(fair, name, blocks[block], who))
        had[who, block] += 1


def _too_many_words(fair: Fair, name: str, block: Block, exhibitor_id: uuid.UUID) -> str:
    numbers = [
        str(row.booth.number)
        for row in queries.bookings_of(fair.id, block.fair_day_id)
        if row.exhibitor_id == exhibitor_id and row.block_id == block.id
    ]
    if not numbers:
        return _("%(name)s may have %(most)s booth at a time.", name=name, most=fair.max_booths)
    return _(
        "%(name)s has booth %(numbers)s then already, and may have %(most)s at a time.",
        name=name, numbers=", ".join(numbers), most=fair.max_booths,
    )  # fmt: skip


def somebody_was_faster(fair: Fair, places: Iterable[Place]) -> str:
    """Who has it, in words."""
    wanted = set(places)
    for row in queries.bookings_of(fair.id):
        if (row.booth_id, row.block_id) in wanted:
            return taken_words(fair, row)
    return _("Somebody else took it this moment. Look again.")


def taken_words(fair: Fair, row: BoothBooking) -> str:
    when = f"{day_words(row.block.starts_at, fair)} {clock_time(row.block.starts_at, fair)}–{clock_time(row.block.ends_at, fair)}"
    name = row.exhibitor.organisation.name
    if row.held_until is not None:
        return _(
            "Booth %(number)s is held for %(name)s until %(until)s, %(when)s.",
            number=row.booth.number, name=name, until=clock_time(row.held_until, fair), when=when,
        )  # fmt: skip
    return _(
        "Booth %(number)s is taken by %(name)s, %(when)s.", number=row.booth.number, name=name, when=when
    )
