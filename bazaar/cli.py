"""The `bazaar` command: each feature's `commands.py` brings its own, this file gathers them.

Exit status: 0 done; 1 looked and found wanting; 2 wrong usage or bad input, in one line.
"""

import os
import sys
from importlib import metadata

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from bazaar import clock, schema
from bazaar.app import create_app
from bazaar.backup import backup, restore
from bazaar.badges.commands import badges
from bazaar.booths.commands import booths
from bazaar.checkin.commands import device, scans
from bazaar.config import Settings
from bazaar.demo.commands import demo
from bazaar.employers.commands import import_exhibitors, import_vacancies
from bazaar.errors import NotFound, Refused
from bazaar.fairs.commands import fair, organiser
from bazaar.home.commands import sign_in_link
from bazaar.jobseekers.commands import import_jobseekers
from bazaar.meetings.commands import timetable
from bazaar.messages.commands import send
from bazaar.occupations.commands import import_occupations
from bazaar.serve import serve

LOOK_THEMSELVES = ("demo", "serve", "db", "restore", "timetable")  # at the schema: see bazaar.schema


@click.group(name="bazaar", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("bazaar"), prog_name="bazaar")
@click.pass_context
def command(context: click.Context) -> None:
    """Bazaar runs recruitment fairs."""
    if context.invoked_subcommand is None or context.resilient_parsing:
        return
    settings = Settings.from_environment(os.environ)
    clock.start()  # here, so that the workers of `serve` share one clock
    context.with_resource(create_app(settings).app_context())
    asks_for_help = {"-h", "--help"} & set(sys.argv)
    if context.invoked_subcommand not in LOOK_THEMSELVES and not asks_for_help:
        schema.refuse_old()


@click.group(name="db")
def database() -> None:
    """The database's own form."""


@database.command("upgrade")
def upgrade_schema() -> None:
    """Bring the schema up to this version, and the short list of occupations with it."""
    schema.bring_up()


@click.group(name="import")
def imports() -> None:
    """Take in lists from files."""


for part in (import_exhibitors, import_jobseekers, import_vacancies, import_occupations):
    imports.add_command(part)
for whole in (
    demo, serve, database, backup, restore, send, organiser, sign_in_link, fair, booths, imports, badges, device, scans,
    timetable,
):  # fmt: skip
    command.add_command(whole)


def main() -> None:
    """Run, and turn every refusal into one line on standard error and exit 2."""
    try:
        status = command.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _stop(_which(error.ctx))
    except click.ClickException as error:
        _stop(error.format_message())
    except Refused as error:
        _stop(error.reason)
    except NotFound as error:
        _stop(str(error) or "not found")
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):
            raise
        _stop(f"DATABASE_URL: the database does not answer: {error.orig}")
    except click.Abort:
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)


def _which(context: click.Context) -> str:
    """What may follow a command that was left unfinished."""
    group = context.command
    follow = group.list_commands(context) if isinstance(group, click.Group) else []
    return f"{context.info_name}: say which: {', '.join(follow)}"


def _stop(words: str) -> None:
    print(f"bazaar: {' '.join(words.split())}", file=sys.stderr)
    sys.exit(2)
