"""Calendar files are read back by another parser than the one that wrote them."""

from datetime import UTC, datetime

import pytest
import vobject

from bazaar.ical import Happening, Sender, many, one

STAMP = datetime(2027, 4, 1, 12, tzinfo=UTC)
US = Sender("Rekryteringsbazaren, våren", "fair@example.org")
MEETING = Happening(
    uid="1@example.org",
    starts_at=datetime(2027, 4, 21, 8, 45, tzinfo=UTC),
    ends_at=datetime(2027, 4, 21, 9, 0, tzinfo=UTC),
    title="Möte: Bolt, Crane & Co; حليب",
    place="Booth 14, Hall A",
    words="First line\nSecond, line",
    url="https://fair.example.org/me/spring/meetings",
    sequence=3,
)


def test_an_event_is_read_back_as_it_was_meant():
    written, mime = one(MEETING, US, STAMP)
    calendar = vobject.readOne(written.decode())
    event = calendar.vevent
    assert event.uid.value == "1@example.org"
    assert event.dtstart.value == MEETING.starts_at
    assert event.dtend.value == MEETING.ends_at
    assert event.summary.value == MEETING.title
    assert event.location.value == "Booth 14, Hall A"
    assert event.description.value == MEETING.words
    assert event.sequence.value == "3"
    assert event.organizer.value == "MAILTO:fair@example.org"
    assert b"DTSTART:20270421T084500Z" in written
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert calendar.method.value == "PUBLISH"
    assert mime.endswith("method=PUBLISH")


def test_a_cancelled_event_says_so_under_the_same_uid():
    from dataclasses import replace

    written, mime = one(replace(MEETING, cancelled=True, sequence=4), US, STAMP)
    event = vobject.readOne(written.decode())
    assert event.method.value == "CANCEL"
    assert mime.endswith("method=CANCEL")
    assert event.vevent.uid.value == "1@example.org"
    assert event.vevent.status.value == "CANCELLED"
    assert event.vevent.sequence.value == "4"
    assert event.vevent.organizer.value == "MAILTO:fair@example.org"


@pytest.mark.parametrize("number", [0, 1, 40])
def test_a_list_holds_every_event_once(number: int):
    from dataclasses import replace

    written, _mime = many([replace(MEETING, uid=f"{n}@x") for n in range(number)], US, STAMP, "My day")
    calendar = vobject.readOne(written.decode())
    assert [event.uid.value for event in calendar.contents.get("vevent", [])] == [
        f"{n}@x" for n in range(number)
    ]
    assert calendar.contents["x-wr-calname"][0].value == "My day"
