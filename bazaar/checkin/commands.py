"""Commands."""

import click


@click.group()
def device() -> None:
    """."""


@click.command()
def scans() -> None:
    """."""
