"""`bazaar import jobseekers`."""

from pathlib import Path

import click

from bazaar.db import db
from bazaar.fairs.queries import fair_named
from bazaar.jobseekers import imports
from bazaar.terminal import counting, tell

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("jobseekers")
@click.argument("slug")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, store nothing.")
@click.option("--keep-good", is_flag=True, help="Store the good rows though others are refused.")
def import_jobseekers(slug: str, file: Path, dry_run: bool, keep_good: bool) -> int:
    """Register jobseekers from CSV or XLSX; each gets a badge and a letter."""
    taken = imports.import_jobseekers(
        fair_named(slug), file.read_bytes(), keep_good=keep_good, dry_run=dry_run, progress=counting("rows")
    )
    db.session.commit()
    tell("")
    if taken.unknown:
        click.echo(f"columns not read: {', '.join(taken.unknown)}")
    for row in taken.outcome.refused:
        click.echo(row.words)
    click.echo(taken.outcome.last_line)
    return taken.outcome.exit_status(keep_good=keep_good)
