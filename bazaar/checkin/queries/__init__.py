"""Finding devices and scans."""

from bazaar.checkin.queries.booth import (
    fair_and_exhibitor,
    people_met,
    profile_for,
    question_to,
    remarks_of,
    visitor,
)
from bazaar.checkin.queries.counting import COUNTS, counts
from bazaar.checkin.queries.day import Live, arrivals, in_the_hall, live
from bazaar.checkin.queries.devices import device_in, devices_of, open_codes, pairing, pairing_in
from bazaar.checkin.queries.scans import (
    all_scans,
    conflict_count,
    corrections_of,
    corrections_to,
    open_conflicts,
    people_names,
    scan_counts,
    scan_in,
    scans_of,
    whole_scan,
)
from bazaar.checkin.queries.uploads import device_of, firsts

__all__ = [
    "COUNTS",
    "Live",
    "all_scans",
    "arrivals",
    "conflict_count",
    "corrections_of",
    "corrections_to",
    "counts",
    "device_in",
    "device_of",
    "devices_of",
    "fair_and_exhibitor",
    "firsts",
    "in_the_hall",
    "live",
    "open_codes",
    "open_conflicts",
    "pairing",
    "pairing_in",
    "people_met",
    "people_names",
    "profile_for",
    "question_to",
    "remarks_of",
    "scan_counts",
    "scan_in",
    "scans_of",
    "visitor",
    "whole_scan",
]
