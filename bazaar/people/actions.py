"""Making people, sending them codes, and letting them in. Nothing here commits: the view does, once.

A code is checked by a return value, not by an exception: the view commits also after a wrong try, and so
the try stays counted.
"""

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select, update

from bazaar import clock
from bazaar.db import db, locked, new_id
from bazaar.errors import NotFound, Refused
from bazaar.journal.actions import note
from bazaar.people import letters, limits, queries
from bazaar.people.models import Code, Contact, Person, SignIn, Tally
from bazaar.people.rules import (
    CODE_LASTS,
    CODES_TO_ADDRESS,
    CODES_TO_NETWORK,
    DEMO_LINK_LASTS,
    MOST_ADDRESSES,
    MOST_TRIES,
    NEW_ADDRESSES,
    SESSION_LASTS,
    TRIES_OF_NETWORK,
    country_of,
    digits_of,
    kind_of,
    texts_of_fair,
)
from bazaar.words import fold, hashed, new_token, same

# --- People -------------------------------------------------------------------------------------


def make_person(name: str, address: str | None, language: str, *, verified: bool = False) -> Person:
    """A new person. `address` is normalised (rules.read_address(...).address)."""
    person = Person(id=new_id(), name=name.strip(), folded_name=fold(name), language=language)
    db.session.add(person)
    db.session.flush()
    if address is not None:
        db.session.add(
            Contact(
                person_id=person.id,
                kind=kind_of(address),
                address=address,
                verified_at=clock.now() if verified else None,
            )
        )
        db.session.flush()
    note("made", "person", person.id)
    return person


def person_at(address: str, name: str, language: str) -> Person:
    """The person of this name at this address, made if new. Same address and same folded name = same person."""
    return queries.named_at(address, name) or make_person(name, address, language)


# --- Codes --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TextRules:
    """What a fair allows for codes by SMS: so many within a day, to these countries ("SE")."""

    fair_id: uuid.UUID
    daily_limit: int
    countries: Sequence[str]


@dataclass(frozen=True)
class Checked:
    """`code` is the code that was right and is now used up; else `problem` says in words what was wrong."""

    code: Code | None
    problem: str = ""


def send_code(
    address: str,
    *,
    language: str,
    network: str,
    go_to: str = "/me/",
    for_new: bool = False,
    texts: TextRules | None = None,
) -> Code:
    """Send a code and link to a normalised address. The page never tells whether anybody has it.

    Without `for_new` an address that nobody has gets kind words by e-mail and no code (and nothing by SMS).
    With `for_new` (a registration) everybody gets a code. `texts` are the fair's rules for SMS.
    Raises Refused: with `retry_after` beyond a limit, without it for a country the fair does not write to.
    """
    limits.count(CODES_TO_NETWORK, network)
    limits.count(CODES_TO_ADDRESS, address)
    if texts is not None and kind_of(address) == "phone":
        _allow_text(address, texts)
    known = for_new or bool(queries.people_at(address))
    code, digits, token = _new_code(address, go_to=go_to, for_new=for_new, guessable=known)
    if known:
        letters.code_letter(code, digits, token, language)
    elif kind_of(address) == "email":
        letters.nobody_here(code, language)
    if code.id.int % 16 == 0:  # now and then is enough
        sweep()
    return code


def send_address_code(person: Person, address: str, *, language: str, network: str) -> Code:
    """Send a code that proves a new address of somebody who is signed in. Raises Refused beyond a limit."""
    limits.count(CODES_TO_NETWORK, network)
    limits.count(CODES_TO_ADDRESS, address)
    limits.count(NEW_ADDRESSES, str(person.id))
    _room_for_address(person, address)
    code, digits, _token = _new_code(address, purpose="address", person_id=person.id)
    letters.address_code_letter(code, digits, language)
    return code


def check_code(
    code_ids: Iterable[uuid.UUID], typed: str, *, network: str, purpose: str = "sign_in"
) -> Checked:
    """Try what was typed against the codes this browser asked for; the right one is used up, link and all.

    Commit after it whatever it says: a wrong try counts. Raises Refused (429) beyond the network's limit.
    """
    limits.count(TRIES_OF_NETWORK, network)
    digits = digits_of(typed)
    tried = _count_try(code_ids, purpose)
    right = [code for code in tried if same(code.code_hash, _hash_of(code.id, digits))]
    if right:
        right[0].used_at = clock.now()
        return Checked(right[0])
    left = max((MOST_TRIES - code.tries for code in tried), default=0)
    if not tried:
        return Checked(None, _("This code is used or too old. Ask for a new one."))
    if left == 0:
        return Checked(None, _("That was wrong %(times)s times. Ask for a new code.", times=MOST_TRIES))
    wrong = _("That is not the code.")
    tries = ngettext("You can try once more.", "You can try %(num)s more times.", left)
    return Checked(None, f"{wrong} {tries}")


def use_link(token: str, *, network: str) -> Checked:
    """Use up a link, and the code it came with. Two at once: one wins. Raises Refused beyond the limit."""
    limits.count(TRIES_OF_NETWORK, network)
    code = queries.link_of(token)
    if code is not None and code.many_times:
        return Checked(code)
    if code is not None:
        now = clock.now()
        used = db.session.scalar(
            update(Code)
            .where(Code.id == code.id, Code.used_at.is_(None), Code.expires_at > now)
            .values(used_at=now)
            .returning(Code)
        )
        if used is not None:
            return Checked(used)
    return Checked(None, _("This link is used or too old. Ask for a new one."))


def link_for(address: str, go_to: str) -> str:
    """The token of a one-time link for whoever has this address, made by a command. Raises NotFound."""
    people = queries.people_at(address)
    if not people:
        raise NotFound
    only = people[0].id if len(people) == 1 else None
    code, _digits, token = _new_code(address, person_id=only, go_to=go_to)
    note("made", "sign_in_link", code.id)
    return token


def demo_link(person: Person, go_to: str) -> str:
    """The token of a link that signs this person in for a day, any number of times.

    Only for a database that holds nothing but the demo: the caller makes sure.
    """
    address = next((contact.address for contact in queries.contacts_of(person.id)), "")
    _code, _digits, token = _new_code(address, person_id=person.id, go_to=go_to, many_times=True)
    return token


def sweep() -> None:
    """What nobody can use any more goes: old tallies, codes and sessions. Who else sweeps is not waited for."""
    yesterday = clock.now() - timedelta(days=1)
    for model, old in (
        (Tally, Tally.window_start < yesterday - timedelta(days=1)),
        (Code, Code.expires_at < yesterday),
        (SignIn, SignIn.created_at < yesterday - SESSION_LASTS),
    ):
        some = select(model.id).where(old).limit(500).with_for_update(skip_locked=True)
        db.session.execute(delete(model).where(model.id.in_(some)))


def _new_code(
    address: str,
    *,
    purpose: str = "sign_in",
    person_id: uuid.UUID | None = None,
    go_to: str = "/me/",
    for_new: bool = False,
    many_times: bool = False,
    guessable: bool = True,
) -> tuple[Code, str, str]:
    """A code row, its six digits and its link's token. One that is not `guessable` fits no digits."""
    digits, token = f"{secrets.randbelow(1_000_000):06}", new_token()
    code_id = new_id()
    code = Code(
        id=code_id,
        address=address,
        purpose=purpose,
        person_id=person_id,
        go_to=go_to if len(go_to) <= 300 else "/me/",
        for_new=for_new,
        code_hash=_hash_of(code_id, digits if guessable else token),
        link_hash=hashed(token if guessable else new_token()),
        expires_at=clock.now() + (DEMO_LINK_LASTS if many_times else CODE_LASTS),
        many_times=many_times,
    )
    db.session.add(code)
    db.session.flush()
    return code, digits, token


def _hash_of(code_id: uuid.UUID, digits: str) -> str:
    return hashed(f"{code_id}: {digits}")


def _count_try(code_ids: Iterable[uuid.UUID], purpose: str) -> Sequence[Code]:
    """Count one try on each code that may still be tried, before anything is compared."""
    return db.session.scalars(
        update(Code)
        .where(
            Code.id.in_(list(code_ids)),
            Code.purpose == purpose,
            Code.used_at.is_(None),
            Code.tries < MOST_TRIES,
            Code.expires_at > clock.now(),
        )
        .values(tries=Code.tries + 1)
        .returning(Code),
        execution_options={"populate_existing": True, "synchronize_session": False},
    ).all()


def _allow_text(address: str, texts: TextRules) -> None:
    if country_of(address) not in texts.countries:
        raise Refused(_("This fair sends no messages to numbers of that country. Use an e-mail address."))
    limits.count(texts_of_fair(texts.daily_limit), str(texts.fair_id))


# --- Sessions -----------------------------------------------------------------------------------


def start_session(code: Code, device: str) -> tuple[SignIn, str]:
    """Open a session for whoever held this code; gives its row and the token for the cookie.

    `person_id` is empty where several people have the address, or the code is `for_new`: they have to say
    who they are (`become`, `become_new`). Raises Refused where nobody can be meant.
    """
    meant = () if code.for_new else queries.meant_by(code)
    if not meant and not code.for_new:
        raise Refused(_("Nobody is registered with this address any more."))
    token = new_token()
    sign_in = SignIn(
        id=new_id(),
        token_hash=hashed(token),
        address=code.address,
        for_new=code.for_new,
        device=device[:300],
    )
    db.session.add(sign_in)
    if len(meant) == 1:
        _let_in(sign_in, meant[0])
    db.session.flush()
    return sign_in, token


def become(sign_in: SignIn, person_id: uuid.UUID) -> Person:
    """A family member says who they are. Raises NotFound for anybody who does not have the address."""
    sign_in = locked(SignIn, sign_in.id)
    person = next((one for one in queries.people_at(sign_in.address or "") if one.id == person_id), None)
    if person is None or sign_in.person_id not in (None, person.id):
        raise NotFound
    if sign_in.person_id is None:
        _let_in(sign_in, person)
    return person


def become_new(sign_in: SignIn, name: str, language: str) -> Person:
    """Somebody new at the verified address (or of the same name as one there: then it is them).

    Asked twice, it answers the same person.
    """
    sign_in = locked(SignIn, sign_in.id)
    if sign_in.person_id is not None:
        return db.session.get_one(Person, sign_in.person_id)
    if not sign_in.for_new or not sign_in.address:
        raise NotFound
    person = queries.named_at(sign_in.address, name)
    if person is not None:
        _let_in(sign_in, person)
        return person
    person = make_person(name, sign_in.address, language, verified=True)
    _signed_in(sign_in, person)
    return person


def end_session(sign_in: SignIn) -> None:
    """Close one session."""
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()
        note("signed_out", "sign_in", sign_in.id, actor=sign_in.person_id)


def end_other_sessions(person: Person, kept: SignIn) -> int:
    """Close every session of this person but one; says how many."""
    others = [one for one in queries.open_sign_ins(person) if one.id != kept.id]
    for one in others:
        end_session(one)
    return len(others)


def keep_up(sign_in_id: uuid.UUID, *, seen: bool, language: str | None) -> None:
    """What a visit leaves behind: when the session was last used, and the language that was chosen."""
    if seen:
        moment = clock.now()
        db.session.execute(
            update(SignIn)
            .where(SignIn.id == sign_in_id, SignIn.last_seen_at < moment)
            .values(last_seen_at=moment)
        )
    sign_in = db.session.get_one(SignIn, sign_in_id)
    if language is not None and sign_in.person_id is not None:
        db.session.execute(update(Person).where(Person.id == sign_in.person_id).values(language=language))


def _let_in(sign_in: SignIn, person: Person) -> None:
    for contact in queries.contacts_of(person.id):
        if contact.address == sign_in.address and contact.verified_at is None:
            contact.verified_at = clock.now()
    _signed_in(sign_in, person)


def _signed_in(sign_in: SignIn, person: Person) -> None:
    sign_in.person_id = person.id
    note("signed_in", "sign_in", sign_in.id, actor=person.id)


# --- A person's own settings --------------------------------------------------------------------


def change_self(person: Person, name: str, language: str) -> None:
    """A person's own name and language."""
    changed = [
        fact for fact, old, new in (("name", person.name, name), ("language", person.language, language)) if old != new
    ]  # fmt: skip
    person.name, person.folded_name, person.language = name, fold(name), language
    if changed:
        note("changed", "person", person.id, actor=person.id, changed=changed)


def add_address(person: Person, code: Code) -> Contact:
    """The address that this used-up code proved is now this person's; the other addresses are told."""
    if code.person_id != person.id or code.purpose != "address":
        raise NotFound
    locked(Person, person.id)
    _room_for_address(person, code.address)
    others = queries.contacts_of(person.id)
    contact = Contact(
        person_id=person.id, kind=kind_of(code.address), address=code.address, verified_at=clock.now()
    )
    db.session.add(contact)
    db.session.flush()
    for other in others:
        if other.kind == "email":
            letters.address_added(person, other, code.address)
    note("added", "contact", contact.id, actor=person.id, kind=contact.kind)
    return contact


def remove_address(person: Person, contact: Contact) -> None:
    """Take an address away; one always stays, or the person could never sign in again."""
    locked(Person, person.id)
    others = [one for one in queries.contacts_of(person.id) if one.id != contact.id and one.verified_at]
    if not others:
        raise Refused(_("This is your only address. Add another one first."))
    address, kind = contact.address, contact.kind
    note("removed", "contact", contact.id, actor=person.id, kind=kind)
    db.session.delete(contact)
    if kind == "email":
        letters.address_removed(person, address)


def _room_for_address(person: Person, address: str) -> None:
    have = queries.contacts_of(person.id)
    if any(contact.address == address for contact in have):
        raise Refused(_("You have this address already."))
    if len(have) >= MOST_ADDRESSES:
        raise Refused(_("You have %(many)s addresses. Take one away first.", many=MOST_ADDRESSES))
