"""What the start pages show: a few counted facts each, over all features of one fair."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, exists, func, literal, or_, select
from sqlalchemy.orm import joinedload

from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.checkin.models import Correction, Device, Scan
from bazaar.checkin.queries import COUNTS, arrivals, in_the_hall
from bazaar.db import db
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Representative, Vacancy
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Staff
from bazaar.fairs.queries import days_of
from bazaar.followups.queries.truth import STATE, times
from bazaar.i18n import moment_of
from bazaar.jobseekers.models import Registration
from bazaar.meetings.models import Meeting, Slot
from bazaar.messages.models import Letter
from bazaar.people.models import Contact, Person
from bazaar.programme.models import Seat, Talk

QUARTER = timedelta(minutes=15)
STANDING = ("booked", "held", "no_show")
CONCERNED = ("applied", "approved", "waitlisted")  # exhibitors who hope for a place, or have one


def published_fairs() -> Sequence[tuple[Fair, list[FairDay]]]:
    """Every published fair with its days, the next first."""
    fairs = db.session.scalars(select(Fair).where(Fair.published, Fair.withdrawn_at.is_(None))).all()
    days: dict[uuid.UUID, list[FairDay]] = {fair.id: [] for fair in fairs}
    for day in db.session.scalars(select(FairDay).where(FairDay.fair_id.in_(days)).order_by(FairDay.date)):
        days[day.fair_id].append(day)
    dated = [(fair, days[fair.id]) for fair in fairs]
    return sorted(dated, key=lambda pair: pair[1][0].date.isoformat() if pair[1] else "9999")


# --- The public page --------------------------------------------------------------------------


@dataclass(frozen=True)
class PublicFacts:
    exhibitors: int
    openings: int
    interviews: bool
    shown: list[tuple[uuid.UUID, str, str]]  # id, name, booth numbers


def public_facts(fair_id: uuid.UUID, most: int = 20) -> PublicFacts:
    """How many employers and jobs, and the first exhibitors by name with their booths."""
    approved = (Exhibitor.fair_id == fair_id, Exhibitor.status == "approved")
    count = db.session.scalar(select(func.count()).select_from(Exhibitor).where(*approved)) or 0
    published = (Vacancy.fair_id == fair_id, Vacancy.status == "published", Exhibitor.status == "approved")
    jobs = select(func.coalesce(func.sum(Vacancy.openings), 0)).join(Vacancy.exhibitor).where(*published)
    today = (
        select(Vacancy.id)
        .join(Vacancy.exhibitor)
        .where(*published, Vacancy.interviews_today.is_(True))
        .limit(1)
    )
    rows = db.session.execute(
        select(Exhibitor.id, Organisation.name)
        .join(Exhibitor.organisation)
        .where(*approved)
        .order_by(Organisation.folded_name)
        .limit(most)
    )
    shown = list(rows)
    numbers = booth_words(fair_id, [exhibitor_id for exhibitor_id, _name in shown])
    return PublicFacts(
        count,
        db.session.scalar(jobs) or 0,
        db.session.scalar(today) is not None,
        [(exhibitor_id, name, numbers.get(exhibitor_id, "")) for exhibitor_id, name in shown],
    )


def booth_words(fair_id: uuid.UUID, exhibitors: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The booth numbers of some exhibitors, as "14" or "14, 31"; holds do not count."""
    query = (
        select(BoothBooking.exhibitor_id, Booth.number)
        .join(BoothBooking.booth)
        .where(
            BoothBooking.fair_id == fair_id,
            BoothBooking.exhibitor_id.in_(exhibitors),
            BoothBooking.held_until.is_(None),
        )
        .distinct()
        .order_by(Booth.number)
    )
    found: dict[uuid.UUID, list[str]] = {}
    for exhibitor_id, number in db.session.execute(query):
        found.setdefault(exhibitor_id, []).append(str(number))
    return {exhibitor_id: ", ".join(numbers) for exhibitor_id, numbers in found.items()}


# --- Whose pages are these --------------------------------------------------------------------


@dataclass(frozen=True)
class Parts:
    """Everything a person takes part in."""

    registrations: Sequence[Registration]
    organised: Sequence[Fair]
    staffed: Sequence[Fair]
    exhibited: Sequence[Exhibitor]
    organisations: Sequence[Organisation]


def exhibited_by(person: Person) -> Sequence[Exhibitor]:
    query = (
        select(Exhibitor)
        .join(Representative, Representative.organisation_id == Exhibitor.organisation_id)
        .where(
            Representative.person_id == person.id,
            Representative.ended_at.is_(None),
            Exhibitor.status != "withdrawn",
        )
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.organisation))
        .order_by(Exhibitor.id.desc())
    )
    return db.session.scalars(query).all()


def organisations_of(person: Person) -> Sequence[Organisation]:
    query = (
        select(Organisation)
        .join(Representative, Representative.organisation_id == Organisation.id)
        .where(Representative.person_id == person.id, Representative.ended_at.is_(None))
        .order_by(Organisation.folded_name)
    )
    return db.session.scalars(query).all()


def registrations_of(person: Person) -> Sequence[Registration]:
    query = (
        select(Registration)
        .where(Registration.person_id == person.id, Registration.status.in_(("registered", "started")))
        .options(joinedload(Registration.fair))
        .order_by(Registration.id.desc())
    )
    return db.session.scalars(query).all()


# --- The organiser's day ----------------------------------------------------------------------


def _count(*where: ColumnElement[bool], of: Any, most: int | None) -> Any:
    some = select(literal(1)).select_from(of).where(*where).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


MOST_COUNTED = 9_999  # beside a menu: every page of the desk asks, so nothing longer is counted to its end


def menu_counts(fair_id: uuid.UUID, *, most: int | None = None) -> dict[str, int]:
    """The figures beside the organiser's menu, in one statement; with `most` none is counted further."""
    counted = {
        "exhibitors": _count(
            Exhibitor.fair_id == fair_id,
            Exhibitor.status.in_(("applied", "approved", "waitlisted")),
            of=Exhibitor,
            most=most,
        ),
        "booths": _count(Booth.fair_id == fair_id, of=Booth, most=most),
        "talks": _count(Talk.fair_id == fair_id, Talk.cancelled_at.is_(None), of=Talk, most=most),
        "jobseekers": _count(
            Registration.fair_id == fair_id, Registration.status == "registered", of=Registration, most=most
        ),
        "meetings": _count(Meeting.fair_id == fair_id, Meeting.status.in_(STANDING), of=Meeting, most=most),
        "devices": _count(Device.fair_id == fair_id, Device.revoked_at.is_(None), of=Device, most=most),
    }
    row = db.session.execute(select(*(query.label(name) for name, query in counted.items()))).one()
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


@dataclass(frozen=True)
class Lacks:
    """What an organiser or an exhibitor has still to see to: a key, how many, and the first names."""

    key: str
    count: int
    names: list[str]


def lacks(fair: Fair, now: datetime) -> list[Lacks]:
    """Before the fair: who waits, who has no booth, no representative, no vacancy, no times."""
    approved = (Exhibitor.fair_id == fair.id, Exhibitor.status == "approved")
    has_booth = exists().where(
        BoothBooking.exhibitor_id == Exhibitor.id,
        BoothBooking.fair_id == fair.id,
        BoothBooking.held_until.is_(None),
    )
    has_person = exists().where(
        Representative.organisation_id == Exhibitor.organisation_id, Representative.ended_at.is_(None)
    )
    has_vacancy = exists().where(Vacancy.exhibitor_id == Exhibitor.id, Vacancy.status == "published")
    has_slot = exists().where(
        Slot.exhibitor_id == Exhibitor.id, Slot.withdrawn_at.is_(None), Slot.is_open, Slot.starts_at > now
    )
    employer = Exhibitor.kind == "employer"
    return [
        _exhibitors_who("undecided", Exhibitor.fair_id == fair.id, Exhibitor.status == "applied"),
        _exhibitors_who("without_booth", *approved, ~has_booth),
        _exhibitors_who("without_person", *approved, ~has_person),
        _exhibitors_who("without_vacancy", *approved, employer, ~has_vacancy),
        _exhibitors_who("without_times", *approved, Exhibitor.open_slots.is_(True), ~has_slot),
        _drafts(fair.id),
        Lacks("letters", _letters_in_trouble(fair.id), []),
        Lacks("conflicts", _open_conflicts(fair.id), []),
    ]


def _exhibitors_who(key: str, *where: ColumnElement[bool]) -> Lacks:
    count = db.session.scalar(select(func.count()).select_from(Exhibitor).where(*where)) or 0
    first = (
        select(Organisation.name).join(Exhibitor, Exhibitor.organisation_id == Organisation.id).where(*where)
    )
    names = db.session.scalars(first.order_by(Organisation.folded_name).limit(4)).all() if count else []
    return Lacks(key, count, list(names))


def _drafts(fair_id: uuid.UUID) -> Lacks:
    where = (Vacancy.fair_id == fair_id, Vacancy.status == "draft")
    count = db.session.scalar(select(func.count()).select_from(Vacancy).where(*where)) or 0
    return Lacks("drafts", count, [])


def _letters_in_trouble(fair_id: uuid.UUID) -> int:
    troubled = Letter.status.in_(("failed", "perhaps_sent"))
    return (
        db.session.scalar(select(func.count()).select_from(Letter).where(Letter.fair_id == fair_id, troubled))
        or 0
    )


def _open_conflicts(fair_id: uuid.UUID) -> int:
    settled = select(Correction.id).where(Correction.fair_id == Scan.fair_id, Correction.scan_id == Scan.id)
    query = (
        select(func.count())
        .select_from(Scan)
        .where(Scan.fair_id == fair_id, Scan.status == "conflict", ~settled.exists())
    )
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Today:
    """The hall at a glance."""

    came: int
    inside: int
    held: int
    running: int
    no_show: int
    devices: int
    quiet_devices: int
    quarters: list[tuple[datetime, int]]


def day_at(fair: Fair, now: datetime) -> FairDay | None:
    """The fair's day that is running or was last; before the first, None."""
    begun = [
        day for day in days_of(fair.id) if moment_of(day.date, day.opens, fair) - timedelta(hours=2) <= now
    ]
    return begun[-1] if begun else None


def today(fair: Fair, day: FairDay, now: datetime) -> Today:
    """Counts of one day; arrivals are by the time of the scan, each person once."""
    opens, closes = moment_of(day.date, day.opens, fair), moment_of(day.date, day.closes, fair)
    since, until = opens - timedelta(hours=3), closes + timedelta(hours=3)
    came = arrivals(fair.id, since, until)
    by_state = _meetings_by_state(fair, since, until, now)
    running = select(func.count()).where(
        Meeting.fair_id == fair.id,
        Meeting.status.in_(("booked", "held")),
        Meeting.starts_at <= now,
        Meeting.ends_at > now,
    )
    active = (Device.fair_id == fair.id, Device.revoked_at.is_(None))
    unheard = or_(Device.last_seen_at.is_(None), Device.last_seen_at < now - timedelta(minutes=15))
    quarters = [opens + QUARTER * step for step in range(int((closes - opens) / QUARTER))]
    counted = dict.fromkeys(quarters, 0)
    for at in came.values():
        step = int(max(at - opens, timedelta(0)) / QUARTER)
        counted[quarters[min(step, len(quarters) - 1)]] += 1
    return Today(
        came=len(came),
        inside=len(in_the_hall(fair.id, now, since)),
        held=by_state.get("held", 0),
        running=db.session.scalar(running) or 0,
        no_show=by_state.get("no_show", 0),
        devices=db.session.scalar(select(func.count()).select_from(Device).where(*active)) or 0,
        quiet_devices=db.session.scalar(select(func.count()).select_from(Device).where(*active, unheard))
        or 0,
        quarters=list(counted.items()),
    )


def _meetings_by_state(fair: Fair, since: datetime, until: datetime, now: datetime) -> dict[str, int]:
    """How many of a day's meetings stand how: one whose jobseeker was scanned at its time was held."""
    states = (
        select(STATE.label("state"))
        .where(Meeting.fair_id == fair.id, Meeting.starts_at >= since, Meeting.starts_at < until)
        .subquery()
    )
    counted = db.session.execute(
        select(states.c.state, func.count()).group_by(states.c.state), times(fair, now)
    )
    return {row[0]: row[1] for row in counted}


def soon(fair_id: uuid.UUID, now: datetime, most: int = 5) -> Sequence[Row[tuple[Talk, int]]]:
    """The next talks, with how many are going."""
    going = select(func.count()).where(Seat.talk_id == Talk.id, Seat.status == "going").scalar_subquery()
    query = (
        select(Talk, going)
        .where(Talk.fair_id == fair_id, Talk.cancelled_at.is_(None), Talk.ends_at > now)
        .order_by(Talk.starts_at)
        .limit(most)
    )
    return db.session.execute(query).all()


# --- The exhibitor's day ----------------------------------------------------------------------


@dataclass(frozen=True)
class PlaceFacts:
    days: list[FairDay]
    booths: list[tuple[datetime, datetime, int, str]]  # from, to, number, hall
    vacancies: int
    drafts: int
    slots: int
    requests: int
    booked: int
    colleagues: int


def place_facts(exhibitor: Exhibitor, now: datetime) -> PlaceFacts:
    """What an exhibitor has, and what waits for it."""
    mine = Meeting.exhibitor_id == exhibitor.id
    of_fair = Meeting.fair_id == exhibitor.fair_id
    vacancies = db.session.execute(
        select(Vacancy.status, func.count())
        .where(Vacancy.fair_id == exhibitor.fair_id, Vacancy.exhibitor_id == exhibitor.id)
        .group_by(Vacancy.status)
    )
    by_status = dict(list(vacancies))
    days = db.session.scalars(
        select(FairDay)
        .join(ExhibitorDay, ExhibitorDay.fair_day_id == FairDay.id)
        .where(ExhibitorDay.exhibitor_id == exhibitor.id)
        .order_by(FairDay.date)
    ).all()

    def count(of: Any, *where: ColumnElement[bool]) -> int:
        return db.session.scalar(select(func.count()).select_from(of).where(*where)) or 0

    return PlaceFacts(
        days=list(days),
        booths=_stands(exhibitor),
        vacancies=by_status.get("published", 0),
        drafts=by_status.get("draft", 0),
        slots=count(
            Slot, Slot.fair_id == exhibitor.fair_id, Slot.exhibitor_id == exhibitor.id, Slot.withdrawn_at.is_(None),
            Slot.starts_at > now,
        ),
        requests=count(Meeting, of_fair, mine, Meeting.status == "requested", Meeting.expires_at > now),
        booked=count(Meeting, of_fair, mine, Meeting.status == "booked", Meeting.ends_at > now),
        colleagues=count(
            Representative, Representative.organisation_id == exhibitor.organisation_id,
            Representative.ended_at.is_(None),
        ),
    )  # fmt: skip


def _stands(exhibitor: Exhibitor) -> list[tuple[datetime, datetime, int, str]]:
    """Where it stands when; neighbouring blocks in one booth are one stay."""
    rows = db.session.scalars(
        select(BoothBooking)
        .join(BoothBooking.block)
        .where(
            BoothBooking.fair_id == exhibitor.fair_id, BoothBooking.exhibitor_id == exhibitor.id,
            BoothBooking.held_until.is_(None),
        )
        .options(joinedload(BoothBooking.block), joinedload(BoothBooking.booth).joinedload(Booth.hall))
        .order_by(Block.starts_at, BoothBooking.booth_id)
    ).all()  # fmt: skip
    stays: list[tuple[datetime, datetime, int, str]] = []
    for row in rows:
        number, hall = row.booth.number, row.booth.hall.name
        last = next((i for i, s in enumerate(stays) if s[1] == row.block.starts_at and s[2] == number), None)
        if last is None:
            stays.append((row.block.starts_at, row.block.ends_at, number, hall))
        else:
            stays[last] = (stays[last][0], row.block.ends_at, number, hall)
    return stays


# --- The jobseeker's day ----------------------------------------------------------------------


@dataclass(frozen=True)
class Appointment:
    """One row of a jobseeker's day: a meeting or a talk."""

    kind: str  # meeting | talk
    starts_at: datetime
    ends_at: datetime
    title: str
    where: str  # a booth number, or a room
    id: uuid.UUID
    exhibitor_id: uuid.UUID | None = None
    hall: str = ""


def appointments(registration: Registration) -> list[Appointment]:
    """Booked and held meetings and talks, in the order of time."""
    meetings = db.session.scalars(
        select(Meeting)
        .where(
            Meeting.fair_id == registration.fair_id, Meeting.registration_id == registration.id,
            Meeting.status.in_(("booked", "held")), Meeting.starts_at.is_not(None),
        )
        .options(joinedload(Meeting.exhibitor).joinedload(Exhibitor.organisation))
    ).all()  # fmt: skip
    stands = _booths_at(registration.fair_id, [m.exhibitor_id for m in meetings])
    rows = []
    for m in meetings:
        if m.starts_at and m.ends_at:
            number, hall = _booth_at(stands.get(m.exhibitor_id, []), m.starts_at)
            name = m.exhibitor.organisation.name
            rows.append(
                Appointment("meeting", m.starts_at, m.ends_at, name, number, m.id, m.exhibitor_id, hall)
            )
    talks = db.session.scalars(
        select(Talk)
        .join(Seat, Seat.talk_id == Talk.id)
        .where(
            Talk.fair_id == registration.fair_id, Seat.registration_id == registration.id, Seat.status == "going",
            Talk.cancelled_at.is_(None),
        )
    ).all()  # fmt: skip
    rows += [Appointment("talk", t.starts_at, t.ends_at, t.title, t.room, t.id) for t in talks]
    return sorted(rows, key=lambda row: row.starts_at)


def _booths_at(
    fair_id: uuid.UUID, exhibitors: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[datetime, datetime, int, str]]]:
    rows = db.session.scalars(
        select(BoothBooking)
        .where(
            BoothBooking.fair_id == fair_id, BoothBooking.exhibitor_id.in_(exhibitors),
            BoothBooking.held_until.is_(None),
        )
        .options(joinedload(BoothBooking.block), joinedload(BoothBooking.booth).joinedload(Booth.hall))
    ).all()  # fmt: skip
    found: dict[uuid.UUID, list[tuple[datetime, datetime, int, str]]] = {}
    for row in rows:
        stay = (row.block.starts_at, row.block.ends_at, row.booth.number, row.booth.hall.name)
        found.setdefault(row.exhibitor_id, []).append(stay)
    return found


def _booth_at(stays: list[tuple[datetime, datetime, int, str]], at: datetime) -> tuple[str, str]:
    """The booth's number and hall at a moment, or two empty words."""
    for starts, ends, number, hall in stays:
        if starts <= at < ends:
            return str(number), hall
    return "", ""


def met_count(registration: Registration) -> int:
    """How many employers a jobseeker has met: a meeting held, or a scan at a booth."""
    held = select(Meeting.exhibitor_id).where(
        Meeting.fair_id == registration.fair_id,
        Meeting.registration_id == registration.id,
        Meeting.status == "held",
    )
    scanned = select(Scan.exhibitor_id).where(
        Scan.fair_id == registration.fair_id, Scan.registration_id == registration.id,
        Scan.kind.in_(("booth", "meeting")), COUNTS,
    )  # fmt: skip
    return db.session.scalar(select(func.count()).select_from(held.union(scanned).subquery())) or 0


# --- What hangs on a day, a hall or the fair --------------------------------------------------------


@dataclass(frozen=True)
class Reached:
    """Somebody concerned, and where they are written to: an e-mail address before a phone number."""

    person_id: uuid.UUID
    name: str
    language: str
    kind: str
    address: str


def _reached(people: Select[uuid.UUID] | CompoundSelect[uuid.UUID]) -> list[Reached]:
    query = (
        select(Person.id, Person.name, Person.language, Contact.kind, Contact.address)
        .join(Contact, Contact.person_id == Person.id)
        .where(Person.id.in_(people), Person.erased_at.is_(None))
        .order_by(Person.id, Contact.kind, Contact.id)
    )
    first: dict[uuid.UUID, Reached] = {}
    for row in db.session.execute(query):
        first.setdefault(row[0], Reached(*row))
    return list(first.values())


def _representatives(*where: ColumnElement[bool]) -> Select[uuid.UUID]:
    return (
        select(Representative.person_id)
        .join(Exhibitor, Exhibitor.organisation_id == Representative.organisation_id)
        .where(Representative.ended_at.is_(None), Exhibitor.status.in_(CONCERNED), *where)
    )


def concerned_by_day(fair: Fair, day: FairDay, moved: bool) -> list[Reached]:
    """Who takes part on a day: its exhibitors; and where it is moved or goes, its jobseekers and the staff."""
    there = select(ExhibitorDay.exhibitor_id).where(
        ExhibitorDay.fair_id == fair.id, ExhibitorDay.fair_day_id == day.id
    )
    exhibitors = _representatives(Exhibitor.fair_id == fair.id, Exhibitor.id.in_(there))
    if not moved:
        return _reached(exhibitors)
    coming = _registered(
        fair, or_(Registration.arrival_day_id == day.id, Registration.arrival_day_id.is_(None))
    )
    return _reached(exhibitors.union(coming, _staff(fair)))


def everybody(fair: Fair, besides: Person) -> list[Reached]:
    """Everybody with a part in a fair, but for one person."""
    organisers = select(Organiser.person_id).where(Organiser.fair_id == fair.id)
    parts = _representatives(Exhibitor.fair_id == fair.id).union(_registered(fair), _staff(fair), organisers)
    return [one for one in _reached(parts) if one.person_id != besides.id]


def _registered(fair: Fair, *where: ColumnElement[bool]) -> Select[uuid.UUID]:
    return select(Registration.person_id).where(
        Registration.fair_id == fair.id, Registration.status == "registered", *where
    )


def _staff(fair: Fair) -> Select[uuid.UUID]:
    return select(Staff.person_id).where(Staff.fair_id == fair.id)


def count_letters(fair_id: uuid.UUID) -> int:
    return db.session.scalar(select(func.count()).where(Letter.fair_id == fair_id)) or 0


def count_exhibitors(fair: Fair) -> int:
    query = select(func.count()).where(Exhibitor.fair_id == fair.id, Exhibitor.status.in_(CONCERNED))
    return db.session.scalar(query) or 0


def count_exhibitors_on(day: FairDay) -> int:
    query = (
        select(func.count())
        .select_from(ExhibitorDay)
        .join(Exhibitor, Exhibitor.id == ExhibitorDay.exhibitor_id)
        .where(
            ExhibitorDay.fair_id == day.fair_id,
            ExhibitorDay.fair_day_id == day.id,
            Exhibitor.status.in_(CONCERNED),
        )
    )
    return db.session.scalar(query) or 0


def blocks_on(day: FairDay) -> Sequence[Block]:
    query = select(Block).where(Block.fair_id == day.fair_id, Block.fair_day_id == day.id)
    return db.session.scalars(query.order_by(Block.starts_at)).all()


def blocks_of(fair: Fair) -> Sequence[Block]:
    return db.session.scalars(select(Block).where(Block.fair_id == fair.id)).all()


def booths_in(hall: Hall) -> Sequence[Booth]:
    query = select(Booth).where(Booth.fair_id == hall.fair_id, Booth.hall_id == hall.id)
    return db.session.scalars(query.order_by(Booth.number)).all()


def count_exhibitors_in(block_ids: Sequence[uuid.UUID]) -> int:
    """How many exhibitors have a booth in these blocks."""
    query = select(func.count(BoothBooking.exhibitor_id.distinct())).where(
        BoothBooking.block_id.in_(block_ids)
    )
    return db.session.scalar(query) or 0


def count_exhibitors_at(booth_ids: Sequence[uuid.UUID]) -> int:
    """How many exhibitors have one of these booths."""
    query = select(func.count(BoothBooking.exhibitor_id.distinct())).where(
        BoothBooking.booth_id.in_(booth_ids)
    )
    return db.session.scalar(query) or 0


def stands_on_the_clock(fair: Fair) -> bool:
    """Whether there is anything whose moment would mean another time on another clock."""
    things = (Slot, Meeting, Talk, BoothBooking)
    return any(
        db.session.scalar(select(thing.id).where(thing.fair_id == fair.id).limit(1)) is not None
        for thing in things
    )
