"""What was written to people, and who did what when."""

import uuid
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.errors import Forbidden
from bazaar.fairs import forms, names
from bazaar.fairs.asking import organised
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import aliases_at, names_of
from bazaar.fairs.rules import OWNER
from bazaar.fairs.views.desk import blueprint, page
from bazaar.journal.details import details
from bazaar.journal.queries import actors_in, entries_of, things_in
from bazaar.journal.words import thing_words, verb_words
from bazaar.messages.actions import stop, try_again
from bazaar.messages.queries import letter_of, letters_of
from bazaar.messages.rules import may_stop, may_try_again

_WORDS: dict[str, Any] = {"statuses": names.LETTER_STATUSES, "purpose": names.letter_words}


def _key(name: str) -> uuid.UUID | None:
    """A key from the page's address; what is none is as good as nothing."""
    try:
        return uuid.UUID(request.args[name])
    except (KeyError, ValueError):
        return None


def _hidden(fair: Fair) -> dict[uuid.UUID, str]:
    """Whose address and letters only owners see, for they hold the name behind the alias."""
    return {} if g.role == OWNER else aliases_at(fair.id)


@blueprint.get("/organise/<slug>/letters")
def letters(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    stuck = request.args.get("show") == "stuck"
    shown = letters_of(fair.id, stuck=stuck, before=_key("before"), after=_key("after"))
    return page("fairs/letters.html", fair=fair, shown=shown, stuck=stuck, hidden=_hidden(fair), **_WORDS)


@blueprint.get("/organise/<slug>/letters/<uuid:letter_id>")
def letter(slug: str, letter_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    this = letter_of(fair.id, letter_id)
    hidden = _hidden(fair)
    again = may_try_again(this.status, this.secret)
    stops = may_stop(this.status, this.secret) and this.person_id not in hidden
    return page(
        "fairs/letter.html", fair=fair, letter=this, again=again, stops=stops, hidden=hidden, **_WORDS
    )


@blueprint.post("/organise/<slug>/letters/<uuid:letter_id>/again")
def send_letter_again(slug: str, letter_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    try_again(letter_of(fair.id, letter_id), g.person.id)
    db.session.commit()
    web.say(_("The letter waits to be sent again."))
    return web.go("fairs.letter", slug=slug, letter_id=letter_id)


@blueprint.post("/organise/<slug>/letters/<uuid:letter_id>/stop")
def stop_letter(slug: str, letter_id: uuid.UUID) -> ResponseReturnValue:
    fair = organised(slug)
    this = letter_of(fair.id, letter_id)
    if this.person_id in _hidden(fair):
        raise Forbidden
    stop(this, g.person.id)
    db.session.commit()
    web.say(_("The letter is stopped."))
    return web.go("fairs.letter", slug=slug, letter_id=letter_id)


@blueprint.get("/organise/<slug>/journal")
def journal(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    people = names_of(actors_in(fair.id))
    people |= {key: alias for key, alias in aliases_at(fair.id).items() if key in people}
    form = forms.JournalFilter(request.args)
    things = sorted((str(thing_words(thing)), thing) for thing in things_in(fair.id))
    form.thing.choices = [("", _("Everything")), *((thing, words) for words, thing in things)]
    form.who.choices = [("", _("Everybody"))] + [(str(key), name) for key, name in people.items()]
    shown = entries_of(
        fair.id,
        before=_key("before"),
        after=_key("after"),
        thing=form.thing.data or None,
        actor=_key("who"),
    )
    return page(
        "fairs/journal.html", fair=fair, filter=form, shown=shown, people=people, thing_words=thing_words,
        verb_words=verb_words, details=details,
    )  # fmt: skip
