"""Who stands where: the floor as map and timeline, every change with its undo, and the whole plan proposed."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from bazaar import web
from bazaar.booths import actions, names, queries
from bazaar.booths.drawing import Bar, Map, Timeline, drawn_booth, drawn_map, state_of, timeline
from bazaar.booths.models import Block, Booth, BoothBooking, FloorChange
from bazaar.booths.proposal import Plan
from bazaar.booths.views.door import (
    asked_day,
    asked_hall,
    asked_id,
    asked_ids,
    bars_words,
    blocks_in,
    blueprint,
    booth_address,
    fair_parts,
    times,
)
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibitor_at, exhibitors_of
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay, Hall
from bazaar.fairs.queries import organised_fair, role_at
from bazaar.i18n import clock_time, local
from bazaar.people.asking import signed_in

ACTS = ("assign", "move", "swap", "share")


@dataclass
class Floor:
    """What the floor page shows."""

    fair: Fair
    days: Sequence[FairDay]
    halls: Sequence[Hall]
    day: FairDay | None
    hall: Hall | None
    blocks: list[Block] = field(default_factory=list)
    picture: Map | None = None
    schedule: Timeline = field(default_factory=Timeline)
    booth: Booth | None = None
    bars: list[Bar] = field(default_factory=list)
    bar: Bar | None = None
    others: list[Booth] = field(default_factory=list)
    waiting: Sequence[Exhibitor] = field(default_factory=list)
    act: str = ""
    may_change: bool = False

    def url(self, **values: Any) -> str:
        """This page with another hall, day, booth, time or act."""
        return url_for("booths.floor", slug=self.fair.slug, **{**self._here, **values})

    @cached_property
    def at(self) -> str:
        """The same with a booth, whose id is written behind."""
        return booth_address("booths.floor", slug=self.fair.slug, **self._here)

    @property
    def _here(self) -> dict[str, Any]:
        return {
            "hall": self.hall.id if self.hall else None,
            "day": self.day.date.isoformat() if self.day else None,
        }

    @property
    def placed(self) -> list[tuple[BoothBooking, int]]:
        """Each exhibitor that has a booth here this day, by its first, with the booth's number."""
        first: dict[uuid.UUID, tuple[BoothBooking, int]] = {}
        for row in self.schedule.rows:
            for bar in row.bars:
                if bar.booking:
                    first.setdefault(bar.booking.exhibitor_id, (bar.booking, row.booth.number))
        return list(first.values())


@blueprint.get("/organise/<slug>/booths")
def floor(slug: str) -> str:
    """The map and the booth schedule of one hall and day, with the same selection."""
    person = signed_in()
    fair = g.fair = organised_fair(person, slug)
    page = _floor(fair)
    page.may_change = role_at(person, fair.id) != "viewer"
    return render_template("booths/floor.html", here=page, taken_words=actions.taken_words, times=times)


def _floor(fair: Fair) -> Floor:
    days, halls = fair_parts(fair)
    chosen_id = asked_id("booth")
    booths = queries.booths_of(fair.id)
    chosen = next((booth for booth in booths if booth.id == chosen_id), None)
    page = Floor(fair, days, halls, asked_day(days), asked_hall(halls, chosen), booth=chosen)
    if page.day is None or page.hall is None:
        return page
    page.blocks = queries.blocks_by_day(fair)[page.day.id]
    bookings = queries.drawn_bookings(fair.id, page.day.id, page.hall.id)
    here = [booth for booth in booths if booth.hall_id == page.hall.id]
    block = asked_id("block") or _first_block(bookings, page.blocks, chosen_id)
    page.schedule = timeline(here, page.blocks, bookings, booth=chosen_id, block=block)
    page.waiting = queries.without_booth(fair.id, page.day.id)
    page.others = [booth for booth in booths if booth.id != chosen_id]
    page.act = request.args.get("do", "") if request.args.get("do") in ACTS else ""
    _choose(page)
    page.picture = drawn_map(
        page.hall,
        [
            drawn_booth(
                row.booth, state_of(row.bars), bars_words(fair, row.booth, row.bars),
                chosen=row.chosen, url=f"{page.at}{row.booth.id}",
            )
            for row in page.schedule.rows
        ],
    )  # fmt: skip
    return page


def _first_block(
    bookings: Sequence[BoothBooking], blocks: Sequence[Block], booth_id: uuid.UUID | None
) -> uuid.UUID | None:
    """What is meant by a booth alone: the first time when somebody has it, else the beginning of the day."""
    taken = [row.block_id for row in bookings if row.booth_id == booth_id]
    return taken[0] if taken else blocks[0].id if blocks else None


def _choose(page: Floor) -> None:
    page.bars = next((row.bars for row in page.schedule.rows if row.chosen), [])
    page.bar = next((bar for bar in page.bars if bar.chosen), None)


# --- Acts ---------------------------------------------------------------------------------------


def _back(fair: Fair, booth: Booth, blocks: Sequence[Block]) -> Response:
    day = local(blocks[0].starts_at, fair).date().isoformat() if blocks else None
    block = blocks[0].id if blocks else None
    return redirect(
        url_for("booths.floor", slug=fair.slug, hall=booth.hall_id, day=day, booth=booth.id, block=block), 303
    )  # fmt: skip


def _say_done(fair: Fair, change: FloorChange, words: str) -> None:
    web.say_with_undo(words, url_for("booths.undo", slug=fair.slug), change=str(change.id))


def _asked(slug: str) -> tuple[Fair, uuid.UUID, Booth, list[Block]]:
    """The fair, who asks, the booth and the times of an act."""
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    booth = queries.booth_at_fair(fair.id, asked_id("booth") or uuid.UUID(int=0))
    blocks = blocks_in(fair, asked_ids("blocks"))
    if not blocks:
        raise Refused(_("Choose at least one time."))
    return fair, person.id, booth, blocks


def _exhibitor(fair: Fair) -> Exhibitor:
    asked = asked_id("exhibitor")
    if asked is None:
        raise Refused(_("Choose an exhibitor."))
    return exhibitor_at(fair.id, asked)


def _other_booth(fair: Fair) -> Booth:
    asked = asked_id("to")
    if asked is None:
        raise Refused(_("Choose a booth."))
    return queries.booth_at_fair(fair.id, asked)


def _when(fair: Fair, blocks: Sequence[Block]) -> str:
    return times(fair, blocks[0], blocks[-1])


@blueprint.post("/organise/<slug>/booths/assign")
def assign(slug: str) -> Response:
    fair, actor, booth, blocks = _asked(slug)
    exhibitor = _exhibitor(fair)
    change = actions.assign(fair, exhibitor.id, booth, [block.id for block in blocks], actor)
    name = exhibitor.organisation.name
    words = _(
        "%(name)s has booth %(number)s, %(when)s.", name=name, number=booth.number, when=_when(fair, blocks)
    )
    db.session.commit()
    _say_done(fair, change, words)
    return _back(fair, booth, blocks)


@blueprint.post("/organise/<slug>/booths/move")
def move(slug: str) -> Response:
    fair, actor, booth, blocks = _asked(slug)
    exhibitor, to = _exhibitor(fair), _other_booth(fair)
    change = actions.move(fair, exhibitor.id, booth, [block.id for block in blocks], to, actor)
    name = exhibitor.organisation.name
    words = _(
        "%(name)s moved to booth %(number)s, %(when)s.", name=name, number=to.number, when=_when(fair, blocks)
    )
    db.session.commit()
    _say_done(fair, change, words)
    return _back(fair, to, blocks)


@blueprint.post("/organise/<slug>/booths/swap")
def swap(slug: str) -> Response:
    fair, actor, booth, blocks = _asked(slug)
    to = _other_booth(fair)
    change = actions.swap(fair, booth, to, [block.id for block in blocks], actor)
    words = _(
        "Booths %(one)s and %(other)s changed places, %(when)s.", one=booth.number, other=to.number, when=_when(fair, blocks)
    )  # fmt: skip
    db.session.commit()
    _say_done(fair, change, words)
    return _back(fair, to, blocks)


@blueprint.post("/organise/<slug>/booths/share")
def share(slug: str) -> Response:
    fair, actor, booth, blocks = _asked(slug)
    exhibitor = _exhibitor(fair)
    change = actions.share(fair, exhibitor.id, booth, [block.id for block in blocks], actor)
    name = exhibitor.organisation.name
    words = _(
        "%(name)s shares booth %(number)s, %(when)s.",
        name=name,
        number=booth.number,
        when=_when(fair, blocks),
    )
    db.session.commit()
    _say_done(fair, change, words)
    return _back(fair, booth, blocks)


@blueprint.post("/organise/<slug>/booths/clear")
def clear(slug: str) -> Response:
    fair, actor, booth, blocks = _asked(slug)
    change = actions.clear(fair, booth, [block.id for block in blocks], actor)
    words = _("Booth %(number)s is free, %(when)s.", number=booth.number, when=_when(fair, blocks))
    db.session.commit()
    _say_done(fair, change, words)
    return _back(fair, booth, blocks)


@blueprint.post("/organise/<slug>/booths/undo")
def undo(slug: str) -> Response:
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=True)
    actions.undo(fair, asked_id("change") or uuid.UUID(int=0), person.id)
    db.session.commit()
    web.say(_("Undone: it is as it was before."))
    return web.go("booths.floor", slug=slug)


# --- The whole plan -----------------------------------------------------------------------------


def _seal(plan: Plan) -> str:
    """So that what is applied is what was read."""
    facts = sorted(
        (str(part.exhibitor), str(part.booth), sorted(map(str, part.blocks))) for part in plan.given
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()


@blueprint.route("/organise/<slug>/booths/proposal", methods=["GET", "POST"])
def proposal(slug: str) -> str | tuple[str, int] | Response:
    """Bazaar's own plan for everybody without a booth: read it with its reasons, then take it."""
    person = signed_in()
    fair = g.fair = organised_fair(person, slug, to_change=request.method == "POST")
    plan = actions.proposal_for(fair)
    if request.method == "POST" and request.form.get("seal") == _seal(plan) and plan.given:
        change = actions.apply(fair, plan, person.id)
        placed = len({part.exhibitor for part in plan.given})
        db.session.commit()
        _say_done(
            fair, change, ngettext("%(num)s exhibitor got a booth.", "%(num)s exhibitors got booths.", placed)
        )
        return web.go("booths.floor", slug=slug)
    stale = request.method == "POST"
    page = render_template(
        "booths/proposal.html", fair=fair, seal=_seal(plan), stale=stale, **_readable(fair, plan),
        may_change=role_at(person, fair.id) != "viewer",
    )  # fmt: skip
    return (page, 409) if stale else page


def _readable(fair: Fair, plan: Plan) -> dict[str, object]:
    """The plan with names, numbers and times."""
    exhibitors = {exhibitor.id: exhibitor for exhibitor in exhibitors_of(fair.id)}
    booths = {booth.id: booth for booth in queries.booths_of(fair.id)}
    blocks = queries.blocks_of(fair)
    return {
        "given": [
            (booths[part.booth], exhibitors[part.exhibitor], _spells(fair, blocks, part.blocks), names.reasons_words(list(part.reasons)))
            for part in plan.given
        ],
        "missing": [
            (exhibitors[part.exhibitor], _spells(fair, blocks, part.blocks), names.reasons_words([part.reason]))
            for part in plan.missing
        ],
        "fewer": [
            (exhibitors[part.exhibitor], _spells(fair, blocks, part.blocks), names.reasons_words([part.reason]))
            for part in plan.fewer
        ],
        "placed": len({part.exhibitor for part in plan.given}),
        "booths": len({part.booth for part in plan.given}),
    }  # fmt: skip


def _spells(fair: Fair, blocks: Sequence[Block], chosen: frozenset[uuid.UUID]) -> list[tuple[object, str]]:
    """Each day with its time: the first and last chosen block."""
    by_day: dict[object, list[Block]] = {}
    for block in blocks:
        if block.id in chosen:
            by_day.setdefault(local(block.starts_at, fair).date(), []).append(block)
    return [
        (day, f"{clock_time(each[0].starts_at, fair)}–{clock_time(each[-1].ends_at, fair)}")
        for day, each in by_day.items()
    ]
