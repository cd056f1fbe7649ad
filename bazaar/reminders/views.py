"""The page behind a reminder's link. Opening it changes nothing, as mail scanners open links too; the answer is sent."""

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.db import db
from bazaar.errors import Refused
from bazaar.meetings.queries import stands_of
from bazaar.people import asking
from bazaar.reminders import actions, names, queries, rules
from bazaar.reminders.models import Reminder

blueprint = Blueprint("reminders", __name__)


@blueprint.route("/r/<token>", methods=["GET", "POST"])
def reminder(token: str) -> str | Response:
    """Who, when and where, and two large buttons; nobody needs to sign in."""
    reminder = queries.reminder_with(token)
    if reminder is None:
        return _unknown()
    g.fair = reminder.meeting.registration.fair
    g.preferred_language = (
        getattr(g, "preferred_language", None) or reminder.meeting.registration.person.language
    )
    if request.method == "GET":
        return _page(reminder)
    said = request.form.get("answer", "")
    if said not in names.ANSWERS:
        raise Refused(_("Choose one of the two buttons."), [_look_again(token)])
    try:
        actions.answer(g.fair, reminder, said, asking.network())
    except Refused as refused:
        refused.way_on = refused.way_on or [_look_again(token)]
        raise
    db.session.commit()
    return web.go("reminders.reminder", token=token)


def _look_again(token: str) -> tuple[str, str]:
    return _("Look at the meeting again"), web.path_to("reminders.reminder", token=token)


def _unknown() -> Response:
    return web.error_page(
        404,
        _("This link leads nowhere"),
        _(
            "Perhaps a part of it is missing. Open it from the letter once more, or sign in to see your meetings."
        ),
        [(_("Sign in"), web.path_to("people.sign_in"))],
    )


def _page(reminder: Reminder) -> str:
    meeting, now = reminder.meeting, clock.now()
    starts_at, ends_at = meeting.starts_at or now, meeting.ends_at or now
    return render_template(
        "reminders/reminder.html",
        meeting=meeting,
        employer=meeting.exhibitor.organisation.name,
        state=rules.state(meeting.status, meeting.ended_by, starts_at, ends_at, now),
        stand=stands_of(g.fair.id, [meeting.exhibitor_id]).next(meeting.exhibitor_id, starts_at),
        comes=queries.who_comes([meeting.id]).get(meeting.id) == "coming",
    )
