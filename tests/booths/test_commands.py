"""`bazaar booths make` and `bazaar booths propose`, as whoever runs the server meets them."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from bazaar.booths import queries
from bazaar.booths.commands import booths
from bazaar.db import db
from bazaar.employers.models import ExhibitorDay
from bazaar.errors import NotFound, Refused
from bazaar.fairs.models import Fair
from tests import make


@pytest.fixture
def fair() -> Fair:
    fair = make.fair()
    db.session.commit()
    return fair


@pytest.fixture
def run() -> Callable[..., Result]:
    def command(*words: str) -> Result:
        result = CliRunner().invoke(booths, words)
        if isinstance(result.exception, NotFound):
            raise result.exception
        return result

    return command


def test_booths_are_made_and_numbered_on(fair, run):
    assert (
        run("make", "spring", "--hall", "Hall B", "--rows", "2", "--columns", "3").output
        == "6 booths in Hall B: 1–6\n"
    )
    assert (
        run("make", "spring", "--hall", "Hall A", "--rows", "1", "--columns", "1").output
        == "1 booth in Hall A: 7–7\n"
    )


def test_a_hall_has_a_name_of_one_line_and_not_too_long(fair, run):
    made = run("make", "spring", "--hall", "Hall\n B\x07", "--rows", "1", "--columns", "1")
    assert made.output == "1 booth in Hall B: 1–1\n"
    for name in ("H" * 400, " \n"):
        refused = run("make", "spring", "--hall", name, "--rows", "1", "--columns", "1").exception
        assert isinstance(refused, Refused)
        assert refused.reason == "--hall: must be 1 to 300 characters"


def test_an_unknown_fair_or_no_rows_is_wrong_usage(fair, run):
    assert run("make", "spring", "--hall", "Hall B", "--rows", "0", "--columns", "3").exit_code == 2
    with pytest.raises(NotFound, match="autumn"):
        run("make", "autumn", "--hall", "Hall B", "--rows", "1", "--columns", "3")


def test_a_proposal_is_shown_and_stored_only_when_asked(fair, run):
    make.exhibitor(fair, "Bolt AB")
    db.session.commit()
    run("make", "spring", "--hall", "Hall A", "--rows", "1", "--columns", "2")
    shown = run("propose", "spring")
    assert shown.exit_code == 0
    assert shown.output.splitlines()[0].startswith("Bolt AB: Booth 1, ")
    assert shown.output.splitlines()[-1] == "1 placed in 1 booths, 0 without a booth (nothing stored)"
    assert queries.bookings_of(fair.id) == []
    assert run("propose", "spring", "--apply").exit_code == 0
    assert len(queries.bookings_of(fair.id)) == 4
    assert run("propose", "spring", "--apply").output == "0 placed in 0 booths, 0 without a booth\n"


def test_exit_status_1_where_somebody_got_none_and_the_reason(fair, run):
    make.exhibitor(fair, "Bolt AB", sockets=7)
    db.session.commit()
    run("make", "spring", "--hall", "Hall A", "--rows", "1", "--columns", "2")
    result = run("propose", "spring", "--apply")
    assert result.exit_code == 1
    assert "Bolt AB: no booth (no booth fits: too few sockets)" in result.output


def test_a_fair_like_the_real_one_fits_in_84_booths(fair, run):
    """78 on day one, 84 on day two, 3 of them on both."""
    one, two = make.days(fair)
    for number in range(159):
        place = make.exhibitor(fair, f"Employer {number:03}")
        gone = [] if number < 3 else [two] if number < 78 else [one]
        for day in gone:
            db.session.execute(
                db.delete(ExhibitorDay).where(
                    ExhibitorDay.exhibitor_id == place.id, ExhibitorDay.fair_day_id == day.id
                )
            )
    db.session.commit()
    run("make", "spring", "--hall", "Hall B", "--rows", "7", "--columns", "12")
    result = run("propose", "spring", "--apply")
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "159 placed in 84 booths, 0 without a booth"
    numbers = queries.booth_numbers(fair.id)
    assert len(numbers) == 159
    assert all(len(theirs) == 1 for theirs in numbers.values()), "the three keep theirs"
    assert len(queries.bookings_of(fair.id)) == 2 * (78 + 84)
