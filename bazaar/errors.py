"""The three ways in which Bazaar says no. `web.py` turns each into a page."""


class NotFound(Exception):
    """What was asked for is not there, or not this person's to see: 404."""


class Forbidden(Exception):
    """Theirs to see, not to change: 403."""


class Refused(Exception):
    """A rule or a race said no: 409, with the reason in the reader's words and a way on.

    `way_on` is a list of (label, url) pairs that the page offers as next steps.
    `retry_after` (seconds) makes it a 429.
    """

    def __init__(
        self, reason: str, way_on: list[tuple[str, str]] | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.way_on = way_on or []
        self.retry_after = retry_after
