"""What the keys of the follow-up are called, in the reader's language."""

from flask_babel import lazy_gettext as _

from bazaar.journal.details import values_of

STATUSES = {
    "met": _("Met"),
    "to_come": _("Booked"),
    "scanned": _("Scanned"),
    "unknown": _("Not known"),
    "no_show": _("Did not come"),
    "asked": _("Asked"),
    "shared": _("Shares with you"),
    "declined": _("You said no"),
    "expired": _("Ran out"),
}
MEETING_STATES = {
    "held": _("Held"),
    "walk_in": _("Held, walk-in"),
    "unknown": _("Not known"),
    "no_show": _("Did not come"),
    "to_come": _("To come"),
    "asked": _("Asked"),
    "declined": _("Declined"),
    "expired": _("Ran out"),
    "cancelled": _("Cancelled"),
}
NEXT_STEPS = {
    "call": _("Call"),
    "interview": _("Interview"),
    "send_cv": _("CV to be sent"),
    "other": _("Something else"),
}
# What the jobseeker reads: a promise, in the employer's mouth.
PROMISES = {
    "call": _("They will call you."),
    "interview": _("They want to see you for an interview."),
    "send_cv": _("Send them your CV."),
    "other": _("They will get back to you."),
}
ANSWERS = {
    "second_interview": _("Yes, second interview"),
    "job_offer": _("Yes, job offer"),
    "later": _("Not now, kept for later"),
    "no": _("No, kindly said"),
}
ANSWERS_TOLD = {
    "second_interview": _("Yes: they want to meet you again."),
    "job_offer": _("Yes: they want to offer you a job."),
    "later": _("Not now. They keep you in mind for later."),
    "no": _("No, not this time."),
}
# A level of Swedish in two or three plain words, for a dense list.
SWEDISH = {
    "none": _("None yet"),
    "sfi_a": _("Single words"),
    "a1": _("Single words"),
    "sfi_b": _("Easy words"),
    "sfi_c": _("Everyday talk"),
    "a2": _("Everyday talk"),
    "sfi_d": _("Talk at work"),
    "b1": _("Talk at work"),
    "sas": _("Most talk"),
    "b2": _("Most talk"),
    "c1": _("Fluent"),
    "c2": _("Fluent"),
    "native": _("Own language"),
}
CAME_BY = {"open_slot": _("Booked"), "request": _("Asked"), "walk_in": _("Walk-in")}


values_of("answer", "kind", ANSWERS)
