"""`bazaar badges SLUG --out FILE`."""

from pathlib import Path

import click

from bazaar import files, i18n, sheets
from bazaar.badges import actions, printing
from bazaar.badges.cards import Chosen, cards_of, chosen, printed_fair
from bazaar.badges.rules import JOBSEEKERS, LAYOUTS, WHO
from bazaar.db import begin_reading, begin_writing, db
from bazaar.errors import Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import fair_named
from bazaar.terminal import counted


@click.command()
@click.argument("slug")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="FILE.pdf or FILE.csv"
)
@click.option("--layout", type=click.Choice(LAYOUTS), default="a6", show_default=True)
@click.option("--who", type=click.Choice(WHO), default=JOBSEEKERS, show_default=True)
def badges(slug: str, out: Path, layout: str, who: str) -> None:
    """Print badges (PDF), or list them for another printer (CSV: registration,name,code)."""
    form = out.suffix.lower().removeprefix(".")
    if form not in ("pdf", "csv"):
        raise Refused(f"{out}: the file's name must end in .pdf or .csv")
    fair = fair_named(slug)
    actions.make_missing(fair, None)
    db.session.commit()
    begin_reading()  # the drawing takes its time: nobody waits for it
    them = chosen(fair, who)
    with i18n.words_for(fair.languages[0] if fair.languages else "en"):
        if form == "csv":
            rows = (
                [card.registration, card.name, card.code]
                for card in counted(cards_of(fair, them), "badges", len(them))
            )
            sheets.csv_file(out, ["registration", "name", "code"], rows, secret=True)
        else:
            _write(out, fair, them, layout)
    db.session.commit()
    begin_writing()
    actions.keep_printed(fair, them, "csv" if form == "csv" else layout, None)
    db.session.commit()
    click.echo(f"{len(them)} badges", err=True)


def _write(out: Path, fair: Fair, them: Chosen, layout: str) -> None:
    """Only its owner may read what holds codes."""
    cards = counted(cards_of(fair, them), "badges", len(them))
    with files.whole(out, secret=True) as file:
        printing.write(file, printed_fair(fair, len(them)), cards, layout)
