"""How every page of an organiser begins and ends."""

from typing import Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from bazaar.fairs.models import Fair
from bazaar.fairs.queries import organised_fair, owned_fair, role_at
from bazaar.fairs.rules import CO_ORGANISER, OWNER
from bazaar.fields import FairForm
from bazaar.people.asking import signed_in

blueprint = Blueprint("fairs", __name__)


def organised(slug: str, *, owned: bool = False) -> Fair:
    """The fair of this page. All its organisers may look; a viewer sends nothing, and what is
    `owned` only an owner sends."""
    sends = request.method == "POST"
    person = signed_in()
    fair = owned_fair(person, slug) if owned and sends else organised_fair(person, slug, to_change=sends)
    g.fair, g.role = fair, role_at(person, fair.id)
    return fair


@blueprint.context_processor
def _may() -> dict[str, bool]:
    role = g.get("role")
    return {"may_change": role in (OWNER, CO_ORGANISER), "owns": role == OWNER}


def page(template: str, form: FairForm | None = None, **facts: Any) -> ResponseReturnValue:
    """The page; with mistakes in its form 422, and everything typed still there."""
    status = 422 if form is not None and form.errors else 200
    return render_template(template, form=form, **facts), status
