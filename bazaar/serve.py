"""`bazaar serve`: gunicorn with threads, and one process beside it that delivers letters."""

import os
import subprocess
import sys

import click
from flask import current_app
from gunicorn.app.base import BaseApplication

from bazaar.app import create_app
from bazaar.config import Settings
from bazaar.errors import Refused
from bazaar.schema import make_ready


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn on our application; each worker makes its own, so nothing is shared by a fork."""

    def __init__(self, options: dict[str, object]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        return create_app(Settings.from_environment(os.environ))


def run(host: str, port: int, workers: int) -> None:
    """Serve until told to stop; the sender lives and dies with the server."""
    sender = subprocess.Popen([sys.executable, "-m", "bazaar", "send", "--forever"])
    try:
        Server(
            {
                "bind": f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 8,
                "backlog": 2048,
                "timeout": 60,
                "graceful_timeout": 5,
                "keepalive": 5,
                "accesslog": None,  # addresses of pages and people stay out of logs
                "errorlog": "-",
                "loglevel": "warning",
                "control_socket_disable": True,
            }
        ).run()
    finally:
        sender.terminate()
        sender.wait(10)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the fair. Needs SECRET_KEY of at least 32 characters."""
    if len(os.environ.get("SECRET_KEY", "")) < 32:
        raise Refused("SECRET_KEY: set it to at least 32 random characters")
    make_ready()
    current_app.logger.info("serving on http://%s:%s", host, port)
    run(host, port, workers)
