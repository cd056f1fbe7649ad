"""Telling both sides of a meeting: in their own language, by e-mail where there is one, else by a short SMS."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from bazaar import web
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import representatives_of
from bazaar.fairs.models import Fair
from bazaar.i18n import clock_time, day_words, moment_words, words_for
from bazaar.meetings.models import Meeting
from bazaar.meetings.queries import reached_at, stands_of
from bazaar.messages.actions import put_in_outbox
from bazaar.people.models import Person


@dataclass(frozen=True)
class Draft:
    """A letter's words in the reader's language. The first line also makes the SMS."""

    subject: str
    lines: list[str]


def booked(fair: Fair, meeting: Meeting) -> None:
    """A time was booked: both are told."""
    _to_jobseeker(fair, meeting, "meeting_booked", lambda: _booked_words(fair, meeting))
    _to_exhibitor(
        fair, meeting, "meeting_booked",
        lambda: Draft(
            _("Booked: %(name)s, %(when)s", name=_name(meeting), when=_when(fair, meeting)),
            [_("%(name)s has booked a meeting with you.", name=_name(meeting)), *_place(fair, meeting)],
        ),
    )  # fmt: skip


def requested(fair: Fair, meeting: Meeting) -> None:
    """Somebody asks for a meeting: the exhibitor is told until when to answer."""
    _to_exhibitor(
        fair, meeting, "meeting_requested",
        lambda: Draft(
            _("%(name)s asks for a meeting", name=_name(meeting)),
            [_("Answer before %(when)s.", when=_until(fair, meeting)), meeting.message],
        ),
    )  # fmt: skip


def accepted(fair: Fair, meeting: Meeting) -> None:
    """The exhibitor said yes and set the time."""

    def words() -> Draft:
        draft = _booked_words(fair, meeting)
        said_yes = _("%(employer)s said yes to a meeting with you.", employer=_employer(meeting))
        return Draft(
            _("Yes from %(employer)s: %(when)s", employer=_employer(meeting), when=_when(fair, meeting)),
            [said_yes, *draft.lines],
        )

    _to_jobseeker(fair, meeting, "meeting_accepted", words)


def declined(fair: Fair, meeting: Meeting) -> None:
    """The exhibitor said no, in kind words."""
    _to_jobseeker(
        fair, meeting, "meeting_declined",
        lambda: Draft(
            _("No meeting with %(employer)s this time", employer=_employer(meeting)),
            [
                _("%(employer)s cannot meet you at a set time.", employer=_employer(meeting)),
                meeting.reason,
                _("You may still go to their booth and talk to them."),
            ],
        ),
    )  # fmt: skip


def expired(fair: Fair, meeting: Meeting) -> None:
    """Nobody answered in time: the jobseeker is told, kindly."""
    _to_jobseeker(
        fair, meeting, "meeting_expired",
        lambda: Draft(
            _("No answer from %(employer)s", employer=_employer(meeting)),
            [
                _("%(employer)s did not answer in time, so your request has ended.", employer=_employer(meeting)),
                _("You may ask somebody else, or go to their booth and talk to them."),
            ],
        ),
    )  # fmt: skip


def moved(fair: Fair, meeting: Meeting, by: str) -> None:
    """The meeting has another time: the other side is told, and whoever sits at the table now.

    Where an organiser moves a whole day, its exhibitors have a letter about that.
    """

    def to_jobseeker() -> Draft:
        return Draft(
            _("New time with %(employer)s: %(when)s", employer=_employer(meeting), when=_when(fair, meeting)),
            [_("Your meeting with %(employer)s has moved.", employer=_employer(meeting)), *_place(fair, meeting), _way_out()],
        )  # fmt: skip

    def to_exhibitor() -> Draft:
        return Draft(
            _("New time: %(name)s, %(when)s", name=_name(meeting), when=_when(fair, meeting)),
            [_("The meeting with %(name)s has moved.", name=_name(meeting)), *_place(fair, meeting)],
        )

    if by != "jobseeker":
        _to_jobseeker(fair, meeting, "meeting_moved", to_jobseeker)
    if by != "organiser":
        _to_exhibitor(fair, meeting, "meeting_moved", to_exhibitor)


def handed_over(fair: Fair, meeting: Meeting) -> None:
    """A colleague takes the meeting: the colleague is told. The jobseeker's time and place stay as they are."""
    _to_exhibitor(
        fair, meeting, "meeting_moved",
        lambda: Draft(
            _("You take over: %(name)s, %(when)s", name=_name(meeting), when=_when(fair, meeting)),
            [_("The meeting with %(name)s is now yours.", name=_name(meeting)), *_place(fair, meeting)],
        ),
    )  # fmt: skip


def cancelled(fair: Fair, meeting: Meeting, by: str) -> None:
    """A meeting or a request was called off: the side that did not do it is told."""

    def to_jobseeker() -> Draft:
        return Draft(
            _("Cancelled: %(employer)s, %(when)s", employer=_employer(meeting), when=_when(fair, meeting)),
            [
                _("Your meeting with %(employer)s will not take place.", employer=_employer(meeting)),
                meeting.reason,
                _("You may book another one. This one does not count against your number of meetings."),
            ],
        )

    def to_exhibitor() -> Draft:
        return Draft(
            _("Cancelled: %(name)s, %(when)s", name=_name(meeting), when=_when(fair, meeting)),
            [_("The meeting with %(name)s will not take place.", name=_name(meeting)), meeting.reason, _free_again(meeting)],
        )  # fmt: skip

    if by != "jobseeker":
        _to_jobseeker(fair, meeting, "meeting_cancelled", to_jobseeker)
    if by != "exhibitor":
        _to_exhibitor(fair, meeting, "meeting_cancelled", to_exhibitor)


def restored(fair: Fair, meeting: Meeting, by: str) -> None:
    """A cancellation was taken back: the side that did not do it is told."""
    if by != "jobseeker":
        _to_jobseeker(fair, meeting, "meeting_booked", lambda: _booked_words(fair, meeting))
    else:
        _to_exhibitor(
            fair, meeting, "meeting_booked",
            lambda: Draft(
                _("On again: %(name)s, %(when)s", name=_name(meeting), when=_when(fair, meeting)),
                [_("The meeting with %(name)s takes place after all.", name=_name(meeting)), *_place(fair, meeting)],
            ),
        )  # fmt: skip


# --- Words ----------------------------------------------------------------------------------


def _employer(meeting: Meeting) -> str:
    return meeting.exhibitor.organisation.name


def _name(meeting: Meeting) -> str:
    return meeting.registration.shown_name


def _when(fair: Fair, meeting: Meeting) -> str:
    return moment_words(meeting.starts_at, fair) if meeting.starts_at else _("time not set")


def _until(fair: Fair, meeting: Meeting) -> str:
    return moment_words(meeting.expires_at, fair) if meeting.expires_at else _("the fair")


def _booked_words(fair: Fair, meeting: Meeting) -> Draft:
    return Draft(
        _("Booked: %(employer)s, %(when)s", employer=_employer(meeting), when=_when(fair, meeting)),
        [
            _("You will meet %(employer)s.", employer=_employer(meeting)),
            *_place(fair, meeting),
            _way_out(),
        ],
    )


def _place(fair: Fair, meeting: Meeting) -> list[str]:
    """When and where, a line each."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return []
    lines = [
        _(
            "%(day)s, %(starts)s–%(ends)s",
            day=day_words(meeting.starts_at, fair),
            starts=clock_time(meeting.starts_at, fair),
            ends=clock_time(meeting.ends_at, fair),
        )
    ]
    with db.session.no_autoflush:
        stand = stands_of(fair.id, [meeting.exhibitor_id]).at(meeting.exhibitor_id, meeting.starts_at)
    if stand:
        lines.append(_("Booth %(number)s, %(hall)s", number=stand.number, hall=stand.hall))
    return lines


def _way_out() -> str:
    return _("If you cannot come, cancel on the page below. Then somebody else gets the time.")


def _free_again(meeting: Meeting) -> str:
    return _("The time is free again.") if meeting.slot_id else ""


# --- Sending --------------------------------------------------------------------------------


def _to_jobseeker(fair: Fair, meeting: Meeting, purpose: str, words: Callable[[], Draft]) -> None:
    link = web.address("meetings.mine", slug=fair.slug)
    _send(fair, [meeting.registration.person], purpose, words, link)


def _to_exhibitor(fair: Fair, meeting: Meeting, purpose: str, words: Callable[[], Draft]) -> None:
    link = web.address("meetings.exhibitor_plan", slug=fair.slug, exhibitor_id=meeting.exhibitor_id)
    _send(fair, _those_concerned(meeting.exhibitor, meeting), purpose, words, link)


def _those_concerned(exhibitor: Exhibitor, meeting: Meeting) -> list[Person]:
    """The recruiter at the table; where nobody is named, the organisation's admins; failing them, everybody."""
    with db.session.no_autoflush:
        colleagues = representatives_of(exhibitor.organisation_id)
    at_table = meeting.slot.recruiter_id if meeting.slot else None
    recruiter = [each.person for each in colleagues if each.person_id == at_table]
    admins = [each.person for each in colleagues if each.role == "admin"]
    return recruiter or admins or [each.person for each in colleagues]


def _send(fair: Fair, people: Iterable[Person], purpose: str, words: Callable[[], Draft], link: str) -> None:
    with db.session.no_autoflush:  # the letters are written at once, at the end
        reached = [(person, reached_at(person.id)) for person in people]
    for person, contact in reached:
        if contact is None:
            continue
        with words_for(person.language):
            draft = words()
            lines = [line for line in draft.lines if line]
            by_mail = contact.kind == "email"
            text = "\n\n".join([_("Hello %(name)s,", name=person.name), "\n".join(lines), link, fair.name])
        put_in_outbox(
            channel="email" if by_mail else "sms",
            address=contact.address,
            language=person.language,
            purpose=purpose,
            subject=draft.subject,
            words=text if by_mail else f"{draft.subject}. {link}",
            fair_id=fair.id,
            person_id=person.id,
        )
