"""Settings, from the environment only (the list is in docs and never grows in secret)."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bazaar.clock import read_rfc3339
from bazaar.errors import Refused


@dataclass(frozen=True)
class Settings:
    database_url: str
    secret_key: str
    base_url: str
    smtp_url: str | None
    mail_from: str
    sms_url: str | None
    trusted_proxies: int

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @staticmethod
    def from_environment(environ: Mapping[str, str]) -> "Settings":
        """Settings with their defaults; Refused names the variable that is wrong."""
        base_url = environ.get("BASE_URL", "http://127.0.0.1:5000").rstrip("/")
        if not re.fullmatch(r"https?://[^/\s]+", base_url):
            raise Refused("BASE_URL: must look like https://fair.example.org")
        proxies = environ.get("TRUSTED_PROXIES", "0")
        if not re.fullmatch(r"[0-9]{1,3}", proxies):
            raise Refused("TRUSTED_PROXIES: must be a number")
        if environ.get("SMS_URL"):
            raise Refused("SMS_URL: no SMS provider is known; without it text messages go to the console")
        _check_moment(environ.get("BAZAAR_NOW", ""))
        return Settings(
            database_url=_database_url(environ.get("DATABASE_URL", "sqlite:///var/bazaar.db")),
            # Only `serve` needs a lasting key, and insists on one; other commands sign nothing.
            secret_key=environ.get("SECRET_KEY") or secrets.token_urlsafe(48),
            base_url=base_url,
            smtp_url=_smtp_url(environ.get("SMTP_URL", "")),
            mail_from=_mail_from(environ.get("MAIL_FROM") or "Bazaar <bazaar@localhost>"),
            sms_url=environ.get("SMS_URL") or None,
            trusted_proxies=int(proxies),
        )


def _database_url(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        path = Path(url.removeprefix("sqlite:///")).absolute()
        return f"sqlite:///{path}"
    if not re.match(r"(sqlite|postgresql\+psycopg)://", url):
        raise Refused("DATABASE_URL: must begin with sqlite:/// or postgresql://")
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise Refused("DATABASE_URL: must look like postgresql://user:password@host:5432/name") from None
    return url


def _mail_from(sender: str) -> str:
    if not sender.isprintable() or not re.fullmatch(r"[^\s@]+@[^\s@]+", parseaddr(sender)[1]):
        raise Refused("MAIL_FROM: must look like Fair <fair@example.org>")
    return sender


def _check_moment(said: str) -> None:
    try:
        if said:
            read_rfc3339(said)
    except ValueError:
        raise Refused("BAZAAR_NOW: must be a moment with its zone, such as 2027-04-21T10:00:00Z") from None


def _smtp_url(url: str) -> str | None:
    if url and not re.fullmatch(r"smtps?://([^@/\s]+@)?(\[[\da-fA-F:]+\]|[^@:/\s\[\]]+)(:\d{1,5})?/?", url):
        raise Refused("SMTP_URL: must look like smtp://user:password@mail.example.org:587 or smtps://...")
    return url or None
