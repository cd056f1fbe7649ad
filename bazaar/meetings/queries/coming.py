"""Who says they come: a later feature asks the jobseekers, and says here what they answered."""

import uuid
from collections.abc import Callable, Collection

Says = Callable[[Collection[uuid.UUID]], dict[uuid.UUID, str]]
_says: list[Says] = []


def when_asked_who_comes(says: Says) -> None:
    """A later feature answers, for booked meetings by their ids: coming, or no_answer where somebody was asked."""
    _says.append(says)


def who_comes(meeting_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What is known of these meetings' jobseekers; nothing of those whom nobody has asked yet."""
    return {meeting_id: said for says in _says for meeting_id, said in says(meeting_ids).items()}
