"""Finding booths, blocks, and who stands where."""

from bazaar.booths.queries.blocks import (
    block_id,
    blocks_by_day,
    blocks_of,
    default_blocks,
    fits_hours,
    hours_of,
    stored_blocks,
)
from bazaar.booths.queries.bookings import (
    Place,
    booked_blocks,
    bookings_at,
    bookings_by,
    bookings_named,
    bookings_of,
    booth_at,
    booth_numbers,
    change_of,
    expired_hold_of,
    rows_at,
    stands_of,
    void_rows,
)
from bazaar.booths.queries.exhibitors import days_by_exhibitor, without_booth
from bazaar.booths.queries.floor import (
    booth_at_fair,
    booth_numbered,
    booths_of,
    hall_named,
    highest_number,
    walking_order,
)
from bazaar.booths.queries.wishes import Facts, facts_for_proposal

__all__ = [
    "Facts",
    "Place",
    "block_id",
    "blocks_by_day",
    "blocks_of",
    "booked_blocks",
    "bookings_at",
    "bookings_by",
    "bookings_named",
    "bookings_of",
    "booth_at",
    "booth_at_fair",
    "booth_numbered",
    "booth_numbers",
    "booths_of",
    "change_of",
    "days_by_exhibitor",
    "default_blocks",
    "expired_hold_of",
    "facts_for_proposal",
    "fits_hours",
    "hall_named",
    "highest_number",
    "hours_of",
    "rows_at",
    "stands_of",
    "stored_blocks",
    "void_rows",
    "walking_order",
    "without_booth",
]
