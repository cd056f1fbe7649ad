"""Who is asking: views begin with `signed_in()`. Here too: what a browser holds on the way in.

A registration that asks for the code on a page of its own does it like this, committing after each act:

    code = actions.send_code(address, language=..., network=asking.network(), for_new=True, go_to=...)
    asking.hold(code)                                           # this browser asked for it
    ...
    checked = actions.check_code(asking.held(), typed, network=asking.network())
    sign_in = asking.open_session(checked.code)                 # cookie and all; person_id may be empty
    ...
    actions.become(sign_in, person_id)                          # one of queries.people_at(sign_in.address)
    actions.become_new(sign_in, name, language)                 # or somebody new
"""

import uuid
from collections.abc import Iterable

from flask import after_this_request, current_app, g, request, session
from werkzeug.wrappers import Response

from bazaar import clock, i18n, web
from bazaar.db import begin_writing, db
from bazaar.errors import NotFound
from bazaar.people import actions
from bazaar.people.models import Code, Person, SignIn
from bazaar.people.queries import sign_in_of
from bazaar.people.rules import SEEN_EVERY, SESSION_LASTS, device_words, network_of

COOKIE = "bazaar"
HELD = "codes"


def find_out() -> None:
    """Before every request: the person behind the cookie, if any, and whether the page needs one."""
    g.sign_in = g.person = None
    if web.wants_json():  # a device proves itself with its token, never with a cookie
        return
    token = request.cookies.get(COOKIE)
    if token and request.endpoint not in ("web.static", "web.accent"):
        _recognise(token)
    if g.person is None and _needs_sign_in(request.path):
        web.stop_for_sign_in()


def _recognise(token: str) -> None:
    sign_in = sign_in_of(token)
    if sign_in is not None and _keep_up(sign_in):
        sign_in = sign_in_of(token)
    if sign_in is not None:
        g.sign_in = sign_in
        g.person = sign_in.person
        g.preferred_language = sign_in.person.language if sign_in.person else None


def _keep_up(sign_in: SignIn) -> bool:
    """Once an hour, and when another language is chosen, a visit is written down: in a transaction of its own."""
    seen = clock.now() - sign_in.last_seen_at > SEEN_EVERY
    asked = request.args.get("lang")
    chosen = asked if asked in i18n.OFFERED and sign_in.person and sign_in.person.language != asked else None
    if not seen and chosen is None:
        return False
    sign_in_id = sign_in.id
    db.session.rollback()
    begin_writing()
    actions.keep_up(sign_in_id, seen=seen, language=chosen)
    db.session.commit()
    web.begin()
    return True


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


def network() -> str:
    """The network this browser is in, for limits."""
    return network_of(request.remote_addr)


def hold(code: Code, kind: str = HELD) -> None:
    """This browser asked for this code: only here can its digits be typed."""
    earlier = [one for one in held(kind) if one != code.id]
    session[kind] = [str(one) for one in [*earlier, code.id][-5:]]


def held(kind: str = HELD) -> list[uuid.UUID]:
    """The codes this browser asked for, the latest last."""
    return list(_ids(session.get(kind, [])))


def let_go(kind: str = HELD) -> None:
    """Forget the codes: another address is asked for, or one of them was right."""
    session.pop(kind, None)


def _ids(texts: Iterable[str]) -> Iterable[uuid.UUID]:
    return (uuid.UUID(text) for text in texts)


def open_session(code: Code) -> SignIn:
    """A session in this browser for whoever held this used-up code; the one before it ends."""
    before = this_sign_in()
    if before is not None:
        actions.end_session(before)
    sign_in, token = actions.start_session(code, device_words(request.user_agent.string))
    let_go()

    @after_this_request
    def _give_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SETTINGS"].is_https,
        )
        return response

    return sign_in


def close_session() -> None:
    """Sign this browser out."""
    sign_in = this_sign_in()
    if sign_in is not None:
        actions.end_session(sign_in)
    session.clear()

    @after_this_request
    def _take_cookie(response: Response) -> Response:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return response
