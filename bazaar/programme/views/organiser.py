"""The organisers' programme: talks by day, one talk, and who comes to it."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask import Response, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from bazaar import web
from bazaar.db import db
from bazaar.errors import Forbidden
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of, organised_fair, role_at
from bazaar.i18n import language_name
from bazaar.people.asking import signed_in
from bazaar.people.models import Person
from bazaar.programme import actions, names, queries
from bazaar.programme.forms import TalkForm
from bazaar.programme.models import Talk
from bazaar.programme.views.blueprint import blueprint
from bazaar.sheets import csv_download

Page = str | AnyResponse | tuple[str, int]


def _fair(slug: str, *, to_change: bool = False) -> tuple[Person, Fair]:
    person = signed_in()
    g.fair = fair = organised_fair(person, slug, to_change=to_change)
    return person, fair


@blueprint.get("/organise/<slug>/programme")
def talks(slug: str) -> str:
    person, fair = _fair(slug)
    all_talks = queries.talks_of(fair.id)
    return render_template(
        "programme/talks.html",
        days=queries.by_day(all_talks, fair),
        number=sum(talk.cancelled_at is None for talk in all_talks),
        attendance=queries.attendance_of(fair.id),
        nobody=queries.Attendance(),
        outside=queries.outside_hours(fair, all_talks),
        kind_names=names.KINDS,
        may_change=role_at(person, fair.id) != "viewer",
    )


@blueprint.get("/organise/<slug>/programme.csv")
def talks_csv(slug: str) -> Response:
    _person, fair = _fair(slug)
    attendance = queries.attendance_of(fair.id)
    header = [
        _("Starts"), _("Ends"), _("Kind"), _("Title"), _("Speaker"), _("Room"), _("Language"), _("Places"),
        _("Has a seat"), _("Waiting"), _("Cancelled"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for talk in queries.talks_of(fair.id):
        there = attendance.get(talk.id, queries.Attendance())
        rows.append(
            [
                talk.starts_at, talk.ends_at, str(names.KINDS.get(talk.kind, talk.kind)), talk.title, talk.speaker,
                talk.room, language_name(talk.language), talk.places, there.going, there.waiting,
                talk.cancelled_at is not None,
            ]
        )  # fmt: skip
    return _file(header, rows, f"{slug}-programme")


def _file(header: list[str], rows: Iterable[list[Any]], name: str) -> Response:
    response = Response(b"".join(csv_download(header, rows)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@blueprint.route("/organise/<slug>/programme/new", methods=["GET", "POST"])
def new(slug: str) -> Page:
    person, fair = _fair(slug, to_change=True)
    form = TalkForm().of(fair, days_of(fair.id))
    if form.is_submitted() and form.validate():
        try:
            added = actions.add_talk(fair, form.facts(fair), person.id)
        except actions.RoomTaken as taken:
            form.refuse("room", taken.reason)
        else:
            db.session.commit()
            _say_outside(fair, added)
            web.say(_("“%(title)s” stands in the programme.", title=added.title))
            return web.go("programme.talks", slug=slug)
    html = render_template("programme/edit.html", form=form, talk=None, rooms=queries.rooms_of(fair.id))
    return (html, 422) if form.errors else html


def _say_outside(fair: Fair, talk: Talk) -> None:
    if queries.outside_hours(fair, [talk]):
        web.say(_("“%(title)s” lies outside the fair's hours. Is that right?", title=talk.title), "warn")


@blueprint.route("/organise/<slug>/programme/<uuid:talk_id>", methods=["GET", "POST"])
def edit(slug: str, talk_id: uuid.UUID) -> Page:
    person, fair = _fair(slug)
    may_change = role_at(person, fair.id) != "viewer"
    talk = queries.talk_at(fair, talk_id)
    form = TalkForm().of(fair, days_of(fair.id))
    if not form.is_submitted():
        form.fill(talk, fair)
    elif not may_change:
        raise Forbidden
    elif form.validate() and (told := _changed(fair, talk, form, person)) is not None:
        db.session.commit()
        _say_outside(fair, queries.talk_at(fair, talk_id))
        web.say(_("The change is kept.") + _told(told))
        return web.go("programme.talks", slug=slug)
    html = _edit_page(fair, talk_id, form, may_change=may_change)
    return (html, 422) if form.errors else html


def _changed(fair: Fair, talk: Talk, form: TalkForm, person: Person) -> int | None:
    """How many letters the change wrote; None where a rule refused it, which the form then says."""
    try:
        return actions.change_talk(
            fair, talk, form.facts(fair), person.id, move_last=bool(form.move_last.data)
        )
    except actions.RoomTaken as taken:
        form.refuse("room", taken.reason)
    except actions.TooFewPlaces as too_few:
        form.refuse("places", too_few.reason)
    return None


def _edit_page(fair: Fair, talk_id: uuid.UUID, form: TalkForm, *, may_change: bool) -> str:
    talk = queries.talk_at(fair, talk_id)
    too_few = bool(form.places.errors) and form.places.data is not None
    people = queries.participants_of(talk)
    return render_template(
        "programme/edit.html",
        form=form,
        talk=talk,
        too_few=too_few,
        may_change=may_change,
        rooms=queries.rooms_of(fair.id),
        people=people,
        going=[one for one in people if one.status == "going"],
        waiting=[one for one in people if one.status == "waiting"],
    )


def _told(number: int) -> str:
    if not number:
        return ""
    return " " + ngettext("%(num)s person is told by letter.", "%(num)s people are told by letter.", number)


@blueprint.post("/organise/<slug>/programme/<uuid:talk_id>/cancel")
def cancel(slug: str, talk_id: uuid.UUID) -> AnyResponse:
    person, fair = _fair(slug, to_change=True)
    talk = queries.talk_at(fair, talk_id)
    told = actions.cancel_talk(talk, person.id)
    db.session.commit()
    undo = url_for("programme.restore", slug=slug, talk_id=talk_id)
    web.say_with_undo(_("“%(title)s” is cancelled.", title=talk.title) + _told(told), undo)
    return web.go("programme.talks", slug=slug)


@blueprint.post("/organise/<slug>/programme/<uuid:talk_id>/restore")
def restore(slug: str, talk_id: uuid.UUID) -> AnyResponse:
    person, fair = _fair(slug, to_change=True)
    talk = queries.talk_at(fair, talk_id)
    told = actions.restore_talk(fair, talk, person.id)
    db.session.commit()
    web.say(_("“%(title)s” takes place again.", title=talk.title) + _told(told))
    return web.go("programme.talks", slug=slug)


@blueprint.post("/organise/<slug>/programme/<uuid:talk_id>/remove")
def remove(slug: str, talk_id: uuid.UUID) -> AnyResponse:
    person, fair = _fair(slug, to_change=True)
    talk = queries.talk_at(fair, talk_id)
    title = talk.title
    actions.remove_talk(talk, person.id)
    db.session.commit()
    web.say(_("“%(title)s” is gone. Nobody had signed up.", title=title))
    return web.go("programme.talks", slug=slug)


# --- Who comes ------------------------------------------------------------------------------------


@blueprint.get("/organise/<slug>/programme/<uuid:talk_id>/people.csv")
def people_csv(slug: str, talk_id: uuid.UUID) -> Response:
    """The list of participants; protected people stand in no file."""
    _person, fair = _fair(slug)
    talk = queries.talk_at(fair, talk_id)
    header = [_("Name"), _("Language"), _("Status"), _("Signed up")]
    rows = [
        [one.name, language_name(one.language), str(names.STATUSES[one.status]), one.asked_at]
        for one in queries.for_export(talk)
    ]
    return _file(header, rows, f"{slug}-participants")


@blueprint.post("/organise/<slug>/programme/<uuid:talk_id>/people/<uuid:seat_id>/take-off")
def take_off(slug: str, talk_id: uuid.UUID, seat_id: uuid.UUID) -> AnyResponse:
    person, fair = _fair(slug, to_change=True)
    talk = queries.talk_at(fair, talk_id)
    actions.take_off(talk, queries.seat_in(talk, seat_id), person.id)
    db.session.commit()
    web.say(_("Taken off the list. A free seat goes to the next by itself."))
    return web.go("programme.edit", slug=slug, talk_id=talk_id)
