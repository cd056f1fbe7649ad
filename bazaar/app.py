"""create_app: settings, database, pages."""

import gc
import logging

from flask import Flask, Response
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from bazaar import i18n, tables, web
from bazaar.badges.views import blueprint as badges
from bazaar.booths.views import blueprint as booths
from bazaar.checkin.views import blueprint as checkin
from bazaar.checkin.views import device_blueprint as device
from bazaar.config import Settings
from bazaar.db import db, open_sqlite_well
from bazaar.desk.views import blueprint as desk
from bazaar.employers.views import blueprint as employers
from bazaar.fairs.views import blueprint as fairs
from bazaar.followups.views import blueprint as followups
from bazaar.home.views import blueprint as home
from bazaar.jobseekers.views import blueprint as jobseekers
from bazaar.meetings.views import blueprint as meetings
from bazaar.people.views import blueprint as people
from bazaar.privacy.views import blueprint as privacy
from bazaar.programme.views import blueprint as programme
from bazaar.queue.views import blueprint as queue
from bazaar.reminders.views import blueprint as reminders
from bazaar.sharing.views import blueprint as sharing

TABLES = tables.ALL
BLUEPRINTS = (
    people, fairs, employers, booths, jobseekers, programme, sharing, meetings, queue, reminders, badges, checkin, device,
    followups, desk, privacy, home,
)  # fmt: skip


def create_app(settings: Settings) -> Flask:
    """The whole application on one database. Raises Refused where a setting is wrong."""
    app = Flask(__name__, template_folder=str(web.template_folder()), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        SESSION_COOKIE_NAME="bazaar_page",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.trusted_proxies:
        trusted = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    db.init_app(app)
    with app.app_context():
        if settings.on_sqlite:
            open_sqlite_well(db.engine)
    i18n.set_up(app)
    web.set_up(app)  # before whatever reads a form, as it bounds them
    csrf = CSRFProtect(app)
    csrf.exempt(device)  # a device proves itself with its token, never with a cookie
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "healthz", _healthz)
    logging.getLogger("bazaar").setLevel(logging.INFO)
    gc.freeze()
    return app


def _engine_options(settings: Settings) -> dict[str, object]:
    """A statement that fails stands in the log, but never whom it was about."""
    if settings.on_sqlite:
        return {"connect_args": {"check_same_thread": False}, "pool_size": 20, "hide_parameters": True}
    return {"pool_size": 10, "max_overflow": 10, "pool_pre_ping": True, "hide_parameters": True}


def _healthz() -> Response:
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
