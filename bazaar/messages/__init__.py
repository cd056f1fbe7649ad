"""The outbox: one row per letter (e-mail or SMS), written with the change it tells of, sent after it."""
