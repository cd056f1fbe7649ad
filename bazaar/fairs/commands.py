"""Commands."""

import click


@click.group()
def fair() -> None:
    """."""


@click.group()
def organiser() -> None:
    """."""
