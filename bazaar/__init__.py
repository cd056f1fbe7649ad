"""Bazaar runs recruitment fairs: one record from booking to arrival to meeting to answer.

The street, in the order in which a fair happens; a feature knows only those before it:

    journal  messages  people  fairs  occupations  employers  booths  jobseekers  programme
    sharing  meetings  queue  reminders  badges  checkin  followups  desk  privacy  home

Plumbing (files beside this one) knows no feature, except the entry points `app`, `cli`, `demo`
and `backup`, which know them all. Start reading in `fairs/`, with docs/glossary.md at hand.
"""
