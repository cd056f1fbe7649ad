"""The employers one has met: what each promised, and the answer."""

from flask import g, render_template

from bazaar import clock
from bazaar.followups import names
from bazaar.followups.queries import jobseeker as queries
from bazaar.followups.views.blueprint import blueprint
from bazaar.i18n import local
from bazaar.jobseekers.queries import my_registration
from bazaar.people.asking import signed_in
from bazaar.sharing.queries import field_words


@blueprint.get("/me/<slug>/met")
def mine(slug: str) -> str:
    registration = my_registration(signed_in(), slug)
    g.fair = fair = registration.fair
    moment = clock.now()
    return render_template(
        "followups/mine.html",
        employers=queries.employers_met(registration, moment),
        today=local(moment, fair).date(),
        promises=names.PROMISES,
        answers=names.ANSWERS_TOLD,
        field_words=field_words,
    )
