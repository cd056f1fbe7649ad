"""A hall's plan as a picture behind its booths: drawn again, bounded, and without what the file told."""

import io

import pytest
from PIL import Image

from bazaar.booths import actions, forms
from bazaar.db import db
from tests import make


@pytest.fixture
def fair():
    fair = make.fair(published=True)
    actions.make(fair, "Hall A", 1, 2)
    db.session.commit()
    return fair


@pytest.fixture
def hall(fair):
    return make.hall(fair)


@pytest.fixture
def ada(client, fair):
    ada = make.organiser(fair)
    make.sign_in(client, ada)
    return ada


def photo(kind="JPEG", size=(3000, 1500)):
    """As a phone takes it: large, and telling where it was."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "Anna's kitchen"
    Image.new("RGB", size, "#7FB7C9").save(out, kind, exif=exif)
    return out.getvalue()


def hang(client, hall, data):
    return client.post(
        f"/organise/spring/halls/{hall.id}/picture", data={"picture": (io.BytesIO(data), "plan.jpg")}
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_again_and_lies_behind_the_booths(client, fair, hall, ada, kind):
    assert hang(client, hall, photo(kind) + b"<script>").status_code == 303
    address = f"/f/spring/halls/{hall.id}/picture.jpg"
    assert address in client.get(f"/organise/spring/booths/plan?hall={hall.id}").text
    assert address in client.get("/f/spring/map").text
    answer = client.get(address)
    assert answer.content_type == "image/jpeg"
    assert b"<script>" not in answer.data
    assert b"kitchen" not in answer.data
    with Image.open(io.BytesIO(answer.data)) as served:
        assert (served.format, served.size) == ("JPEG", (1600, 800))
        assert not served.getexif()


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\nnonsense", photo()[:200]],
)
def test_what_is_no_picture_is_refused_and_the_old_one_stays(client, fair, hall, ada, data):
    hang(client, hall, photo())
    before = hall.picture_version
    answer = hang(client, hall, data)
    assert answer.status_code == 422
    assert "not a PNG or JPEG" in answer.text
    assert hall.picture_version == before


def test_a_picture_too_large_to_open_safely_is_refused(client, fair, hall, ada):
    assert hang(client, hall, photo("PNG", (6000, 6000))).status_code == 422


def test_a_file_larger_than_allowed_is_not_even_opened(client, fair, hall, ada, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_PLAN", len(photo()) - 1)
    assert hang(client, hall, photo()).status_code == 422


def test_a_picture_is_taken_away_again(client, fair, hall, ada):
    hang(client, hall, photo())
    assert client.post(f"/organise/spring/halls/{hall.id}/picture", data={"without": "y"}).status_code == 303
    assert client.get(f"/f/spring/halls/{hall.id}/picture.jpg").status_code == 404
    assert "picture.jpg" not in client.get("/f/spring/map").text


def test_another_fairs_hall_shows_and_takes_no_picture(client, fair, hall, ada):
    other = make.hall(make.fair("autumn", published=True))
    assert hang(client, other, photo()).status_code == 404
    hang(client, hall, photo())
    assert client.get(f"/f/autumn/halls/{hall.id}/picture.jpg").status_code == 404


def test_an_exhibitor_with_a_place_sees_the_hall_before_the_fair_is_published(client, fair, hall, ada):
    hang(client, hall, photo())
    bo, eva = (make.representative(make.exhibitor(fair, name, status), name[:2])
               for name, status in (("Bolt AB", "approved"), ("Crane AB", "applied")))  # fmt: skip
    fair.published = False
    address = f"/f/spring/halls/{hall.id}/picture.jpg"
    make.sign_in(client, bo)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    for who in (eva, make.person("Eve")):
        make.sign_in(client, who)
        assert client.get(address).status_code == 404
