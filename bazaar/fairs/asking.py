"""How an organiser's page begins: which fair, and what this person may do with it."""

from flask import g, request

from bazaar.errors import Forbidden
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organised_fair, role_at
from bazaar.fairs.rules import OWNER
from bazaar.people.asking import signed_in


def organised(slug: str) -> Fair:
    """The fair of this page: all its organisers may look, a viewer sends nothing."""
    person = signed_in()
    fair = organised_fair(person, slug, to_change=_sends())
    g.fair, g.role = fair, role_at(person, fair.id)
    return fair


def only_owners_send() -> None:
    """After everything is loaded, so that what is not there stays a 404."""
    if _sends() and g.role != OWNER:
        raise Forbidden


def _sends() -> bool:
    return request.method == "POST"
