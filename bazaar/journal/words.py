"""The journal's words in the reader's language: what was done, to what."""

from bazaar.fields import lazy as _

VERBS = {
    "accepted": _("accepted"),
    "added": _("added"),
    "changed": _("changed"),
    "duplicated": _("made like another"),
    "hid": _("hidden"),
    "let_make_fairs": _("allowed to make fairs"),
    "made": _("made"),
    "published": _("published"),
    "removed": _("removed"),
    "tried_again": _("tried again"),
    "withdrew": _("withdrawn"),
}
THINGS = {
    "fair": _("Fair"),
    "fair_day": _("Day"),
    "hall": _("Hall"),
    "letter": _("Letter"),
    "organiser": _("Organiser"),
    "partner": _("Partner"),
    "person": _("Person"),
    "phase": _("Phase"),
    "staff": _("Staff"),
}


def verb_words(verb: str) -> str:
    """made, changed, ...; a verb without words of its own is shown as it is written."""
    return VERBS.get(verb) or verb.replace("_", " ")


def thing_words(thing: str) -> str:
    """Hall, Meeting, ...; a thing without words of its own is shown as it is written."""
    return THINGS.get(thing) or thing.replace("_", " ").capitalize()
