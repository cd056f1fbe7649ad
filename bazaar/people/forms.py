"""What people type to sign in, and about themselves."""

from flask_babel import gettext
from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from bazaar.fields import FairForm
from bazaar.fields import lazy as _
from bazaar.people.rules import Address, digits_of, read_address, takes_texts


class AddressForm(FairForm):
    """A phone number or an e-mail address. After validation `read` holds it as it is stored."""

    numbers = ("address",)
    address = StringField(_("Phone number or e-mail"))
    read: Address

    def validate_address(self, field: Field) -> None:
        typed = (field.data or "").strip()
        if not typed:
            raise ValidationError(gettext("Write your phone number or your e-mail address."))
        read = read_address(typed)
        if read is None and "@" in typed:
            raise ValidationError(
                gettext("This e-mail address is not complete. It looks like name@example.org.")
            )
        if read is None:
            raise ValidationError(
                gettext("This is not a phone number or an e-mail address. Look at it once more.")
            )
        if read.kind == "phone" and not takes_texts(read.address):
            raise ValidationError(
                gettext("Text messages do not reach this number. Use a mobile number or an e-mail.")
            )
        self.read = read


class SignInForm(AddressForm):
    next = HiddenField()


class CodeForm(FairForm):
    numbers = ("code",)
    code = StringField(_("Code"))

    def validate_code(self, field: Field) -> None:
        if len(digits_of(field.data or "")) != 6:
            raise ValidationError(gettext("Write the six digits from the message."))


class WhoForm(FairForm):
    who = RadioField(_("Who are you?"), validate_choice=False)

    def validate_who(self, field: RadioField) -> None:
        if field.data not in [choice[0] for choice in field.choices or ()]:
            raise ValidationError(gettext("Choose your name."))


class SettingsForm(FairForm):
    name = StringField(_("Name"))
    language = SelectField(_("Language"))

    def validate_name(self, field: Field) -> None:
        field.data = " ".join((field.data or "").split())
        if not field.data:
            raise ValidationError(gettext("Write your name."))
        if len(field.data) > 120:
            raise ValidationError(gettext("Names may be 120 characters long."))
