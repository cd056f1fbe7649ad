"""`bazaar sign-in-link`: a way in for whoever may run commands."""

import click

from bazaar import web
from bazaar.db import db
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import fair_named, fairs_staffed_by, role_at
from bazaar.home.queries.parts import exhibited_by, registrations_of
from bazaar.people import actions
from bazaar.people.models import Person
from bazaar.people.queries import people_at
from bazaar.people.rules import read_address


@click.command("sign-in-link")
@click.argument("address", metavar="EMAIL-OR-PHONE")
@click.option("--fair", "slug", metavar="SLUG", help="Go to their own page of this fair after it.")
def sign_in_link(address: str, slug: str | None) -> None:
    """Print a link that signs this person in once, within 10 minutes."""
    read = read_address(address)
    if read is None:
        raise Refused(f"not an e-mail address or phone number: {address}")
    fair = fair_named(slug) if slug is not None else None
    people = people_at(read.address)
    if not people:
        raise NotFound(f"nobody has the address {address}")
    ways = {_way(person, fair) for person in people} if fair else set()
    token = actions.link_for(read.address, ways.pop() if len(ways) == 1 else "/me/")
    db.session.commit()
    click.echo(web.address("people.link", token=token))


def _way(person: Person, fair: Fair) -> str:
    """Where this person belongs at the fair; who takes no part in it may look at its page."""
    if role_at(person, fair.id) is not None:
        return web.path_to("home.organiser", slug=fair.slug)
    places = [place for place in exhibited_by(person) if place.fair_id == fair.id]
    if places:
        return web.path_to("home.exhibitor", slug=fair.slug, exhibitor_id=places[0].id)
    if fair in fairs_staffed_by(person):
        return web.path_to("desk.index", slug=fair.slug)
    own = [registration for registration in registrations_of(person) if registration.fair_id == fair.id]
    if own:
        endpoint = "home.my_fair" if own[0].status == "registered" else "jobseekers.register"
        return web.path_to(endpoint, slug=fair.slug)
    return web.path_to("home.fair", slug=fair.slug)
