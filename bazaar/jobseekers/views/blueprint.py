"""The pages of jobseekers."""

from flask import Blueprint

blueprint = Blueprint("jobseekers", __name__)
