"""Codes, limits and people below the pages: races, sums, and who is the same person."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from bazaar import clock
from bazaar.db import db
from bazaar.errors import NotFound, Refused
from bazaar.messages.models import Letter
from bazaar.people import actions, limits, queries, rules
from bazaar.people.models import Code, Person, SignIn, Tally
from tests import make
from tests.people.conftest import code_in, letters, link_in

PHONE = "+46701740605"


def send(address: str = "dora@example.org", **more) -> Code:
    return actions.send_code(address, **{"language": "en", "network": "192.0.2.7", **more})


def at_once(app, act: Callable[[], object], times: int) -> Counter:
    """Do it in as many threads at the same moment; counts what each said."""
    db.session.commit()
    said: Counter = Counter()
    ready = threading.Barrier(times)

    def one() -> None:
        with app.app_context():
            ready.wait()
            try:
                said[str(act())] += 1
                db.session.commit()
            except Refused as error:
                db.session.rollback()
                said["refused" if error.retry_after is None else "too many"] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.expire_all()
    return said


# --- Races ----------------------------------------------------------------------------------------


@pytest.mark.race
def test_of_many_who_type_the_right_code_at_once_one_gets_in(app):
    make.person("Dora", "dora@example.org")
    code = send()
    code_id, digits = code.id, code_in(letters()[0])
    said = at_once(app, lambda: actions.check_code([code_id], digits, network="n").code is not None, 8)
    assert said == {"True": 1, "False": 7}


@pytest.mark.race
def test_of_many_who_press_the_links_button_at_once_one_gets_in(app):
    make.person("Dora", "dora@example.org")
    send()
    token = link_in(letters()[0]).rsplit("/", 1)[1]
    said = at_once(app, lambda: actions.use_link(token, network="n").code is not None, 8)
    assert said == {"True": 1, "False": 7}


@pytest.mark.race
def test_code_and_link_at_once_let_one_in(app):
    make.person("Dora", "dora@example.org")
    code = send()
    code_id, digits = code.id, code_in(letters()[0])
    token = link_in(letters()[0]).rsplit("/", 1)[1]
    ways = iter([True, False] * 3)

    def either() -> bool:
        if next(ways):
            return actions.check_code([code_id], digits, network="n").code is not None
        return actions.use_link(token, network="n").code is not None

    assert at_once(app, either, 6) == {"True": 1, "False": 5}


@pytest.mark.race
def test_guessing_at_once_is_counted_before_anything_is_compared(app):
    make.person("Dora", "dora@example.org")
    code_id = send().id
    right = code_in(letters()[0])
    guesses = iter([f"{n:06}" for n in range(40) if f"{n:06}" != right])
    lock = threading.Lock()

    def guess() -> str:
        with lock:
            digits = next(guesses)
        return actions.check_code([code_id], digits, network="n").problem

    said = at_once(app, guess, 20)
    assert said["This code is used or too old. Ask for a new one."] == 15
    assert db.session.get_one(Code, code_id).tries == 5
    assert actions.check_code([code_id], right, network="n").code is None


@pytest.mark.race
def test_codes_asked_for_at_once_are_five(app):
    make.person("Dora", "dora@example.org")
    said = at_once(app, lambda: bool(send()), 20)
    assert said == {"True": 5, "too many": 15}
    assert len(letters()) == 5


@pytest.mark.race
def test_a_double_tap_makes_one_person(app):
    code = send("new@example.org", for_new=True)
    sign_in_id = actions.start_session(code, "test")[0].id

    def tap() -> object:
        return actions.become_new(db.session.get_one(SignIn, sign_in_id), "Elias", "en").id

    assert list(at_once(app, tap, 6).values()) == [6]
    assert len(queries.people_at("new@example.org")) == 1


# --- Limits ---------------------------------------------------------------------------------------


def test_eight_hundred_people_behind_one_address_get_in_within_ten_minutes(later):
    """Every fourth asks twice, and everybody mistypes once."""
    for number in range(800):
        address = f"dora{number}@example.org"
        codes = [send(address, for_new=True).id for _ in range(1 if number % 4 else 2)]
        letter = db.session.scalars(db.select(Letter).where(Letter.address == address)).first()
        assert actions.check_code(codes, "x", network="192.0.2.7").code is None
        assert actions.check_code(codes, code_in(letter), network="192.0.2.7").code is not None
        later(milliseconds=700)


def test_a_network_has_a_limit_all_the_same(monkeypatch, later):
    few = rules.Limit("codes to a network", 3, timedelta(minutes=10), timedelta(seconds=10))
    monkeypatch.setattr(actions, "CODES_TO_NETWORK", few)
    for number in range(3):
        send(f"dora{number}@example.org")
        later(seconds=30)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        send("elias@example.org")
    db.session.rollback()
    send("elias@example.org", network="198.51.100.1")
    later(seconds=refused.value.retry_after)
    send("elias@example.org")


def test_tries_of_a_network_have_a_limit(monkeypatch):
    few = rules.Limit("tries", 3, timedelta(minutes=10), timedelta(seconds=10))
    monkeypatch.setattr(actions, "TRIES_OF_NETWORK", few)
    for _ in range(3):
        assert actions.check_code([uuid.uuid4()], "1", network="n").code is None
    with pytest.raises(Refused) as refused:
        actions.use_link("x", network="n")
    assert 0 < refused.value.retry_after <= 611


def test_a_limit_slides_no_hour_holds_more_than_five(later):
    moments = []
    for _ in range(60):
        try:
            send()
        except Refused:
            db.session.rollback()
        else:
            moments.append(clock.now())
            db.session.commit()
        later(minutes=4)
    assert len(moments) > 10
    for first, sixth in zip(moments, moments[5:], strict=False):
        assert sixth - first > timedelta(hours=1)


def test_what_is_refused_is_not_counted(later):
    for _ in range(5):
        send()
    db.session.commit()
    for _ in range(3):
        with pytest.raises(Refused):
            send()
        db.session.rollback()
    later(hours=1, seconds=2)
    send()


def test_tallies_hold_no_address():
    send()
    for tally in db.session.scalars(db.select(Tally)):
        assert len(tally.key) == 64
        assert "dora" not in tally.key


def test_old_rows_are_swept(later):
    dora = make.person("Dora", "dora@example.org")
    code = send()
    actions.start_session(code, "test")
    make.add(SignIn(token_hash="x", person_id=dora.id, address=None, device="old"))
    later(days=3)
    fresh = send("elias@example.org")
    actions.sweep()
    assert [row.id for row in db.session.scalars(db.select(Code))] == [fresh.id]
    assert all(
        tally.window_start > clock.now() - timedelta(days=1) for tally in db.session.scalars(db.select(Tally))
    )
    assert len(list(db.session.scalars(db.select(SignIn)))) == 2
    later(days=30)
    actions.sweep()
    assert list(db.session.scalars(db.select(SignIn))) == []


# --- SMS of a fair --------------------------------------------------------------------------------


def texts(
    limit: int = 2, countries: tuple[str, ...] = ("SE",), fair_id: uuid.UUID | None = None
) -> actions.TextRules:
    return actions.TextRules(fair_id or uuid.uuid4(), limit, countries)


def test_a_fair_sends_so_many_codes_by_sms_a_day(later):
    fair = texts()
    for number in range(2):
        send(f"+467017406{number:02}", for_new=True, texts=fair)
    with pytest.raises(Refused) as refused:
        send("+46701740699", for_new=True, texts=fair)
    assert 23 * 3600 < refused.value.retry_after <= 24 * 3600 + 601
    send("dora@example.org", for_new=True, texts=fair)
    send("+46701740698", for_new=True, texts=texts())
    later(seconds=refused.value.retry_after)
    send("+46701740699", for_new=True, texts=fair)


def test_a_fair_writes_to_its_countries_alone():
    with pytest.raises(Refused) as refused:
        send("+4740612345", for_new=True, texts=texts())
    assert refused.value.retry_after is None
    send("+4740612345", for_new=True, texts=texts(countries=("SE", "NO")))
    send("dora@example.no", for_new=True, texts=texts())


# --- People ---------------------------------------------------------------------------------------


def test_same_address_and_same_name_is_the_same_person():
    dora = actions.person_at(PHONE, "Dora  Lind", "sv")
    assert actions.person_at(PHONE, "dora lind", "en").id == dora.id
    assert actions.person_at(PHONE, "Elias Lind", "sv").id != dora.id
    assert actions.person_at("dora@example.org", "Dora Lind", "sv").id != dora.id
    assert len(queries.people_at(PHONE)) == 2


def test_somebody_new_of_a_name_already_there_is_them():
    dora = make.person("Dora", PHONE)
    sign_in, _token = actions.start_session(send(PHONE, for_new=True), "test")
    assert sign_in.person_id is None
    assert actions.become_new(sign_in, "DORA", "en").id == dora.id


def test_nobody_becomes_somebody_of_another_address():
    make.person("Dora", PHONE)
    eve = make.person("Eve", "eve@example.org")
    sign_in, _token = actions.start_session(send(PHONE, for_new=True), "test")
    with pytest.raises(NotFound):
        actions.become(sign_in, eve.id)


def test_somebody_new_needs_a_registration():
    make.person("Dora", PHONE)
    make.person("Elias", PHONE)
    sign_in, _token = actions.start_session(send(PHONE), "test")
    with pytest.raises(NotFound):
        actions.become_new(sign_in, "Eve", "en")


def test_a_code_proves_an_address_that_somebody_else_wrote_down():
    dora = actions.make_person("Dora", PHONE, "sv")
    assert queries.contacts_of(dora.id)[0].verified_at is None
    actions.start_session(send(PHONE), "test")
    assert queries.contacts_of(dora.id)[0].verified_at is not None


def test_the_registrations_code_goes_also_to_an_address_nobody_has():
    send("new@example.org", for_new=True)
    assert code_in(letters()[0])


def test_a_demo_link_works_any_number_of_times_for_a_day(later):
    dora = make.person("Dora")
    token = actions.demo_link(dora, "/f/demo")
    for _ in range(3):
        code = actions.use_link(token, network="n").code
        assert code.go_to == "/f/demo"
        assert actions.start_session(code, "test")[0].person_id == dora.id
    later(hours=23, minutes=59)
    assert actions.use_link(token, network="n").code is not None
    later(minutes=2)
    assert actions.use_link(token, network="n").code is None


def test_signing_in_stands_in_the_journal_without_addresses():
    from bazaar.journal.models import Entry

    dora = make.person("Dora", "dora@example.org")
    actions.start_session(send(), "test")
    db.session.flush()
    [entry] = db.session.scalars(db.select(Entry).where(Entry.verb == "signed_in"))
    assert (entry.actor, entry.thing, entry.facts) == (dora.id, "sign_in", {})


def test_an_erased_persons_code_lets_nobody_in():
    dora = make.person("Dora", "dora@example.org")
    code = send()
    dora.erased_at = clock.now()
    with pytest.raises(Refused):
        actions.start_session(code, "test")
    assert db.session.get_one(Person, dora.id)


def test_counting_is_exact_within_one_step():
    limit = rules.Limit("things", 3, timedelta(minutes=1), timedelta(minutes=1))
    for _ in range(3):
        limits.count(limit, "who")
    with pytest.raises(Refused):
        limits.count(limit, "who")
    limits.count(limit, "somebody else")
