"""The questions of the registration, the sections of the profile, and the organiser's changes."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.i18n import LANGUAGES, offered
from bazaar.jobseekers import rules, words
from bazaar.jobseekers.rules import Needs

DO_NOT_SAY = ("", _("I do not want to say"))
CHOOSE = ("", _("Choose"))
MOST_KEPT = 1_500_000  # characters in a hidden field
MOST_UNPACKED = 16_000_000


def trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


def trimmed_lines(text: str | None) -> str:
    """Text of several lines, with single spaces and no more than one empty line."""
    lines = [trimmed(line) for line in (text or "").strip().splitlines()]
    return "\n".join(line for n, line in enumerate(lines) if line or (n and lines[n - 1]))


class ManyField(SelectMultipleField):
    """Several of a list, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NameForm(FairForm):
    name = StringField(
        _("Your name"),
        filters=[trimmed],
        validators=[
            DataRequired(_("Write your name.")),
            Length(max=120, message=_("Write a shorter name.")),
        ],
    )

    def validate_name(self, field: Any) -> None:
        if not any(c.isalpha() for c in field.data):
            raise ValidationError(_("Write your name."))


class WorkForm(FairForm):
    """Fields of work as tiles. `undecided` is a real answer."""

    fields = ManyField(_("Which work do you want?"), validate_choice=True)
    undecided = BooleanField(_("I don’t know yet"))

    def with_fields(self, choices: Iterable[tuple[str, str]]) -> "WorkForm":
        self.fields.choices = list(choices)
        return self

    def validate_fields(self, field: Any) -> None:
        if not field.data and not self.undecided.data:
            raise ValidationError(_("Press at least one work, or “I don’t know yet”."))


class SwedishForm(FairForm):
    swedish = RadioField(
        _("How much Swedish do you speak?"),
        validators=[InputRequired(_("Choose the sentence that fits best."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.swedish.choices = list(words.swedish_levels().items())


class WhenForm(FairForm):
    """Which day, where there are several, and the version of the privacy words that were shown."""

    day = RadioField(_("When will you come?"), validators=[InputRequired(_("Choose a day."))])
    privacy_version = HiddenField()

    def with_days(self, choices: list[tuple[str, str]]) -> "WhenForm":
        self.day.choices = choices
        if len(choices) < 2:
            del self.day
        return self


class LanguagesForm(FairForm):
    """One level for each of a few languages; the rows beyond are empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [CHOOSE, *words.spoken_languages()]
        levels = [CHOOSE, *((key, words.level_words(key)) for key in rules.LANGUAGE_LEVELS)]
        for tag, level in self.rows():
            tag.choices, level.choices = languages, levels

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"tag_{n}"], self[f"level_{n}"]) for n in range(rules.MOST_LANGUAGES)]

    def levels(self) -> dict[str, str]:
        return {tag.data: level.data for tag, level in self.rows() if tag.data}

    def fill(self, spoken: Iterable[Any]) -> "LanguagesForm":
        for (tag, level), row in zip(self.rows(), spoken, strict=False):
            tag.data, level.data = row.tag, row.level
        return self

    def validate(self, extra_validators: dict[str, Any] | None = None) -> bool:
        good = super().validate(extra_validators)
        seen: set[str] = set()
        for tag, level in self.rows():
            if tag.data and not level.data:
                level.errors = [_("Say how well you speak it.")]
            elif level.data and not tag.data:
                tag.errors = [_("Choose the language.")]
            elif tag.data in seen:
                tag.errors = [_("This language stands here twice.")]
            if tag.data:
                seen.add(tag.data)
            good = good and not tag.errors and not level.errors
        return good


for _n in range(rules.MOST_LANGUAGES):
    setattr(LanguagesForm, f"tag_{_n}", SelectField(_("Language"), validators=[Optional()]))
    setattr(LanguagesForm, f"level_{_n}", SelectField(_("How well?"), validators=[Optional()]))


class ExperienceForm(FairForm):
    experience = RadioField(_("How long have you worked, in any country?"), validators=[Optional()])
    education_level = SelectField(_("Your highest education"), validators=[Optional()])
    education_country = SelectField(_("In which country?"), validators=[Optional()])
    recognition = RadioField(_("Is your foreign education recognised in Sweden?"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.experience.choices = [(k, words.experience_words(k)) for k in rules.EXPERIENCE] + [DO_NOT_SAY]
        self.education_level.choices = [DO_NOT_SAY, *((k, words.education_words(k)) for k in rules.EDUCATION)]
        self.education_country.choices = [DO_NOT_SAY, *words.countries()]
        self.recognition.choices = [(k, words.recognition_words(k)) for k in rules.RECOGNITION] + [DO_NOT_SAY]


class LicencesForm(FairForm):
    licences = ManyField(_("Which licences do you have?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licences.choices = [(key, words.licence_words(key)) for key in rules.LICENCES]


class PlacesForm(FairForm):
    """Places as text, one a line or with commas; a list of municipalities and counties helps along."""

    places = TextAreaField(
        _("Where do you want to work?"),
        description=_("Municipalities or counties, one on each line."),
        validators=[Length(max=1000, message=_("That is too long."))],
    )
    add = StringField(_("Find a place"), validators=[Length(max=100, message=_("That is too long."))])
    would_move = BooleanField(_("I would move to another part of Sweden for work"))

    def chosen(self) -> list[str]:
        typed = (self.places.data or "").replace(",", "\n").replace(";", "\n").splitlines()
        return list(dict.fromkeys(place for place in map(trimmed, [*typed, self.add.data or ""]) if place))

    def validate_places(self, field: Any) -> None:
        if len(self.chosen()) > rules.MOST_PLACES:
            raise ValidationError(_("Choose at most %(most)d places.", most=rules.MOST_PLACES))
        if any(len(place) > 100 for place in self.chosen()):
            raise ValidationError(_("Write one place on each line."))


class AboutForm(FairForm):
    about = TextAreaField(
        _("Tell employers about yourself"),
        description=_("What can you do? What do you want? A few sentences are enough."),
        filters=[trimmed_lines],
        validators=[Length(max=2000, message=_("At most 2000 characters."))],
    )


class FindableForm(FairForm):
    findable = BooleanField(_("Employers at this fair may find my profile and invite me to a meeting"))


class DayForm(FairForm):
    day = RadioField(_("When will you come?"), validators=[InputRequired(_("Choose a day."))])

    def with_days(self, choices: list[tuple[str, str]]) -> "DayForm":
        self.day.choices = choices
        return self


class NeedsForm(FairForm):
    """Access needs: kept apart, never shown to employers."""

    interpreter = SelectField(_("I need an interpreter for"), validators=[Optional()])
    step_free = BooleanField(_("I need to get everywhere without steps"))
    quiet = BooleanField(_("I need a quiet place or a quiet time"))
    half_day = RadioField(_("When can you be there?"), validators=[Optional()])
    leaves_by = TimeField(
        _("I must leave by"),
        validators=[Optional()],
        description=_("For example 14:30. Leave it empty if you can stay."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interpreter.choices = [("", _("No interpreter")), *words.spoken_languages()]
        self.half_day.choices = [("", _("All day")), *((k, words.half_day_words(k)) for k in rules.HALF_DAYS)]

    def needs(self) -> Needs:
        return Needs(
            interpreter=self.interpreter.data or "",
            step_free=self.step_free.data,
            quiet=self.quiet.data,
            half_day=self.half_day.data or "",
            leaves_by=self.leaves_by.data,
        )


class LanguageForm(FairForm):
    language = RadioField(_("Language"), validators=[InputRequired(_("Choose a language."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(language.tag, language.autonym) for language in offered()]


class ProtectForm(FairForm):
    alias = StringField(
        _("Name to show instead"),
        filters=[trimmed],
        validators=[
            DataRequired(_("Write the name to show.")),
            Length(max=60, message=_("Write a shorter name.")),
        ],
    )


class FileForm(FairForm):
    """A list of people. A previewed file travels along, so that it need not be chosen twice."""

    file = FileField(_("File"), description=_("CSV or XLSX, at most 16 MB."))
    kept = HiddenField()
    keep_good = BooleanField(_("Take in the good rows even if some are refused"))
    content = b""

    def validate_file(self, field: Any) -> None:
        self.content = field.data.read() if field.data else self._unpacked()
        if not self.content:
            raise ValidationError(_("Choose a file."))
        packed = b64encode(zlib.compress(self.content)).decode()
        self.kept.data = packed if len(packed) < MOST_KEPT else ""

    def _unpacked(self) -> bytes:
        try:
            return zlib.decompressobj().decompress(b64decode(self.kept.data or ""), MOST_UNPACKED)
        except (ValueError, zlib.error):
            return b""


class ChangeForm(NameForm, NeedsForm):
    """What an organiser changes for somebody who asks them to."""

    language = SelectField(_("Language of our letters"), validators=[Optional()])
    day = RadioField(_("When will they come?"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(tag, words.spoken_name(tag)) for tag in LANGUAGES]

    def with_days(self, choices: list[tuple[str, str]]) -> "ChangeForm":
        self.day.choices = choices
        return self
