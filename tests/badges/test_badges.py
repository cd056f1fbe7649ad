"""Badges: the code on screen and paper is read back, names are whole, and a stranger learns nothing from a code."""

from io import BytesIO
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from bazaar.badges import cards, qr, queries
from bazaar.badges.commands import badges
from bazaar.db import db
from bazaar.fairs.models import Fair
from bazaar.jobseekers.models import Badge, Registration
from bazaar.jobseekers.rules import new_badge_code, shown_code
from bazaar.journal.models import Entry
from bazaar.pdf import directions
from bazaar.pdf.paper import Paper
from bazaar.people.models import Person
from bazaar.programme.models import Seat, Talk
from tests import make


@pytest.fixture
def fair() -> Fair:
    return make.fair()


@pytest.fixture
def dora(fair: Fair) -> Registration:
    return make.jobseeker(fair, "Dora")


def codes_in(content: bytes) -> list[list[str]]:
    """What a reader sees on each page."""
    pages = pypdfium2.PdfDocument(content)
    return [[found.text for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())] for page in pages]


def text_of(content: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(content)[page].get_textpage().get_text_range())


def print_as(client: FlaskClient, fair: Fair, **chosen: str) -> bytes:
    answer = client.post(
        f"/organise/{fair.slug}/badges", data={"who": "jobseekers", "layout": "a6", **chosen}
    )
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return bytes(answer.data)


# --- The code -------------------------------------------------------------------------------------


def test_the_path_on_the_page_is_read_by_a_camera() -> None:
    address = queries.address_of(new_badge_code())
    badge = queries.shown("Dora", address[-16:])
    picture = Image.new("L", (badge.modules * 6, badge.modules * 6), "white")
    draw = ImageDraw.Draw(picture)
    for x, y, length in qr.runs(qr.squares(address)):
        left, top = (x + qr.QUIET) * 6, (y + qr.QUIET) * 6
        assert f"M{x + qr.QUIET} {y + qr.QUIET}h{length}v1h-{length}z" in badge.path
        draw.rectangle((left, top, left + 6 * length - 1, top + 5), fill="black")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [address]
    assert address == f"HTTP://127.0.0.1:5000/B/{address[-16:]}"


@pytest.mark.parametrize("address", ["HTTPS://FAIR.EXAMPLE.ORG/B/", "HTTP://127.0.0.1:5000/B/"])
def test_the_quick_way_draws_the_same_codes(address: str) -> None:
    quick = qr.Codes(address, 16)
    for code in ("0" * 16, "Z" * 16, *(new_badge_code() for _ in range(50))):
        assert quick.squares(code) == qr.squares(address + code)


# --- /b/CODE --------------------------------------------------------------------------------------


def test_every_code_gives_the_same_page_and_nothing_is_recorded(
    client: FlaskClient, dora: Registration
) -> None:
    code = make.badge_code(dora)
    ways = (code, code.lower(), shown_code(code), new_badge_code(), "nonsense")
    answers = [client.get(f"/{letter}/{way}") for letter in "bB" for way in ways]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert code not in answers[0].text
    assert not db.session.scalars(db.select(Entry)).all()


def test_ones_own_code_leads_to_ones_own_page(client: FlaskClient, fair: Fair, dora: Registration) -> None:
    code = make.badge_code(dora)
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    answer = client.get(f"/B/{code}")
    assert (answer.status_code, answer.location) == (303, f"/me/{fair.slug}/")


def test_somebody_elses_code_tells_a_signed_in_person_nothing(
    client: FlaskClient, fair: Fair, dora: Registration
) -> None:
    stranger = client.get(f"/b/{new_badge_code()}").data
    make.sign_in(client, make.person("Elias"))
    assert client.get(f"/b/{make.badge_code(dora)}").data == client.get(f"/b/{new_badge_code()}").data
    assert stranger


# --- Paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["a6", "a4", "label"])
def test_printed_codes_are_read_back(client: FlaskClient, fair: Fair, layout: str) -> None:
    people = [make.jobseeker(fair, name) for name in ("Dora", "Elias", "Åsa Öberg", "Amina", "Ziad")]
    make.sign_in(client, make.organiser(fair))
    seen = codes_in(print_as(client, fair, layout=layout))
    wanted = [
        queries.address_of(make.badge_code(one)) for one in sorted(people, key=lambda one: one.folded_name)
    ]
    assert [code for page in seen for code in sorted(page, key=wanted.index)] == wanted
    assert len(seen) == (2 if layout == "a4" else 5)


@pytest.mark.parametrize(
    "name",
    [
        "Åsa Öberg-Müller",
        "أمينة وحيد",
        "ሰላም ተስፋይ",
        "Amina أمينة",
        "پەروین کۆچەر",
        "ያሬድ Yared",
        "Олена Đặng",
    ],
)
def test_names_stand_whole_on_paper(client: FlaskClient, fair: Fair, name: str) -> None:
    make.jobseeker(fair, name)
    make.sign_in(client, make.organiser(fair))
    assert name in text_of(print_as(client, fair)).replace("\r\n", " ")


@pytest.mark.parametrize(
    ("words", "from_left"),
    [
        ("Amina ب", "Amina ب"),
        ("ب Amina", "Amina ب"),
        ("Ali (ب ت)", "Ali (ت ب)"),
        ("ب (Ali) ت", "ت (Ali) ب"),
        ("ب 12-34 ABC", "ABC 12-34 ب"),
        ("ب 12/34", "12/34 ب"),
        ("AB ب 12", "AB 12 ب"),
    ],
)
def test_scripts_that_meet_stand_as_readers_of_both_expect(words: str, from_left: str) -> None:
    levels = directions.levels(words)
    pieces = [
        (level, "".join(letter for letter, _ in letters))
        for level, letters in groupby(zip(words, levels, strict=True), key=lambda one: one[1])
    ]
    mirrored = str.maketrans("()", ")(")
    stands = [(level, piece[::-1].translate(mirrored) if level % 2 else piece) for level, piece in pieces]
    ordered = directions.from_left([(level, piece) for level, piece in stands])
    assert "".join(ordered) == from_left


def test_a_file_is_written_page_by_page() -> None:
    """A page leaves memory when the next begins, however many there are."""
    written = BytesIO()
    with Paper(written, "", "en") as paper:
        for number in range(3):
            before = written.tell()
            paper.page(60, 30)
            paper.text(f"Page {number}", 5, 5, 50, 40)
            assert (written.tell() > before) == (number > 0)
    assert [text_of(written.getvalue(), page) for page in range(3)] == ["Page 0", "Page 1", "Page 2"]


def test_many_are_read_in_parts_and_stay_in_order(
    client: FlaskClient, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "AT_ONCE", 2)
    for name in ("Cy", "Ada", "Eli", "Bo", "Dora"):
        make.jobseeker(fair, name)
    make.sign_in(client, make.organiser(fair))
    printed = print_as(client, fair, layout="label")
    assert [text_of(printed, page).split()[0] for page in range(5)] == ["Ada", "Bo", "Cy", "Dora", "Eli"]


def test_arabic_letters_are_joined() -> None:
    """These four letters, as they are written in a word, are one line of ink; one by one they would be four."""
    written = BytesIO()
    with Paper(written, "", "en") as paper:
        paper.page(60, 30)
        paper.text("محمد", 5, 5, 50, 40)
    ink = pypdfium2.PdfDocument(written.getvalue())[0].render(scale=4, grayscale=True).to_pil()
    ink = ink.point(lambda grey: 0 if grey < 128 else 255)
    strokes = 0
    while (at := bytes(ink.tobytes()).find(0)) >= 0:
        ImageDraw.floodfill(ink, (at % ink.width, at // ink.width), 255)
        strokes += 1
    assert strokes == 1


def test_protected_people_are_printed_by_their_alias(
    client: FlaskClient, fair: Fair, dora: Registration
) -> None:
    dora.protected, dora.alias = True, "Guest 7"
    make.sign_in(client, make.organiser(fair))
    words = text_of(print_as(client, fair))
    assert "Guest 7" in words
    assert "Dora" not in words


def test_the_day_stands_on_the_back(client: FlaskClient, fair: Fair, dora: Registration) -> None:
    talk = make.add(
        Talk(
            fair_id=fair.id, title="CV help", room="Room B", language="sv", starts_at=make.at(fair, 13),
            ends_at=make.at(fair, 14),
        )
    )  # fmt: skip
    make.add(Seat(fair_id=fair.id, talk_id=talk.id, registration_id=dora.id, status="going"))
    make.sign_in(client, make.organiser(fair))
    words = text_of(print_as(client, fair))
    assert "13:00" in words
    assert "CV help" in words
    assert "Room B" in words


def test_only_new_ones_are_printed_when_asked(client: FlaskClient, fair: Fair, dora: Registration) -> None:
    make.sign_in(client, make.organiser(fair))
    print_as(client, fair)
    elias = make.jobseeker(fair, "Elias")
    seen = codes_in(print_as(client, fair, new_only="y"))
    assert seen == [[queries.address_of(make.badge_code(elias))]]
    again = client.post(
        f"/organise/{fair.slug}/badges", data={"who": "jobseekers", "layout": "a6", "new_only": "y"}
    )
    assert again.status_code == 422
    assert "Nobody is left" in again.text


def test_representatives_and_staff_get_a_badge_when_it_is_first_printed(
    client: FlaskClient, fair: Fair
) -> None:
    bolt = make.exhibitor(fair)
    make.representative(bolt, "Bo")
    make.representative(make.exhibitor(fair, "Crane AB", status="declined"), "Cy")
    make.staff(fair, "Sam")
    make.sign_in(client, make.organiser(fair, "Ada"))
    printed = print_as(client, fair, who="everybody", layout="label")
    names = [text_of(printed, page) for page in range(3)]
    assert ["Bo" in names[0], "Bolt AB" in names[0], "Ada" in names[1], "Sam" in names[2]] == [True] * 4
    print_as(client, fair, who="everybody")
    assert len(db.session.scalars(db.select(Badge)).all()) == 3


def test_a_badge_can_be_printed_by_its_owner(client: FlaskClient, fair: Fair, dora: Registration) -> None:
    make.sign_in(client, db.session.get_one(Person, dora.person_id))
    answer = client.get(f"/me/{fair.slug}/badge.pdf")
    assert codes_in(answer.data) == [[queries.address_of(make.badge_code(dora))]]


def test_a_representative_opens_their_own_badge(client: FlaskClient, fair: Fair) -> None:
    bolt = make.exhibitor(fair)
    make.sign_in(client, make.representative(bolt, "Bo"))
    page = f"/exhibit/{fair.slug}/{bolt.id}/badge"
    assert "no badge yet" in client.get(page).text
    client.post(page)
    client.post(page)
    badge = db.session.scalars(db.select(Badge)).one()
    assert shown_code(badge.code) in client.get(page).text


def test_viewers_and_others_do_not_print(client: FlaskClient, fair: Fair, dora: Registration) -> None:
    make.sign_in(client, make.organiser(fair, "Vera", role="viewer"))
    assert client.get(f"/organise/{fair.slug}/badges").status_code == 200
    assert (
        client.post(f"/organise/{fair.slug}/badges", data={"who": "everybody", "layout": "a6"}).status_code
        == 403
    )
    make.sign_in(client, make.organiser(make.fair("other"), "Eve"))
    assert client.get(f"/organise/{fair.slug}/badges").status_code == 404
    assert client.get(f"/me/{fair.slug}/badge.pdf").status_code == 404


def test_the_list_for_another_printer(fair: Fair, dora: Registration, tmp_path: Path) -> None:
    db.session.commit()
    out = tmp_path / "badges.csv"
    done = CliRunner().invoke(badges, [fair.slug, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_bytes().decode("utf-8-sig") == (
        f"registration,name,code\r\n{dora.id},Dora,{make.badge_code(dora)}\r\n"
    )
    assert out.stat().st_mode & 0o777 == 0o600
    entry = db.session.scalars(db.select(Entry).where(Entry.verb == "print")).one()
    assert entry.facts == {"count": 1, "form": "csv"}


def test_the_command_prints_too(fair: Fair, dora: Registration, tmp_path: Path) -> None:
    db.session.commit()
    out = tmp_path / "badges.pdf"
    out.write_bytes(b"what anybody could read")
    done = CliRunner().invoke(badges, [fair.slug, "--out", str(out), "--layout", "a4"])
    assert done.exit_code == 0, done.output
    assert codes_in(out.read_bytes()) == [[queries.address_of(make.badge_code(dora))]]
    assert out.stat().st_mode & 0o777 == 0o600


def test_an_unknown_form_is_refused(fair: Fair, tmp_path: Path) -> None:
    db.session.commit()
    done = CliRunner().invoke(badges, [fair.slug, "--out", str(tmp_path / "badges.doc")])
    assert "must end in .pdf or .csv" in done.exception.reason
