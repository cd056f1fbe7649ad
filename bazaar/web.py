"""What every page shares: refusals as pages, safe headers, static files, where a person may be sent next."""

import hashlib
import logging
import re
from collections.abc import Iterable
from pathlib import Path
from traceback import format_tb
from typing import Any
from urllib.parse import urlencode, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import send_from_directory as send
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from bazaar import clock, db, i18n
from bazaar.errors import Forbidden, NotFound, Refused

log = logging.getLogger(__name__)
SAFE = ("GET", "HEAD", "OPTIONS")
NEEDS_SIGN_IN = ("/organise", "/exhibit", "/me", "/desk")
blueprint = Blueprint("web", __name__)

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"
)


def wants_json() -> bool:
    return request.path.startswith("/device/")


def error_page(status: int, title: str, words: str, way_on: list[tuple[str, str]] | None = None) -> Response:
    """A page (or JSON to a device) that says what happened and where to go on."""
    if wants_json():
        response = Response(Markup('{"error": "%s"}') % re.sub(r'["\\\n]', " ", words), status)
        response.mimetype = "application/json"
        return response
    way_on = way_on or [(_("Start page"), "/")]
    html = render_template("error.html", title=title, words=words, way_on=way_on, status=status)
    return Response(html, status)


def _refused(error: Refused) -> Response:
    db.db.session.rollback()
    if error.retry_after is not None:
        response = error_page(429, _("Too many tries"), error.reason, error.way_on)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    back = request.referrer if request.referrer and is_ours(request.referrer) else None
    way_on = error.way_on or ([(_("Back"), back)] if back else None)
    return error_page(409, _("That did not work"), error.reason, way_on)


def _not_found(_error: Exception) -> Response:
    return error_page(404, _("The page is not here"), _("It may have moved, or it is not yours to see."))


def _forbidden(_error: Exception) -> Response:
    return error_page(403, _("You may see this, not change it"), _("Ask an owner of the fair for help."))


def _csrf(_error: CSRFError) -> Response:
    return error_page(
        400, _("The page was open too long"), _("Nothing was changed. Go back, load the page again and send it once more."),
        [(_("Open the page again"), request.full_path if request.method in SAFE else (request.referrer or "/"))],
    )  # fmt: skip


def _http_error(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400 or error.response is not None:
        return error.get_response()
    if error.code == 404:
        return _not_found(error)
    if error.code == 413:
        return error_page(413, _("Too large"), _("The file or text is too large to take in."))
    return error_page(error.code, error.name, _("Nothing was changed."))


def _broken(error: Exception) -> Response:
    db.db.session.rollback()
    if isinstance(error, DBAPIError):  # PostgreSQL adds the row to its words: whom it was about
        said = f"{type(error).__name__} {db.broken_rule(error)}\n{''.join(format_tb(error.__traceback__))}"
        log.error("%s %s failed: %s", request.method, request.url_rule, said)
    else:
        log.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    return error_page(500, _("Something broke on our side"), _("Nothing was lost. Try again in a moment."))


def is_ours(address: str) -> bool:
    """True for an address of this site: the only kind we redirect to."""
    if not address.isprintable():  # browsers drop tabs and line ends, and see another address
        return False
    if address.startswith("/"):
        return not address.startswith(("//", "/\\")) and "\\" not in address
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and parts.netloc == request.host


def go(endpoint: str, **values: Any) -> AnyResponse:
    """After a POST: 303 to a page."""
    return redirect(url_for(endpoint, **values), 303)


def address(endpoint: str, **values: Any) -> str:
    """A page's whole address, for letters and calendars: works outside a request too."""
    return str(current_app.config["SETTINGS"].base_url + path_to(endpoint, **values))


def path_to(endpoint: str, **values: Any) -> str:
    """A page's address on this site; works outside a request too."""
    return current_app.url_map.bind("").build(endpoint, values)


def say(words: str, kind: str = "ok") -> None:
    """Words for the top of the next page; kind: ok, warn, error."""
    flash(words, kind)


def say_with_undo(words: str, undo_url: str, **fields: str) -> None:
    """Words with an undo button: the button is a POST to `undo_url`."""
    html = render_template("_undo.html", words=words, undo_url=undo_url, fields=fields)
    flash(Markup(html), "undo")  # noqa: S704 - the template has escaped what is in it


def to_sign_in() -> AnyResponse:
    """303 to sign-in, and back here after it."""
    back = request.full_path.rstrip("?") if request.method in SAFE else request.path
    return redirect(url_for("people.sign_in") + "?" + urlencode({"next": back}), 303)


def stop_for_sign_in() -> None:
    abort(to_sign_in())


def _before() -> None:
    _refuse_long_form()
    _refuse_nul()
    begin()


def begin() -> None:
    """A page is only read; whatever else is sent looks first, and stands in the writers' line from its first change on."""
    if request.method in SAFE:
        db.begin_reading()
    else:
        db.begin_looking()


def _refuse_long_form() -> None:
    """What is typed, without files, is bounded before it is read: the library does so only for forms with files."""
    most = current_app.config["MAX_FORM_MEMORY_SIZE"]
    typed = request.mimetype == "application/x-www-form-urlencoded"
    if typed and (request.content_length or 0) > most:
        while request.stream.read(65536):  # a browser hears no answer before it has sent everything
            pass
        abort(413)


def _refuse_nul() -> None:
    """No text of anybody's holds a NUL, and PostgreSQL takes none."""
    if "\x00" in request.path:
        raise NotFound
    sent = (value for values in (request.args, request.form) for _key, value in values.items(multi=True))
    if any("\x00" in value for value in sent):
        abort(400)


def _safe_headers(response: AnyResponse) -> AnyResponse:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
    if request.endpoint not in ("web.static", "web.accent"):
        headers.setdefault("Cache-Control", "no-store")
    asked = request.args.get("lang")
    if asked in i18n.OFFERED:
        # As the session's own: a proxy that ends HTTPS may not say so.
        secure = current_app.config["SETTINGS"].is_https
        response.set_cookie(i18n.COOKIE, asked, max_age=31536000, samesite="Lax", secure=secure)
    return response


# --- Static files and accents -------------------------------------------------------------------


def _static_folder() -> Path:
    packaged = Path(__file__).parent / "static"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "static"


def template_folder() -> Path:
    packaged = Path(__file__).parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"


STATIC = _static_folder()


def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and path.suffix != ".gz":
            digest.update(
                f"{path.relative_to(STATIC)} {path.stat().st_size} {path.stat().st_mtime_ns}".encode()
            )
    return digest.hexdigest()[:10]


VERSION = _version()


def static_url(name: str) -> str:
    """The address of a static file; it changes when any file does, so it may be kept for a year."""
    return url_for("web.static", version=VERSION, name=name)


@blueprint.get("/static/<version>/<path:name>")
def static(version: str, name: str) -> AnyResponse:
    """One version for all files: ES modules find one another by relative addresses."""
    zipped = "gzip" in request.headers.get("Accept-Encoding", "") and (STATIC / f"{name}.gz").is_file()
    response = send(STATIC, f"{name}.gz" if zipped else name, mimetype=_kind(name))
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    current = version == VERSION
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response


def _kind(name: str) -> str | None:
    return {".js": "text/javascript", ".wasm": "application/wasm"}.get(Path(name).suffix)


@blueprint.get("/accent/<colour>.css")
def accent(colour: str) -> AnyResponse:
    """A fair's one accent colour, with the tint DESIGN.md derives from it (about 25 % of it on paper)."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise NotFound
    css = (
        f":root{{--accent:#{colour};--accent-tint:color-mix(in srgb,#{colour} 25%,#fbfaf7)}}"
        "@media (prefers-color-scheme:dark){"
        f":root{{--accent-tint:color-mix(in srgb,#{colour} 25%,#0b1b1e)}}}}"
    )
    response = Response(css, mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _language_url() -> str:
    return url_for("web.language") + "?" + urlencode({"next": request.full_path.rstrip("?")})


@blueprint.get("/language")
def language() -> str:
    """Choose a language by its own name, then go on where you were."""
    asked = request.args.get("next", "/")
    back = re.sub(r"([?&])lang=[^&]*&?", r"\1", asked if is_ours(asked) else "/").rstrip("?&")
    back = back if back.startswith("/") else "/"
    joiner = "&" if "?" in back else "?"
    return render_template("language.html", back=back + joiner)


def _everywhere() -> dict[str, Any]:
    fair = getattr(g, "fair", None)
    tag = i18n.language_now()
    moved = _("The clock is moved: %(now)s UTC", now=clock.rfc3339(clock.now())) if clock.is_moved() else None
    return {
        "fair": fair,
        "person": getattr(g, "person", None),
        "locale_tag": tag,
        "direction": i18n.LANGUAGES[tag].direction if tag in i18n.LANGUAGES else "ltr",
        "languages": i18n.offered(),
        "language_url": _language_url(),
        "static_url": static_url,
        "accent_url": url_for("web.accent", colour=fair.accent) if fair else None,
        "clock_banner": moved,
        "endpoints": current_app.view_functions,
    }


class HeadIsGet:
    """HEAD is answered as GET without the body, so that no view takes it for the other way of its page."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self.app(environ, start_response)
        body = self.app({**environ, "REQUEST_METHOD": "GET"}, start_response)
        if hasattr(body, "close"):
            body.close()
        return []


def set_up(app: Flask) -> None:
    app.wsgi_app = HeadIsGet(app.wsgi_app)  # type: ignore[method-assign]
    app.register_blueprint(blueprint)
    app.before_request(_before)
    app.after_request(_safe_headers)
    app.context_processor(_everywhere)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http_error)
    if not app.debug:
        app.register_error_handler(Exception, _broken)
