"""How a letter leaves the house: on the console, or through a mail server.

A mail server has `PATIENCE` seconds for each step, so that no sending outlasts its claim.
"""

import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol, TextIO
from urllib.parse import SplitResult, unquote, urlsplit

from bazaar import clock
from bazaar.config import Settings
from bazaar.messages.models import Letter

PATIENCE = 10


class NotTaken(Exception):
    """It was surely not taken. `for_good`: the same letter will never be; `nobody_home`: no letter will, just now."""

    def __init__(self, problem: str, *, for_good: bool = False, nobody_home: bool = False) -> None:
        super().__init__(problem)
        self.for_good = for_good
        self.nobody_home = nobody_home


class PerhapsTaken(Exception):
    """The line broke after the letter was handed over."""


class Post(Protocol):
    """A way out of the house."""

    def send(self, letter: Letter) -> None:
        """Returns when the other side has taken it; raises NotTaken or PerhapsTaken."""

    def close(self) -> None:
        """No more letters for now."""


class Console:
    """Prints letters, codes and links too: the way of development, and of a fair without a mail server."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout

    def send(self, letter: Letter) -> None:
        kind = {"email": "E-mail", "sms": "SMS"}[letter.channel]
        lines = [f"┌─ {kind} to {letter.address}"]
        if letter.channel == "email":
            lines += [f"│ {letter.subject}", "│"]
        lines += [f"│ {line}".rstrip() for line in letter.words.splitlines()]
        try:
            print("\n".join([*lines, "└─"]), file=self.out, flush=True)
        except OSError as error:
            raise NotTaken(f"the console is closed: {error.strerror}", nobody_home=True) from error

    def close(self) -> None:
        """Nothing is open."""


class MailServer:
    """SMTP: smtp://user:password@host:587 (encrypted when the server offers it), or smtps://host."""

    def __init__(self, url: str, sender: str) -> None:
        self.url: SplitResult = urlsplit(url)
        self.sender = sender
        self.line: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        line = self._open_line()
        try:
            self._hand_over(line, message_of(letter, self.sender), letter.address)
        except (NotTaken, PerhapsTaken, ValueError):
            self.close()
            raise

    def close(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            try:
                line.quit()
            except (smtplib.SMTPException, OSError):
                line.close()

    def _open_line(self) -> smtplib.SMTP:
        """The line of the letter before, if it still holds, else a new one."""
        try:
            if self.line is not None and self.line.noop()[0] == 250:
                return self.line
        except (smtplib.SMTPException, OSError):
            self.line = None
        try:
            self.line = self._call()
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(f"no mail server: {_words(error)}", nobody_home=True) from error
        return self.line

    def _call(self) -> smtplib.SMTP:
        host = self.url.hostname or "localhost"
        line: smtplib.SMTP
        if self.url.scheme == "smtps":
            line = smtplib.SMTP_SSL(host, self.url.port or 465, timeout=PATIENCE, context=_encryption(host))
        else:
            line = smtplib.SMTP(host, self.url.port or 25, timeout=PATIENCE)
            line.ehlo()
            if line.has_extn("starttls"):
                line.starttls(context=_encryption(host))
        if self.url.username:
            line.login(unquote(self.url.username), unquote(self.url.password or ""))
        return line

    def _hand_over(self, line: smtplib.SMTP, message: EmailMessage, address: str) -> None:
        try:
            line.ehlo_or_helo_if_needed()
            _check(line.mail(parseaddr(self.sender)[1]), address, ours=True)
            _check(line.rcpt(address), address)
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(f"the mail server hung up: {_words(error)}") from error
        try:
            _check(line.data(message.as_bytes(policy=SMTP)), address)
        except smtplib.SMTPDataError as error:
            _check((error.smtp_code, error.smtp_error), address)
        except (smtplib.SMTPException, OSError) as error:
            raise PerhapsTaken(f"the mail server did not answer: {_words(error)}") from error


def _encryption(host: str) -> ssl.SSLContext:
    """A mail server on this very machine often has a certificate that nobody vouches for."""
    context = ssl.create_default_context()
    if host == "localhost" or host.startswith("127.") or host == "::1":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _check(answer: tuple[int, bytes | str], address: str, *, ours: bool = False) -> None:
    """Raises NotTaken unless the server said yes. What it said is kept, without the address.

    A refusal of `ours`, the sender, is a setting to be mended: the letter is not to blame.
    """
    status, words = answer
    if status in (250, 251, 252):
        return
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = " ".join(said.replace(address, "…").split())
    raise NotTaken(f"the mail server says {status} {said}", for_good=status >= 500 and not ours)


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as an e-mail. Sent twice it has the same Message-ID, so that mailboxes may notice."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.address
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{letter.id}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.words, cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__


def ways_out(settings: Settings) -> dict[str, Post]:
    """A post for each channel, by the settings."""
    console = Console()
    mail = MailServer(settings.smtp_url, settings.mail_from) if settings.smtp_url else console
    return {"email": mail, "sms": console}
