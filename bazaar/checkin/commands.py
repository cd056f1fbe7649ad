"""`bazaar device code` and `bazaar scans`."""

from pathlib import Path

import click

from bazaar import sheets
from bazaar.checkin import actions, queries
from bazaar.checkin.names import label_of
from bazaar.checkin.rules import PURPOSES
from bazaar.db import db
from bazaar.employers.queries import exhibitor_named
from bazaar.errors import Refused
from bazaar.fairs.queries import fair_named

SCANS = ["id", "device", "kind", "registration", "at", "received", "offline", "status", "reason", "at_said"]


@click.group()
def device() -> None:
    """Phones that scan."""


@device.command()
@click.argument("slug")
@click.option("--purpose", type=click.Choice(PURPOSES), required=True)
@click.option("--exhibitor", "name", help="Whose booth: the organisation's name. Needed for --purpose booth.")
@click.option(
    "--list", "may_list", is_flag=True, help="The phone may see the list of people met at its booth."
)
def code(slug: str, purpose: str, name: str | None, may_list: bool) -> None:
    """One line: a code that pairs one phone, once, within ten minutes."""
    fair = fair_named(slug)
    if (purpose == "booth") != (name is not None):
        raise Refused("--exhibitor: give it for a booth, and for nothing else")
    exhibitor = exhibitor_named(fair.id, name) if name is not None else None
    if name is not None and exhibitor is None:
        raise Refused(f"--exhibitor: no approved exhibitor of {slug} is called {name}")
    made = actions.make_pairing_code(
        fair.id,
        purpose,
        label=label_of(purpose, exhibitor),
        may_list=may_list and exhibitor is not None,
        exhibitor_id=exhibitor.id if exhibitor else None,
    )
    db.session.commit()
    click.echo(made)


@click.command()
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def scans(slug: str, out: Path) -> None:
    """Every scan of a fair as CSV, in the order received."""
    fair = fair_named(slug)
    sheets.csv_file(out, SCANS, queries.all_scans(fair.id))
    actions.note_export(fair.id)
    db.session.commit()
