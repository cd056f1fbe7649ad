"""What people are told when a fair moves, shrinks or does not take place."""

from collections.abc import Callable, Iterable
from datetime import date

from flask_babel import gettext as _

from bazaar.fairs.models import Fair
from bazaar.fairs.queries import days_of
from bazaar.fairs.rules import Hours
from bazaar.home.queries.hanging import Reached
from bazaar.i18n import clock_time, day_words, days_words, words_for
from bazaar.messages.actions import put_in_outbox


def day_changed(fair: Fair, people: Iterable[Reached], old: Hours, new: Hours) -> None:
    def words() -> str:
        times = f"{clock_time(new.opens)}–{clock_time(new.closes)}"
        if old.date == new.date:
            return _(
                "%(fair)s is now open %(times)s on %(day)s.",
                fair=fair.name,
                times=times,
                day=day_words(new.date),
            )
        return _(
            "%(fair)s is moved from %(old)s to %(new)s, %(times)s.",
            fair=fair.name,
            old=day_words(old.date),
            new=day_words(new.date),
            times=times,
        )

    _write(fair, people, "day_changed", words)


def day_removed(fair: Fair, people: Iterable[Reached], gone: date) -> None:
    left = [day.date for day in days_of(fair.id)]

    def words() -> str:
        return _(
            "%(fair)s does not take place on %(day)s. It takes place on %(days)s.",
            fair=fair.name,
            day=day_words(gone),
            days=days_words(left),
        )

    _write(fair, people, "day_cancelled", words)


def fair_withdrawn(fair: Fair, people: Iterable[Reached]) -> None:
    def words() -> str:
        return _(
            "%(fair)s does not take place. All meetings and talks are called off. You need to do nothing.",
            fair=fair.name,
        )

    _write(fair, people, "fair_cancelled", words)


def _write(fair: Fair, people: Iterable[Reached], purpose: str, words: Callable[[], str]) -> None:
    said: dict[str, tuple[str, str]] = {}
    for one in people:
        if one.language not in said:
            with words_for(one.language):
                said[one.language] = _("Hello %(name)s,", name="{name}"), words()
        greeting, told = said[one.language]
        by_email = one.kind == "email"
        put_in_outbox(
            channel="email" if by_email else "sms",
            address=one.address,
            language=one.language,
            purpose=purpose,
            subject=fair.name if by_email else "",
            words=f"{greeting.replace('{name}', one.name)}\n\n{told}" if by_email else told,
            fair_id=fair.id,
            person_id=one.person_id,
        )
