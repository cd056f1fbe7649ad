"""Pages and the scanning protocol."""

from flask import Blueprint

blueprint = Blueprint("checkin", __name__)
device_blueprint = Blueprint("device", __name__)
