"""Commands."""

import click


@click.group()
def booths() -> None:
    """."""
