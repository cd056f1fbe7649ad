"""Commands."""

import click


@click.command()
def import_jobseekers() -> None:
    """."""
