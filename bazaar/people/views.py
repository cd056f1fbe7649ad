"""Signing in and out."""

from flask import Blueprint

from bazaar.people import asking

blueprint = Blueprint("people", __name__)
blueprint.before_app_request(asking.find_out)


@blueprint.get("/sign-in")
def sign_in() -> str:
    return "sign in"
