"""How every page of an organiser begins and ends."""

from typing import Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from bazaar.errors import Forbidden
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organised_fair, role_at
from bazaar.fairs.rules import CO_ORGANISER, OWNER
from bazaar.fields import FairForm
from bazaar.people.asking import signed_in

blueprint = Blueprint("fairs", __name__)


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


@blueprint.context_processor
def _may() -> dict[str, bool]:
    role = g.get("role")
    return {"may_change": role in (OWNER, CO_ORGANISER), "owns": role == OWNER}


def page(template: str, form: FairForm | None = None, **facts: Any) -> ResponseReturnValue:
    """The page; with mistakes in its form 422, and everything typed still there."""
    status = 422 if form is not None and form.errors else 200
    return render_template(template, form=form, **facts), status
