"""What organisers type about booths and the day's blocks."""

import re
from datetime import time
from typing import Any

from flask_babel import gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from bazaar.booths import names, rules
from bazaar.fairs.pictures import LARGEST_PLAN, redrawn_plan
from bazaar.fields import FairForm
from bazaar.fields import lazy as _


def _number(label: str, least: int, most: int) -> IntegerField:
    return IntegerField(
        label,
        validators=[
            InputRequired(_("Give a number.")),
            NumberRange(least, most, _("Give a number from %(min)s to %(max)s.")),
        ],
    )


class BoothForm(FairForm):
    """A booth. Rows and columns count from 1, as people do."""

    number = _number(_("Number"), 1, 99999)
    hall = SelectField(_("Hall"))
    row = _number(_("Row, from the top"), 1, rules.MOST_CELLS)
    column = _number(_("Column, from the left"), 1, rules.MOST_CELLS)
    width = _number(_("Width in cells"), 1, 50)
    height = _number(_("Depth in cells"), 1, 50)
    aisle = SelectField(_("The awning faces"), choices=names.choices(names.AISLES))
    kind = SelectField(_("Kind"), choices=names.choices(names.KINDS))
    price_class = StringField(
        _("Price class"), validators=[Length(max=40, message=_("At most 40 characters."))]
    )
    sockets = _number(_("Sockets"), 0, 99)
    power = SelectField(_("Power"), choices=names.choices(names.POWERS))
    step_free = BooleanField(_("Reached without steps"))


class MakeForm(FairForm):
    """Many booths at once."""

    hall = StringField(
        _("Hall"), validators=[InputRequired(_("Give the hall's name.")), Length(max=300, message=_("At most 300 characters."))]
    )  # fmt: skip
    rows = _number(_("Rows"), 1, 100)
    columns = _number(_("Booths in a row"), 1, 100)


class PictureForm(FairForm):
    """A hall's plan, to lie behind its booths."""

    picture = FileField(_("Picture"), description=_("PNG or JPEG, at most 8 MB."))
    without = BooleanField(_("Take the picture away"))

    drawn: bytes | None = None

    def validate_picture(self, field: Any) -> None:
        if self.without.data:
            return
        data = field.data.read(LARGEST_PLAN + 1) if field.data else b""
        self.drawn = redrawn_plan(data) if len(data) <= LARGEST_PLAN else None
        if self.drawn is None:
            raise ValidationError(gettext("That is not a PNG or JPEG of at most 8 MB. Choose another file."))


class CutForm(FairForm):
    """How days are cut into blocks."""

    kind = RadioField(
        _("Booths are booked for"),
        choices=names.choices(names.CUTS),
        validators=[InputRequired(_("Choose one."))],
    )
    times = StringField(_("Own times"), validators=[Optional(), Length(max=200)])
    days = SelectMultipleField(_("Which days"), validators=[InputRequired(_("Choose at least one day."))])

    def validate_times(self, field: Any) -> None:
        if self.kind.data == "own" and self.own_times() is None:
            raise ValidationError(gettext("Write the times between blocks, as 11:00 13:00."))

    def own_times(self) -> list[time] | None:
        """The times that were typed, or None where one cannot be read."""
        parts = [part for part in re.split(r"[\s,;]+", self.times.data or "") if part]
        found = [re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", part) for part in parts]
        try:
            times = [time(int(match[1]), int(match[2] or 0)) for match in found if match]
        except ValueError:
            return None
        return times if times and len(times) == len(parts) else None
