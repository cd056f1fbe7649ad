"""Pages."""

from flask import Blueprint

blueprint = Blueprint("sharing", __name__)
