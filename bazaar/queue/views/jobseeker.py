"""The jobseeker's place in a queue: stand in it, see how long it takes, leave it."""

import uuid

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.queries import public_fair
from bazaar.i18n import language_now
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import my_registration, registration_of
from bazaar.meetings.queries import exhibitor_at, stands_of
from bazaar.people.asking import signed_in, who
from bazaar.queue import actions, queries
from bazaar.queue.forms import JoinForm
from bazaar.queue.views.blueprint import Page, blueprint
from bazaar.queue.words import turn_words, wait_words
from bazaar.sharing.actions import share
from bazaar.sharing.queries import fields_there, question_words, standing_share
from bazaar.sharing.rules import USUAL, chosen

MINE = "/me/<slug>/employers/<uuid:exhibitor_id>/queue"


@blueprint.get("/f/<slug>/employers/<uuid:exhibitor_id>/queue")
def walk_up(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """The way into the queue, also from a sign at the booth: others than registered ones register first."""
    fair = g.fair = public_fair(slug)
    exhibitor = exhibitor_at(fair, exhibitor_id)
    onward = url_for("queue.mine", slug=slug, exhibitor_id=exhibitor_id)
    person = who()
    registration = registration_of(person.id, slug) if person else None
    if registration is not None and registration.status == "registered":
        return redirect(onward, 303)
    return render_template(
        "queue/walk_up.html", exhibitor=exhibitor, onward=onward, signed_in=person is not None
    )


def _entered(slug: str, exhibitor_id: uuid.UUID) -> tuple[Registration, Exhibitor]:
    registration = my_registration(signed_in(), slug)
    g.fair = registration.fair
    return registration, exhibitor_at(registration.fair, exhibitor_id)


@blueprint.get(MINE)
def mine(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """My place in this queue; whoever stands in none is asked whether to."""
    registration, exhibitor = _entered(slug, exhibitor_id)
    place = queries.place_between(registration.id, exhibitor.id, clock.now())
    return (
        _join_page(registration, exhibitor, JoinForm()) if place is None else _place_page(place.id, exhibitor)
    )


def _place_page(place_id: uuid.UUID, exhibitor: Exhibitor) -> str:
    fair, moment = exhibitor.fair, clock.now()
    line = queries.line_at(fair, exhibitor, moment)
    turn = line.turn_of(place_id)
    return render_template(
        "queue/place.html",
        exhibitor=exhibitor,
        place=queries.place_at(exhibitor, place_id),
        line=line,
        turn=turn,
        words=turn_words(line, turn) if turn else "",
        stand=stands_of(fair.id, [exhibitor.id]).next(exhibitor.id, moment),
    )


def _join_page(registration: Registration, exhibitor: Exhibitor, form: JoinForm) -> Page:
    line = queries.line_at(exhibitor.fair, exhibitor, clock.now())
    before, at = line.newcomer()
    shares = standing_share(registration.id, exhibitor.id) is not None
    fields = chosen(USUAL, fields_there(registration))
    page = render_template(
        "queue/join.html",
        form=form,
        exhibitor=exhibitor,
        registration=registration,
        line=line,
        words=wait_words(line, before, at),
        shares=shares,
        asked=question_words(exhibitor.organisation.name, fields) if not shares and len(fields) > 1 else "",
    )
    return (page, 422) if form.errors else page


@blueprint.post(MINE)
def join(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Stand in the queue. What else they see of me is my own answer."""
    registration, exhibitor = _entered(slug, exhibitor_id)
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(registration, exhibitor, form)
    employer = exhibitor.organisation.name
    place = actions.join(
        registration.fair, registration, exhibitor, by="jobseeker", actor=registration.person_id
    )
    number = place.number
    if form.share.data and standing_share(registration.id, exhibitor.id) is None:
        share(registration, exhibitor, "page", language_now())
    db.session.commit()
    web.say(_("You stand in the queue at %(employer)s. Number %(number)s.", employer=employer, number=number))
    return web.go("queue.mine", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post(f"{MINE}/leave")
def leave(slug: str, exhibitor_id: uuid.UUID) -> Response:
    """Give my place up; undo gives it back."""
    registration, exhibitor = _entered(slug, exhibitor_id)
    employer = exhibitor.organisation.name
    place = queries.place_between(registration.id, exhibitor.id, clock.now())
    if place is not None:
        actions.leave(registration.fair, place, registration.person_id)
        db.session.commit()
    web.say_with_undo(
        _("You have left the queue at %(employer)s.", employer=employer),
        url_for("queue.stand_again", slug=slug, exhibitor_id=exhibitor_id),
    )
    return web.go("home.my_fair", slug=slug)


@blueprint.post(f"{MINE}/again")
def stand_again(slug: str, exhibitor_id: uuid.UUID) -> Response:
    """Undo my leaving."""
    registration, exhibitor = _entered(slug, exhibitor_id)
    place = queries.last_place(registration, exhibitor)
    if place is None:
        raise NotFound
    actions.stand_again(registration.fair, place, registration.person_id)
    number = place.number
    db.session.commit()
    web.say(_("You have your place again. Number %(number)s.", number=number))
    return web.go("queue.mine", slug=slug, exhibitor_id=exhibitor_id)
