"""What a proposal is made from."""

import uuid
from dataclasses import dataclass, field

from bazaar.booths.models import Booth, BoothBooking
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
    """The booths, those who stand already, and those who want a booth on days when they have none."""
    bookings = bookings_of(fair.id)
    settled = {(booking.exhibitor_id, booking.block.fair_day_id) for booking in bookings}
    blocks = blocks_by_day(fair)
    days = days_by_exhibitor(fair.id)
    exhibitors = sorted(exhibitors_of(fair.id), key=lambda place: (place.applied_at, place.id))
    return Facts(
        [_stand(booth, position) for position, booth in enumerate(walking_order(fair.id))],
        [
            _wish(
                exhibitor,
                number,
                tuple(
                    frozenset(block.id for block in blocks[day])
                    for day in blocks
                    if day in days.get(exhibitor.id, ()) and (exhibitor.id, day) not in settled
                ),
            )
            for number, exhibitor in enumerate(exhibitors)
        ],
        [_standing(booking) for booking in bookings],
    )


def _stand(booth: Booth, position: int) -> Stand:
    return Stand(
        booth.id, booth.number, booth.hall_id, position, booth.width, booth.sockets, booth.power, booth.step_free
    )  # fmt: skip


def _wish(exhibitor: Exhibitor, applied: int, days: tuple[frozenset[uuid.UUID], ...]) -> Wish:
    organisation: Organisation = exhibitor.organisation
    return Wish(
        exhibitor.id, organisation.name, organisation.sector, days, applied,
        exhibitor.sockets, exhibitor.least_width, exhibitor.step_free,
    )  # fmt: skip


def _standing(booking: BoothBooking) -> Standing:
    organisation = booking.exhibitor.organisation
    return Standing(
        booking.exhibitor_id, organisation.name, organisation.sector, booking.booth_id, booking.block_id
    )
