"""What a recruiter writes of somebody, and the words beside an answer."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from bazaar import clock
from bazaar.checkin.rules import MOST_NOTE, NEXT_STEPS
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.followups import names, rules

TOO_LONG = _("At most %(max)d characters.")


def _trimmed(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


class DayField(DateField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Write a date, such as 2027-05-06.")) from None


class NoteForm(FairForm):
    note = TextAreaField(_("Note"), [Length(max=MOST_NOTE, message=TOO_LONG)], filters=[_trimmed])
    star = RadioField(_("Star"), default="0")
    next_step = SelectField(_("Next step"), default="none")
    answer_by = DayField(_("Answer by"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.star.choices = [("0", "–"), ("1", "★"), ("2", "★★"), ("3", "★★★")]
        steps = [(step, str(names.NEXT_STEPS[step])) for step in NEXT_STEPS[1:]]
        self.next_step.choices = [("none", gettext("Nothing promised")), *steps]

    def validate_answer_by(self, field: Any) -> None:
        if field.data and field.data > (clock.now() + timedelta(days=366)).date():
            raise ValidationError(gettext("Choose a day within a year."))


class AnswerForm(FairForm):
    words = TextAreaField(
        _("Your own words"), [Length(max=rules.MOST_WORDS, message=TOO_LONG)], filters=[_trimmed]
    )
