"""The exhibitor's list as a file."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import Response
from flask_babel import gettext as _

from bazaar.db import db
from bazaar.followups import names, rules
from bazaar.followups.queries.exhibitor import for_export
from bazaar.followups.views.blueprint import blueprint, file_of, spoken
from bazaar.followups.views.desk import START, Desk, desk_of
from bazaar.i18n import local
from bazaar.jobseekers.words import swedish_sentence
from bazaar.journal.actions import note
from bazaar.sharing.queries import field_words


@blueprint.post(f"{START}.csv")
def csv(slug: str, exhibitor_id: uuid.UUID) -> Response:
    return _download(slug, exhibitor_id, "csv")


@blueprint.post(f"{START}.xlsx")
def xlsx(slug: str, exhibitor_id: uuid.UUID) -> Response:
    return _download(slug, exhibitor_id, "xlsx")


def _download(slug: str, exhibitor_id: uuid.UUID, kind: str) -> Response:
    """The list as it is filtered. Protected people stand in no file."""
    desk = desk_of(slug, exhibitor_id)
    note(
        "export", "exhibitor", desk.exhibitor.id, fair_id=desk.fair.id, actor=desk.person.id, kind=kind,
        list="followup",
    )  # fmt: skip
    header = [
        _("Name"), _("Status"), _("First met"), field_words("work"), field_words("swedish"), field_words("experience"),
        field_words("education"), field_words("languages"), field_words("licences"), field_words("places"),
        field_words("contact"), _("Star"), _("Next step"), _("Notes"), _("Answer by"), _("Answer"), _("Answered"),
    ]  # fmt: skip
    response = file_of(kind, header, list(_rows(desk)), f"{slug}-followup")
    db.session.commit()
    return response


SHARED = ("experience", "education", "languages", "licences", "places", "contact")


def _rows(desk: Desk) -> Iterator[list[Any]]:
    steps = spoken(names.NEXT_STEPS)
    for one in for_export(desk.fair, desk.exhibitor.id, desk.people):
        known, profile = one.line.known, one.profile
        shared = [profile.says(key) if profile else "" for key in SHARED]
        notes = " | ".join(f"{said.author_name}: {said.note}" for said in one.line.notes if said.note)
        yield [
            one.line.name,
            str(names.STATUSES[known.status]),
            local(known.first_at, desk.fair).strftime("%Y-%m-%d %H:%M") if known.first_at else "",
            one.line.work,
            swedish_sentence(one.line.swedish),
            *shared,
            known.star or "",
            ", ".join(steps[step] for step in rules.steps_in(known.steps)),
            notes,
            known.due if known.promised else None,
            str(names.ANSWERS[known.answered]) if known.answered else "",
            local(known.answered_at, desk.fair).strftime("%Y-%m-%d %H:%M") if known.answered_at else "",
        ]
