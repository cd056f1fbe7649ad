"""What people who signed up for a talk are told."""

from collections.abc import Callable

from flask_babel import gettext as _

from bazaar import web
from bazaar.i18n import clock_time, day_words, words_for
from bazaar.jobseekers.letters import write
from bazaar.programme.models import Seat, Talk


def seat_given(seat: Seat, talk: Talk) -> None:
    """A seat became free and is now this person's."""
    _tell(seat, talk, "talk_seat", lambda: (
        _("You have a seat: %(title)s", title=talk.title),
        _("A seat became free, and it is yours. If you cannot come, give it up on the page below."),
    ))  # fmt: skip


def seat_lost(seat: Seat, talk: Talk) -> None:
    """The room became smaller and this person asked late: kindly."""
    _tell(seat, talk, "talk_waiting", lambda: (
        _("You are on the waiting list: %(title)s", title=talk.title),
        _(
            "We are sorry: there are fewer seats than we had said, and yours was one of the last. You now stand first "
            "among those who wait. We write as soon as a seat is free."
        ),
    ))  # fmt: skip


def changed(seat: Seat, talk: Talk) -> None:
    """Time or room is another."""
    _tell(seat, talk, "talk_changed", lambda: (
        _("Changed: %(title)s", title=talk.title),
        _("Time or room is new. If you cannot come now, give up your seat on the page below."),
    ))  # fmt: skip


def cancelled(seat: Seat, talk: Talk) -> None:
    _tell(seat, talk, "talk_cancelled", lambda: (
        _("Cancelled: %(title)s", title=talk.title),
        _("We are sorry: it will not take place. You will find the rest of the programme on the fair's page."),
    ))  # fmt: skip


def on_again(seat: Seat, talk: Talk) -> None:
    """A cancellation was taken back."""
    _tell(seat, talk, "talk_changed", lambda: (
        _("It takes place after all: %(title)s", title=talk.title),
        _("You still have your seat.") if seat.status == "going" else _("You still stand on the waiting list."),
    ))  # fmt: skip


def _tell(seat: Seat, talk: Talk, purpose: str, words: Callable[[], tuple[str, str]]) -> None:
    registration = seat.registration
    fair = registration.fair
    with words_for(registration.person.language):
        subject, told = words()
        lines = [
            told,
            talk.title,
            _(
                "%(day)s, %(starts)s–%(ends)s",
                day=day_words(talk.starts_at, fair),
                starts=clock_time(talk.starts_at, fair),
                ends=clock_time(talk.ends_at, fair),
            ),
            talk.room,
            web.address("programme.talk", slug=fair.slug, talk_id=talk.id),
        ]
        write(registration, purpose, subject, "\n".join(lines))
