"""How a wait reads to people."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from bazaar.i18n import clock_time, in_words
from bazaar.journal.details import values_of
from bazaar.queue.queries import Line, Turn
from bazaar.queue.rules import rounded

SOON = timedelta(minutes=3)


def wait_words(line: Line, before: int, at: datetime | None) -> str:
    """About 20 minutes: 4 before you. What nobody can know is said as that."""
    people = ngettext("%(num)s before you", "%(num)s before you", before) if before else _("you are next")
    if line.stands_still:
        return _(
            "We cannot say how long: nobody has been called for a while. %(people)s.", people=_upper(people)
        )
    if line.closes_at is None:
        return _("The booth is closed now.")
    if at is None:
        time = clock_time(line.closes_at, line.fair)
        return _("Perhaps not before they close at %(time)s: %(people)s.", time=time, people=people)
    wait = at - line.moment
    if wait < SOON:
        return _("Soon: %(people)s.", people=people)
    return _("About %(time)s: %(people)s.", time=length_words(rounded(wait)), people=people)


def turn_words(line: Line, turn: Turn) -> str:
    return wait_words(line, turn.before, turn.at)


def booth_words(line: Line, turn: Turn) -> str:
    """The same for whoever stands at the booth and tells them: 4 before them, about 20 minutes."""
    people = (
        ngettext("%(num)s before them", "%(num)s before them", turn.before)
        if turn.before
        else _("They are next")
    )
    if turn.at is None or turn.at - line.moment < SOON:
        return people
    return _("%(people)s, about %(time)s", people=people, time=length_words(rounded(turn.at - line.moment)))


def length_words(length: timedelta) -> str:
    """45 minutes, 1 hour, 1 hour 15 minutes."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return in_words(length)
    hours = ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return f"{hours} {in_words(timedelta(minutes=minutes % 60))}" if minutes % 60 else hours


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


values_of(
    "queue_place", "by", {"jobseeker": lazy_gettext("the jobseeker"), "scanner": lazy_gettext("a scan")}
)
