"""Commands."""

import click


@click.command()
def badges() -> None:
    """."""
