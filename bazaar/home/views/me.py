"""A person's own pages: which fairs they take part in, and a jobseeker's day."""

from flask import g, render_template
from werkzeug.wrappers import Response

from bazaar import clock, i18n, web
from bazaar.badges.queries import shown_badge
from bazaar.fairs.queries import days_of, fairs_organised_by, fairs_staffed_by
from bazaar.home.queries.jobseeker import Appointment, appointments, met_count, queueing
from bazaar.home.queries.parts import Parts, exhibited_by, left_by, organisations_of, registrations_of
from bazaar.home.views.blueprint import blueprint
from bazaar.jobseekers.queries import my_registration
from bazaar.people.asking import signed_in
from bazaar.queue.words import turn_words


def parts_of_me() -> Parts:
    person = signed_in()
    return Parts(
        registrations=registrations_of(person),
        organised=fairs_organised_by(person),
        staffed=fairs_staffed_by(person),
        exhibited=exhibited_by(person),
        organisations=organisations_of(person),
        left=left_by(person, clock.now()),
    )


@blueprint.get("/me/")
def me() -> str | Response:
    """After signing in: straight to the only place there is, else a choice."""
    parts = parts_of_me()
    ways: list[tuple[str, dict[str, object]]] = [
        ("home.my_fair", {"slug": r.fair.slug}) for r in parts.registrations if r.status == "registered"
    ]
    ways += [
        ("jobseekers.register", {"slug": r.fair.slug}) for r in parts.registrations if r.status == "started"
    ]
    ways += [("home.organiser", {"slug": fair.slug}) for fair in parts.organised]
    ways += [("desk.index", {"slug": fair.slug}) for fair in parts.staffed]
    ways += [("home.exhibitor", {"slug": e.fair.slug, "exhibitor_id": e.id}) for e in parts.exhibited]
    if not parts.exhibited:
        ways += [("employers.organisation", {"organisation_id": o.id}) for o in parts.organisations]
    if len(ways) == 1 and not signed_in().may_organise:
        endpoint, values = ways[0]
        return web.go(endpoint, **values)
    return render_template("home/me.html", parts=parts)


@blueprint.get("/me/<slug>/")
def my_fair(slug: str) -> str:
    """The badge page: a jobseeker's home on the day."""
    registration = my_registration(signed_in(), slug)
    g.fair = registration.fair
    now = clock.now()
    rows = appointments(registration)
    coming = [row for row in rows if row.ends_at > now]
    first = coming[0] if coming else None
    return render_template(
        "home/my_fair.html",
        registration=registration,
        badge=shown_badge(registration),
        days=days_of(g.fair.id),
        next=first,
        next_in=first.starts_at - now if first else None,
        by_day=_by_day(rows),
        met=met_count(registration),
        queues=queueing(registration, now),
        turn_words=turn_words,
    )


def _by_day(rows: list[Appointment]) -> list[tuple[str, list[Appointment]]]:
    days: dict[str, list[Appointment]] = {}
    for row in rows:
        days.setdefault(i18n.day_words(row.starts_at, g.fair), []).append(row)
    return list(days.items())


@blueprint.get("/desk/")
def staff() -> str | Response:
    """Whoever works at a door or a desk: straight there, or a choice."""
    fairs = fairs_staffed_by(signed_in())
    if len(fairs) == 1:
        return web.go("desk.index", slug=fairs[0].slug)
    return render_template("home/me.html", parts=parts_of_me())
