"""What the keys of the floor are called, and reasons in words, in the reader's language."""

from collections.abc import Callable, Mapping

from flask_babel import gettext, ngettext

from bazaar.booths.rules import Reason
from bazaar.employers.models import Exhibitor
from bazaar.employers.names import BOOTH_KINDS, PARTS_OF_DAY, sector
from bazaar.fields import lazy as _

Facts = Mapping[str, int | str]

KINDS = BOOTH_KINDS
POWERS = {"none": _("No power"), "230V": _("230 V"), "400V": _("400 V")}
AISLES = {"up": _("Up on the map"), "down": _("Down on the map"), "left": _("Left"), "right": _("Right")}
CUTS = {
    "whole": _("The whole day"),
    "halves": _("Morning and afternoon"),
    "hours": _("Every hour"),
    "own": _("Own times"),
}


def choices(names: Mapping[str, str]) -> Callable[[], list[tuple[str, str]]]:
    """For a list to choose from, asked for when the form is drawn."""
    return lambda: list(names.items())


def lack_words(lack: str) -> str:
    """What a booth has too little of."""
    return {
        "sockets": gettext("too few sockets"),
        "width": gettext("too narrow"),
        "step_free": gettext("not step-free"),
        "power": gettext("no 400 V"),
        "kind": gettext("another kind of booth"),
        "price_class": gettext("another price class"),
    }.get(lack, lack)


def lacks_words(lacks: list[str]) -> str:
    return ", ".join(lack_words(lack) for lack in lacks)


def needs_words(exhibitor: Exhibitor) -> str:
    """What an exhibitor wishes of its booths, beside one booth of any kind for the whole day."""
    part, kind = exhibitor.part_of_day, exhibitor.booth_kind
    said = [
        ngettext("%(num)s booth", "%(num)s booths", exhibitor.booths) if exhibitor.booths > 1 else "",
        str(PARTS_OF_DAY[part]) if part != "whole" else "",
        ngettext("%(num)s socket", "%(num)s sockets", exhibitor.sockets) if exhibitor.sockets else "",
        gettext("400 V") if exhibitor.strong_power else "",
        gettext("%(number)s cells wide", number=exhibitor.least_width) if exhibitor.least_width > 1 else "",
        gettext("step-free") if exhibitor.step_free else "",
        str(BOOTH_KINDS[kind]) if kind else "",
        gettext("price class %(class)s", **{"class": exhibitor.price_class}) if exhibitor.price_class else "",
    ]
    return ", ".join(filter(None, said))


def reason_words(reason: Reason) -> str:
    """Why somebody stands here, or nowhere."""
    with_facts = _WITH_FACTS.get(reason.key)
    return with_facts(reason.facts) if with_facts else _plain(reason.key)


def _sockets(facts: Facts) -> str:
    return ngettext("needs %(num)s socket", "needs %(num)s sockets", int(facts["needed"]))


def _width(facts: Facts) -> str:
    return gettext("needs a width of %(number)s cells", number=facts["needed"])


def _kind(facts: Facts) -> str:
    return gettext("wants the kind: %(kind)s", kind=KINDS.get(str(facts["kind"]), facts["kind"]))


def _price_class(facts: Facts) -> str:
    return gettext("wants price class %(name)s", name=facts["class"])


def _beside(facts: Facts) -> str:
    return gettext("beside booth %(number)s, same sector", number=facts["number"])


def _shares(facts: Facts) -> str:
    return gettext("shares the booth with %(names)s", names=facts["with"])


def _sector_full(facts: Facts) -> str:
    name = sector(str(facts["sector"]))
    return gettext(
        "the fair takes at most %(limit)s of the sector %(sector)s", limit=facts["limit"], sector=name
    )


def _none_fits(facts: Facts) -> str:
    lacks = [lack for lack in str(facts["lacks"]).split(",") if lack]
    return gettext("no booth fits: %(lacks)s", lacks=lacks_words(lacks))


def _all_fitting_taken(facts: Facts) -> str:
    return ngettext(
        "the %(num)s booth that fits is taken", "all %(num)s booths that fit are taken", int(facts["fitting"])
    )


_WITH_FACTS: dict[str, Callable[[Facts], str]] = {
    "sockets": _sockets,
    "width": _width,
    "kind": _kind,
    "price_class": _price_class,
    "beside": _beside,
    "shares": _shares,
    "sector_full": _sector_full,
    "none_fits": _none_fits,
    "all_fitting_taken": _all_fitting_taken,
}


def _plain(key: str) -> str:
    return {
        "step_free": gettext("needs a step-free way"),
        "power": gettext("needs 400 V"),
        "one_more": gettext("one booth more, as near as can be"),
        "same_booth": gettext("the same booth on all its days"),
        "own_booth_each_day": gettext("no one booth was free on all its days"),
        "apart": gettext("apart from its own sector"),
        "in_walking_order": gettext("the next free booth in walking order"),
        "by_hand": gettext("chosen by the organisers"),
        "own_choice": gettext("chosen by the exhibitor"),
        "no_booths": gettext("there are no booths yet"),
        "all_taken": gettext("all booths are taken then"),
    }.get(key, key)


def reasons_words(reasons: list[Reason]) -> str:
    """A sentence's worth of reasons."""
    words = "; ".join(reason_words(reason) for reason in reasons)
    return words[:1].upper() + words[1:]
