"""The blueprint that both sides' pages share."""

from flask import Blueprint

blueprint = Blueprint("programme", __name__)
