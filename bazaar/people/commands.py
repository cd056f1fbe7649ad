"""`bazaar sign-in-link`: a way in for whoever may run commands."""

import re

import click

from bazaar import web
from bazaar.db import db
from bazaar.errors import NotFound, Refused
from bazaar.people import actions
from bazaar.people.rules import read_address


@click.command("sign-in-link")
@click.argument("address", metavar="EMAIL-OR-PHONE")
@click.option("--fair", metavar="SLUG", help="Go to this fair's page after it.")
def sign_in_link(address: str, fair: str | None) -> None:
    """Print a link that signs this person in once, within 10 minutes."""
    read = read_address(address)
    if read is None:
        raise Refused(f"not an e-mail address or phone number: {address}")
    if fair is not None and not re.fullmatch(r"[a-z0-9-]{1,40}", fair):
        raise Refused(f"not a fair's slug: {fair}")
    try:
        token = actions.link_for(read.address, f"/me/{fair}/" if fair else "/me/")
    except NotFound:
        raise NotFound(f"nobody has the address {address}") from None
    db.session.commit()
    click.echo(web.address("people.link", token=token))
