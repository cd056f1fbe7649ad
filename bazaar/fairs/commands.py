"""`bazaar organiser add`, `bazaar fair new` and `bazaar fair owner`: how a server gets its first fair."""

import re
from contextlib import suppress
from datetime import date

import click

from bazaar.db import db
from bazaar.errors import Refused
from bazaar.fairs import actions, rules
from bazaar.fairs.models import Fair, Organiser
from bazaar.fairs.queries import fair_named, fairs_of_nobody, first_maker, is_taken, organisers_of
from bazaar.people.actions import person_at
from bazaar.people.models import Person
from bazaar.people.queries import people_at
from bazaar.people.rules import read_address
from bazaar.words import one_line


@click.group()
def organiser() -> None:
    """Who may make fairs."""


@organiser.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Their name, as others see it.")
def add_organiser(email: str, name: str) -> None:
    """Let somebody make fairs. Fairs that nobody owns become theirs."""
    name = _name("--name", name)
    person = person_at(_email(email), name, "sv")
    actions.let_make_fairs(person)
    for fair in fairs_of_nobody():
        _make_owner(fair, person)
    db.session.commit()
    click.echo(f"{name} may make fairs")


@click.group()
def fair() -> None:
    """Fairs."""


@fair.command("new")
@click.argument("slug")
@click.option("--name", required=True, help="The fair's name.")
@click.option("--date", "first_day", required=True, help="Its first day, such as 2027-04-21.")
@click.option("--days", default=1, help="How many days, one after the other.")
@click.option("--zone", default="Europe/Stockholm", help="Its time zone.")
@click.option("--owner", help="E-mail of its owner, made where new; else who was first let to make fairs.")
@click.option("--hidden", is_flag=True, help="Only its organisers see it until they publish it.")
def new_fair(
    slug: str, name: str, first_day: str, days: int, zone: str, owner: str | None, hidden: bool
) -> None:
    """Make a fair."""
    _check_slug(slug)
    if not 1 <= days <= rules.MOST_DAYS:
        raise Refused(f"--days: must be 1 to {rules.MOST_DAYS}")
    if not rules.is_zone(zone):
        raise Refused(f"--zone: there is no time zone {zone}")
    made = actions.make_fair(
        slug,
        _name("--name", name),
        rules.consecutive(_day(first_day), days),
        zone=zone,
        owner=_owner(owner) if owner else first_maker(),
        by=None,
        published=not hidden,
    )
    db.session.commit()
    click.echo(f"{made.slug}: made, {days} {'day' if days == 1 else 'days'} from {first_day}")


@fair.command("owner")
@click.argument("slug")
@click.argument("email")
def give_fair(slug: str, email: str) -> None:
    """Make somebody an owner of a fair, for when its owners are gone."""
    _make_owner(fair_named(slug), _owner(email))
    db.session.commit()
    click.echo(f"{slug}: {email} is an owner")


def _make_owner(fair: Fair, person: Person) -> Organiser:
    part = next((one for one in organisers_of(fair.id) if one.person_id == person.id), None)
    if part is None:
        return actions.add_organiser(fair, person, rules.OWNER, None)
    actions.change_organiser(fair, part, rules.OWNER, part.partner_id, None)
    return part


def _owner(email: str) -> Person:
    """Whoever has this address, else somebody new named after it; they may make fairs."""
    address = _email(email)
    known = people_at(address)
    person = known[0] if known else person_at(address, address.partition("@")[0], "sv")
    actions.let_make_fairs(person)
    return person


def _check_slug(slug: str) -> None:
    if not rules.is_slug(slug):
        raise Refused(f'{slug}: use at most 40 small letters a-z, digits and dashes, such as "spring-2027"')
    if slug in rules.TAKEN_SLUGS or is_taken(slug):
        raise Refused(f"{slug}: is taken")


def _name(option: str, text: str) -> str:
    name = one_line(text)
    if not name or len(name) > 300:
        raise Refused(f"{option}: must be 1 to 300 characters")
    return name


def _day(text: str) -> date:
    if re.fullmatch(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}", text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise Refused(f"--date: not a date such as 2027-04-21: {text}")


def _email(text: str) -> str:
    address = read_address(text)
    if address is None or address.kind != "email":
        raise Refused(f"not an e-mail address: {text}")
    return address.address
