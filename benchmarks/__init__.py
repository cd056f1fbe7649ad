"""What Bazaar reaches beside the bare thing: `python -m benchmarks` prints tables, `make bench` runs them all.

The limit app (`limit_app.py`) does the bare work on the same server, workers, database and durability, written
to be fast. Both run in turn in the same run: only their ratio means anything on a shared machine.
"""
