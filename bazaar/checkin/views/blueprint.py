"""The blueprint that the pages around scanning share."""

from flask import Blueprint

blueprint = Blueprint("checkin", __name__)
