"""A mail server of the test's own, and letters to send through it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bazaar.db import db
from bazaar.messages.actions import put_in_outbox
from bazaar.messages.models import Letter
from tests.live import free_port


@dataclass
class MailServer:
    """Takes letters, or answers what it is told to: by address, or by hanging up after a letter was handed over."""

    answers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    stuck: Event | None = None  # set when a letter has been handed over, and then nothing is answered
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, server, session, envelope: Envelope, address: str, options) -> str:  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.stuck:
            self.stuck.set()
            await asyncio.sleep(30)
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Call it to start a mail server: mail_server(hangs_up=True)."""
    with ExitStack() as servers:

        def start(tls: Any = None, **ways: Any) -> MailServer:
            server = MailServer(**ways)
            controller = Controller(
                server, hostname="127.0.0.1", port=server.port, tls_context=tls, ready_timeout=20
            )
            controller.start()
            servers.callback(controller.stop, no_assert=True)
            return server

        yield start


def letter(address: str = "dora@example.org", **facts: Any) -> Letter:
    row = put_in_outbox(
        **{
            "channel": "email", "address": address, "language": "sv", "purpose": "test", "subject": "Hej då",
            "words": "Välkommen till mässan!\nKlockan 10:45.", **facts,
        }
    )  # fmt: skip
    db.session.commit()
    return row


def fresh(row: Letter) -> Letter:
    db.session.expire_all()
    return db.session.get_one(Letter, row.id)
