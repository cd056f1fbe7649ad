"""The desk at the door: walk-ins, two registrations of one person, scans that need a decision."""
