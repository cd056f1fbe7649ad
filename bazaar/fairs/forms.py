"""What organisers type. Every number's limits are those of rules.LIMITS."""

import datetime as dt
import re
from collections.abc import Callable, Container
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import phonenumbers
from flask_babel import gettext
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    FloatField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import DataRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from bazaar.fairs import models, names, rules
from bazaar.fairs.pictures import LARGEST_FILE, redrawn
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.i18n import LANGUAGES
from bazaar.journal.details import labels_of
from bazaar.people.rules import kind_of, read_address, takes_texts
from bazaar.words import fold

T = TypeVar("T")
MOMENT = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 3000)  # far from both ends of the calendar, where clocks cannot be turned


def given(value: T | None) -> T:
    """What a valid form surely holds."""
    assert value is not None
    return value


def _stripped(text: str | None) -> str | None:
    return text.strip() if text else text


def _single_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def line(label: Any, *validators: Any, most: int = 300, **facts: Any) -> StringField:
    """One line of text, white space single."""
    longest = Length(max=most, message=_("At most %(max)d characters."))
    return StringField(label, [*validators, longest], filters=[_single_line], **facts)


def needed(words: Any) -> DataRequired:
    """It must be filled in; `words` say what to write."""
    return DataRequired(words)


def _typed(field: Field) -> bool:
    return bool(field.raw_data and str(field.raw_data[0]).strip())


class Readable:
    """What could not be read as a number, date or time is told in our words; nothing typed is `None`."""

    def __init__(self, words: Any, *, needed: bool = True) -> None:
        self.words = words
        self.needed = needed

    def __call__(self, _form: Form, field: Field) -> None:
        field.errors = []  # the library's own words
        if field.data is None and (_typed(field) or self.needed):
            raise StopValidation(str(self.words))
        if isinstance(field.data, dt.date) and field.data.year not in YEARS:
            raise StopValidation(
                gettext("Write a year from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1])
            )


def day(label: Any, **facts: Any) -> DateField:
    return DateField(label, [Readable(_("Write a date, such as 2027-04-21."))], **facts)


def time_of_day(label: Any, **facts: Any) -> TimeField:
    words = _("Write a time, such as 09:00.")
    return TimeField(label, [Readable(words)], format=["%H:%M", "%H:%M:%S", "%H.%M"], **facts)


def moment(label: Any, **facts: Any) -> DateTimeLocalField:
    """A date and a time on the fair's clock, or nothing."""
    words = _("Write a date and a time, such as 2027-04-21 09:00.")
    formats = [MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
    return DateTimeLocalField(label, [Readable(words, needed=False)], format=formats, **facts)


class Within:
    """A whole number within these limits, or nothing where the limits have no usual value."""

    def __init__(self, limits: rules.Limits) -> None:
        self.limits = limits

    def __call__(self, _form: Form, field: Field) -> None:
        field.errors = []  # the library's own words
        if (field.data is None and _typed(field)) or not self.limits.allow(field.data):
            raise StopValidation(
                gettext(
                    "Write a whole number from %(least)s to %(most)s.",
                    least=self.limits.least,
                    most=self.limits.most,
                )
            )


def whole(rule: str, label: Any) -> IntegerField:
    """A number of rules.LIMITS; its hint says what it may be and what is usual."""
    limits = rules.LIMITS[rule]
    if limits.usual is None:
        hint = _("%(least)s to %(most)s. Empty: no limit.", least=limits.least, most=limits.most)
    else:
        hint = _(
            "%(least)s to %(most)s. Usually %(usual)s.",
            least=limits.least,
            most=limits.most,
            usual=limits.usual,
        )
    return IntegerField(label, [Within(limits)], description=hint)


def choices(named: dict[str, str]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: list(named.items())


def a_zone(_form: Form, field: Field) -> None:
    if not rules.is_zone(field.data or ""):
        raise ValidationError(gettext("Write a time zone, such as Europe/Stockholm."))


def hours_in_order(form: Any, field: Field) -> None:
    if form.opens.data and field.data and field.data <= form.opens.data:
        raise ValidationError(gettext("Closing is after opening."))


class NamedFair(FairForm):
    """What every new fair has of its own: a name, an address and a first day."""

    name = line(_("Name of the fair"), needed(_("Write the fair's name.")))
    slug = line(_("Address"), description=_("Stands in links and cannot be changed, such as spring-2027."))
    first_day = day(_("First day"))

    def __init__(self, is_taken: Callable[[str], bool], **facts: Any) -> None:
        self._is_taken = is_taken
        super().__init__(**facts)

    def validate_slug(self, field: Field) -> None:
        if not rules.is_slug(field.data or ""):
            raise ValidationError(
                gettext("Use at most 40 small letters a-z, digits and dashes, such as spring-2027.")
            )
        if field.data in rules.TAKEN_SLUGS or self._is_taken(field.data):
            raise ValidationError(gettext("That address is taken. Try another."))

    def named(self) -> tuple[str, str, dt.date]:
        """Address, name, first day."""
        return given(self.slug.data), given(self.name.data), given(self.first_day.data)


class NewFair(NamedFair):
    """A fair to begin with; everything else has a usual value."""

    days = IntegerField(
        _("Number of days"),
        [Within(rules.Limits(1, 1, rules.MOST_DAYS))],
        default=1,
        description=_("One after the other."),
    )
    opens = time_of_day(_("Opens"), default=dt.time(9))
    closes = time_of_day(_("Closes"), default=dt.time(17))
    zone = line(_("Time zone"), a_zone, default="Europe/Stockholm")
    venue = line(_("Venue"))
    city = line(_("City"))

    def validate_closes(self, field: Field) -> None:
        hours_in_order(self, field)

    def hours(self) -> list[rules.Hours]:
        """Its days, one after the other."""
        return rules.consecutive(
            given(self.first_day.data), given(self.days.data), given(self.opens.data), given(self.closes.data)
        )


OWN = "own"


class Settings(FairForm):
    """Name, place, languages and look."""

    name = line(_("Name of the fair"), needed(_("Write the fair's name.")))
    tagline = line(_("One sentence about it"))
    venue = line(_("Venue"))
    address = line(_("Street address"))
    city = line(_("City"))
    languages = SelectMultipleField(
        _("Languages of the fair"),
        description=_("Languages that staff speak or that there are interpreters for."),
        choices=choices({tag: language.autonym for tag, language in LANGUAGES.items()}),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[needed(_("Choose at least one language."))],
    )
    hue = RadioField(_("Colour"), choices=choices({**names.ACCENTS, OWN: _("Our own")}))
    own_colour = line(
        _("Our own colour"),
        description=_(
            "Six digits, such as #7FB7C9. It is made lighter where dark words would not stand out on it."
        ),
    )
    logo = FileField(_("Logo"), description=_("PNG or JPEG, at most 2 MB."))
    without_logo = BooleanField(_("Take the logo away"))

    drawn: bytes | None = None

    def validate_own_colour(self, field: Field) -> None:
        if self.hue.data == OWN and not rules.is_colour(field.data or ""):
            raise ValidationError(gettext("Write six digits 0-9 or letters a-f, such as #7FB7C9."))

    def validate_logo(self, field: Field) -> None:
        if not field.data:
            return
        data = field.data.read(LARGEST_FILE + 1)
        self.drawn = redrawn(data) if len(data) <= LARGEST_FILE else None
        if self.drawn is None:
            raise ValidationError(gettext("That is not a PNG or JPEG of at most 2 MB. Choose another file."))

    @property
    def accent(self) -> str:
        """The chosen hue, light enough for dark words."""
        own = given(self.own_colour.data)
        return rules.accent_for(own if self.hue.data == OWN else rules.ACCENTS[self.hue.data])

    def facts(self) -> dict[str, Any]:
        """The columns of Fair that this form sets."""
        told = {name: self[name].data or "" for name in ("name", "tagline", "venue", "address", "city")}
        return {**told, "languages": self.languages.data, "accent": self.accent}


class Rules(FairForm):
    """Every rule a fair may set."""

    slot_minutes = whole("slot_minutes", _("Length of a meeting, in minutes"))
    gap_minutes = whole("gap_minutes", _("Least time between a jobseeker's meetings, in minutes"))
    walk_minutes = whole("walk_minutes", _("Walking time between two halls, in minutes"))
    booking_opens_days = whole("booking_opens_days", _("Booking opens so many days before"))
    booking_closes_minutes = whole(
        "booking_closes_minutes", _("Booking closes so many minutes before a meeting")
    )
    request_hours = whole("request_hours", _("A request expires after so many hours"))
    request_minutes_on_day = whole(
        "request_minutes_on_day", _("On the day of the fair, after so many minutes")
    )
    max_pending = whole("max_pending", _("Most unanswered requests of a jobseeker"))
    max_meetings = whole("max_meetings", _("Most meetings of a jobseeker"))
    start_window_minutes = whole(
        "start_window_minutes", _("A meeting starts within so many minutes of its time")
    )
    call_minutes = whole("call_minutes", _("Whoever is called from a queue comes within, in minutes"))
    max_queues = whole("max_queues", _("Most queues a jobseeker stands in at a time"))

    remind_day_hours = whole("remind_day_hours", _("First reminder so many hours before, 0 for none"))
    remind_hour_minutes = whole("remind_hour_minutes", _("Last reminder so many minutes before, 0 for none"))

    max_exhibitors = whole("max_exhibitors", _("Most exhibitors"))
    results_visible_from = moment(_("Exhibitors see the answer to their application from"))
    max_booths = whole("max_booths", _("Most booths of an exhibitor at a time"))
    hold_minutes = whole("hold_minutes", _("A booth is held while choosing, in minutes"))
    sector_rule = RadioField(_("Sectors on the floor"), choices=choices(names.SECTOR_RULES))
    max_of_sector = whole("max_of_sector", _("Most exhibitors of one sector"))

    door_capacity = whole("door_capacity", _("Most people in the hall at a time"))
    repeat_minutes = whole(
        "repeat_minutes", _("A second scan at a booth is the same visit within, in minutes")
    )
    answer_days = whole("answer_days", _("Exhibitors answer the people they met within, in days"))

    sms_daily_limit = whole("sms_daily_limit", _("Most SMS a day"))
    sms_countries = line(
        _("Countries that SMS are sent to"), description=_("Two letters each, such as SE, NO, FI.")
    )

    def validate_sms_countries(self, field: Field) -> None:
        unknown = set(self.countries()) - set(phonenumbers.SUPPORTED_REGIONS)
        if unknown:
            raise ValidationError(
                gettext(
                    "%(codes)s: not a country. Write two letters each, such as SE.",
                    codes=", ".join(sorted(unknown)),
                )
            )
        if not self.countries():
            raise ValidationError(gettext("Write at least one country, such as SE."))

    def countries(self) -> list[str]:
        return list(dict.fromkeys(re.findall(r"[^\s,;]+", (self.sms_countries.data or "").upper())))

    def facts(self, zone: str) -> dict[str, Any]:
        """The columns of Fair that this form sets."""
        numbers = {name: self[name].data for name in rules.LIMITS if name in self}
        seen_from = self.results_visible_from.data
        return {
            **numbers,
            "sector_rule": self.sector_rule.data,
            "sms_countries": self.countries(),
            "results_visible_from": seen_from.replace(tzinfo=ZoneInfo(zone)) if seen_from else None,
        }


class Day(FairForm):
    date = day(_("Day"))
    opens = time_of_day(_("Opens"))
    closes = time_of_day(_("Closes"))

    def __init__(self, others: Container[dt.date] = (), **facts: Any) -> None:
        self._others = others
        super().__init__(**facts)

    def validate_date(self, field: Field) -> None:
        if field.data in self._others:
            raise ValidationError(gettext("The fair has that day already."))

    def validate_closes(self, field: Field) -> None:
        hours_in_order(self, field)

    def hours(self) -> rules.Hours:
        return rules.Hours(given(self.date.data), given(self.opens.data), given(self.closes.data))


class Zone(FairForm):
    zone = line(_("Time zone"), a_zone)


class Named(FairForm):
    """Something that the fair has at most once by this name."""

    def __init__(self, others: Container[str] = (), **facts: Any) -> None:
        self._others = others  # folded names
        super().__init__(**facts)

    def validate_name(self, field: Field) -> None:
        if fold(field.data or "") in self._others:
            raise ValidationError(gettext("The fair has one of that name. Choose another name."))


SIDE = rules.Limits(12, 1, 200)  # of a hall, in squares


class Hall(Named):
    name = line(_("Name"), needed(_("Write the hall's name, such as Hall A.")))
    position = IntegerField(
        _("Order"),
        [Within(rules.Limits(0, 0, 1000))],
        default=0,
        description=_("The hall with the lowest number comes first."),
    )
    rows = IntegerField(_("Rows"), [Within(SIDE)], default=12)
    columns = IntegerField(_("Columns"), [Within(SIDE)], default=20)
    cell_metres = FloatField(
        _("Width of a square, in metres"), [Readable(_("Write a number, such as 1.5."))], default=1.0
    )
    entrance_row = IntegerField(_("Entrance: row"), description=_("Counted from the top. Empty: not shown."))
    entrance_column = IntegerField(_("Entrance: column"), description=_("Counted from the start of the row."))

    def validate_cell_metres(self, field: Field) -> None:
        if not 0.1 <= field.data <= 20:
            raise ValidationError(gettext("A square is 0.1 to 20 metres wide."))

    def validate_entrance_row(self, field: Field) -> None:
        self._on_the_grid(field, self.rows)

    def validate_entrance_column(self, field: Field) -> None:
        self._on_the_grid(field, self.columns)
        if not self.entrance_row.errors and bool(field.data) != bool(self.entrance_row.data):
            raise ValidationError(gettext("Write both the row and the column of the entrance, or neither."))

    def _on_the_grid(self, field: Field, side: Field) -> None:
        """How long a side is counts only where it could be read and is allowed."""
        most = SIDE.most if side.errors else side.data
        field.errors = []
        if _typed(field) and (field.data is None or not 1 <= field.data <= most):
            raise StopValidation(gettext("The entrance stands on the grid: 1 to %(most)s.", most=most))

    def facts(self) -> dict[str, Any]:
        """The columns of Hall; people count rows from one, the grid from nought."""
        plain = {name: self[name].data for name in ("name", "position", "rows", "columns", "cell_metres")}
        row, column = self.entrance_row.data, self.entrance_column.data
        return {
            **plain,
            "entrance_row": row - 1 if row else None,
            "entrance_column": column - 1 if column else None,
        }

    def holds(self, row: int, column: int) -> bool:
        """Whether the grid reaches so far."""
        return row <= given(self.rows.data) and column <= given(self.columns.data)


def hall_typed(hall: models.Hall) -> dict[str, Any]:
    """A hall as the fields above show it."""
    plain = {name: getattr(hall, name) for name in ("name", "position", "rows", "columns", "cell_metres")}
    row, column = hall.entrance_row, hall.entrance_column
    return {
        **plain,
        "entrance_row": None if row is None else row + 1,
        "entrance_column": None if column is None else column + 1,
    }


class PhaseDates(Form):
    opens = moment(_("Opens"))
    closes = moment(_("Closes"))

    def validate_closes(self, field: Field) -> None:
        if self.opens.errors:
            return
        if bool(self.opens.data) != bool(field.data):
            raise ValidationError(gettext("Write both when it opens and when it closes, or neither."))
        if self.opens.data and field.data <= self.opens.data:
            raise ValidationError(gettext("Closing is after opening."))

    def window(self, kind: str, zone: str) -> rules.Window | None:
        if not self.opens.data or not self.closes.data:
            return None
        there = ZoneInfo(zone)
        return rules.Window(
            kind, self.opens.data.replace(tzinfo=there), self.closes.data.replace(tzinfo=there)
        )


class Phases(FairForm):
    """When each form is open. The fair itself is open on its days."""

    exhibitors = FormField(PhaseDates, names.PHASES["exhibitors"])
    booths = FormField(PhaseDates, names.PHASES["booths"])
    jobseekers = FormField(PhaseDates, names.PHASES["jobseekers"])
    wishes = FormField(PhaseDates, names.PHASES["wishes"])
    booking = FormField(PhaseDates, names.PHASES["booking"])
    followup = FormField(PhaseDates, names.PHASES["followup"])
    seen = HiddenField()  # which open forms the page said would close

    def windows(self, zone: str) -> dict[str, rules.Window | None]:
        return {kind: self[kind].form.window(kind, zone) for kind in names.PHASE_HINTS}


class Partner(Named):
    name = line(_("Name"), needed(_("Write the partner's name.")))
    kind = SelectField(_("Kind"), choices=choices(names.PARTNER_KINDS))
    website = URLField(_("Website"), [Optional(), Length(max=300)], filters=[_stripped])
    shown = BooleanField(_("Shown on the fair's page"), default=True)

    def validate_website(self, field: Field) -> None:
        if not re.fullmatch(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", field.data):
            raise ValidationError(gettext("Write the whole address, such as https://example.org."))

    def facts(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "kind": self.kind.data,
            "website": self.website.data or "",
            "shown": self.shown.data,
        }


def an_email(_form: Form, field: Field) -> None:
    address = read_address(field.data or "")
    if address is None or address.kind != "email":
        raise ValidationError(gettext("Write an e-mail address, such as name@example.org."))


def an_email_or_phone(_form: Form, field: Field) -> None:
    address = read_address(field.data or "")
    if address is None:
        raise ValidationError(gettext("Write an e-mail address, or a phone number such as 070 174 06 05."))
    if kind_of(address.address) == "phone" and not takes_texts(address.address):
        raise ValidationError(
            gettext("That phone takes no text messages. Write a mobile number or an e-mail address.")
        )


class Part(FairForm):
    """An organiser's role, and the partner they come from."""

    role = RadioField(_("Role"), choices=choices(names.ROLES), default=rules.CO_ORGANISER)
    partner = SelectField(_("Comes from"))


class NewOrganiser(Part):
    numbers = ("address",)

    name = line(_("Name"), needed(_("Write their name.")))
    address = line(_("E-mail"), an_email)


class Task(FairForm):
    """What a member of staff does."""

    task = line(_("Task"), description=_("Such as: main door."))
    supervisor = BooleanField(_("Supervisor: may look people up by name"))


class NewStaff(Task):
    numbers = ("address",)

    name = line(_("Name"), needed(_("Write their name.")))
    address = line(_("E-mail or phone"), an_email_or_phone)


class PrivacyWords(FairForm):
    """Who asks for people's data, and for how long."""

    controller = TextAreaField(
        _("Who is responsible"),
        [needed(_("Write who is responsible for people's data.")), Length(max=2000)],
        description=_("The organisation, with its address and organisation number."),
        filters=[_stripped],
    )
    contact = TextAreaField(
        _("Whom to ask"),
        [needed(_("Write whom people can ask.")), Length(max=2000)],
        description=_("E-mail and phone, and the data protection officer if there is one."),
        filters=[_stripped],
    )
    keep_days = whole("keep_days", _("Data about people is erased so many days after the fair"))

    numbers = ("controller", "contact")


class JournalFilter(Form):
    """Which lines of the journal to show; it comes with the address of the page."""

    thing = SelectField(_("What"))
    who = SelectField(_("Who"))


labels_of("fair", Settings, Rules, PrivacyWords)
labels_of("fair_day", Day)
labels_of("hall", Hall)
labels_of("phase", PhaseDates)
labels_of("partner", Partner)
labels_of("organiser", Part)
labels_of("staff", Task)


def moment_typed(at: dt.datetime | None, zone: str) -> dt.datetime | None:
    """A moment as the fields above show it: on the fair's clock, without a zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0) if at else None


def rules_typed(fair: models.Fair) -> dict[str, object]:
    """A fair's rules as their fields show them."""
    return {
        **{name: getattr(fair, name) for name in rules.LIMITS},
        "sector_rule": fair.sector_rule,
        "sms_countries": ", ".join(fair.sms_countries),
        "results_visible_from": moment_typed(fair.results_visible_from, fair.zone),
    }
