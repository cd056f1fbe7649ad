"""Commands."""

import click


@click.command()
def import_exhibitors() -> None:
    """."""


@click.command()
def import_vacancies() -> None:
    """."""
