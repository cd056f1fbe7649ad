"""Pages."""

from flask import Blueprint

blueprint = Blueprint("employers", __name__)
