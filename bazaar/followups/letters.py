"""The answer, as the jobseeker reads it: in their language, and only when it can no longer be taken back."""

from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.followups.models import Answer
from bazaar.followups.rules import UNDO
from bazaar.i18n import words_for
from bazaar.jobseekers.letters import write
from bazaar.jobseekers.models import Registration


def answered(answer: Answer, registration: Registration, employer: str) -> None:
    """Waits in the outbox until the time for undoing is over."""
    with words_for(registration.person.language):
        subject, told = _words(answer.kind, employer)
        page = web.address("followups.mine", slug=registration.fair.slug)
        lines = [
            _("You met %(employer)s at %(fair)s.", employer=employer, fair=registration.fair.name),
            told,
            answer.words,
            _("All the employers you have met: %(page)s", page=page),
        ]
        letter = write(registration, "answer", subject, "\n\n".join(line for line in lines if line))
    if letter is not None:
        letter.next_try_at = answer.at + UNDO
        db.session.flush()
        answer.letter_id = letter.id


def _words(kind: str, employer: str) -> tuple[str, str]:
    """The subject and the answer in a kind sentence."""
    if kind == "second_interview":
        return (
            _("%(employer)s wants to meet you again", employer=employer),
            _(
                "They say yes: they want to see you for another interview. They will be in touch about the time."
            ),
        )
    if kind == "job_offer":
        return (
            _("%(employer)s wants to offer you a job", employer=employer),
            _("They say yes: they want to offer you a job. They will be in touch about what happens next."),
        )
    if kind == "later":
        return (
            _("An answer from %(employer)s", employer=employer),
            _("They have no place for you now, but they will keep you in mind. You need not do anything."),
        )
    return (
        _("An answer from %(employer)s", employer=employer),
        _(
            "It will not be this time. Thank you for coming to meet them. We wish you luck with the others you met."
        ),
    )
