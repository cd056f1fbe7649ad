"""What organisations, exhibitors, vacancies and decisions are typed into."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from bazaar.employers import names, queries, rules
from bazaar.employers.models import Vacancy
from bazaar.fairs.models import FairDay
from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.i18n import LANGUAGES, day_words, language_name
from bazaar.journal.details import labels_of
from bazaar.people.rules import read_address

CHOOSE = ("", _("Choose"))
YES, NO = "yes", "no"


def trimmed(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", "").split())


def lines(text: str | None) -> str:
    """Text of several lines, each trimmed, without empty ones at its ends."""
    return "\n".join(trimmed(line) for line in (text or "").splitlines()).strip()


def line(label: str, most: int = 300, **options: Any) -> StringField:
    too_long = Length(max=most, message=_("At most %(max)d characters."))
    return StringField(
        label, filters=[trimmed], validators=[*options.pop("validators", []), too_long], **options
    )


def area(label: str, most: int = 4000) -> TextAreaField:
    return TextAreaField(
        label, filters=[lines], validators=[Length(max=most, message=_("At most %(max)d characters."))]
    )


class WholeNumber(IntegerField):
    """Digits, with spaces between them if one likes: so it is a text field, which keeps what was typed."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = "".join((valuelist[0] if valuelist else "").split())
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError(gettext("Write a whole number with digits."))
        self.data = int(typed)


def whole(label: str, least: int, most: int, *, required: bool = False) -> WholeNumber:
    given = InputRequired(_("Write a number.")) if required else Optional()
    return WholeNumber(
        label, validators=[given, NumberRange(least, most, _("A number from %(min)s to %(max)s."))]
    )


def email_of(field: Field) -> str:
    """The field's e-mail address as it is stored; ValidationError where it is none."""
    read = read_address(field.data)
    if read is None or read.kind != "email":
        raise ValidationError(gettext("This e-mail address is not complete. It looks like name@example.org."))
    return read.address


# --- Organisations ----------------------------------------------------------------------------------


class FactsOfOrganisation(FairForm):
    numbers = ("number",)
    name = line(_("Name of the organisation"), validators=[DataRequired(_("Write the organisation’s name."))])
    number = line(_("Organisation number"), 40)
    sector = SelectField(_("Sector"))
    municipality = line(_("Municipality"))
    website = line(_("Website"))
    email = line(_("E-mail that visitors may write to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sector.choices = [CHOOSE, *names.SECTORS.items()]
        if self.sector.data and self.sector.data not in names.SECTORS:
            self.sector.choices.append((self.sector.data, self.sector.data))

    def validate_number(self, field: Field) -> None:
        if field.data and rules.organisation_number(field.data) is None:
            raise ValidationError(
                gettext("This is not an organisation number. It has ten digits, like 556016-0680.")
            )

    def validate_website(self, field: Field) -> None:
        if field.data and rules.web_address(field.data) is None:
            raise ValidationError(gettext("This is not a web address. It looks like www.example.se."))

    def validate_email(self, field: Field) -> None:
        if field.data:
            field.data = email_of(field)

    def organisation_facts(self) -> dict[str, Any]:
        """What the organisation's row holds of this form."""
        return {
            "name": self.name.data,
            "number": rules.organisation_number(self.number.data or ""),
            "sector": self.sector.data or "",
            "municipality": self.municipality.data,
            "website": rules.web_address(self.website.data) if self.website.data else "",
            "email": self.email.data,
        }


class OrganisationForm(FactsOfOrganisation):
    """The organisation's own page: its facts and how it is invoiced.

    A sole trader's number is never shown: an empty field leaves it as it is.
    """

    invoice_address = area(_("Invoice address"), 1000)
    invoice_reference = line(_("Reference on the invoice"))
    invoice_email = line(_("E-mail for invoices"))
    peppol_id = line(_("Peppol id"), 60)

    def validate_invoice_email(self, field: Field) -> None:
        if field.data:
            field.data = email_of(field)

    def validate_peppol_id(self, field: Field) -> None:
        if field.data and not rules.is_peppol_id(field.data):
            raise ValidationError(gettext("A Peppol id looks like 0007:5560160680."))

    def facts(self) -> dict[str, Any]:
        return {
            **self.organisation_facts(),
            "invoice_address": self.invoice_address.data,
            "invoice_reference": self.invoice_reference.data,
            "invoice_email": self.invoice_email.data,
            "peppol_id": self.peppol_id.data,
        }


class InviteForm(FairForm):
    email = line(_("E-mail address"), validators=[DataRequired(_("Write an e-mail address."))])
    role = RadioField(_("Role"), default=rules.RECRUITER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [(key, f"{names.ROLES[key]}: {names.ROLE_HINTS[key]}") for key in rules.ROLES]

    def validate_email(self, field: Field) -> None:
        field.data = email_of(field)


class EmailForm(FairForm):
    email = line(_("Your e-mail address"), validators=[DataRequired(_("Write your e-mail address."))])

    def validate_email(self, field: Field) -> None:
        field.data = email_of(field)


class NameForm(FairForm):
    name = line(_("Your name"), 120, validators=[DataRequired(_("Write your name."))])


# --- Places -----------------------------------------------------------------------------------------


class FactsOfPlace(FairForm):
    """Wishes for a place: which days, what the booth needs, how it meets people."""

    kind = SelectField(_("What kind of organisation?"), default="employer")
    days = SelectMultipleField(
        _("Which days do you come?"), validators=[DataRequired(_("Choose at least one day."))]
    )
    presentation = area(_("What visitors read about you"), 2000)
    part_of_day = RadioField(_("Which part of the day?"), default="whole")
    booths = whole(_("How many booths?"), 1, 20)
    sockets = whole(_("Sockets"), 0, 20)
    strong_power = BooleanField(_("We need 400 V"))
    least_width = whole(_("Width of the booth, in squares of the plan"), 1, 20)
    step_free = BooleanField(_("We need a booth without steps"))
    booth_kind = SelectField(_("Kind of booth"), default="")
    price_class = SelectField(_("Price class"), default="", validate_choice=False)
    wishes = area(_("Other wishes for the booth"), 1000)
    open_slots = BooleanField(_("Open times: jobseekers book them directly"))
    by_request = BooleanField(_("By request: jobseekers ask, you say yes, then the time is set"))
    walk_up = BooleanField(_("Queue: jobseekers come to your booth, you call the next one"), default=True)
    tables = whole(_("How many can you meet at the same time?"), 1, 50)
    interviews_today = BooleanField(_("We interview at the fair"))
    sure = HiddenField()

    def with_days(self, days: Sequence[FairDay]) -> Any:
        self.kind.choices = list(names.KINDS.items())
        self.part_of_day.choices = list(names.PARTS_OF_DAY.items())
        self.booth_kind.choices = [("", _("Any")), *names.BOOTH_KINDS.items()]
        self.price_class.choices = [("", _("Any")), *((one, one) for one in self._classes(days))]
        self.days.choices = [(str(day.id), day_words(day.date)) for day in days]
        if not self.is_submitted() and not self.days.data:
            self.days.data = [str(day.id) for day in days]
        return self

    def _classes(self, days: Sequence[FairDay]) -> list[str]:
        """Those of the floor; one that was wished for before stays."""
        there = queries.price_classes(days[0].fair_id) if days else []
        wished = self.price_class.object_data
        return [wished, *there] if wished and wished not in there else there

    def validate_price_class(self, field: Any) -> None:
        known = [key for key, _words in field.choices]
        if (field.data or "") not in known:
            raise ValidationError(
                gettext("The floor has no price class of that name. Choose another, or any.")
            )

    def chosen(self, days: Iterable[FairDay]) -> list[FairDay]:
        return [day for day in days if str(day.id) in (self.days.data or [])]

    def place_facts(self) -> dict[str, Any]:
        return {
            "kind": self.kind.data,
            "presentation": self.presentation.data,
            "sockets": self.sockets.data or 0,
            "part_of_day": self.part_of_day.data,
            "booths": self.booths.data or 1,
            "strong_power": self.strong_power.data,
            "booth_kind": self.booth_kind.data,
            "price_class": self.price_class.data or "",
            "least_width": self.least_width.data or 1,
            "step_free": self.step_free.data,
            "wishes": self.wishes.data,
            "open_slots": self.open_slots.data,
            "by_request": self.by_request.data,
            "walk_up": self.walk_up.data,
            "tables": self.tables.data or 1,
            "interviews_today": self.interviews_today.data,
        }


class PlaceForm(FactsOfPlace):
    pass


class ApplyForm(FactsOfOrganisation, FactsOfPlace):
    """A new organisation asks for its first place: both in one page."""


class AddForm(FactsOfOrganisation, FactsOfPlace):
    """An organiser adds an exhibitor, and may invite its first representative."""

    first_email = line(_("E-mail of its first representative"))

    def validate_first_email(self, field: Field) -> None:
        if field.data:
            field.data = email_of(field)


class ReasonForm(FairForm):
    reason = area(_("Reason, as the exhibitor reads it"), 1000)


class DecideForm(ReasonForm):
    decision = HiddenField()
    sure = HiddenField()


# --- Vacancies --------------------------------------------------------------------------------------

FIELD_OF = {"occupation": "group_code", "pay": "pay_from"}  # a fact's field, where it is called otherwise


class VacancyForm(FairForm):
    title = line(_("Title"), validators=[DataRequired(_("Write a title, for example Care assistant."))])
    description = area(_("What the work is like"), 20_000)
    openings = whole(_("How many do you hire?"), 1, 10_000)
    group_code = SelectField(_("Occupation"))
    pay_from = whole(_("Pay from, kronor"), 1, 500_000)
    pay_to = whole(_("Pay to, kronor"), 1, 500_000)
    pay_period = RadioField(_("Paid"), validators=[Optional()])
    hours = RadioField(_("Working hours"), validators=[Optional()])
    hours_words = line(_("When, in your words"))
    place = line(_("Where is the work?"))
    swedish = RadioField(_("Least Swedish"), validators=[Optional()])
    other_languages = SelectMultipleField(_("Other languages that work"))
    recognition = RadioField(_("Does a foreign degree have to be recognised?"), validators=[Optional()])
    licence = SelectField(_("Licence"))
    interviews_today = RadioField(_("Do you interview at the fair?"), validators=[Optional()])
    decides_today = RadioField(_("Can you decide at the fair?"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes_or_no = [(YES, gettext("Yes")), (NO, gettext("No"))]
        self.pay_period.choices = list(names.PAY_PERIODS.items())
        self.hours.choices = list(names.HOURS.items())
        self.swedish.choices = [
            (key, f"{names.SWEDISH[key]}. {names.LEAST_SWEDISH[key]}") for key in rules.SWEDISH
        ]
        self.other_languages.choices = [
            (tag, language_name(tag)) for tag in LANGUAGES if not tag.startswith("sv")
        ]
        self.recognition.choices = list(names.RECOGNITION.items())
        self.licence.choices = [CHOOSE, *names.LICENCES.items()]
        self.interviews_today.choices = self.decides_today.choices = yes_or_no

    def with_occupations(self, choices: Mapping[str, list[tuple[str, str]]]) -> "VacancyForm":
        """Groups by the name of their field."""
        self.group_code.choices = {"": [CHOOSE], **choices}
        return self

    def fill(self, vacancy: Vacancy) -> "VacancyForm":
        """What the row says, in the fields that do not say it alike."""
        for key in ("interviews_today", "decides_today"):
            said = getattr(vacancy, key)
            self[key].data = None if said is None else (YES if said else NO)
        return self

    def validate_pay_to(self, field: Field) -> None:
        pay_from = None if self.pay_from.errors else self.pay_from.data
        problem = rules.pay_problem(pay_from, field.data, self.pay_period.data)
        if problem == "order":
            raise ValidationError(gettext("This is less than the lowest pay."))
        if problem == "size":
            raise ValidationError(gettext("Is this the pay for that period? Look at it once more."))

    def facts(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "description": self.description.data,
            "openings": self.openings.data,
            "group_code": self.group_code.data or None,
            "pay_from": self.pay_from.data,
            "pay_to": self.pay_to.data,
            "pay_period": self.pay_period.data or None,
            "hours": self.hours.data or None,
            "hours_words": self.hours_words.data,
            "place": self.place.data or None,
            "swedish": self.swedish.data or None,
            "other_languages": list(self.other_languages.data or []),
            "recognition": self.recognition.data or None,
            "licence": self.licence.data or None,
            "interviews_today": _said(self.interviews_today.data),
            "decides_today": _said(self.decides_today.data),
        }

    def name_missing(self, missing: Iterable[str]) -> None:
        """Write beside each field that it has to be said before the vacancy is published."""
        for fact in missing:
            field = self[FIELD_OF.get(fact, fact)]
            if fact == "pay" and self.pay_from.data is not None:
                field = self.pay_period
            field.errors = [gettext("Say this before you publish: %(fact)s.", fact=names.FACTS[fact])]


def _said(answer: str | None) -> bool | None:
    return None if answer not in (YES, NO) else answer == YES


# --- Files ------------------------------------------------------------------------------------------


class UploadForm(FairForm):
    file = FileField(_("File"))

    def validate_file(self, field: Field) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(gettext("Choose a file."))


class ConfirmForm(FairForm):
    """The file was looked through: take it in, all of it or the good rows."""

    token = HiddenField()
    keep_good = HiddenField()


labels_of("exhibitor", FactsOfPlace)
labels_of("vacancy", VacancyForm)
