"""What the forms of every feature share."""

from typing import Any, ClassVar, cast

from flask import has_request_context, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, StringField
from wtforms.validators import ValidationError

from bazaar.personal_number import holds_personal_number
from bazaar.words import seen


def lazy(words: str, **facts: Any) -> str:
    """Words for a form's class, put in the reader's language when the page is drawn: a str to whoever checks types.

    Import it as `_`, so that the words are found for translation.
    """
    return cast(str, lazy_gettext(words, **facts))


class NoPersonalNumber:
    """A validator for free text: a personal number is refused, kindly."""

    def __call__(self, _form: Form, field: Field) -> None:
        if isinstance(field.data, str) and holds_personal_number(field.data):
            raise ValidationError(_("That looks like a personal number. Take it out. We do not need it."))


class FairForm(FlaskForm):  # type: ignore[misc]  # flask_wtf brings no types
    """A form in which no text field takes a personal number.

    `numbers` names the fields that hold phone or organisation numbers: they are not looked at.
    """

    numbers: ClassVar[tuple[str, ...]] = ()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """A form is sent as a form, never as JSON; what is typed comes in without unseen characters."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            as_json = has_request_context() and request.is_json
            sent = None if as_json else super().wrap_formdata(form, formdata)
            if not sent:
                return sent
            pairs = [
                (name, seen(value) if isinstance(value, str) else value)
                for name, value in sent.items(multi=True)
            ]
            return MultiDict(pairs)

    def validate(self, extra_validators: dict[str, Any] | None = None) -> bool:
        extra = dict(extra_validators or {})
        for name, field in self._fields.items():
            if isinstance(field, StringField) and name not in self.numbers:
                extra[name] = [*extra.get(name, ()), NoPersonalNumber()]
        return bool(super().validate(extra))
