"""The letters of signing in: the code with its link, and what changed about a person's addresses."""

from flask_babel import gettext as _

from bazaar import i18n, web
from bazaar.messages.actions import put_in_outbox
from bazaar.people.models import Code, Contact, Person
from bazaar.people.rules import address_words, kind_of


def channel_of(address: str) -> str:
    """email, or sms for a phone."""
    return "email" if kind_of(address) == "email" else "sms"


def code_letter(code: Code, digits: str, token: str, language: str) -> None:
    """The code and the link that does the same."""
    with i18n.words_for(language):
        link = web.address("people.link", token=token)
        if channel_of(code.address) == "sms":
            words = _("%(code)s is your code for Bazaar. Or open %(link)s", code=digits, link=link)
        else:
            words = _(
                "Your code is %(code)s.\n\nType it on the page where you asked for it, or open this link:\n"
                "%(link)s\n\nThe code and the link work once, for 10 minutes. If you did not ask for them,"
                " do nothing: nobody gets in without them.",
                code=digits,
                link=link,
            )
        _send(code, words, _("Your code for Bazaar"), language)


def address_code_letter(code: Code, digits: str, language: str) -> None:
    """A code alone: it proves an address to somebody who is signed in already."""
    with i18n.words_for(language):
        words = _("%(code)s is the code that adds this address to your page in Bazaar.", code=digits)
        if channel_of(code.address) == "email":
            words += "\n\n" + _("It works once, for 10 minutes. If you did not ask for it, do nothing.")
        _send(code, words, _("Your code for Bazaar"), language)


def nobody_here(code: Code, language: str) -> None:
    """To an address that nobody has: kind words instead of a code, so that the page need not tell."""
    with i18n.words_for(language):
        words = _(
            "Somebody, perhaps you, wants to sign in to Bazaar with this address, but nobody is registered"
            " with it.\n\nDid you give another address, or your phone number? Then try that one:\n%(link)s\n\n"
            "If you are new, register on the page of the fair you want to visit.",
            link=web.address("people.sign_in"),
        )
        _send(code, words, _("You are not registered with this address"), language)


def address_added(person: Person, contact: Contact, added: str) -> None:
    """To a person's other address: a new one was added."""
    with i18n.words_for(person.language):
        _tell(
            person,
            contact.address,
            _("A new address was added"),
            _(
                "You can now sign in to Bazaar with %(address)s too. If that was not you, sign in and take it"
                " away:\n%(link)s",
                address=address_words(added),
                link=web.address("people.settings"),
            ),
        )


def address_removed(person: Person, address: str) -> None:
    """To an address that was taken away."""
    with i18n.words_for(person.language):
        _tell(
            person,
            address,
            _("This address was removed"),
            _("This address no longer belongs to a person in Bazaar. You get no more letters at it."),
        )


def _send(code: Code, words: str, subject: str, language: str) -> None:
    put_in_outbox(
        channel=channel_of(code.address), address=code.address, language=language, purpose="code", subject=subject,
        words=words, person_id=code.person_id, secret=True, expires_at=code.expires_at,
    )  # fmt: skip


def _tell(person: Person, address: str, subject: str, words: str) -> None:
    put_in_outbox(
        channel=channel_of(address), address=address, language=person.language, purpose="address",
        subject=subject, words=words, person_id=person.id,
    )  # fmt: skip
