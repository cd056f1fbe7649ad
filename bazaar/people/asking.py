"""Who is asking: views begin with `signed_in()`."""

from flask import g, request

from bazaar import web
from bazaar.errors import NotFound
from bazaar.people.models import Person, SignIn
from bazaar.people.queries import sign_in_of

COOKIE = "bazaar"


def find_out() -> None:
    """Before every request: the person behind the cookie, if any, and whether the page needs one."""
    g.sign_in = g.person = None
    token = request.cookies.get(COOKIE)
    if token and request.endpoint not in ("web.static", "web.accent"):
        sign_in = sign_in_of(token)
        if sign_in is not None:
            g.sign_in = sign_in
            g.person = sign_in.person
            g.preferred_language = sign_in.person.language if sign_in.person else None
    if g.person is None and _needs_sign_in(request.path):
        web.stop_for_sign_in()


def _needs_sign_in(path: str) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in web.NEEDS_SIGN_IN)


def who() -> Person | None:
    """The person asking, or None."""
    person: Person | None = getattr(g, "person", None)
    return person


def signed_in() -> Person:
    """The person asking; nobody is sent to sign in first."""
    person = who()
    if person is None:
        web.stop_for_sign_in()
        raise NotFound  # never reached: the line above leaves
    return person


def this_sign_in() -> SignIn | None:
    """The browser's own session, also while a family member has still to say who they are."""
    sign_in: SignIn | None = getattr(g, "sign_in", None)
    return sign_in
