"""`bazaar import exhibitors` and `bazaar import vacancies`."""

from pathlib import Path

import click

from bazaar.db import db
from bazaar.employers.actions import imports
from bazaar.employers.actions.imports import Taken
from bazaar.fairs.queries import fair_named
from bazaar.terminal import counting, tell

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("exhibitors")
@click.argument("slug")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, store nothing.")
@click.option("--keep-good", is_flag=True, help="Store the good rows though others are refused.")
def import_exhibitors(slug: str, file: Path, dry_run: bool, keep_good: bool) -> int:
    """Take in exhibitors from CSV or XLSX, approved at once."""
    taken = imports.import_exhibitors(
        fair_named(slug), file.read_bytes(), keep_good=keep_good, dry_run=dry_run, progress=counting("rows")
    )
    return _tell(taken, keep_good)


@click.command("vacancies")
@click.argument("slug")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, store nothing.")
@click.option("--keep-good", is_flag=True, help="Store the good rows though others are refused.")
def import_vacancies(slug: str, file: Path, dry_run: bool, keep_good: bool) -> int:
    """Take in vacancies from CSV, XLSX or job-ad JSON; one that lacks facts is a draft that names them."""
    taken = imports.import_vacancies(
        fair_named(slug), file.read_bytes(), keep_good=keep_good, dry_run=dry_run, progress=counting("rows")
    )
    for line in taken.lines:
        if line.missing and line.state != "unchanged":
            click.echo(f"row {line.number}: draft, still missing: {', '.join(line.missing)}")
    return _tell(taken, keep_good)


def _tell(taken: Taken, keep_good: bool) -> int:
    db.session.commit()
    tell("")
    if taken.unknown:
        click.echo(f"columns not read: {', '.join(taken.unknown)}")
    for row in taken.outcome.refused:
        click.echo(row.words)
    click.echo(taken.outcome.last_line)
    return taken.outcome.exit_status(keep_good=keep_good)
