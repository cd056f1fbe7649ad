"""What a proposal is made from."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bazaar.booths import rules
from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.booths.proposal import Stand, Standing, Wish
from bazaar.booths.queries.blocks import blocks_by_day
from bazaar.booths.queries.bookings import bookings_of
from bazaar.booths.queries.exhibitors import days_by_exhibitor
from bazaar.booths.queries.floor import walking_order
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.employers.queries import exhibitors_of
from bazaar.fairs.models import Fair


@dataclass
class Facts:
    """Everything the proposal looks at."""

    stands: list[Stand] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)


def facts_for_proposal(fair: Fair) -> Facts:
    """The booths, those who stand already, and the booths that exhibitors still want on their days."""
    bookings = bookings_of(fair.id)
    exhibitors = sorted(exhibitors_of(fair.id), key=lambda place: (place.applied_at, place.id))
    days, blocks = days_by_exhibitor(fair.id), blocks_by_day(fair)
    had = Counter((booking.exhibitor_id, booking.block_id) for booking in bookings)
    wishes = []
    for applied, exhibitor in enumerate(exhibitors):
        own_days = [blocks[day] for day in blocks if day in days.get(exhibitor.id, ())]
        for nth in range(min(exhibitor.booths, fair.max_booths)):
            wanted = [_wanted(exhibitor, day, had, nth) for day in own_days]
            if any(wanted):
                wishes.append(_wish(exhibitor, applied, tuple(day for day in wanted if day), nth))
    return Facts(
        [_stand(booth, position) for position, booth in enumerate(walking_order(fair.id))],
        wishes,
        [_standing(booking) for booking in bookings],
    )


def _wanted(
    exhibitor: Exhibitor, day: Sequence[Block], had: Mapping[tuple[uuid.UUID, uuid.UUID], int], nth: int
) -> frozenset[uuid.UUID]:
    """The blocks of a day for which an exhibitor wants its first, second or nth booth.

    Where it has a booth on that day already, nobody adds to its hours: one booth more is for the same ones.
    """
    times = [had.get((exhibitor.id, block.id), 0) for block in day]
    if any(times):
        return frozenset(block.id for block, count in zip(day, times, strict=True) if 0 < count <= nth)
    spans = [(block.starts_at, block.ends_at) for block in day]
    return frozenset(day[index].id for index in rules.in_part(spans, exhibitor.part_of_day))


def _stand(booth: Booth, position: int) -> Stand:
    return Stand(
        booth.id, booth.number, booth.hall_id, position, booth.width, booth.sockets, booth.power, booth.step_free,
        booth.kind, booth.price_class,
    )  # fmt: skip


def _wish(exhibitor: Exhibitor, applied: int, days: tuple[frozenset[uuid.UUID], ...], nth: int) -> Wish:
    organisation: Organisation = exhibitor.organisation
    return Wish(
        exhibitor.id, organisation.name, organisation.sector, days, applied,
        exhibitor.sockets, exhibitor.least_width, exhibitor.step_free, exhibitor.strong_power, exhibitor.booth_kind,
        exhibitor.price_class, nth,
    )  # fmt: skip


def _standing(booking: BoothBooking) -> Standing:
    organisation = booking.exhibitor.organisation
    return Standing(
        booking.exhibitor_id, organisation.name, organisation.sector, booking.booth_id, booking.block_id
    )
