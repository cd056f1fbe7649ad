"""An exhibitor's own booth: chosen on the map, held while choosing, confirmed, given back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.booths import actions, names, queries, rules
from bazaar.booths.drawing import Bar, Drawn, Map, Row, drawn_booth, drawn_map, state_of, timeline
from bazaar.booths.letters import stand_lines
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.booths.views.door import (
    asked_day,
    asked_hall,
    asked_id,
    asked_ids,
    bars_words,
    blueprint,
    fair_parts,
)
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import days_of_exhibitor, exhibited, is_admin
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import is_open, phase_of
from bazaar.people.asking import signed_in


@dataclass(frozen=True)
class Offer:
    """A booth as this exhibitor sees it on the chosen day."""

    booth: Booth
    bars: list[Bar]
    free: bool
    lacks: str  # why it does not fit, in words


@dataclass
class Choice:
    """What the page shows."""

    exhibitor: Exhibitor
    fair: Fair
    days: Sequence[FairDay]
    halls: Sequence[Hall]
    day: FairDay | None
    hall: Hall | None
    may_change: bool
    is_open: bool
    mine: list[BoothBooking] = field(default_factory=list)
    held: list[BoothBooking] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    picture: Map | None = None
    booth: Booth | None = None
    free_blocks: list[tuple[FairDay, list[Block]]] = field(default_factory=list)
    lacks: str = ""

    def url(self, **values: Any) -> str:
        here: dict[str, Any] = {
            "hall": self.hall.id if self.hall else None,
            "day": self.day.date.isoformat() if self.day else None,
        }
        return url_for(
            "booths.choose", slug=self.fair.slug, exhibitor_id=self.exhibitor.id, **{**here, **values}
        )


@blueprint.get("/exhibit/<slug>/<uuid:exhibitor_id>/booth")
def choose(slug: str, exhibitor_id: uuid.UUID) -> str:
    """The map with what is free on my days, what I have and what I hold."""
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    fair = g.fair = exhibitor.fair
    page = _choice(exhibitor, is_admin(person, exhibitor.organisation_id))
    hold = page.held[0] if page.held else None
    return render_template(
        "booths/choose.html", here=page, organisation=exhibitor.organisation, hold=hold, phase=phase_of(fair.id, "booths"),
        more=hold is not None and rules.may_have_more_time(hold.held_until or clock.now(), hold.times_extended, clock.now()),
        hold_lines=stand_lines(fair, [(row.block, row.booth) for row in page.held]), stays=_stays(page),
    )  # fmt: skip


def _choice(exhibitor: Exhibitor, admin: bool) -> Choice:
    fair = exhibitor.fair
    _days, halls = fair_parts(fair)
    days = days_of_exhibitor(exhibitor.id)
    booths = queries.booths_of(fair.id)
    chosen = next((booth for booth in booths if booth.id == asked_id("booth")), None)
    page = Choice(
        exhibitor, fair, days, halls, asked_day(days), asked_hall(halls, chosen),
        may_change=admin, is_open=exhibitor.status == "approved" and is_open(fair.id, "booths", clock.now()), booth=chosen,
    )  # fmt: skip
    bookings = queries.bookings_of(fair.id)
    mine = [row for row in bookings if row.exhibitor_id == exhibitor.id]
    page.mine = sorted((row for row in mine if row.held_until is None), key=lambda row: row.block.starts_at)
    page.held = [row for row in mine if row.held_until is not None]
    if page.day is None or page.hall is None:
        return page
    blocks = queries.blocks_by_day(fair)
    here = [booth for booth in booths if booth.hall_id == page.hall.id]
    plan = timeline(
        here, blocks[page.day.id], [row for row in bookings if row.block.fair_day_id == page.day.id]
    )
    page.offers = [_offer(exhibitor, row) for row in plan.rows]
    page.picture = drawn_map(page.hall, [_drawn(page, offer) for offer in page.offers])
    if chosen is not None:
        page.lacks = names.lacks_words(rules.lacks(chosen, exhibitor))
        taken = {
            row.block_id for row in bookings if row.booth_id == chosen.id and row.exhibitor_id != exhibitor.id
        }
        taken |= {row.block_id for row in page.mine if row.booth_id == chosen.id}
        page.free_blocks = [
            (day, [block for block in blocks[day.id] if block.id not in taken]) for day in days
        ]
    return page


def _offer(exhibitor: Exhibitor, row: Row) -> Offer:
    free = any(bar.booking is None for bar in row.bars)
    return Offer(row.booth, row.bars, free, names.lacks_words(rules.lacks(row.booth, exhibitor)))


def _drawn(page: Choice, offer: Offer) -> Drawn:
    words = bars_words(page.fair, offer.booth, offer.bars)
    if offer.lacks:
        words += ". " + _("Does not fit you: %(lacks)s", lacks=offer.lacks)
    chosen = page.booth is not None and page.booth.id == offer.booth.id
    url = page.url(booth=offer.booth.id) + "#chosen"
    mine = any(
        bar.booking is not None and bar.booking.exhibitor_id == page.exhibitor.id for bar in offer.bars
    )
    return drawn_booth(
        offer.booth, state_of(offer.bars), words, chosen=chosen, unfit=bool(offer.lacks), mine=mine, url=url
    )


def _stays(page: Choice) -> list[tuple[Booth, list[str], list[uuid.UUID]]]:
    """What I have, booth by booth: its lines and its blocks."""
    by_booth: dict[uuid.UUID, list[BoothBooking]] = {}
    for row in page.mine:
        by_booth.setdefault(row.booth_id, []).append(row)
    return [
        (
            rows[0].booth,
            stand_lines(page.fair, [(row.block, row.booth) for row in rows]),
            [row.block_id for row in rows],
        )
        for rows in by_booth.values()
    ]


# --- Acts ---------------------------------------------------------------------------------------


def _mine(slug: str, exhibitor_id: uuid.UUID) -> tuple[Exhibitor, uuid.UUID]:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id, as_admin=True, to_change=True)
    g.fair = exhibitor.fair
    return exhibitor, person.id


def _asked_booth(exhibitor: Exhibitor) -> Booth:
    asked = asked_id("booth")
    if asked is None:
        raise Refused(_("Choose a booth on the map first."))
    return queries.booth_at_fair(exhibitor.fair_id, asked)


def _back(slug: str, exhibitor_id: uuid.UUID, hall: uuid.UUID | None = None) -> Response:
    return web.go("booths.choose", slug=slug, exhibitor_id=exhibitor_id, hall=hall)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/booth/hold")
def hold(slug: str, exhibitor_id: uuid.UUID) -> Response:
    """First come: the booth is held while its exhibitor makes up its mind."""
    exhibitor, actor = _mine(slug, exhibitor_id)
    booth = _asked_booth(exhibitor)
    actions.hold(exhibitor, booth, asked_ids("blocks"), actor)
    minutes, number = exhibitor.fair.hold_minutes, booth.number
    db.session.commit()
    web.say(
        ngettext(
            "Booth %(number)s is held for you for %(num)s minute.", "Booth %(number)s is held for you for %(num)s minutes.",
            minutes, number=number,
        )
    )  # fmt: skip
    return _back(slug, exhibitor_id, booth.hall_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/booth/more-time")
def more_time(slug: str, exhibitor_id: uuid.UUID) -> Response:
    exhibitor, actor = _mine(slug, exhibitor_id)
    actions.more_time(exhibitor, actor)
    db.session.commit()
    web.say(_("You have more time."))
    return _back(slug, exhibitor_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/booth/confirm")
def confirm(slug: str, exhibitor_id: uuid.UUID) -> Response:
    exhibitor, actor = _mine(slug, exhibitor_id)
    booths = actions.confirm(exhibitor, actor)
    numbers = ", ".join(str(booth.number) for booth in booths)
    db.session.commit()
    web.say(_("Booth %(number)s is yours.", number=numbers))
    return _back(slug, exhibitor_id, booths[0].hall_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/booth/let-go")
def let_go(slug: str, exhibitor_id: uuid.UUID) -> Response:
    exhibitor, actor = _mine(slug, exhibitor_id)
    actions.let_go(exhibitor, actor)
    db.session.commit()
    web.say(_("The booth is free for others again."))
    return _back(slug, exhibitor_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/booth/withdraw")
def withdraw(slug: str, exhibitor_id: uuid.UUID) -> Response:
    """Given back at once; the undo asks for it again."""
    exhibitor, actor = _mine(slug, exhibitor_id)
    booth, blocks = _asked_booth(exhibitor), asked_ids("blocks")
    actions.withdraw(exhibitor, booth, blocks, actor)
    words, key = _("You gave booth %(number)s back.", number=booth.number), str(booth.id)
    db.session.commit()
    again = url_for("booths.take_back", slug=slug, exhibitor_id=exhibitor_id)
    web.say_with_undo(words, again, booth=key, blocks=" ".join(map(str, blocks)))
    return _back(slug, exhibitor_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/booth/take-back")
def take_back(slug: str, exhibitor_id: uuid.UUID) -> Response:
    exhibitor, actor = _mine(slug, exhibitor_id)
    booth = _asked_booth(exhibitor)
    actions.take_back(exhibitor, booth, asked_ids("blocks"), actor)
    words = _("Booth %(number)s is yours again.", number=booth.number)
    db.session.commit()
    web.say(words)
    return _back(slug, exhibitor_id, booth.hall_id)
