"""The `bazaar` command: each feature's `commands.py` brings its own, this file gathers them.

Exit status: 0 done; 1 looked and found wanting; 2 wrong usage or bad input, in one line.
"""

import os
import sys
from importlib import metadata

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from bazaar.app import MIGRATIONS, create_app
from bazaar.backup import backup, restore
from bazaar.badges.commands import badges
from bazaar.booths.commands import booths
from bazaar.checkin.commands import device, scans
from bazaar.config import Settings
from bazaar.db import db
from bazaar.demo.commands import demo
from bazaar.employers.commands import import_exhibitors, import_vacancies
from bazaar.errors import NotFound, Refused
from bazaar.fairs.commands import fair, organiser
from bazaar.jobseekers.commands import import_jobseekers
from bazaar.messages.commands import send
from bazaar.occupations.actions import load_short_list
from bazaar.occupations.commands import import_occupations
from bazaar.people.commands import sign_in_link
from bazaar.serve import serve

CHANGES_SCHEMA = ("demo", "serve", "db", "restore")


@click.group(name="bazaar", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("bazaar"), prog_name="bazaar")
@click.pass_context
def command(context: click.Context) -> None:
    """Bazaar runs recruitment fairs."""
    if context.invoked_subcommand is None or context.resilient_parsing:
        return
    app = create_app(Settings.from_environment(os.environ))
    context.with_resource(app.app_context())
    if context.invoked_subcommand not in CHANGES_SCHEMA:
        refuse_old_schema()


@click.group(name="db")
def database() -> None:
    """The database's own form."""


@database.command("upgrade")
def upgrade_schema() -> None:
    """Bring the schema up to this version, and the short list of occupations with it."""
    upgrade(str(MIGRATIONS))
    load_short_list()
    db.session.commit()


@click.group(name="import")
def imports() -> None:
    """Take in lists from files."""


def refuse_old_schema() -> None:
    """Refused, in one line, where the database is not at this version's schema."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with db.engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            raise Refused("the database's schema is not this version's: run `bazaar db upgrade`")


for part in (import_exhibitors, import_jobseekers, import_vacancies, import_occupations):
    imports.add_command(part)
for whole in (
    demo, serve, database, backup, restore, send, organiser, sign_in_link, fair, booths, imports, badges, device, scans,
):  # fmt: skip
    command.add_command(whole)


def main() -> None:
    """Run, and turn every refusal into one line on standard error and exit 2."""
    try:
        status = command.main(standalone_mode=False)
    except click.ClickException as error:
        _stop(error.format_message())
    except Refused as error:
        _stop(error.reason)
    except NotFound as error:
        _stop(str(error) or "not found")
    except click.Abort:
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)


def _stop(words: str) -> None:
    print(f"bazaar: {' '.join(words.split())}", file=sys.stderr)
    sys.exit(2)
