"""What organisers, exhibitors and the desk say about phones and scans."""

import uuid
from collections.abc import Iterable

from flask_babel import gettext
from wtforms import BooleanField, Field, RadioField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from bazaar.checkin.names import PURPOSES
from bazaar.fields import FairForm
from bazaar.fields import lazy as _

Choices = Iterable[tuple[uuid.UUID, str]]


class PhoneForm(FairForm):
    """A new phone of the organisers: for a door, somebody's booth, a talk, or a kiosk."""

    purpose = RadioField(_("What is the phone for?"), choices=lambda: list(PURPOSES.items()), default="door")
    label = StringField(
        _("What shall it be called?"), [Length(max=60)], description=_("Such as: Main door. It stands on the phone and in the lists.")
    )  # fmt: skip
    exhibitor = SelectField(_("Whose booth?"), default="")
    talk = SelectField(_("Which talk?"), default="")

    def offer(self, exhibitors: Choices, talks: Choices) -> None:
        self.exhibitor.choices = _options(gettext("Only for a booth"), exhibitors)
        self.talk.choices = _options(gettext("Any talk"), talks)

    def validate_exhibitor(self, field: Field) -> None:
        if self.purpose.data == "booth" and not field.data:
            raise ValidationError(gettext("Choose whose booth the phone is for."))


class RecruiterForm(FairForm):
    """A new phone of an exhibitor: one recruiter holds it."""

    holder = SelectField(_("Who holds the phone?"))
    may_list = BooleanField(_("May see the list of people met"), default=True)

    def offer(self, people: Choices) -> None:
        self.holder.choices = [_option(key, name) for key, name in people]


class ReasonForm(FairForm):
    why = StringField(_("Why?"), [Length(max=300)], description=_("A few words for those who ask later."))


def _options(none: str, rows: Choices) -> list[tuple[str, str]]:
    return [("", none), *(_option(key, name) for key, name in rows)]


def _option(key: uuid.UUID, name: str) -> tuple[str, str]:
    return str(key), name
