"""Pages."""

from flask import Blueprint

blueprint = Blueprint("booths", __name__)
