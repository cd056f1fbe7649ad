"""One's own profile: an overview, and one question a page. All of it is optional."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from bazaar import i18n, web
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.fairs.queries import days_of
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.jobseekers import actions, forms, queries, words
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.views.blueprint import blueprint
from bazaar.occupations.queries import field as field_of
from bazaar.occupations.queries import fields, groups_of, name_of, search
from bazaar.people.asking import signed_in
from bazaar.places import COUNTIES, MUNICIPALITIES

Html = str | tuple[str, int]


@dataclass(frozen=True)
class Section:
    """A part of the profile: its form as it stands, and what an answer does."""

    title: str
    ask: Callable[[Registration], FairForm]
    take: Callable[[Registration, Any], None]
    lead: str = ""
    private: bool = False  # never an employer's to see


# --- How each section is asked and taken --------------------------------------------------------------


def _ask_name(registration: Registration) -> FairForm:
    return forms.NameForm(name=registration.name)


def _take_name(registration: Registration, form: forms.NameForm) -> None:
    actions.rename(registration, form.name.data or "")


def _ask_language(registration: Registration) -> FairForm:
    return forms.LanguageForm(language=registration.person.language)


def _take_language(registration: Registration, form: forms.LanguageForm) -> None:
    registration.person.language = form.language.data


def _ask_swedish(registration: Registration) -> FairForm:
    return forms.SwedishForm(swedish=registration.swedish)


def _take_swedish(registration: Registration, form: forms.SwedishForm) -> None:
    actions.say_swedish(registration, form.swedish.data or "")


def _ask_languages(registration: Registration) -> FairForm:
    form = forms.LanguagesForm()
    return form if request.method == "POST" else form.fill(queries.languages_of(registration))


def _take_languages(registration: Registration, form: forms.LanguagesForm) -> None:
    actions.say_languages(registration, form.levels())


def _ask_experience(registration: Registration) -> FairForm:
    return forms.ExperienceForm(obj=registration)


def _take_experience(registration: Registration, form: forms.ExperienceForm) -> None:
    registration.experience = form.experience.data or ""
    registration.education_level = form.education_level.data or ""
    registration.education_country = form.education_country.data or ""
    registration.recognition = form.recognition.data or ""


def _ask_licences(registration: Registration) -> FairForm:
    return forms.LicencesForm(licences=registration.licences)


def _take_licences(registration: Registration, form: forms.LicencesForm) -> None:
    registration.licences = list(form.licences.data or [])


def _ask_places(registration: Registration) -> FairForm:
    chosen = "\n".join(queries.places_of(registration))
    return forms.PlacesForm(places=chosen, would_move=registration.would_move)


def _take_places(registration: Registration, form: forms.PlacesForm) -> None:
    actions.want_places(registration, form.chosen(), would_move=form.would_move.data)


def _ask_about(registration: Registration) -> FairForm:
    return forms.AboutForm(about=registration.about)


def _take_about(registration: Registration, form: forms.AboutForm) -> None:
    registration.about = form.about.data or ""


def _ask_findable(registration: Registration) -> FairForm:
    return forms.FindableForm(findable=registration.findable)


def _take_findable(registration: Registration, form: forms.FindableForm) -> None:
    registration.findable = form.findable.data and not registration.protected


def _ask_day(registration: Registration) -> FairForm:
    day = str(registration.arrival_day_id) if registration.arrival_day_id else None
    return forms.DayForm(day=day).with_days(day_choices(registration))


def _take_day(registration: Registration, form: forms.DayForm) -> None:
    registration.arrival_day_id = uuid.UUID(form.day.data)


def _ask_needs(registration: Registration) -> FairForm:
    return forms.NeedsForm(obj=queries.needs_of(registration), half_day="")


def _take_needs(registration: Registration, form: forms.NeedsForm) -> None:
    actions.say_needs(registration, form.needs())


SECTIONS = {
    "name": Section(_("What is your name?"), _ask_name, _take_name),
    "swedish": Section(_("How much Swedish do you speak?"), _ask_swedish, _take_swedish),
    "languages": Section(
        _("Which other languages do you speak?"), _ask_languages, _take_languages, _("Leave rows empty that you do not need.")
    ),
    "experience": Section(_("Experience and education"), _ask_experience, _take_experience),
    "licences": Section(_("Which licences do you have?"), _ask_licences, _take_licences),
    "places": Section(_("Where do you want to work?"), _ask_places, _take_places),
    "about": Section(_("About you"), _ask_about, _take_about),
    "findable": Section(
        _("May employers find you?"), _ask_findable, _take_findable,
        _("If you say no, only employers that you choose yourself see your profile."),
    ),
    "day": Section(_("When will you come?"), _ask_day, _take_day, private=True),
    "needs": Section(
        _("What do you need to take part?"), _ask_needs, _take_needs,
        _("Only the organisers see this. Employers never do. It is erased after the fair."), private=True,
    ),
    "language": Section(
        _("In which language shall we write to you?"), _ask_language, _take_language, private=True
    ),
}  # fmt: skip


def day_choices(registration: Registration) -> list[tuple[str, str]]:
    """The days of the fair with their hours, in words that begin a line."""
    choices = []
    for day in days_of(registration.fair_id):
        words_ = f"{i18n.day_words(day.date)}, {i18n.clock_time(day.opens)}–{i18n.clock_time(day.closes)}"
        choices.append((str(day.id), i18n.sentence(words_)))
    return choices


# --- What each section says now -----------------------------------------------------------------------


def profile_words(registration: Registration) -> dict[str, list[str]]:
    """Every section as lines of words; an empty list is what has not been said."""
    spoken = queries.languages_of(registration)
    said = {
        "name": [registration.name],
        "work": [work.words for work in queries.wanted_work(registration)],
        "swedish": [words.swedish_words(registration.swedish)],
        "languages": [f"{words.spoken_name(one.tag)}: {words.level_words(one.level)}" for one in spoken],
        "experience": words.background(registration),
        "licences": [words.licence_words(licence) for licence in registration.licences],
        "places": list(queries.places_of(registration)),
        "about": [registration.about],
        "findable": [gettext("Yes") if registration.findable else gettext("No")],
        "day": [label for id_, label in day_choices(registration) if id_ == str(registration.arrival_day_id)],
        "needs": words.needs_words(queries.needs_of(registration)),
        "language": [i18n.language_name(registration.person.language)],
    }
    if registration.would_move:
        said["places"].append(gettext("Would move to another part of Sweden"))
    if registration.undecided and not said["work"]:
        said["work"] = [gettext("I don’t know yet")]
    return {section: [line for line in lines if line] for section, lines in said.items()}


@blueprint.get("/me/<slug>/profile")
def profile(slug: str) -> str:
    registration = _mine(slug)
    single_day = len(days_of(registration.fair_id)) < 2
    return render_template(
        "jobseekers/profile.html",
        registration=registration,
        sections={key: section for key, section in SECTIONS.items() if not (key == "day" and single_day)},
        said=profile_words(registration),
    )


@blueprint.post("/me/<slug>/read")
def has_read(slug: str) -> Response:
    """Whoever was registered from a list reads about their data when they come by."""
    registration = _mine(slug)
    notice = actions.Notice(registration.fair.privacy_version, i18n.language_now())
    actions.has_read(registration, notice)
    db.session.commit()
    return web.go("jobseekers.profile", slug=slug)


@blueprint.route("/me/<slug>/profile/<section>", methods=["GET", "POST"])
def section(slug: str, section: str) -> Html | Response:
    registration = _mine(slug)
    part = SECTIONS.get(section)
    if part is None:
        raise NotFound
    form = part.ask(registration)
    if request.method == "POST" and form.validate():
        part.take(registration, form)
        actions.note_change(registration, section, registration.person_id)
        db.session.commit()
        web.say(gettext("Saved."))
        return web.go("jobseekers.profile", slug=slug)
    html = render_template(
        "jobseekers/section.html",
        registration=registration,
        section=section,
        part=part,
        form=form,
        places=(*COUNTIES, *MUNICIPALITIES) if section == "places" else (),
    )
    return (html, 422) if form.errors else html


def _mine(slug: str) -> Registration:
    registration = queries.my_registration(signed_in(), slug)
    g.fair = registration.fair
    return registration


# --- Work: field, group, name ---------------------------------------------------------------------------


@blueprint.get("/me/<slug>/profile/work")
def work(slug: str) -> str:
    """What is wanted now, a search, and the fields to look through. Works without script."""
    registration = _mine(slug)
    typed = request.args.get("q", "").strip()[:100]
    open_field = field_of(request.args.get("field", ""))
    return render_template(
        "jobseekers/_found.html" if "part" in request.args else "jobseekers/my_work.html",
        registration=registration,
        wanted=queries.wanted_work(registration),
        typed=typed,
        found=search(typed, limit=20) if len(typed) > 1 else [],
        fields=fields(),
        open_field=open_field,
        groups=groups_of([open_field.code]) if open_field else [],
        name_of=name_of,
    )


@blueprint.post("/me/<slug>/profile/work/add")
def add_work(slug: str) -> Response:
    registration = _mine(slug)
    exact = queries.work_behind(request.form.get("code", ""), request.form.get("words", ""))
    if exact is None:
        raise NotFound
    actions.refuse_too_much_work(registration)
    if actions.want(registration, exact):
        actions.note_change(registration, "work", registration.person_id)
        db.session.commit()
        web.say(gettext("Added."))
    return web.go("jobseekers.work", slug=slug)


@blueprint.post("/me/<slug>/profile/work/remove")
def remove_work(slug: str) -> Response:
    registration = _mine(slug)
    try:
        work_id = uuid.UUID(request.form.get("work", ""))
    except ValueError:
        raise NotFound from None
    actions.no_longer_want(registration, work_id)
    actions.note_change(registration, "work", registration.person_id)
    db.session.commit()
    web.say(gettext("Taken away."))
    return web.go("jobseekers.work", slug=slug)
