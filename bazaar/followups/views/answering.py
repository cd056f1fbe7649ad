"""Answering with one key, taking back, and writing a note."""

import uuid

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from bazaar import web
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.followups import actions, names
from bazaar.followups.forms import AnswerForm, NoteForm
from bazaar.followups.queries.answers import answers_with
from bazaar.followups.queries.exhibitor import lines_of
from bazaar.followups.queries.known import Known, known_one
from bazaar.followups.views.blueprint import blueprint, id_or_none
from bazaar.followups.views.desk import START, Desk, desk_of
from bazaar.followups.views.exhibitor import list_page

MOST_MARKED = 200


@blueprint.post(f"{START}/answer")
def answer(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse | tuple[str, int]:
    """One answer to one person, or to all that are marked."""
    desk = desk_of(slug, exhibitor_id)
    ids = [key for key in map(id_or_none, request.form.getlist("person")) if key]
    if not ids or len(ids) > MOST_MARKED:
        web.say(_("Mark whom you answer first."), "warn")
        return desk.go()
    people = [known_one(desk.everybody, key) for key in dict.fromkeys(ids)]
    form = AnswerForm()
    if not form.validate():
        return list_page(desk, people[0].id, answer_form=form), 422
    kind = request.form.get("kind", "")
    given = actions.answer(desk.fair, desk.exhibitor, people, kind, form.words.data or "", desk.person)
    db.session.commit()
    _say_answered(desk, [one.id for one in given], people, kind)
    return desk.go(person=id_or_none(request.form.get("next")))


def _say_answered(desk: Desk, given: list[uuid.UUID], people: list[Known], kind: str) -> None:
    if not given:
        web.say(_("That is the answer they have already."))
        return
    names_shown = [line.name for line in lines_of(desk.fair, desk.exhibitor.id, people[:1])]
    who = names_shown[0] if len(given) == 1 else ngettext("%(num)s person", "%(num)s people", len(given))
    said = _("%(who)s: %(answer)s. The letter goes in 10 minutes.", who=who, answer=names.ANSWERS[kind])
    web.say_with_undo(said, desk.link("undo"), answers=",".join(map(str, given)))


@blueprint.post(f"{START}/undo")
def undo(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse:
    desk = desk_of(slug, exhibitor_id)
    ids = [key for key in map(id_or_none, request.form.get("answers", "").split(",")) if key]
    if not ids:
        raise NotFound
    first = answers_with(desk.exhibitor, ids)[0].registration_id
    number = actions.undo(desk.exhibitor, ids, desk.person)
    db.session.commit()
    web.say(ngettext("%(num)s answer taken back.", "%(num)s answers taken back.", number))
    return desk.go(person=first)


@blueprint.post(f"{START}/<uuid:registration_id>/note")
def write(slug: str, exhibitor_id: uuid.UUID, registration_id: uuid.UUID) -> AnyResponse | tuple[str, int]:
    """What a recruiter writes of somebody. What was written before is kept."""
    desk = desk_of(slug, exhibitor_id)
    known = known_one(desk.everybody, registration_id)
    if known.left:
        raise NotFound
    form = NoteForm()
    if not form.validate():
        return list_page(desk, registration_id, note_form=form), 422
    words = actions.Words(form.note.data or "", int(form.star.data), form.next_step.data, form.answer_by.data)
    actions.write(desk.fair, desk.exhibitor, known, words, desk.person, desk.everybody.due)
    db.session.commit()
    web.say(_("The note is kept."))
    return desk.go(person=registration_id)
