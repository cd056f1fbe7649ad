"""Commands."""

import click


@click.command()
def backup() -> None:
    """."""


@click.command()
def restore() -> None:
    """."""
