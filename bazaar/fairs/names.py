"""What the keys of a fair's settings are called, in the reader's language."""

from bazaar.fields import lazy as _
from bazaar.journal.details import values_of

PHASES = {
    "exhibitors": _("Exhibitors apply"),
    "booths": _("Booth choice"),
    "jobseekers": _("Jobseekers register"),
    "wishes": _("Wishes"),
    "booking": _("Booking"),
    "fair": _("The fair"),
    "followup": _("Follow-up"),
}
PHASE_HINTS = {
    "exhibitors": _("Employers and others can apply for a place."),
    "booths": _("Approved exhibitors can choose a booth on the map."),
    "jobseekers": _(
        "Jobseekers can register. Keep it open to the end: people also come without registering."
    ),
    "wishes": _("Jobseekers can say whom they want to meet."),
    "booking": _("Jobseekers can book times that employers have opened, and ask for meetings."),
    "followup": _("Exhibitors answer the people they met."),
}
ROLES = {"owner": _("Owner"), "co_organiser": _("Co-organiser"), "viewer": _("Viewer")}
ROLE_HINTS = {
    "owner": _("changes everything, also who organises"),
    "co_organiser": _("changes everything but who organises"),
    "viewer": _("sees everything, changes nothing"),
}
PARTNER_KINDS = {
    "county": _("County"),
    "municipality": _("Municipality"),
    "employment_service": _("Employment service"),
    "business": _("Business"),
    "association": _("Association"),
    "other": _("Other"),
}
SECTOR_RULES = {
    "neighbours": _("Neighbours: the same sector stands together"),
    "spread": _("Spread: the same sector stands apart"),
    "none": _("Sectors do not matter"),
}
ACCENTS = {
    "salmon": _("Salmon"),
    "cloudberry": _("Cloudberry"),
    "sea": _("Sea"),
    "moss": _("Moss"),
    "heather": _("Heather"),
}
LETTER_STATUSES = {
    "waiting": _("Waiting"),
    "claimed": _("Being sent"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "expired": _("Not sent in time"),
    "perhaps_sent": _("Perhaps sent"),
    "stopped": _("Stopped"),
}

LETTERS = {
    "address": _("An address was changed"),
    "answer": _("An exhibitor's answer"),
    "booth": _("Where you stand"),
    "code": _("Sign-in code"),
    "day_cancelled": _("A day does not take place"),
    "day_changed": _("A day was changed"),
    "exhibitor_applied": _("Application received"),
    "exhibitor_decision": _("Answer to an application"),
    "exhibitor_withdrawn": _("An exhibitor withdrew"),
    "fair_cancelled": _("The fair does not take place"),
    "invitation": _("Invitation"),
    "meeting_accepted": _("Meeting accepted"),
    "meeting_booked": _("Meeting booked"),
    "meeting_cancelled": _("Meeting called off"),
    "meeting_declined": _("Request declined"),
    "meeting_expired": _("Request expired"),
    "meeting_moved": _("Meeting moved"),
    "meeting_requested": _("Request for a meeting"),
    "organiser_added": _("New organiser"),
    "organiser_removed": _("Organiser removed"),
    "registration_cancelled": _("Registration cancelled"),
    "registration_changed": _("Registration changed"),
    "registration_left": _("Registration withdrawn"),
    "registrations_joined": _("Two registrations joined"),
    "role_changed": _("New role"),
    "share_heard": _("A spoken yes written down"),
    "staff_added": _("New staff"),
    "staff_removed": _("Staff removed"),
    "talk_cancelled": _("Talk cancelled"),
    "talk_changed": _("Talk changed"),
    "talk_seat": _("A place at a talk"),
    "talk_waiting": _("On the waiting list of a talk"),
    "welcome": _("Welcome"),
}


def letter_words(purpose: str) -> str:
    """What kind of letter it is; a kind without words of its own is shown as it is written."""
    return LETTERS.get(purpose) or purpose.replace("_", " ").capitalize()


values_of("phase", "kind", PHASES)
values_of("partner", "kind", PARTNER_KINDS)
values_of("organiser", "role", ROLES)
