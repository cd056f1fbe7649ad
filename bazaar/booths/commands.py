"""`bazaar booths make` and `bazaar booths propose`."""

import click
from flask_babel import ngettext

from bazaar.booths import actions, names, queries
from bazaar.booths.letters import stand_lines
from bazaar.booths.models import Block, Booth
from bazaar.booths.proposal import Plan
from bazaar.db import db
from bazaar.employers.queries import exhibitors_of
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import fair_named
from bazaar.words import one_line

LONGEST_NAME = 300


@click.group()
def booths() -> None:
    """The floor."""


@booths.command("make")
@click.argument("slug")
@click.option("--hall", "hall_name", required=True, help="The hall's name; a new hall is made.")
@click.option("--rows", required=True, type=click.IntRange(1, 100), help="Rows of booths.")
@click.option("--columns", required=True, type=click.IntRange(1, 100), help="Booths in a row.")
def make_booths(slug: str, hall_name: str, rows: int, columns: int) -> None:
    """Make rows of booths, numbered in walking order."""
    fair = fair_named(slug)
    hall_name = one_line(hall_name)
    if not 1 <= len(hall_name) <= LONGEST_NAME:
        raise Refused(f"--hall: must be 1 to {LONGEST_NAME} characters")
    made = actions.make(fair, hall_name, rows, columns)
    numbers = f"{made[0].number}–{made[-1].number}"
    db.session.commit()
    click.echo(
        ngettext("%(num)s booth in %(hall)s: %(numbers)s", "%(num)s booths in %(hall)s: %(numbers)s",
                 rows * columns, hall=hall_name, numbers=numbers)
    )  # fmt: skip


@booths.command("propose")
@click.argument("slug")
@click.option("--apply", "do_apply", is_flag=True, help="Give everybody the proposed booth.")
@click.pass_context
def propose(context: click.Context, slug: str, do_apply: bool) -> None:
    """A booth for every exhibitor without one, with reasons. Exit status 1 where somebody got none."""
    fair = fair_named(slug)
    plan = actions.proposal_for(fair)
    for line in _lines(fair, plan):
        click.echo(line)
    if do_apply and plan.given:
        actions.apply(fair, plan, None)
        db.session.commit()
    placed, left = {part.exhibitor for part in plan.given}, {part.exhibitor for part in plan.missing}
    used = len({part.booth for part in plan.given})
    click.echo(
        f"{len(placed)} placed in {used} booths, {len(left)} without a booth{'' if do_apply else ' (nothing stored)'}"
    )
    if left:
        context.exit(1)


def _lines(fair: Fair, plan: Plan) -> list[str]:
    """One line for each exhibitor and booth, then one for each who got none."""
    name = {exhibitor.id: exhibitor.organisation.name for exhibitor in exhibitors_of(fair.id)}
    booth: dict[object, Booth] = {each.id: each for each in queries.booths_of(fair.id)}
    block: dict[object, Block] = {each.id: each for each in queries.blocks_of(fair)}
    lines = []
    for part in plan.given:
        where = "; ".join(stand_lines(fair, [(block[each], booth[part.booth]) for each in part.blocks]))
        lines.append(f"{name[part.exhibitor]}: {where} ({names.reasons_words(list(part.reasons))})")
    lines += [
        f"{name[part.exhibitor]}: no booth ({names.reason_words(part.reason)})" for part in plan.missing
    ]
    lines += [
        f"{name[part.exhibitor]}: no further booth ({names.reason_words(part.reason)})" for part in plan.fewer
    ]
    return lines
