"""Booking and asking, answering and moving, and the times an exhibitor offers."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from bazaar.employers.models import Exhibitor, Vacancy
from bazaar.fairs.models import Fair
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.jobseekers.forms import ManyField, trimmed_lines
from bazaar.meetings import rules
from bazaar.sharing.forms import ShareForm

LONGEST_WORDS = 1000
MOST_TABLES = 20
too_long = Length(max=LONGEST_WORDS, message=_("Write a shorter text: at most 1000 characters."))


def one_of_ours(value: str) -> uuid.UUID | None:
    """An id that a page of ours sent; what is none counts as nothing chosen."""
    try:
        return uuid.UUID(value)
    except (ValueError, AttributeError, TypeError):
        return None


def needs_time(_form: Any, field: Any) -> None:
    if field.data is None:
        raise ValidationError(_("Choose a time."))


def is_typed(field: Any) -> bool:
    """Whether anything stands in it, readable or not."""
    return bool(field.raw_data and str(field.raw_data[0]).strip())


class Readable:
    """What could not be read as a time or a number is told in our words; nothing typed is nothing."""

    def __init__(self, words: str, *, needed: bool = True) -> None:
        self.words = words
        self.needed = needed

    def __call__(self, _form: Any, field: Any) -> None:
        typed = is_typed(field)
        field.errors = []  # the library's own words
        if field.data is None and (typed or self.needed):
            raise StopValidation(str(self.words))
        if not typed:
            raise StopValidation


def time_of_day(label: str, *, needed: bool = True) -> TimeField:
    formats = ["%H:%M", "%H:%M:%S", "%H.%M"]
    return TimeField(label, [Readable(_("Write a time, such as 09:00."), needed=needed)], format=formats)


def minutes(label: str, *more: Any, **facts: Any) -> IntegerField:
    return IntegerField(label, [Readable(_("Write how many minutes.")), *more], **facts)


class SlotForm(FairForm):
    """A time out of a list. Whether it is still free is found out inside the lock, not here."""

    slot = RadioField(
        _("Free times"), coerce=one_of_ours, validate_choice=False, choices=[], validators=[needs_time]
    )


class VacancyForm(ShareForm):
    """Which job it is about, where the employer has several."""

    vacancy = SelectField(
        _("Which job is it about?"),
        coerce=one_of_ours,
        validate_choice=False,
        choices=[],
        validators=[Optional()],
    )

    def about(self, vacancies: Iterable[Vacancy]) -> "VacancyForm":
        self.vacancy.choices = [("", _("Any of them")), *((str(job.id), job.title) for job in vacancies)]
        return self


class BookForm(VacancyForm):
    slot = RadioField(
        _("Free times"), coerce=one_of_ours, validate_choice=False, choices=[], validators=[needs_time]
    )


class AskForm(VacancyForm):
    message = TextAreaField(
        _("What do you want to tell them?"), filters=[trimmed_lines], validators=[Optional(), too_long]
    )


class ReasonForm(FairForm):
    """Why a meeting is called off: the other side reads it."""

    reason = TextAreaField(
        _("Why? They will read it."), filters=[trimmed_lines], validators=[Optional(), too_long]
    )


class CallOffForm(ReasonForm):
    """The exhibitor's: it may be the last of this person."""

    block = BooleanField(_("Take no more requests from this person"))


class DeclineForm(FairForm):
    words = TextAreaField(
        _("Your answer"),
        filters=[trimmed_lines],
        validators=[DataRequired(_("Write a few kind words.")), too_long],
    )
    block = BooleanField(_("Take no more requests from this person"))


class AcceptForm(FairForm):
    """One of the free times, or a time of one's own."""

    slot = RadioField(_("Free times"), coerce=one_of_ours, validate_choice=False, choices=[])
    day = SelectField(_("Day"), choices=[], validate_choice=True, validators=[Optional()])
    starts = time_of_day(_("Begins"), needed=False)
    table = SelectField(_("Table"), coerce=int, choices=[], validators=[Optional()])

    def validate_slot(self, field: Any) -> None:
        if field.data is None and not is_typed(self.starts):
            raise ValidationError(_("Choose a free time, or write another."))


class ColleagueForm(FairForm):
    colleague = SelectField(_("Colleague"), coerce=one_of_ours, validate_choice=False, choices=[])


class WaysForm(FairForm):
    """How an exhibitor meets people."""

    open_slots = BooleanField(_("Jobseekers book a free time themselves"))
    by_request = BooleanField(_("Jobseekers ask, and you answer with a time"))
    walk_up = BooleanField(_("Jobseekers stand in a queue at your booth, and you call the next one"))
    tables = IntegerField(
        _("Tables at your booth"),
        validators=[
            Readable(_("Write how many tables you have.")),
            NumberRange(1, MOST_TABLES, message=_("Write a number from 1 to 20.")),
        ],
    )


class TimesForm(FairForm):
    """A row of times in one act: a day, from when to when, how long, at which tables."""

    days = ManyField(_("Days"), choices=[], validators=[InputRequired(_("Choose a day."))])
    starts = time_of_day(_("From"))
    ends = time_of_day(_("Until"))
    length = minutes(_("Minutes each"))
    pause = minutes(
        _("Minutes between"), NumberRange(0, 120, message=_("Write a number from 0 to 120.")), default=0
    )
    lunch_starts = time_of_day(_("Pause from"), needed=False)
    lunch_ends = time_of_day(_("Pause until"), needed=False)
    tables = ManyField(_("Tables"), coerce=int, choices=[], validators=[InputRequired(_("Choose a table."))])
    recruiter = SelectField(_("Who sits there"), coerce=one_of_ours, validate_choice=False, choices=[])
    kind = RadioField(
        _("These times are"),
        choices=lambda: [
            ("open", _("booked by jobseekers")),
            ("kept", _("kept for requests that you accept")),
        ],
        default="open",
    )

    def for_exhibitor(
        self,
        fair: Fair,
        exhibitor: Exhibitor,
        days: Sequence[tuple[str, str]],
        colleagues: list[tuple[str, str]],
    ) -> "TimesForm":
        self.days.choices = days
        self.tables.choices = [(n, str(n)) for n in range(1, exhibitor.tables + 1)]
        self.recruiter.choices = [("", _("Not decided")), *colleagues]
        if not self.is_submitted():
            self.days.data = [key for key, _words in days]
            self.tables.data = list(range(1, exhibitor.tables + 1))
            self.length.data = fair.slot_minutes
        return self

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must be after the beginning."))

    def validate_length(self, field: Any) -> None:
        shortest, longest = (int(each.total_seconds() // 60) for each in (rules.SHORTEST, rules.LONGEST))
        if field.data is not None and not shortest <= field.data <= longest:
            raise ValidationError(_("A meeting takes 10 to 30 minutes."))

    def validate_lunch_starts(self, field: Any) -> None:
        if field.data is not None and not is_typed(self.lunch_ends):
            raise ValidationError(_("Write both times, or none."))

    def validate_lunch_ends(self, field: Any) -> None:
        if field.data is not None and not is_typed(self.lunch_starts):
            raise ValidationError(_("Write both times, or none."))
        if field.data and self.lunch_starts.data and field.data <= self.lunch_starts.data:
            raise ValidationError(_("The end must be after the beginning."))


class ChosenSlotsForm(FairForm):
    """What is to happen with the times ticked."""

    slots = ManyField(_("Times"), coerce=one_of_ours, validate_choice=False, choices=[])
    act = StringField()
    recruiter = SelectField(coerce=one_of_ours, validate_choice=False, choices=[])
    reason = TextAreaField(
        _("Why? They will read it."), filters=[trimmed_lines], validators=[Optional(), too_long]
    )
    sure = BooleanField()
