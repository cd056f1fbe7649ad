"""What staff type at the desk."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.i18n import LANGUAGES
from bazaar.jobseekers import rules, words
from bazaar.jobseekers.forms import ManyField, NameForm, trimmed
from bazaar.people.rules import Address, read_address


class WalkInForm(NameForm):
    """A whole registration in one screen. After validation `read` holds the address, if there is one."""

    numbers = ("address",)
    address = StringField(_("Phone number or e-mail"), filters=[trimmed], validators=[Length(max=200)])
    language = SelectField(_("Language"))
    fields = ManyField(_("Work"))
    swedish = SelectField(_("Swedish"), validators=[Optional()])
    day = SelectField(_("Day"), validators=[Optional()])
    told = BooleanField(
        _("I have told them who keeps their data, what for and how long"),
        validators=[InputRequired(_("Tell them first. The words stand below."))],
    )
    read: Address | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(language.tag, language.autonym) for language in LANGUAGES.values()]
        self.swedish.choices = [("", _("Not asked")), *((k, words.swedish_words(k)) for k in rules.SWEDISH)]

    def with_choices(self, fields: list[tuple[str, str]], days: list[tuple[str, str]]) -> "WalkInForm":
        self.fields.choices, self.day.choices = fields, days
        return self

    def validate_address(self, field: Any) -> None:
        if field.data:
            self.read = read_address(field.data)
            if self.read is None:
                raise ValidationError(_("This is not a phone number or an e-mail address."))


class FindForm(FairForm):
    """A badge code, or for supervisors a name."""

    text = StringField(_("Badge code"), filters=[trimmed], validators=[Length(max=200)])
