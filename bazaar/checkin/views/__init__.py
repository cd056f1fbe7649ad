"""The scanning protocol for devices, and the pages around it."""

from bazaar.checkin.views import desk, exhibitor, organiser, scanner
from bazaar.checkin.views.blueprint import blueprint
from bazaar.checkin.views.device import blueprint as device_blueprint

__all__ = ["blueprint", "desk", "device_blueprint", "exhibitor", "organiser", "scanner"]
