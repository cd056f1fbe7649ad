"""The exhibitor's list: whom it met and what it owes, and one person beside it."""

import uuid
from datetime import date
from functools import cache
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.followups import names, rules
from bazaar.followups.forms import AnswerForm, NoteForm
from bazaar.followups.queries import exhibitor as queries
from bazaar.followups.queries.exhibitor import Line
from bazaar.followups.queries.known import Known, known_one
from bazaar.followups.queries.truth import Occasion
from bazaar.followups.queries.whole import Whole
from bazaar.followups.queries.whole import whole as whole_of
from bazaar.followups.views.blueprint import blueprint, id_or_none, look_for, spoken
from bazaar.followups.views.desk import START, Desk, desk_of
from bazaar.i18n import clock_time, day_words, in_words, language_name, short_day


@blueprint.get(START)
def exhibitor_list(slug: str, exhibitor_id: uuid.UUID) -> str:
    return list_page(desk_of(slug, exhibitor_id), id_or_none(request.args.get("person")))


def list_page(
    desk: Desk,
    person_id: uuid.UUID | None,
    note_form: NoteForm | None = None,
    answer_form: AnswerForm | None = None,
) -> str:
    people = desk.people
    asked = request.args
    page = queries.page_of(
        people,
        after=id_or_none(asked.get("after")),
        before=id_or_none(asked.get("before")),
        last="last" in asked,
    )
    chosen = _chosen(desk, page.people, person_id)
    lines = queries.lines_of(desk.fair, desk.exhibitor.id, page.people)
    line = next((line for line in lines if chosen and line.known.id == chosen.id), None)
    return render_template(
        "followups/exhibitor_list.html",
        desk=desk,
        debt=desk.everybody.debt,
        counts=queries.tab_counts(desk.everybody),
        shown=page,
        lines=lines,
        by_hand=person_id is not None,
        row_link=_row_link(desk),
        **_person_facts(desk, chosen, line, people, note_form, answer_form),
        **_choices(desk),
    )


def _row_link(desk: Desk) -> str:
    """The address of a row but for whom it is of: the list as it stands, on this page of it."""
    page = {name: request.args.get(name) for name in ("after", "before", "last")}
    here = desk.link(**page)
    return f"{here}{'&' if '?' in here else '?'}person="


def _choices(desk: Desk) -> dict[str, Any]:
    """What the filters offer, and how keys are written: each word is looked up once a page."""
    steps = spoken(names.NEXT_STEPS)

    @cache
    def step_words(bits: int) -> str:
        return ", ".join(steps[step] for step in rules.steps_in(bits))

    @cache
    def due_words(due: date) -> str:
        return ngettext("in %(num)s day", "in %(num)s days", (due - desk.everybody.today).days)

    @cache
    def late_words(due: date) -> str:
        return ngettext("%(num)s day late", "%(num)s days late", (desk.everybody.today - due).days)

    return {
        "organisation": desk.exhibitor.organisation,
        "statuses": spoken(names.STATUSES),
        "steps": steps,
        "answers": spoken(names.ANSWERS),
        "swedish": spoken(names.SWEDISH),
        "days": [day.date for day in days_of(desk.fair.id)],
        "recruiters": queries.recruiters_of(desk.fair.id, desk.exhibitor.id),
        "step_words": step_words,
        "due_words": due_words,
        "late_words": late_words,
        "answered_on": cache(lambda day: _("answered %(day)s", day=day)),
        "day_of": cache(lambda moment: short_day(moment, desk.fair)),
    }


def _chosen(desk: Desk, on_page: list[Known], person_id: uuid.UUID | None) -> Known | None:
    """Who is shown beside the list: whom the address names, else the first of the page."""
    if person_id is not None:
        return known_one(desk.everybody, person_id)
    return on_page[0] if on_page else None


def _person_facts(
    desk: Desk,
    chosen: Known | None,
    line: Line | None,
    people: list[Known],
    note_form: NoteForm | None,
    answer_form: AnswerForm | None,
) -> dict[str, Any]:
    if chosen is None:
        return {"chosen": None, "whole": None}
    moment = clock.now()
    whole = whole_of(desk.fair, desk.exhibitor.id, chosen, moment, line)
    given = whole.answer
    return {
        "chosen": chosen,
        "whole": whole,
        "next_id": _next_to(chosen, people),
        "note_form": note_form or _note_form(desk, chosen, whole),
        "answer_form": answer_form or AnswerForm(formdata=None),
        "occasion_words": lambda occasion: _occasion_words(occasion, desk.fair),
        "given": given,
        "may_undo": given is not None and rules.may_undo(given.at, moment),
        "reads_in": language_name(whole.language),
        "meeting_names": names.MEETING_STATES,
    }


def _next_to(chosen: Known, people: list[Known]) -> uuid.UUID | None:
    """Who comes after this one: where the page goes on when this one has an answer."""
    places = {one.id: place for place, one in enumerate(people)}
    rest = people[places.get(chosen.id, -1) + 1 :]
    return next((one.id for one in rest if one.debt not in (rules.ANSWERED, rules.NOTHING)), None)


def _note_form(desk: Desk, chosen: Known, whole: Whole) -> NoteForm:
    """Begins with what this recruiter wrote last."""
    mine = next((said for said in whole.said if said.author == desk.person.id), None)
    form = NoteForm(formdata=None, answer_by=chosen.due)
    if mine is not None:
        form.note.data, form.star.data, form.next_step.data = mine.note, str(mine.star), mine.next_step
    return form


def _occasion_words(occasion: Occasion, fair: Fair) -> str:
    """Wednesday 21 April 10:45, 15 minutes, Sam."""
    if occasion.at is None:
        return ""
    parts = [f"{day_words(occasion.at, fair)} {clock_time(occasion.at, fair)}"]
    if occasion.ends_at and occasion.state == rules.HELD:
        parts.append(in_words(occasion.ends_at - occasion.at))
    if occasion.by:
        parts.append(occasion.by)
    return ", ".join(parts)


@blueprint.get(f"{START}/<uuid:registration_id>")
def person(slug: str, exhibitor_id: uuid.UUID, registration_id: uuid.UUID) -> str:
    """All there is of one person: what was shared, everything written, every answer."""
    desk = desk_of(slug, exhibitor_id)
    chosen = known_one(desk.everybody, registration_id)
    facts = _person_facts(desk, chosen, None, desk.people, None, None)
    return render_template("followups/person.html", desk=desk, alone=True, **facts, **_choices(desk))


@blueprint.post(f"{START}/search")
def search(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse:
    """A name is looked for without standing in the address."""
    desk = desk_of(slug, exhibitor_id)
    text = request.form.get("text", "")
    look_for(str(exhibitor_id), text)
    return desk.go(found="yes" if text.strip() else None, tab="all")
