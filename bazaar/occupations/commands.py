"""Commands."""

import click


@click.command()
def import_occupations() -> None:
    """."""
