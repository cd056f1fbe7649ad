"""The exhibitor's list: whom it met, what it owes, and answering with one key."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock, web
from bazaar.checkin.rules import NEXT_STEPS
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibited
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.followups import actions, names, rules
from bazaar.followups.forms import AnswerForm, NoteForm
from bazaar.followups.queries import exhibitor as queries
from bazaar.followups.queries.exhibitor import Everybody, Filters, Known
from bazaar.followups.queries.truth import Occasion
from bazaar.followups.views.blueprint import blueprint, file_of, id_or_none, look_for, searched, spoken
from bazaar.i18n import clock_time, day_words, in_words, language_name, local, short_day
from bazaar.jobseekers.words import swedish_sentence
from bazaar.journal.actions import note
from bazaar.people.asking import signed_in
from bazaar.people.models import Person
from bazaar.sharing.queries import field_words

START = "/exhibit/<slug>/<uuid:exhibitor_id>/followup"
MOST_MARKED = 200


@dataclass(frozen=True)
class Desk:
    """Who is asking, for which exhibitor, and everybody it has to do with."""

    person: Person
    fair: Fair
    exhibitor: Exhibitor
    filters: Filters
    everybody: Everybody

    def args(self, **other: Any) -> dict[str, Any]:
        """What an address of this list carries: the filters, and what else is given."""
        filters = self.filters
        args = {
            "tab": filters.tab if filters.tab != "promised" else None,
            "status": filters.status or None,
            "star": "1" if filters.star else None,
            "step": filters.step or None,
            "day": filters.day.isoformat() if filters.day else None,
            "recruiter": filters.recruiter,
            "found": "yes" if filters.text else None,
        } | other
        return {key: value for key, value in args.items() if value is not None}

    def link(self, endpoint: str = "exhibitor_list", /, **other: Any) -> str:
        return url_for(
            f"followups.{endpoint}",
            slug=self.fair.slug,
            exhibitor_id=self.exhibitor.id,
            **self.args(**other),
        )

    def go(self, **other: Any) -> AnyResponse:
        """After a POST: back to the list."""
        return redirect(self.link(**other), 303)

    @property
    def people(self) -> list[Known]:
        return queries.filtered(self.fair, self.exhibitor.id, self.everybody, self.filters)


def _desk(slug: str, exhibitor_id: uuid.UUID) -> Desk:
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id)
    g.fair = fair = exhibitor.fair
    everybody = queries.everybody(fair, exhibitor.id, person.id, clock.now())
    return Desk(person, fair, exhibitor, _filters(exhibitor), everybody)


def _filters(exhibitor: Exhibitor) -> Filters:
    asked = request.args
    tab, status, step = asked.get("tab", ""), asked.get("status", ""), asked.get("step", "")
    return Filters(
        tab=tab if tab in queries.TABS else "promised",
        status=status if status in rules.STATUSES else "",
        star=asked.get("star") == "1",
        step=step if step in NEXT_STEPS[1:] else "",
        day=_day(asked.get("day", "")),
        recruiter=id_or_none(asked.get("recruiter")),
        text=searched(str(exhibitor.id)) if "found" in asked else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- The list ---------------------------------------------------------------------------------------


@blueprint.get(START)
def exhibitor_list(slug: str, exhibitor_id: uuid.UUID) -> str:
    return _list_page(_desk(slug, exhibitor_id), id_or_none(request.args.get("person")))


def _list_page(
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
        return queries.known_one(desk.everybody, person_id)
    return on_page[0] if on_page else None


def _person_facts(
    desk: Desk,
    chosen: Known | None,
    line: queries.Line | None,
    people: list[Known],
    note_form: NoteForm | None,
    answer_form: AnswerForm | None,
) -> dict[str, Any]:
    if chosen is None:
        return {"chosen": None, "whole": None}
    moment = clock.now()
    whole = queries.whole(desk.fair, desk.exhibitor.id, chosen, moment, line)
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


def _note_form(desk: Desk, chosen: Known, whole: queries.Whole) -> NoteForm:
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
    desk = _desk(slug, exhibitor_id)
    chosen = queries.known_one(desk.everybody, registration_id)
    facts = _person_facts(desk, chosen, None, desk.people, None, None)
    return render_template("followups/person.html", desk=desk, alone=True, **facts, **_choices(desk))


@blueprint.post(f"{START}/search")
def search(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse:
    """A name is looked for without standing in the address."""
    desk = _desk(slug, exhibitor_id)
    text = request.form.get("text", "")
    look_for(str(exhibitor_id), text)
    return desk.go(found="yes" if text.strip() else None, tab="all")


# --- Answering and writing --------------------------------------------------------------------------


@blueprint.post(f"{START}/answer")
def answer(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse | tuple[str, int]:
    """One answer to one person, or to all that are marked."""
    desk = _desk(slug, exhibitor_id)
    ids = [key for key in map(id_or_none, request.form.getlist("person")) if key]
    if not ids or len(ids) > MOST_MARKED:
        web.say(_("Mark whom you answer first."), "warn")
        return desk.go()
    people = [queries.known_one(desk.everybody, key) for key in dict.fromkeys(ids)]
    form = AnswerForm()
    if not form.validate():
        return _list_page(desk, people[0].id, answer_form=form), 422
    kind = request.form.get("kind", "")
    given = actions.answer(desk.fair, desk.exhibitor, people, kind, form.words.data or "", desk.person)
    db.session.commit()
    _say_answered(desk, [one.id for one in given], people, kind)
    return desk.go(person=id_or_none(request.form.get("next")))


def _say_answered(desk: Desk, given: list[uuid.UUID], people: list[Known], kind: str) -> None:
    if not given:
        web.say(_("That is the answer they have already."))
        return
    names_shown = [line.name for line in queries.lines_of(desk.fair, desk.exhibitor.id, people[:1])]
    who = names_shown[0] if len(given) == 1 else ngettext("%(num)s person", "%(num)s people", len(given))
    said = _("%(who)s: %(answer)s. The letter goes in 10 minutes.", who=who, answer=names.ANSWERS[kind])
    web.say_with_undo(said, desk.link("undo"), answers=",".join(map(str, given)))


@blueprint.post(f"{START}/undo")
def undo(slug: str, exhibitor_id: uuid.UUID) -> AnyResponse:
    desk = _desk(slug, exhibitor_id)
    ids = [key for key in map(id_or_none, request.form.get("answers", "").split(",")) if key]
    if not ids:
        raise NotFound
    first = queries.answers_with(desk.exhibitor, ids)[0].registration_id
    number = actions.undo(desk.exhibitor, ids, desk.person)
    db.session.commit()
    web.say(ngettext("%(num)s answer taken back.", "%(num)s answers taken back.", number))
    return desk.go(person=first)


@blueprint.post(f"{START}/<uuid:registration_id>/note")
def write(slug: str, exhibitor_id: uuid.UUID, registration_id: uuid.UUID) -> AnyResponse | tuple[str, int]:
    """What a recruiter writes of somebody. What was written before is kept."""
    desk = _desk(slug, exhibitor_id)
    known = queries.known_one(desk.everybody, registration_id)
    if known.left:
        raise NotFound
    form = NoteForm()
    if not form.validate():
        return _list_page(desk, registration_id, note_form=form), 422
    words = actions.Words(form.note.data or "", int(form.star.data), form.next_step.data, form.answer_by.data)
    actions.write(desk.fair, desk.exhibitor, known, words, desk.person, desk.everybody.due)
    db.session.commit()
    web.say(_("The note is kept."))
    return desk.go(person=registration_id)


# --- Files ------------------------------------------------------------------------------------------


@blueprint.post(f"{START}.csv")
def csv(slug: str, exhibitor_id: uuid.UUID) -> Response:
    return _download(slug, exhibitor_id, "csv")


@blueprint.post(f"{START}.xlsx")
def xlsx(slug: str, exhibitor_id: uuid.UUID) -> Response:
    return _download(slug, exhibitor_id, "xlsx")


def _download(slug: str, exhibitor_id: uuid.UUID, kind: str) -> Response:
    """The list as it is filtered. Protected people stand in no file."""
    desk = _desk(slug, exhibitor_id)
    note(
        "export", "exhibitor", desk.exhibitor.id, fair_id=desk.fair.id, actor=desk.person.id, kind=kind,
        list="followup",
    )  # fmt: skip
    header = [
        _("Name"), _("Status"), _("First met"), field_words("work"), field_words("swedish"), field_words("experience"),
        field_words("education"), field_words("languages"), field_words("licences"), field_words("places"),
        field_words("contact"), _("Star"), _("Next step"), _("Notes"), _("Answer by"), _("Answer"), _("Answered"),
    ]  # fmt: skip
    response = file_of(kind, header, list(_rows(desk)), f"{slug}-followup")
    db.session.commit()
    return response


SHARED = ("experience", "education", "languages", "licences", "places", "contact")


def _rows(desk: Desk) -> Iterator[list[Any]]:
    steps = spoken(names.NEXT_STEPS)
    for one in queries.for_export(desk.fair, desk.exhibitor.id, desk.people):
        known, profile = one.line.known, one.profile
        shared = [profile.says(key) if profile else "" for key in SHARED]
        notes = " | ".join(f"{said.author_name}: {said.note}" for said in one.line.notes if said.note)
        yield [
            one.line.name,
            str(names.STATUSES[known.status]),
            local(known.first_at, desk.fair).strftime("%Y-%m-%d %H:%M") if known.first_at else "",
            one.line.work,
            swedish_sentence(one.line.swedish),
            *shared,
            known.star or "",
            ", ".join(steps[step] for step in rules.steps_in(known.steps)),
            notes,
            known.due if known.promised else None,
            str(names.ANSWERS[known.answered]) if known.answered else "",
            local(known.answered_at, desk.fair).strftime("%Y-%m-%d %H:%M") if known.answered_at else "",
        ]
