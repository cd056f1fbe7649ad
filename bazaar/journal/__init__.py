"""Who did what when, append-only. Plain ids, no foreign keys: a line outlives what it tells of."""
