"""Commands."""

import click


@click.command()
def sign_in_link() -> None:
    """."""
