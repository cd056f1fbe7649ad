"""What a fair tells people about their data, its logo, and how an organiser words it."""

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.errors import NotFound
from bazaar.fairs import actions, forms
from bazaar.fairs.asking import organised
from bazaar.fairs.queries import earlier_privacy_words, partners_of, visible_fair
from bazaar.fairs.views.desk import blueprint, page
from bazaar.people.asking import who


@blueprint.get("/f/<slug>/privacy")
def privacy(slug: str) -> ResponseReturnValue:
    """The words people accept; `?version=` shows what they said before."""
    fair = g.fair = visible_fair(who(), slug)
    earlier = earlier_privacy_words(fair)
    asked = request.args.get("version", type=int)
    old = next((old for old in earlier if old.version == asked), None)
    return page(
        "fairs/privacy.html", fair=fair, words=old or fair, earlier=earlier, partners=partners_of(fair.id),
        version=old.version if old else fair.privacy_version,
    )  # fmt: skip


@blueprint.get("/f/<slug>/logo.png")
def logo(slug: str) -> ResponseReturnValue:
    fair = visible_fair(who(), slug)
    if fair.logo is None:
        raise NotFound
    response = Response(fair.logo, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=300" if fair.published else "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.route("/organise/<slug>/privacy", methods=["GET", "POST"])
def privacy_words(slug: str) -> ResponseReturnValue:
    fair = organised(slug)
    form = forms.PrivacyWords(obj=fair)
    if not form.validate_on_submit():
        return page("fairs/privacy_words.html", form, fair=fair)
    if actions.change_privacy_words(
        fair,
        forms.given(form.controller.data),
        forms.given(form.contact.data),
        forms.given(form.keep_days.data),
        g.person,
    ):
        web.say(_("Saved as version %(number)s. New people accept these words.", number=fair.privacy_version))
    else:
        web.say(_("Nothing was different."))
    db.session.commit()
    return web.go("fairs.privacy_words", slug=slug)
