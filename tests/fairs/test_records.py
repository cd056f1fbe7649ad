"""What was written to people, and who did what when."""

import pytest

from bazaar.journal.actions import note
from bazaar.messages.actions import put_in_outbox
from tests import make


def letter(fair, status="sent", *, secret=False, words="Välkommen till mässan!"):
    row = put_in_outbox(
        channel="email", address="dora@example.org", language="sv", purpose="staff_added", subject="Mässan",
        words=words, fair_id=fair.id, secret=secret,
    )  # fmt: skip
    row.status = status
    return make.add(row)


# --- Letters ---


def test_letters_are_listed_with_whom_they_are_to_and_how_it_went(browser, fair):
    letter(fair)
    page = browser.get("/organise/spring/letters?lang=en").text
    for words in ("dora@example.org", "New staff", "Swedish", "Sent"):
        assert words in page


def test_a_letter_can_be_read(browser, fair):
    row = letter(fair)
    assert "Välkommen till mässan!" in browser.get(f"/organise/spring/letters/{row.id}").text


def test_a_secret_letter_can_never_be_read(browser, fair):
    row = letter(fair, "waiting", secret=True, words="Your code is 123456")
    answer = browser.get(f"/organise/spring/letters/{row.id}")
    assert answer.status_code == 200
    assert "123456" not in answer.text


@pytest.mark.parametrize("status", ["failed", "perhaps_sent"])
def test_a_stuck_letter_is_sent_again_by_a_persons_word(browser, fair, status):
    row = letter(fair, status)
    assert str(row.id) in browser.get("/organise/spring/letters?show=stuck").text
    assert f"{row.id}/again" in browser.get(f"/organise/spring/letters/{row.id}").text
    assert browser.post(f"/organise/spring/letters/{row.id}/again").status_code == 303
    assert row.status == "waiting"
    assert str(row.id) not in browser.get("/organise/spring/letters?show=stuck").text


def test_a_letter_that_went_is_not_sent_again(browser, fair):
    row = letter(fair)
    assert f"{row.id}/again" not in browser.get(f"/organise/spring/letters/{row.id}").text
    assert browser.post(f"/organise/spring/letters/{row.id}/again").status_code == 409


def test_a_viewer_reads_letters_and_sends_none(client, fair):
    row = letter(fair, "failed")
    make.sign_in(client, make.organiser(fair, "Vera", "viewer"))
    assert "/again" not in client.get(f"/organise/spring/letters/{row.id}").text
    assert client.post(f"/organise/spring/letters/{row.id}/again").status_code == 403


def test_another_fairs_letter_is_not_here(browser):
    row = letter(make.fair("autumn"), "failed")
    assert browser.get(f"/organise/spring/letters/{row.id}").status_code == 404
    assert browser.post(f"/organise/spring/letters/{row.id}/again").status_code == 404


def test_pages_of_letters_lead_on_and_back(browser, fair):
    rows = [letter(fair) for _ in range(60)]
    first = browser.get("/organise/spring/letters").text
    assert first.count("data-row") == 50
    oldest_shown = sorted(row.id for row in rows)[10]
    assert f"before={oldest_shown}" in first
    second = browser.get(f"/organise/spring/letters?before={oldest_shown}").text
    assert second.count("data-row") == 10
    assert "after=" in second
    assert "before=" not in second


def test_nonsense_in_the_address_shows_the_first_page(browser, fair):
    letter(fair)
    assert browser.get("/organise/spring/letters?before=nonsense").text.count("data-row") == 1


def test_an_empty_outbox_says_so(browser):
    assert "No letters yet" in browser.get("/organise/spring/letters?lang=en").text


# --- Journal ---


def test_the_journal_tells_who_did_what_when(browser, fair, ada):
    note(
        "changed",
        "fair",
        fair.id,
        fair_id=fair.id,
        actor=ada.id,
        changed={"slot_minutes": [15, 20], "venue": None},
    )
    note("made", "hall", make.some_id(), fair_id=fair.id, rows=12)
    page = browser.get("/organise/spring/journal?lang=en").text
    for words in (
        "Ada",
        "Length of a meeting, in minutes",
        "15 → 20",
        "Venue",
        "Hall",
        "made",
        "Rows",
        "Bazaar itself",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("thing", "facts", "said"),
    [
        ("phase", {"kind": "followup"}, "Kind <bdi>Follow-up"),
        ("phase", {"closes": "2027-04-21T07:00:00Z"}, "Closes <bdi>Wednesday 21 April 09:00"),
        ("device", {"purpose": "door"}, "For <bdi>Door"),
        ("badge", {"form": "a6"}, "Paper <bdi>A6, folded"),
        ("organiser", {"changed": {"role": ["viewer", "co_organiser"]}}, "Role <bdi>Viewer → Co-organiser"),
        ("fair_day", {"changed": {"opens": ["09:00:00", "10:00:00"]}}, "Opens <bdi>09:00 → 10:00"),
        ("registration", {"source": "desk"}, "Came by <bdi>At the desk"),
        ("share", {"fields": ["work", "contact"]}, "Fields <bdi>Work wanted, Phone and e-mail"),
        ("staff", {"supervisor": True}, "Supervisor: may look people up by name <bdi>Yes"),
        ("talk", {"changed": ["starts_at", "room"]}, "<span>Starts</span>, <span>Room</span>"),
        ("vacancy", {"changed": ["pay_from"]}, "<span>Pay from, kronor</span>"),
    ],
)
def test_the_journal_says_keys_and_moments_in_words(browser, fair, thing, facts, said):
    note("changed", thing, make.some_id(), fair_id=fair.id, **facts)
    assert said in browser.get("/organise/spring/journal?lang=en").text


def test_the_journal_leaves_keys_of_rows_out(browser, fair):
    note("duplicated", "fair", fair.id, fair_id=fair.id, like=str(make.some_id()))
    assert "Like" not in browser.get("/organise/spring/journal?lang=en").text


def test_the_journal_is_filtered_by_what_and_who(browser, fair, ada):
    note("changed", "fair", fair.id, fair_id=fair.id, actor=ada.id)
    note("made", "hall", make.some_id(), fair_id=fair.id)
    only_halls = browser.get("/organise/spring/journal?thing=hall&lang=en").text
    assert "Bazaar itself" in only_halls
    assert "<bdi>Ada</bdi></td>" not in only_halls
    only_ada = browser.get(f"/organise/spring/journal?who={ada.id}&lang=en").text
    assert "<bdi>Ada</bdi>" in only_ada
    assert "Bazaar itself" not in only_ada


def test_the_journal_of_another_fair_is_not_mixed_in(browser):
    note("made", "hall", make.some_id(), fair_id=make.fair("autumn").id)
    assert "Bazaar itself" not in browser.get("/organise/spring/journal?lang=en").text


def test_an_erased_person_has_no_name_in_the_journal(browser, fair):
    berit = make.organiser(fair, "Berit")
    note("made", "hall", make.some_id(), fair_id=fair.id, actor=berit.id)
    berit.erased_at = make.clock.now()
    page = browser.get("/organise/spring/journal?lang=en").text
    assert "Berit" not in page
    assert "somebody who was erased" in page


def test_words_of_a_verb_nobody_translated_are_shown_as_they_are(browser, fair):
    note("juggled", "talking_point", make.some_id(), fair_id=fair.id)
    page = browser.get("/organise/spring/journal").text
    assert "juggled" in page
    assert "Talking point" in page
