"""`bazaar import occupations`."""

from pathlib import Path

import click

from bazaar.db import db
from bazaar.occupations.actions import recognise, take_lists_in
from bazaar.sheets import Outcome
from bazaar.terminal import counting, tell


@click.command("occupations")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, store nothing.")
@click.option("--keep-good", is_flag=True, help="Store the good rows though others are refused.")
def import_occupations(files: tuple[Path, ...], dry_run: bool, keep_good: bool) -> int:
    """Load the publisher's lists of fields, groups and names (CSV or XLSX, known by their headers)."""
    lists = [recognise(file.name, file.read_bytes()) for file in files]
    outcomes = take_lists_in(lists, keep_good=keep_good, dry_run=dry_run, progress=counting("rows"))
    db.session.commit()
    tell("")
    total = Outcome()
    for name, outcome in outcomes:
        for row in outcome.refused:
            click.echo(f"{name}: {row.words}" if len(files) > 1 else row.words)
        total.states += outcome.states
        total.refused += outcome.refused
    click.echo(total.last_line)
    return total.exit_status(keep_good=keep_good)
