"""Pages."""

from flask import Blueprint

blueprint = Blueprint("followups", __name__)
