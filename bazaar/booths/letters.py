"""Telling exhibitors where they stand."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from flask_babel import gettext as _

from bazaar.booths.models import Block, Booth
from bazaar.booths.queries import bookings_of
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import readers_of
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, day_words, local, words_for
from bazaar.messages.actions import put_in_outbox
from bazaar.web import address

Stands = Sequence[tuple[Block, Booth]]


def where_they_stand(fair: Fair, exhibitors: Iterable[Exhibitor]) -> None:
    """To the people of each exhibitor: where it stands now, or that it has no booth."""
    exhibitors = list(exhibitors)
    readers = readers_of((exhibitor.organisation_id for exhibitor in exhibitors), fair)
    stands: dict[object, list[tuple[Block, Booth]]] = {}
    for booking in bookings_of(fair.id, with_holds=False) if readers else ():
        stands.setdefault(booking.exhibitor_id, []).append((booking.block, booking.booth))
    for exhibitor in exhibitors:
        for reader in readers.get(exhibitor.organisation_id, ()):
            with words_for(reader.language):
                subject, words = _words(
                    fair, exhibitor, stands.get(exhibitor.id, []), acts=reader.person_id is not None
                )
                put_in_outbox(
                    channel="email" if reader.by_email else "sms", address=reader.address,
                    language=reader.language, purpose="booth", subject=subject, words=words,
                    fair_id=fair.id, person_id=reader.person_id,
                )  # fmt: skip


def _words(fair: Fair, exhibitor: Exhibitor, stands: Stands, *, acts: bool) -> tuple[str, str]:
    """`acts`: the reader may sign in for it; anybody else is led to the map that all may see."""
    own = {"slug": fair.slug, "exhibitor_id": exhibitor.id}
    page = address("booths.choose", **own) if acts else address("booths.public_map", slug=fair.slug)
    name = exhibitor.organisation.name
    if not stands:
        subject = _("You have no booth at %(fair)s now", fair=fair.name)
        words = _(
            "%(exhibitor)s has no booth at %(fair)s any more.\n\nSee what is free: %(page)s",
            exhibitor=name, fair=fair.name, page=page,
        )  # fmt: skip
        return subject, words
    subject = _("Your booth at %(fair)s", fair=fair.name)
    words = _(
        "%(exhibitor)s stands here at %(fair)s:\n\n%(stands)s\n\nThe map: %(page)s",
        exhibitor=name, fair=fair.name, stands="\n".join(stand_lines(fair, stands)), page=page,
    )  # fmt: skip
    return subject, words


def stand_lines(fair: Fair, stands: Stands) -> list[str]:
    """One line for each day and booth: Booth 14, Hall A, Wednesday 21 April 09:00-17:00."""
    ordered = sorted(
        stands,
        key=lambda stand: (local(stand[0].starts_at, fair).date(), stand[1].number, stand[0].starts_at),
    )
    lines = []
    for (day, number), group in groupby(
        ordered, key=lambda stand: (local(stand[0].starts_at, fair).date(), stand[1].number)
    ):
        times = ", ".join(_spans(fair, [block for block, _booth in group]))
        lines.append(_("Booth %(number)s, %(day)s %(times)s", number=number, day=day_words(day), times=times))
    return lines


def _spans(fair: Fair, blocks: Sequence[Block]) -> list[str]:
    spans: list[list[Block]] = []
    for block in blocks:
        if spans and spans[-1][-1].ends_at == block.starts_at:
            spans[-1].append(block)
        else:
            spans.append([block])
    return [f"{clock_time(span[0].starts_at, fair)}–{clock_time(span[-1].ends_at, fair)}" for span in spans]
