"""What a jobseeker is told when somebody else has written down their yes."""

from flask_babel import gettext as _

from bazaar.db import db
from bazaar.employers.models import Exhibitor, Organisation
from bazaar.fairs.models import Fair
from bazaar.i18n import words_for
from bazaar.jobseekers.letters import write
from bazaar.jobseekers.models import Registration
from bazaar.sharing.models import Share
from bazaar.sharing.queries import field_words
from bazaar.web import address


def heard(given: Share, registration: Registration, exhibitor: Exhibitor) -> None:
    """A recruiter recorded a yes that was said aloud: what is shared with whom, and how to take it back."""
    employer = db.session.get_one(Organisation, exhibitor.organisation_id).name
    fair = db.session.get_one(Fair, registration.fair_id)
    with words_for(registration.person.language):
        words = _(
            "At %(fair)s, %(employer)s wrote down that you let them see this about you: %(fields)s. "
            "If that is wrong, or you have changed your mind, take it back here: %(page)s",
            fair=fair.name,
            employer=employer,
            fields=", ".join(field_words(key) for key in given.fields),
            page=address("sharing.mine", slug=fair.slug),
        )
        write(registration, "share_heard", _("%(employer)s may see your profile", employer=employer), words)
