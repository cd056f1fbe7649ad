"""What an organiser types of a talk."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from bazaar.fairs.models import Fair, FairDay
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.i18n import LANGUAGES, day_words, language_name, local, moment_of
from bazaar.journal.details import labels_of
from bazaar.programme import names, rules
from bazaar.programme.actions import Facts
from bazaar.programme.models import Talk


def _single_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _trimmed(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


def _line(label: str, *validators: Any, most: int = 200) -> StringField:
    return StringField(
        label,
        [*validators, Length(max=most, message=_("At most %(max)d characters."))],
        filters=[_single_line],
    )


class ClockField(TimeField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Write a time, such as 09:00.")) from None


class WholeField(IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Write a whole number, such as 20.")) from None


def _clock(label: str) -> ClockField:
    formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%H"]
    return ClockField(label, [InputRequired(_("Write a time, such as 09:00."))], format=formats)


class TalkForm(FairForm):
    kind = SelectField(_("Kind"))
    title = _line(_("Title"), DataRequired(_("Write a title.")))
    words = TextAreaField(
        _("What it is about"),
        [Length(max=4000, message=_("At most %(max)d characters."))],
        filters=[_trimmed],
    )
    speaker = _line(_("Who speaks or leads"))
    room = _line(_("Room"), DataRequired(_("Write where it is.")), most=100)
    language = SelectField(_("Language"))
    day = SelectField(_("Day"))
    starts = _clock(_("Starts"))
    ends = _clock(_("Ends"))
    places = WholeField(
        _("Places"),
        [
            Optional(),
            NumberRange(1, rules.MOST_PLACES, _("Write a number from %(min)s to %(max)s.")),
        ],
        description=_("Empty: as many as want to come."),
    )
    move_last = BooleanField(_("The last to sign up wait again; they are told by letter"))

    def of(self, fair: Fair, days: Sequence[FairDay]) -> "TalkForm":
        """With the kinds by name, the fair's languages first, and its days."""
        self.kind.choices = [(key, str(words)) for key, words in names.KINDS.items()]
        tags = [*fair.languages, *(tag for tag in LANGUAGES if tag not in fair.languages)]
        self.language.choices = [(tag, language_name(tag)) for tag in tags]
        self.day.choices = [
            ("", gettext("Choose a day")),
            *((d.date.isoformat(), day_words(d.date)) for d in days),
        ]
        return self

    def fill(self, talk: Talk, fair: Fair) -> "TalkForm":
        for name in ("kind", "title", "words", "speaker", "room", "language", "places"):
            self[name].data = getattr(talk, name)
        starts, ends = local(talk.starts_at, fair), local(talk.ends_at, fair)
        self.day.data = starts.date().isoformat()
        self.starts.data, self.ends.data = starts.time(), ends.time()
        return self

    def validate_day(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose a day."))

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(gettext("It ends after it starts."))

    def facts(self, fair: Fair) -> Facts:
        day, starts, ends = date.fromisoformat(self.day.data), self.starts.data, self.ends.data
        assert starts is not None
        assert ends is not None
        return Facts(
            kind=self.kind.data,
            title=self.title.data or "",
            words=self.words.data or "",
            speaker=self.speaker.data or "",
            room=self.room.data or "",
            language=self.language.data,
            starts_at=moment_of(day, starts, fair),
            ends_at=moment_of(day, ends, fair),
            places=self.places.data,
        )

    def refuse(self, name: str, words: str) -> None:
        """What a rule said of one field, shown beside it."""
        self[name].errors = [words]


labels_of("talk", TalkForm)
