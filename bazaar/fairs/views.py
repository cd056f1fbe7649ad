"""Pages."""

from flask import Blueprint

blueprint = Blueprint("fairs", __name__)
