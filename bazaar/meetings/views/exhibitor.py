"""The exhibitor's plan: its day, the requests to answer, and everything that may be done to a meeting."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as day_time

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from bazaar import clock, web
from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.employers.queries import exhibited, representatives_of
from bazaar.fairs.models import Fair
from bazaar.i18n import day_words, local, moment_of, moment_words
from bazaar.jobseekers.queries import registration_at
from bazaar.meetings import actions, queries, rules
from bazaar.meetings.forms import AcceptForm, CallOffForm, ColleagueForm, DeclineForm, SlotForm
from bazaar.meetings.models import Meeting, Slot
from bazaar.meetings.rules import Time
from bazaar.meetings.views.blueprint import Page, blueprint, by_day, one_of_each_start, way_on
from bazaar.meetings.words import coming_words, status_words
from bazaar.people.asking import signed_in
from bazaar.people.models import Person
from bazaar.sharing.models import Share
from bazaar.sharing.queries import Profile, shared_profile, shared_profiles, standing_share, standing_shares

PLAN = "/exhibit/<slug>/<uuid:exhibitor_id>/meetings"


def entered(slug: str, exhibitor_id: uuid.UUID) -> tuple[Person, Fair, Exhibitor]:
    """Whoever asks, the fair, and their place at it."""
    person = signed_in()
    exhibitor = exhibited(person, slug, exhibitor_id, to_change=request.method == "POST")
    g.fair = exhibitor.fair
    return person, exhibitor.fair, exhibitor


# --- The plan -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A time of the plan, with its meeting or free."""

    starts_at: datetime
    ends_at: datetime
    slot: Slot | None
    meeting: Meeting | None
    profile: Profile | None
    name: str
    status: str
    words: str
    may_be_held: bool = False
    may_be_no_show: bool = False
    coming: str = ""


@blueprint.get(PLAN)
def exhibitor_plan(slug: str, exhibitor_id: uuid.UUID) -> Page:
    """Requests to answer first, then each day by the clock: all tables, or one recruiter's own."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    moment = clock.now()
    only = person.id if request.args.get("who") == "me" else None
    meetings = queries.meetings_of_exhibitor(exhibitor.id)
    profiles = _profiles(exhibitor, meetings)
    requests = queries.requests_to(exhibitor.id, moment)
    rows = _rows(fair, exhibitor, meetings, profiles, only)
    counts = queries.counts_of(fair.id, moment, exhibitor.id)
    return render_template(
        "meetings/exhibitor_plan.html",
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        only_mine=only is not None,
        requests=[(each, profiles.get(each.registration_id)) for each in requests],
        days=_under_days(rows, fair),
        booked=counts.get("booked", 0) + counts.get("held", 0) + counts.get("no_show", 0),
        free=sum(row.meeting is None and row.starts_at > moment for row in rows),
        ended=[
            (each, status_words(rules.status_at(each.status, each.expires_at, moment)))
            for each in meetings
            if rules.status_at(each.status, each.expires_at, moment) in ("declined", "expired", "cancelled")
        ],
        names={each.id: name_of(each, profiles.get(each.registration_id), moment) for each in meetings},
        blocked=queries.blocked_by(exhibitor),
        hour=timedelta(hours=1),
    )


def _profiles(exhibitor: Exhibitor, meetings: Sequence[Meeting]) -> dict[uuid.UUID, Profile]:
    """What each of these people shows this exhibitor, by registration."""
    shares = standing_shares(exhibitor.id, {meeting.registration_id for meeting in meetings})
    shown = shared_profiles(list(shares.values()))
    return {registration_id: shown[share.id] for registration_id, share in shares.items()}


def name_of(meeting: Meeting, profile: Profile | Share | None, moment: datetime) -> str:
    """Who it is: the name while it is shared or the meeting stands; after that it is nobody's to see."""
    stands = meeting.status in rules.OPEN and (meeting.ends_at is None or meeting.ends_at > moment)
    return meeting.registration.shown_name if profile or stands else _("Name taken back")


def _rows(
    fair: Fair,
    exhibitor: Exhibitor,
    meetings: Sequence[Meeting],
    profiles: dict[uuid.UUID, Profile],
    only: uuid.UUID | None,
) -> list[Row]:
    moment, limits = clock.now(), queries.limits_of(fair)
    rows, taken = [], set()
    comes = queries.who_comes([each.id for each in meetings if each.status == "booked"])
    for meeting in meetings:
        starts_at, ends_at = meeting.starts_at, meeting.ends_at
        if meeting.status not in rules.STANDING or starts_at is None or ends_at is None:
            continue
        taken.add(meeting.slot_id)
        over = ends_at <= moment
        said = meeting.status == "booked"
        profile = profiles.get(meeting.registration_id)
        rows.append(Row(
            starts_at, ends_at, meeting.slot, meeting, profile, name_of(meeting, profile, moment), meeting.status,
            status_words("unknown" if over and said else meeting.status),
            may_be_held=said and rules.may_be_held(starts_at, moment, limits),
            may_be_no_show=said and rules.may_be_no_show(starts_at, moment, limits),
            coming="" if over else coming_words(comes.get(meeting.id, "")),
        ))  # fmt: skip
    rows += [
        Row(
            slot.starts_at,
            slot.ends_at,
            slot,
            None,
            None,
            "",
            "free",
            _("Free") if slot.is_open else _("Kept"),
        )
        for slot in queries.slots_of(exhibitor)
        if slot.id not in taken
    ]
    mine = [row for row in rows if only is None or (row.slot and row.slot.recruiter_id == only)]
    return sorted(mine, key=lambda row: (row.starts_at, row.slot.table if row.slot else 0))


def _under_days(rows: list[Row], fair: Fair) -> list[tuple[date, list[Row]]]:
    days: dict[date, list[Row]] = {}
    for row in rows:
        days.setdefault(local(row.starts_at, fair).date(), []).append(row)
    return sorted(days.items())


# --- One meeting ----------------------------------------------------------------------------


@dataclass
class Forms:
    """Everything that may be typed on a meeting's page; the one that was sent carries its errors."""

    accept: AcceptForm
    decline: DeclineForm
    move: SlotForm
    colleague: ColleagueForm
    reason: CallOffForm

    @property
    def wrong(self) -> bool:
        return any(form.errors for form in vars(self).values())


def _forms(fair: Fair, exhibitor: Exhibitor, meeting: Meeting) -> Forms:
    forms = Forms(AcceptForm(), DeclineForm(), SlotForm(), ColleagueForm(), CallOffForm())
    forms.accept.day.choices = [
        (day.date.isoformat(), day_words(day.date)) for day, _hours in queries.hours_of(fair, exhibitor.id)
    ]
    forms.accept.table.choices = [(n, str(n)) for n in range(1, exhibitor.tables + 1)]
    at_table = meeting.slot.recruiter_id if meeting.slot else None
    forms.colleague.colleague.choices = [
        (str(each.person_id), each.person.name)
        for each in representatives_of(exhibitor.organisation_id)
        if each.person_id != at_table
    ]
    if "words" not in request.form:  # also when another form of the page came back
        forms.decline.words.data = _(
            "Thank you for your interest. We cannot meet you at a set time this time."
        )
    return forms


def _page(fair: Fair, exhibitor: Exhibitor, meeting: Meeting, forms: Forms) -> Page:
    moment, limits = clock.now(), queries.limits_of(fair)
    share = standing_share(meeting.registration_id, exhibitor.id)
    profile = shared_profile(share) if share else None
    status = rules.status_at(meeting.status, meeting.expires_at, moment)
    over = meeting.ends_at is not None and meeting.ends_at <= moment
    slots = queries.free_slots(exhibitor, moment, also_kept=True) if status in rules.OPEN and not over else []
    starts_at = meeting.starts_at
    page = render_template(
        "meetings/exhibitor_meeting.html",
        exhibitor=exhibitor,
        organisation=exhibitor.organisation,
        meeting=meeting,
        name=name_of(meeting, profile, moment),
        profile=profile,
        status=status,
        words=status_words("unknown" if over and status == "booked" else status),
        over=over,
        coming="" if over else coming_words(queries.who_comes([meeting.id]).get(meeting.id, "")),
        forms=forms,
        days=by_day(one_of_each_start(_that_fit(fair, exhibitor, meeting, slots)), fair),
        has_other_times=bool(slots),
        may_be_held=status in ("booked", "no_show")
        and bool(starts_at and rules.may_be_held(starts_at, moment, limits)),
        may_be_no_show=status == "booked"
        and bool(starts_at and rules.may_be_no_show(starts_at, moment, limits)),
    )
    return (page, 422) if forms.wrong else page


def _that_fit(fair: Fair, exhibitor: Exhibitor, meeting: Meeting, slots: Sequence[Slot]) -> list[Slot]:
    """The times for which the jobseeker's day has room: which others they have stays theirs."""
    stands, limits = queries.stands_of(fair.id, [exhibitor.id]), queries.limits_of(fair)
    busy = queries.busy_times(meeting.registration, besides=meeting.id)
    return [slot for slot in slots if not rules.first_clash(queries.time_of(slot, stands), busy, limits)]


@blueprint.get(f"{PLAN}/<uuid:meeting_id>")
def exhibitor_meeting(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Page:
    """One meeting or request: what this person shows, and what may be done."""
    _person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    return _page(fair, exhibitor, meeting, _forms(fair, exhibitor, meeting))


def _to_meeting(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Response:
    return web.go("meetings.exhibitor_meeting", slug=slug, exhibitor_id=exhibitor_id, meeting_id=meeting_id)


def _back(
    slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID
) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        (
            _("Look at the meeting again"),
            url_for(
                "meetings.exhibitor_meeting", slug=slug, exhibitor_id=exhibitor_id, meeting_id=meeting_id
            ),
        ),
        (_("All meetings"), url_for("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)),
    )


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/accept")
def accept(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Page:
    """Yes, at one of the free times or at a new one."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    forms = _forms(fair, exhibitor, meeting)
    if not forms.accept.validate_on_submit():
        return _page(fair, exhibitor, meeting, forms)
    name = meeting.registration.shown_name
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        if forms.accept.slot.data:
            actions.accept(fair, meeting, forms.accept.slot.data, person.id)
        else:
            actions.accept_at(
                fair, meeting, _own_time(fair, forms.accept), forms.accept.table.data or 1, person.id
            )
        when = moment_words(meeting.starts_at or clock.now(), fair)
        db.session.commit()
    web.say(_("%(name)s is booked for %(when)s and has been told.", name=name, when=when))
    return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)


def _own_time(fair: Fair, form: AcceptForm) -> Time:
    """The time that was written, as long as the fair's slots are."""
    starts_at = moment_of(date.fromisoformat(form.day.data), form.starts.data or day_time.min, fair)
    return Time(starts_at, starts_at + timedelta(minutes=fair.slot_minutes))


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/decline")
def decline(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Page:
    """No, in kind words."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    forms = _forms(fair, exhibitor, meeting)
    if not forms.decline.validate_on_submit():
        return _page(fair, exhibitor, meeting, forms)
    name = meeting.registration.shown_name
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        actions.decline(
            fair, meeting, forms.decline.words.data or "", person.id, and_block=forms.decline.block.data
        )
        db.session.commit()
    web.say(_("%(name)s has been told, in your words.", name=name))
    return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/move")
def exhibitor_move(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Page:
    """Another time for a booked meeting."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    forms = _forms(fair, exhibitor, meeting)
    if not forms.move.validate_on_submit():
        return _page(fair, exhibitor, meeting, forms)
    name = meeting.registration.shown_name
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        actions.move(fair, meeting, forms.move.slot.data, person.id)
        when = moment_words(meeting.starts_at or clock.now(), fair)
        db.session.commit()
    web.say(_("%(name)s now comes %(when)s and has been told.", name=name, when=when))
    return _to_meeting(slug, exhibitor_id, meeting_id)


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/hand-over")
def hand_over(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Page:
    """A colleague takes the meeting."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    forms = _forms(fair, exhibitor, meeting)
    colleague = forms.colleague.colleague.data if forms.colleague.validate_on_submit() else None
    if colleague is None:
        forms.colleague.colleague.errors = [_("Choose a colleague.")]
        return _page(fair, exhibitor, meeting, forms)
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        actions.hand_over(fair, meeting, colleague, person.id)
        db.session.commit()
    web.say(_("Your colleague takes the meeting and has been told."))
    return _to_meeting(slug, exhibitor_id, meeting_id)


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/cancel")
def exhibitor_cancel(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Page:
    """Call a meeting off; the jobseeker is told why."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    forms = _forms(fair, exhibitor, meeting)
    if not forms.reason.validate_on_submit():
        return _page(fair, exhibitor, meeting, forms)
    name = meeting.registration.shown_name
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        reason = forms.reason.reason.data or ""
        if forms.reason.block.data:
            actions.block(fair, meeting.registration, exhibitor, "exhibitor", person.id, reason)
        else:
            actions.cancel(fair, meeting, "exhibitor", reason, person.id)
        db.session.commit()
    words = _("The meeting with %(name)s is cancelled. They have been told.", name=name)
    if forms.reason.block.data:
        web.say(words)
        return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)
    web.say_with_undo(
        words,
        url_for("meetings.exhibitor_restore", slug=slug, exhibitor_id=exhibitor_id, meeting_id=meeting_id),
    )
    return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/restore")
def exhibitor_restore(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Response:
    """Undo one's own cancellation."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        actions.restore(fair, meeting, "exhibitor", person.id)
        name = meeting.registration.shown_name
        db.session.commit()
    web.say(_("The meeting with %(name)s stands again.", name=name))
    return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post(f"{PLAN}/<uuid:meeting_id>/said")
def said(slug: str, exhibitor_id: uuid.UUID, meeting_id: uuid.UUID) -> Response:
    """Held, did not come, or not known after all: as the recruiter says."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    meeting = queries.exhibitors_meeting(exhibitor, meeting_id)
    share = standing_share(meeting.registration_id, exhibitor.id)
    name, what = name_of(meeting, share, clock.now()), request.form.get("what")
    with way_on(*_back(slug, exhibitor_id, meeting_id)):
        if what == "held":
            actions.say_held(fair, meeting, person.id)
        elif what == "no_show":
            actions.say_no_show(fair, meeting, person.id)
        else:
            actions.take_back_word(fair, meeting, person.id)
        db.session.commit()
    words = {"held": _("Held: %(name)s.", name=name), "no_show": _("Did not come: %(name)s.", name=name)}
    if what in words:
        web.say_with_undo(
            words[what],
            url_for("meetings.said", slug=slug, exhibitor_id=exhibitor_id, meeting_id=meeting_id),
        )
    else:
        web.say(_("It is not known again whether %(name)s came.", name=name))
    return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)


@blueprint.post("/exhibit/<slug>/<uuid:exhibitor_id>/people/<uuid:registration_id>/unblock")
def exhibitor_unblock(slug: str, exhibitor_id: uuid.UUID, registration_id: uuid.UUID) -> Response:
    """Take this person's requests again."""
    person, fair, exhibitor = entered(slug, exhibitor_id)
    registration = registration_at(fair, registration_id)
    actions.unblock(registration.id, exhibitor.id, "exhibitor", person.id)
    db.session.commit()
    web.say(_("They may ask you for a meeting again."))
    return web.go("meetings.exhibitor_plan", slug=slug, exhibitor_id=exhibitor_id)
