"""The organiser's start: what needs a person now, the counts, plan against fact."""

from datetime import datetime

from flask import g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from bazaar import clock, i18n, web
from bazaar.fairs.models import Phase
from bazaar.fairs.queries import days_of, fairs_organised_by, halls_of, organised_fair, phases_of
from bazaar.home.queries.day import QUARTER, Today, day_at, day_counts, talks_soon
from bazaar.home.queries.lacks import Lacks, lacks
from bazaar.home.queries.menu import menu_counts
from bazaar.home.queries.setup import steps
from bazaar.home.views.blueprint import blueprint
from bazaar.people.asking import signed_in


@blueprint.get("/organise/")
def organiser_start() -> str | Response:
    person = signed_in()
    fairs = fairs_organised_by(person)
    if len(fairs) == 1 and not person.may_organise:
        return web.go("home.organiser", slug=fairs[0].slug)
    days = {fair.id: [day.date for day in days_of(fair.id)] for fair in fairs}
    return render_template("home/organiser_start.html", fairs=fairs, days=days)


@blueprint.get("/organise/<slug>/")
def organiser(slug: str) -> str:
    g.fair = organised_fair(signed_in(), slug)
    now = clock.now()
    day = day_at(g.fair, now)
    counted = day_counts(g.fair, day, now) if day else None
    counts = menu_counts(g.fair.id)
    return render_template(
        "home/organiser.html",
        days=days_of(g.fair.id),
        halls=halls_of(g.fair.id),
        phases=[_strip(phase) for phase in phases_of(g.fair.id)],
        counts=counts,
        day=day,
        today=counted,
        points=_points(counted) if counted else [],
        now_at=_share_of_day(counted) if counted else None,
        setup=_setup(slug) if not day else [],
        todo=_todo(slug, now, counts["exhibitors"]),
        soon=talks_soon(g.fair.id, now),
    )


def _strip(phase: Phase) -> tuple[str, str, str]:
    """A phase for the strip: its name, its state in words, its state."""
    now = clock.now()
    name = phase_words(phase.kind)
    if phase.closes_at <= now:
        return name, _("closed"), "done"
    if phase.opens_at > now:
        return name, _("from %(day)s", day=i18n.short_day(phase.opens_at, g.fair)), "coming"
    until = _("open until %(day)s", day=i18n.short_day(phase.closes_at, g.fair))
    return name, until, "now" if phase.kind == "fair" else "open"


def phase_words(kind: str) -> str:
    return {
        "exhibitors": _("Exhibitors apply"),
        "booths": _("Booth choice"),
        "jobseekers": _("Jobseekers register"),
        "wishes": _("Wishes"),
        "booking": _("Booking"),
        "fair": _("The fair"),
        "followup": _("Follow-up"),
    }.get(kind, kind)


def _setup(slug: str) -> list[dict[str, object]]:
    """The steps of setting up a fair, until all are taken."""
    if g.fair.withdrawn_at or all((done := steps(g.fair)).values()):
        return []
    words = {
        "venue": (_("Say where it is"), _("Venue, city and the look of its pages."), "fairs.settings", _("Set the place")),
        "privacy": (_("Write the privacy words"), _("Who keeps people's data, and whom to ask."), "fairs.privacy_words", _("Write")),
        "booths": (_("Draw the hall and its booths"), _("Rows of booths in one go, then move what you like."), "booths.plan", _("Make booths")),
        "talks": (_("Fill the programme"), _("Talks, workshops, help with CVs."), "programme.talks", _("Add talks")),
        "staff": (_("Add the staff"), _("Who stands at the door and the desk."), "fairs.staff", _("Add staff")),
        "devices": (_("Pair the phones that scan"), _("Any phone with a camera will do."), "checkin.devices", _("Pair a phone")),
        "published": (_("Publish the fair"), _("Then exhibitors can apply and jobseekers register."), "fairs.settings", _("Publish")),
    }  # fmt: skip
    return [
        {"title": title, "words": hint, "url": url_for(endpoint, slug=slug), "act": act, "done": done[key]}
        for key, (title, hint, endpoint, act) in words.items()
    ]


def _todo(slug: str, now: datetime, exhibitors: int) -> list[dict[str, object]]:
    """What needs a person; nothing is called done before there is anybody to do it for."""
    return [todo_words(lack, slug) for lack in lacks(g.fair, now) if lack.count or exhibitors]


def todo_words(lack: Lacks, slug: str) -> dict[str, object]:
    """One line of the list of things to see to: a count, words, and where to act."""
    words = {
        "undecided": (ngettext("exhibitor waits for an answer", "exhibitors wait for an answer", lack.count),
                      _("Decide"), ("employers.exhibitors", {"status": "applied"})),
        "without_booth": (ngettext("exhibitor without a booth", "exhibitors without a booth", lack.count),
                          _("Give a booth"), ("booths.floor", {})),
        "without_person": (ngettext("exhibitor without a representative", "exhibitors without a representative", lack.count),
                           _("Invite"), ("employers.exhibitors", {"status": "approved"})),
        "without_vacancy": (ngettext("employer without a job shown", "employers without a job shown", lack.count),
                            _("See who"), ("employers.exhibitors", {"status": "approved"})),
        "without_times": (ngettext("exhibitor with booking but no free times", "exhibitors with booking but no free times", lack.count),
                          _("See who"), ("employers.exhibitors", {"status": "approved"})),
        "drafts": (ngettext("job lacks pay, demands or number", "jobs lack pay, demands or number", lack.count),
                   _("See who"), ("employers.exhibitors", {"status": "approved"})),
        "letters": (ngettext("letter was not delivered", "letters were not delivered", lack.count),
                    _("See letters"), ("fairs.letters", {})),
        "conflicts": (ngettext("scan waits for a decision", "scans wait for a decision", lack.count),
                      _("Decide"), ("checkin.conflicts", {})),
    }  # fmt: skip
    title, act, (endpoint, values) = words[lack.key]
    kind = "done" if not lack.count else "error" if lack.key in ("letters", "conflicts") else "warn"
    more = lack.count - len(lack.names)
    names = ", ".join(lack.names)
    if names and more > 0:
        names = _("%(names)s and %(count)s more", names=names, count=more)
    return {"count": lack.count, "kind": kind, "title": title, "words": names, "act": act,
            "endpoint": endpoint, "values": {"slug": slug, **values}}  # fmt: skip


def _points(today: Today) -> list[dict[str, object]]:
    now = clock.now()
    return [
        {
            "label": i18n.clock_time(at, g.fair),
            "value": count if at <= now else None,
            "current": at <= now < at + QUARTER,
            "marked": i18n.local(at, g.fair).minute == 0,
        }
        for at, count in today.quarters
    ]


def _share_of_day(today: Today) -> tuple[float, str] | None:
    if not today.quarters:
        return None
    first, last = today.quarters[0][0], today.quarters[-1][0] + QUARTER
    now = clock.now()
    if not first <= now < last:
        return None
    return (now - first) / (last - first), _("now %(time)s", time=i18n.clock_time(now, g.fair))


@blueprint.get("/organise/<slug>/health")
def health(slug: str) -> str:
    """Before the fair: everything that is still missing."""
    g.fair = organised_fair(signed_in(), slug)
    now, exhibitors = clock.now(), menu_counts(g.fair.id)["exhibitors"]
    return render_template("home/health.html", setup=_setup(slug), todo=_todo(slug, now, exhibitors))
