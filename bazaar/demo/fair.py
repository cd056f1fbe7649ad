"""The made-up fair itself: rows written straight, so that it stands in seconds."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from bazaar.booths.models import Block, Booth, BoothBooking
from bazaar.booths.rules import cut, laid_out, room_needed
from bazaar.checkin.models import Device, Remark, Scan
from bazaar.db import Base, db
from bazaar.demo.sources import LANGUAGES, NAMES, NOTES, PLACES, TALKS, TRADES
from bazaar.employers.models import Exhibitor, ExhibitorDay, Organisation, Representative, Vacancy
from bazaar.fairs.models import Fair, FairDay, Hall, Organiser, Partner, Phase, Staff
from bazaar.i18n import moment_of
from bazaar.jobseekers.models import Badge, Registration, SpokenLanguage, WantedPlace, WantedWork
from bazaar.jobseekers.rules import ALPHABET
from bazaar.meetings.models import Meeting, Slot
from bazaar.occupations.models import Group
from bazaar.people.models import Contact, Person
from bazaar.programme.models import Seat, Talk
from bazaar.sharing.models import Share
from bazaar.terminal import tell
from bazaar.words import fold, hashed

SHARED = ["name", "work", "languages", "swedish"]


@dataclass
class Made:
    """The rows of the fair while it is being made: one list per table, written at the end."""

    random: random.Random
    fair: Fair
    opens: datetime
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)

    def id(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def add(self, model: type[Base], **values: Any) -> dict[str, Any]:
        row = values if model is Badge else {"id": self.id(), **values}  # a badge's key is its code
        self.rows.setdefault(model, []).append(row)
        return row

    def at(self, minutes: float) -> datetime:
        """So many minutes after the first day's opening."""
        return self.opens + timedelta(minutes=minutes)

    def write(self) -> None:
        for table in Base.metadata.sorted_tables:
            for model, rows in self.rows.items():
                if model.__table__ is table and rows:
                    tell(f"demo fair: {table.name}, {len(rows)} rows")
                    keys = {key for row in rows for key in row}
                    db.session.execute(insert(model), [{key: row.get(key) for key in keys} for row in rows])


def make_fair(
    seed: int, first_day: date, opens: time, employers: int, jobseekers: int, now: datetime
) -> None:
    """Write the whole fair; `now` is the moment up to which its first day has run."""
    chance = random.Random(seed)
    fair = _fair(chance)
    closes = (datetime.combine(first_day, opens) + timedelta(hours=8)).time()
    made = Made(chance, fair, moment_of(first_day, opens, fair))
    days = _days(made, first_day, opens, closes)
    cast_people = _people_of_the_fair(made)
    booths, blocks = _floor(made, employers, days)
    places = _exhibitors(made, employers, days, booths, blocks)
    _applicants(made)
    seekers = _jobseekers(made, jobseekers, days)
    _programme(made, seekers)
    _meetings(made, places, seekers, now)
    _scans(made, places, seekers, cast_people["Sam"], now)
    made.write()


def _fair(chance: random.Random) -> Fair:
    fair = Fair(
        id=uuid.UUID(int=chance.getrandbits(128), version=4), slug="demo", name="Rekryterings\u00adbazaren", is_demo=True,
        venue="Kajhallarna", address="Hamngatan 1", city="Stockholm", published=True, door_capacity=900,
        controller="Demoregionen", contact="bazaren@example.org",
    )  # fmt: skip
    db.session.add(fair)
    db.session.flush()
    return fair


def _days(made: Made, first: date, opens: time, closes: time) -> list[dict[str, Any]]:
    fair = made.fair
    days = [
        made.add(FairDay, fair_id=fair.id, date=first + timedelta(days=n), opens=opens, closes=closes)
        for n in (0, 1)
    ]
    after = {"exhibitors": (-90, -20), "booths": (-40, -5), "jobseekers": (-60, 2), "wishes": (-30, -3),
             "booking": (-14, 2), "fair": (0, 1.4), "followup": (1.4, 180)}  # fmt: skip
    for kind, (begins, ends) in after.items():
        made.add(
            Phase, fair_id=fair.id, kind=kind, opens_at=made.at(begins * 1440), closes_at=made.at(ends * 1440)
        )
    for name, kind in (
        ("Demoregionen", "county"),
        ("Ekensbro kommun", "municipality"),
        ("Företagarna Vik", "business"),
    ):
        made.add(Partner, fair_id=fair.id, name=name, kind=kind, website="", shown=True)
    return days


def _person(made: Made, name: str, address: str, language: str = "sv", **more: Any) -> uuid.UUID:
    row = made.add(
        Person, name=name, folded_name=fold(name), language=language if language in ("sv", "en") else "en",
        may_organise=False, created_at=made.at(-30000), **more,
    )  # fmt: skip
    made.add(
        Contact, person_id=row["id"], kind="email" if "@" in address else "phone", address=address,
        verified_at=made.at(-30000),
    )  # fmt: skip
    key: uuid.UUID = row["id"]
    return key


def _people_of_the_fair(made: Made) -> dict[str, uuid.UUID]:
    ada = _person(made, "Ada Lindqvist", "ada@demo.example")
    sam = _person(made, "Sam Berg", "sam@demo.example")
    made.rows[Person][0]["may_organise"] = True
    made.add(Organiser, fair_id=made.fair.id, person_id=ada, role="owner")
    made.add(Staff, fair_id=made.fair.id, person_id=sam, task="Dörr A", supervisor=True)
    return {"Ada": ada, "Sam": sam}


def _floor(
    made: Made, employers: int, days: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    booths: list[dict[str, Any]] = []
    per_hall = max(6, -(-employers // 2))
    for position, name in enumerate(("Hall A", "Hall B")):
        columns = min(8, per_hall)
        spots = laid_out(-(-per_hall // columns), columns)
        rows, wide = room_needed(spots)
        hall = made.add(
            Hall, fair_id=made.fair.id, name=name, position=position, rows=rows, columns=wide, cell_metres=1.0,
            entrance_row=rows - 1, entrance_column=wide // 2,
        )  # fmt: skip
        for spot in spots:
            booths.append(
                made.add(
                    Booth, fair_id=made.fair.id, hall_id=hall["id"], number=len(booths) + 1, row=spot.row,
                    column=spot.column, width=spot.width, height=spot.height, aisle=spot.aisle, kind="standard",
                    price_class="", sockets=made.random.choice((1, 1, 2)), power="230V",
                    step_free=made.random.random() < 0.9,
                )
            )  # fmt: skip
    blocks = []
    for day in days:
        from_, to = (moment_of(day["date"], day[edge], made.fair) for edge in ("opens", "closes"))
        for starts, ends in cut(from_, to, "halves"):
            blocks.append(
                made.add(Block, fair_id=made.fair.id, fair_day_id=day["id"], starts_at=starts, ends_at=ends)
            )
    return booths, blocks


def _exhibitors(
    made: Made,
    count: int,
    days: list[dict[str, Any]],
    booths: list[dict[str, Any]],
    blocks: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    names: dict[str, Any] = {}
    while len(names) < count:
        trade = TRADES[len(names) % len(TRADES)]
        joiner = "" if trade.last[0].startswith((" ", "köket")) or trade.last[-1].startswith(" ") else " "
        name = made.random.choice(trade.first) + joiner + made.random.choice(trade.last)
        while name in names:
            name = (
                f"{name.split(' i ')[0]} i {made.random.choice(PLACES)}" if len(names) % 3 else f"{name} Syd"
            )
        names[name] = trade
    ordered = sorted(names.items(), key=lambda pair: (TRADES.index(pair[1]), pair[0]))
    return [
        _exhibitor(made, n, name, trade, days, booths[n], blocks) for n, (name, trade) in enumerate(ordered)
    ]


def _exhibitor(
    made: Made, number: int, name: str, trade: Any, days: list[dict[str, Any]], booth: dict[str, Any],
    blocks: list[dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    fair_id, chance = made.fair.id, made.random
    organisation = made.add(
        Organisation, name=name, folded_name=fold(name), number=None, sector=trade.sector, municipality="Stockholm",
        website="", email=f"jobb{number}@demo.example", invoice_address="", invoice_reference="", invoice_email="",
        peppol_id="", created_at=made.at(-80000),
    )  # fmt: skip
    person = _person(made, _faker_name("sv_SE", made), f"rekryterare{number}@demo.example")
    made.add(Representative, organisation_id=organisation["id"], person_id=person, role="admin")
    place = made.add(
        Exhibitor, fair_id=fair_id, organisation_id=organisation["id"], kind="employer", status="approved", reason="",
        applied_at=made.at(-80000), decided_at=made.at(-60000),
        presentation=f"{name} söker nya kollegor. Kom och prata med oss.", sockets=chance.choice((0, 1, 2)),
        least_width=1, step_free=False, wishes="", open_slots=number % 4 != 3, by_request=True,
        tables=chance.choice((1, 1, 2)), interviews_today=chance.random() < 0.5,
    )  # fmt: skip
    days_here = days if chance.random() < 0.7 else days[:1]
    for day in days_here:
        made.add(ExhibitorDay, fair_id=fair_id, exhibitor_id=place["id"], fair_day_id=day["id"])
    for block in blocks:
        if block["fair_day_id"] in {day["id"] for day in days_here}:
            made.add(
                BoothBooking, fair_id=fair_id, booth_id=booth["id"], block_id=block["id"], exhibitor_id=place["id"],
                held_until=None, reason="", made_at=made.at(-50000),
            )  # fmt: skip
    for title, group in chance.sample(trade.jobs, k=min(len(trade.jobs), chance.choice((1, 2, 2)))):
        low = chance.randrange(trade.pay[0], (trade.pay[0] + trade.pay[1]) // 2, 100)
        made.add(
            Vacancy, fair_id=fair_id, exhibitor_id=place["id"], external_id=None, title=title,
            folded_title=fold(title), description="", status="published", openings=chance.choice((1, 2, 3, 5, 8, 12)),
            group_code=group if db.session.get(Group, group) else None, pay_from=low,
            pay_to=low + chance.randrange(1500, 5000, 100), pay_period="month",
            hours=chance.choice(("full_time", "both", "part_time")), hours_words=chance.choice(("", "dag och kväll", "dag")),
            place=chance.choice(PLACES), swedish=chance.choice(trade.swedish),
            other_languages=chance.sample(("ar", "so", "ti", "en", "uk", "fa"), k=2),
            recognition="needed" if group in ("2221", "2272", "2343") else "not_needed",
            licence="D" if group == "8331" else "C" if group == "8332" else "none",
            interviews_today=place["interviews_today"], decides_today=chance.random() < 0.2, created_at=made.at(-40000),
        )  # fmt: skip
    place["person_id"], place["booth"], place["name"] = person, booth, name
    place["groups"] = [group for _title, group in trade.jobs]
    return place


def _applicants(made: Made) -> None:
    """Three who still wait for an answer, so that there is something to do."""
    for number, name in enumerate(("Vretens Plåt", "Havsbrisen Hotell", "Kulturskolan Nord")):
        organisation = made.add(
            Organisation, name=name, folded_name=fold(name), number=None, sector="other", municipality="Nacka", website="",
            email=f"ansokan{number}@demo.example", invoice_address="", invoice_reference="", invoice_email="", peppol_id="",
            created_at=made.at(-3000),
        )  # fmt: skip
        person = _person(made, _faker_name("sv_SE", made), f"sokande{number}@demo.example")
        made.add(Representative, organisation_id=organisation["id"], person_id=person, role="admin")
        made.add(
            Exhibitor, fair_id=made.fair.id, organisation_id=organisation["id"], kind="employer", status="applied", reason="",
            applied_at=made.at(-3000 + number), presentation="", sockets=1, least_width=1, step_free=False, wishes="",
            open_slots=False, by_request=True, tables=1, interviews_today=False,
        )  # fmt: skip


_makers: dict[str, Any] = {}


def _faker_name(locale: str, made: Made) -> str:
    from faker import Faker

    if locale not in _makers:
        _makers[locale] = Faker(locale)
    maker = _makers[locale]
    maker.seed_instance(made.random.getrandbits(32))
    return f"{maker.first_name()} {maker.last_name()}"


def _name(made: Made, language: str, locale: str | None) -> str:
    if locale is not None:
        return _faker_name(locale, made)
    first, last = NAMES[language]
    return f"{made.random.choice(first)} {made.random.choice(last)}"


def _jobseekers(made: Made, count: int, days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    weights = [share for _tag, share, _locale in LANGUAGES]
    return [_jobseeker(made, n, made.random.choices(LANGUAGES, weights)[0], days) for n in range(count)]


def _jobseeker(
    made: Made, number: int, speaks: tuple[str, int, str | None], days: list[dict[str, Any]]
) -> dict[str, Any]:
    fair_id, chance, (language, _share, locale) = made.fair.id, made.random, speaks
    name = "Amina Warsame" if number == 0 else _name(made, language, locale)
    address = (
        f"+4670174{number:04}"
        if chance.random() < 0.6 and number < 10000
        else f"besokare{number}@demo.example"
    )
    person = _person(made, name, address, language)
    swedish = (
        "native"
        if language == "sv"
        else chance.choice(("none", "sfi_a", "sfi_b", "sfi_c", "sfi_c", "sfi_d", "b1"))
    )
    when = made.at(-chance.uniform(600, 40000))
    protected = number % 97 == 96
    row = made.add(
        Registration, fair_id=fair_id, person_id=person, status="registered", source="self", created_at=when,
        registered_at=when, name=name, folded_name=fold(name), protected=protected,
        alias=f"Gäst {number}" if protected else "", privacy_version=1, privacy_language="sv", privacy_at=when,
        findable=chance.random() < 0.4, arrival_day_id=days[0]["id"] if chance.random() < 0.8 else days[1]["id"],
        undecided=False, experience=chance.choice(("none", "under_1", "1_to_3", "3_to_10", "over_10")),
        education_level=chance.choice(("primary", "secondary", "vocational", "university")), education_country="",
        recognition=chance.choice(("", "not_needed", "not_started", "applied")),
        swedish_by="sfi" if swedish.startswith("sfi") else "cefr" if swedish == "b1" else "", swedish=swedish,
        licences=["B"] if chance.random() < 0.35 else [], would_move=chance.random() < 0.3, about="",
    )  # fmt: skip
    made.add(SpokenLanguage, fair_id=fair_id, registration_id=row["id"], tag=language, level="native")
    made.add(WantedPlace, fair_id=fair_id, registration_id=row["id"], place=chance.choice(PLACES))
    trade = chance.choice(TRADES)
    group = db.session.get(Group, trade.jobs[0][1])
    if group is not None:
        made.add(
            WantedWork, fair_id=fair_id, registration_id=row["id"], field_code=group.field_code, group_code=group.code,
            name_id=None,
        )  # fmt: skip
    code = "".join(chance.choice(ALPHABET) for _ in range(16))
    made.add(
        Badge,
        code=code,
        fair_id=fair_id,
        kind="jobseeker",
        person_id=person,
        registration_id=row["id"],
        made_at=when,
    )
    row["code"], row["group"] = code, group.code if group else None
    return row


def _programme(made: Made, seekers: list[dict[str, Any]]) -> None:
    for kind, title, room, language, after, minutes, places in TALKS:
        talk = made.add(
            Talk, fair_id=made.fair.id, kind=kind, title=title, words="", speaker="", room=room, language=language,
            starts_at=made.at(after), ends_at=made.at(after + minutes), places=places, sequence=0,
        )  # fmt: skip
        interested = made.random.sample(seekers, k=min(len(seekers), made.random.randrange(4, 22)))
        for n, seeker in enumerate(interested):
            made.add(
                Seat, fair_id=made.fair.id, talk_id=talk["id"], registration_id=seeker["id"],
                status="going" if places is None or n < places else "waiting", asked_at=made.at(-2000 + n),
            )  # fmt: skip


def _meetings(made: Made, places: list[dict[str, Any]], seekers: list[dict[str, Any]], now: datetime) -> None:
    """Slots every 25 minutes at each table; people meet employers of their trade, never two at once."""
    fair_id, chance = made.fair.id, made.random
    busy: dict[uuid.UUID, set[int]] = {}
    paired: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for place in places:
        keen = [s for s in seekers if s["group"] in place["groups"]] or seekers
        for table in range(1, place["tables"] + 1):
            for turn in range(18):
                slot = made.add(
                    Slot, fair_id=fair_id, exhibitor_id=place["id"], table=table, recruiter_id=place["person_id"],
                    starts_at=made.at(turn * 25), ends_at=made.at(turn * 25 + 15), is_open=place["open_slots"],
                )  # fmt: skip
                seeker = chance.choice(keen)
                taken = busy.setdefault(seeker["id"], set())
                pair = (seeker["id"], place["id"])
                if chance.random() < 0.45 and turn not in taken and pair not in paired and len(taken) < 6:
                    taken.add(turn)
                    paired.add(pair)
                    _meeting(made, place, seeker, slot, now)


def _meeting(
    made: Made, place: dict[str, Any], seeker: dict[str, Any], slot: dict[str, Any], now: datetime
) -> None:
    over = slot["ends_at"] < now
    luck = made.random.random()
    status = "booked" if not over or luck > 0.92 else "no_show" if luck > 0.84 else "held"
    when = made.at(-made.random.uniform(100, 15000))
    made.add(
        Meeting, fair_id=made.fair.id, exhibitor_id=place["id"], registration_id=seeker["id"], vacancy_id=None,
        slot_id=slot["id"], came_by="open_slot" if place["open_slots"] else "request", status=status, message="",
        made_at=when, starts_at=slot["starts_at"], ends_at=slot["ends_at"], decided_at=when, ended_by="", reason="",
        sequence=0,
    )  # fmt: skip
    made.add(
        Share, fair_id=made.fair.id, registration_id=seeker["id"], exhibitor_id=place["id"], how="booking",
        fields=SHARED, words="Får arbetsgivaren se detta om dig?", language="sv", at=when,
    )  # fmt: skip
    if status == "held":
        place.setdefault("met", []).append(
            (seeker, slot["starts_at"] + timedelta(minutes=made.random.uniform(-3, 6)))
        )


def _device(
    made: Made, purpose: str, label: str, held_by: str, person_id: uuid.UUID, **more: Any
) -> dict[str, Any]:
    return made.add(
        Device, fair_id=made.fair.id, purpose=purpose, label=label, held_by=held_by, person_id=person_id,
        token_hash=hashed(str(made.id())), salt=f"{made.random.getrandbits(128):032x}", may_list=False, may_names=False,
        paired_at=made.at(-60), clock_off=0.0, **more,
    )  # fmt: skip


def _scan(
    made: Made, device: dict[str, Any], seeker: dict[str, Any], kind: str, at: datetime, **more: Any
) -> dict[str, Any]:
    return made.add(
        Scan, fair_id=made.fair.id, device_id=device["id"], code=seeker["code"], kind=kind, at_said=at, at=at,
        received_at=at + timedelta(seconds=1), offline=False, status="recorded", badge_kind="jobseeker",
        person_id=seeker["person_id"], registration_id=seeker["id"],
        **{"reason": None, "exhibitor_id": None, "note": "", "star": 0, "next_step": "none", **more},
    )  # fmt: skip


def _scans(
    made: Made, places: list[dict[str, Any]], seekers: list[dict[str, Any]], sam: uuid.UUID, now: datetime
) -> None:
    """Arrivals at two doors since the opening, and what the booths scanned."""
    chance = made.random
    doors = [_device(made, "door", label, "Sam", sam, last_seen_at=now) for label in ("Dörr A", "Dörr B")]
    must_be_in = {seeker["id"]: at for place in places for seeker, at in place.get("met", ())}
    for n, seeker in enumerate(seekers):
        at = made.at(min(abs(chance.gauss(70, 60)), 235))
        if seeker["id"] in must_be_in:
            at = min(at, must_be_in[seeker["id"]] - timedelta(minutes=chance.uniform(4, 20)))
        elif n and chance.random() < 0.45:
            continue
        if at < now:
            _scan(made, chance.choice(doors), seeker, "in", at)
            left = at + timedelta(minutes=chance.uniform(60, 200))
            if left < now and seeker["id"] not in must_be_in and chance.random() < 0.4:
                _scan(made, chance.choice(doors), seeker, "out", left)
    for place in places:
        _booth_scans(made, place, now)
    for minutes in (35, 95):
        at = made.at(minutes)
        made.add(
            Scan, fair_id=made.fair.id, device_id=doors[0]["id"], code="0" * 16, kind="in", at_said=at, at=at,
            received_at=at, offline=False, status="conflict", reason="unknown_code", note="", star=0, next_step="none",
        )  # fmt: skip


def _booth_scans(made: Made, place: dict[str, Any], now: datetime) -> None:
    met = sorted(place.get("met", ()), key=lambda pair: pair[1])
    if not met:
        return
    holder = place["name"]
    device = _device(
        made, "booth", holder, holder, place["person_id"], exhibitor_id=place["id"], last_seen_at=now
    )
    for seeker, at in met:
        says = made.random.random() < 0.6
        note = made.random.choice(NOTES) if says else ""
        star = made.random.choice((0, 1, 2, 3)) if says else 0
        step = made.random.choice(("none", "call", "interview", "send_cv")) if says else "none"
        scan = _scan(
            made, device, seeker, "booth", at, exhibitor_id=place["id"], note=note, star=star, next_step=step
        )
        if says:
            made.add(
                Remark, fair_id=made.fair.id, exhibitor_id=place["id"], registration_id=seeker["id"],
                author=place["person_id"], author_name=holder, scan_id=scan["id"], at=at, note=note, star=star,
                next_step=step,
            )  # fmt: skip
