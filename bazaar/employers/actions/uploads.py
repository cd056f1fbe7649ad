"""Files on their way in, kept between looking through and taking in: for an hour at most."""

from datetime import timedelta

from sqlalchemy import delete

from bazaar import clock
from bazaar.db import db
from bazaar.employers.models import Upload
from bazaar.fairs.models import Fair
from bazaar.people.models import Person
from bazaar.words import hashed, new_token

KEPT = timedelta(hours=1)


def keep(fair: Fair, person: Person, kind: str, name: str, content: bytes) -> str:
    """Keep the file; its secret. This person's earlier file of the kind and everybody's old ones go."""
    now = clock.now()
    db.session.execute(delete(Upload).where(Upload.expires_at <= now))
    db.session.execute(
        delete(Upload).where(Upload.person_id == person.id, Upload.kind == kind, Upload.fair_id == fair.id)
    )
    token = new_token()
    db.session.add(
        Upload(
            fair_id=fair.id,
            person_id=person.id,
            kind=kind,
            token_hash=hashed(token),
            name=name[:300],
            content=content,
            expires_at=now + KEPT,
        )
    )
    return token


def forget(upload: Upload) -> None:
    db.session.delete(upload)
