"""Pages."""

from flask import Blueprint

blueprint = Blueprint("meetings", __name__)
