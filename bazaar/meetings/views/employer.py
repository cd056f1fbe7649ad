"""One employer's page: every fact, its free times, and the way to a meeting."""

import uuid
from dataclasses import dataclass

from flask import g, redirect, render_template, request, url_for

from bazaar import clock
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import published_vacancies_of
from bazaar.fairs.models import Fair
from bazaar.fairs.queries import public_fair
from bazaar.i18n import local
from bazaar.jobseekers.models import Registration
from bazaar.jobseekers.queries import registration_of
from bazaar.meetings import queries
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.views.blueprint import Page, blueprint, by_day
from bazaar.meetings.words import closed_words, facts_of
from bazaar.occupations.queries import groups
from bazaar.people.asking import who
from bazaar.sharing.queries import field_words, fields_there, standing_share
from bazaar.sharing.rules import USUAL, chosen

SHOWN_FIRST = 3


@blueprint.get("/f/<slug>/employers/<uuid:exhibitor_id>")
def employer(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """What an employer offers, in the same order as every other, and how to meet it."""
    fair = g.fair = public_fair(slug)
    exhibitor = queries.exhibitor_at(fair, exhibitor_id)
    vacancies = published_vacancies_of(fair.id, exhibitor.id)
    occupations = groups(vacancy.group_code for vacancy in vacancies if vacancy.group_code)
    way = _way_to_meet(fair, exhibitor)
    days = by_day(way.slots, fair)
    return render_template(
        "meetings/employer.html",
        exhibitor=exhibitor,
        stand=queries.stands_of(fair.id, [exhibitor.id]).next(exhibitor.id, clock.now()),
        jobs=[
            (vacancy, facts_of(vacancy, occupations.get(vacancy.group_code or ""))) for vacancy in vacancies
        ],
        interviews=exhibitor.interviews_today or any(vacancy.interviews_today for vacancy in vacancies),
        decides=any(vacancy.decides_today for vacancy in vacancies),
        way=way,
        all_times=request.args.get("times") == "all",
        days=days,
        first_times=days[0][1][:SHOWN_FIRST] if days else [],
        today=bool(days) and days[0][0] == local(clock.now(), fair).date(),
    )


@dataclass(frozen=True)
class WayToMeet:
    """How whoever looks at the page may meet this employer."""

    registration: Registration | None
    slots: list[Slot]
    may_ask: bool
    standing: Meeting | None  # what stands between the two already
    blocked: bool  # the jobseeker said: not this employer
    closed_words: str  # why nothing can be booked or asked now
    shown: list[str]  # keys of what a booking shows
    shown_words: str


def _way_to_meet(fair: Fair, exhibitor: Exhibitor) -> WayToMeet:
    moment = clock.now()
    registration = _registration(fair)
    standing = queries.open_meeting(registration.id, exhibitor.id, moment) if registration else None
    block = queries.pair_block(registration.id, exhibitor.id) if registration else None
    closed = queries.closed_until(fair, moment)
    shut = closed is not None
    shown = _shown(registration, exhibitor) if registration else []
    return WayToMeet(
        registration=registration,
        slots=[] if standing or block else queries.bookable_slots(fair, exhibitor, moment, registration),
        may_ask=exhibitor.by_request and not shut and not standing and not block,
        standing=standing,
        blocked=block is not None and block.by == "jobseeker",
        closed_words=_closed_words(fair, exhibitor, closed),
        shown=shown,
        shown_words=", ".join(field_words(key) for key in shown),
    )


def _registration(fair: Fair) -> Registration | None:
    person = who()
    registration = registration_of(person.id, fair.slug) if person else None
    return registration if registration and registration.status == "registered" else None


def _shown(registration: Registration, exhibitor: Exhibitor) -> list[str]:
    """What a booking shows: what this employer sees already, else everything but the addresses."""
    share = standing_share(registration.id, exhibitor.id)
    return chosen(share.fields if share else USUAL, fields_there(registration))


def _closed_words(fair: Fair, exhibitor: Exhibitor, closed: queries.Closed | None) -> str:
    if closed is None or not (exhibitor.open_slots or exhibitor.by_request):
        return ""
    return closed_words(closed.opens_at, fair)


@blueprint.get("/f/<slug>/employers/<uuid:exhibitor_id>/meet")
def meet(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """On the way to a booking: whoever is registered goes on, others register or sign in and come back."""
    fair = g.fair = public_fair(slug)
    exhibitor = queries.exhibitor_at(fair, exhibitor_id)
    endpoint = "meetings.ask" if request.args.get("ask") else "meetings.book"
    onward = url_for(endpoint, slug=slug, exhibitor_id=exhibitor_id, slot=request.args.get("slot"))
    if _registration(fair) is not None:
        return redirect(onward, 303)
    return render_template(
        "meetings/meet.html", exhibitor=exhibitor, onward=onward, signed_in=who() is not None
    )
