"""The blueprint of this feature, and how each of its pages ends."""

from typing import Any

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from bazaar.fairs.rules import CO_ORGANISER, OWNER
from bazaar.fields import FairForm

blueprint = Blueprint("fairs", __name__)


@blueprint.app_context_processor
def _may() -> dict[str, bool]:
    """On pages that began with `asking.organised`: whether to offer buttons."""
    role = g.get("role")
    return {"may_change": role in (OWNER, CO_ORGANISER), "owns": role == OWNER}


def page(template: str, form: FairForm | None = None, **facts: Any) -> ResponseReturnValue:
    """The page; with mistakes in its form 422, and everything typed still there."""
    status = 422 if form is not None and form.errors else 200
    return render_template(template, form=form, **facts), status
