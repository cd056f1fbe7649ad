"""Who has said yes to whom, and what the employer then sees."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from bazaar.db import db
from bazaar.employers.models import Exhibitor
from bazaar.errors import NotFound
from bazaar.fairs.models import Fair
from bazaar.jobseekers import words
from bazaar.jobseekers.models import Registration, SpokenLanguage, WantedPlace, WantedWork
from bazaar.jobseekers.queries import work_of
from bazaar.journal.details import values_of
from bazaar.people.models import Contact
from bazaar.sharing import rules
from bazaar.sharing.models import Share


@dataclass(frozen=True)
class Fact:
    """One line of a shared profile: a key of rules.FIELDS, its label, and a plain sentence."""

    key: str
    label: str
    words: str


@dataclass(frozen=True)
class Profile:
    """What an employer sees: the name (the alias where the identity is protected) and the facts said yes to."""

    name: str
    facts: list[Fact]

    def says(self, key: str) -> str:
        """The words of one fact, or nothing."""
        return next((fact.words for fact in self.facts if fact.key == key), "")


@dataclass(frozen=True)
class _Told:
    """What a jobseeker has told beside the registration's own columns."""

    work: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)


# --- Shares ---------------------------------------------------------------------------------


def shares_of(registration: Registration) -> Sequence[Share]:
    """Everything this jobseeker said yes to at this fair, also what was taken back; the latest first."""
    query = (
        select(Share)
        .where(Share.fair_id == registration.fair_id, Share.registration_id == registration.id)
        .options(joinedload(Share.exhibitor).joinedload(Exhibitor.organisation))
        .order_by(Share.at.desc())
    )
    return db.session.scalars(query).all()


def shared_with(exhibitor_id: uuid.UUID) -> Sequence[Share]:
    """The shares that stand with this exhibitor, each with its registration; the latest first."""
    query = (
        select(Share)
        .join(Share.registration)
        .where(
            Share.exhibitor_id == exhibitor_id,
            Share.withdrawn_at.is_(None),
            Registration.status == "registered",
        )
        .options(joinedload(Share.registration))
        .order_by(Share.at.desc())
    )
    return db.session.scalars(query).all()


def standing_share(registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> Share | None:
    """The yes that counts between these two now."""
    query = select(Share).where(
        Share.registration_id == registration_id,
        Share.exhibitor_id == exhibitor_id,
        Share.withdrawn_at.is_(None),
    )
    return db.session.scalar(query)


def has_taken_back(registration_id: uuid.UUID, exhibitor_id: uuid.UUID) -> bool:
    """Whether a yes between these two was taken back, and none stands now."""
    query = select(Share.withdrawn_at).where(
        Share.registration_id == registration_id, Share.exhibitor_id == exhibitor_id
    )
    ends = db.session.scalars(query).all()
    return bool(ends) and None not in ends


def standing_shares(
    exhibitor_id: uuid.UUID, registration_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Share]:
    """The same for a list of people, by registration."""
    query = (
        select(Share)
        .where(
            Share.exhibitor_id == exhibitor_id,
            Share.registration_id.in_(registration_ids),
            Share.withdrawn_at.is_(None),
        )
        .options(joinedload(Share.registration))
    )
    return {share.registration_id: share for share in db.session.scalars(query)}


def share_of(registration: Registration, share_id: uuid.UUID) -> Share:
    """One of this jobseeker's own shares."""
    share = db.session.scalar(
        select(Share)
        .where(
            Share.id == share_id,
            Share.fair_id == registration.fair_id,
            Share.registration_id == registration.id,
        )
        .options(joinedload(Share.exhibitor).joinedload(Exhibitor.organisation))
    )
    if share is None:
        raise NotFound
    return share


def exhibitor_at(fair: Fair, exhibitor_id: uuid.UUID) -> Exhibitor:
    """An exhibitor that takes part in this fair, with its organisation."""
    exhibitor = db.session.scalar(
        select(Exhibitor)
        .where(Exhibitor.id == exhibitor_id, Exhibitor.fair_id == fair.id, Exhibitor.status == "approved")
        .options(joinedload(Exhibitor.organisation))
    )
    if exhibitor is None:
        raise NotFound
    return exhibitor


# --- Words ----------------------------------------------------------------------------------


FIELDS = {
    "name": lazy_gettext("Name"),
    "work": lazy_gettext("Work wanted"),
    "experience": lazy_gettext("Experience"),
    "education": lazy_gettext("Education"),
    "languages": lazy_gettext("Languages"),
    "swedish": lazy_gettext("Swedish"),
    "licences": lazy_gettext("Licences"),
    "places": lazy_gettext("Places"),
    "about": lazy_gettext("About me"),
    "contact": lazy_gettext("Phone and e-mail"),
}
values_of("share", "fields", FIELDS)
values_of(
    "share",
    "how",
    {
        "page": lazy_gettext("on their page"),
        "booking": lazy_gettext("with a booking"),
        "spoken": lazy_gettext("said aloud"),
    },
)


def field_words(key: str) -> str:
    return str(FIELDS[key])


def question_words(exhibitor_name: str, fields: Iterable[str]) -> str:
    """The question as it is put, and kept with the answer."""
    return _(
        "May %(employer)s see this about you: %(fields)s? You can take it back at any time.",
        employer=exhibitor_name,
        fields=", ".join(field_words(key) for key in fields),
    )


# --- Profiles -------------------------------------------------------------------------------


def shared_profile(share: Share) -> Profile:
    """What the exhibitor sees by this share; nothing but what was said yes to, and never access needs."""
    return shared_profiles([share])[share.id]


def shared_profiles(shares: Sequence[Share]) -> dict[uuid.UUID, Profile]:
    """The same for many shares, in few questions to the database."""
    ids = {share.registration_id for share in shares}
    people = {row.id: row for row in db.session.scalars(select(Registration).where(Registration.id.in_(ids)))}
    told = _told_by(list(people.values()))
    return {
        share.id: Profile(
            people[share.registration_id].shown_name,
            [
                fact
                for fact in _facts(people[share.registration_id], told[share.registration_id])
                if fact.key in share.fields
            ],
        )
        for share in shares
    }


def own_profile(registration: Registration) -> list[Fact]:
    """Everything there is to share, as an employer would read it."""
    return _facts(registration, _told_by([registration])[registration.id])


def fields_there(registration: Registration) -> list[str]:
    """The fields in which this jobseeker has told anything, found in one statement: which, not what."""
    of_it = exists().where
    there = db.session.execute(
        select(
            of_it(WantedWork.registration_id == registration.id).label("work"),
            of_it(SpokenLanguage.registration_id == registration.id).label("languages"),
            of_it(WantedPlace.registration_id == registration.id).label("places"),
            of_it(Contact.person_id == registration.person_id, Contact.verified_at.is_not(None)).label(
                "contacts"
            ),
        )
    ).one()
    something = ["…"]
    told = _Told(
        work=something if there.work else [],
        languages=something if there.languages else [],
        places=something if there.places else [],
        contacts=something if there.contacts and not registration.protected else [],
    )
    return ["name", *(fact.key for fact in _facts(registration, told))]


def _facts(registration: Registration, told: _Told) -> list[Fact]:
    sentences = {
        "work": ", ".join(told.work),
        "experience": words.experience_words(registration.experience),
        "education": _education(registration),
        "languages": ", ".join(told.languages),
        "swedish": words.swedish_sentence(registration.swedish),
        "licences": ", ".join(words.licence_words(licence) for licence in registration.licences),
        "places": _places(registration, told),
        "about": registration.about,
        "contact": ", ".join(told.contacts),
    }
    return [Fact(key, field_words(key), sentences[key]) for key in rules.FIELDS if sentences.get(key)]


def _education(registration: Registration) -> str:
    parts = [words.education_words(registration.education_level)]
    if registration.education_country:
        parts.append(words.country_name(registration.education_country))
    parts.append(_recognition(registration.recognition))
    return ", ".join(part for part in parts if part)


def _recognition(recognition: str) -> str:
    return {
        "not_started": _("not yet recognised in Sweden"),
        "applied": _("has applied for recognition in Sweden"),
        "statement": _("has a Swedish statement on it"),
        "licence": _("has a Swedish professional licence"),
    }.get(recognition, "")


def _level(level: str) -> str:
    return {"basic": _("a little"), "good": _("good"), "native": _("mother tongue")}.get(level, "")


def _places(registration: Registration, told: _Told) -> str:
    places = list(told.places)
    if registration.would_move:
        places.append(_("would move for work"))
    return ", ".join(places)


def _told_by(registrations: Sequence[Registration]) -> dict[uuid.UUID, _Told]:
    told: dict[uuid.UUID, _Told] = defaultdict(_Told)
    ids = [registration.id for registration in registrations]
    for registration_id, wanted_work in work_of(ids).items():
        told[registration_id].work.extend(work.words for work in wanted_work)
    spoken = select(SpokenLanguage).where(SpokenLanguage.registration_id.in_(ids)).order_by(SpokenLanguage.id)
    for language in db.session.scalars(spoken):
        name = words.spoken_name(language.tag)
        level = _level(language.level)
        told[language.registration_id].languages.append(f"{name} ({level})" if level else name)
    wanted = select(WantedPlace).where(WantedPlace.registration_id.in_(ids)).order_by(WantedPlace.id)
    for place in db.session.scalars(wanted):
        told[place.registration_id].places.append(place.place)
    reached = {r.person_id: r for r in registrations if not r.protected}
    contacts = (
        select(Contact)
        .where(Contact.person_id.in_(reached), Contact.verified_at.is_not(None))
        .order_by(Contact.kind.desc())
    )
    for contact in db.session.scalars(contacts):
        told[reached[contact.person_id].id].contacts.append(contact.address)
    return told
