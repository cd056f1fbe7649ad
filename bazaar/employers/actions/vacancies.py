"""Vacancies: written, published when every fact is said, withdrawn."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from bazaar.db import db, new_id
from bazaar.employers import names
from bazaar.employers.models import Exhibitor, Vacancy
from bazaar.employers.rules import DRAFT, PUBLISHED, WITHDRAWN, missing_facts
from bazaar.errors import Refused
from bazaar.journal.actions import note
from bazaar.people.models import Person
from bazaar.words import fold


def write(
    exhibitor: Exhibitor, vacancy: Vacancy | None, facts: Mapping[str, Any], by: Person, *, publish: bool
) -> Vacancy:  # fmt: skip
    """A new vacancy, or changed facts of one. A published one that loses a fact becomes a draft again."""
    made = vacancy is None
    vacancy = vacancy or Vacancy(
        id=new_id(), fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, status=DRAFT, other_languages=[]
    )
    changed = [key for key, value in facts.items() if made or getattr(vacancy, key) != value]
    for key in changed:
        setattr(vacancy, key, facts[key])
    vacancy.folded_title = fold(vacancy.title)
    db.session.add(vacancy)
    if made or changed:
        note(
            "made" if made else "changed", "vacancy", vacancy.id, fair_id=vacancy.fair_id, actor=by.id,
            **({} if made else {"changed": changed}),
        )  # fmt: skip
    if publish:
        publish_vacancy(vacancy, by)
    elif vacancy.status == PUBLISHED and missing_facts(vacancy):
        vacancy.status = DRAFT
    return vacancy


def publish_vacancy(vacancy: Vacancy, by: Person) -> None:
    """Jobseekers see it from now on. Raises Refused, naming every fact that is not said."""
    missing = missing_facts(vacancy)
    if missing:
        facts = ", ".join(str(names.FACTS[fact]) for fact in missing)
        raise Refused(_("Still missing: %(facts)s.", facts=facts))
    if vacancy.status != PUBLISHED:
        vacancy.status = PUBLISHED
        note("published", "vacancy", vacancy.id, fair_id=vacancy.fair_id, actor=by.id)


def withdraw_vacancy(vacancy: Vacancy, by: Person) -> None:
    """Jobseekers no longer see it; it may be published again."""
    if vacancy.status == WITHDRAWN:
        raise Refused(_("The vacancy is withdrawn already."))
    vacancy.status = WITHDRAWN
    note("withdrew", "vacancy", vacancy.id, fair_id=vacancy.fair_id, actor=by.id)
