"""The scanning protocol for devices, and the pages around it."""

from bazaar.checkin.views.device import blueprint as device_blueprint
from bazaar.checkin.views.organiser import blueprint

__all__ = ["blueprint", "device_blueprint"]
