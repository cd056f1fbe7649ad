"""`bazaar send`: deliver what waits."""

import logging
import os
import signal
import time
from collections import Counter
from traceback import format_tb

import click
from flask import current_app
from sqlalchemy.exc import IntegrityError, OperationalError

from bazaar.db import begin_reading, begin_writing, broken_rule, db
from bazaar.messages import actions, queries
from bazaar.messages.models import Letter
from bazaar.messages.post import NotTaken, PerhapsTaken, Post, ways_out

log = logging.getLogger(__name__)


class Told:
    """Whether somebody has asked this process to end; a letter in hand is finished first."""

    def __init__(self) -> None:
        self.to_stop = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def _hear(self, *_signal: object) -> None:
        self.to_stop = True


@click.command()
@click.option("--forever", is_flag=True, hidden=True)
def send(*, forever: bool) -> None:
    """Deliver what waits in the outbox, once, and say how much it was."""
    posts = ways_out(current_app.config["SETTINGS"])
    told = Told()
    if forever:
        _send_forever(posts, told)
        return
    done = send_waiting(posts, told)
    click.echo(f"{done['sent']} sent, {queries.waiting()} waiting, {done['failed']} failed")


def _send_forever(posts: dict[str, Post], told: Told) -> None:
    """Every second, as long as the process that started us lives."""
    parent = os.getppid()
    while not told.to_stop and os.getppid() == parent:
        try:
            if _anything_to_do():
                send_waiting(posts, told)
        except OperationalError as error:
            db.session.rollback()
            log.warning("letters wait: the database does not answer (%s)", type(error.orig).__name__)
        except Exception as error:  # noqa: BLE001 - whatever it is, the letters go on
            db.session.rollback()
            _log("letters wait: the sender stumbled, and goes on", error)
        time.sleep(1)


def _log(what: str, error: Exception) -> None:
    """The kind of error, the rule it broke and where: its own words may hold what people wrote."""
    rule = broken_rule(error) if isinstance(error, IntegrityError) else ""
    log.error("%s: %s %s\n%s", what, type(error).__name__, rule, "".join(format_tb(error.__traceback__)))


def _anything_to_do() -> bool:
    """Asked every second, so without a place in the line of writers."""
    begin_reading()
    try:
        return queries.anything_to_do() or actions.anything_due()
    finally:
        db.session.rollback()
        begin_writing()


def send_waiting(posts: dict[str, Post], told: Told | None = None) -> Counter[str]:
    """Send what is due until nothing is, or nobody answers; counts each letter's new status."""
    done: Counter[str] = Counter()
    _write_due()
    actions.clear_up()
    db.session.commit()
    try:
        while not (told and told.to_stop):
            letter = actions.claim()
            db.session.commit()  # claimed before it is sent: no other sender takes it, no transaction stays open
            if letter is None:
                break
            status, nobody_home = _send_one(posts[letter.channel], letter)
            db.session.commit()
            done[status] += 1
            if nobody_home:
                break
    finally:
        for post in posts.values():
            post.close()
    return done


def _write_due() -> None:
    """What the clock made due; should that fail, the letters that wait go all the same."""
    try:
        actions.write_due()
        db.session.commit()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other letters go
        db.session.rollback()
        _log("some letters that are due were not written", error)


def _send_one(post: Post, letter: Letter) -> tuple[str, bool]:
    """Send a claimed letter and mark it; says its status, and whether the others should wait."""
    try:
        post.send(letter)
    except NotTaken as error:
        if error.nobody_home:
            log.warning("letters wait: %s", error)
        return actions.mark_failed(letter, str(error), for_good=error.for_good), error.nobody_home
    except PerhapsTaken as error:
        return actions.mark_perhaps_sent(letter, str(error)), False
    except ValueError as error:  # no e-mail can be made of it, today or later
        return actions.mark_failed(letter, type(error).__name__, for_good=True), False
    actions.mark_sent(letter)
    return "sent", False
