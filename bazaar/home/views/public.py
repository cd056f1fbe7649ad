"""What everybody may see: the list of fairs, and a fair."""

import json
from datetime import datetime, timedelta

from flask import Response, current_app, g, render_template, request, session

from bazaar import clock, i18n, web
from bazaar.fairs.queries import days_of, halls_of, is_open, partners_of, public_fair
from bazaar.home.queries.public import public_facts, published_fairs
from bazaar.home.views.blueprint import blueprint
from bazaar.i18n import LANGUAGES, OFFERED
from bazaar.people.asking import who

KEEP = timedelta(seconds=2)
_kept: dict[tuple[str, str], tuple[datetime, str]] = {}  # only pages of fairs that are there: never many


@blueprint.get("/")
def start() -> str:
    """The fairs: those to come, then those that were."""
    dated = published_fairs()
    today = clock.now().date()
    coming = [pair for pair in dated if not pair[1] or pair[1][-1].date >= today]
    past = [pair for pair in reversed(dated) if pair not in coming]
    return render_template("home/start.html", coming=coming, past=past)


@blueprint.get("/f/<slug>/")
def fair(slug: str) -> str:
    """A fair, for everybody. Whoever is nobody in particular gets a page that may be two seconds old:
    at nine o'clock a whole town asks for the same one."""
    key = (slug, i18n.language_now())
    anybody = who() is None and not request.query_string and not session
    made, html = _kept.get(key, (None, ""))
    if anybody and made is not None and clock.now() - made < current_app.config.get("KEEP_PAGES", KEEP):
        return html
    html = _fair_page(slug)
    if anybody:
        _kept[key] = (clock.now(), html)
    return html


def _fair_page(slug: str) -> str:
    g.fair = public_fair(slug)
    now = clock.now()
    return render_template(
        "home/fair.html",
        days=days_of(g.fair.id),
        halls=halls_of(g.fair.id),
        partners=[partner for partner in partners_of(g.fair.id) if partner.shown],
        facts=public_facts(g.fair.id),
        may_register=is_open(g.fair.id, "jobseekers", now),
        may_exhibit=is_open(g.fair.id, "exhibitors", now),
        fair_languages=[LANGUAGES[tag] for tag in OFFERED if tag in g.fair.languages],
    )


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to keep Bazaar on its first screen."""
    body = json.dumps(
        {
            "name": "Bazaar",
            "short_name": "Bazaar",
            "start_url": "/me/",
            "display": "standalone",
            "background_color": "#fbfaf7",
            "theme_color": "#fbfaf7",
            "icons": [{"src": web.static_url("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        }
    )
    return Response(body, mimetype="application/manifest+json")
