"""The blueprint that every page of this feature hangs on."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("employers", __name__)
Page = str | tuple[str, int] | Response
