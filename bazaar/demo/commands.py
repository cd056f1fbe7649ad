"""`bazaar demo`: make the fair, serve it on this machine alone, and print a link for each role."""

import os
import secrets
import threading
import time as stopwatch
import urllib.request
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import click
from sqlalchemy import func, select

from bazaar import clock
from bazaar.checkin.models import Remark
from bazaar.db import Base, db
from bazaar.demo.fair import make_fair
from bazaar.employers.models import Exhibitor, Representative
from bazaar.errors import Refused
from bazaar.fairs.models import Fair, FairDay, Organiser, Staff
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting
from bazaar.occupations.actions import load_short_list
from bazaar.people.actions import demo_link
from bazaar.people.models import Person
from bazaar.schema import bring_up, is_empty
from bazaar.serve import run
from bazaar.terminal import tell

OPEN_SINCE = timedelta(hours=4)
LASTS = timedelta(hours=8)
ZONE = ZoneInfo("Europe/Stockholm")


@click.command()
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Make the demo fair anew.")
@click.option("--jobseekers", default=400, show_default=True, type=click.IntRange(1, 9999))
@click.option("--employers", default=60, show_default=True, type=click.IntRange(1, 500))
@click.option("--seed", default=7, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only make the fair.")
def demo(port: int, fresh: bool, jobseekers: int, employers: int, seed: int, no_serve: bool) -> None:
    """A believable fair that opened four hours ago, for trying things out."""
    _stay_within_the_day()
    if not is_empty():
        refuse_what_is_not_a_demo()
    bring_up()
    if fresh or not _stands_today():
        make(seed, employers, jobseekers)
    if no_serve:
        return
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    links = _links(os.environ["BASE_URL"])
    db.session.commit()
    _once_it_answers(port, lambda: click.echo("\n".join(f"{role}\t{url}" for role, url in links)))
    run("127.0.0.1", port, workers=2)


def _stay_within_the_day() -> None:
    """A fair that opened four hours ago and lasts eight must not cross midnight: then it is noon."""
    here = clock.now().astimezone(ZONE)
    opens = _opening(here)
    if opens.date() != here.date() or (opens + LASTS).date() != here.date():
        noon = datetime.combine(here.date(), time(12), ZONE)
        os.environ["BAZAAR_NOW"] = noon.isoformat()
        clock.start_again()


def _opening(here: datetime) -> datetime:
    """Four hours ago, on a minute that a clock-maker would choose."""
    since = here - OPEN_SINCE
    return since.replace(minute=since.minute - since.minute % 5, second=0, microsecond=0)


def refuse_what_is_not_a_demo() -> None:
    """Refused where the database holds any fair that the demo did not make."""
    if db.session.scalar(select(Fair.id).where(Fair.is_demo.is_(False)).limit(1)) is not None:
        raise Refused("this database holds a real fair: the demo wants one of its own (DATABASE_URL)")


def _stands_today() -> bool:
    today = clock.now().astimezone(ZONE).date()
    query = (
        select(FairDay.id).join(Fair, Fair.id == FairDay.fair_id).where(Fair.is_demo, FairDay.date == today)
    )
    return db.session.scalar(query.limit(1)) is not None


def make(seed: int, employers: int, jobseekers: int) -> None:
    """Empty the demo's database and make the fair again, whole or not at all."""
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(table.delete())
    load_short_list()
    db.session.flush()
    now = clock.now()
    opens = _opening(now.astimezone(ZONE))
    tell("demo fair: making it up")
    make_fair(seed, opens.date(), opens.time(), employers, jobseekers, now)
    db.session.commit()
    tell("")


def _links(base_url: str) -> list[tuple[str, str]]:
    """A link for each role, to somebody who has something to see; they work for a day, any number of times."""
    fair_id = db.session.scalars(select(Fair.id).where(Fair.is_demo)).one()
    place = db.session.scalars(
        select(Remark.exhibitor_id).where(Remark.fair_id == fair_id).group_by(Remark.exhibitor_id)
        .order_by(func.count().desc(), Remark.exhibitor_id).limit(1)
    ).first() or db.session.scalars(select(Exhibitor.id).where(Exhibitor.fair_id == fair_id).limit(1)).one()  # fmt: skip
    coming = (
        select(Registration.person_id)
        .join(Meeting, Meeting.registration_id == Registration.id)
        .where(Registration.fair_id == fair_id, Meeting.status == "booked", Meeting.starts_at > clock.now())
        .order_by(Meeting.starts_at, Registration.id)
    )
    anybody = select(Registration.person_id).where(Registration.fair_id == fair_id).order_by(Registration.id)
    recruiter = (
        select(Representative.person_id)
        .join(Exhibitor, Exhibitor.organisation_id == Representative.organisation_id)
        .where(Exhibitor.id == place)
    )
    roles = (
        ("organiser", select(Organiser.person_id).where(Organiser.fair_id == fair_id), "/organise/demo/"),
        ("exhibitor", recruiter, f"/exhibit/demo/{place}/"),
        ("jobseeker", coming if db.session.scalar(coming.limit(1)) else anybody, "/me/demo/"),
        ("staff", select(Staff.person_id).where(Staff.fair_id == fair_id), "/desk/demo/"),
    )
    return [
        (role, f"{base_url}/sign-in/link/{demo_link(db.session.get_one(Person, who), go_to)}")
        for role, query, go_to in roles
        if (who := db.session.scalar(query.limit(1))) is not None
    ]


def _once_it_answers(port: int, tell: Callable[[], None]) -> None:
    """Tell it when the server answers; the server itself has this thread."""

    def wait() -> None:
        for _try in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                    tell()
                    return
            except OSError:
                stopwatch.sleep(0.1)

    threading.Thread(target=wait, daemon=True).start()
