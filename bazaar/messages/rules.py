"""What may happen to a letter."""

STUCK = ("failed", "perhaps_sent")  # a person decides: look at why, then try again or leave it


def may_try_again(status: str, secret: bool) -> bool:
    """A code or link is asked for anew instead: its words are gone."""
    return status in STUCK and not secret
