"""The days of a fair, and the dates that open and close its forms."""

from collections.abc import Mapping, Sequence

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import clock, web
from bazaar.db import db
from bazaar.fairs import actions, forms, names, rules
from bazaar.fairs.asking import organised
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, phase_strip, phases_of, window_of
from bazaar.fairs.views.desk import blueprint, page


@blueprint.route("/organise/<slug>/days", methods=["GET", "POST"])
def days(slug: str) -> ResponseReturnValue:
    """Days, and one more. Changing or removing one has consequences all over the fair: home does that."""
    fair = organised(slug)
    known = days_of(fair.id)
    form = forms.Day({day.date for day in known}, data=_next_day(fair))
    if not form.validate_on_submit():
        return page("fairs/days.html", form, fair=fair, days=known)
    actions.add_day(fair, form.hours(), g.person)
    db.session.commit()
    web.say(_("The day is added."))
    return web.go("fairs.days", slug=slug)


def _next_day(fair: Fair) -> dict[str, object]:
    last = days_of(fair.id)[-1]
    following = rules.consecutive(last.date, 2)[1].date
    return {"date": following, "opens": last.opens, "closes": last.closes}


@blueprint.route("/organise/<slug>/phases", methods=["GET", "POST"])
def phases(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    form = forms.Phases(data=_as_typed(fair))
    if not form.validate_on_submit():
        return _phases_page(fair, form)
    windows = form.windows(fair.zone)
    if closing := _seen_closing(fair, form, windows):
        return _phases_page(fair, form, [names.PHASES[kind] for kind in closing])
    for kind, window in windows.items():
        actions.set_phase(fair, kind, window, g.person)
    db.session.commit()
    web.say(_("Saved. Forms open and close by these dates."))
    return web.go("fairs.phases", slug=slug)


def _phases_page(fair: Fair, form: forms.Phases, closing: Sequence[str] = ()) -> ResponseReturnValue:
    strip = phase_strip(fair, clock.now())
    return page("fairs/phases.html", form, fair=fair, strip=strip, hints=names.PHASE_HINTS, closing=closing)


def _seen_closing(
    fair: Fair, form: forms.Phases, windows: Mapping[str, rules.Window | None]
) -> Sequence[str]:
    """The forms that would close now, where the person has not seen it yet; empty: they have, or none does."""
    before = {phase.kind: window_of(phase) for phase in phases_of(fair.id)}
    closing = rules.closed_by(before, windows, clock.now())
    if form.seen.data == " ".join(closing):
        return []
    form.seen.data = " ".join(closing)
    return closing


def _as_typed(fair: Fair) -> dict[str, object]:
    return {
        phase.kind: {
            "opens": forms.moment_typed(phase.opens_at, fair.zone),
            "closes": forms.moment_typed(phase.closes_at, fair.zone),
        }
        for phase in phases_of(fair.id)
        if phase.kind != rules.THE_FAIR
    }
